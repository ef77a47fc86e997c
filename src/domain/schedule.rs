//! 序时进度: how far a dated duty should have come by now, against how far it says it has.
//!
//! Only duties with a target or with a start and an end are measured so: a road that opens on a day is not half open at
//! half time.

use chrono::{Duration, NaiveDate};

use crate::domain::filing::Filing;
use crate::domain::now::Now;
use crate::domain::workdays::Workdays;

/// Points by which a duty may lag before it is told to be behind.
pub const MARGIN: u8 = 20;

/// A duty that lags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// Per cent that the elapsed workdays call for.
    pub expected: u8,
    /// Per cent reached, as reported.
    pub reached: u8,
}

/// How far the elapsed workdays call for, in per cent; `None` where that is no measure.
pub fn expected(filing: &Filing, calendar: &Workdays, now: &Now) -> Option<u8> {
    let due = filing.standing.due_on.filter(|_| !filing.progress)?;
    if filing.target.is_none() && filing.starts.is_none() {
        return None;
    }
    let start = filing.starts.unwrap_or_else(|| now.date_of(filing.opened_at));
    share(start, due, now.today(), calendar)
}

/// The share of the workdays of (`start`, `due`] that lie up to `today`, in per cent.
fn share(start: NaiveDate, due: NaiveDate, today: NaiveDate, calendar: &Workdays) -> Option<u8> {
    let all = calendar.between(start, due);
    let gone = calendar.between(start, today.clamp(start.min(due), due));
    (all > 0).then(|| u8::try_from(gone.max(0) * 100 / all).unwrap_or(100))
}

/// How far it says it has come: by the quantity where there is a target, else by the per cent.
pub fn reached(filing: &Filing) -> u8 {
    let standing = &filing.standing;
    let by_target = filing.target.as_ref().zip(standing.quantity).map(|(target, quantity)| {
        let share = (quantity / target.value * 100.0).clamp(0.0, 100.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
        {
            share as u8
        }
    });
    by_target.or(standing.percent).unwrap_or(0)
}

/// The milestones of a span, laid back from its end in quarters, each on the last workday before: day and per cent.
pub fn milestones(start: NaiveDate, due: NaiveDate, calendar: &Workdays) -> Vec<(NaiveDate, u8)> {
    let days = (due - start).num_days().max(0);
    let quarter = |left: i64, percent: u8| {
        (calendar.on_or_before(due - Duration::days(days * left / 4)).max(start), percent)
    };
    vec![quarter(3, 25), quarter(2, 50), quarter(1, 75), quarter(0, 100)]
}

/// Whether a duty that is owed lags by more than [`MARGIN`].
pub fn behind(filing: &Filing, calendar: &Workdays, now: &Now) -> Option<Behind> {
    let expected = expected(filing, calendar, now).filter(|_| filing.standing.state.is_owed())?;
    let reached = reached(filing);
    (expected > reached.saturating_add(MARGIN)).then_some(Behind { expected, reached })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn only_workdays_count_and_nothing_is_expected_before_the_start_or_beyond_the_end() {
        let calendar = Workdays::default();
        let of = |today: &str| share(day("2022-06-05"), day("2022-06-17"), day(today), &calendar);
        assert_eq!(of("2022-06-01"), Some(0));
        assert_eq!(of("2022-06-10"), Some(50), "five of ten workdays");
        assert_eq!(of("2022-06-12"), Some(50), "a weekend calls for nothing");
        assert_eq!(of("2022-06-17"), Some(100));
        assert_eq!(of("2022-12-01"), Some(100));
    }

    #[test]
    fn milestones_are_laid_back_from_the_end_of_a_hundred_days() {
        let calendar = Workdays::default();
        // The hundredth day after 18 May is 25 August (DOMAIN, QH-2.4).
        let told: Vec<String> = milestones(day("2022-05-18"), day("2022-08-25"), &calendar)
            .into_iter()
            .map(|(day, percent)| format!("{day} {percent}"))
            .collect();
        assert_eq!(told, ["2022-06-10 25", "2022-07-07 50", "2022-08-01 75", "2022-08-25 100"]);
    }

    #[test]
    fn a_span_without_any_workday_is_no_measure() {
        let calendar = Workdays::default();
        assert_eq!(share(day("2022-06-17"), day("2022-06-17"), day("2022-06-17"), &calendar), None);
        assert_eq!(share(day("2022-06-17"), day("2022-06-01"), day("2022-06-10"), &calendar), None);
    }
}
