//! What a preview starts from: the plan, who is bound, and where everything stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::filing::{Filing, Owner, Patience};
use crate::domain::ids::{AccountId, ChatId, DutyId, FilingId, TaskNo, TeamId, UnitId};
use crate::domain::people::Chase;
use crate::domain::period::{Cadence, Period};
use crate::domain::quantity::Quantity;
use crate::domain::reason::Reason;
use crate::rules::budget::{Audience, Heard};
use crate::rules::reach::Reach;

/// Everything the rules go by, as it stands at one moment.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The running tasks.
    pub tasks: BTreeMap<TaskNo, TaskFacts>,
    /// Their recurring duties, in the order of their numbers.
    pub duties: Vec<DutyFacts>,
    /// Every unit and team that owes something.
    pub owners: BTreeMap<Owner, OwnerFacts>,
    /// What is owed, with the next look at each.
    pub filings: Vec<FilingFacts>,
    /// Reasons that stand on no card yet.
    pub asks: Vec<AskFacts>,
    /// Through which chats an owner is reached, by unit and the task's team.
    pub reach: BTreeMap<(Option<UnitId>, Option<TeamId>), Reach>,
    /// Who hears each chat.
    pub audiences: BTreeMap<ChatId, Audience>,
    /// What was heard today.
    pub heard: Heard,
    /// The office's chat.
    pub office: Option<ChatId>,
    /// Where something is left of the yearly numbers.
    pub quota_chats: BTreeSet<ChatId>,
    /// The chats of county leaders who get a weekly summary.
    pub summary_chats: BTreeSet<ChatId>,
    /// When the first plan came.
    pub first_plan: Option<DateTime<Utc>>,
    /// What the chats are called.
    pub chats: BTreeMap<ChatId, String>,
    /// Who the people are, with the posts they hold.
    pub people: BTreeMap<AccountId, Vec<String>>,
}

/// A running task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFacts {
    /// Its title.
    pub title: String,
    /// The team it belongs to.
    pub team: Option<TeamId>,
    /// Whether it may be told in private only.
    pub confidential: bool,
}

/// A recurring duty of a running task.
#[derive(Debug, Clone, PartialEq)]
pub struct DutyFacts {
    /// Its row.
    pub id: DutyId,
    /// The task.
    pub task: TaskNo,
    /// How often.
    pub cadence: Cadence,
    /// Whether it only asks how things are going.
    pub progress: bool,
    /// Whether the office verifies it.
    pub reviewed: bool,
    /// What it wants to reach.
    pub target: Option<Quantity>,
    /// How patient its plan is.
    pub patience: Patience,
    /// The last day of its plan.
    pub ends: NaiveDate,
    /// When its plan came.
    pub imported_at: DateTime<Utc>,
    /// Who owes it.
    pub owners: Vec<Owner>,
    /// The lead unit, if it may be chased.
    pub lead: Option<Owner>,
    /// The periods that were opened.
    pub opened: BTreeSet<Period>,
}

/// Who owes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerFacts {
    /// Short name.
    pub name: String,
    /// How it may be chased.
    pub chase: Chase,
}

/// A filing that is owed.
#[derive(Debug, Clone, PartialEq)]
pub struct FilingFacts {
    /// The filing.
    pub filing: Filing,
    /// Its duty.
    pub duty: DutyId,
    /// Its task.
    pub task: TaskNo,
    /// When it is looked at next.
    pub next_look: Option<DateTime<Utc>>,
    /// What was said about it in its present cycle.
    pub said: Vec<Reason>,
    /// The last word on the task between the owner and us, either way.
    pub last_word: Option<DateTime<Utc>>,
}

/// A reason that stands on no card yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskFacts {
    /// What it is about.
    pub filing: FilingId,
    /// Why.
    pub reason: Reason,
    /// The cycle it was decided in.
    pub cycle: i64,
    /// The day it was meant for.
    pub meant_on: NaiveDate,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
}
