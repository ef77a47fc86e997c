//! Counting yearly numbers by person, and who is reminded of what is left (DOMAIN mechanism 12).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use crate::domain::ids::{AccountId, ChatId, DutyId, PostId, UnitId};
use crate::domain::people::Rank;
use crate::domain::quota::{Counter, Grade};
use crate::rules::policy::Policy;

/// A duty that sets a number for every person of a grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// The duty.
    pub duty: DutyId,
    /// How chat names it.
    pub label: String,
    /// Whose number it is.
    pub grade: Grade,
    /// How many.
    pub need: usize,
    /// What is counted.
    pub measure: String,
    /// The units that the task binds; county leaders are counted whatever their unit.
    pub units: BTreeSet<UnitId>,
}

/// A post that is filled, or may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The post.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: UnitId,
    /// Its standing.
    pub rank: Rank,
    /// Who is bound to it.
    pub account: Option<AccountId>,
    /// The chat in which that person can be told something alone.
    pub private: Option<ChatId>,
}

/// Something that was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The duty it counts for.
    pub duty: DutyId,
    /// The post it was entered for.
    pub post: PostId,
    /// Who held it then.
    pub account: Option<AccountId>,
    /// What it is.
    pub title: String,
}

/// The facts of one year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Books {
    /// The numbers.
    pub quotas: Vec<Quota>,
    /// The posts, vacant ones left out, in the order of the roster.
    pub seats: Vec<Seat>,
    /// What came in.
    pub entries: Vec<Entry>,
}

impl Books {
    /// How everybody stands: one counter a person and number. Who holds several posts is counted once, by the highest grade.
    pub fn counters(&self) -> Vec<Counter> {
        let people = self.people();
        let of = |quota| people.iter().filter_map(move |seat| self.counter(quota, seat));
        self.quotas.iter().flat_map(of).collect()
    }

    /// What is left, by the chat it is told in: the person's own, and those of the liaisons of the unit.
    pub fn hints(&self) -> BTreeMap<ChatId, Vec<Counter>> {
        let mut hints: BTreeMap<ChatId, Vec<Counter>> = BTreeMap::new();
        for counter in self.counters().into_iter().filter(|counter| counter.left() > 0) {
            let tells = |seat: &&Seat| {
                seat.post == counter.post || (seat.rank == Rank::Liaison && seat.unit == counter.unit)
            };
            let chats: BTreeSet<ChatId> =
                self.seats.iter().filter(tells).filter_map(|seat| seat.private).collect();
            for chat in chats {
                hints.entry(chat).or_default().push(counter.clone());
            }
        }
        hints
    }

    /// The seats that are counted: of several of one person, that of the highest grade.
    fn people(&self) -> Vec<&Seat> {
        let mut people: Vec<&Seat> =
            self.seats.iter().filter(|seat| Grade::of(seat.rank).is_some()).collect();
        people.sort_by_key(|seat| Grade::of(seat.rank));
        let mut seen = BTreeSet::new();
        people.retain(|seat| seat.account.is_none_or(|account| seen.insert(account)));
        people
    }

    fn counter(&self, quota: &Quota, seat: &Seat) -> Option<Counter> {
        let grade = Grade::of(seat.rank)?;
        let is_bound = grade == Grade::County || quota.units.contains(&seat.unit);
        let is_own = |entry: &&Entry| match entry.account {
            Some(account) => seat.account == Some(account),
            None => seat.post == entry.post,
        };
        (grade == quota.grade && is_bound).then(|| Counter {
            duty: quota.duty,
            label: quota.label.clone(),
            post: seat.post,
            title: seat.title.clone(),
            unit: seat.unit,
            account: seat.account,
            need: quota.need,
            measure: quota.measure.clone(),
            done: self
                .entries
                .iter()
                .filter(|entry| entry.duty == quota.duty)
                .filter(is_own)
                .map(|entry| entry.title.clone())
                .collect(),
        })
    }
}

/// Whether a month is one in which people are reminded of what is left.
pub fn is_asked_in_month_of(policy: &Policy, today: NaiveDate) -> bool {
    policy.quota_months.contains(&today.month())
}

/// Whether a chat that was last told on a day is to be told again: once in each such month.
pub fn is_due(policy: &Policy, today: NaiveDate, last: Option<NaiveDate>) -> bool {
    let this_month = |day: NaiveDate| (day.year(), day.month()) == (today.year(), today.month());
    is_asked_in_month_of(policy, today) && !last.is_some_and(this_month)
}

#[cfg(test)]
mod tests;
