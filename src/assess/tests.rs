//! Properties of sums, scores and boards, on facts that were made up at random.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::board::{Board, By, Order, Rule, board, figures};
use super::course::{Act, Course, Entry, Event, as_of};
use super::facts::{Duty, Facts, Item, Plan, Task, Unit};
use super::score::{Score, Weights, scores};
use super::sums::{Lights, Span};
use crate::domain::filing::{Filing, FilingState, Owner, Patience, Standing};
use crate::domain::ids::{DutyId, FilingId, TaskNo, UnitId};
use crate::domain::now::Now;
use crate::domain::origin::Source;
use crate::domain::people::{Chase, UnitKind};
use crate::domain::period::Period;
use crate::domain::review::{Said, Status};
use crate::domain::task::TaskState;
use crate::domain::workdays::Workdays;

const WEIGHTS: Weights = Weights { result: 70, late: 50, first_time: 30, progress: 10 };

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 6, number).expect("a day of June")
}

fn now() -> Now {
    let noon = day(20).and_hms_opt(12, 0, 0).expect("noon").and_utc();
    Now::new(noon, chrono_tz::Tz::Asia__Shanghai)
}

fn june() -> Span {
    Span { from: day(1), until: day(30) }
}

/// One filing: whose, due when, its state, when the claim came, how often it was returned.
type Made = (i64, u32, FilingState, u32, u32);

fn made() -> impl Strategy<Value = Vec<Made>> {
    let state = proptest::sample::select(FilingState::ALL);
    proptest::collection::vec((1..7i64, 1..29u32, state, 1..20u32, 0..3u32), 0..40)
}

fn item(number: usize, (unit, due, state, claimed, returns): Made) -> Item {
    let number = i64::try_from(number).expect("few");
    let opened_at = day(1).and_hms_opt(0, 0, 0).expect("midnight").and_utc();
    let standing =
        Standing { state, ..Standing::new(opened_at, Some(day(due)), Some(now().end_of(day(due)))) };
    let filing = Filing {
        id: FilingId(number),
        owner: Owner::Unit(UnitId(unit)),
        period: Period::Day(day(due)),
        opened_at,
        reviewed: true,
        progress: false,
        target: None,
        starts: None,
        patience: Patience::default(),
        was_overdue: false,
        version: 0,
        standing,
    };
    let claimed_at = Some(day(claimed).and_hms_opt(9, 0, 0).expect("nine").and_utc());
    let course = Course { claimed_at, closed_at: claimed_at, returns, needs: None };
    Item { filing, duty: DutyId(number), task: TaskNo(number), course }
}

fn unit(number: i64) -> Unit {
    let name = format!("单位{number}");
    Unit { short: name.clone(), name, kind: UnitKind::Township, chase: Chase::Direct, head: None }
}

fn task() -> Task {
    Task {
        code: "A-1".to_owned(),
        section: String::new(),
        title: "一件事".to_owned(),
        state: TaskState::Running,
        closed_on: None,
        confidential: false,
        note: None,
        lead: None,
        team: None,
        units: Vec::new(),
        source: Source::Plan,
        by_whom: None,
        content: None,
        plan: Plan { title: String::new(), doc_no: String::new() },
    }
}

fn duty(task: TaskNo) -> Duty {
    Duty {
        task,
        seq: 1,
        siblings: 1,
        text: "办好".to_owned(),
        schedule: "due".to_owned(),
        due: None,
        hold: None,
        vague: None,
        target: None,
        reviewed: true,
        progress: false,
        by_person: false,
    }
}

fn facts(made: &[Made]) -> Facts {
    let items: Vec<Item> = made.iter().enumerate().map(|(number, one)| item(number, *one)).collect();
    Facts {
        now: now(),
        calendar: Workdays::default(),
        units: (1..7).map(|number| (UnitId(number), unit(number))).collect(),
        teams: BTreeMap::new(),
        tasks: items.iter().map(|item| (item.task, task())).collect(),
        duties: items.iter().map(|item| (item.duty, duty(item.task))).collect(),
        items,
    }
}

fn rule() -> Rule {
    Rule {
        name: "榜".to_owned(),
        who: vec![UnitKind::Township],
        by: By::Score,
        order: Order::Falling,
        measure: String::new(),
        top: 2,
        bottom: 2,
        ends: ["前".to_owned(), "后".to_owned()],
        at_least: 3,
        votes: 1,
        over: crate::assess::entered::Over::Mean,
        objection: 2,
        without: Vec::new(),
    }
}

fn ranked(facts: &Facts) -> Board {
    board(facts, &rule(), &figures(&scores(facts, june(), WEIGHTS)))
}

/// A board without its names: rank, number and end, by unit.
fn bare(board: &Board) -> BTreeMap<UnitId, (usize, u64, String)> {
    let bare = |row: &super::board::Row| (row.unit, (row.rank, row.figure.tenths, format!("{:?}", row.end)));
    board.rows.iter().map(bare).collect()
}

fn tenths(facts: &Facts) -> BTreeMap<Owner, Option<u64>> {
    scores(facts, june(), WEIGHTS).into_iter().map(|(owner, Score { tenths, .. })| (owner, tenths)).collect()
}

