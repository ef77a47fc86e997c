//! Which amounts of a clause tell the result of the item so far.

mod beside;
mod figure;
mod growth;

use chrono::Datelike as _;

use super::figures::Percent;
use super::lexicon::Class;
use super::tokens::{Kind, Token};
use crate::domain::quantity::Quantity;
use beside::{is_excess, is_trial, told_otherwise};
use figure::amount_of;
pub(super) use growth::{Growth, growth, total};

/// How much an amount says of the whole result; where several are told, the weightiest counts, and of these the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Reckoned from what is left: 还差350人.
    #[default]
    Left,
    /// The target's own figure, with no word that it was reached: 全年12次.
    Target,
    /// Counted with something that no list knows as a result: 中止2件.
    Bare,
    /// What was done: 搞了4次.
    Result,
    /// Counted from the start: 一共712人.
    Total,
}

/// Units that tell nothing without a target: stages, villages, batches.
const VAGUE: [&str; 9] = ["期", "村", "屯", "所", "批", "对", "单", "笔", "块"];

/// Words beside which an amount is a result.
const RESULTS: [Class; 3] = [Class::Gain, Class::Finish, Class::Already];

/// Words beside which an amount is not a result so far.
const NO_RESULT: [Class; 8] = [
    Class::Future,
    Class::Past,
    Class::Aside,
    Class::Need,
    Class::If,
    Class::Hearsay,
    Class::Extend,
    Class::Under,
];

/// The amount reached so far that a clause states, in the target's unit.
pub(super) fn quantity(
    tokens: &[Token],
    clause: &str,
    target: Option<&Quantity>,
    today: chrono::NaiveDate,
) -> Option<(Quantity, Weight)> {
    if let Some((target, token)) = target.zip(tokens.iter().find(|token| is_none(token, clause))) {
        let counted = !clause[token.start..].starts_with("一直");
        return counted.then(|| (Quantity::new(0.0, target.unit.clone()), Weight::Result));
    }
    if let Some(told) = target.and_then(|target| told_otherwise(tokens, clause, target)) {
        return Some(told);
    }
    let growth = target.is_some_and(|target| target.unit == "%");
    if is_no_result(tokens, clause, growth, today) {
        return None;
    }
    counted(tokens, clause, target, today)
}

/// The amount of a clause that tells the result, by the words around it.
fn counted(
    tokens: &[Token],
    clause: &str,
    target: Option<&Quantity>,
    today: chrono::NaiveDate,
) -> Option<(Quantity, Weight)> {
    let word = |class: Class| {
        tokens.iter().position(|token| token.is(class) && !(token.titled && class != Class::Left))
    };
    let growth = target.is_some_and(|target| target.unit == "%");
    let lately = word(Class::Lately).is_some() || tokens.iter().any(|token| is_period(token, clause));
    let result = word(Class::Total).is_some() || tokens.iter().any(|token| token.is_any(&RESULTS));
    let read = |at: usize| {
        let token = &tokens[at];
        let amount = amount_of(tokens, at, clause, target)?;
        // 差7400万到2亿: the goal of what is left.
        let goal = target.is_some_and(|target| same(amount.value, target.value))
            && clause[..token.start].ends_with(['到', '至'])
            && tokens[..at].iter().any(|before| before.is(Class::Left));
        // 260万 spent on 18公里, and 一共52条 of 52: not what was reached.
        let plain = target.is_none_or(|target| {
            let going_on = clause.trim_end().trim_end_matches('呢').ends_with('着');
            let whole = same(amount.value, target.value)
                && (going_on
                    || clause[..token.start].ends_with(['共', '总'])
                    || is_shared(&tokens[at + 1..]));
            amount.value <= target.value * 20.0 && !whole
        });
        (!goal
            && !is_trial(&clause[..token.start])
            && !is_of_it(token, clause)
            && plain
            && !is_goal(&tokens[..at])
            && (growth || !is_surplus(&tokens[..at]))
            && !is_excess(&amount, (token, target), clause))
        .then_some((at, amount))
    };
    // 开工498户、竣工376户、入住211户, of 危房改造竣工: the figure behind the title's own verb.
    let own = |token: &Token| token.titled && token.is_any(&[Class::Finish, Class::Gain, Class::Step]);
    let (at, amount) = (1..tokens.len())
        .filter(|at| own(&tokens[at - 1]))
        .find_map(read)
        .or_else(|| (1..tokens.len()).filter(|at| is_of_end(tokens, *at)).find_map(read))
        // 征收126户签了123, of 126: how many there are, and not how many were done.
        .filter(|(at, amount)| {
            let whole = target.is_some_and(|target| same(amount.value, target.value));
            !whole || !(at + 1..tokens.len()).any(|after| read(after).is_some())
        })
        .or_else(|| (0..tokens.len()).rev().find_map(read))?;
    let left = word(Class::Left)
        .is_some_and(|left| left < at && !is_finished_rest(&tokens[at..], clause, today))
        || is_other(&tokens[..at], clause) && target.is_none_or(|target| amount.value < target.value);
    let weight = weight(tokens, target, &amount, result);
    match target {
        Some(target) if left => {
            Some(Quantity::new(rounded(target.value - amount.value), target.unit.clone()))
                .filter(|rest| rest.value >= 0.0)
                .map(|rest| (rest, Weight::Left))
        }
        _ if left || denies(tokens, clause) => None,
        // 有两件当事人找不到: what is stuck.
        _ if !result && (word(Class::Obstacle).is_some() || word(Class::Unable).is_some()) => None,
        // 昨天全划走了, of the whole: all of it.
        Some(target) if lately && word(Class::Total).is_none() && amount.value < target.value => None,
        None if lately && word(Class::Total).is_none() => None,
        None => {
            result.then_some((amount, weight)).filter(|(amount, _)| !VAGUE.contains(&amount.unit.as_str()))
        }
        // Of the target's kind, the bare figure is enough.
        Some(_) => Some((amount, weight)),
    }
}

