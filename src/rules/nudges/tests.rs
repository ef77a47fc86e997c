//! The ladder of a filing, day by day.

use chrono::Duration;
use proptest::prelude::*;

use super::*;
use crate::config;
use crate::domain::filing::{FilingState, Owner, Patience, Standing};
use crate::domain::ids::{FilingId, UnitId};
use crate::domain::period::Period;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(local: &str) -> Now {
    let zone = chrono_tz::Asia::Shanghai;
    let local = chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").expect("a time");
    Now::new(Now::new(DateTime::UNIX_EPOCH, zone).instant_of(local), zone)
}

fn filing(period: Period, due: &str, opened: &str) -> Filing {
    let opened = at(opened);
    Filing {
        id: FilingId(1),
        owner: Owner::Unit(UnitId(1)),
        period,
        opened_at: opened.at(),
        reviewed: true,
        progress: false,
        target: None,
        starts: None,
        patience: Patience::default(),
        was_overdue: false,
        version: 0,
        standing: Standing::new(opened.at(), Some(day(due)), Some(opened.end_of(day(due)))),
    }
}

/// Every step with its day, as the clock would find it looking each hour.
fn told(filing: &Filing, from: &str, days: i64) -> Vec<(String, String)> {
    let settings = config::shipped();
    let start = at(from);
    let mut told: Vec<(String, String)> = Vec::new();
    for hour in 0..days * 24 {
        let now = Now::new(start.at() + Duration::hours(hour), start.zone());
        if let Some(step) = look(filing, None, &settings.policy, &settings.calendar, &now).say {
            let line = (step.reason.step(), step.on.to_string());
            if told.last() != Some(&line) {
                told.push(line);
            }
        }
    }
    told
}

fn steps(told: &[(String, String)]) -> Vec<String> {
    told.iter().map(|(step, on)| format!("{on} {step}")).collect()
}

#[test]
fn a_dated_filing_is_named_before_on_and_after_its_day_and_then_goes_up() {
    let filing = filing(Period::Day(day("2022-05-31")), "2022-05-31", "2022-05-18 09:00");
    // 06-03 is the Dragon Boat holiday.
    assert_eq!(
        steps(&told(&filing, "2022-05-18 09:00", 40)),
        [
            "2022-05-20 before-7",
            "2022-05-26 before-3",
            "2022-05-30 before-1",
            "2022-05-31 due",
            "2022-06-01 overdue-1",
            "2022-06-06 overdue-3",
            "2022-06-08 escalated-head",
            "2022-06-10 escalated-office",
            "2022-06-15 draft",
        ]
    );
}

#[test]
fn a_day_off_is_named_on_the_last_workday_before() {
    // 2022-12-31 is a Saturday and belongs to the next year's holiday list.
    let filing = filing(Period::Day(day("2022-12-31")), "2022-12-31", "2022-05-18 09:00");
    let told = told(&filing, "2022-12-15 09:00", 30);
    assert!(told.contains(&("due".to_owned(), "2022-12-30".to_owned())), "{told:?}");
    assert!(told.contains(&("overdue-1".to_owned(), "2023-01-03".to_owned())), "{told:?}");
}

#[test]
fn a_weekly_filing_is_reminded_once_and_told_upwards_once() {
    let filing = filing(Period::Week { iso_year: 2022, week: 26 }, "2022-07-01", "2022-06-27 09:00");
    assert_eq!(steps(&told(&filing, "2022-06-27 09:00", 30)), ["2022-06-30 not-filed", "2022-07-04 missed"]);
}

#[test]
fn what_only_asks_for_progress_is_never_told_upwards() {
    let mut filing = filing(Period::Month { year: 2022, month: 6 }, "2022-06-30", "2022-06-27 09:00");
    filing.progress = true;
    assert_eq!(steps(&told(&filing, "2022-06-27 09:00", 60)), ["2022-06-29 not-filed"]);
}

#[test]
fn a_plan_may_be_more_patient_than_the_settings() {
    let mut filing = filing(Period::Day(day("2022-05-31")), "2022-05-31", "2022-05-18 09:00");
    filing.patience = Patience { head: Some(5), office: Some(3) };
    let steps = steps(&told(&filing, "2022-05-18 09:00", 40));
    // The last nudge is on 6 June, three workdays after the day with the Dragon Boat Friday between.
    assert!(steps.contains(&"2022-06-13 escalated-head".to_owned()), "{steps:?}");
    assert!(steps.contains(&"2022-06-16 escalated-office".to_owned()), "{steps:?}");
}

#[test]
fn without_a_day_nothing_is_late() {
    let mut filing = filing(Period::Once, "2022-06-30", "2022-05-18 09:00");
    filing.standing.due_on = None;
    assert_eq!(steps(&told(&filing, "2022-05-18 09:00", 60)), ["2022-06-23 silent-25"]);
}

