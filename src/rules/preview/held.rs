//! One filing of a preview's world, with the reasons about it that stand on no card yet.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::filing::{Filing, FilingState, Owner};
use crate::domain::ids::{AskId, ChatId, DutyId, TaskNo};
use crate::domain::people::Chase;
use crate::domain::period::Period;
use crate::domain::reason::{Level, Reason};
use crate::rules::nudges::Step;
use crate::rules::preview::{AskFacts, Facts, FilingFacts};
use crate::rules::reach::chat_for;

/// A filing of the world.
pub(super) struct Held {
    pub(super) filing: Filing,
    pub(super) duty: DutyId,
    pub(super) task: TaskNo,
    /// What was said about it; of what is said again and again, on which day.
    pub(super) said: Vec<(Reason, Option<NaiveDate>)>,
    /// What shall be said next.
    pub(super) asks: Vec<Ask>,
    /// Whether no look can find anything any more.
    pub(super) over: bool,
}

/// What all filings of one round share as long as nobody has said anything about them: period, due day, opening, whether
/// it only asks how things are going.
pub(super) type Untouched = (Period, Option<NaiveDate>, DateTime<Utc>, bool);

/// A reason that stands on no card yet.
#[derive(Clone, Copy)]
pub(super) struct Ask {
    pub(super) id: AskId,
    pub(super) reason: Reason,
    pub(super) cycle: i64,
    pub(super) meant_on: NaiveDate,
    pub(super) decided_at: DateTime<Utc>,
}

impl Ask {
    pub(super) fn of(known: &AskFacts) -> Ask {
        Ask {
            id: AskId(0),
            reason: known.reason,
            cycle: known.cycle,
            meant_on: known.meant_on,
            decided_at: known.decided_at,
        }
    }
}

impl Held {
    pub(super) fn of(known: &FilingFacts) -> Held {
        Held {
            filing: known.filing.clone(),
            duty: known.duty,
            task: known.task,
            said: known.said.iter().map(|reason| (*reason, None)).collect(),
            asks: Vec::new(),
            over: known.next_look.is_none(),
        }
    }

    /// Task and owner.
    pub(super) fn whose(&self) -> (TaskNo, Owner) {
        (self.task, self.filing.owner)
    }

    /// What a look at it depends on, if it is one of a round's and nobody has said anything about it.
    pub(super) fn untouched(&self) -> Option<Untouched> {
        let standing = &self.filing.standing;
        let is_untouched = standing.state == FilingState::Open
            && standing.cycle == 1
            && standing.reported_at.is_none()
            && standing.quiet_until.is_none();
        (is_untouched && self.filing.is_recurring()).then_some((
            self.filing.period,
            standing.due_on,
            standing.since,
            self.filing.progress,
        ))
    }

    /// Notes a step as said; false where it was before, or where it is not said at all: whoever was not even asked yet is
    /// not told that nothing has come.
    pub(super) fn say_once(&mut self, step: Step) -> bool {
        let key = (step.reason, step.reason.is_repeated().then_some(step.on));
        let is_new = !self.said.contains(&key);
        if is_new {
            self.said.push(key);
        }
        let unasked = self.asks.iter().any(|ask| matches!(ask.reason, Reason::Round(_)));
        is_new && !(unasked && step.reason == Reason::NotFiled)
    }

    /// Whether the owner has asked to be left alone until later; the office and its orders are not put off by that.
    pub(super) fn rests(&self, reason: Reason, today: NaiveDate) -> bool {
        self.filing.standing.quiet_until.is_some_and(|until| until >= today)
            && reason.level() != Level::Office
            && reason != Reason::Ordered
    }

    /// The chat that hears a reason.
    pub(super) fn chat_for(&self, reason: Reason, facts: &Facts) -> Option<ChatId> {
        let task = facts.tasks.get(&self.task)?;
        let unit = match self.filing.owner {
            Owner::Unit(unit) => Some(unit),
            Owner::Team(_) => None,
        };
        let chase = facts.owners.get(&self.filing.owner).map_or(Chase::Direct, |owner| owner.chase);
        let reach = facts.reach.get(&(unit, task.team)).copied().unwrap_or_default();
        chat_for(reason.level(), task.confidential, chase, &reach)
    }
}
