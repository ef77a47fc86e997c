//! Figures that are told beside the result: a trial, what is beyond the target, the one that is left, a sum.

use super::figure::amount_of;
use super::{Kind, Quantity, Token, Weight};

/// 试烧2座: a trial.
pub(super) fn is_trial(before: &str) -> bool {
    before.chars().rev().take(3).any(|c| c == '试') && !before.ends_with("考试") && !before.ends_with("面试")
}

/// A result that is told as a sum, or by the only one that is left.
pub(super) fn told_otherwise(
    tokens: &[Token],
    clause: &str,
    target: &Quantity,
) -> Option<(Quantity, Weight)> {
    let rest = || {
        one_left(clause, target)
            .then(|| (Quantity::new(target.value - 1.0, target.unit.clone()), Weight::Left))
    };
    sum(tokens, clause, target).map(|sum| (sum, Weight::Total)).or_else(rest)
}

/// 就差那台摩天轮: one is left.
fn one_left(clause: &str, target: &Quantity) -> bool {
    ["就差那", "只差那", "还差那", "就剩那", "只剩那", "还剩那"].iter().any(|word| {
        clause.find(word).is_some_and(|at| {
            let unit = target.unit.chars().next().filter(|c| !"万亿千百".contains(*c));
            clause[at + word.len()..].trim_start_matches('一').starts_with(unit.unwrap_or('个'))
        })
    })
}

/// 38.2+4.3=42.5亿: the sum.
fn sum(tokens: &[Token], clause: &str, target: &Quantity) -> Option<Quantity> {
    let equals = clause.find('=')?;
    let at = tokens
        .iter()
        .position(|token| token.start > equals && matches!(token.kind, Kind::Amount(_) | Kind::Number(_)))?;
    match &tokens[at].kind {
        Kind::Number(value) => Some(Quantity::new(*value, target.unit.clone())),
        _ => amount_of(tokens, at, clause, Some(target)),
    }
}

/// 超0.3亿, 比任务多一个: what is beyond the target; 超1000人 of 1000 is more than all.
pub(super) fn is_excess(
    amount: &Quantity,
    (token, target): (&Token, Option<&Quantity>),
    clause: &str,
) -> bool {
    let before = clause[..token.start].trim_end_matches(['了', '出', '近']);
    let beyond = before.ends_with(['超', '多']) || clause.trim_start().starts_with("比");
    beyond && target.is_some_and(|target| amount.value < target.value / 2.0)
}
