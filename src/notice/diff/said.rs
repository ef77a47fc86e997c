//! What a document says of a task and its duties, as values: kept beside their rows, and compared with what a later version
//! says.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::period::Cadence;
use crate::domain::quantity::Quantity;
use crate::domain::quota::Grade;
use crate::domain::task::Schedule;
use crate::notice::file::{Duty, Plan, Roster, Task};

use super::{Change, Field, Value};

/// What is said of the plan as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SaidPlan {
    /// Title of the notice.
    pub title: String,
    /// Document number (文号).
    pub doc_no: String,
    /// The day on the notice.
    pub issued: NaiveDate,
    /// The day the plan ends.
    pub ends: NaiveDate,
    /// How often an item without any cadence is asked for progress.
    pub default_cadence: Option<Cadence>,
    /// The plan's own graces, before the head of the unit and before the office hears of it.
    pub graces: (Option<u8>, Option<u8>),
}

/// What is said of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaidTask {
    /// Its code.
    pub code: String,
    /// Where it stands.
    pub section: String,
    /// What it is about.
    pub title: String,
    /// Code of the lead unit.
    pub lead: Option<String>,
    /// Code of the team.
    pub team: Option<String>,
    /// Codes of units and names of groups.
    pub responsible: Vec<String>,
    /// Words that name no unit.
    pub unsettled: Vec<String>,
    /// Whether it is told in private on a trusted channel only.
    pub confidential: bool,
    /// What the office must know.
    pub note: Option<String>,
}

/// What is said of a duty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaidDuty {
    /// What is to be done.
    pub text: String,
    /// When.
    pub when: When,
    /// Where it starts.
    pub starts: Option<NaiveDate>,
    /// What it wants to reach.
    pub target: Option<Quantity>,
    /// Whose number the target is.
    pub each: Option<Grade>,
    /// Whether the office verifies it.
    pub reviewed: bool,
}

/// When a duty is owed, by the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// How often.
    pub every: Option<Cadence>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// The vague word in place of a day.
    pub vague: Option<String>,
    /// Whether it is only registered when it happens.
    pub on_event: bool,
}

impl When {
    /// Whether it is owed once, dated or not, and waits for nobody.
    pub fn is_once(&self) -> bool {
        self.every.is_none() && self.vague.is_none() && !self.on_event
    }
}

impl SaidPlan {
    /// What a file says.
    pub fn of(plan: &Plan) -> SaidPlan {
        SaidPlan {
            title: plan.title.clone(),
            doc_no: plan.doc_no.clone(),
            issued: plan.issued,
            ends: plan.ends,
            default_cadence: plan.default_cadence.0,
            graces: (plan.ladder.head, plan.ladder.office),
        }
    }

    /// Where another version differs.
    pub(super) fn changes(&self, new: &SaidPlan) -> Vec<Change> {
        let words = |text: &String| Value::Words(Some(text.clone()));
        let graces = |(head, office)| Value::Graces(head, office);
        let all = [
            (Field::Title, words(&self.title), words(&new.title)),
            (Field::DocNo, words(&self.doc_no), words(&new.doc_no)),
            (Field::Issued, Value::Day(Some(self.issued)), Value::Day(Some(new.issued))),
            (Field::Ends, Value::Day(Some(self.ends)), Value::Day(Some(new.ends))),
            (Field::DefaultCadence, Value::Every(self.default_cadence), Value::Every(new.default_cadence)),
            (Field::Graces, graces(self.graces), graces(new.graces)),
        ];
        changed(all)
    }
}

impl SaidTask {
    /// What a file says.
    pub fn of(task: &Task) -> SaidTask {
        SaidTask {
            code: task.code.clone(),
            section: task.section.clone(),
            title: task.title.clone(),
            lead: task.lead.clone(),
            team: task.team.clone(),
            responsible: task.responsible.clone(),
            unsettled: task.unsettled.clone(),
            confidential: task.confidential,
            note: task.note.clone(),
        }
    }

    /// The codes of the units that owe it, groups spelled out.
    pub fn units<'a>(&'a self, roster: Option<&'a Roster>) -> BTreeSet<&'a str> {
        let groups = roster.map(|roster| roster.groups.as_slice()).unwrap_or_default();
        let spelled = |name: &'a String| match groups.iter().find(|group| group.name == *name) {
            Some(group) => group.units.iter().map(String::as_str).collect(),
            None => vec![name.as_str()],
        };
        self.responsible.iter().flat_map(spelled).collect()
    }

    /// Where another version differs. The order of names says nothing, nor does a group in place of all its units.
    pub(super) fn changes(&self, new: &SaidTask, roster: Option<&Roster>) -> Vec<Change> {
        let words = |text: &String| Value::Words(Some(text.clone()));
        let named = |task: &SaidTask| Value::Codes(task.responsible.clone());
        let unsettled = |task: &SaidTask| {
            let mut words = task.unsettled.clone();
            words.sort();
            words.dedup();
            Value::Codes(words)
        };
        let mut all = vec![
            (Field::Code, words(&self.code), words(&new.code)),
            (Field::Section, words(&self.section), words(&new.section)),
            (Field::Title, words(&self.title), words(&new.title)),
            (Field::Lead, code(self.lead.as_ref()), code(new.lead.as_ref())),
            (Field::Team, code(self.team.as_ref()), code(new.team.as_ref())),
            (Field::Unsettled, unsettled(self), unsettled(new)),
            (Field::Confidential, Value::Yes(self.confidential), Value::Yes(new.confidential)),
            (Field::Note, Value::Words(self.note.clone()), Value::Words(new.note.clone())),
        ];
        if self.units(roster) != new.units(roster) {
            all.insert(5, (Field::Responsible, named(self), named(new)));
        }
        changed(all)
    }
}

impl SaidDuty {
    /// What a file says.
    pub fn of(duty: &Duty) -> SaidDuty {
        let schedule = duty.schedule();
        SaidDuty {
            text: duty.text.clone(),
            when: When {
                every: duty.every,
                due: schedule.due(),
                vague: duty.vague.clone(),
                on_event: schedule == Schedule::OnEvent,
            },
            starts: duty.starts,
            target: duty.target.clone(),
            each: duty.each,
            reviewed: duty.reviewed(),
        }
    }

    /// Where another version differs.
    pub(super) fn changes(&self, new: &SaidDuty) -> Vec<Change> {
        let text = |duty: &SaidDuty| Value::Words(Some(duty.text.clone()));
        let all = [
            (Field::Text, text(self), text(new)),
            (Field::When, Value::When(self.when.clone()), Value::When(new.when.clone())),
            (Field::Starts, Value::Day(self.starts), Value::Day(new.starts)),
            (Field::Target, Value::Target(self.target.clone()), Value::Target(new.target.clone())),
            (Field::Each, Value::Each(self.each), Value::Each(new.each)),
            (Field::Reviewed, Value::Yes(self.reviewed), Value::Yes(new.reviewed)),
        ];
        changed(all)
    }
}

fn code(code: Option<&String>) -> Value {
    Value::Codes(code.into_iter().cloned().collect())
}

fn changed(all: impl IntoIterator<Item = (Field, Value, Value)>) -> Vec<Change> {
    let changes = all.into_iter().filter(|(_, old, new)| old != new);
    changes.map(|(field, old, new)| Change { field, old, new }).collect()
}
