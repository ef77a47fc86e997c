//! Dealing reasons onto cards: one card a chat and slot, within the day's budget.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::domain::card::CardKind;
use crate::domain::ids::{AskId, ChatId, FilingId};
use crate::domain::now::{Now, stamp};
use crate::domain::reason::Reason;
use crate::domain::workdays::Workdays;
use crate::rules::policy::Policy;

/// A reason that stands on no card yet, and the chat that shall hear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Its row.
    pub ask: AskId,
    /// What it is about.
    pub filing: FilingId,
    /// Why.
    pub reason: Reason,
    /// The day it was meant for.
    pub meant_on: NaiveDate,
    /// The day it was decided.
    pub decided_on: NaiveDate,
    /// Where it goes.
    pub chat: ChatId,
}

/// What a chat has heard already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heard {
    /// Reminder cards of today that counted against the budget.
    pub cards_today: u32,
    /// When the last review card was made.
    pub last_review: Option<DateTime<Utc>>,
}

/// A card to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    /// Where.
    pub chat: ChatId,
    /// What for.
    pub kind: CardKind,
    /// The key that lets it be made once: the day, or the instant where several a day are right.
    pub slot: String,
    /// Whether it speaks later than it should have.
    pub late: bool,
    /// What stands on it.
    pub asks: Vec<(AskId, FilingId)>,
}

/// Deals what may be said now. Whatever is left stays open and joins the next card.
pub fn deal(
    waiting: &[Waiting],
    heard: &BTreeMap<ChatId, Heard>,
    policy: &Policy,
    calendar: &Workdays,
    now: &Now,
) -> Vec<Deal> {
    if !policy.may_speak(now, calendar) {
        return Vec::new();
    }
    let mut piles: BTreeMap<(ChatId, Pile), Vec<&Waiting>> = BTreeMap::new();
    for one in waiting {
        piles.entry((one.chat, Pile::of(one.reason))).or_default().push(one);
    }
    piles
        .into_iter()
        .filter(|((chat, pile), _)| {
            let heard = heard.get(chat).copied().unwrap_or_default();
            pile.may_go(heard, policy, now)
        })
        .map(|((chat, pile), asks)| {
            let before = heard.get(&chat).map_or(0, |heard| heard.cards_today);
            pile.card(chat, &asks, now, before)
        })
        .collect()
}

/// What goes onto one card together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pile {
    /// The day's card.
    Daily,
    /// What the office ordered by hand: outside the budget.
    Ordered,
    /// Decisions for the office.
    Review,
}

impl Pile {
    fn of(reason: Reason) -> Pile {
        match reason {
            Reason::Ordered => Pile::Ordered,
            reason if reason.is_for_review() => Pile::Review,
            _ => Pile::Daily,
        }
    }

    fn may_go(self, heard: Heard, policy: &Policy, now: &Now) -> bool {
        match self {
            Pile::Daily => now.local().time() >= policy.card_at && heard.cards_today < policy.cards_a_day,
            Pile::Ordered => true,
            Pile::Review => {
                let pause = Duration::minutes(i64::from(policy.review_minutes));
                heard.last_review.is_none_or(|last| now.at() - last >= pause)
            }
        }
    }

    fn card(self, chat: ChatId, waiting: &[&Waiting], now: &Now, before: u32) -> Deal {
        let (kind, slot) = match self {
            Pile::Daily if before == 0 => (CardKind::Reminder, now.today().to_string()),
            Pile::Daily => (CardKind::Reminder, format!("{}#{}", now.today(), before + 1)),
            Pile::Ordered => (CardKind::Reminder, stamp(now.at())),
            Pile::Review => (CardKind::Review, stamp(now.at())),
        };
        let asks: BTreeSet<_> = waiting.iter().map(|one| (one.ask, one.filing)).collect();
        Deal {
            chat,
            kind,
            slot,
            late: waiting.iter().any(|one| one.decided_on > one.meant_on),
            asks: asks.into_iter().collect(),
        }
    }
}
