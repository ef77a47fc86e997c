//! The facts that papers, scores and boards rest on, as of one moment.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};

use crate::assess::course::Course;
use crate::domain::filing::{Filing, FilingState, Owner};
use crate::domain::ids::{DutyId, TaskNo, TeamId, UnitId};
use crate::domain::light::{Light, light};
use crate::domain::now::Now;
use crate::domain::origin::Source;
use crate::domain::people::{Chase, UnitKind};
use crate::domain::quantity::Quantity;
use crate::domain::task::{Hold, TaskState, duty_label};
use crate::domain::workdays::Workdays;

/// What stands in place of what may not be told.
pub const VEILED: &str = "内部事项";

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its title.
    pub title: String,
    /// Its document number.
    pub doc_no: String,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is called in short.
    pub short: String,
    /// Its full name.
    pub name: String,
    /// What kind of body it is.
    pub kind: UnitKind,
    /// How it may be chased.
    pub chase: Chase,
    /// The post that is first in charge.
    pub head: Option<String>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// What it is called in short.
    pub short: String,
    /// The post that leads it.
    pub head: Option<String>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its code within the plan.
    pub code: String,
    /// Where it stands in the notice.
    pub section: String,
    /// What it is about.
    pub title: String,
    /// Where it stood.
    pub state: TaskState,
    /// The day it was written off, if it was.
    pub closed_on: Option<NaiveDate>,
    /// Whether title and words are kept out of papers.
    pub confidential: bool,
    /// What the office must know.
    pub note: Option<String>,
    /// The unit that leads.
    pub lead: Option<UnitId>,
    /// The team it belongs to.
    pub team: Option<TeamId>,
    /// The units it binds.
    pub units: Vec<UnitId>,
    /// Where it comes from.
    pub source: Source,
    /// Who ordered it, asked for it or found it: a post, a meeting, an enterprise; nobody where that is kept out of papers.
    pub by_whom: Option<String>,
    /// Whether whoever asked was content when the office asked back (回访), where it has.
    pub content: Option<bool>,
    /// The plan it comes from.
    pub plan: Plan,
}

/// A duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Its task.
    pub task: TaskNo,
    /// Its place within the task.
    pub seq: i64,
    /// How many duties the task has, the progress ask not among them.
    pub siblings: i64,
    /// What is to be done.
    pub text: String,
    /// `week`, `month`, …, `due`, `undated` or `event`, as `Schedule` writes it.
    pub schedule: String,
    /// The day, for `due`.
    pub due: Option<NaiveDate>,
    /// Why it waits for the office, if it does.
    pub hold: Option<Hold>,
    /// The notice's vague word.
    pub vague: Option<String>,
    /// What is to be reached.
    pub target: Option<Quantity>,
    /// Whether the office verifies it.
    pub reviewed: bool,
    /// Whether it only asks how things are going.
    pub progress: bool,
    /// Whether it is counted by person (课题) and no unit owes a filing for it.
    pub by_person: bool,
}

impl Duty {
    /// `#12` or `#12.2`.
    pub fn label(&self) -> String {
        if self.progress { format!("#{}", self.task) } else { duty_label(self.task, self.seq, self.siblings) }
    }
}

/// What one unit or team owed for one duty in one period, as it stood.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The filing as it stood.
    pub filing: Filing,
    /// Its duty.
    pub duty: DutyId,
    /// Its task.
    pub task: TaskNo,
    /// How it came to stand there.
    pub course: Course,
}

/// Everything, as of one moment.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The moment, with the office's zone.
    pub now: Now,
    /// The workdays.
    pub calendar: Workdays,
    /// Units.
    pub units: BTreeMap<UnitId, Unit>,
    /// Teams.
    pub teams: BTreeMap<TeamId, Team>,
    /// Tasks.
    pub tasks: BTreeMap<TaskNo, Task>,
    /// Duties.
    pub duties: BTreeMap<DutyId, Duty>,
    /// Filings opened by then, in the order they were opened.
    pub items: Vec<Item>,
}

impl Facts {
    /// How an item looked.
    pub fn light(&self, item: &Item) -> Light {
        if self.is_missing(item) { Light::Red } else { light(&item.filing, &self.now, &self.calendar) }
    }

