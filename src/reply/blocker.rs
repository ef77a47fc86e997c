//! Obstacles: whether a clause names one that holds now, and whose help it asks for.

mod people;
mod units;
mod waiting;

use super::lexicon::Class;
use super::tokens::{Kind, Token};
pub(super) use people::names_party;
pub(super) use units::unit;

/// What a clause says about obstacles.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent signs, weighed later in one place")]
pub(super) struct Obstruction {
    /// It names an obstacle that holds now.
    pub holds: bool,
    /// What it lacks is money, land or the like: that may outlast the work itself.
    pub of_means: bool,
    /// It says that something cannot be done.
    pub unable: bool,
    /// It waits for somebody or something.
    pub waits: bool,
    /// It asks for help.
    pub calls: bool,
    /// It says that no help is needed.
    pub declined: bool,
    /// It says that an obstacle is gone.
    pub solved: bool,
    /// The unit whose help is needed.
    pub needs: Option<String>,
}

impl Obstruction {
    /// Whether the item is blocked by any of these.
    pub fn any(&self) -> bool {
        self.holds || self.unable || self.waits || self.calls
    }
}

/// Reads a clause for obstacles; `clause` is the text of the tokens.
pub(super) fn read(tokens: &[Token], clause: &str) -> Obstruction {
    let has = |class| tokens.iter().any(|token| token.is(class));
    if is_beside_the_work(clause) {
        return Obstruction::default();
    }
    if has(Class::Past) || has(Class::If) && !has(Class::Help) && !has(Class::Wait) || has(Class::Hearsay) {
        return Obstruction { solved: has(Class::Solved), ..Obstruction::default() };
    }
    // 坏了4台已更换
    let mended = clause.find('已').is_some_and(|at| {
        let after =
            clause[at + '已'.len_utf8()..].trim_start_matches(['经', '全', '部', '都', '于', '及', '时']);
        MENDED.iter().any(|word| after.starts_with(word))
    });
    // 调成了一起邻里纠纷
    let settled = ["调成", "化解", "调处", "调解", "摆平", "劝回", "谈妥"].iter().any(|word| {
        let after = clause.find(word).map(|at| &clause[at + word.len()..]);
        after.is_some_and(|after| after.starts_with(['了', '成', '完']))
    });
    if (mended || settled) && !has(Class::Not) && !has(Class::Unable) {
        return Obstruction { solved: true, ..Obstruction::default() };
    }
    // 待批复不影响咱干活
    let harmless = ["不影响", "不耽误", "不碍事"].iter().any(|word| clause.contains(word));
    if harmless && !has(Class::Unable) {
        return Obstruction::default();
    }
    let solved = has(Class::Solved)
        && !has(Class::Not)
        && !has(Class::Need)
        && !has(Class::Future)
        && !has(Class::Wait);
    let mut read = Obstruction {
        holds: !solved
            && (obstacle(tokens, clause)
                || missing(tokens, clause)
                || short(tokens, clause)
                || people::hold_up(tokens, clause)
                || unanswered(clause)),
        of_means: has(Class::Means),
        // 没有完不成的任务 denies it.
        unable: tokens.iter().enumerate().any(|(at, token)| {
            token.is(Class::Unable)
                && !negated(&tokens[..at])
                && !threatens(&clause[token.end..])
                && !is_supposed(tokens, at, clause)
        }),
        waits: waiting::waits(tokens, clause),
        calls: calls(tokens, clause),
        declined: declines(tokens, clause),
        solved,
        needs: None,
    };
    // 主要原因是坟墓迁移未达成一致
    read.holds |= clause.contains("原因") && (has(Class::Not) || names_something(tokens)) && !solved;
    // 工程款拨不下来 names what is in the way, 完不成 alone does not.
    read.holds |= read.unable && names_something(tokens);
    if read.any() {
        read.needs = unit(clause);
    }
    read
}

/// 累得我腰都直不起来: what the work has cost; 跟住院似的: a likeness; 照片太多微信传不上去: the proof, and not the work.
fn is_beside_the_work(clause: &str) -> bool {
    let moans = ["累得", "累的", "忙得", "急得", "乐得", "困得", "冻得", "热得", "气得", "愁得", "喊得"];
    let moaning = moans.iter().any(|word| clause.trim_start().starts_with(word));
    let likeness = clause.trim_end().trim_end_matches(['了', '啊', '呢']).ends_with("似的");
    let proof = ["照片", "图片", "视频", "微信", "群里", "附件"].iter().any(|word| clause.contains(word))
        && ["传不", "发不", "上传"].iter().any(|word| clause.contains(word));
    // 没到招募时间: it is too early; 吉兴镇的数还没给我: a figure is missing.
    let early =
        clause.contains("没到") && ["时间", "时候", "季节", "节气"].iter().any(|end| clause.contains(end));
    let figure =
        ["的数还没", "的数没", "数还没报", "没报数", "数没报"].iter().any(|word| clause.contains(word));
    moaning || likeness || proof || early || figure
}

