//! The one place that decides a change of state (law L3): what a report, a close, a return or an extension makes of a
//! filing. Pure: a filing and what happened go in, its new standing or a refusal comes out.

mod exempt;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::filing::{Filing, FilingState, Standing};
use crate::domain::people::words;
use crate::domain::quantity::Quantity;

pub use exempt::{ask_exempt, exempt, lift_exempt, refuse_exempt};

words! {
    /// What a report says about a filing.
    Status {
        /// The unit claims it is done.
        Done = "done",
        /// The unit asks for more time.
        Extend = "extend",
        /// Something holds it up.
        Blocked = "blocked",
        /// Not begun.
        NotStarted = "not_started",
        /// Under way.
        OnTrack = "on_track",
        /// As last time.
        NoChange = "no_change",
        /// Received; a report is promised.
        Ack = "ack",
    }
}

/// One report, as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// What it amounts to.
    pub status: Status,
    /// Progress of the whole, 0 to 100.
    pub percent: Option<u8>,
    /// What was reached so far.
    pub quantity: Option<Quantity>,
    /// The day asked for, with [`Status::Extend`].
    pub new_due: Option<NaiveDate>,
    /// The day promised, with [`Status::Ack`].
    pub until: Option<NaiveDate>,
    /// What holds it up, in the writer's words.
    pub blocker: Option<String>,
    /// Whose help is needed.
    pub needs: Option<String>,
    /// The words themselves.
    pub text: String,
}

impl Said {
    /// Words that amount to no more than a status.
    pub fn plain(status: Status, text: String) -> Said {
        Said {
            status,
            percent: None,
            quantity: None,
            new_due: None,
            until: None,
            blocker: None,
            needs: None,
            text,
        }
    }
}

/// Why something cannot be done to a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The office has accepted it already.
    #[error("already closed")]
    AlreadyClosed,
    /// It is exempt or void.
    #[error("no longer owed")]
    NotOwed,
    /// Nothing was claimed that could be sent back.
    #[error("nothing to send back")]
    NothingClaimed,
    /// The new day is not after the old one.
    #[error("not later than the present due day")]
    NotLater,
    /// The new day has passed already.
    #[error("in the past")]
    InThePast,
    /// A weekly or monthly filing is asked again anyway; it cannot be extended.
    #[error("recurring filings cannot be extended")]
    Recurring,
}

/// What a report makes of a filing.
pub fn hear(filing: &Filing, said: &Said, at: DateTime<Utc>) -> Result<Standing, Refusal> {
    let before = &filing.standing;
    match before.state {
        FilingState::Exempt | FilingState::Void => return Err(Refusal::NotOwed),
        FilingState::Accepted if filing.reviewed || !filing.is_recurring() => {
            return Err(Refusal::AlreadyClosed);
        }
        _ => {}
    }
    if said.status == Status::Extend && filing.is_recurring() {
        return Err(Refusal::Recurring);
    }
    if said.status == Status::Ack {
        return Ok(Standing { quiet_until: said.until, ..before.clone() });
    }
    let quantity = reached(filing, said).or(before.quantity);
    Ok(Standing {
        state: state_after(filing, said.status),
        percent: percent_after(filing, said),
        quantity,
        last_text: match said.status {
            // 无变化 says nothing new: what was said before stands.
            Status::NoChange => before.last_text.clone().or_else(|| Some(said.text.clone())),
            _ => Some(said.text.clone()),
        },
        reported_at: Some(at),
        blocker: blocker_after(before, said),
        asked_due: match said.status {
            Status::Extend => said.new_due.or(before.asked_due),
            Status::Done => None,
            _ => before.asked_due,
        },
        quiet_until: None,
        ..before.clone()
    })
}

/// Routine filings count on receipt; what the office verifies is only claimed (DESIGN section 11, What is reviewed).
fn state_after(filing: &Filing, status: Status) -> FilingState {
    let before = filing.standing.state;
    match status {
        Status::Done if filing.reviewed => FilingState::Claimed,
        Status::Done => FilingState::Accepted,
        Status::NoChange if before == FilingState::Claimed => FilingState::Claimed,
        // A meeting that was not held is not held by saying so; a progress ask is answered by any word.
        Status::NotStarted if !filing.progress => still_owed(before),
        _ if filing.is_recurring() && !filing.reviewed => FilingState::Accepted,
        _ => still_owed(before),
    }
}

/// A later word takes a claim back; a return stays a return until it is claimed again.
fn still_owed(before: FilingState) -> FilingState {
    if before == FilingState::Claimed { FilingState::Open } else { before }
}

fn reached(filing: &Filing, said: &Said) -> Option<f64> {
    let quantity = said.quantity.as_ref()?;
    match &filing.target {
        Some(target) => quantity.to_unit(&target.unit).map(|same| same.value),
        None => None,
    }
}

fn percent_after(filing: &Filing, said: &Said) -> Option<u8> {
    if said.status == Status::Done {
        return Some(100);
    }
    let from_quantity = || {
        let target = filing.target.as_ref()?;
        let share = reached(filing, said)? / target.value * 100.0;
        // Whole per cent, never above 100 and never rounded up to it.
        (share.is_finite() && share >= 0.0).then(|| share.min(100.0)).map(whole_percent)
    };
    // The 100 % of a claim goes with the claim.
    let claim_taken_back = filing.standing.state == FilingState::Claimed && said.status != Status::NoChange;
    let before = filing.standing.percent.filter(|_| !claim_taken_back);
    said.percent.map(|percent| percent.min(100)).or_else(from_quantity).or(before)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the caller keeps it within 0 to 100"
)]
fn whole_percent(share: f64) -> u8 {
    share as u8
}