proptest! {
    #[test]
    fn a_board_is_the_same_under_other_names_and_in_another_order(made in made(), shift in 0..40usize) {
        let before = facts(&made);
        let mut after = before.clone();
        let middle = shift.min(after.items.len());
        after.items.rotate_left(middle);
        for (id, unit) in &mut after.units {
            unit.short = format!("改名{}", 100 - id.0);
        }
        prop_assert_eq!(bare(&ranked(&before)), bare(&ranked(&after)));
    }

    #[test]
    fn an_exempted_item_never_lowers_a_score(made in made(), which in 0..40usize) {
        let before = facts(&made);
        let mut after = before.clone();
        // What was accepted is done; an exemption is granted to what is not.
        let open = |item: &&mut Item| item.filing.standing.state != FilingState::Accepted;
        let count = before.items.len().max(1);
        if let Some(item) = after.items.iter_mut().skip(which % count).find(open) {
            item.filing.standing.state = FilingState::Exempt;
        }
        let (before, after) = (tenths(&before), tenths(&after));
        for (owner, score) in before {
            let now = after.get(&owner).copied().flatten();
            prop_assert!(now.is_none() || score.is_none() || now >= score, "{owner:?}: {score:?} became {now:?}");
        }
    }

    #[test]
    fn sums_add_up_and_a_score_is_the_sum_of_what_it_rests_on(made in made()) {
        let facts = facts(&made);
        prop_assert_eq!(facts.lights().all(), i64::try_from(facts.tasks.len()).expect("few"));
        let filed = facts.filed_in(june());
        prop_assert_eq!(filed.owed, filed.accepted + filed.claimed + filed.missing + filed.open);
        let void = made.iter().filter(|one| one.2 == FilingState::Void).count();
        prop_assert_eq!(filed.owed + filed.exempt, i64::try_from(made.len() - void).expect("few"));
        for score in scores(&facts, june(), WEIGHTS).values() {
            let all: u64 = score.basis.iter().map(|one| one.weight).sum();
            let earned: u64 = score.basis.iter().map(|one| one.weight * one.share).sum();
            prop_assert_eq!(score.tenths.is_some(), all > 0);
            let points = score.tenths.unwrap_or_default();
            prop_assert!(points <= 1000 && (points * all).abs_diff(earned) * 2 <= all);
        }
    }

    #[test]
    fn what_comes_from_where_adds_up_to_the_totals_beside_it(made in made(), shift in 0..8usize) {
        let mut facts = facts(&made);
        for (at, task) in facts.tasks.values_mut().enumerate() {
            task.source = Source::ALL[(at * at + shift) % Source::ALL.len()];
        }
        let by_source: Vec<Lights> = facts.lights_by_source().into_values().collect();
        let lights = facts.lights();
        for count in [
            Lights::all,
            |it: &Lights| it.red,
            |it: &Lights| it.yellow,
            |it: &Lights| it.green,
            |it: &Lights| it.undated,
            |it: &Lights| it.claimed,
            |it: &Lights| it.closed,
            |it: &Lights| it.waiting,
        ] {
            prop_assert_eq!(by_source.iter().map(count).sum::<i64>(), count(&lights));
        }
    }

    #[test]
    fn ranks_go_down_with_the_number_and_nobody_stands_at_both_ends(made in made()) {
        let board = ranked(&facts(&made));
        prop_assert!(board.rows.is_sorted_by(|a, b| a.figure.tenths >= b.figure.tenths));
        for pair in board.rows.windows(2) {
            let same = pair[0].figure.tenths == pair[1].figure.tenths;
            prop_assert_eq!(same, pair[0].rank == pair[1].rank);
            prop_assert!(!same || pair[0].end == pair[1].end, "who shares a rank shares what it means");
        }
        if board.rows.len() < 3 {
            prop_assert!(board.rows.iter().all(|row| row.end.is_none()), "too few to name anybody");
        }
    }
}

fn at(day_of_june: u32) -> DateTime<Utc> {
    day(day_of_june).and_hms_opt(2, 0, 0).expect("ten in Shanghai").and_utc()
}

fn entry(on: u32, event: Event) -> Entry {
    Entry { happened_at: at(on), recorded_at: at(on), undone_at: None, event }
}

fn said(status: Status) -> Event {
    let needs = Some("县财政局".to_owned());
    Event::Report(Said { needs, ..Said::plain(status, "说了".to_owned()) })
}

#[test]
fn a_filing_stands_on_a_day_as_what_was_recorded_by_then_left_it() {
    let stored = item(1, (1, 10, FilingState::Accepted, 1, 0)).filing;
    let mut taken_back = entry(2, said(Status::Done));
    taken_back.undone_at = Some(at(4));
    let entries = [
        taken_back,
        entry(5, said(Status::Blocked)),
        entry(9, said(Status::Done)),
        entry(12, Event::Decision(Act::SendBack, None)),
        entry(13, Event::Decision(Act::Extend, Some(day(25)))),
        entry(14, said(Status::Done)),
        entry(18, Event::Decision(Act::Close, None)),
    ];
    let on = |number: u32| {
        let now = Now::new(now().end_of(day(number)) - TimeDelta::milliseconds(1), now().zone());
        let (filing, course) = as_of(&stored, &entries, &now);
        let Standing { state, due_on, .. } = filing.standing;
        (state.as_str(), due_on, filing.was_overdue, course.returns)
    };
    assert_eq!(on(3), ("claimed", Some(day(10)), false, 0), "not taken back yet");
    assert_eq!(on(4), ("open", Some(day(10)), false, 0));
    assert_eq!(on(11), ("claimed", Some(day(10)), false, 0), "a claim in time is not overdue");
    assert_eq!(on(12), ("sent_back", Some(day(10)), true, 1), "owed again, and its day is over");
    assert_eq!(on(13), ("sent_back", Some(day(25)), true, 1), "history is not rewritten");
    assert_eq!(on(20), ("accepted", Some(day(25)), true, 1));
    let (filing, course) = as_of(&stored, &entries, &now());
    assert_eq!(
        course.done_at(filing.standing.state),
        Some(at(14)),
        "counted from the claim, not from the decision"
    );
}
