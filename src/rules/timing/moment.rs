//! One configured moment: a cron expression, or a workday counted from an end of the period.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use cron::Schedule;

use super::TimingError;
use crate::domain::period::Period;
use crate::domain::workdays::Workdays;

/// Fields of a cron expression: second, minute, hour, day of month, month, day of week.
const CRON_FIELDS: usize = 6;

/// A moment inside a period, in local time. It is written as one of
/// - a cron expression of six fields, days of the week by name: `0 0 9 * * Mon`,
/// - `first_workday[+N] HH:MM`, `N` workdays after the first one of the period,
/// - `last_workday[-N] HH:MM`, `N` workdays before the last one.
#[derive(Debug, Clone, PartialEq)]
pub enum Moment {
    /// The candidates of a cron expression, run on the wall clock, which knows no summer time.
    Cron(Box<Schedule>),
    /// Counted from the first workday of the period, but never past its last.
    FirstWorkday {
        /// Workdays after the first.
        plus: u8,
        /// Time of day.
        at: NaiveTime,
    },
    /// Counted back from the last workday of the period, but never past its first.
    LastWorkday {
        /// Workdays before the last.
        minus: u8,
        /// Time of day.
        at: NaiveTime,
    },
}

impl Moment {
    /// Where it falls in the period: for cron the first run strictly after `after`; a counted workday is one moment,
    /// whatever `after` says. In a period without any workday it falls on the last workday before.
    pub(super) fn candidate(
        &self,
        after: NaiveDateTime,
        period: Period,
        calendar: &Workdays,
    ) -> Option<NaiveDateTime> {
        let (first, last) = (calendar.first_of(period)?, calendar.last_of(period)?);
        match self {
            Moment::Cron(schedule) => {
                let last_day = period.last_day()?;
                first_run(schedule, after.and_utc()).filter(|run| run.date() <= last_day)
            }
            Moment::FirstWorkday { plus, at } => {
                Some(calendar.add(first, i64::from(*plus)).min(last).and_time(*at))
            }
            Moment::LastWorkday { minus, at } => {
                Some(calendar.add(last, -i64::from(*minus)).max(first).and_time(*at))
            }
        }
    }

    /// The time of day it would have, whatever the date.
    pub(super) fn time_from(&self, day: NaiveDate) -> Option<NaiveTime> {
        match self {
            Moment::Cron(schedule) => {
                first_run(schedule, day.and_time(NaiveTime::MIN).and_utc()).map(|run| run.time())
            }
            Moment::FirstWorkday { at, .. } | Moment::LastWorkday { at, .. } => Some(*at),
        }
    }
}

/// Local time is handed to cron as if it were UTC: a zone with summer time would make it skip runs or repeat them.
fn first_run(schedule: &Schedule, after: DateTime<Utc>) -> Option<NaiveDateTime> {
    schedule.after(&after).next().map(|run| run.naive_utc())
}

impl FromStr for Moment {
    type Err = TimingError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        for (word, sign) in [("first_workday", '+'), ("last_workday", '-')] {
            if let Some(rest) = text.strip_prefix(word) {
                let (days, at) = counted(rest, sign).ok_or_else(|| TimingError::Workday(text.to_owned()))?;
                return Ok(match sign {
                    '+' => Moment::FirstWorkday { plus: days, at },
                    _ => Moment::LastWorkday { minus: days, at },
                });
            }
        }
        cron_moment(text)
    }
}

/// Reads what stands behind the word: ` 09:00`, `-3 09:00`.
fn counted(rest: &str, sign: char) -> Option<(u8, NaiveTime)> {
    let (days, at) = rest.split_once(' ')?;
    let days = match days.strip_prefix(sign) {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
        None if days.is_empty() => 0,
        _ => return None,
    };
    Some((days, NaiveTime::parse_from_str(at.trim(), "%H:%M").ok()?))
}

fn cron_moment(text: &str) -> Result<Moment, TimingError> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != CRON_FIELDS {
        return Err(TimingError::Fields(text.to_owned(), fields.len()));
    }
    if fields[CRON_FIELDS - 1].contains(|c: char| c.is_ascii_digit()) {
        return Err(TimingError::WeekdayDigits(text.to_owned()));
    }
    let schedule: Schedule = text.parse().map_err(|error: cron::error::Error| {
        TimingError::Cron(text.to_owned(), error.to_string().trim().to_owned())
    })?;
    if first_run(&schedule, DateTime::UNIX_EPOCH).is_none() {
        return Err(TimingError::NeverFires(text.to_owned()));
    }
    Ok(Moment::Cron(Box::new(schedule)))
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, sign, days, at) = match self {
            Moment::Cron(schedule) => return f.write_str(schedule.source()),
            Moment::FirstWorkday { plus, at } => ("first_workday", '+', plus, at),
            Moment::LastWorkday { minus, at } => ("last_workday", '-', minus, at),
        };
        f.write_str(word)?;
        if *days > 0 {
            write!(f, "{sign}{days}")?;
        }
        write!(f, " {}", at.format("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    fn refusal(text: &str) -> String {
        text.parse::<Moment>().expect_err("a mistake").to_string()
    }

    #[test]
    fn weekdays_as_digits_are_refused() {
        for text in ["0 0 9 * * 1", "0 0 9 * * 1-5", "0 0 9 * * 0", "0 0 9 * * */2"] {
            assert!(refusal(text).contains("星期请写英文缩写"), "{text}");
        }
    }

    #[test]
    fn other_mistakes_say_what_would_be_right() {
        for (text, told) in [
            ("0 9 * * Mon", "有5段,应为6段"),
            ("0 0 9 * * Mon 2022", "有7段,应为6段"),
            ("@weekly", "有1段,应为6段"),
            ("", "有0段,应为6段"),
            ("0 0 25 * * Mon", "不是有效的时间表达式"),
            ("0 0 9 * * Moon", "不是有效的时间表达式"),
            ("0 0 9 31 4 *", "永远不会触发"),
            ("0 0 9 30 2 *", "永远不会触发"),
            ("last_workday", "应如"),
            ("last_workday+1 09:00", "应如"),
            ("first_workday-1 09:00", "应如"),
            ("last_workday- 09:00", "应如"),
            ("last_workday-300 09:00", "应如"),
            ("last_workday-1 24:00", "应如"),
            ("last_workdays 09:00", "应如"),
        ] {
            assert!(refusal(text).contains(told), "{text:?}: {}", refusal(text));
        }
    }

    #[test]
    fn moments_are_shown_as_they_are_written() {
        for text in ["0 0 9 * * Mon", "last_workday-3 09:00", "first_workday 17:30", "first_workday+2 08:00"]
        {
            assert_eq!(text.parse::<Moment>().expect("sound").to_string(), text);
        }
    }
}
