//! When a round opens and when its filings are due: cron or the n-th workday, moved off holidays.
//!
//! Everything here is local time of the office; turning it into instants is the business of
//! [`crate::domain::now::Now::instant_of`].

use std::fmt;
use std::iter::successors;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::period::{Cadence, Period};
use crate::domain::workdays::{Shift, Workdays};

mod moment;

pub use moment::Moment;

/// Periods that [`Timing::latest`] looks ahead: weeks without any workday open before they begin.
const LOOK_AHEAD: usize = 2;
/// Periods that [`Timing::latest`] and [`Timing::next`] try before they give up on a rule that hardly ever fires.
const LOOK_FAR: usize = 60;
/// Years over which [`Timing::check`] tries every period: after 28 years weekdays and leap days repeat.
const CHECKED_YEARS: std::ops::RangeInclusive<i32> = 2001..=2028;

/// The times of one round, as configured.
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    opens: Moment,
    due: Moment,
    shift: Shift,
}

/// One round of one period, in local time; `opens` is before `due`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// When the filings are opened and the first card goes out: a workday.
    pub opens: NaiveDateTime,
    /// Until when the filings are awaited.
    pub due: NaiveDateTime,
}

impl Timing {
    /// Reads the two config strings (see [`Moment`]); `shift` says where a due date without work goes.
    pub fn new(opens: &str, due: &str, shift: Shift) -> Result<Timing, TimingError> {
        Ok(Timing { opens: opens.parse()?, due: due.parse()?, shift })
    }

    /// Refuses times that leave a period of this cadence without an opening, or without a due moment after it: the
    /// 31st for a monthly round.
    pub fn check(&self, cadence: Cadence) -> Result<(), TimingError> {
        let calendar = Workdays::default();
        let first =
            NaiveDate::from_yo_opt(*CHECKED_YEARS.start(), 1).map(|day| Period::containing(cadence, day));
        let last = NaiveDate::from_yo_opt(*CHECKED_YEARS.end(), 365);
        successors(first, |period| period.next())
            .take_while(|period| period.first_day() <= last)
            .try_for_each(|period| {
                let opens = self.nominal_opening(period, &calendar)?;
                let due = self.due.candidate(opens, period, &calendar);
                due.map(|_| ()).ok_or_else(|| no_moment(&self.due, period))
            })
    }

    /// When the round of `period` opens and is due.
    ///
    /// 1. It opens at the first moment inside the period. On a day without work it opens at the same time on the
    ///    next workday of the period, or, where there is none left, on the last workday before.
    /// 2. It is due at the first moment after that inside the period, moved as `shift` says.
    /// 3. Where that leaves no time to answer, it is due on the opening day, or else on the next workday.
    pub fn window(&self, period: Period, calendar: &Workdays) -> Result<Window, TimingError> {
        let nominal = self.nominal_opening(period, calendar)?;
        let opens = opening_day(nominal.date(), period, calendar).and_time(nominal.time());

        let due = self.due.candidate(opens, period, calendar);
        let due = due.map(|due| calendar.shifted(due.date(), self.shift).and_time(due.time()));
        if let Some(due) = due.filter(|due| *due > opens) {
            return Ok(Window { opens, due });
        }

        let time = self.due.time_from(opens.date()).ok_or_else(|| no_moment(&self.due, period))?;
        let same_day = opens.date().and_time(time);
        let due =
            if same_day > opens { same_day } else { calendar.next_workday(opens.date()).and_time(time) };
        Ok(Window { opens, due })
    }

    /// The first moment inside the period, whether anybody works then or not.
    fn nominal_opening(&self, period: Period, calendar: &Workdays) -> Result<NaiveDateTime, TimingError> {
        let eve = period.first_day().and_then(|day| day.pred_opt()?.and_hms_opt(23, 59, 59));
        let opening = self.opens.candidate(eve.ok_or(TimingError::Undated)?, period, calendar);
        opening.ok_or_else(|| no_moment(&self.opens, period))
    }

    /// The newest period whose round opened at or before `now` (local): after downtime, the one to ask about.
    pub fn latest(
        &self,
        cadence: Cadence,
        now: NaiveDateTime,
        calendar: &Workdays,
    ) -> Option<(Period, Window)> {
        let current = Period::containing(cadence, now.date());
        let newest = successors(Some(current), |period| period.next()).nth(LOOK_AHEAD)?;
        successors(Some(newest), |period| period.previous())
            .take(LOOK_FAR)
            .find_map(|period| self.opening(period, calendar, |opens| opens <= now))
    }

    /// The first period whose round opens after `now` (local).
    pub fn next(
        &self,
        cadence: Cadence,
        now: NaiveDateTime,
        calendar: &Workdays,
    ) -> Option<(Period, Window)> {
        let current = Period::containing(cadence, now.date());
        successors(Some(current), |period| period.next())
            .take(LOOK_FAR)
            .find_map(|period| self.opening(period, calendar, |opens| opens > now))
    }

    fn opening(
        &self,
        period: Period,
        calendar: &Workdays,
        wanted: impl Fn(NaiveDateTime) -> bool,
    ) -> Option<(Period, Window)> {
        let window = self.window(period, calendar).ok()?;
        wanted(window.opens).then_some((period, window))
    }
}

fn no_moment(moment: &Moment, period: Period) -> TimingError {
    TimingError::NoMoment(moment.to_string(), period)
}

/// `day`, or the next workday of the period, or the last one before.
fn opening_day(day: NaiveDate, period: Period, calendar: &Workdays) -> NaiveDate {
    let later = calendar.on_or_after(day);
    // A moment that was moved before its period (a week without work) is a workday and stays.
    if later == day || period.contains(later) { later } else { calendar.on_or_before(day) }
}

/// Why a round has no times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimingError {
    /// A cron expression with another number of fields than six.
    Fields(String, usize),
    /// Days of the week given as digits, which cron counts from Sunday.
    WeekdayDigits(String),
    /// Something that cron does not understand, in cron's own words.
    Cron(String, String),
    /// A date that no year has, such as 31 April.
    NeverFires(String),
    /// `first_workday` or `last_workday` with something else behind it than days and a time.
    Workday(String),
    /// A rule that has no moment in a period.
    NoMoment(String, Period),
    /// A period without dates has no window.
    Undated,
}

impl fmt::Display for TimingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TimingError::Fields(text, found) => {
                write!(f, "“{text}”有{found}段,应为6段:秒 分 时 日 月 星期,如 \"0 0 9 * * Mon\"")
            }
            TimingError::WeekdayDigits(text) => {
                write!(f, "“{text}”的星期请写英文缩写 Mon…Sun,不用数字(数字1会被当作星期日)")
            }
            TimingError::Cron(text, reason) => write!(f, "“{text}”不是有效的时间表达式({reason})"),
            TimingError::NeverFires(text) => write!(f, "“{text}”永远不会触发,请检查日和月"),
            TimingError::Workday(text) => {
                write!(f, "“{text}”应如 \"last_workday-3 09:00\" 或 \"first_workday+1 09:00\"")
            }
            TimingError::NoMoment(text, period) => {
                write!(f, "“{text}”在 {period} 里没有时间点,每一期都应有")
            }
            TimingError::Undated => f.write_str("没有日期的事项没有填报窗口"),
        }
    }
}

impl std::error::Error for TimingError {}

#[cfg(test)]
mod tests;
