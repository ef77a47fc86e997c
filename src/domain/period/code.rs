//! The one way to write a period (`2022-W21`, `2022Q2`), and reading it back.

use std::fmt;
use std::str::FromStr;

use super::Period;

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Week { iso_year, week } => write!(f, "{iso_year:04}-W{week:02}"),
            Period::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Period::Quarter { year, quarter } => write!(f, "{year:04}Q{quarter}"),
            Period::Half { year, half } => write!(f, "{year:04}H{half}"),
            Period::Year { year } => write!(f, "{year:04}"),
            Period::Day(date) => write!(f, "{date}"),
            Period::Once => f.write_str("once"),
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    /// Reads a code exactly as [`fmt::Display`] writes it, so that one period has one code.
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        read(code)
            .filter(|period| *period == Period::Once || period.last_day().is_some())
            .filter(|period| period.to_string() == code)
            .ok_or_else(|| NotAPeriod(code.to_owned()))
    }
}

/// Reads generously; the caller compares with the one way of writing it.
fn read(code: &str) -> Option<Period> {
    if code == "once" {
        return Some(Period::Once);
    }
    if let Some((year, week)) = code.split_once("-W") {
        return Some(Period::Week { iso_year: year.parse().ok()?, week: week.parse().ok()? });
    }
    if let Some((year, quarter)) = code.split_once('Q') {
        return Some(Period::Quarter { year: year.parse().ok()?, quarter: quarter.parse().ok()? });
    }
    if let Some((year, half)) = code.split_once('H') {
        return Some(Period::Half { year: year.parse().ok()?, half: half.parse().ok()? });
    }
    if let Ok(date) = code.parse() {
        return Some(Period::Day(date));
    }
    match code.split_once('-') {
        Some((year, month)) => Some(Period::Month { year: year.parse().ok()?, month: month.parse().ok()? }),
        None => Some(Period::Year { year: code.parse().ok()? }),
    }
}

impl TryFrom<String> for Period {
    type Error = NotAPeriod;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> String {
        period.to_string()
    }
}

/// A text that is no period code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPeriod(String);

impl fmt::Display for NotAPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”不是期号,应如 2022-W21、2022-05、2022Q2、2022H1、2022、2022-05-31 或 once", self.0)
    }
}

impl std::error::Error for NotAPeriod {}