/// Whether the figure before the verb of this one stands behind a verb of its own.
fn verb_before(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(3).is_some_and(|at| tokens[at].is_any(&[Class::Step, Class::Gain, Class::Start]))
}

/// 加装完成13部、在建6部: the figure behind the word for the end; 3处完工1处收尾: the one before it.
fn is_of_end(tokens: &[Token], at: usize) -> bool {
    let counts = |at: usize| tokens.get(at).is_some_and(|token| matches!(token.kind, Kind::Amount(_)));
    let ends = |at: usize| tokens.get(at).is_some_and(|token| token.is_any(&[Class::Finish, Class::Close]));
    // 开工52户竣工40户: each figure behind its own verb.
    let verb = tokens[at - 1].is_any(&[Class::Step, Class::Gain, Class::Start]);
    if ends(at - 1) {
        at < 2 || verb_before(tokens, at) || !counts(at - 2)
    } else {
        !verb && ends(at + 1) && counts(at + 2)
    }
}

/// 七点六万亩移交了七成: of how many, and a share of them behind.
fn is_shared(after: &[Token]) -> bool {
    after.iter().any(|token| matches!(token.kind, Kind::Percent(Percent::Value(share)) if share < 100.0))
}

/// 一个没建: none so far.
fn is_none(token: &Token, clause: &str) -> bool {
    token.is(Class::Idle) && clause[token.start..].starts_with('一') && !token.titled
}

/// Whether the work is denied: 不是45个是44个 denies a figure only.
fn denies(tokens: &[Token], clause: &str) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        let counts = |next: &Token| matches!(next.kind, Kind::Amount(_) | Kind::Number(_));
        let figure = &clause[token.start..token.end] == "不是" && tokens.get(at + 1).is_some_and(counts);
        token.is(Class::Not) && !token.titled && !figure
    })
}

/// 最后一户, 2600亩里的两千, 不是45个是44个, 十几根: a figure that is not the result.
fn is_of_it(token: &Token, clause: &str) -> bool {
    let after = &clause[token.end..];
    after.starts_with(['的', '中'])
        || after.starts_with('里') && !after.starts_with("里程")
        || clause[token.start..token.end].contains('几')
        || ["最后", "不是", "不到"].iter().any(|word| clause[..token.start].ends_with(word))
}

/// 其余82套配完: all the rest, and it is finished; `tokens` are those from the figure on.
fn is_finished_rest(tokens: &[Token], clause: &str, today: chrono::NaiveDate) -> bool {
    clause.trim_start().starts_with("其余")
        && tokens.iter().any(|token| token.is_any(&[Class::Finish, Class::Close]))
        && !tokens.iter().any(|token| token.is_any(&[Class::Not, Class::Future]))
        && super::when::coming_day(tokens, today).is_none()
}