/// 谈不成就黄 names a condition; 完不成那是不可能的 denies it twice.
fn is_supposed(tokens: &[Token], at: usize, clause: &str) -> bool {
    let token = &tokens[at];
    let after = &clause[token.end..];
    let condition = ["就黄", "就算", "就换", "就拉倒", "就改", "的话"];
    let denials = ["不可能", "不存在", "没有的事", "没那回事"];
    condition.iter().any(|word| after.starts_with(word))
        || denials.iter().any(|word| after[..after.floor_char_boundary(CLOSE)].contains(word))
        || clause[token.start..token.end].contains("可能")
            && tokens[at.saturating_sub(FEW)..at].iter().any(|before| before.is(Class::Unable))
}

/// Bytes and words near what cannot be done.
const CLOSE: usize = 30;
const FEW: usize = 8;

/// What was done about an obstacle, behind 已.
const MENDED: [&str; 16] = [
    "更换", "修复", "修好", "换好", "换新", "处理", "排除", "恢复", "补齐", "抢修", "维修", "补上", "纠正",
    "劝返", "赔付", "调解",
];

/// 拿不下我请客: what is staked on it, and no obstacle.
fn threatens(after: &str) -> bool {
    [
        "我请",
        "我辞",
        "您找我",
        "你找我",
        "找我",
        "我检讨",
        "拿我",
        "唯我",
        "我负责",
        "你拿我",
        "我提头",
        "我把",
    ]
    .iter()
    .any(|word| after.starts_with(word))
}

/// An obstacle word that is not denied.
fn obstacle(tokens: &[Token], clause: &str) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        token.is(Class::Obstacle)
            && !token.titled
            && !negated(&tokens[..at])
            && !denied_ahead(clause, token)
            && !denied_behind(&clause[token.start..token.end], &tokens[at + 1..])
            && !is_rest_of_count(&tokens[..at], &clause[token.start..])
    }) || tokens.windows(2).any(|two| held_for(two, clause))
}

/// 要说困难吧真没有: the obstacle is named first and denied behind.
fn denied_behind(word: &str, after: &[Token]) -> bool {
    let named = ["困难", "问题", "难处", "难点", "难度", "阻力", "矛盾", "纠纷"]
        .iter()
        .any(|noun| word.ends_with(noun));
    let plain = |token: &Token| {
        token.is_any(&[Class::Filler, Class::Future, Class::Not]) || token.kind == Kind::Space
    };
    // 困难倒谈不上
    let lone = |token: &Token| token.kind == Kind::Other && token.end - token.start == '倒'.len_utf8();
    let not = after.iter().position(|token| token.is(Class::Not));
    named
        && not.is_some_and(|not| {
            after[..not].iter().all(|token| plain(token) || lone(token)) && after[not..].iter().all(plain)
        })
}

/// 没有卡点堵点: the clause opens with the denial and ends with what is denied.
fn denied_ahead(clause: &str, token: &Token) -> bool {
    let denials = ["没有", "没啥", "没什么", "不存在", "暂无", "无"];
    let opens = denials.iter().any(|no| clause.trim_start().starts_with(no));
    let nouns =
        ["困难", "问题", "难处", "难点", "堵点", "卡点", "缺口", "阻力", "障碍", "矛盾", "纠纷", "瓶颈"];
    let ends = clause[token.end..].trim().is_empty();
    opens && ends && nouns.iter().any(|noun| clause[..token.end].ends_with(noun))
}

/// 还剩20%没拨: so much is left of a count, and nothing stands in the way.
fn is_rest_of_count(before: &[Token], rest: &str) -> bool {
    let figure = before.last().is_some_and(|token| matches!(token.kind, Kind::Percent(_) | Kind::Amount(_)));
    figure && rest.starts_with('没') && before.iter().any(|token| token.is(Class::Left))
}

/// 压半个月了, 崩两天了: held up for so long.
fn held_for(two: &[Token], clause: &str) -> bool {
    let verb = &clause[two[0].start..two[0].end];
    verb.ends_with(['压', '崩', '卡', '瘫', '搁', '停', '撂', '晾', '耗'])
        && matches!(two[1].kind, Kind::Span(_))
}

/// Whether there is more in the clause than that it cannot be done.
fn names_something(tokens: &[Token]) -> bool {
    let known =
        tokens.iter().any(|token| !token.titled && token.is_any(&[Class::Means, Class::Party, Class::Part]));
    let unknown = tokens.iter().filter(|token| matches!(token.kind, Kind::Other)).count();
    known || unknown >= 4
}

