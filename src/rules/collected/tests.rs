//! Which rounds are told of, when, and what is collected.

use chrono::NaiveDate;
use chrono_tz::Asia::Shanghai;
use proptest::prelude::*;

use super::*;
use crate::config;
use crate::domain::filing::{Owner, Patience, Standing};
use crate::domain::ids::{FilingId, UnitId};

fn now(local: &str) -> Now {
    let now = Now::new(DateTime::UNIX_EPOCH, Shanghai);
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a moment");
    Now::new(now.instant_of(local), Shanghai)
}

#[test]
fn a_round_is_told_of_once_it_has_ended_and_for_ten_days() {
    let settings = config::shipped();
    let periods = |at: &str| -> Vec<String> {
        let ended = ended(&settings.policy, &settings.calendar, &now(at));
        ended.iter().map(|one| one.period.to_string()).collect()
    };
    assert_eq!(periods("2022-06-30 17:00"), Vec::<String>::new(), "the day is not over");
    assert_eq!(periods("2022-07-01 09:00"), ["2022-06", "2022Q2", "2022H1"]);
    assert_eq!(periods("2022-07-08 09:00"), ["2022-06", "2022Q2", "2022H1"]);
    assert_eq!(periods("2022-07-12 09:00"), Vec::<String>::new(), "no news any more");
    assert_eq!(periods("2022-10-08 09:00"), ["2022-09", "2022Q3"], "the holidays lie between");
}

#[test]
fn what_a_lead_was_told_of_is_no_news() {
    let settings = config::shipped();
    let month = ended(&settings.policy, &settings.calendar, &now("2022-07-01 09:00"))[0];
    assert!(is_news(&month, None));
    assert!(is_news(&month, Some(now("2022-06-30 09:00").at())));
    assert!(!is_news(&month, Some(now("2022-07-01 09:00").at())));
}

proptest! {
    /// Whoever waits for `next_end` misses none: nothing that is told of later was there before.
    #[test]
    fn nothing_ends_between_now_and_the_next_end(hours in 0i64..8_000) {
        let settings = config::shipped();
        let (policy, calendar) = (&settings.policy, &settings.calendar);
        let start = now("2022-01-03 09:00");
        let here = Now::new(start.at() + TimeDelta::hours(hours), Shanghai);
        let next = next_end(policy, calendar, &here).expect("a next end");
        prop_assert!(next > here.at());
        let just_before = Now::new(next - TimeDelta::seconds(1), Shanghai);
        let known = ended(policy, calendar, &here);
        for one in ended(policy, calendar, &just_before) {
            prop_assert!(known.contains(&one), "{one:?}");
        }
        let at = ended(policy, calendar, &Now::new(next, Shanghai));
        prop_assert!(at.iter().any(|one| !known.contains(one)));
    }
}

fn filed(owner: &str, change: impl FnOnce(&mut Standing)) -> Filed {
    let since = now("2022-06-20 09:00");
    let due = NaiveDate::from_ymd_opt(2022, 6, 30).expect("a day");
    let mut filing = Filing {
        id: FilingId(0),
        owner: Owner::Unit(UnitId(0)),
        period: Period::Month { year: 2022, month: 6 },
        opened_at: since.at(),
        reviewed: false,
        progress: false,
        target: Some(Quantity::new(10.0, "户")),
        starts: None,
        patience: Patience::default(),
        was_overdue: false,
        version: 0,
        standing: Standing::new(since.at(), Some(due), Some(since.end_of(due))),
    };
    change(&mut filing.standing);
    Filed {
        task: TaskNo(5),
        title: Some("调度".to_owned()),
        duty: DutyId(1),
        duty_text: "月调度".to_owned(),
        owner: owner.to_owned(),
        filing,
    }
}

#[test]
fn whoever_said_nothing_is_named_and_whoever_is_exempt_does_not_count() {
    let said = |standing: &mut Standing, text: &str| {
        standing.last_text = Some(text.to_owned());
        standing.reported_at = Some(now("2022-06-28 09:00").at());
    };
    let all = [
        filed("甲局", |_| {}),
        filed("乙局", |standing| {
            said(standing, "走访6户");
            standing.quantity = Some(6.0);
            standing.state = FilingState::Accepted;
        }),
        filed("丙局", |standing| {
            said(standing, "没有名单,走不了");
            standing.blocker = Some("没有名单".to_owned());
        }),
        filed("丁局", |standing| standing.state = FilingState::Exempt),
        filed("戊局", |standing| standing.state = FilingState::Accepted),
    ];
    let collected = collect(&all);
    let [one] = collected.as_slice() else { panic!("one duty: {collected:?}") };
    assert_eq!((one.counted, one.silent.as_slice()), (4, ["甲局".to_owned()].as_slice()));
    assert_eq!(one.stuck, [("丙局".to_owned(), "没有名单".to_owned())]);
    assert_eq!(one.said, [("乙局".to_owned(), "走访6户".to_owned())]);
    assert_eq!(one.reached, Some(Quantity::new(6.0, "户")));
}

#[test]
fn what_somebody_is_missing_of_stands_first() {
    let done = |standing: &mut Standing| standing.state = FilingState::Accepted;
    let all = [
        Filed { task: TaskNo(3), duty: DutyId(9), ..filed("甲局", done) },
        Filed { task: TaskNo(8), ..filed("甲局", |_| {}) },
    ];
    let tasks: Vec<TaskNo> = collect(&all).iter().map(|one| one.task).collect();
    assert_eq!(tasks, [TaskNo(8), TaskNo(3)]);
}
