//! The world of a preview: filings and reasons in memory, turned the way the tick turns the database.

mod talk;

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};

use chrono::{DateTime, Datelike as _, Months, NaiveDate, NaiveTime, Utc};

use crate::domain::filing::{Filing, Owner};
use crate::domain::ids::{AskId, TaskNo};
use crate::domain::now::Now;
use crate::domain::period::Cadence;
use crate::domain::reason::{Level, Reason};
use crate::domain::workdays::Workdays;
use crate::rules::budget::Heard;
use crate::rules::collected;
use crate::rules::nudges::{Look, first_look, look};
use crate::rules::policy::{Files, Policy};
use crate::rules::preview::held::{Ask, Held, Untouched};
use crate::rules::preview::{Assume, DutyFacts, Facts, Preview};
use crate::rules::quota;
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
    /// Whether a reason waits for the next card that may go.
    waits: bool,
    /// What a look at a round's untouched filings found in this turn.
    alike: HashMap<Untouched, Look>,
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
            waits: false,
            alike: HashMap::new(),
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
        self.alike.clear();
        for opening in open_rounds(self.policy, self.calendar, now) {
            let opens = self.take_unopened(opening, now);
            self.drop_older_asks(&opens, opening);
            for at in opens {
                self.open(at, opening, now);
            }
        }
        while let Some(Reverse((_, place))) = self.looks.peek().copied().filter(|next| next.0.0 <= now.at()) {
            self.looks.pop();
            self.look_at(place, now);
        }
        self.make_cards(now);
    }

    /// The places of the duties that a round has not opened yet; notes that it has.
    fn take_unopened(&mut self, opening: Opening, now: &Now) -> Vec<usize> {
        let opens = |duty: &mut DutyFacts| {
            let runs = duty.imported_at <= now.at() && duty.ends >= now.today();
            duty.cadence == opening.cadence && runs && duty.opened.insert(opening.period)
        };
        let duties = self.duties.iter_mut().enumerate();
        duties.filter_map(|(at, duty)| opens(duty).then_some(at)).collect()
    }

    /// Whoever could not be reached so far is asked for the newest period only.
    fn drop_older_asks(&mut self, opens: &[usize], opening: Opening) {
        let ids: HashSet<_> = opens.iter().map(|at| self.duties[*at].id).collect();
        let is_older = |held: &Held| ids.contains(&held.duty) && held.filing.period != opening.period;
        let older: Vec<usize> =
            self.asking.iter().copied().filter(|place| is_older(&self.held[*place])).collect();
        for place in older {
            self.held[place].asks.retain(|ask| ask.reason.level() != Level::Post);
            self.let_go_if_over(place);
        }
    }

    /// Opens a duty's filings of a period, and asks for each.
    fn open(&mut self, at: usize, opening: Opening, now: &Now) {
        let (id, task) = (self.duties[at].id, self.duties[at].task);
        let reason = Reason::Round(opening.cadence);
        let first_look =
            first_look(&opening.filing(self.duties[at].progress, now), self.policy, self.calendar, now);
        let meant_on = opening.opened_on.max(now.date_of(self.duties[at].imported_at));
        let owners = match opening.files {
            Files::Responsible => self.duties[at].owners.clone(),
            Files::Lead => self.duties[at].lead.into_iter().collect(),
        };
        let asks_work_first = self.duties[at].progress && opening.files == Files::Responsible;
        for owner in owners {
            if asks_work_first && self.work.get(&(task, owner)).is_none_or(|owed| *owed == 0) {
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
        let find = || look(&held.filing, last_word, self.policy, self.calendar, now);
        // A round's filings of which nobody has said anything are all alike: one look at them finds what all find.
        let found = held.untouched().map_or_else(find, |like| *self.alike.entry(like).or_insert_with(find));
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

    /// The next moment at which something can come.
    pub(super) fn next_turn(&self, now: &Now) -> Option<DateTime<Utc>> {
        let look = self.looks.peek().map(|Reverse((at, _))| *at);
        let rounds = self.policy.rounds.iter().filter_map(|round| {
            let (_, window) = round.timing.next(round.cadence, now.local(), self.calendar)?;
            Some(now.instant_of(window.opens))
        });
        let agenda = self.policy.agenda.next(Cadence::Week, now.local(), self.calendar);
        let agenda = agenda.map(|(_, window)| now.instant_of(window.opens));
        let quota = self.next_quota(now);
        let ends = collected::next_end(self.policy, self.calendar, now);
        let soonest =
            rounds.chain(look).chain(agenda).chain(quota).chain(ends).filter(|at| *at > now.at()).min();
        let slot = self.next_slot(now);
        // What the budget pushed off today, or was decided at a quiet hour, waits for the next slot.
        if self.waits && soonest.is_none_or(|soonest| slot < soonest) {
            return Some(slot);
        }
        soonest
    }

    /// The next month in which people are told what is left of their yearly numbers.
    fn next_quota(&self, now: &Now) -> Option<DateTime<Utc>> {
        let asks = self.assume == Assume::Silence && !self.facts.quota_chats.is_empty();
        let first = now.today().with_day(1).filter(|_| asks)?;
        let mut months = (0..=12).filter_map(|ahead| first.checked_add_months(Months::new(ahead)));
        months.find_map(|first| {
            let day = self.calendar.on_or_after(first);
            let at = now.instant_of(day.and_time(self.policy.card_at));
            (quota::is_asked_in_month_of(self.policy, day) && at > now.at()).then_some(at)
        })
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
