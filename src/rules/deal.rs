//! Dealing reasons onto cards: one card a chat and slot, within the day's budget.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};

use crate::domain::card::{CardKind, Front};
use crate::domain::ids::{AccountId, AskId, ChatId, FilingId};
use crate::domain::now::{Now, stamp};
use crate::domain::reason::{Level, Reason};
use crate::domain::workdays::Workdays;
use crate::rules::budget::{Audience, Heard};
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
    /// The day the filing was opened.
    pub opened_on: NaiveDate,
    /// The day the filing is due.
    pub due_on: Option<NaiveDate>,
    /// Whether it only asks how things are going: such a filing is never late.
    pub progress: bool,
    /// Where it goes.
    pub chat: ChatId,
}

impl Waiting {
    /// Whether it only asks how things are going, and was not passed over before.
    fn can_wait(&self, last_card: Option<NaiveDate>, today: NaiveDate) -> bool {
        let passed_over = self.opened_on < today && last_card.is_none_or(|last| last < self.opened_on);
        self.progress && !passed_over
    }

    /// How much is lost if it is not said today: most for a dated duty on its day, least for what is never late.
    fn last_day(&self, today: NaiveDate) -> u8 {
        match self.reason {
            _ if self.due_on != Some(today) || self.reason.level() != Level::Post => 0,
            Reason::DueToday => 3,
            _ if !self.progress => 2,
            _ => 1,
        }
    }
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
    /// Whose budget it counts against.
    pub ears: Vec<AccountId>,
    /// What stands in front of the items.
    pub front: Option<Front>,
}

/// What a deal goes by besides the reasons.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// Who hears each chat.
    pub audiences: &'a BTreeMap<ChatId, Audience>,
    /// What was heard today.
    pub heard: &'a Heard,
    /// The chats in which something is due that stands in front of a card, and goes without items too.
    pub fronts: &'a BTreeMap<ChatId, Front>,
}

impl Deal {
    /// Whether it is the chat's card of the day, which counts against the budget.
    pub fn is_of_the_day(&self) -> bool {
        self.kind == CardKind::Reminder && self.slot.parse::<NaiveDate>().is_ok()
    }
}

/// Deals what may be said now. Whatever is left stays open and joins the next card.
pub fn deal(
    waiting: &[Waiting],
    scene: Scene<'_>,
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
    for chat in scene.fronts.keys() {
        // It goes on the chat's card of the day, and takes along what else there is to say.
        piles.entry((*chat, Pile::Daily)).or_default();
    }
    let mut piles: Vec<_> = piles.into_iter().collect();
    // Where a budget is short, what is lost tomorrow comes first, then what is owed before what only asks how things are
    // going, then the chat that has heard nothing for longest, so that none is passed over day after day.
    piles.sort_by_cached_key(|((chat, _), asks)| {
        let last_day = asks.iter().map(|one| one.last_day(now.today())).max();
        let last_card = scene.heard.last_card.get(chat).copied();
        let can_wait = asks.iter().all(|one| one.can_wait(last_card, now.today()));
        let urgency = asks.iter().map(|one| one.reason.urgency()).max();
        (Reverse(last_day), can_wait, last_card, Reverse(urgency), *chat)
    });
    let (mut heard, nobody) = (scene.heard.clone(), Audience::default());
    let mut deals = Vec::new();
    for ((chat, pile), asks) in piles {
        let audience = scene.audiences.get(&chat).unwrap_or(&nobody);
        if pile.may_go(chat, audience, &heard, policy, now) {
            let mut card = pile.card(chat, &asks, audience, now);
            if pile == Pile::Daily {
                heard.count(chat, audience);
                card.front = scene.fronts.get(&chat).copied();
            }
            deals.push(card);
        }
    }
    deals
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

    fn may_go(self, chat: ChatId, audience: &Audience, heard: &Heard, policy: &Policy, now: &Now) -> bool {
        match self {
            Pile::Daily => now.local().time() >= policy.card_at && heard.has_room(chat, audience, policy),
            Pile::Ordered => true,
            Pile::Review => {
                let pause = Duration::minutes(i64::from(policy.review_minutes));
                heard.last_review.get(&chat).is_none_or(|last| now.at() - *last >= pause)
            }
        }
    }

    fn card(self, chat: ChatId, waiting: &[&Waiting], audience: &Audience, now: &Now) -> Deal {
        let (kind, slot) = match self {
            Pile::Daily => (CardKind::Reminder, now.today().to_string()),
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
            ears: audience.ears.clone(),
            front: None,
        }
    }
}