#[test]
fn an_acknowledgement_rests_until_the_promised_day_and_then_goes_on() {
    let mut filing = filing(Period::Day(day("2022-05-31")), "2022-05-31", "2022-05-18 09:00");
    filing.standing.quiet_until = Some(day("2022-05-27"));
    let told = told(&filing, "2022-05-18 09:00", 14);
    assert_eq!(steps(&told), ["2022-05-30 before-1", "2022-05-31 due"]);
}

#[test]
fn who_has_just_reported_is_spared_the_early_nudges_but_not_the_day_itself() {
    let mut filing = filing(Period::Day(day("2022-05-31")), "2022-05-31", "2022-05-18 09:00");
    filing.standing.reported_at = Some(at("2022-05-30 08:00").at());
    assert_eq!(steps(&told(&filing, "2022-05-30 08:30", 3)), ["2022-05-31 due", "2022-06-01 overdue-1"]);
}

#[test]
fn what_was_sent_back_after_its_day_gets_the_ladder_again_from_the_return() {
    let mut filing = filing(Period::Day(day("2022-05-31")), "2022-05-31", "2022-05-18 09:00");
    filing.standing.state = FilingState::SentBack;
    filing.standing.cycle = 2;
    filing.standing.since = at("2022-07-04 10:00").at();
    let told = told(&filing, "2022-07-04 10:00", 14);
    assert_eq!(
        steps(&told),
        [
            "2022-07-05 overdue-1",
            "2022-07-07 overdue-3",
            "2022-07-11 escalated-head",
            "2022-07-13 escalated-office",
            "2022-07-18 draft"
        ]
    );
}

#[test]
fn what_is_settled_or_claimed_is_left_alone() {
    for state in [FilingState::Claimed, FilingState::Accepted, FilingState::Exempt, FilingState::Void] {
        let mut filing = filing(Period::Day(day("2022-05-31")), "2022-05-31", "2022-05-18 09:00");
        filing.standing.state = state;
        assert_eq!(told(&filing, "2022-05-18 09:00", 40), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Looking only when the last look said so finds every step that looking each hour finds (law L4: the stored next
    /// look is no more than a short cut), and every step lies on a workday.
    #[test]
    fn the_next_look_misses_nothing(due_in in 0i64..60, opened_in in 0i64..20, quiet in proptest::option::of(0i64..40)) {
        let settings = config::shipped();
        let start = at("2022-09-01 10:30");
        let due = start.today() + Duration::days(due_in);
        let mut filing = filing(Period::Day(due), &due.to_string(), "2022-09-01 10:30");
        filing.standing.since = start.at() + Duration::days(opened_in);
        filing.standing.quiet_until = quiet.map(|days| start.today() + Duration::days(days));
        let every_hour = told(&filing, "2022-09-01 10:30", 110);
        let mut by_looks: Vec<(String, String)> = Vec::new();
        let mut next = Some(start.at());
        while let Some(at) = next.filter(|at| *at < start.at() + Duration::days(110)) {
            let now = Now::new(at, start.zone());
            let found = look(&filing, None, &settings.policy, &settings.calendar, &now);
            if let Some(step) = found.say {
                prop_assert!(settings.calendar.is_workday(step.on));
                let line = (step.reason.step(), step.on.to_string());
                if by_looks.last() != Some(&line) {
                    by_looks.push(line);
                }
            }
            prop_assert!(found.again.is_none_or(|again| again > at));
            next = found.again;
        }
        // The last step stays true after it was said; looking again would only repeat it.
        prop_assert_eq!(by_looks, every_hour);
    }
}

#[test]
fn an_item_without_a_word_is_asked_about_and_the_silence_is_counted_anew() {
    let settings = config::shipped();
    let mut undated = filing(Period::Once, "2022-12-31", "2022-05-18 09:00");
    (undated.standing.due_on, undated.standing.due_at) = (None, None);
    let look_on = |now: &str, last_word: Option<&str>| {
        let last_word = last_word.map(|text| at(text).at());
        look(&undated, last_word, &settings.policy, &settings.calendar, &at(now))
    };
    // 25 workdays after 18 May, with the Dragon Boat Friday between.
    assert_eq!(look_on("2022-06-22 18:00", None).say, None);
    let asked = look_on("2022-06-23 09:00", None);
    assert_eq!(asked.say.map(|step| step.reason), Some(Reason::Silent(25)));
    assert_eq!(asked.again, Some(at("2022-07-28 09:00").at()), "and 25 workdays later");
    // A report or an ask in between breaks it.
    let heard = look_on("2022-06-23 09:00", Some("2022-05-31 11:00"));
    assert_eq!(heard.say, None);
    assert_eq!(heard.again, Some(at("2022-07-06 09:00").at()));
}
