//! What stands open for somebody, at a glance: for a successor (交接包), for a county leader (每周一览), for a page on paper
//! (一页纸).

use chrono::NaiveDate;

use crate::domain::agenda::AgendaLine;

/// Open items, each once, in the first list it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Brief {
    /// Dated, and the day has passed.
    pub overdue: Vec<AgendaLine>,
    /// Due within the fortnight, rounds among them.
    pub soon: Vec<AgendaLine>,
    /// Held up.
    pub stuck: Vec<AgendaLine>,
    /// With the office: claimed, or more time asked for.
    pub waiting: Vec<AgendaLine>,
    /// Everything else that is open.
    pub others: Vec<AgendaLine>,
}

impl Brief {
    /// How many items there are.
    pub fn items(&self) -> usize {
        [&self.overdue, &self.soon, &self.stuck, &self.waiting, &self.others].map(Vec::len).iter().sum()
    }
}

/// What somebody takes over with a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The post.
    pub title: String,
    /// Since when.
    pub since: NaiveDate,
    /// Who held it before.
    pub before: Option<String>,
    /// The last day, where the person only stands in.
    pub until: Option<NaiveDate>,
    /// What is open.
    pub brief: Brief,
}

/// What a county leader is in charge of: a team (工作推进组) or the units of a remit (分管, 战线).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// What it is called.
    pub name: String,
    /// How many of its items were closed within the last week.
    pub closed: i64,
    /// What is open.
    pub brief: Brief,
}
