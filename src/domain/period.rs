//! Periods: the stretch of time that one filing answers for, and the cadences that produce them.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

mod cadence;
mod code;

pub use cadence::{Cadence, NotACadence};
pub use code::NotAPeriod;

/// 期: what one filing is about. Its code (`2022-W21`) is what the database and `--as-of` speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Period {
    /// `2022-W21`; `iso_year` differs from the calendar year around New Year.
    Week {
        /// The year that the week's Thursday lies in.
        iso_year: i32,
        /// 1 to 52 or 53.
        week: u32,
    },
    /// `2022-05`
    Month {
        /// Calendar year.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// `2022Q2`
    Quarter {
        /// Calendar year.
        year: i32,
        /// 1 to 4.
        quarter: u32,
    },
    /// `2022H1`
    Half {
        /// Calendar year.
        year: i32,
        /// 1 or 2.
        half: u32,
    },
    /// `2022`
    Year {
        /// Calendar year.
        year: i32,
    },
    /// `2022-05-31`: a single due date.
    Day(NaiveDate),
    /// `once`: asked for once, without a date.
    Once,
}

impl Period {
    /// The period of this cadence that `date` lies in.
    pub fn containing(cadence: Cadence, date: NaiveDate) -> Period {
        let year = date.year();
        match cadence {
            Cadence::Week => {
                let week = date.iso_week();
                Period::Week { iso_year: week.year(), week: week.week() }
            }
            Cadence::Month => Period::Month { year, month: date.month() },
            Cadence::Quarter => Period::Quarter { year, quarter: date.month0() / 3 + 1 },
            Cadence::Half => Period::Half { year, half: date.month0() / 6 + 1 },
            Cadence::Year => Period::Year { year },
        }
    }

    /// The cadence it belongs to; `None` for a single date and for `once`.
    pub fn cadence(self) -> Option<Cadence> {
        match self {
            Period::Week { .. } => Some(Cadence::Week),
            Period::Month { .. } => Some(Cadence::Month),
            Period::Quarter { .. } => Some(Cadence::Quarter),
            Period::Half { .. } => Some(Cadence::Half),
            Period::Year { .. } => Some(Cadence::Year),
            Period::Day(_) | Period::Once => None,
        }
    }

    /// Its first day; `None` for `once` and for numbers that name no period (month 13, week 53 of a short year).
    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Period::Week { iso_year, week } => NaiveDate::from_isoywd_opt(iso_year, week, Weekday::Mon),
            Period::Month { year, month } => part_of_year(year, month, 1),
            Period::Quarter { year, quarter } => part_of_year(year, quarter, 3),
            Period::Half { year, half } => part_of_year(year, half, 6),
            Period::Year { year } => part_of_year(year, 1, 12),
            Period::Day(date) => Some(date),
            Period::Once => None,
        }
    }

    /// Its last day; `None` as for [`Period::first_day`].
    pub fn last_day(self) -> Option<NaiveDate> {
        let first = self.first_day()?;
        let months = match self {
            Period::Week { .. } => return first.checked_add_days(Days::new(6)),
            Period::Day(_) | Period::Once => return Some(first),
            Period::Month { .. } => 1,
            Period::Quarter { .. } => 3,
            Period::Half { .. } => 6,
            Period::Year { .. } => 12,
        };
        first.checked_add_months(Months::new(months))?.pred_opt()
    }

    /// Whether `date` lies in it; never for `once`.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.first_day().zip(self.last_day()).is_some_and(|(a, b)| (a..=b).contains(&date))
    }

    /// The period that follows without a gap: the next week, month, or day; `None` for `once`.
    pub fn next(self) -> Option<Period> {
        Some(self.sibling(self.last_day()?.succ_opt()?))
    }

    /// The period before it; `None` for `once`.
    pub fn previous(self) -> Option<Period> {
        Some(self.sibling(self.first_day()?.pred_opt()?))
    }

    /// The period of the same kind that `date` lies in.
    fn sibling(self, date: NaiveDate) -> Period {
        match self.cadence() {
            Some(cadence) => Period::containing(cadence, date),
            None => Period::Day(date),
        }
    }

    /// The name on a card: `第21周`, `5月`, `二季度`, `上半年`, `2022年`, `5月31日`, `总体`.
    pub fn chinese(self) -> String {
        match self {
            Period::Week { week, .. } => format!("第{week}周"),
            Period::Month { month, .. } => format!("{month}月"),
            Period::Quarter { quarter, .. } => {
                let numeral = ["一", "二", "三"].get(quarter.saturating_sub(1) as usize);
                format!("{}季度", numeral.unwrap_or(&"四"))
            }
            Period::Half { half: 1, .. } => "上半年".to_owned(),
            Period::Half { .. } => "下半年".to_owned(),
            Period::Year { year } => format!("{year}年"),
            Period::Day(date) => format!("{}月{}日", date.month(), date.day()),
            Period::Once => "总体".to_owned(),
        }
    }
}

/// The first day of part number `part` (from 1) when the year is cut into parts of `months` months.
fn part_of_year(year: i32, part: u32, months: u32) -> Option<NaiveDate> {
    let month = part.checked_sub(1)?.checked_mul(months)?.checked_add(1)?;
    NaiveDate::from_ymd_opt(year, month, 1)
}

#[cfg(test)]
mod tests;
