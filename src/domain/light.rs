//! The light of a filing: how the office sees it at a glance, always with a word, never by colour alone.

use chrono::NaiveDate;

use crate::domain::filing::{Filing, FilingState};
use crate::domain::now::Now;
use crate::domain::schedule::behind;
use crate::domain::workdays::Workdays;

/// Workdays before the due day from which a filing is worth a look.
const SOON: i64 = 3;

/// How a filing looks. Ordered from calm to urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Light {
    /// Settled.
    Done,
    /// Claimed done, waiting for the office.
    Claimed,
    /// Has no day and cannot be late.
    Undated,
    /// In time.
    Green,
    /// Due soon, sent back, held up or behind what the elapsed workdays call for.
    Yellow,
    /// Overdue.
    Red,
}

impl Light {
    /// The one character that stands on cards and lists.
    pub fn word(self) -> &'static str {
        match self {
            Light::Done => "结",
            Light::Claimed => "核",
            Light::Undated => "报",
            Light::Green => "绿",
            Light::Yellow => "黄",
            Light::Red => "红",
        }
    }
}

/// The light of a filing now.
pub fn light(filing: &Filing, now: &Now, calendar: &Workdays) -> Light {
    let standing = &filing.standing;
    match standing.state {
        state if state.is_settled() => Light::Done,
        FilingState::Claimed => Light::Claimed,
        _ if filing.is_overdue(now.at()) => Light::Red,
        FilingState::SentBack => Light::Yellow,
        _ if standing.blocker.is_some() => Light::Yellow,
        _ if behind(filing, calendar, now).is_some() => Light::Yellow,
        _ => dated_light(filing, now.today(), calendar),
    }
}

/// The last due day that is worth a look already: what is due up to then is yellow.
pub fn soon_until(today: NaiveDate, calendar: &Workdays) -> NaiveDate {
    // A day off counts to the workday before it.
    let after = calendar.add(today, SOON + 1);
    after.pred_opt().unwrap_or(after)
}

fn dated_light(filing: &Filing, today: NaiveDate, calendar: &Workdays) -> Light {
    match filing.standing.due_on {
        None => Light::Undated,
        Some(_) if filing.progress => Light::Undated,
        Some(due) if due <= soon_until(today, calendar) => Light::Yellow,
        Some(_) => Light::Green,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_workdays_ahead_is_soon_and_the_days_off_after_them_too() {
        let calendar = Workdays::default();
        let soon = |today: &str| soon_until(today.parse().expect("a day"), &calendar).to_string();
        assert_eq!(soon("2022-06-13"), "2022-06-16", "a Monday looks to the Thursday");
        assert_eq!(
            soon("2022-06-14"),
            "2022-06-19",
            "Friday is the third; the weekend after it belongs to it"
        );
        assert_eq!(soon("2022-06-18"), "2022-06-22", "from a Saturday to the Wednesday");
    }
}
