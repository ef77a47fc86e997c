//! Chinese workdays: weekends, public holidays and make-up days (调休), and the arithmetic that counts in them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::period::Period;

mod table;

pub use table::{Fault, Problem, TableError};

/// Whether a listed day is free or worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayKind {
    /// 放假
    Off,
    /// 补班: a Saturday or Sunday that is worked.
    Work,
}

/// A day that a holiday notice arranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    /// The day.
    pub date: NaiveDate,
    /// Free or worked.
    pub kind: DayKind,
    /// The holiday that it belongs to: `国庆节`.
    pub name: String,
    /// The number of the notice, where known.
    pub notice: Option<String>,
}

/// What to do with a date that is no workday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shift {
    /// Move it to the workday before.
    #[default]
    Before,
    /// Move it to the workday after (顺延).
    After,
    /// Leave it where it is.
    #[serde(alias = "none")]
    Keep,
}

/// The table of special days, and the years that it knows.
///
/// A year without data is *provisional*: weekends and the statutory days with a fixed date are off, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Workdays {
    days: BTreeMap<NaiveDate, SpecialDay>,
    covered: BTreeSet<i32>,
}

impl Workdays {
    /// Takes the days and the years that notices have been entered for. Of two entries for one day the last counts.
    pub fn new(
        days: impl IntoIterator<Item = SpecialDay>,
        covered: impl IntoIterator<Item = i32>,
    ) -> Workdays {
        Workdays {
            days: days.into_iter().map(|day| (day.date, day)).collect(),
            covered: covered.into_iter().collect(),
        }
    }

    /// Reads the text of `config/holidays.toml`; the error lists every mistake with its line and key.
    pub fn from_toml(text: &str) -> Result<Workdays, TableError> {
        table::read(text)
    }

    /// Every listed day, in order.
    pub fn special_days(&self) -> impl Iterator<Item = &SpecialDay> {
        self.days.values()
    }

    /// The years that a notice has been entered for, in order.
    pub fn covered_years(&self) -> impl Iterator<Item = i32> {
        self.covered.iter().copied()
    }

    /// Whether no notice has been entered for `year`, so that its workdays are a guess.
    pub fn is_provisional(&self, year: i32) -> bool {
        !self.covered.contains(&year)
    }

    /// Whether offices work on that day.
    pub fn is_workday(&self, date: NaiveDate) -> bool {
        match self.days.get(&date) {
            Some(day) => day.kind == DayKind::Work,
            None => !is_weekend(date) && self.assumed_holiday(date).is_none(),
        }
    }

    /// The holiday that makes this a day off; `None` on workdays, make-up days and plain weekends.
    pub fn holiday_name(&self, date: NaiveDate) -> Option<&str> {
        match self.days.get(&date) {
            Some(day) => (day.kind == DayKind::Off).then_some(day.name.as_str()),
            None => self.assumed_holiday(date),
        }
    }

    /// The statutory days that need no notice, asked only about years that have none.
    fn assumed_holiday(&self, date: NaiveDate) -> Option<&'static str> {
        match (date.month(), date.day()) {
            _ if !self.is_provisional(date.year()) => None,
            (1, 1) => Some("元旦"),
            (5, 1) => Some("劳动节"),
            // The second day of Labour Day is statutory since the rules of 2025.
            (5, 2) if date.year() >= 2025 => Some("劳动节"),
            (10, 1..=3) => Some("国庆节"),
            _ => None,
        }
    }

    /// The first workday strictly after `date`.
    pub fn next_workday(&self, date: NaiveDate) -> NaiveDate {
        let mut later = date.iter_days().skip(1);
        later.find(|day| self.is_workday(*day)).unwrap_or(NaiveDate::MAX)
    }

    /// The last workday strictly before `date`.
    pub fn previous_workday(&self, date: NaiveDate) -> NaiveDate {
        let mut earlier = std::iter::successors(date.pred_opt(), NaiveDate::pred_opt);
        earlier.find(|day| self.is_workday(*day)).unwrap_or(NaiveDate::MIN)
    }

    /// `date` itself if it is a workday, else the next one.
    pub fn on_or_after(&self, date: NaiveDate) -> NaiveDate {
        if self.is_workday(date) { date } else { self.next_workday(date) }
    }

    /// `date` itself if it is a workday, else the one before.
    pub fn on_or_before(&self, date: NaiveDate) -> NaiveDate {
        if self.is_workday(date) { date } else { self.previous_workday(date) }
    }

    /// `date`, moved the given way if it is no workday.
    pub fn shifted(&self, date: NaiveDate, shift: Shift) -> NaiveDate {
        match shift {
            Shift::Before => self.on_or_before(date),
            Shift::After => self.on_or_after(date),
            Shift::Keep => date,
        }
    }

    /// `n` workdays after `date`, before it where `n` is negative; 0 is the day itself, workday or not.
    pub fn add(&self, date: NaiveDate, n: i64) -> NaiveDate {
        let mut day = date;
        for _ in 0..n.unsigned_abs() {
            let step = if n > 0 { self.next_workday(day) } else { self.previous_workday(day) };
            if step == day {
                break; // the end of what a date can hold
            }
            day = step;
        }
        day
    }

    /// How many workdays lie in (`from`, `to`]; negative when `to` is before `from`: how many lie in (`to`, `from`].
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.between(to, from);
        }
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        days.fold(0, |sum, day| sum + i64::from(self.is_workday(day)))
    }

    /// The last workday of the period. A period without any (a week of Spring Festival) gives the last one before it;
    /// `None` where the period has no dates.
    pub fn last_of(&self, period: Period) -> Option<NaiveDate> {
        Some(self.on_or_before(period.last_day()?))
    }

    /// The first workday of the period; a period without any gives the last one before it, as [`Workdays::last_of`].
    pub fn first_of(&self, period: Period) -> Option<NaiveDate> {
        let first = self.on_or_after(period.first_day()?);
        if period.contains(first) { Some(first) } else { self.last_of(period) }
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests;
