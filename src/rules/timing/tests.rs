//! Golden dates of rounds on the shipped calendar, and what holds for all of them.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate, NaiveDateTime};
use proptest::prelude::*;

use super::{Timing, TimingError, Window};
use crate::domain::period::{Cadence, Period};
use crate::domain::workdays::{Shift, Workdays};

const WEEKLY: (&str, &str) = ("0 0 9 * * Mon", "0 0 17 * * Fri");
const MONTHLY: (&str, &str) = ("last_workday-3 09:00", "last_workday 17:00");
const QUARTERLY: (&str, &str) = ("0 0 9 1 1,4,7,10 *", "first_workday+4 17:00");
const YEARLY: (&str, &str) = ("0 30 9 15 6 *", "0 0 17 30 11 *");

static SHIPPED: LazyLock<Workdays> = LazyLock::new(|| {
    Workdays::from_toml(include_str!("../../../config/holidays.toml")).expect("the table is sound")
});

fn shipped() -> &'static Workdays {
    &SHIPPED
}

fn timing((opens, due): (&str, &str)) -> Timing {
    Timing::new(opens, due, Shift::Before).expect("sound times")
}

fn period(code: &str) -> Period {
    code.parse().expect("a period code")
}

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a local time")
}

/// `2022-09-13 09:00 – 2022-09-16 17:00`
fn shown(window: Window) -> String {
    let format = "%Y-%m-%d %H:%M";
    format!("{} – {}", window.opens.format(format), window.due.format(format))
}

fn window(times: (&str, &str), code: &str) -> String {
    shown(timing(times).window(period(code), shipped()).expect("a window"))
}

#[test]
fn an_ordinary_week_opens_on_monday_and_is_due_on_friday() {
    assert_eq!(window(WEEKLY, "2022-W26"), "2022-06-27 09:00 – 2022-07-01 17:00");
}

#[test]
fn a_holiday_monday_opens_on_the_next_workday_of_its_week() {
    assert_eq!(window(WEEKLY, "2022-W37"), "2022-09-13 09:00 – 2022-09-16 17:00");
}

#[test]
fn the_week_of_national_day_opens_and_ends_on_its_make_up_saturday() {
    assert_eq!(window(WEEKLY, "2022-W40"), "2022-10-08 09:00 – 2022-10-08 17:00");
}

#[test]
fn a_holiday_friday_is_due_the_workday_before() {
    assert_eq!(window(WEEKLY, "2022-W22"), "2022-05-30 09:00 – 2022-06-02 17:00");
}

#[test]
fn the_week_of_spring_festival_waits_for_its_make_up_sunday() {
    assert_eq!(window(WEEKLY, "2024-W07"), "2024-02-18 09:00 – 2024-02-18 17:00");
}

#[test]
fn a_week_without_any_workday_is_asked_about_on_the_last_one_before() {
    assert_eq!(window(WEEKLY, "2026-W08"), "2026-02-14 09:00 – 2026-02-14 17:00");
    assert_eq!(window(WEEKLY, "2020-W05"), "2020-01-23 09:00 – 2020-01-23 17:00");
    assert_eq!(window(MONTHLY, "2026-W08"), "2026-02-14 09:00 – 2026-02-14 17:00");
}

#[test]
fn months_end_on_their_last_workday() {
    assert_eq!(window(MONTHLY, "2022-06"), "2022-06-27 09:00 – 2022-06-30 17:00");
    assert_eq!(window(MONTHLY, "2022-07"), "2022-07-26 09:00 – 2022-07-29 17:00");
    assert_eq!(window(MONTHLY, "2022-12"), "2022-12-27 09:00 – 2022-12-30 17:00");
}

