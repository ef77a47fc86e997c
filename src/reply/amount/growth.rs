//! A total told in two figures: what was reported before, and what has come since (上回1860,加45).

use super::figure::{amount_of, in_scale};
use super::{Quantity, Token, same};
use crate::reply::lexicon::Class;
use crate::reply::tokens::Kind;

/// Words that put a figure into an earlier report.
const BEFORE: [&str; 26] = [
    "前天报",
    "前日报",
    "头天报",
    "一季度",
    "上周",
    "上次",
    "上回",
    "上月",
    "上个月",
    "上期",
    "上礼拜",
    "上一次",
    "之前",
    "原来",
    "原先",
    "本来",
    "早先",
    "昨天报",
    "头前",
    "头些天",
    "前些天",
    "前几天",
    "前阵",
    "先前",
    "月初",
    "前头报",
];

/// Words that add a figure to an earlier one.
const ADDS: [&str; 14] = [
    "又",
    "新增",
    "新招",
    "新签",
    "新发展",
    "新完成",
    "加了",
    "多了",
    "增了",
    "增加了",
    "添了",
    "加上",
    "新添",
    "加",
];

/// Words with one of these in them that add nothing.
const ADDS_NOTHING: [&str; 7] = ["参加", "加快", "加强", "加大", "加紧", "加固", "加工"];

/// The two figures of such a total, as far as one clause tells them, in the target's unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::reply) struct Growth {
    /// What was reported before.
    pub base: Option<f64>,
    /// What has been added since.
    pub gain: Option<f64>,
    /// The unit of both.
    pub unit: String,
}

/// Reads the figures of a clause by the words right before each.
pub(in crate::reply) fn growth(tokens: &[Token], clause: &str, target: Option<&Quantity>) -> Growth {
    let mut growth = Growth::default();
    let counts = |token: &Token| matches!(token.kind, Kind::Number(_) | Kind::Amount(_));
    let unsure = [Class::Future, Class::Need, Class::If, Class::Left, Class::Hearsay];
    let Some(target) = target.filter(|_| tokens.iter().any(counts)) else {
        return growth;
    };
    if tokens.iter().any(|token| token.is_any(&unsure)) {
        return growth;
    }
    let mut from = 0;
    for (at, token) in tokens.iter().enumerate() {
        let figure = match token.kind {
            Kind::Number(value) => Some(in_scale(value, target)),
            Kind::Amount(_) => amount_of(tokens, at, clause, Some(target)).map(|amount| amount.value),
            _ => None,
        };
        let Some(figure) = figure else { continue };
        if growth.unit.is_empty() {
            growth.unit.clone_from(&target.unit);
        }
        let lead = &clause[from..token.start];
        from = token.end;
        if adds(lead) {
            growth.gain = Some(growth.gain.unwrap_or(0.0) + figure);
        } else if BEFORE.iter().any(|word| lead.contains(word)) && growth.base.is_none() {
            growth.base = Some(figure);
        }
    }
    growth
}

/// Whether the words before a figure add it to another one; 增加到 leads to a total.
fn adds(lead: &str) -> bool {
    let adds = ADDS.iter().any(|word| lead.contains(word));
    adds && !ADDS_NOTHING.iter().any(|word| lead.contains(word)) && !lead.ends_with(['到', '至', '达', '是'])
}

/// The total of the clauses together, unless one of them tells it itself.
pub(in crate::reply) fn total(parts: &[Growth], told: Option<&Quantity>) -> Option<Quantity> {
    let base = parts.iter().find_map(|part| part.base)?;
    let gains: Vec<f64> = parts.iter().filter_map(|part| part.gain).collect();
    let told =
        told.is_some_and(|told| !same(told.value, base) && !gains.iter().any(|gain| same(told.value, *gain)));
    let unit = parts.iter().map(|part| part.unit.as_str()).find(|unit| !unit.is_empty())?;
    (!gains.is_empty() && !told).then(|| Quantity::new(base + gains.iter().sum::<f64>(), unit))
}
