//! Scores (量化考核): what the office has verified of a unit's dated, target and write-off duties, each by its own due day.
//! Nothing else counts: not how fast anybody answered, not how often, not routine lines that nobody verifies.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assess::facts::{Facts, Item};
use crate::assess::sums::Span;
use crate::domain::filing::{FilingState, Owner};
use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::schedule;

/// A full share, in thousandths.
const FULL: u64 = 1000;

/// How much each kind of point weighs. A weight of 0 leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// What was due in the span and was accepted.
    pub result: u64,
    /// Per cent of that for what was accepted, but came after its day.
    pub late: u64,
    /// What was accepted without being sent back once.
    pub first_time: u64,
    /// What is not due yet, held against the elapsed workdays.
    pub progress: u64,
}

/// What a point is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Metric {
    /// Accepted by its due day.
    Result,
    /// Accepted at first.
    FirstTime,
    /// Progress against the schedule.
    Progress,
}

/// What was found about one filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// There by its day, and accepted.
    OnTime,
    /// Accepted, but after its day.
    Late,
    /// Not there, and its day is over.
    Missing,
    /// Accepted at first.
    AtOnce,
    /// Accepted after the office had sent it back so often.
    AfterReturns(u32),
    /// Reached against what the elapsed workdays call for, in per cent.
    Reached(u8, u8),
    /// Left out: the office has not decided on the claim yet.
    Undecided,
    /// Left out: not counted, with the office's approval (容错).
    Exempt,
}

/// One filing behind a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The filing.
    pub filing: FilingId,
    /// Its task.
    pub task: TaskNo,
    /// `#12.2`.
    pub label: String,
    /// What the duty asks.
    pub text: String,
    /// The day it was due.
    pub due: Option<NaiveDate>,
    /// Which point it is.
    pub metric: Metric,
    /// What was found.
    pub verdict: Verdict,
    /// What it weighs; 0 for what is left out.
    pub weight: u64,
    /// What it earned of that, in thousandths.
    pub share: u64,
}

/// A score and everything it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// 0 to 1000: points with one decimal. `None` where nothing could be counted.
    pub tenths: Option<u64>,
    /// The filings behind it, those left out among them.
    pub basis: Vec<Basis>,
}

impl Score {
    fn of(mut basis: Vec<Basis>) -> Score {
        basis.sort_by_key(|one| (one.task, one.filing, one.metric));
        let all: u64 = basis.iter().map(|one| one.weight).sum();
        let earned: u64 = basis.iter().map(|one| one.weight * one.share).sum();
        let tenths = (all > 0).then(|| (2 * earned + all) / (2 * all));
        Score { tenths, basis }
    }

    /// How many filings were counted.
    pub fn counted(&self) -> usize {
        self.basis.iter().filter(|one| one.metric == Metric::Result && one.weight > 0).count()
    }
}

/// The scores of everybody who had something verifiable in the span.
pub fn scores(facts: &Facts, span: Span, weights: Weights) -> BTreeMap<Owner, Score> {
    let mut basis: BTreeMap<Owner, Vec<Basis>> = BTreeMap::new();
    for item in facts.items.iter().filter(|item| item.filing.reviewed && !item.filing.progress) {
        let found = basis.entry(item.filing.owner).or_default();
        judge(facts, item, span, &mut |metric, verdict| {
            let (weight, share) = worth(metric, verdict, weights);
            if weight > 0 || matches!(verdict, Verdict::Undecided | Verdict::Exempt) {
                found.push(Basis {
                    filing: item.filing.id,
                    task: item.task,
                    label: facts.label(item),
                    text: facts.text(item.duty).to_owned(),
                    due: item.filing.standing.due_on,
                    metric,
                    verdict,
                    weight,
                    share,
                });
            }
        });
    }
    basis
        .into_iter()
        .filter(|(_, basis)| !basis.is_empty())
        .map(|(of, basis)| (of, Score::of(basis)))
        .collect()
}

/// What there is to say about one filing.
fn judge(facts: &Facts, item: &Item, span: Span, say: &mut impl FnMut(Metric, Verdict)) {
    let (filing, standing) = (&item.filing, &item.filing.standing);
    let Some(due) = standing.due_on else { return };
    if span.contains(due) {
        match standing.state {
            FilingState::Void => {}
            FilingState::Exempt => say(Metric::Result, Verdict::Exempt),
            FilingState::Claimed => say(Metric::Result, Verdict::Undecided),
            FilingState::Accepted => {
                let done = item.course.done_at(standing.state);
                let late = standing.due_at.zip(done).is_some_and(|(due, done)| done >= due);
                say(Metric::Result, if late { Verdict::Late } else { Verdict::OnTime });
                let returns = item.course.returns;
                say(
                    Metric::FirstTime,
                    if returns == 0 { Verdict::AtOnce } else { Verdict::AfterReturns(returns) },
                );
            }
            _ if facts.is_missing(item) => say(Metric::Result, Verdict::Missing),
            _ => {}
        }
    } else if due > span.until && standing.state.is_owed() {
        let expected =
            schedule::expected(filing, &facts.calendar, &facts.now).filter(|expected| *expected > 0);
        if let Some(expected) = expected {
            say(Metric::Progress, Verdict::Reached(schedule::reached(filing), expected));
        }
    }
}

/// What a verdict weighs and earns.
fn worth(metric: Metric, verdict: Verdict, weights: Weights) -> (u64, u64) {
    let weight = match metric {
        Metric::Result => weights.result,
        Metric::FirstTime => weights.first_time,
        Metric::Progress => weights.progress,
    };
    match verdict {
        Verdict::OnTime | Verdict::AtOnce => (weight, FULL),
        Verdict::Late => (weight, (weights.late * FULL / 100).min(FULL)),
        Verdict::Missing | Verdict::AfterReturns(_) => (weight, 0),
        Verdict::Reached(reached, expected) => {
            (weight, (u64::from(reached) * FULL / u64::from(expected.max(1))).min(FULL))
        }
        Verdict::Undecided | Verdict::Exempt => (0, 0),
    }
}
