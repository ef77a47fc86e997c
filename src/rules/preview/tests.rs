//! What holds for every county, plan and calendar: the preview and the tick go by the same rules, so what is shown here
//! of the one holds for the other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDateTime};
use proptest::prelude::*;

use super::*;
use crate::config::{self, Settings};
use crate::domain::filing::{Filing, Patience};
use crate::domain::ids::{FilingId, TeamId, UnitId};
use crate::domain::people::Chase;
use crate::domain::period::Cadence;
use crate::domain::reason::Level;
use crate::rules::budget::Audience;
use crate::rules::policy::Files;
use crate::rules::reach::Reach;
use crate::rules::rounds::Opening;

/// Days that are foreseen.
const DAYS: i64 = 45;

/// A made-up county: units with groups and heads, of whom some sit in a second group, and a team with a group.
#[derive(Debug, Clone)]
struct County {
    start: NaiveDateTime,
    /// For each unit: whether it has a group, and whether its head is in the team.
    units: Vec<(bool, bool)>,
    /// For each task: cadence of its duty, whether it is confidential, days until a dated filing is due.
    tasks: Vec<(Option<usize>, bool, Option<i64>)>,
}

fn any_county() -> impl Strategy<Value = County> {
    let days = 0..700_i64;
    let unit = (any::<bool>(), any::<bool>());
    let task =
        (proptest::option::of(0..3_usize), proptest::bool::weighted(0.2), proptest::option::of(-3..40_i64));
    (days, proptest::collection::vec(unit, 1..4), proptest::collection::vec(task, 1..5)).prop_map(
        |(day, units, tasks)| {
            let first: NaiveDate = "2022-01-03".parse().expect("a day");
            let start = (first + Duration::days(day)).and_hms_opt(8, 0, 0).expect("a time");
            County { start, units, tasks }
        },
    )
}

fn now_at(settings: &Settings, local: NaiveDateTime) -> Now {
    let zone = Now::new(DateTime::UNIX_EPOCH, settings.zone);
    Now::new(zone.instant_of(local), settings.zone)
}

/// The ids of a unit's group, its head's private chat and the head, and of the team's group and the office's.
fn ids(unit: usize) -> (ChatId, ChatId, AccountId) {
    let n = i64::try_from(unit).expect("few");
    (ChatId(10 + n), ChatId(20 + n), AccountId(n))
}
const TEAM_CHAT: ChatId = ChatId(1);
const OFFICE: ChatId = ChatId(2);
const TEAM: TeamId = TeamId(1);

impl County {
    fn facts(&self, settings: &Settings) -> Facts {
        let now = now_at(settings, self.start);
        let mut facts = Facts { office: Some(OFFICE), first_plan: Some(now.at()), ..Facts::default() };
        facts.audiences.insert(OFFICE, Audience { private: false, ears: vec![AccountId(99)] });
        let mut team = Audience::default();
        let mut owners = Vec::new();
        for (at, (has_group, in_team)) in self.units.iter().enumerate() {
            let (group, private, head) = ids(at);
            let unit = UnitId(i64::try_from(at).expect("few"));
            owners.push(Owner::Unit(unit));
            facts
                .owners
                .insert(Owner::Unit(unit), OwnerFacts { name: format!("单位{at}"), chase: Chase::Direct });
            facts.audiences.insert(private, Audience { private: true, ears: vec![head] });
            facts.audiences.insert(group, Audience { private: false, ears: vec![head] });
            team.ears.extend(in_team.then_some(head));
            let reach = Reach {
                unit: has_group.then_some(group),
                team: Some(TEAM_CHAT),
                person: Some(private),
                head: Some(private),
                office: Some(OFFICE),
                empty_room: None,
            };
            facts.reach.insert((Some(unit), None), reach);
            facts.reach.insert((Some(unit), Some(TEAM)), reach);
        }
        facts.audiences.insert(TEAM_CHAT, team);
        for (no, task) in (1..).zip(&self.tasks) {
            self.add(&mut facts, no, *task, &owners, &now);
        }
        facts
    }