/// Whether the figures of a clause are those of a plan, of another time, of somebody else, or of what is only needed.
fn is_no_result(tokens: &[Token], clause: &str, growth: bool, today: chrono::NaiveDate) -> bool {
    let left = tokens.iter().any(|token| token.is(Class::Left));
    let has = |class: Class| tokens.iter().any(|token| token.is(class) && !token.titled);
    // 其余五处9月底前完工: a plan.
    let to_come = super::when::coming_day(tokens, today).is_some() && !has(Class::Already);
    // 去年完成了1500户
    let past_year =
        |token: &Token| matches!(&token.kind, Kind::Date(found) if found.date.year() < today.year());
    // 建了八十四个了吧: a guess at what was done.
    let planned = tokens
        .iter()
        .any(|token| token.is(Class::Future) && !token.titled && &clause[token.start..token.end] != "吧");
    let none = |class: &Class| {
        // 还有20公里要砍: what is left is still to be done; 增长7.2%, where growth is the target.
        let meant = matches!(class, Class::Need | Class::Future) && left || *class == Class::Aside && growth;
        !meant && has(*class) && (*class != Class::Future || planned)
    };
    to_come && !left
        || tokens.iter().any(past_year)
        || NO_RESULT.iter().any(none) && !has(Class::Total)
        || of_others(clause)
}

/// What an amount that was not reckoned from a rest weighs.
fn weight(tokens: &[Token], target: Option<&Quantity>, amount: &Quantity, result: bool) -> Weight {
    let total = tokens.iter().any(|token| token.is(Class::Total));
    // 在办4件: not yet.
    if !total && tokens.iter().any(|token| token.is(Class::Ongoing) && !token.titled) {
        return Weight::Left;
    }
    let goal = target.is_some_and(|target| same(amount.value, target.value));
    let now = tokens
        .iter()
        .any(|token| token.is_any(&[Class::Filler, Class::Approx]) && token.end - token.start > 3);
    if !total
        && !goal
        && !result
        && !now
        && tokens
            .iter()
            .any(|token| matches!(token.kind, Kind::Other) || token.is_any(&[Class::Arrive, Class::Step]))
    {
        return Weight::Bare;
    }
    match (total, goal && !result) {
        (true, _) => Weight::Total,
        (_, true) => Weight::Target,
        _ => Weight::Result,
    }
}

/// 人家八千亩三个月: somebody else's.
fn of_others(clause: &str) -> bool {
    ["人家", "隔壁", "邻县"].iter().any(|word| clause.trim_start().starts_with(word))
        // 有十来根让人拔了
        || ["让人", "被人", "叫人"].iter().any(|word| clause.contains(word))
}

/// 另外4处同步施工: the rest of those counted before.
fn is_other(before: &[Token], clause: &str) -> bool {
    before
        .last()
        .is_some_and(|token| ["另外", "其他", "另", "余", "那"].contains(&&clause[token.start..token.end]))
        // 还是那九家: as many as before.
        && !clause.contains("还是那")
}

/// 本月, 昨天: a figure beside them counts that time only.
fn is_period(token: &Token, clause: &str) -> bool {
    let text = &clause[token.start..token.end];
    // 4月份入库9800万元
    if matches!(token.kind, Kind::Date(_))
        && text.ends_with("月份")
        && !clause[..token.start].ends_with(['至', '止', '到'])
    {
        return true;
    }
    // 截至今天 counts from the start.
    let until = clause[..token.start].ends_with(['至', '止', '到']);
    !until
        && matches!(token.kind, Kind::Date(_))
        && ["本", "这", "今天", "今日", "今儿", "昨天", "昨日", "昨儿", "前日", "上", "当"]
            .iter()
            .any(|word| text.starts_with(word))
}

/// A difference without the noise of its subtraction: 2.3 less 0.8 is 1.5.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// Whether two figures are the same number.
fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// Whether the words before a figure make it the goal: 目标是1000人, or the slash of 650/1000人.
fn is_goal(before: &[Token]) -> bool {
    let slash = before.last().is_some_and(|token| token.kind == Kind::Slash);
    let named = before
        .iter()
        .rev()
        .find(|token| !(token.is(Class::Filler) && !token.is(Class::Goal) || token.kind == Kind::Space))
        .is_some_and(|token| token.is(Class::Goal) && !token.titled);
    slash || named
}

/// Whether the word before a figure makes it what is beyond the target: 超额4人.
fn is_surplus(before: &[Token]) -> bool {
    before.last().is_some_and(|token| token.is(Class::Aside) && !token.titled)
}