#[test]
fn quarters_and_years_have_windows_too() {
    assert_eq!(window(QUARTERLY, "2022Q2"), "2022-04-01 09:00 – 2022-04-08 17:00");
    assert_eq!(window(QUARTERLY, "2022Q4"), "2022-10-08 09:00 – 2022-10-12 17:00");
    assert_eq!(window(YEARLY, "2022"), "2022-06-15 09:30 – 2022-11-30 17:00");
    assert_eq!(window(YEARLY, "2025"), "2025-06-16 09:30 – 2025-11-28 17:00");
}

#[test]
fn the_due_date_moves_the_configured_way() {
    let after = Timing::new(WEEKLY.0, WEEKLY.1, Shift::After).expect("sound");
    let keep = Timing::new(WEEKLY.0, WEEKLY.1, Shift::Keep).expect("sound");
    let at = |timing: Timing| shown(timing.window(period("2022-W22"), shipped()).expect("a window"));
    assert_eq!(at(after), "2022-05-30 09:00 – 2022-06-06 17:00");
    assert_eq!(at(keep), "2022-05-30 09:00 – 2022-06-03 17:00");
}

#[test]
fn a_due_time_that_has_passed_at_the_opening_moves_to_the_next_workday() {
    let times = ("last_workday 16:00", "last_workday 09:00");
    assert_eq!(window(times, "2022-06"), "2022-06-30 16:00 – 2022-07-01 09:00");
}

#[test]
fn counted_workdays_never_leave_their_period() {
    let times = ("last_workday-9 09:00", "first_workday+9 17:00");
    assert_eq!(window(times, "2022-W26"), "2022-06-27 09:00 – 2022-07-01 17:00");
}

#[test]
fn an_undated_period_has_no_window() {
    for period in [Period::Once, Period::Day(NaiveDate::MIN)] {
        assert_eq!(timing(WEEKLY).window(period, shipped()), Err(TimingError::Undated));
    }
}

#[test]
fn after_downtime_only_the_newest_round_is_asked() {
    let (timing, calendar) = (timing(WEEKLY), shipped());
    for (now, code) in [
        ("2022-06-27 08:59", "2022-W25"),
        ("2022-06-27 09:00", "2022-W26"),
        ("2022-07-03 23:59", "2022-W26"),
        ("2022-09-12 12:00", "2022-W36"),
        ("2022-09-13 09:00", "2022-W37"),
        ("2026-02-14 09:00", "2026-W08"),
        ("2026-02-14 08:59", "2026-W07"),
    ] {
        let (period, window) = timing.latest(Cadence::Week, wall(now), calendar).expect("a round");
        assert_eq!(period.to_string(), code, "at {now}");
        assert!(window.opens <= wall(now));
    }
}

#[test]
fn the_next_round_opens_strictly_later() {
    let (timing, calendar) = (timing(WEEKLY), shipped());
    for (now, code) in [
        ("2022-06-27 08:59", "2022-W26"),
        ("2022-06-27 09:00", "2022-W27"),
        ("2022-09-11 12:00", "2022-W37"),
        ("2026-02-14 08:59", "2026-W08"),
        ("2026-02-14 09:00", "2026-W09"),
    ] {
        let (period, window) = timing.next(Cadence::Week, wall(now), calendar).expect("a round");
        assert_eq!(period.to_string(), code, "at {now}");
        assert!(window.opens > wall(now));
    }
}

#[test]
fn a_round_that_would_leave_out_a_period_is_refused() {
    let check = |opens, cadence| Timing::new(opens, MONTHLY.1, Shift::Before)?.check(cadence);
    assert_eq!(check("0 0 9 * * Mon", Cadence::Week), Ok(()));
    assert_eq!(check("0 0 9 28 * *", Cadence::Month), Ok(()));
    assert_eq!(check("last_workday-3 09:00", Cadence::Half), Ok(()));
    let refused = check("0 0 9 31 * *", Cadence::Month).expect_err("February has no 31st");
    assert_eq!(refused.to_string(), "“0 0 9 31 * *”在 2001-02 里没有时间点,每一期都应有");
    assert!(check("0 0 9 1 * *", Cadence::Week).is_err());
    assert!(check("0 0 9 1 7 *", Cadence::Half).is_err());
    assert!(check("0 0 9 29 2 *", Cadence::Year).is_err());
    let due = Timing::new(MONTHLY.0, "0 0 17 31 * *", Shift::Before).expect("sound by itself");
    let refused = due.check(Cadence::Month).expect_err("February has no 31st");
    assert!(refused.to_string().starts_with("“0 0 17 31 * *”在 2001-02"));
    for (times, cadence) in
        [(MONTHLY, Cadence::Month), (QUARTERLY, Cadence::Quarter), (YEARLY, Cadence::Year)]
    {
        assert_eq!(timing(times).check(cadence), Ok(()));
    }
}

