//! What stands in the way of an item, in the writer's words: which of its clauses name it.

use super::Status;
use super::weigh::Read;

/// The clauses that name an obstacle which no later clause calls solved.
pub(super) fn blocked(reads: &[Read]) -> impl Iterator<Item = &Read> {
    reads.iter().skip(first_open(reads)).filter(|read| read.signs.obstruction.any())
}

/// The first clause of which no later one says that its obstacle is gone.
fn first_open(reads: &[Read]) -> usize {
    reads.iter().rposition(|read| read.signs.obstruction.solved).unwrap_or(0)
}

/// Obstacles that say no more than that there is one: another clause that tells which is the better answer.
const BARE: [&str; 18] = [
    "不同程度滞后",
    "停着呢",
    "僵在那了",
    "白挂",
    "卡住了",
    "卡着",
    "卡住",
    "有困难",
    "有点困难",
    "进度慢",
    "滞后",
    "难度大",
    "难度太大",
    "推不动",
    "停着",
    "主要是钱",
    "有难度",
    "悬",
];

/// Openings of clauses that give no reason, whatever they say.
const EMPTY: [&str; 9] = ["行的话", "具体", "理由", "可以的话", "感谢", "麻烦", "没定", "谢谢", "请"];

/// Words of a clause that only puts off: 新时间定了再报.
const LATER: [&str; 4] = ["再报", "再说", "另行", "时间"];

/// The obstacles in the writer's words; a mere call for help only where no obstacle is named.
pub(super) fn blocker(reads: &[Read], status: Status) -> Option<String> {
    if matches!(status, Status::Done | Status::Query) {
        return None;
    }
    let words = told(reads, status)
        .or_else(|| reason(reads, status))
        .or_else(|| unable(reads, status))
        .or_else(|| joined(&named_bare(reads)))
        .or_else(|| joined(&blocked(reads).filter(|read| read.signs.obstruction.calls).collect::<Vec<_>>()))
        .or_else(|| in_vain(reads).filter(|_| status == Status::Blocked));
    words.map(|words| minimal(&words).to_owned())
}

/// What leads up to an obstacle, and what closes it.
const LEADS: [&str; 16] = [
    "但是",
    "但",
    "不过",
    "可是",
    "而且",
    "主要原因是",
    "主要是",
    "主要系",
    "原因是",
    "原因:",
    "原因：",
    "是因为",
    "因为",
    "由于",
    "现在",
    "目前",
];
const CLOSES: [&str; 5] = ["所致", "的原因", "等原因", "等因素", "等问题"];

/// Letters with which 因 makes another word: 因此, 原因.
const NO_CAUSE: &str = "此素为而果地人";
const NOT_BEHIND: &str = "原起诱成病基";

/// The obstacle without what leads up to it: 换发工作因制卡厂供卡不足 → 制卡厂供卡不足.
fn minimal(words: &str) -> &str {
    let mut rest = words.trim();
    while let Some(after) = LEADS.iter().find_map(|lead| rest.strip_prefix(lead)) {
        rest = after.trim_start_matches(['，', ',', ' ', ':', '：']);
    }
    let first = rest.find(['，', ',', '。']).unwrap_or(rest.len());
    if let Some(at) = rest[..first].find('因') {
        let after = &rest[at + '因'.len_utf8()..];
        let cause =
            !after.starts_with(|c| NO_CAUSE.contains(c)) && !rest[..at].ends_with(|c| NOT_BEHIND.contains(c));
        if cause && after.chars().count() >= LEAST {
            rest = after;
        }
    }
    let rest = CLOSES.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    if rest.chars().count() < LEAST { words } else { rest }
}

/// The clauses that tell of an obstacle together, from the first to the last in one stretch: 解放路没水脉,钻了三眼都是干的.
fn told(reads: &[Read], status: Status) -> Option<String> {
    let open = first_open(reads);
    let names = |at: usize, read: &Read| {
        let obstruction = &read.signs.obstruction;
        read.signs.cause && matches!(status, Status::Blocked | Status::Extend)
            || at >= open && (obstruction.holds || obstruction.waits) && !is_bare(read)
    };
    let first = reads.iter().enumerate().position(|(at, read)| names(at, read))?;
    let last = reads.iter().enumerate().rposition(|(at, read)| names(at, read))?;
    let more = |at: usize, read: &Read| {
        let holds = read.signs.obstruction.holds || says_unable(read);
        names(at, read) || at >= open && holds || tells(read, status)
    };
    let start = (open..first).rev().take_while(|at| more(*at, &reads[*at])).last().unwrap_or(first);
    let end = (last + 1..reads.len()).take_while(|at| more(*at, &reads[*at])).last().unwrap_or(last);
    let stretch: Vec<&Read> = (start..=end)
        .filter(|at| (start..=first).contains(at) || (last..=end).contains(at) || more(*at, &reads[*at]))
        .map(|at| &reads[at])
        .collect();
    joined(&stretch)
}

/// The clauses that say only that there is an obstacle.
fn named_bare(reads: &[Read]) -> Vec<&Read> {
    blocked(reads).filter(|read| read.signs.obstruction.holds || read.signs.obstruction.waits).collect()
}

