//! The preview (预演): every card over any span of days, with its receiver and reasons, from the very rules that the
//! tick goes by. Only the bookkeeping between them is done in memory here; a test plays the real wheel beside it.

mod facts;
mod held;
mod only;
mod world;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use crate::domain::card::{CardKind, Front};
use crate::domain::filing::Owner;
use crate::domain::ids::{AccountId, ChatId, DutyId, TaskNo};
use crate::domain::now::Now;
use crate::domain::people::words;
use crate::domain::period::Period;
use crate::domain::reason::Reason;
use crate::domain::workdays::Workdays;
use crate::rules::policy::Policy;

pub use facts::{AskFacts, DutyFacts, Facts, FilingFacts, OwnerFacts, TaskFacts};
pub use only::Only;
use world::World;

words! {
    /// What the people are taken to do.
    Assume {
        /// Nobody ever answers: the most that can be said.
        Silence = "silence",
        /// Everything is reported when it is asked for, and done on its day: the least.
        DoneOnTime = "done-on-time",
    }
}

/// A card that will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// When, on the office's clock.
    pub at: NaiveDateTime,
    /// Where.
    pub chat: ChatId,
    /// What for.
    pub kind: CardKind,
    /// Whose budget it counts against.
    pub ears: Vec<AccountId>,
    /// Whether it speaks later than it should have.
    pub late: bool,
    /// What stands in front of the items.
    pub front: Option<Front>,
    /// What stands on it, by task, duty and owner.
    pub items: Vec<PlannedItem>,
}

/// One reason on a planned card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlannedItem {
    /// The task.
    pub task: TaskNo,
    /// The duty.
    pub duty: DutyId,
    /// The period it is owed for.
    pub period: Period,
    /// Who owes it.
    pub owner: Owner,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Why it stands there.
    pub reason: Reason,
}

/// What a preview finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// The cards, in the order they go out.
    pub cards: Vec<Planned>,
    /// What is said to nobody, since nobody is bound who could hear it.
    pub unreachable: Vec<(TaskNo, Owner)>,
}

/// Plays the rules from `start` to `until` on facts as they stand at `start`.
pub fn preview(
    facts: &Facts,
    policy: &Policy,
    calendar: &Workdays,
    (start, until): (&Now, DateTime<Utc>),
    assume: Assume,
) -> Preview {
    let mut world = World::new(facts, policy, calendar, start.today(), assume);
    let mut now = *start;
    loop {
        world.turn(&now);
        match world.next_turn(&now).filter(|next| *next <= until) {
            Some(next) => now = Now::new(next, now.zone()),
            None => return world.finish(),
        }
    }
}

#[cfg(test)]
mod tests;
