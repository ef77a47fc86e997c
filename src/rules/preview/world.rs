//! The world of a preview: filings and reasons in memory, turned the way the tick turns the database.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::domain::card::{CardKind, holds};
use crate::domain::filing::{Filing, FilingState, Owner};
use crate::domain::ids::{AskId, FilingId, TaskNo};
use crate::domain::now::Now;
use crate::domain::period::Cadence;
use crate::domain::reason::{Level, Reason};
use crate::domain::workdays::Workdays;
use crate::rules::agenda;
use crate::rules::budget::Heard;
use crate::rules::deal::{Deal, Scene, Waiting, deal};
use crate::rules::nudges::{first_look, look};
use crate::rules::policy::Policy;
use crate::rules::preview::held::{Ask, Held};
use crate::rules::preview::{Assume, DutyFacts, Facts, Planned, PlannedItem, Preview};
use crate::rules::rounds::{Opening, open_rounds};

/// Facts on the move.
pub(super) struct World<'a> {
    facts: &'a Facts,
    policy: &'a Policy,
    calendar: &'a Workdays,
    assume: Assume,
    duties: Vec<DutyFacts>,
    held: Vec<Held>,
    /// Places of filings about which nothing can be said any more.
    free: Vec<usize>,
    /// Places of filings with reasons that stand on no card yet.
    asking: BTreeSet<usize>,
    asks: i64,
    looks: BinaryHeap<Reverse<(DateTime<Utc>, usize)>>,
    /// Filings that are real work and owed, by task and owner: whoever has none is asked for no progress.
    work: HashMap<(TaskNo, Owner), usize>,
    last_word: HashMap<(TaskNo, Owner), DateTime<Utc>>,
    heard: Heard,
    heard_on: NaiveDate,
    found: Preview,
    unreachable: BTreeSet<(TaskNo, Owner)>,
}

impl<'a> World<'a> {
    pub(super) fn new(
        facts: &'a Facts,
        policy: &'a Policy,
        calendar: &'a Workdays,
        today: NaiveDate,
        assume: Assume,
    ) -> Self {
        let mut world = World {
            facts,
            policy,
            calendar,
            assume,
            duties: facts.duties.clone(),
            held: Vec::new(),
            free: Vec::new(),
            asking: BTreeSet::new(),
            asks: 0,
            looks: BinaryHeap::new(),
            work: HashMap::new(),
            last_word: HashMap::new(),
            heard: facts.heard.clone(),
            heard_on: today,
            found: Preview::default(),
            unreachable: BTreeSet::new(),
        };
        let mut places = HashMap::new();
        for known in &facts.filings {
            if let Some(word) = known.last_word {
                world.last_word.insert((known.task, known.filing.owner), word);
            }
            places.insert(known.filing.id, world.hold(Held::of(known), known.next_look));
        }
        for ask in &facts.asks {
            if let Some(place) = places.get(&ask.filing) {
                let id = world.next_ask();
                world.held[*place].asks.push(Ask { id, ..Ask::of(ask) });
                world.asking.insert(*place);
            }
        }
        world
    }

    fn next_ask(&mut self) -> AskId {
        self.asks += 1;
        AskId(self.asks)
    }

    /// Takes a filing in, onto a place that has become free where there is one.
    fn hold(&mut self, held: Held, next_look: Option<DateTime<Utc>>) -> usize {
        if !held.filing.progress && held.filing.standing.state.is_owed() {
            *self.work.entry(held.whose()).or_default() += 1;
        }
        let place = if let Some(place) = self.free.pop() {
            self.held[place] = held;
            place
        } else {
            self.held.push(held);
            self.held.len() - 1
        };
        self.looks.extend(next_look.map(|at| Reverse((at, place))));
        place
    }

    /// Does what the tick would do now.
    pub(super) fn turn(&mut self, now: &Now) {
        for opening in open_rounds(self.policy, self.calendar, now) {
            for at in 0..self.duties.len() {
                let duty = &mut self.duties[at];
                let runs = duty.imported_at <= now.at() && duty.ends >= now.today();
                let opens = duty.cadence == opening.cadence && runs;
                if opens && duty.opened.insert(opening.period) {
                    self.open(at, opening, now);
                }
            }
        }
        while let Some(Reverse((_, place))) = self.looks.peek().copied().filter(|next| next.0.0 <= now.at()) {
            self.looks.pop();
            self.look_at(place, now);
        }
        self.make_cards(now);
    }