    fn add(
        &self,
        facts: &mut Facts,
        no: i64,
        (cadence, confidential, due): (Option<usize>, bool, Option<i64>),
        owners: &[Owner],
        now: &Now,
    ) {
        let team = (no % 2 == 0).then_some(TEAM);
        facts.tasks.insert(TaskNo(no), TaskFacts { title: format!("事项{no}"), team, confidential });
        if let Some(cadence) = cadence {
            facts.duties.push(DutyFacts {
                id: DutyId(no),
                task: TaskNo(no),
                cadence: [Cadence::Week, Cadence::Month, Cadence::Quarter][cadence],
                progress: false,
                reviewed: false,
                target: None,
                patience: Patience::default(),
                ends: self.start.date() + Duration::days(400),
                imported_at: now.at(),
                owners: owners.to_vec(),
                lead: owners.first().copied(),
                opened: BTreeSet::new(),
            });
        }
        let Some(due) = due else { return };
        let due_on = now.today() + Duration::days(due);
        for (at, owner) in (0..).zip(owners) {
            let opening = Opening {
                cadence: Cadence::Month,
                period: Period::Day(due_on),
                opened_on: now.today(),
                due_on,
                due_at: now.end_of(due_on),
                files: Files::Responsible,
            };
            let id = FilingId(no * 100 + at);
            facts.filings.push(FilingFacts {
                filing: Filing { id, owner: *owner, reviewed: true, ..opening.filing(false, now) },
                duty: DutyId(1000 + no),
                task: TaskNo(no),
                next_look: Some(now.at()),
                said: Vec::new(),
                last_word: None,
            });
        }
    }

    fn foreseen(&self, settings: &Settings, assume: Assume) -> Preview {
        let start = now_at(settings, self.start);
        let until = start.at() + Duration::days(DAYS);
        preview(&self.facts(settings), &settings.policy, &settings.calendar, (&start, until), assume)
    }

