//! The message budget (DESIGN red line 3): how many cards a person may get on one workday, group and private together.
//!
//! A group's card counts for everybody who sits in the group. A card that would be one too many for one of them waits
//! for the next workday; the office sees in the burden ledger who heard how much.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::ids::{AccountId, ChatId};
use crate::rules::policy::Policy;

/// Who hears what is said in a chat. County leaders in a team's group only read along and are not counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audience {
    /// Whether it is a chat between two.
    pub private: bool,
    /// The accounts of those who are asked there.
    pub ears: Vec<AccountId>,
}

/// Cards of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cards {
    /// In groups.
    pub group: u32,
    /// In private.
    pub private: u32,
}

/// What was said so far today, and when the last review card was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// Chats that have had their card of the day.
    pub served: Vec<ChatId>,
    /// The day's cards by person.
    pub people: BTreeMap<AccountId, Cards>,
    /// The day of a chat's last reminder.
    pub last_card: BTreeMap<ChatId, NaiveDate>,
    /// The day of the last agenda.
    pub last_agenda: Option<NaiveDate>,
    /// The day a chat was last told what is left of the yearly numbers.
    pub last_quota: BTreeMap<ChatId, NaiveDate>,
    /// When a chat was last told what the units filed that it leads.
    pub last_collected: BTreeMap<ChatId, DateTime<Utc>>,
    /// The day a county leader's chat last had its weekly summary.
    pub last_summary: BTreeMap<ChatId, NaiveDate>,
    /// When the last review card of a chat was made.
    pub last_review: BTreeMap<ChatId, DateTime<Utc>>,
}

impl Heard {
    /// Whether the day's card of a chat fits into the budget of everybody who would hear it.
    pub fn has_room(&self, chat: ChatId, audience: &Audience, policy: &Policy) -> bool {
        !self.served.contains(&chat)
            && audience.ears.iter().all(|ear| {
                let cards = self.people.get(ear).copied().unwrap_or_default();
                cards.group + cards.private < policy.cards_a_day
                    && (audience.private || cards.group < policy.group_cards_a_day)
            })
    }

    /// Counts the day's card of a chat.
    pub fn count(&mut self, chat: ChatId, audience: &Audience) {
        self.served.push(chat);
        for ear in &audience.ears {
            let cards = self.people.entry(*ear).or_default();
            if audience.private {
                cards.private += 1;
            } else {
                cards.group += 1;
            }
        }
    }
}