fn blocker_after(before: &Standing, said: &Said) -> Option<String> {
    match said.status {
        Status::Blocked => said.blocker.clone().or_else(|| Some(said.text.clone())),
        Status::Extend => said.blocker.clone().or_else(|| before.blocker.clone()),
        Status::NoChange | Status::Ack => before.blocker.clone(),
        Status::Done | Status::NotStarted | Status::OnTrack => None,
    }
}

/// The office accepts it (销号).
pub fn close(filing: &Filing) -> Result<Standing, Refusal> {
    match filing.standing.state {
        FilingState::Accepted => Err(Refusal::AlreadyClosed),
        FilingState::Exempt | FilingState::Void => Err(Refusal::NotOwed),
        FilingState::Open | FilingState::Claimed | FilingState::SentBack => Ok(Standing {
            state: FilingState::Accepted,
            percent: Some(100),
            blocker: None,
            asked_due: None,
            asked_exempt: None,
            ..filing.standing.clone()
        }),
    }
}

/// The office does not accept it (退回): owed again, in a new cycle.
pub fn send_back(filing: &Filing, at: DateTime<Utc>) -> Result<Standing, Refusal> {
    match filing.standing.state {
        FilingState::Claimed | FilingState::Accepted => Ok(Standing {
            state: FilingState::SentBack,
            cycle: filing.standing.cycle + 1,
            since: at,
            quiet_until: None,
            ..filing.standing.clone()
        }),
        FilingState::Open | FilingState::SentBack => Err(Refusal::NothingClaimed),
        FilingState::Exempt | FilingState::Void => Err(Refusal::NotOwed),
    }
}

/// A new due day, as the office grants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDue {
    /// The day.
    pub on: NaiveDate,
    /// The instant from which it is overdue: the end of that day in the office's zone.
    pub at: DateTime<Utc>,
    /// Now.
    pub granted_at: DateTime<Utc>,
    /// Today, in the office's zone.
    pub today: NaiveDate,
}

/// The office grants more time (延期), in a new cycle so that the same nudges speak again.
pub fn extend(filing: &Filing, to: NewDue) -> Result<Standing, Refusal> {
    if filing.is_recurring() {
        return Err(Refusal::Recurring);
    }
    if filing.standing.state == FilingState::Accepted {
        return Err(Refusal::AlreadyClosed);
    }
    if filing.standing.state.is_settled() {
        return Err(Refusal::NotOwed);
    }
    if to.on < to.today {
        return Err(Refusal::InThePast);
    }
    if filing.standing.due_on.is_some_and(|due| to.on <= due) {
        return Err(Refusal::NotLater);
    }
    Ok(Standing {
        state: still_owed(filing.standing.state),
        cycle: filing.standing.cycle + 1,
        since: to.granted_at,
        due_on: Some(to.on),
        due_at: Some(to.at),
        asked_due: None,
        quiet_until: None,
        extensions: filing.standing.extensions + 1,
        ..filing.standing.clone()
    })
}

/// The office gives a day to what had none (定期限), in a new cycle. It is no extension.
pub fn set_due(filing: &Filing, to: NewDue) -> Result<Standing, Refusal> {
    if filing.standing.due_on.is_some() {
        return Err(Refusal::NotLater);
    }
    let extensions = filing.standing.extensions;
    extend(filing, to).map(|after| Standing { extensions, ..after })
}

/// A new term for what was put aside beyond its old one (恢复), in a new cycle. It is no extension.
pub fn resume(filing: &Filing, to: NewDue) -> Result<Standing, Refusal> {
    let extensions = filing.standing.extensions;
    extend(filing, to).map(|after| Standing { extensions, ..after })
}

/// A corrected document gives another day, or none, in a new cycle. It is no extension; a later day that the office has
/// granted or given holds.
pub fn redate(
    filing: &Filing,
    to: Option<(NaiveDate, DateTime<Utc>)>,
    corrected_at: DateTime<Utc>,
) -> Result<Standing, Refusal> {
    let before = &filing.standing;
    if filing.is_recurring() {
        return Err(Refusal::Recurring);
    }
    if before.state == FilingState::Accepted {
        return Err(Refusal::AlreadyClosed);
    }
    if before.state.is_settled() {
        return Err(Refusal::NotOwed);
    }
    let on = to.map(|(on, _)| on);
    if before.extensions > 0 && on.is_some_and(|on| before.due_on.is_some_and(|due| due > on)) {
        return Err(Refusal::NotLater);
    }
    Ok(Standing {
        cycle: before.cycle + 1,
        since: corrected_at,
        due_on: on,
        due_at: to.map(|(_, at)| at),
        asked_due: before.asked_due.filter(|asked| on.is_some_and(|on| *asked > on)),
        quiet_until: None,
        ..before.clone()
    })
}

/// The office does not grant more time (不同意延期): the term stays.
pub fn decline(filing: &Filing) -> Result<Standing, Refusal> {
    match filing.standing.asked_due {
        Some(_) => Ok(Standing { asked_due: None, ..filing.standing.clone() }),
        None => Err(Refusal::NothingClaimed),
    }
}

/// Whether a task is finished: everything owed once is settled and nothing comes round again (DESIGN section 11, The end).
pub fn task_is_finished(owed_once: &[FilingState], has_rounds: bool) -> bool {
    !has_rounds && !owed_once.is_empty() && owed_once.iter().all(|state| state.is_settled())
}

#[cfg(test)]
mod tests;