/// Whether a clause says no more than that there is an obstacle.
fn is_bare(read: &Read) -> bool {
    BARE.iter().any(|bare| read.copy.ends_with(bare) && read.copy.chars().count() <= bare.chars().count() + 3)
}

/// Why it cannot be done, or more time is asked for: the clauses beside it that say something no list knows
/// (灯杆厂家放假了,得拖到1月20日).
fn reason(reads: &[Read], status: Status) -> Option<String> {
    if !matches!(status, Status::Extend | Status::Blocked) {
        return None;
    }
    let found: Vec<&Read> = reads.iter().filter(|read| tells(read, status)).collect();
    joined(&found)
}

/// Whether a clause tells something of its own that may be the reason.
fn tells(read: &Read, status: Status) -> bool {
    let signs = &read.signs;
    let other = signs.extend || signs.ack || signs.query || signs.chat || signs.fine;
    let goes_on = status == Status::Blocked && (signs.on_track || signs.happened && read.copy.contains('已'))
        || read.copy.contains('在') && !(status == Status::Extend && read.copy.contains(['都', '还', '仍']))
        || signs.not_started;
    // 花坪镇人民政府: who signs.
    let signs_off = SIGNING.iter().any(|end| read.copy.ends_with(end)) && read.signs.unknown < SIGNED;
    let empty = signs_off
        || EMPTY.iter().any(|word| read.copy.starts_with(word))
        || LATER.iter().any(|word| read.copy.contains(word));
    let told = signs.percent.is_some() || signs.quantity.is_some() || signs.done.is_some();
    // 省平台接口5月25日才开放: somebody else's day.
    let own_day = signs.coming.is_some() && (signs.finish_by.is_some() || signs.unknown < OWN);
    // 公示期没满, beside a request for time.
    let lacking =
        status == Status::Extend && signs.unknown > 0 && read.copy.contains(['没', '未', '缺', '坏']);
    // 日子都看好了
    let ready = read.copy.ends_with('了')
        && read.copy.contains(['都', '已'])
        && !read.copy.contains(['没', '不', '未']);
    (signs.unknown >= LEAST || lacking)
        && !ready
        && !other
        && !goes_on
        && !empty
        && !told
        && !own_day
        && !signs.obstruction.any()
}

/// Ends of the names of those who sign, and the letters of such a name.
const SIGNING: [&str; 5] = ["人民政府", "局", "委员会", "办公室", "管委会"];
const SIGNED: usize = 8;

/// Letters that no list knows in a clause that tells a reason.
const LEAST: usize = 3;

/// The same, where the clause names a day to come.
const OWN: usize = 4;

/// 真忙不过来, 机器下不去地: what cannot be done, where it says more than that the item cannot.
fn unable(reads: &[Read], status: Status) -> Option<String> {
    let found: Vec<&Read> = reads.iter().filter(|read| says_unable(read)).collect();
    joined(&found).filter(|_| matches!(status, Status::Blocked | Status::Extend))
}

/// Who or what cannot be had, in words that lists know otherwise: 老师招不够.
const LACKED: [&str; 9] = ["老师", "医生", "护士", "工人", "司机", "师傅", "资金", "设备", "材料"];

/// Whether a clause says what cannot be done, and more than that it is the item.
fn says_unable(read: &Read) -> bool {
    let bare = NO_MORE.iter().any(|word| read.copy.contains(word));
    let told = read.signs.unknown > 0 || LACKED.iter().any(|who| read.copy.contains(who));
    read.signs.obstruction.unable && told && !read.signs.extend && !bare
}

/// 有一个打工去了,找不着: what cannot be done, with the clause that leads to it.
fn in_vain(reads: &[Read]) -> Option<String> {
    let at = reads.iter().position(|read| {
        let bare = NO_MORE.iter().chain(&["完成", "按期", "按时"]).any(|word| read.copy.contains(word));
        read.signs.obstruction.unable && !bare
    })?;
    let leads = |read: &&Read| {
        !read.closes && read.signs.percent.is_none() && read.signs.done.is_none() && !read.signs.chat
    };
    let before = at.checked_sub(1).map(|before| &reads[before]).filter(leads);
    let told = before.is_some() || reads[at].signs.unknown > 0;
    joined(&before.into_iter().chain([&reads[at]]).collect::<Vec<_>>()).filter(|_| told)
}

/// Words that say no more than that the item cannot be done, or not in time.
const NO_MORE: [&str; 18] = [
    "完不",
    "交不",
    "赶不",
    "来不及",
    "悬",
    "够呛",
    "办不",
    "做不",
    "弄不",
    "干不完",
    "清楚",
    "定不下来",
    "没戏",
    "够不上",
    "看不了",
    "不行",
    "没指望",
    "没希望",
];

/// Clauses as one span; None of none.
fn joined(reads: &[&Read]) -> Option<String> {
    let texts: Vec<&str> = reads.iter().map(|read| read.text.as_str()).collect();
    (!texts.is_empty()).then(|| texts.join(","))
}
