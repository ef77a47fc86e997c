//! Speaking in a preview's world: what waits is dealt onto cards, and the people do what is assumed of them.

#[cfg(test)]
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::World;
use crate::domain::card::{CardKind, Front, holds};
use crate::domain::filing::{FilingState, Owner};
use crate::domain::ids::{AskId, ChatId, FilingId};
use crate::domain::now::Now;
use crate::domain::people::Chase;
use crate::domain::reason::{Level, Reason};
use crate::rules::agenda;
use crate::rules::collected::{self, Ended};
use crate::rules::deal::{Deal, Scene, Waiting, deal};
use crate::rules::preview::{Assume, DutyFacts, Planned, PlannedItem};
use crate::rules::quota;

impl World<'_> {
    pub(super) fn make_cards(&mut self, now: &Now) {
        if !self.policy.may_speak(now, self.calendar) {
            self.waits = !self.asking.is_empty();
            return;
        }
        if self.heard_on != now.today() {
            self.heard_on = now.today();
            self.heard.served.clear();
            self.heard.people.clear();
        }
        self.drop_what_is_over(now);
        let waiting = self.waiting(now);
        let due = self.fronts(now);
        // One thing stands in front of a card; what comes after it waits for the next day's.
        let mut fronts = BTreeMap::new();
        for (chat, front) in &due {
            fronts.entry(*chat).or_insert(*front);
        }
        let scene = Scene { audiences: &self.facts.audiences, heard: &self.heard, fronts: &fronts };
        let dealt = deal(&waiting, scene, self.policy, self.calendar, now);
        let said = dealt.iter().filter(|one| one.front.is_some()).count();
        self.waits =
            dealt.iter().map(|one| one.asks.len()).sum::<usize>() < waiting.len() || said < due.len();
        for one in dealt {
            self.go_out(one, now);
        }
    }

    /// What is due in front of cards, the first of a chat first. Whoever does everything in time lacks none of the yearly numbers.
    fn fronts(&self, now: &Now) -> Vec<(ChatId, Front)> {
        let is_due = |last| agenda::is_due(self.policy, self.calendar, now, self.facts.first_plan, last);
        let agenda = self.facts.office.filter(|_| is_due(self.heard.last_agenda));
        let agenda = agenda.map(|office| (office, Front::Agenda));
        let reads = |chat: &&ChatId| is_due(self.heard.last_summary.get(chat).copied());
        let summaries = self.facts.summary_chats.iter().filter(reads).map(|chat| (*chat, Front::Summary));
        let lacks = |chat: &&ChatId| {
            let last = self.heard.last_quota.get(chat).copied();
            self.assume == Assume::Silence && quota::is_due(self.policy, now.today(), last)
        };
        let quotas = self.facts.quota_chats.iter().filter(lacks).map(|chat| (*chat, Front::Quota));
        let mut told = BTreeSet::new();
        for ended in collected::ended(self.policy, self.calendar, now) {
            let last = |chat: &ChatId| self.heard.last_collected.get(chat).copied();
            told.extend(self.leads(&ended).into_iter().filter(|chat| collected::is_news(&ended, last(chat))));
        }
        let collected = told.into_iter().map(|chat| (chat, Front::Collected));
        agenda.into_iter().chain(summaries).chain(quotas).chain(collected).collect()
    }

    /// The chats of those who lead a duty that others owe in a round.
    fn leads(&self, ended: &Ended) -> BTreeSet<ChatId> {
        let told = |duty: &&DutyFacts| {
            let others =
                duty.owners.iter().any(|owner| matches!(owner, Owner::Unit(_)) && Some(*owner) != duty.lead);
            !duty.progress && duty.opened.contains(&ended.period) && others
        };
        let chat = |duty: &DutyFacts| {
            let Some(lead @ Owner::Unit(unit)) = duty.lead else { return None };
            let is_chased = self.facts.owners.get(&lead).is_some_and(|owner| owner.chase == Chase::Direct);
            let team = self.facts.tasks.get(&duty.task).and_then(|task| task.team);
            let reach = self.facts.reach.get(&(Some(unit), team)).filter(|_| is_chased)?;
            collected::chat_for(reach)
        };
        self.duties.iter().filter(told).filter_map(chat).collect()
    }

    /// A round's ask that was not said before its due moment is let go: the next round asks for both.
    fn drop_what_is_over(&mut self, now: &Now) {
        for place in self.asking.clone() {
            let held = &mut self.held[place];
            if held.filing.standing.due_at.is_some_and(|due| due <= now.at()) {
                held.asks.retain(|ask| !matches!(ask.reason, Reason::Round(_) | Reason::NotFiled));
                self.let_go_if_over(place);
            }
        }
    }

    /// The reasons that stand on no card, with the chat each goes to.
    fn waiting(&mut self, now: &Now) -> Vec<Waiting> {
        let mut waiting = Vec::new();
        for place in &self.asking {
            let held = &self.held[*place];
            for ask in held.asks.iter().filter(|ask| !held.rests(ask.reason, now.today())) {
                let Some(chat) = held.chat_for(ask.reason, self.facts) else {
                    self.unreachable.insert(held.whose());
                    continue;
                };
                waiting.push(Waiting {
                    ask: ask.id,
                    filing: FilingId(i64::try_from(*place).unwrap_or(i64::MAX)),
                    reason: ask.reason,
                    meant_on: ask.meant_on,
                    decided_on: now.date_of(ask.decided_at),
                    opened_on: now.date_of(held.filing.opened_at),
                    due_on: held.filing.standing.due_on,
                    progress: held.filing.progress,
                    chat,
                });
            }
        }
        waiting
    }

    /// Has every filing looked at in the next turn, whatever its next look.
    #[cfg(test)]
    pub(in crate::rules::preview) fn look_at_everything(&mut self, now: &Now) {
        let over = |place: &usize| self.held[*place].over && !self.asking.contains(place);
        let places: Vec<usize> = (0..self.held.len()).filter(|place| !over(place)).collect();
        self.looks.clear();
        self.looks.extend(places.into_iter().map(|place| Reverse((now.at(), place))));
    }

    /// Lets a card go out: counts it, and lets the people do what is assumed of them.
    fn go_out(&mut self, dealt: Deal, now: &Now) {
        if dealt.is_of_the_day() {
            let audience = self.facts.audiences.get(&dealt.chat).cloned().unwrap_or_default();
            self.heard.count(dealt.chat, &audience);
        }
        match dealt.kind {
            CardKind::Review => self.heard.last_review.insert(dealt.chat, now.at()).map(drop),
            CardKind::Reminder => self.heard.last_card.insert(dealt.chat, now.today()).map(drop),
        };
        match dealt.front {
            Some(Front::Agenda) => self.heard.last_agenda = Some(now.today()),
            Some(Front::Quota) => drop(self.heard.last_quota.insert(dealt.chat, now.today())),
            Some(Front::Collected) => drop(self.heard.last_collected.insert(dealt.chat, now.at())),
            Some(Front::Summary) => drop(self.heard.last_summary.insert(dealt.chat, now.today())),
            // What is taken over cannot be foreseen.
            Some(Front::Handover) | None => {}
        }
        let mut items: Vec<PlannedItem> = Vec::new();
        for (id, filing) in &dealt.asks {
            let place = usize::try_from(filing.0).unwrap_or(usize::MAX);
            items.extend(self.say(place, *id, now));
        }
        if !items.is_empty() || dealt.front.is_some() {
            items.sort_unstable();
            let Deal { chat, kind, late, ears, front, .. } = dealt;
            self.found.cards.push(Planned { at: now.local(), chat, kind, ears, late, front, items });
        }
    }

    /// Takes a reason onto a card; `None` where it is no longer so.
    fn say(&mut self, place: usize, id: AskId, now: &Now) -> Option<PlannedItem> {
        let held = self.held.get_mut(place)?;
        let ask = held.asks.remove(held.asks.iter().position(|ask| ask.id == id)?);
        let item =
            holds(ask.reason, ask.cycle, ask.decided_at, &held.filing, now.today()).then_some(PlannedItem {
                task: held.task,
                duty: held.duty,
                period: held.filing.period,
                owner: held.filing.owner,
                due_on: held.filing.standing.due_on,
                reason: ask.reason,
            });
        if item.is_some() && self.assume == Assume::DoneOnTime && ask.reason.level() == Level::Post {
            self.answer(place, ask.reason);
        }
        self.let_go_if_over(place);
        item
    }

    /// A round's ask is answered at once, a dated duty is done on its day.
    fn answer(&mut self, place: usize, reason: Reason) {
        let held = &mut self.held[place];
        let is_done = held.filing.is_recurring() || matches!(reason, Reason::DueToday | Reason::Overdue(_));
        if is_done && held.filing.standing.state.is_owed() {
            held.filing.standing.state = FilingState::Accepted;
            if let Some(owed) = self.work.get_mut(&held.whose()).filter(|_| !held.filing.progress) {
                *owed = owed.saturating_sub(1);
            }
        }
    }
}