/// A cadence with times that fit it.
fn any_round() -> impl Strategy<Value = (Cadence, Timing)> {
    let times = [WEEKLY, MONTHLY, ("first_workday+2 16:00", "last_workday-1 08:00")];
    let fitting = (0..5_usize, 0..3_usize, 0..3_usize).prop_map(move |(cadence, times_at, shift)| {
        let (opens, due) = times[times_at];
        let shift = [Shift::Before, Shift::After, Shift::Keep][shift];
        (Cadence::ALL[cadence], Timing::new(opens, due, shift).expect("sound"))
    });
    prop_oneof![
        4 => fitting,
        1 => Just((Cadence::Quarter, timing(QUARTERLY))),
        1 => Just((Cadence::Year, timing(YEARLY))),
    ]
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(2002, 1, 1).expect("a date");
    (0..10_000_u64).prop_map(move |n| first + Days::new(n))
}

proptest! {
    #[test]
    fn a_window_opens_on_a_workday_and_closes_later((cadence, timing) in any_round(), date in any_day()) {
        let calendar = shipped();
        let period = Period::containing(cadence, date);
        let window = timing.window(period, calendar).expect("dated");
        prop_assert!(window.opens < window.due, "{period}: {}", shown(window));
        prop_assert!(calendar.is_workday(window.opens.date()), "{period}: {}", shown(window));
        prop_assert!(window.opens.date() <= period.last_day().expect("dated"));
        let worked = calendar.is_workday(calendar.last_of(period).expect("dated"));
        prop_assert!(worked);
        if timing.shift != Shift::Keep {
            prop_assert!(calendar.is_workday(window.due.date()), "{period}: {}", shown(window));
        }
    }

    #[test]
    fn an_opening_leaves_its_period_only_where_no_workday_is_left((cadence, timing) in any_round(), date in any_day()) {
        let calendar = shipped();
        let period = Period::containing(cadence, date);
        let window = timing.window(period, calendar).expect("dated");
        let worked = period.contains(calendar.last_of(period).expect("dated"));
        prop_assert_eq!(period.contains(window.opens.date()), worked);
    }

    #[test]
    fn now_lies_between_the_latest_round_and_the_next(
        (cadence, timing) in any_round(), date in any_day(), minute in 0..1440_u32,
    ) {
        let calendar = shipped();
        let now = date.and_hms_opt(minute / 60, minute % 60, 0).expect("dated");
        let (latest, opened) = timing.latest(cadence, now, calendar).expect("dated");
        let (next, opens) = timing.next(cadence, now, calendar).expect("dated");
        prop_assert!(opened.opens <= now && now < opens.opens);
        prop_assert_eq!(latest.next(), Some(next));
    }
    #[test]
    fn whatever_stands_in_the_config_is_read_or_refused(
        fields in proptest::collection::vec("[0-9*/,?LW#-]{1,12}|Mon|Fri-Mon", 1..8), text in ".{0,40}",
    ) {
        for opens in [fields.join(" "), format!("last_workday{text}"), text] {
            if let Ok(timing) = Timing::new(&opens, WEEKLY.1, Shift::Before) {
                let window = timing.window(period("2022-06"), shipped());
                prop_assert!(window.is_err() || window.is_ok_and(|window| window.opens < window.due));
            }
        }
    }
}
