//! Workday arithmetic on the shipped table, and the mistakes that its reader points at.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::{DayKind, Shift, SpecialDay, Workdays};
use crate::domain::period::{Cadence, Period};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

static SHIPPED: LazyLock<Workdays> = LazyLock::new(|| {
    Workdays::from_toml(include_str!("../../../config/holidays.toml")).expect("the table is sound")
});

fn shipped() -> &'static Workdays {
    &SHIPPED
}

/// What the reader says about a table, one line a mistake.
fn complaint(text: &str) -> String {
    Workdays::from_toml(text).expect_err("the table is wrong").to_string()
}

#[test]
fn holidays_are_off_and_make_up_days_are_worked() {
    let calendar = shipped();
    for (date, works) in [
        ("2022-06-27", true),
        ("2022-06-25", false),
        ("2022-09-12", false),
        ("2022-10-03", false),
        ("2022-10-08", true),
        ("2022-10-09", true),
        ("2022-12-30", true),
        ("2022-12-31", false),
        ("2016-10-09", true),
        ("2016-12-30", true),
        ("2005-12-31", true),
    ] {
        assert_eq!(calendar.is_workday(day(date)), works, "{date}");
    }
}

#[test]
fn only_days_off_carry_the_name_of_a_holiday() {
    let calendar = shipped();
    assert_eq!(calendar.holiday_name(day("2022-09-12")), Some("中秋节"));
    assert_eq!(calendar.holiday_name(day("2022-12-31")), Some("元旦"));
    assert_eq!(calendar.holiday_name(day("2022-10-08")), None);
    assert_eq!(calendar.holiday_name(day("2022-06-25")), None);
}

#[test]
fn counting_skips_the_national_holiday_and_takes_in_the_make_up_weekend() {
    let calendar = shipped();
    assert_eq!(calendar.next_workday(day("2022-09-30")), day("2022-10-08"));
    assert_eq!(calendar.previous_workday(day("2022-10-10")), day("2022-10-09"));
    assert_eq!(calendar.add(day("2022-09-30"), 3), day("2022-10-10"));
    assert_eq!(calendar.add(day("2022-10-10"), -3), day("2022-09-30"));
    assert_eq!(calendar.add(day("2022-10-03"), 0), day("2022-10-03"));
    assert_eq!(calendar.between(day("2022-09-30"), day("2022-10-10")), 3);
    assert_eq!(calendar.between(day("2022-10-10"), day("2022-09-30")), -3);
    assert_eq!(calendar.between(day("2022-10-01"), day("2022-10-07")), 0);
}

#[test]
fn a_date_without_work_is_moved_as_asked() {
    let calendar = shipped();
    let end_of_april = day("2022-04-30");
    assert_eq!(calendar.shifted(end_of_april, Shift::Before), day("2022-04-29"));
    assert_eq!(calendar.shifted(end_of_april, Shift::After), day("2022-05-05"));
    assert_eq!(calendar.shifted(end_of_april, Shift::Keep), end_of_april);
    assert_eq!(calendar.shifted(day("2022-05-07"), Shift::After), day("2022-05-07"));
}

#[test]
fn a_period_knows_its_first_and_last_workday() {
    let calendar = shipped();
    for (code, first, last) in [
        ("2022", "2022-01-04", "2022-12-30"),
        ("2022-07", "2022-07-01", "2022-07-29"),
        ("2022-W40", "2022-10-08", "2022-10-09"),
        ("2024-W07", "2024-02-18", "2024-02-18"),
        // Nobody works from Monday to Sunday: the Saturday before stands in.
        ("2026-W08", "2026-02-14", "2026-02-14"),
        ("2022-10-03", "2022-09-30", "2022-09-30"),
    ] {
        let period: Period = code.parse().expect("a period");
        assert_eq!(calendar.first_of(period), Some(day(first)), "{code}");
        assert_eq!(calendar.last_of(period), Some(day(last)), "{code}");
    }
    assert_eq!(calendar.last_of(Period::Once), None);
}

#[test]
fn a_year_without_a_notice_has_weekends_and_the_fixed_days_only() {
    let calendar = shipped();
    assert!(calendar.is_provisional(2027) && calendar.is_provisional(2003));
    assert!(!calendar.is_provisional(2026) && !calendar.is_provisional(2004));
    for (date, works) in [
        ("2027-01-01", false),
        ("2027-02-08", true),
        ("2027-04-30", true),
        ("2027-05-03", true),
        ("2028-05-02", false),
        ("2003-05-02", true),
        ("2027-10-01", false),
        ("2027-10-04", true),
        ("2027-10-09", false),
    ] {
        assert_eq!(calendar.is_workday(day(date)), works, "{date}");
    }
    assert_eq!(calendar.holiday_name(day("2028-10-03")), Some("国庆节"));
    // A covered year is taken at its word: no notice put 2 May 2024 off by itself.
    let bare = Workdays::new([], [2027]);
    assert!(bare.is_workday(day("2027-01-01")));
}

#[test]
fn the_next_years_notice_may_take_the_last_day_of_this_one() {
    let text = "[year.2023]\noff = [\"2022-12-31..2023-01-02 元旦\"]\n";
    let calendar = Workdays::from_toml(text).expect("sound");
    assert!(calendar.is_provisional(2022));
    assert_eq!(calendar.previous_workday(day("2023-01-01")), day("2022-12-30"));
}