    /// The same by a clock that ticks every so many minutes, `times` times each; `scan` looks at everything at every tick.
    fn ticked(&self, settings: &Settings, minutes: i64, times: usize, scan: bool) -> Preview {
        let facts = self.facts(settings);
        let start = now_at(settings, self.start);
        let until = start.at() + Duration::days(DAYS);
        let mut world =
            World::new(&facts, &settings.policy, &settings.calendar, start.today(), Assume::Silence);
        let mut at = start.at();
        while at <= until {
            let now = Now::new(at, start.zone());
            for _ in 0..times {
                if scan {
                    world.look_at_everything(&now);
                }
                world.turn(&now);
            }
            at += Duration::minutes(minutes);
        }
        world.finish()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn two_ticks_are_one_and_ticking_on_and_on_says_what_ticking_when_something_comes_says(county in any_county()) {
        let settings = config::shipped();
        let foreseen = county.foreseen(&settings, Assume::Silence);
        prop_assert_eq!(&county.ticked(&settings, 30, 1, false), &foreseen);
        prop_assert_eq!(&county.ticked(&settings, 60, 2, false), &foreseen);
    }

    #[test]
    fn the_next_look_finds_what_a_look_at_everything_finds(county in any_county()) {
        let settings = config::shipped();
        prop_assert_eq!(county.ticked(&settings, 60, 1, true), county.foreseen(&settings, Assume::Silence));
    }

    #[test]
    fn nobody_hears_more_than_the_budget_and_nothing_at_a_wrong_time(county in any_county()) {
        let settings = config::shipped();
        let mut heard: BTreeMap<(NaiveDate, AccountId), (u32, u32)> = BTreeMap::new();
        for card in county.foreseen(&settings, Assume::Silence).cards {
            prop_assert!(settings.policy.may_speak(&now_at(&settings, card.at), &settings.calendar));
            // What the office is asked to decide is its own desk, collected every half hour.
            if card.kind == CardKind::Review {
                continue;
            }
            let private = card.chat.0 >= 20;
            for ear in &card.ears {
                let of_day = heard.entry((card.at.date(), *ear)).or_default();
                of_day.0 += 1;
                of_day.1 += u32::from(!private);
            }
        }
        for (who, (all, groups)) in heard {
            prop_assert!(all <= settings.policy.cards_a_day, "{who:?}: {all}");
            prop_assert!(groups <= settings.policy.group_cards_a_day, "{who:?}: {groups} in groups");
        }
    }

    #[test]
    fn what_a_round_opens_is_asked_before_it_is_due_and_never_after_it_was_reported(county in any_county()) {
        let settings = config::shipped();
        let end = (county.start + Duration::days(DAYS)).date();
        let asked = |cards: &[Planned]| {
            let mut asked: BTreeMap<(TaskNo, DutyId, Period, Owner), Vec<NaiveDate>> = BTreeMap::new();
            for card in cards {
                for item in card.items.iter().filter(|item| item.reason.level() == Level::Post) {
                    let of = (item.task, item.duty, item.period, item.owner);
                    asked.entry(of).or_default().push(card.at.date());
                }
            }
            asked
        };
        let silent = asked(&county.foreseen(&settings, Assume::Silence).cards);
        let facts = county.facts(&settings);
        for duty in &facts.duties {
            for period in opened(&settings, duty, &county) {
                let (due, period) = period;
                for owner in duty.owners.iter().filter(|_| due < end) {
                    let on = silent.get(&(duty.task, duty.id, period, *owner));
                    prop_assert!(on.is_some_and(|on| on[0] <= due), "{period} of {owner:?}: {on:?}, due {due}");
                }
            }
        }
        // Whoever reports when asked is asked once; what is done on its day is named before it and on it.
        for (what, on) in asked(&county.foreseen(&settings, Assume::DoneOnTime).cards) {
            let recurs = !matches!(what.2, Period::Day(_));
            prop_assert!(!recurs || on.len() == 1, "{what:?}: {on:?}");
        }
    }
}

/// The periods of a duty whose rounds open within the days that are foreseen, with the day each is due.
fn opened(settings: &Settings, duty: &DutyFacts, county: &County) -> Vec<(NaiveDate, Period)> {
    let round = settings.policy.round(duty.cadence).expect("a round");
    let mut found = Vec::new();
    let mut at = county.start;
    while let Some((period, window)) = round.timing.next(duty.cadence, at, &settings.calendar) {
        if window.opens > county.start + Duration::days(DAYS) {
            break;
        }
        // Where all is over on the day it opens (a week with one make-up Saturday), whoever sits in two groups hears one.
        if window.opens.date() < window.due.date() {
            found.push((window.due.date(), period));
        }
        at = window.opens;
    }
    found
}

#[test]
fn a_year_without_holiday_data_is_foreseen_by_weekends_and_fixed_days() {
    let settings = config::shipped();
    let start = "2041-09-20T08:00:00".parse().expect("a time");
    let county = County { start, units: vec![(true, false)], tasks: vec![(Some(0), false, None)] };
    assert!(settings.calendar.is_provisional(2041));
    let days: BTreeSet<String> = county
        .foreseen(&settings, Assume::DoneOnTime)
        .cards
        .iter()
        .filter(|card| !card.items.is_empty())
        .map(|card| card.at.date().to_string())
        .collect();
    assert!(days.contains("2041-09-23") && days.contains("2041-09-30"), "{days:?}");
    assert!(!days.contains("2041-10-01"), "National Day is kept without a notice");
}

#[test]
fn the_turn_of_a_year_and_week_fifty_three_lose_nothing() {
    let settings = config::shipped();
    let weeks_from = |start: &str| {
        let start = start.parse().expect("a time");
        let county = County { start, units: vec![(true, false)], tasks: vec![(Some(0), false, None)] };
        let cards = county.foreseen(&settings, Assume::DoneOnTime).cards;
        let items = cards.iter().flat_map(|card| card.items.iter().map(|item| (card.at.date(), item.period)));
        items.map(|(on, period)| format!("{period} {on}")).collect::<Vec<_>>()
    };
    // 31 December 2022 is part of the next year's holidays; so is Monday, 2 January.
    let told = weeks_from("2022-12-19T08:00:00");
    assert_eq!(told[..3], ["2022-W51 2022-12-19", "2022-W52 2022-12-26", "2023-W01 2023-01-03"]);
    let told = weeks_from("2026-12-21T08:00:00");
    assert_eq!(told[..3], ["2026-W52 2026-12-21", "2026-W53 2026-12-28", "2027-W01 2027-01-04"]);
}
