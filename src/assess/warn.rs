//! Which items are worth a slip (督办单), and of which colour.

use crate::assess::facts::{Facts, Item};
use crate::domain::filing::FilingState;
use crate::domain::schedule;
use crate::domain::task::TaskState;

/// Workdays before the due day from which a blue slip may be written.
const SOON: i64 = 7;

/// The colour of a slip, from calm to urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// Due soon.
    Blue,
    /// Sent back, held up or behind what the elapsed workdays call for.
    Yellow,
    /// Overdue.
    Red,
}

/// The colour of an item's slip; `None` where nothing calls for one. Routine lines are asked for again with their next round:
/// a paper for each of them would be the very burden that the office is to spare people.
pub fn colour(facts: &Facts, item: &Item) -> Option<Colour> {
    let (filing, standing) = (&item.filing, &item.filing.standing);
    let runs = facts.tasks.get(&item.task).is_some_and(|task| task.state == TaskState::Running);
    if !runs || filing.progress || !filing.reviewed || !standing.state.is_owed() {
        return None;
    }
    if facts.is_missing(item) {
        return Some(Colour::Red);
    }
    let is_behind = schedule::behind(filing, &facts.calendar, &facts.now).is_some();
    if standing.state == FilingState::SentBack || standing.blocker.is_some() || is_behind {
        return Some(Colour::Yellow);
    }
    let left = standing.due_on.map(|due| facts.calendar.between(facts.now.today(), due));
    left.filter(|left| *left <= SOON).map(|_| Colour::Blue)
}
