//! The shipped holiday table against an independent one, day by day.

use chinese_holiday::chinese_holiday;
use chrono::{Datelike, NaiveDate};
use duban::domain::workdays::Workdays;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

/// What the crate says; it panics outside of 2004-01-01..=2026-12-25.
fn crate_says_work(date: NaiveDate) -> bool {
    let year = u16::try_from(date.year()).expect("four digits");
    let part = |n: u32| u8::try_from(n).expect("two digits");
    chinese_holiday((year, part(date.month()), part(date.day()))).is_workday()
}

#[test]
fn the_table_agrees_with_the_crate_except_where_the_crate_is_wrong() {
    let table = Workdays::from_toml(include_str!("../../config/holidays.toml")).expect("sound");
    let differences: Vec<(String, bool)> = day(2004, 1, 1)
        .iter_days()
        .take_while(|date| *date <= day(2026, 12, 25))
        .filter(|date| table.is_workday(*date) != crate_says_work(*date))
        .map(|date| (date.to_string(), table.is_workday(date)))
        .collect();
    // The notice for 2016 makes the Sunday after National Day a make-up day, and the one for 2017 frees nothing
    // before the weekend of New Year: the crate misses the first and puts the Friday off.
    let known = [("2016-10-09".to_owned(), true), ("2016-12-30".to_owned(), true)];
    assert_eq!(differences, known);
}

#[test]
fn the_saturday_before_new_year_2006_was_worked() {
    // Other tables miss this make-up day; the notice for 2006 (国办发明电〔2005〕35号) names it.
    let table = Workdays::from_toml(include_str!("../../config/holidays.toml")).expect("sound");
    assert!(table.is_workday(day(2005, 12, 31)));
}

#[test]
fn every_listed_day_has_a_name_and_lies_in_a_covered_year() {
    let table = Workdays::from_toml(include_str!("../../config/holidays.toml")).expect("sound");
    let years: Vec<i32> = table.covered_years().collect();
    assert_eq!(years, (2004..=2026).collect::<Vec<_>>());
    for listed in table.special_days() {
        assert!(years.contains(&listed.date.year()), "{}", listed.date);
        assert!(!listed.name.is_empty(), "{}", listed.date);
    }
}