#[test]
fn entries_keep_the_number_of_their_notice() {
    let calendar = shipped();
    let day = calendar.special_days().find(|listed| listed.date == day("2022-12-31"));
    assert_eq!(
        day,
        Some(&SpecialDay {
            date: self::day("2022-12-31"),
            kind: DayKind::Off,
            name: "元旦".to_owned(),
            notice: Some("国办发明电〔2022〕16号".to_owned()),
        })
    );
    assert_eq!(calendar.covered_years().collect::<Vec<_>>(), (2004..=2026).collect::<Vec<_>>());
}

#[test]
fn every_mistake_is_told_with_its_line_and_key() {
    let text = r#"[year.2022]
off = [
  "2022-10-01..2022-10-07 国庆节",
  "2022-02-30 春节",
  "2022-10-01",
  "2022-10-07..2022-10-01 国庆节",
  "2021-05-01 劳动节",
]
work = ["2022-10-07 国庆节", "2022-10-08 国庆节",
  "2022-10-08 国庆节"]

[year.next]
"#;
    assert_eq!(
        complaint(text),
        "第4行 year.2022.off:“2022-02-30 春节”看不懂,应如 \"2022-10-01..2022-10-07 国庆节\" 或 \"2022-10-08 国庆节\"
第5行 year.2022.off:“2022-10-01”看不懂,应如 \"2022-10-01..2022-10-07 国庆节\" 或 \"2022-10-08 国庆节\"
第6行 year.2022.off:2022-10-07 至 2022-10-01 前后颠倒或超过31天
第7行 year.2022.off:2021-05-01 不在本年(可含上年12月、下年1月),请放到该年的节里
第9行 year.2022.work:2022-10-07 不是周六、周日,不能作补班日
第10行 year.2022.work:2022-10-08 已列过一次,放假、补班只能取一
第12行 year.next:节名应为四位年份,如 [year.2027]"
    );
}

#[test]
fn a_table_that_is_no_toml_is_told_with_its_line_and_key() {
    let told = complaint("[year.2022]\noff = [\"2022-10-01 国庆节\"\nwork = []\n");
    assert!(told.starts_with("第3行 work:写法有误("), "{told}");
    let told = complaint("[year.2022]\n\nofff = []\n");
    assert!(told.starts_with("第3行 offf:写法有误(unknown field `offf`"), "{told}");
    let told = complaint("[year.2022]\nnotice = 11\n");
    assert!(told.starts_with("第2行 notice:写法有误("), "{told}");
}

#[test]
fn the_ends_of_time_do_not_panic() {
    let calendar = Workdays::default();
    assert_eq!(calendar.next_workday(NaiveDate::MAX), NaiveDate::MAX);
    assert_eq!(calendar.previous_workday(NaiveDate::MIN), NaiveDate::MIN);
    assert_eq!(calendar.add(NaiveDate::MAX, i64::MAX), NaiveDate::MAX);
    assert_eq!(calendar.add(NaiveDate::MIN, i64::MIN), NaiveDate::MIN);
}

/// Any day from 2000 to 2030: covered and provisional years.
fn any_day() -> impl Strategy<Value = NaiveDate> {
    (0..11_000_u64).prop_map(|n| day("2000-01-01") + Days::new(n))
}

proptest! {
    #[test]
    fn going_forth_and_back_ends_where_it_began(date in any_day(), n in -300..300_i64) {
        let calendar = shipped();
        let start = calendar.on_or_after(date);
        let there = calendar.add(start, n);
        prop_assert_eq!(calendar.add(there, -n), start);
        prop_assert_eq!(calendar.between(start, there), n);
        prop_assert!(calendar.is_workday(there));
    }

    #[test]
    fn counts_add_up_and_change_their_sign(a in any_day(), b in any_day(), c in any_day()) {
        let calendar = shipped();
        prop_assert_eq!(calendar.between(a, b) + calendar.between(b, c), calendar.between(a, c));
        prop_assert_eq!(calendar.between(a, b), -calendar.between(b, a));
    }

    #[test]
    fn no_workday_lies_between_neighbours(date in any_day()) {
        let calendar = shipped();
        let (before, after) = (calendar.previous_workday(date), calendar.next_workday(date));
        prop_assert!(before < date && date < after);
        prop_assert_eq!(calendar.between(before, after), 1 + i64::from(calendar.is_workday(date)));
        prop_assert_eq!(calendar.on_or_before(date) == date, calendar.is_workday(date));
    }

    #[test]
    fn the_workdays_of_a_period_frame_it(date in any_day(), n in 0..5_usize) {
        let calendar = shipped();
        let period = Period::containing(Cadence::ALL[n], date);
        let (first, last) = (calendar.first_of(period).expect("dated"), calendar.last_of(period).expect("dated"));
        prop_assert!(first <= last && calendar.is_workday(first) && calendar.is_workday(last));
        prop_assert!(!period.contains(date) || !calendar.is_workday(date) || (first <= date && date <= last));
    }

    #[test]
    fn a_mangled_table_is_read_or_refused(entry in ".{0,40}", from in 0..40_usize, to in 0..40_usize) {
        let text = format!("[year.2022]\noff = [\"2022-10-01..2022-10-07 国庆节\", {entry}]\n");
        let keep = |(n, c): (usize, char)| (!(from..to).contains(&n)).then_some(c);
        let mangled: String = text.chars().enumerate().filter_map(keep).collect();
        if let Err(error) = Workdays::from_toml(&mangled) {
            prop_assert!(error.0.iter().all(|problem| problem.line <= mangled.lines().count() + 1));
            prop_assert!(!error.to_string().is_empty());
        }
    }
}
