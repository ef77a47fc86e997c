//! The filing (应报件): what one unit owes for one duty in one period, and where that stands.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::{FilingId, TeamId, UnitId};
use crate::domain::people::words;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;

words! {
    /// Where a filing stands.
    FilingState {
        /// Owed.
        Open = "open",
        /// The unit says it is done; the office has not looked yet.
        Claimed = "claimed",
        /// The office did not accept the claim: owed again.
        SentBack = "sent_back",
        /// Settled.
        Accepted = "accepted",
        /// Not counted, with the office's approval (容错).
        Exempt = "exempt",
        /// Dropped.
        Void = "void",
    }
}

impl FilingState {
    /// Whether the unit still has to do something.
    pub fn is_owed(self) -> bool {
        matches!(self, FilingState::Open | FilingState::SentBack)
    }

    /// Whether nothing more is expected from anybody.
    pub fn is_settled(self) -> bool {
        matches!(self, FilingState::Accepted | FilingState::Exempt | FilingState::Void)
    }
}

/// Who owes a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Owner {
    /// A unit.
    Unit(UnitId),
    /// A whole team, while the office has assigned the item to nobody.
    Team(TeamId),
}

/// The part of a filing that reports and decisions change. It is kept whole beside each report, for undo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Where it stands.
    pub state: FilingState,
    /// Starts anew with every extension and return.
    pub cycle: i64,
    /// When the present cycle began; what was meant for an earlier moment is not asked any more.
    pub since: DateTime<Utc>,
    /// The day it is due, by the office's calendar.
    pub due_on: Option<NaiveDate>,
    /// The instant from which it is overdue.
    pub due_at: Option<DateTime<Utc>>,
    /// Progress of the whole, 0 to 100.
    pub percent: Option<u8>,
    /// What was reached so far, in the unit of the duty's target.
    pub quantity: Option<f64>,
    /// The last report in the writer's words.
    pub last_text: Option<String>,
    /// When that report was made.
    pub reported_at: Option<DateTime<Utc>>,
    /// What holds it up, in the writer's words.
    pub blocker: Option<String>,
    /// The day an extension was asked for and not yet decided.
    pub asked_due: Option<NaiveDate>,
    /// Why the unit asks that it be not counted, while that is not decided.
    #[serde(default)]
    pub asked_exempt: Option<String>,
    /// The day until which the unit has asked to be left alone (已知悉,周五报).
    pub quiet_until: Option<NaiveDate>,
    /// How often it was extended.
    pub extensions: i64,
}

impl Standing {
    /// Owed since then, with nothing said about it yet.
    pub fn new(since: DateTime<Utc>, due_on: Option<NaiveDate>, due_at: Option<DateTime<Utc>>) -> Standing {
        Standing {
            state: FilingState::Open,
            cycle: 1,
            since,
            due_on,
            due_at,
            percent: None,
            quantity: None,
            last_text: None,
            reported_at: None,
            blocker: None,
            asked_due: None,
            asked_exempt: None,
            quiet_until: None,
            extensions: 0,
        }
    }
}

impl Standing {
    /// Whether both were brought here by the same words: one claim or request about several duties.
    pub fn came_with(&self, other: &Standing) -> bool {
        let of = |one: &Standing| (one.state, one.reported_at, one.asked_due);
        self.reported_at.is_some() && of(self) == of(other) && self.last_text == other.last_text
    }
}

/// A plan's own graces of the ladder, in workdays; where there is none, the office's settings hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Patience {
    /// Before the head of the unit hears of it.
    pub head: Option<u8>,
    /// After that, before the office does.
    pub office: Option<u8>,
}

/// A filing with what is needed to decide about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// Its row.
    pub id: FilingId,
    /// Who owes it.
    pub owner: Owner,
    /// For which period.
    pub period: Period,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// Whether the office verifies it before it counts; routine filings count on receipt.
    pub reviewed: bool,
    /// Whether it only asks how things are going.
    pub progress: bool,
    /// What the duty wants to reach.
    pub target: Option<Quantity>,
    /// Where the duty starts, if the office has said so.
    pub starts: Option<NaiveDate>,
    /// How patient its plan is before it tells others.
    pub patience: Patience,
    /// Whether it was ever overdue; never taken back (DESIGN red line 7).
    pub was_overdue: bool,
    /// How often it was changed.
    pub version: i64,
    /// What changes.
    pub standing: Standing,
}

impl Filing {
    /// Whether it is owed and its time is over. No date is never overdue (DESIGN red line 8).
    pub fn is_overdue(&self, at: DateTime<Utc>) -> bool {
        self.standing.state.is_owed() && !self.progress && self.standing.due_at.is_some_and(|due| at >= due)
    }

    /// Whether a round opened it: it is owed again in the next period.
    pub fn is_recurring(&self) -> bool {
        !matches!(self.period, Period::Day(_) | Period::Once)
    }
}
