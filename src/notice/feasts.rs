//! The feasts that go by the moon, as deadlines: their days are told year by year; and 清明, which goes by the sun.

use chrono::{Datelike as _, NaiveDate};

/// 春节, 端午节, 中秋节 from 2016 on: month and day of each.
const FEASTS: [(i32, [(u32, u32); 3]); 17] = [
    (2016, [(2, 8), (6, 9), (9, 15)]),
    (2017, [(1, 28), (5, 30), (10, 4)]),
    (2018, [(2, 16), (6, 18), (9, 24)]),
    (2019, [(2, 5), (6, 7), (9, 13)]),
    (2020, [(1, 25), (6, 25), (10, 1)]),
    (2021, [(2, 12), (6, 14), (9, 21)]),
    (2022, [(2, 1), (6, 3), (9, 10)]),
    (2023, [(1, 22), (6, 22), (9, 29)]),
    (2024, [(2, 10), (6, 10), (9, 17)]),
    (2025, [(1, 29), (5, 31), (10, 6)]),
    (2026, [(2, 17), (6, 19), (9, 25)]),
    (2027, [(2, 6), (6, 9), (9, 15)]),
    (2028, [(1, 26), (5, 28), (10, 3)]),
    (2029, [(2, 13), (6, 16), (9, 22)]),
    (2030, [(2, 3), (6, 5), (9, 12)]),
    (2031, [(1, 23), (6, 24), (10, 1)]),
    (2032, [(2, 11), (6, 12), (9, 19)]),
];

/// The day before the next feast of this name (春节, 端午, 中秋, 清明) after a day.
pub(super) fn eve(feast: &str, from: NaiveDate) -> Option<NaiveDate> {
    if feast == "清明" {
        // 4 April in leap years and the year after, else the 5th, from 2009 to 2043.
        let eve = |year: i32| NaiveDate::from_ymd_opt(year, 4, if year.rem_euclid(4) < 2 { 3 } else { 4 });
        return [from.year(), from.year() + 1].into_iter().filter_map(eve).find(|day| *day >= from);
    }
    let which = ["春节", "端午", "中秋"].iter().position(|name| *name == feast)?;
    let days = FEASTS.iter().filter_map(|(year, days)| {
        let (month, day) = days[which];
        NaiveDate::from_ymd_opt(*year, month, day)?.pred_opt()
    });
    days.into_iter().find(|day| *day >= from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_feast_counts() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        assert_eq!(eve("春节", day(2016, 11, 3)), Some(day(2017, 1, 27)));
        assert_eq!(eve("春节", day(2023, 1, 5)), Some(day(2023, 1, 21)));
        assert_eq!(eve("中秋", day(2024, 3, 1)), Some(day(2024, 9, 16)));
        assert_eq!(eve("清明", day(2026, 3, 12)), Some(day(2026, 4, 4)));
        assert_eq!(eve("清明", day(2024, 3, 1)), Some(day(2024, 4, 3)));
        assert_eq!(eve("国庆", day(2024, 3, 1)), None);
    }
}
