//! Cadences: how often a duty is asked for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How often a duty is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cadence {
    /// 周, an ISO week from Monday to Sunday.
    Week,
    /// 月, a calendar month.
    Month,
    /// 季, three months from January, April, July or October.
    Quarter,
    /// 半年, six months from January or July.
    Half,
    /// 年, a calendar year.
    Year,
}

impl Cadence {
    /// All cadences, the most frequent first.
    pub const ALL: [Cadence; 5] =
        [Cadence::Week, Cadence::Month, Cadence::Quarter, Cadence::Half, Cadence::Year];

    /// The word used in config files and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Cadence::Week => "week",
            Cadence::Month => "month",
            Cadence::Quarter => "quarter",
            Cadence::Half => "half",
            Cadence::Year => "year",
        }
    }

    /// The word people read: `周`, `月`, `季`, `半年`, `年`.
    pub fn chinese(self) -> &'static str {
        match self {
            Cadence::Week => "周",
            Cadence::Month => "月",
            Cadence::Quarter => "季",
            Cadence::Half => "半年",
            Cadence::Year => "年",
        }
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Cadence {
    type Err = NotACadence;

    /// Reads the English word, or the Chinese one with or without 每 and 度 (`每季度`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bare = text.trim().trim_start_matches('每').trim_end_matches('度');
        Cadence::ALL
            .into_iter()
            .find(|cadence| [cadence.as_str(), cadence.chinese()].contains(&bare))
            .ok_or_else(|| NotACadence(text.to_owned()))
    }
}

/// A word that names no cadence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotACadence(String);

impl fmt::Display for NotACadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”不是周期,可写 week/month/quarter/half/year 或 周/月/季/半年/年", self.0)
    }
}

impl std::error::Error for NotACadence {}
