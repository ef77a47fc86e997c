//! A ledger that came back against the facts of today: which edits change something, which are too late, which are none of
//! the office's to make there.

use chrono::NaiveDate;

use super::open;
use crate::assess::facts::Facts;
use crate::domain::chinese::date::dates;
use crate::notice::returned::{Edit, Key, Returned, plain};

/// An edit of a cell that may be edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What its row is about.
    pub key: Key,
    /// `#12 title`, and whose filing.
    pub about: String,
    /// Its heading.
    pub column: String,
    /// Where it stands.
    pub place: String,
    /// What it was when the ledger was exported.
    pub was: String,
    /// What it is today; `None` where it may no longer be edited.
    pub today: Option<String>,
    /// What it is in the ledger.
    pub now: String,
}

/// A ledger that came back against the facts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    /// What the ledger changes.
    pub changes: Vec<Change>,
    /// What was changed meanwhile, or may no longer be; the ledger does not touch it.
    pub conflicts: Vec<Change>,
    /// Cells that may not be edited: where, the heading, and what was written there.
    pub ignored: Vec<(String, String, String)>,
    /// Rows that never went out, or stand there twice.
    pub strangers: Vec<String>,
}

impl Diff {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.conflicts.is_empty()
            && self.ignored.is_empty()
            && self.strangers.is_empty()
    }
}

/// Holds a ledger that came back against the facts of today. What stands so already is no difference, so that the same ledger
/// changes nothing a second time.
pub fn diff(returned: &Returned, facts: &Facts) -> Diff {
    let mut diff = Diff { strangers: returned.strangers.clone(), ..Diff::default() };
    for edit in &returned.edits {
        let (Some(key), Some(was)) = (edit.key, &edit.was) else {
            diff.ignored.push((edit.place.clone(), edit.column.clone(), edit.now.clone()));
            continue;
        };
        let change = change(edit, (key, was), facts);
        match &change.today {
            Some(today) if same(&change.now, today, facts.now.today()) => {}
            Some(today) if today == was => diff.changes.push(change),
            _ => diff.conflicts.push(change),
        }
    }
    diff
}

fn change(edit: &Edit, (key, was): (Key, &str), facts: &Facts) -> Change {
    Change {
        key,
        about: about(facts, key),
        column: edit.column.clone(),
        place: edit.place.clone(),
        was: was.to_owned(),
        today: open::current(facts, key, &edit.column).map(|today| plain(&today)),
        now: edit.now.clone(),
    }
}

/// Whether two cells say the same, the one as the office wrote it.
fn same(written: &str, stands: &str, today: NaiveDate) -> bool {
    written == stands || day(written, today).is_some_and(|day| open::said(day) == stands)
}

/// The day that a cell is, and nothing but the day.
pub fn day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim();
    let found = dates(text, today).into_iter().next()?;
    (found.start == 0 && found.end == text.len()).then_some(found.date)
}

fn about(facts: &Facts, key: Key) -> String {
    let titled = |no| facts.title(no);
    match key {
        Key::Task(no) => format!("#{no} {}", titled(no)),
        Key::Duty(id) => {
            let duty = facts.duties.get(&id);
            duty.map_or_else(String::new, |duty| format!("{} {}", duty.label(), titled(duty.task)))
        }
        Key::Filing(id) => {
            let item = facts.items.iter().find(|item| item.filing.id == id);
            item.map_or_else(String::new, |item| {
                let owner = facts.owner(item.filing.owner);
                format!("{} {} {owner}", facts.label(item), titled(item.task))
            })
        }
    }
}
