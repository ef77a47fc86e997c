//! Rounds (例行提醒): which period of a cadence is open now, and until when its filings are owed.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::filing::{Filing, Owner, Patience, Standing};
use crate::domain::ids::{FilingId, UnitId};
use crate::domain::now::Now;
use crate::domain::period::{Cadence, Period};
use crate::domain::workdays::Workdays;
use crate::rules::policy::{Files, Policy, Round};

/// A round that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// How often it comes.
    pub cadence: Cadence,
    /// The period it is for.
    pub period: Period,
    /// The day it opened, by the office's calendar.
    pub opened_on: NaiveDate,
    /// The day its filings are due.
    pub due_on: NaiveDate,
    /// The instant from which they are overdue.
    pub due_at: DateTime<Utc>,
    /// Who answers.
    pub files: Files,
}

impl Opening {
    /// A filing as the round opens it, with nothing in it yet that differs from owner to owner.
    pub fn filing(&self, progress: bool, now: &Now) -> Filing {
        Filing {
            id: FilingId(0),
            owner: Owner::Unit(UnitId(0)),
            period: self.period,
            opened_at: now.at(),
            reviewed: false,
            progress,
            target: None,
            starts: None,
            patience: Patience::default(),
            was_overdue: false,
            version: 0,
            standing: Standing::new(now.at(), Some(self.due_on), Some(self.due_at)),
        }
    }
}

/// The rounds whose time runs now. Only the newest period of each counts: after a downtime nothing is replayed
/// (DESIGN section 6.2), and a period whose due moment has passed unasked is let go.
pub fn open_rounds(policy: &Policy, calendar: &Workdays, now: &Now) -> Vec<Opening> {
    policy.rounds.iter().filter_map(|round| open_round(round, calendar, now)).collect()
}

fn open_round(round: &Round, calendar: &Workdays, now: &Now) -> Option<Opening> {
    let (period, window) = round.timing.latest(round.cadence, now.local(), calendar)?;
    (now.local() < window.due).then(|| Opening {
        cadence: round.cadence,
        period,
        opened_on: window.opens.date(),
        due_on: window.due.date(),
        due_at: now.instant_of(window.due),
        files: round.files,
    })
}
