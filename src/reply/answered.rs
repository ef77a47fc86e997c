//! Questions that the writer answers or that are meant for somebody else: 能不能按时交?能!; @王科 你那个回没回?

use super::blocker::Obstruction;
use super::signs::Signs;
use super::weigh::Read;

/// Answers that promise it.
const YES: [&str; 16] = [
    "能",
    "行",
    "可以",
    "必须",
    "必须的",
    "必须能",
    "没问题",
    "当然",
    "当然能",
    "肯定能",
    "肯定",
    "能行",
    "保证能",
    "妥妥的",
    "肯定行",
    "会",
];

/// Answers that deny it.
const NO: [&str; 5] = ["没有", "没", "无", "没有没有", "暂无"];

/// Openings that speak to somebody who was mentioned.
const YOURS: [&str; 5] = ["你那", "你们那", "你的", "你们的", "您那"];

/// Takes such questions out of what a message says of an item.
pub(super) fn left_out(reads: &mut [Read]) {
    for at in 0..reads.len() {
        if reads[at].signs.query && asks_colleague(&reads[at].copy) {
            reads[at].signs = Signs { chat: true, ..Signs::default() };
            continue;
        }
        // 有困难吗?没有。
        let denied = ["困难", "问题", "难处"].iter().any(|noun| reads[at].copy.contains(noun))
            && reads.get(at + 1).is_some_and(|next| NO.contains(&next.copy.trim()));
        if reads[at].signs.query && reads[at].closes && denied {
            reads[at].signs = Signs { chat: true, ..Signs::default() };
            reads[at + 1].signs = Signs { fine: true, ..Signs::default() };
            continue;
        }
        let answer = reads.get(at + 1).is_some_and(|next| YES.contains(&next.copy.trim()));
        if reads[at].signs.query && reads[at].closes && answer {
            reads[at].signs = Signs { chat: true, ..Signs::default() };
            reads[at + 1].signs = Signs { ack: true, agrees: true, pledge: true, ..Signs::default() };
        }
    }
}

/// Drops what is said to be wrong: 你发的“0%”不对,应该是80%.
pub(super) fn refuted(reads: &mut [Read]) {
    for at in 1..reads.len() {
        let right = ["应该是", "应为", "应是", "实际是", "其实是"]
            .iter()
            .any(|word| reads[at].copy.starts_with(word));
        let wrong =
            ["不对", "错了", "有误", "不准"].iter().any(|word| reads[at - 1].copy.trim_end().ends_with(word));
        if right && wrong {
            reads[at - 1].signs = Signs::default();
        }
    }
}

/// Words for an obstacle that is gone again, or that holds up nothing.
const WELL: [&str; 49] = [
    "没落下",
    "没停工",
    "没掉链子",
    "照干",
    "照样干",
    "没啥过不去",
    "没啥坎",
    "没事了",
    "消停了",
    "谈好了",
    "不闹了",
    "不拦了",
    "解决了",
    "不卡了",
    "好起来了",
    "够用了",
    "修好了",
    "换好了",
    "换上了",
    "补上了",
    "顶上了",
    "晴了",
    "化开了",
    "化冻了",
    "水退了",
    "雨停了",
    "来电了",
    "通电了",
    "到货了",
    "恢复了",
    "解封了",
    "谈通了",
    "做通了",
    "接上了",
    "疏通了",
    "抢通了",
    "想通了",
    "松口了",
    "借来了",
    "借到了",
    "到位了",
    "不影响",
    "不耽误",
    "没耽误",
    "不碍事",
    "不打紧",
    "没影响",
    "无大碍",
    "开起来了",
];

/// Takes back what stood in the way and no longer does: 执法艇坏了一条,修好了; that it was mended finishes nothing.
pub(super) fn mended(reads: &mut [Read]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..reads.len() {
        let now = &reads[at];
        if now.signs.obstruction.any() {
            open.push(at);
            continue;
        }
        let asks = now.signs.query || now.signs.coming.is_some();
        if asks || open.is_empty() || !(is_well(&now.copy) || is_back(reads, at, &open)) {
            continue;
        }
        for before in open.drain(..) {
            reads[before].signs.obstruction = Obstruction::default();
        }
        reads[at].signs.done = None;
        reads[at].signs.on_track = true;
    }
}

/// Whether a clause says that an obstacle is gone, and denies nothing else.
fn is_well(copy: &str) -> bool {
    WELL.iter().any(|word| copy.contains(word) && is_sure(&copy.replace(word, "")))
}

/// 前几天村民拦着,现在挖着呢: what held only a while ago, and the work goes on.
fn is_back(reads: &[Read], at: usize, open: &[usize]) -> bool {
    let now = &reads[at];
    NOW.iter().any(|word| now.copy.trim_start().starts_with(word))
        && now.signs.moved()
        && is_sure(&now.copy)
        && open.iter().all(|before| THEN.iter().any(|word| reads[*before].copy.contains(word)))
}

fn is_sure(copy: &str) -> bool {
    !copy.contains(['没', '未', '等', '才', '若', '?'])
}

/// Words for a while ago.
const THEN: [&str; 14] = [
    "前几天",
    "前两天",
    "前些天",
    "前阵",
    "前一阵",
    "昨天",
    "上周",
    "上月",
    "之前",
    "本来",
    "原来",
    "起初",
    "一开始",
    "头几天",
];

/// Words that come back from another time to now.
const NOW: [&str; 8] = ["现在", "现已", "如今", "目前", "眼下", "这会", "今天已", "后来"];

/// Clauses before it that may speak of that other time.
const NEAR: usize = 4;

/// Drops what held once and is finished now: 15号没弄完,现在弄完了; 当时是未完成,现在是完成了.
pub(super) fn superseded(reads: &mut [Read]) {
    for at in 1..reads.len() {
        let now = reads[at].copy.trim_start();
        let over = NOW.iter().any(|word| now.starts_with(word)) && reads[at].signs.done.is_some();
        let mut before = at;
        while over && before > 0 && at - before < NEAR && !reads[before - 1].closes {
            before -= 1;
            let ahead = reads[before].signs.coming.is_some() || reads[before].signs.query;
            if !ahead {
                reads[before].signs = Signs::default();
            }
        }
    }
}

/// Letters of a bare 妥了, with whom it is said to.
const BARE: usize = 5;

/// Takes a bare 妥了 beside a receipt (妥了老弟,记下啦) for one, too.
pub(super) fn receipts(reads: &mut [Read]) {
    let receipt = |read: &Read| read.signs.ack && read.signs.done.is_none() && read.signs.unknown == 0;
    if !reads.iter().any(receipt) {
        return;
    }
    for read in reads {
        let bare = ["妥", "好了", "行了", "得了", "成了"].iter().any(|word| read.copy.starts_with(word));
        if bare && read.copy.chars().count() <= BARE {
            read.signs = Signs { ack: true, agrees: true, ..Signs::default() };
        }
    }
}

/// Whether a question is put to a colleague by name.
fn asks_colleague(copy: &str) -> bool {
    let Some(rest) = copy.trim_start().strip_prefix('@') else { return false };
    let said = rest.split_once(' ').map_or("", |(_, said)| said);
    YOURS.iter().any(|word| said.trim_start().starts_with(word))
}
