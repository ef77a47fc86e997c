//! The parts of a message in the making, before it is known whom 全部 and 其余 mean.

use std::ops::Range;

use crate::reply::Which;
use crate::reply::split::Clause;

/// A part in the making: its items may depend on what the rest of the message names.
pub(super) struct Draft {
    pub target: Target,
    pub clauses: Vec<Clause>,
    pub whole: Vec<Range<usize>>,
}

#[derive(Clone, PartialEq)]
pub(super) enum Target {
    /// Named by nothing so far.
    Open,
    These(Vec<Which>),
    /// Named only to be left out of 其余.
    Excepted(Vec<Which>),
    All,
    Rest,
    /// So many of those that are not named: the rest, if it is as many.
    Some(usize),
    /// Something with a name that no number and no title explains: the only item left, if there is but one.
    Topic,
    /// Words that several titles share: the one of them that is not named otherwise.
    OneOf(Vec<Which>),
}

/// Whom 其余 means: after 剩两户 the rest of that work; 其余均已完成 in one breath with an item may be either, so we ask.
pub(super) fn rest_target(drafts: &[Draft], words: &str) -> Target {
    let Some(last) = drafts.last() else {
        return Target::Rest;
    };
    let one_breath = last.clauses.last().is_some_and(|clause| !clause.closes);
    if !one_breath || !matches!(last.target, Target::These(_)) {
        return Target::Rest;
    }
    let finished = ["完成", "落实", "到位"].iter().any(|word| words.contains(word));
    let items = ["办结", "销号", "任务", "事项", "项"].iter().any(|word| words.contains(word));
    if finished && !items {
        return Target::These(vec![Which::Unclear]);
    }
    Target::Rest
}

/// 除8号还在办外: what is said of the excepted, then everything else.
pub(super) fn except(
    drafts: &mut Vec<Draft>,
    clause: Clause,
    which: Vec<Which>,
    (body, end): (usize, usize),
    text: &str,
) {
    let start = clause.span.start;
    let of_these = Clause { span: start + body..start + end, closes: true, asks: false };
    if text[of_these.span.clone()].trim().is_empty() {
        drafts.push(Draft { target: Target::Excepted(which), clauses: Vec::new(), whole: Vec::new() });
    } else {
        add(drafts, Target::These(which), of_these, clause.span.clone());
    }
    let rest = &text[start + end..clause.span.end];
    let skip =
        ["以外", "之外", "外"].iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
    let others = Clause { span: start + end + skip..clause.span.end, ..clause.clone() };
    let clauses = if text[others.span.clone()].trim().is_empty() { Vec::new() } else { vec![others] };
    drafts.push(Draft { target: Target::Rest, clauses, whole: vec![clause.span] });
}

/// Whether anything has been named so far.
pub(super) fn named_before(drafts: &[Draft]) -> bool {
    drafts.iter().any(|draft| draft.target != Target::Open)
}

/// Whom 都 means once items have been named: those.
pub(super) fn open_target(drafts: &[Draft], waiting: &mut Vec<Which>) -> Target {
    if waiting.is_empty() {
        drafts.last().map_or(Target::Open, |draft| draft.target.clone())
    } else {
        Target::These(std::mem::take(waiting))
    }
}

/// Adds a clause to the draft of its items; one that names none joins the draft before.
pub(super) fn add(drafts: &mut Vec<Draft>, target: Target, inner: Clause, whole: Range<usize>) {
    match drafts.last_mut() {
        Some(last) if target == Target::Open || last.target == target => {
            last.clauses.push(inner);
            last.whole.push(whole);
        }
        _ => drafts.push(Draft { target, clauses: vec![inner], whole: vec![whole] }),
    }
}