/// 编办没回复: an office that has not done its part.
fn unanswered(clause: &str) -> bool {
    let Some(name) = unit(clause) else { return false };
    let after = clause.find(&name).map_or("", |at| &clause[at + name.len()..]);
    let after = after.trim_start_matches(['还', '都', '也', '一', '直', '迟']);
    ["没回", "没答复", "没批", "没签", "没给", "没拨", "没放", "没审", "没盖", "没反馈", "没表态"]
        .iter()
        .any(|word| after.starts_with(word))
}

/// Means that are short: 用地指标不足, 资金还差200万; but not 完成不足50%.
fn short(tokens: &[Token], clause: &str) -> bool {
    let lacks = |token: &Token| {
        let missing = clause[token.start..token.end].contains(['差', '缺', '欠']);
        token.is(Class::Under) || token.is(Class::Left) && missing
    };
    tokens.windows(2).any(|two| two[0].is(Class::Means) && lacks(&two[1]) && !two[1].titled)
}

/// What has to come from others and has not: 资金未到位, 还没批.
fn missing(tokens: &[Token], clause: &str) -> bool {
    // 延期的事没批: more time has been refused, and nothing else.
    if asks_for_time(tokens) {
        return false;
    }
    // 还有两个村没收上来: the rest of a count.
    let rest = tokens.iter().position(|token| matches!(token.kind, Kind::Amount(_)));
    let left = |at: usize| tokens[..at].iter().any(|token| token.is(Class::Left));
    if rest.is_some_and(left) {
        return false;
    }
    tokens.iter().enumerate().any(|(at, token)| {
        // 还没分下来: whatever the verb.
        let verb = at > 0
            && (matches!(tokens[at - 1].kind, Kind::Other) || tokens[at - 1].is(Class::Gain))
            && token.end - token.start > 3;
        let verb = verb && !clause[..token.start].ends_with('定');
        let before = if verb { at - 1 } else { at };
        token.is(Class::Arrive) && !token.titled && negated(&tokens[..before])
    })
}

/// Whether a negation stands close before: at most two neutral words between.
fn negated(before: &[Token]) -> bool {
    before
        .iter()
        .rev()
        .take(4)
        .take_while(|token| {
            token.is_any(&[
                Class::Filler,
                Class::Not,
                Class::Already,
                Class::Nearly,
                Class::Solved,
                Class::Future,
                Class::Means,
            ]) || matches!(token.kind, Kind::Space)
        })
        .any(|token| token.is(Class::Not))
}

/// A call for help: 需财政局协调, 请领导支持.
fn calls(tokens: &[Token], clause: &str) -> bool {
    let asks = ["能不能", "能否", "可否"].iter().any(|word| clause.contains(word));
    if asks && tokens.iter().any(|token| token.is(Class::Help)) && !asks_for_time(tokens) {
        return true;
    }
    let lends = [
        "给借",
        "给派",
        "给拨点",
        "给调点",
        "给配",
        "给想想办法",
        "给拿个主意",
        "给支个招",
        "说我咋整",
        "我咋整",
    ];
    if lends.iter().any(|word| clause.contains(word)) && !clause.contains('了') {
        return true;
    }
    if ["帮忙催", "帮催", "帮着催", "帮我催", "帮我们催", "帮忙协调", "帮着协调"]
        .iter()
        .any(|word| clause.contains(word))
    {
        return true;
    }
    // 还有啥要我们镇配合的没: an offer, and no call.
    if ["要我们", "需要我们", "要我镇", "要我局", "用我们"].iter().any(|word| clause.contains(word))
    {
        return false;
    }
    let Some(at) = tokens.iter().position(|token| token.is(Class::Need)) else {
        return false;
    };
    // 请批准延期 asks for time, not for help.
    let denied = negated(&tokens[..at]) || asks_for_time(tokens);
    let after = &tokens[at + 1..];
    let helped = after.iter().any(|token| token.is(Class::Help));
    let given =
        after.iter().any(|token| token.is(Class::Arrive)) && unit(&clause[tokens[at].end..]).is_some();
    // 需要资金500万元
    let funds = after.first().is_some_and(|token| token.is(Class::Means));
    // 需要林业局派人: whatever is asked of a unit; 请放心 and 请核验 ask nothing of it.
    let asked = unit(&clause[tokens[at].end..]).is_some()
        && !tokens.iter().any(|token| {
            token.is_any(&[Class::Follow, Class::Ack, Class::Report, Class::Ask, Class::Step, Class::Chat])
        });
    !denied && (helped || given || funds || asked)
}

/// 没有需要协调的: the offer of help is declined.
fn declines(tokens: &[Token], clause: &str) -> bool {
    tokens.windows(2).any(|two| two[0].is(Class::Not) && two[1].is(Class::Need))
        || tokens.iter().enumerate().any(|(at, token)| {
            token.is(Class::Obstacle) && denied_behind(&clause[token.start..token.end], &tokens[at + 1..])
        })
}

/// Whether it is about more time; a single 改 or 延 may be of a name (发改局).
fn asks_for_time(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| token.is(Class::Extend) && token.end - token.start > '改'.len_utf8())
}