    /// Opens a duty's filings of a period, and asks for each.
    fn open(&mut self, at: usize, opening: Opening, now: &Now) {
        let (id, task) = (self.duties[at].id, self.duties[at].task);
        // Whoever could not be reached so far is asked for the newest period only.
        for place in self.asking.clone() {
            if self.held[place].duty == id && self.held[place].filing.period != opening.period {
                self.held[place].asks.retain(|ask| ask.reason.level() != Level::Post);
                self.let_go_if_over(place);
            }
        }
        let reason = Reason::Round(opening.cadence);
        let first_look =
            first_look(&opening.filing(self.duties[at].progress, now), self.policy, self.calendar, now);
        let meant_on = opening.opened_on.max(now.date_of(self.duties[at].imported_at));
        for owner in self.duties[at].owners.clone() {
            if self.duties[at].progress && self.work.get(&(task, owner)).is_none_or(|owed| *owed == 0) {
                continue;
            }
            let ask = Ask { id: self.next_ask(), reason, cycle: 1, meant_on, decided_at: now.at() };
            let duty = &self.duties[at];
            let (reviewed, target, patience) = (duty.reviewed, duty.target.clone(), duty.patience);
            let filing = Filing { owner, reviewed, target, patience, ..opening.filing(duty.progress, now) };
            let held =
                Held { filing, duty: id, task, said: vec![(reason, None)], asks: vec![ask], over: false };
            self.last_word.insert((task, owner), now.at());
            let place = self.hold(held, first_look);
            self.asking.insert(place);
        }
    }

    /// Looks at one filing: notes the newest reason to speak, and when to look again.
    fn look_at(&mut self, place: usize, now: &Now) {
        let id = self.next_ask();
        let held = &mut self.held[place];
        let last_word = self.last_word.get(&held.whose()).copied();
        let found = look(&held.filing, last_word, self.policy, self.calendar, now);
        if let Some(step) = found.say
            && held.say_once(step)
        {
            let cycle = held.filing.standing.cycle;
            // Of several reasons about one filing only the newest is said.
            let decision = step.reason.is_for_review();
            held.asks.retain(|ask| {
                decision || ask.reason.level() != step.reason.level() || ask.reason.is_for_review()
            });
            held.asks.push(Ask { id, reason: step.reason, cycle, meant_on: step.on, decided_at: now.at() });
            self.last_word.insert(held.whose(), now.at());
            self.asking.insert(place);
        }
        if let Some(at) = found.again {
            self.looks.push(Reverse((at, place)));
        } else {
            held.over = true;
            self.let_go_if_over(place);
        }
    }

    /// A filing about which nothing more can come gives its place to another.
    fn let_go_if_over(&mut self, place: usize) {
        if self.held[place].asks.is_empty() {
            self.asking.remove(&place);
            if self.held[place].over {
                self.free.push(place);
            }
        }
    }

    fn make_cards(&mut self, now: &Now) {
        if !self.policy.may_speak(now, self.calendar) {
            return;
        }
        if self.heard_on != now.today() {
            self.heard_on = now.today();
            self.heard.served.clear();
            self.heard.people.clear();
        }
        self.drop_what_is_over(now);
        let waiting = self.waiting(now);
        let last = self.heard.last_agenda;
        let is_due = agenda::is_due(self.policy, self.calendar, now, self.facts.first_plan, last);
        let agenda_for = self.facts.office.filter(|_| is_due);
        let scene = Scene { audiences: &self.facts.audiences, heard: &self.heard, agenda_for };
        for one in deal(&waiting, scene, self.policy, self.calendar, now) {
            self.go_out(one, now);
        }
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
    pub(super) fn look_at_everything(&mut self, now: &Now) {
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
        if dealt.agenda {
            self.heard.last_agenda = Some(now.today());
        }
        let mut items: Vec<PlannedItem> = Vec::new();
        for (id, filing) in &dealt.asks {
            let place = usize::try_from(filing.0).unwrap_or(usize::MAX);
            items.extend(self.say(place, *id, now));
        }
        if !items.is_empty() || dealt.agenda {
            items.sort_unstable();
            let Deal { chat, kind, late, ears, agenda, .. } = dealt;
            self.found.cards.push(Planned { at: now.local(), chat, kind, ears, late, agenda, items });
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

    /// The next moment at which something can come.
    pub(super) fn next_turn(&mut self, now: &Now) -> Option<DateTime<Utc>> {
        let look = self.looks.peek().map(|Reverse((at, _))| *at);
        let rounds = self.policy.rounds.iter().filter_map(|round| {
            let (_, window) = round.timing.next(round.cadence, now.local(), self.calendar)?;
            Some(now.instant_of(window.opens))
        });
        let agenda = self.policy.agenda.next(Cadence::Week, now.local(), self.calendar);
        let agenda = agenda.map(|(_, window)| now.instant_of(window.opens));
        let soonest = rounds.chain(look).chain(agenda).filter(|at| *at > now.at()).min();
        let slot = self.next_slot(now);
        // What the budget pushed off today, or was decided at a quiet hour, waits for the next slot.
        if soonest.is_none_or(|soonest| slot < soonest) && !self.waiting(now).is_empty() {
            return Some(slot);
        }
        soonest
    }

    /// The next moment at which a card may go.
    fn next_slot(&self, now: &Now) -> DateTime<Utc> {
        let of = |day: NaiveDate, time: NaiveTime| now.instant_of(day.and_time(time));
        let days = [self.calendar.on_or_after(now.today()), self.calendar.next_workday(now.today())];
        let slots = [self.policy.speak_from, self.policy.card_at];
        let all = days.into_iter().flat_map(|day| slots.map(|time| of(day, time)));
        all.filter(|at| *at > now.at()).min().unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    pub(super) fn finish(self) -> Preview {
        Preview { unreachable: self.unreachable.into_iter().collect(), ..self.found }
    }
}
