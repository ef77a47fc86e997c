//! Telling the lead unit what the others filed, once a round has ended (DESIGN section 11, The lead).

use std::collections::BTreeMap;
use std::iter::successors;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::collected::Collected;
use crate::domain::filing::{Filing, FilingState};
use crate::domain::ids::{ChatId, DutyId, TaskNo};
use crate::domain::now::Now;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::workdays::Workdays;
use crate::rules::policy::{Policy, Round};
use crate::rules::reach::Reach;

/// A round that ended longer ago than this is no news: after a long downtime the lead is told of the newest only.
const NEWS: TimeDelta = TimeDelta::days(10);

/// A round whose due moment has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// The period it was for.
    pub period: Period,
    /// When its filings were due.
    pub due_at: DateTime<Utc>,
}

/// The rounds that have ended lately and whose lead is to be told: from the day after on, with that day's card.
pub fn ended(policy: &Policy, calendar: &Workdays, now: &Now) -> Vec<Ended> {
    let told = policy.rounds.iter().filter(|round| round.summary);
    told.filter_map(|round| newest_end(round, calendar, now)).collect()
}

fn newest_end(round: &Round, calendar: &Workdays, now: &Now) -> Option<Ended> {
    let (opened, _) = round.timing.latest(round.cadence, now.local(), calendar)?;
    // The newest that has opened, or where its time still runs, the one before.
    let mut periods = successors(Some(opened), |period| period.previous()).take(2);
    let end = |period: Period| {
        let due_at = now.instant_of(round.timing.window(period, calendar).ok()?.due);
        (now.date_of(due_at) < now.today()).then_some(Ended { period, due_at })
    };
    periods.find_map(end).filter(|ended| ended.due_at > now.at() - NEWS)
}

/// The next moment from which a lead is to be told of a round.
pub fn next_end(policy: &Policy, calendar: &Workdays, now: &Now) -> Option<DateTime<Utc>> {
    let told = policy.rounds.iter().filter(|round| round.summary);
    let end = |round: &Round| {
        let (opened, _) = round.timing.latest(round.cadence, now.local(), calendar)?;
        let periods = successors(Some(opened), |period| period.next()).take(2);
        let dues = periods.filter_map(|period| round.timing.window(period, calendar).ok());
        dues.map(|window| now.end_of(window.due.date())).find(|end| *end > now.at())
    };
    told.filter_map(end).min()
}

/// Whether a lead that was last told at `last` is to be told of it.
pub fn is_news(ended: &Ended, last: Option<DateTime<Utc>>) -> bool {
    last.is_none_or(|last| last < ended.due_at)
}

/// Where a lead is told: in private, for it names who is late; in the unit's own chat where nobody can be told alone.
pub fn chat_for(reach: &Reach) -> Option<ChatId> {
    reach.head.or(reach.person).or(reach.unit)
}

/// A filing of a round, as the lead's summary sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filed {
    /// The task.
    pub task: TaskNo,
    /// Its title; `None` where it may not be told here.
    pub title: Option<String>,
    /// The duty.
    pub duty: DutyId,
    /// The duty in short.
    pub duty_text: String,
    /// Who owes it.
    pub owner: String,
    /// The filing.
    pub filing: Filing,
}

/// Collects the filings by duty and period, those with silent or held-up units first.
pub fn collect(filed: &[Filed]) -> Vec<Collected> {
    let mut duties: BTreeMap<(TaskNo, DutyId, Period), Vec<&Filed>> = BTreeMap::new();
    for one in filed.iter().filter(|one| is_counted(one)) {
        duties.entry((one.task, one.duty, one.filing.period)).or_default().push(one);
    }
    let mut all: Vec<Collected> = duties.into_values().filter_map(|filed| of_duty(&filed)).collect();
    all.sort_by_key(|one| (one.silent.is_empty() && one.stuck.is_empty(), one.task));
    all
}

fn is_counted(one: &Filed) -> bool {
    !matches!(one.filing.standing.state, FilingState::Exempt | FilingState::Void)
}

fn of_duty(filed: &[&Filed]) -> Option<Collected> {
    let first = filed.first()?;
    let names = |of: &dyn Fn(&Filed) -> Option<String>| -> Vec<(String, String)> {
        filed.iter().filter_map(|one| Some((one.owner.clone(), of(one)?))).collect()
    };
    let silent = filed.iter().filter(|one| is_silent(&one.filing)).map(|one| one.owner.clone());
    Some(Collected {
        task: first.task,
        title: first.title.clone(),
        duty: first.duty_text.clone(),
        period: first.filing.period,
        counted: filed.len(),
        silent: silent.collect(),
        stuck: names(&|one| one.filing.standing.blocker.clone()),
        said: names(&|one| {
            let standing = &one.filing.standing;
            standing.last_text.clone().filter(|_| standing.blocker.is_none() && !is_silent(&one.filing))
        }),
        reached: reached(filed),
    })
}

/// Nothing came of it; what was settled by the office without a report did not stay silent.
fn is_silent(filing: &Filing) -> bool {
    filing.standing.state.is_owed() && filing.standing.reported_at.is_none()
}

fn reached(filed: &[&Filed]) -> Option<Quantity> {
    let unit = &filed.first()?.filing.target.as_ref()?.unit;
    let values: Vec<f64> = filed.iter().filter_map(|one| one.filing.standing.quantity).collect();
    (!values.is_empty()).then(|| Quantity::new(values.iter().sum(), unit.clone()))
}

#[cfg(test)]
mod tests;
