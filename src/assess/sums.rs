//! What the facts add up to: tasks by light, filings of a span by what became of them.

use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;
use std::ops::AddAssign;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assess::facts::{Facts, Item, Task};
use crate::domain::filing::FilingState;
use crate::domain::ids::{TaskNo, TeamId};
use crate::domain::light::Light;
use crate::domain::origin::Source;
use crate::domain::task::TaskState;

/// The days a paper is about, both ends among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Span {
    /// Whether a day lies in it.
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// How a task as a whole looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskLight {
    /// Nobody is asked: not confirmed, put aside, or it waits for a date.
    Waiting,
    /// Written off.
    Closed,
    /// Nothing of it is owed at present.
    Settled,
    /// The most urgent of what is owed.
    Lit(Light),
}

impl TaskLight {
    /// The light it is counted under; `None` for what waits or was written off.
    pub fn light(self) -> Option<Light> {
        match self {
            TaskLight::Waiting | TaskLight::Closed => None,
            // What comes round again is in time while nothing of it is owed.
            TaskLight::Settled => Some(Light::Green),
            TaskLight::Lit(light) => Some(light),
        }
    }
}

/// Tasks by light. What is dropped is not counted; everything else stands in exactly one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lights {
    /// Overdue.
    pub red: i64,
    /// Due soon, sent back, held up or behind.
    pub yellow: i64,
    /// In time.
    pub green: i64,
    /// Has no day.
    pub undated: i64,
    /// Waits for the office's verification.
    pub claimed: i64,
    /// Written off.
    pub closed: i64,
    /// Nobody is asked for it yet.
    pub waiting: i64,
}

impl Lights {
    /// All of them.
    pub fn all(&self) -> i64 {
        self.red + self.yellow + self.green + self.undated + self.claimed + self.closed + self.waiting
    }

    pub(super) fn add(&mut self, light: TaskLight) {
        let place = match (light, light.light()) {
            (TaskLight::Waiting, _) => &mut self.waiting,
            (TaskLight::Closed, _) | (_, None | Some(Light::Done)) => &mut self.closed,
            (_, Some(Light::Red)) => &mut self.red,
            (_, Some(Light::Yellow)) => &mut self.yellow,
            (_, Some(Light::Green)) => &mut self.green,
            (_, Some(Light::Undated)) => &mut self.undated,
            (_, Some(Light::Claimed)) => &mut self.claimed,
        };
        *place += 1;
    }
}

impl AddAssign for Lights {
    fn add_assign(&mut self, more: Lights) {
        let Lights { red, yellow, green, undated, claimed, closed, waiting } = more;
        self.red += red;
        self.yellow += yellow;
        self.green += green;
        self.undated += undated;
        self.claimed += claimed;
        self.closed += closed;
        self.waiting += waiting;
    }
}

impl Sum for Lights {
    fn sum<I: Iterator<Item = Lights>>(all: I) -> Lights {
        all.fold(Lights::default(), |mut sum, more| {
            sum += more;
            sum
        })
    }
}

/// Filings of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filed {
    /// Owed in the span; those that are not counted stand beside it.
    pub owed: i64,
    /// Of these accepted.
    pub accepted: i64,
    /// Claimed, and the office has not decided.
    pub claimed: i64,
    /// Not there, and the day is over.
    pub missing: i64,
    /// Not there, and the day is still to come.
    pub open: i64,
    /// Not counted, with the office's approval (容错).
    pub exempt: i64,
}

impl Facts {
    /// How every task looks; what was dropped by decision is left out.
    pub fn task_lights(&self) -> BTreeMap<TaskNo, TaskLight> {
        let mut lit: BTreeMap<TaskNo, Light> = BTreeMap::new();
        for item in self.newest().into_iter().filter(|item| item.counts()) {
            let light = self.light(item);
            lit.entry(item.task).and_modify(|known| *known = light.max(*known)).or_insert(light);
        }
        // Counted by person, with their own numbers; no unit is late with it.
        let by_person: BTreeSet<TaskNo> =
            self.duties.values().filter(|duty| duty.by_person).map(|duty| duty.task).collect();
        let of = |no: &TaskNo, state: TaskState| match state {
            TaskState::Closed => TaskLight::Closed,
            TaskState::Running => match lit.get(no) {
                None if by_person.contains(no) => TaskLight::Lit(Light::Green),
                None => TaskLight::Waiting,
                Some(Light::Done) => TaskLight::Settled,
                Some(light) => TaskLight::Lit(*light),
            },
            _ => TaskLight::Waiting,
        };
        let kept = self.tasks.iter().filter(|(_, task)| task.state != TaskState::Void);
        kept.map(|(no, task)| (*no, of(no, task.state))).collect()
    }

    /// Tasks by light.
    pub fn lights(&self) -> Lights {
        let mut lights = Lights::default();
        self.task_lights().into_values().for_each(|light| lights.add(light));
        lights
    }

    /// Tasks by light, for each team and for the tasks that bind units (the key is `None`).
    pub fn lights_by_team(&self) -> BTreeMap<Option<TeamId>, Lights> {
        self.lights_by(|task| task.team)
    }

    /// Tasks by light, for each source.
    pub fn lights_by_source(&self) -> BTreeMap<Source, Lights> {
        self.lights_by(|task| task.source)
    }

    fn lights_by<K: Ord>(&self, key: impl Fn(&Task) -> K) -> BTreeMap<K, Lights> {
        let mut groups: BTreeMap<K, Lights> = BTreeMap::new();
        for (no, light) in self.task_lights() {
            groups.entry(key(&self.tasks[&no])).or_default().add(light);
        }
        groups
    }

    /// The items that were owed in a span: due in it. What has no day belongs to no span.
    pub fn owed_in(&self, span: Span) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| {
            !item.filing.progress && item.filing.standing.due_on.is_some_and(|due| span.contains(due))
        })
    }

    /// What became of the filings of a span.
    pub fn filed_in(&self, span: Span) -> Filed {
        let mut filed = Filed::default();
        for item in self.owed_in(span) {
            let place = match item.filing.standing.state {
                FilingState::Void => continue,
                FilingState::Exempt => {
                    filed.exempt += 1;
                    continue;
                }
                FilingState::Accepted => &mut filed.accepted,
                FilingState::Claimed => &mut filed.claimed,
                _ if self.is_missing(item) => &mut filed.missing,
                _ => &mut filed.open,
            };
            *place += 1;
            filed.owed += 1;
        }
        filed
    }
}
