//! Which cells of the ledger the office may edit and send back, and what stands in them now.

use chrono::NaiveDate;

use crate::assess::facts::{Facts, Item, Task};
use crate::domain::filing::Owner;
use crate::domain::ids::{DutyId, FilingId, TaskNo};
use crate::domain::task::TaskState;
use crate::notice::returned::Key;
use crate::wording::papers;

/// What an item is about.
pub const TITLE: &str = "事项";
/// The unit that leads.
pub const LEAD: &str = "牵头单位";
/// The units that an item binds.
pub const UNITS: &str = "责任单位";
/// What a duty asks.
pub const TEXT: &str = "措施(具体要求)";
/// When a duty is owed.
pub const TERM: &str = "时限";
/// The day of a filing.
pub const DUE: &str = "应报日";

/// Units of an item that are named in full; more would fill the page.
const NAMES: usize = 4;

/// What stands in a cell that may be edited; `None` where it may not: nothing of what is confidential or over, no number that
/// the facts make, no day of what comes round.
pub fn current(facts: &Facts, key: Key, column: &str) -> Option<String> {
    match key {
        Key::Task(no) => of_task(facts, no, column),
        Key::Duty(id) => of_duty(facts, id, column),
        Key::Filing(id) => of_filing(facts, id).filter(|_| column == DUE).map(said),
    }
}

/// The columns of a row that may be edited.
pub fn of_row(facts: &Facts, key: Key, columns: &[(&str, f64)]) -> Vec<usize> {
    (0..columns.len()).filter(|at| current(facts, key, columns[*at].0).is_some()).collect()
}

fn of_task(facts: &Facts, no: TaskNo, column: &str) -> Option<String> {
    let task = facts.tasks.get(&no).filter(|task| is_open(task))?;
    match column {
        TITLE => Some(task.title.clone()),
        LEAD => Some(task.lead.map(|unit| facts.owner(Owner::Unit(unit)).to_owned()).unwrap_or_default()),
        UNITS => Some(units(facts, task)).filter(|_| task.units.len() <= NAMES),
        _ => None,
    }
}

fn of_duty(facts: &Facts, id: DutyId, column: &str) -> Option<String> {
    let duty = facts.duties.get(&id)?;
    facts.tasks.get(&duty.task).filter(|task| is_open(task))?;
    match column {
        TEXT => Some(duty.text.clone()),
        // What has a term is extended filing by filing.
        TERM => duty.hold.map(|_| papers::schedule(duty)),
        _ => None,
    }
}

fn of_filing(facts: &Facts, id: FilingId) -> Option<NaiveDate> {
    facts.items.iter().find(|item| item.filing.id == id).and_then(|item| due(facts, item))
}

/// The day of a filing, where the office may grant another one.
pub fn due(facts: &Facts, item: &Item) -> Option<NaiveDate> {
    let standing = &item.filing.standing;
    let may = facts.tasks.get(&item.task).is_some_and(is_open)
        && standing.state.is_owed()
        && !item.filing.is_recurring()
        && !item.filing.progress;
    standing.due_on.filter(|_| may)
}

fn is_open(task: &Task) -> bool {
    !task.confidential && !matches!(task.state, TaskState::Closed | TaskState::Void)
}

/// A day as it is read back from a workbook.
pub fn said(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

/// The units of a task by name, or how many they are where the names would fill the page.
pub fn units(facts: &Facts, task: &Task) -> String {
    let names: Vec<&str> = task.units.iter().map(|unit| facts.owner(Owner::Unit(*unit))).collect();
    crate::wording::names(&names, NAMES)
}
