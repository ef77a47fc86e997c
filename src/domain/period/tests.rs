//! What a period code means, and that periods tile the calendar.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::{Cadence, Period};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn period(code: &str) -> Period {
    code.parse().expect("a period code")
}

#[test]
fn every_shape_has_its_code_its_name_and_its_days() {
    for (code, name, first, last) in [
        ("2022-W21", "第21周", "2022-05-23", "2022-05-29"),
        ("2020-W53", "第53周", "2020-12-28", "2021-01-03"),
        ("2022-05", "5月", "2022-05-01", "2022-05-31"),
        ("2024-02", "2月", "2024-02-01", "2024-02-29"),
        ("2022Q2", "二季度", "2022-04-01", "2022-06-30"),
        ("2022Q4", "四季度", "2022-10-01", "2022-12-31"),
        ("2022H1", "上半年", "2022-01-01", "2022-06-30"),
        ("2022H2", "下半年", "2022-07-01", "2022-12-31"),
        ("2022", "2022年", "2022-01-01", "2022-12-31"),
        ("2022-05-31", "5月31日", "2022-05-31", "2022-05-31"),
    ] {
        let period = period(code);
        assert_eq!(period.to_string(), code);
        assert_eq!(period.chinese(), name);
        assert_eq!(period.first_day(), Some(day(first)), "{code}");
        assert_eq!(period.last_day(), Some(day(last)), "{code}");
    }
}

#[test]
fn an_undated_one_off_has_no_days_and_no_neighbours() {
    let once = period("once");
    assert_eq!(once, Period::Once);
    assert_eq!(once.chinese(), "总体");
    assert_eq!((once.first_day(), once.last_day()), (None, None));
    assert_eq!((once.next(), once.previous(), once.cadence()), (None, None, None));
    assert!(!once.contains(day("2022-05-31")));
}

#[test]
fn days_around_new_year_belong_to_the_iso_year_of_their_week() {
    for (date, code) in [
        ("2022-01-02", "2021-W52"),
        ("2021-01-03", "2020-W53"),
        ("2024-12-30", "2025-W01"),
        ("2026-12-31", "2026-W53"),
    ] {
        assert_eq!(Period::containing(Cadence::Week, day(date)).to_string(), code);
    }
}

#[test]
fn what_is_not_written_exactly_is_refused() {
    for code in [
        "",
        "2022-W5",
        "2022-W00",
        "2022-W53",
        "2022-W99",
        "2022-13",
        "2022-00",
        "2022-5",
        "2022Q5",
        "2022Q0",
        "2022H3",
        "2022Q02",
        "22",
        "+2022",
        "2022-02-30",
        "2022-5-1",
        "Once",
        " 2022",
        "99999999999",
        "2022Q4294967295",
    ] {
        assert!(code.parse::<Period>().is_err(), "{code:?} was read");
    }
}

#[test]
fn cadences_are_read_in_both_languages() {
    for (text, cadence) in [
        ("week", Cadence::Week),
        ("每周", Cadence::Week),
        ("月", Cadence::Month),
        ("每月", Cadence::Month),
        ("季度", Cadence::Quarter),
        ("每季", Cadence::Quarter),
        ("半年", Cadence::Half),
        ("年度", Cadence::Year),
        ("year", Cadence::Year),
    ] {
        assert_eq!(text.parse(), Ok(cadence));
    }
    assert!("定期".parse::<Cadence>().is_err());
    assert!("".parse::<Cadence>().is_err());
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..146_097_u64).prop_map(|n| day("1900-01-01") + Days::new(n))
}

fn any_cadence() -> impl Strategy<Value = Cadence> {
    (0..Cadence::ALL.len()).prop_map(|n| Cadence::ALL[n])
}

proptest! {
    #[test]
    fn a_code_reads_back_as_the_same_period(cadence in any_cadence(), date in any_day()) {
        for period in [Period::containing(cadence, date), Period::Day(date)] {
            prop_assert_eq!(period.to_string().parse(), Ok(period));
        }
    }

    #[test]
    fn periods_tile_the_calendar(cadence in any_cadence(), date in any_day()) {
        let period = Period::containing(cadence, date);
        let (first, last) = (period.first_day().expect("dated"), period.last_day().expect("dated"));
        prop_assert!(period.contains(date) && first <= date && date <= last);
        prop_assert_eq!(period.cadence(), Some(cadence));
        let (next, previous) = (period.next().expect("dated"), period.previous().expect("dated"));
        prop_assert_eq!(next.first_day(), last.succ_opt());
        prop_assert_eq!(previous.last_day(), first.pred_opt());
        prop_assert_eq!((next.previous(), previous.next()), (Some(period), Some(period)));
        prop_assert!(previous < period && period < next);
    }

    #[test]
    fn only_what_is_written_the_one_way_is_read(code in "[0-9QHW-]{0,12}|.{0,12}") {
        if let Ok(period) = code.parse::<Period>() {
            prop_assert_eq!(period.to_string(), code);
        }
    }
}
