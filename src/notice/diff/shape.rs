//! A plan on record, what can differ from it, and what became of a correction: plain values.

use chrono::NaiveDate;
use serde::Serialize;

use super::said::{SaidDuty, SaidPlan, SaidTask, When};
use crate::domain::ids::{DutyId, TaskNo};
use crate::domain::period::Cadence;
use crate::domain::quantity::Quantity;
use crate::domain::quota::Grade;
use crate::domain::task::TaskState;

/// A plan as the database holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct OnRecord {
    /// The plan as a whole.
    pub plan: SaidPlan,
    /// Its tasks, those too that an earlier correction has dropped.
    pub tasks: Vec<RecordedTask>,
}

/// A task on record.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedTask {
    /// Its number.
    pub no: TaskNo,
    /// Where it stands.
    pub state: TaskState,
    /// Whether an earlier correction has dropped it.
    pub absent: bool,
    /// Whether anything was ever reported on it.
    pub reported: bool,
    /// What the document says of it.
    pub said: SaidTask,
    /// Its duties.
    pub duties: Vec<RecordedDuty>,
}

/// A duty on record.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedDuty {
    /// Its row.
    pub id: DutyId,
    /// Its place within the task.
    pub seq: i64,
    /// Whether anything was ever reported on it.
    pub reported: bool,
    /// What the document says of it.
    pub said: SaidDuty,
}

/// What can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Title of the plan or of a task.
    Title,
    /// Document number.
    DocNo,
    /// The day on the notice.
    Issued,
    /// The day the plan ends.
    Ends,
    /// How often an item without cadence is asked.
    DefaultCadence,
    /// Graces of the ladder.
    Graces,
    /// Code of a task.
    Code,
    /// Where it stands in the notice.
    Section,
    /// Lead unit.
    Lead,
    /// Team.
    Team,
    /// Units that owe it.
    Responsible,
    /// Words that name no unit.
    Unsettled,
    /// Told in private only.
    Confidential,
    /// The note: in a document that was read, its whole text.
    Note,
    /// Text of a duty.
    Text,
    /// Cadence, day or word.
    When,
    /// Where it starts.
    Starts,
    /// What is to be reached.
    Target,
    /// Whose number the target is.
    Each,
    /// Whether the office verifies it.
    Reviewed,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Words.
    Words(Option<String>),
    /// Codes of units or teams, names of groups, words.
    Codes(Vec<String>),
    /// When a duty is owed.
    When(When),
    /// A day.
    Day(Option<NaiveDate>),
    /// A cadence.
    Every(Option<Cadence>),
    /// Workdays before the head, and then the office, hears of it.
    Graces(Option<u8>, Option<u8>),
    /// An amount.
    Target(Option<Quantity>),
    /// Whose number it is.
    Each(Option<Grade>),
    /// Yes or no.
    Yes(bool),
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Which.
    pub field: Field,
    /// On record.
    pub old: Value,
    /// In the new version.
    pub new: Value,
}

/// What a new version changes. `at` points into the tasks and duties of its draft.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diff {
    /// The plan as a whole.
    pub plan: Vec<Change>,
    /// Tasks that are new.
    pub added: Vec<usize>,
    /// Tasks that differ.
    pub changed: Vec<TaskChange>,
    /// Tasks that are no longer there.
    pub dropped: Vec<TaskDropped>,
    /// Every task that is in both, whether it differs or not.
    pub same: Vec<(TaskNo, usize)>,
}

/// A task that differs.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskChange {
    /// Its number.
    pub no: TaskNo,
    /// Its place in the draft.
    pub at: usize,
    /// Where it stands.
    pub state: TaskState,
    /// Its title on record.
    pub title: String,
    /// Whether an earlier correction had dropped it.
    pub returns: bool,
    /// Whether the new version confirms it.
    pub confirms: bool,
    /// Its own fields.
    pub fields: Vec<Change>,
    /// Its duties.
    pub duties: Vec<DutyChange>,
}

/// A duty that differs.
#[derive(Debug, Clone, PartialEq)]
pub enum DutyChange {
    /// New, at this place in the task of the draft.
    Added(usize),
    /// It says something else.
    Changed {
        /// Its row.
        id: DutyId,
        /// Its place within the task on record.
        seq: i64,
        /// Its place in the task of the draft.
        at: usize,
        /// What differs.
        fields: Vec<Change>,
    },
    /// No longer there.
    Dropped {
        /// Its row.
        id: DutyId,
        /// Its place within the task.
        seq: i64,
        /// What was to be done.
        text: String,
        /// Whether anything was reported on it.
        reported: bool,
    },
}

/// A task that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDropped {
    /// Its number.
    pub no: TaskNo,
    /// Its code on record.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub state: TaskState,
    /// Whether anything was reported on it.
    pub reported: bool,
}

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Filings that are new.
    pub opened: u64,
    /// Filings that were given another day.
    pub moved: usize,
    /// Filings that nobody owes any more.
    pub voided: usize,
    /// What the office has to look at.
    pub left: Vec<Left>,
}

/// Something that a correction does not decide by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The item.
    pub task: TaskNo,
    /// Who owes it, and what.
    pub what: String,
    /// Why it is left.
    pub why: Why,
}

/// Why something is left for the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The document has dropped the item, and something was reported on it.
    TaskReported,
    /// The document no longer asks for it, and something was reported on it.
    FilingReported,
    /// The office has given it a later day than the document.
    Extended,
    /// The document has the item again, which was voided meanwhile.
    StillVoid,
}

impl Diff {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.added.is_empty() && self.changed.is_empty() && self.dropped.is_empty()
    }
}
