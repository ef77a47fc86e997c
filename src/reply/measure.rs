//! Which shares and amounts of a clause tell the progress of the whole item.

use chrono::Datelike as _;

use super::figures::Percent;
use super::lexicon::Class;
use super::tokens::{Kind, Token};
use crate::domain::quantity::Quantity;

/// Units that tell nothing without a target: stages, villages, batches.
const VAGUE: [&str; 9] = ["期", "村", "屯", "所", "批", "对", "单", "笔", "块"];

/// A percentage as it is recorded; 99.6 is not yet a hundred.
pub(super) fn rounded(value: f64) -> Option<u8> {
    let whole = if (99.0..100.0).contains(&value) { 99.0 } else { value.round().min(100.0) };
    // In range by the line above and the check here.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
    (0.0..=100.0).contains(&whole).then_some(whole as u8)
}

/// Words beside which a percentage is the whole item's.
const PLAIN: [Class; 13] = [
    Class::Filler,
    Class::Body,
    Class::Already,
    Class::Finish,
    Class::Close,
    Class::Approx,
    Class::Follow,
    Class::Ongoing,
    Class::Nearly,
    Class::Left,
    Class::Total,
    Class::Gain,
    Class::Ack,
];

/// The percentage of the whole item that a clause states; None if it belongs to a part, to a plan or to another time.
pub(super) fn whole_percent(tokens: &[Token], today: chrono::NaiveDate) -> Option<u8> {
    let at = tokens.iter().rposition(|token| matches!(token.kind, Kind::Percent(Percent::Value(_))))?;
    let Kind::Percent(Percent::Value(value)) = tokens[at].kind else {
        return None;
    };
    let first = tokens.iter().position(|token| matches!(token.kind, Kind::Percent(_)));
    // In a long breath without marks only what stands near the figure says what it is of.
    let near = at.saturating_sub(NEAR);
    let plain = tokens[near..at].iter().enumerate().all(|(place, token)| match &token.kind {
        // 由50%提高到70%
        Kind::Word(_) if token.is(Class::Aside) => first.is_some_and(|first| near + place > first),
        Kind::Word(_) => token.titled || token.is_any(&PLAIN) && !token.is(Class::Part),
        Kind::Date(found) => found.date <= today || found.day_only,
        Kind::Space | Kind::Title | Kind::Percent(Percent::Value(_)) | Kind::Amount(_) => true,
        _ => false,
    });
    // 80%的拆迁: a share of something else.
    let of_part = tokens[at + 1..]
        .iter()
        .any(|token| matches!(token.kind, Kind::Other) || token.is(Class::Part) && !token.titled);
    let left = tokens[..at].iter().any(|token| token.is(Class::Left));
    (plain && !of_part).then(|| rounded(if left { 100.0 - value } else { value })).flatten()
}

/// How many words before a figure say what it is of.
const NEAR: usize = 6;

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
) -> Option<Quantity> {
    let word = |class: Class| {
        tokens.iter().position(|token| token.is(class) && !(token.titled && class != Class::Left))
    };
    // 其余五处9月底前完工: a plan.
    let to_come = super::when::coming_day(tokens, today).is_some() && word(Class::Already).is_none();
    if to_come && word(Class::Left).is_none() {
        return None;
    }
    // 去年完成了1500户
    let past_year =
        |token: &Token| matches!(&token.kind, Kind::Date(found) if found.date.year() < today.year());
    if tokens.iter().any(past_year) {
        return None;
    }
    if NO_RESULT.iter().any(|class| word(*class).is_some()) && word(Class::Total).is_none() {
        return None;
    }
    let lately = word(Class::Lately).is_some() || tokens.iter().any(|token| is_period(token, clause));
    let result = word(Class::Total).or_else(|| {
        tokens.iter().position(|token| token.is_any(&[Class::Gain, Class::Finish, Class::Already]))
    });
    let last = tokens.iter().enumerate().rev().find_map(|(at, token)| {
        let amount = amount_of(tokens, at, token, target)?;
        let of_it = clause[token.end..].starts_with('的');
        // 260万 spent on 18公里, and 一共52条 of 52: not what was reached.
        let plain = target.is_none_or(|target| {
            let whole = same(amount.value, target.value) && clause[..token.start].ends_with(['共', '总']);
            amount.value <= target.value * 20.0 && !whole
        });
        (!of_it && plain && !is_goal(&tokens[..at]) && !is_surplus(&tokens[..at])).then_some((at, amount))
    });
    let (at, amount) = last?;
    let left = word(Class::Left).is_some_and(|left| left < at);
    match target {
        Some(target) if left => Some(Quantity::new(target.value - amount.value, target.unit.clone()))
            .filter(|rest| rest.value >= 0.0),
        _ if left || word(Class::Not).is_some() => None,
        _ if lately && word(Class::Total).is_none() => None,
        None => result.map(|_| amount).filter(|amount| !VAGUE.contains(&amount.unit.as_str())),
        // Of the target's kind, the bare figure is enough.
        Some(_) => Some(amount),
    }
}

/// 本月, 昨天: a figure beside them counts that time only.
fn is_period(token: &Token, clause: &str) -> bool {
    let text = &clause[token.start..token.end];
    matches!(token.kind, Kind::Date(_))
        && ["本", "这", "今天", "昨天", "上", "当"].iter().any(|word| text.starts_with(word))
}

/// The amount in a token, in the target's unit; a bare number beside `/1000` counts, too.
fn amount_of(tokens: &[Token], at: usize, token: &Token, target: Option<&Quantity>) -> Option<Quantity> {
    match (&token.kind, target) {
        (Kind::Amount(amount), Some(target)) => amount.of_kind(&target.unit).to_unit(&target.unit),
        (Kind::Amount(amount), None) => Some(amount.of_kind("元")),
        (Kind::Number(value), Some(target)) => {
            let of_target = tokens.get(at + 2).is_some_and(|goal| match &goal.kind {
                Kind::Number(goal) => same(*goal, target.value),
                Kind::Amount(goal) => same(goal.value, target.value),
                _ => false,
            });
            // 累计650,还差350
            let told = tokens[..at]
                .iter()
                .rev()
                .find(|before| !(before.is(Class::Filler) || before.kind == Kind::Space))
                .is_some_and(|before| before.is_any(&[Class::Total, Class::Left]));
            (of_target || told).then(|| Quantity::new(*value, target.unit.clone()))
        }
        _ => None,
    }
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
