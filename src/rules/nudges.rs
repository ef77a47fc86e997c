//! Nudges (催办) and escalation: the steps of one filing from the first mention to the office's desk.
//!
//! Level-triggered (law L4): [`look`] compares the filing with now and names the newest step whose moment has come.
//! A step that was asked before is the same row, so looking twice, late or after a clock jump says nothing twice.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::filing::Filing;
use crate::domain::now::Now;
use crate::domain::reason::{Level, Reason};
use crate::domain::workdays::Workdays;
use crate::rules::policy::Policy;

/// Workdays after a late return of a round's filing until it is reminded of.
const RETURNED_REMINDED: i64 = 2;
/// Workdays after which it is told one level up.
const RETURNED_TOLD: i64 = 4;

/// One step of a filing's ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The day it is meant for, always a workday.
    pub on: NaiveDate,
    /// From when on it may be said.
    pub at: DateTime<Utc>,
    /// What is said.
    pub reason: Reason,
}

/// What a look at a filing finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The step to speak about now.
    pub say: Option<Step>,
    /// When to look again; `None` while nothing can come by itself.
    pub again: Option<DateTime<Utc>>,
}

/// Looks at one filing. `last_word` is the last word between the owner and us about its task, either way.
pub fn look(
    filing: &Filing,
    last_word: Option<DateTime<Utc>>,
    policy: &Policy,
    calendar: &Workdays,
    now: &Now,
) -> Look {
    if !filing.standing.state.is_owed() {
        return Look::default();
    }
    if let Some(until) = filing.standing.quiet_until {
        // Whoever asked for rest until a day is not woken before the card of the next workday.
        let wakes = now.instant_of(calendar.next_workday(until).and_time(policy.card_at));
        if now.at() < wakes {
            return Look { say: None, again: Some(wakes) };
        }
    }
    let mut steps = ladder(filing, policy, calendar, now);
    steps.extend(silence(filing, last_word, policy, calendar, now));
    let come = |step: &&Step| step.at <= now.at();
    Look {
        say: steps
            .iter()
            .filter(come)
            // Once its day comes near, the ladder speaks; silence is no reason beside it.
            .max_by_key(|step| (!matches!(step.reason, Reason::Silent(_)), step.at))
            .copied()
            .filter(|step| !is_spared(filing, *step, policy, calendar, now)),
        again: steps.iter().filter(|step| step.at > now.at()).map(|step| step.at).min(),
    }
}

/// When a filing that a round has just opened is to be looked at first: at once where something is to be said about it
/// already, and never where nothing can come by itself.
pub fn first_look(filing: &Filing, policy: &Policy, calendar: &Workdays, now: &Now) -> Option<DateTime<Utc>> {
    let found = look(filing, None, policy, calendar, now);
    if found.say.is_some() { Some(now.at()) } else { found.again }
}

/// Every step of the present cycle, in no order.
fn ladder(filing: &Filing, policy: &Policy, calendar: &Workdays, now: &Now) -> Vec<Step> {
    let Some(due) = filing.standing.due_on else {
        return Vec::new();
    };
    let days = if filing.is_recurring() {
        round_days(filing, due, calendar, now)
    } else {
        dated_days(filing, due, policy, calendar, now)
    };
    days.into_iter()
        .map(|(on, reason)| Step { on, at: now.instant_of(on.and_time(policy.card_at)), reason })
        .filter(|step| step.at > filing.standing.since)
        .collect()
}

/// An item of which nothing was heard for long is asked about, whatever its date. What comes round is asked for anyway,
/// and what is overdue has its own ladder.
fn silence(
    filing: &Filing,
    last_word: Option<DateTime<Utc>>,
    policy: &Policy,
    calendar: &Workdays,
    now: &Now,
) -> Vec<Step> {
    if filing.is_recurring() || filing.is_overdue(now.at()) || policy.silent_workdays == 0 {
        return Vec::new();
    }
    let last = now.date_of(last_word.map_or(filing.standing.since, |word| word.max(filing.standing.since)));
    // The second one is for the next look: once it was asked, the silence is counted anew.
    [last, now.today()]
        .map(|from| {
            let on = calendar.add(from, i64::from(policy.silent_workdays));
            let at = now.instant_of(on.and_time(policy.card_at));
            Step { on, at, reason: Reason::Silent(policy.silent_workdays) }
        })
        .to_vec()
}

/// A round's filing: once before its due moment, and once afterwards one level up (DESIGN section 11). One that was sent
/// back after its time is counted from the return.
fn round_days(filing: &Filing, due: NaiveDate, calendar: &Workdays, now: &Now) -> Vec<(NaiveDate, Reason)> {
    let since = now.date_of(filing.standing.since);
    let (reminded, told) = if filing.standing.cycle > 1 && since >= due {
        (calendar.add(since, RETURNED_REMINDED), calendar.add(since, RETURNED_TOLD))
    } else {
        (calendar.add(due, -1), calendar.next_workday(due))
    };
    let mut days = vec![(reminded, Reason::NotFiled)];
    if !filing.progress {
        days.push((told, Reason::Missed));
    }
    days
}

/// A dated filing: T-n, T, T+n, then upwards. A due day that is no workday is named on the last workday before.
fn dated_days(
    filing: &Filing,
    due: NaiveDate,
    policy: &Policy,
    calendar: &Workdays,
    now: &Now,
) -> Vec<(NaiveDate, Reason)> {
    let due_workday = calendar.on_or_before(due);
    let mut days: Vec<_> = policy
        .before
        .iter()
        .map(|n| (calendar.add(due_workday, -i64::from(*n)), Reason::Before(*n)))
        .collect();
    days.push((due_workday, Reason::DueToday));
    // What was sent back after its day gets the whole ladder again, counted from the return.
    let since = now.date_of(filing.standing.since);
    let from = if filing.standing.cycle > 1 && since > due_workday {
        calendar.on_or_after(since)
    } else {
        due_workday
    };
    days.extend(policy.after.iter().map(|n| (calendar.add(from, i64::from(*n)), Reason::Overdue(*n))));
    let last = i64::from(policy.after.last().copied().unwrap_or(0));
    let patience = filing.patience;
    let head = last + i64::from(patience.head.unwrap_or(policy.grace_head));
    let office = head + i64::from(patience.office.unwrap_or(policy.grace_office));
    days.push((calendar.add(from, head), Reason::Escalated(Level::Head)));
    days.push((calendar.add(from, office), Reason::Escalated(Level::Office)));
    if policy.grace_above > 0 {
        days.push((calendar.add(from, office + i64::from(policy.grace_above)), Reason::Draft));
    }
    days
}

/// Whoever has just reported is spared the early nudges and the tale told to the head; the office hears it all the same.
fn is_spared(filing: &Filing, step: Step, policy: &Policy, calendar: &Workdays, now: &Now) -> bool {
    if !matches!(step.reason, Reason::Before(_) | Reason::Escalated(Level::Head)) {
        return false;
    }
    filing.standing.reported_at.is_some_and(|reported| {
        calendar.between(now.date_of(reported), step.on) <= i64::from(policy.fresh_workdays)
    })
}

#[cfg(test)]
mod tests;
