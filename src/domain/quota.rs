//! Yearly numbers that every person of a grade owes (DOMAIN mechanism 12: 县处级3题, 乡科级2题), counted by person.

use crate::domain::ids::{AccountId, DutyId, PostId, UnitId};
use crate::domain::people::{Rank, words};

words! {
    /// The grade of a cadre, as far as the post tells it.
    Grade {
        /// 县处级: county leaders.
        County = "county",
        /// 乡科级: first and second in charge of a unit.
        Section = "section",
    }
}

impl Grade {
    /// The grade that goes with the standing of a post; a liaison has none.
    pub fn of(rank: Rank) -> Option<Grade> {
        match rank {
            Rank::County => Some(Grade::County),
            Rank::Head | Rank::Deputy => Some(Grade::Section),
            Rank::Liaison => None,
        }
    }
}

/// How one person stands with one number this year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The duty that sets the number.
    pub duty: DutyId,
    /// How chat names it: `#10.2`.
    pub label: String,
    /// The post of the person.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: UnitId,
    /// The person, where somebody is bound to the post.
    pub account: Option<AccountId>,
    /// How many are owed.
    pub need: usize,
    /// What is counted: 题.
    pub measure: String,
    /// What was brought in, in the order it came.
    pub done: Vec<String>,
}

impl Counter {
    /// How many are still owed.
    pub fn left(&self) -> usize {
        self.need.saturating_sub(self.done.len())
    }
}
