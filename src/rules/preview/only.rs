//! The part of a preview that somebody asked for: what one post hears, one team, or about one task.

use crate::domain::filing::Owner;
use crate::domain::ids::{AccountId, TaskNo, TeamId};
use crate::rules::preview::{Facts, Planned, PlannedItem, Preview};

/// Which cards are wanted, and which of their items. Everything where nothing is named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Only {
    /// Cards that one of these people hears: those who hold a post.
    pub ears: Option<Vec<AccountId>>,
    /// Items of a team's tasks.
    pub team: Option<TeamId>,
    /// Items of one task.
    pub task: Option<TaskNo>,
}

impl Only {
    /// Whether no item is left out.
    fn is_whole(&self) -> bool {
        self.team.is_none() && self.task.is_none()
    }

    /// What is left of a preview.
    pub fn of(&self, whole: Preview, facts: &Facts) -> Preview {
        let wanted = |task: TaskNo| {
            self.task.is_none_or(|only| only == task)
                && self.team.is_none_or(|only| facts.tasks.get(&task).is_some_and(|it| it.team == Some(only)))
        };
        let heard = |card: &Planned| {
            self.ears.as_ref().is_none_or(|ears| card.ears.iter().any(|ear| ears.contains(ear)))
        };
        let part = |mut card: Planned| {
            card.items.retain(|item: &PlannedItem| wanted(item.task));
            card
        };
        let unreachable = |(task, _): &(TaskNo, Owner)| self.ears.is_none() && wanted(*task);
        Preview {
            cards: whole
                .cards
                .into_iter()
                .filter(heard)
                .map(part)
                .filter(|card| !card.items.is_empty() || (card.front.is_some() && self.is_whole()))
                .collect(),
            unreachable: whole.unreachable.into_iter().filter(unreachable).collect(),
        }
    }
}