    /// Whether it is owed and its time is over: at the last moment of a day, what was due on that day is.
    pub fn is_missing(&self, item: &Item) -> bool {
        item.filing.is_overdue(self.now.at() + TimeDelta::milliseconds(1))
    }

    /// What whoever owes something is called.
    pub fn owner(&self, owner: Owner) -> &str {
        let name = match owner {
            Owner::Unit(unit) => self.units.get(&unit).map(|unit| &unit.short),
            Owner::Team(team) => self.teams.get(&team).map(|team| &team.short),
        };
        name.map_or("", String::as_str)
    }

    /// The title of a task.
    pub fn title(&self, task: TaskNo) -> &str {
        self.tasks.get(&task).map_or("", |task| &task.title)
    }

    /// What a duty asks.
    pub fn text(&self, duty: DutyId) -> &str {
        self.duties.get(&duty).map_or("", |duty| &duty.text)
    }

    /// `#12.2`.
    pub fn label(&self, item: &Item) -> String {
        self.duties.get(&item.duty).map_or_else(|| format!("#{}", item.task), Duty::label)
    }

    /// The newest filing of each duty with each owner: what comes round is looked at in its present round.
    pub fn newest(&self) -> Vec<&Item> {
        let mut newest: BTreeMap<(DutyId, Owner), &Item> = BTreeMap::new();
        for item in &self.items {
            newest.insert((item.duty, item.filing.owner), item);
        }
        let mut all: Vec<&Item> = newest.into_values().collect();
        all.sort_by_key(|item| (item.task, self.seq(item), item.filing.id));
        all
    }

    fn seq(&self, item: &Item) -> i64 {
        self.duties.get(&item.duty).map_or(0, |duty| duty.seq)
    }

    /// Takes title and words off what may not be told outside.
    pub fn veil(&mut self) {
        for task in self.tasks.values_mut().filter(|task| task.confidential) {
            VEILED.clone_into(&mut task.title);
            task.note = None;
        }
        let hidden =
            |tasks: &BTreeMap<TaskNo, Task>, no: TaskNo| tasks.get(&no).is_some_and(|task| task.confidential);
        for duty in self.duties.values_mut().filter(|duty| hidden(&self.tasks, duty.task)) {
            VEILED.clone_into(&mut duty.text);
        }
        for item in self.items.iter_mut().filter(|item| hidden(&self.tasks, item.task)) {
            let standing = &mut item.filing.standing;
            standing.last_text = None;
            standing.blocker = standing.blocker.take().map(|_| VEILED.to_owned());
            item.course.needs = None;
        }
    }

    /// The facts of the tasks from one number to another, without their filings.
    #[must_use]
    pub fn stretch(&self, (first, last): (TaskNo, TaskNo)) -> Facts {
        let duties = self.duties.iter().filter(|(_, duty)| (first..=last).contains(&duty.task));
        Facts {
            now: self.now,
            calendar: self.calendar.clone(),
            units: self.units.clone(),
            teams: self.teams.clone(),
            tasks: self.tasks.range(first..=last).map(|(no, task)| (*no, task.clone())).collect(),
            duties: duties.map(|(id, duty)| (*id, duty.clone())).collect(),
            items: Vec::new(),
        }
    }

    /// Keeps only what belongs to a team.
    pub fn keep_team(&mut self, team: TeamId) {
        self.tasks.retain(|_, task| task.team == Some(team));
        self.duties.retain(|_, duty| self.tasks.contains_key(&duty.task));
        self.items.retain(|item| self.tasks.contains_key(&item.task));
    }

    /// Keeps only what a front (战线) is about: the tasks that bind or are led by one of its units, and what these owe.
    pub fn keep_front(&mut self, front: &[UnitId]) {
        self.tasks.retain(|_, task| task.lead.iter().chain(&task.units).any(|unit| front.contains(unit)));
        self.duties.retain(|_, duty| self.tasks.contains_key(&duty.task));
        let is_theirs = |owner| matches!(owner, Owner::Unit(unit) if front.contains(&unit));
        self.items.retain(|item| self.tasks.contains_key(&item.task) && is_theirs(item.filing.owner));
    }
}

impl Item {
    /// Whether it counts at all: not what was dropped, nor what was approved as not to be counted (容错).
    pub fn counts(&self) -> bool {
        !matches!(self.filing.standing.state, FilingState::Exempt | FilingState::Void)
    }
}
