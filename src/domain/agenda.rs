//! The agenda of the week's meeting (周会议题单), as values. `rules::agenda` draws it up, `wording` puts it into words.

use chrono::NaiveDate;

use crate::domain::ids::{PaperId, TaskNo};
use crate::domain::light::Light;
use crate::domain::origin::Meeting;
use crate::domain::paper::FollowUp;
use crate::domain::task::Hold;
use crate::domain::vacancy::NobodyHome;

/// What the office talks about once a week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agenda {
    /// Dated duties whose day has passed.
    pub overdue: Vec<AgendaLine>,
    /// Those whose day comes within a fortnight.
    pub soon: Vec<AgendaLine>,
    /// What is held up, with the writer's words.
    pub stuck: Vec<AgendaLine>,
    /// What lags behind the elapsed workdays.
    pub behind: Vec<AgendaLine>,
    /// Round filings that were not answered in time: task and how many owe it.
    pub missed: Vec<(TaskNo, usize)>,
    /// What the last meeting decided, and what came of it.
    pub decided: Option<Meeting>,
    /// Items that came within the last week.
    pub new: Vec<AgendaLine>,
    /// The write-off window, while a quarter's round is open.
    pub window: Option<Window>,
    /// Campaigns under way.
    pub campaigns: Vec<Campaign>,
    /// Duties that need a date from the office before anyone is asked.
    pub undated: Vec<NeedsDate>,
    /// Where nobody is home.
    pub nobody: NobodyHome,
    /// What the head has agreed to after a board and was not held yet; a talk in private is never among it.
    pub speeches: Vec<Waiting>,
}

/// What the head has agreed to after a board, and was not held yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The board.
    pub paper: PaperId,
    /// What.
    pub kind: FollowUp,
    /// Whom it concerns, by short name.
    pub units: Vec<String>,
}

/// One item, with everybody it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaLine {
    /// The task.
    pub task: TaskNo,
    /// Its title; `None` where it may not be told here.
    pub title: Option<String>,
    /// Who owes it.
    pub owners: Vec<String>,
    /// The earliest day.
    pub due: Option<NaiveDate>,
    /// What else there is to say: what holds it up, how far it lags.
    pub note: Option<String>,
    /// How it looks.
    pub light: Light,
}

/// The quarter's write-off window (销号窗口).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Until when it is open.
    pub until: NaiveDate,
    /// Claimed done, waiting for the office: task and how many.
    pub ripe: Vec<(TaskNo, usize)>,
    /// Due by then and not claimed: task and how many.
    pub lacking: Vec<(TaskNo, usize)>,
}

/// A campaign (百日会战): a duty with a start and an end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The task.
    pub task: TaskNo,
    /// Its title; `None` where it may not be told here.
    pub title: Option<String>,
    /// The day of the campaign, counted from 1.
    pub day: i64,
    /// How many days it has.
    pub days: i64,
    /// Its last day.
    pub ends: NaiveDate,
    /// How many have finished, of how many.
    pub finished: (usize, usize),
    /// How many had not finished a week ago.
    pub left_a_week_ago: usize,
    /// Per cent that the elapsed workdays call for.
    pub expected: u8,
    /// The next milestone, laid back from the end: its day and per cent.
    pub next: Option<(NaiveDate, u8)>,
}

/// A duty that needs a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedsDate {
    /// How chat names the duty: `#6`, `#16.1`.
    pub label: String,
    /// Why it waits.
    pub hold: Hold,
    /// The vague word, or the date.
    pub word: String,
}
