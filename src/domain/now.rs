//! The moment that one turn of the wheel works with, and how instants are written down.

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, ParseError, SubsecRound, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;

/// Minutes that [`Now::instant_of`] looks ahead for a local time that exists; the longest gap on record is a day.
const LONGEST_GAP_MINUTES: i64 = 26 * 60;

/// One instant together with the office's time zone: read once a turn, then passed down as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    at: DateTime<Utc>,
    zone: Tz,
}

impl Now {
    /// Cuts `at` to milliseconds, the precision of [`stamp`], so that what is stored equals what was decided on.
    pub fn new(at: DateTime<Utc>, zone: Tz) -> Now {
        Now { at: at.trunc_subsecs(3), zone }
    }

    /// The instant.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// The office's time zone.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// What the clock on the office's wall says.
    pub fn local(&self) -> NaiveDateTime {
        self.local_of(self.at)
    }

    /// The office's date.
    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }

    /// Any instant, as the office's wall clock shows it.
    pub fn local_of(&self, at: DateTime<Utc>) -> NaiveDateTime {
        at.with_timezone(&self.zone).naive_local()
    }

    /// The office's date at any instant.
    pub fn date_of(&self, at: DateTime<Utc>) -> NaiveDate {
        self.local_of(at).date()
    }

    /// The first instant after a day of the office: from then on what was due on that day is overdue.
    pub fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let next = day.succ_opt().unwrap_or(day);
        self.instant_of(next.and_time(chrono::NaiveTime::MIN))
    }

    /// The instant at which the wall clock shows `local`: the earlier one where clocks are set back and show it twice,
    /// the first minute after the gap where they are set forward and never show it.
    pub fn instant_of(&self, local: NaiveDateTime) -> DateTime<Utc> {
        (0..=LONGEST_GAP_MINUTES)
            .filter_map(|minutes| local.checked_add_signed(TimeDelta::minutes(minutes)))
            .find_map(|shown| match self.zone.from_local_datetime(&shown) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
                LocalResult::None => None,
            })
            // Only at the far ends of what a date can hold, where no zone has an offset to give.
            .unwrap_or_else(|| local.and_utc())
    }
}

/// An instant as the database keeps it: RFC 3339 in UTC, always milliseconds, so that text order is time order
/// (for the years 0 to 9999).
pub fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Reads what [`stamp`] wrote, and any other RFC 3339 instant.
pub fn parse_stamp(text: &str) -> Result<DateTime<Utc>, ParseError> {
    DateTime::parse_from_rfc3339(text).map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDateTime, Utc};
    use chrono_tz::Tz;
    use proptest::prelude::*;

    use super::{Now, parse_stamp, stamp};

    fn at(text: &str) -> DateTime<Utc> {
        parse_stamp(text).expect("an instant")
    }

    fn wall(text: &str) -> NaiveDateTime {
        text.parse().expect("a local time")
    }

    #[test]
    fn the_office_lives_eight_hours_ahead() {
        let now = Now::new(at("2022-05-31T16:30:00.000Z"), Tz::Asia__Shanghai);
        assert_eq!(now.local(), wall("2022-06-01T00:30:00"));
        assert_eq!(now.today().to_string(), "2022-06-01");
        assert_eq!(now.instant_of(now.local()), now.at());
    }

    #[test]
    fn a_wall_time_shown_twice_is_the_earlier_one() {
        let now = Now::new(at("2026-01-01T00:00:00Z"), Tz::America__New_York);
        assert_eq!(now.instant_of(wall("2026-11-01T01:30:00")), at("2026-11-01T05:30:00Z"));
    }

    #[test]
    fn a_wall_time_never_shown_is_the_first_one_after_the_gap() {
        let now = Now::new(at("2026-01-01T00:00:00Z"), Tz::America__New_York);
        assert_eq!(now.instant_of(wall("2026-03-08T02:30:00")), at("2026-03-08T07:00:00Z"));
        // Samoa crossed the date line and left out a whole day.
        let samoa = Now::new(at("2011-01-01T00:00:00Z"), Tz::Pacific__Apia);
        assert_eq!(samoa.instant_of(wall("2011-12-30T00:00:00")), at("2011-12-30T10:00:00Z"));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        let now = Now::new(at("2022-05-31T16:30:00Z"), Tz::Asia__Shanghai);
        now.instant_of(NaiveDateTime::MAX);
        now.instant_of(NaiveDateTime::MIN);
    }

    #[test]
    fn stamps_keep_milliseconds_and_their_width() {
        assert_eq!(stamp(at("2022-05-31T08:00:00+08:00")), "2022-05-31T00:00:00.000Z");
        let finer = Now::new(at("2022-05-31T00:00:00.123987Z"), Tz::UTC);
        assert_eq!(stamp(finer.at()), "2022-05-31T00:00:00.123Z");
        assert_eq!(at(&stamp(finer.at())), finer.at());
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in ["", "2022-05-31", "2022-05-31T00:00:00", "2022-13-31T00:00:00Z"] {
            assert!(parse_stamp(text).is_err(), "{text:?} was read");
        }
    }

    proptest! {
        #[test]
        fn stamps_sort_as_the_instants_do(a in any_instant(), b in any_instant()) {
            prop_assert_eq!(stamp(a).cmp(&stamp(b)), a.cmp(&b));
            prop_assert_eq!(parse_stamp(&stamp(a)), Ok(a));
        }
    }

    fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
        (-2_000_000_000_000..4_000_000_000_000_i64)
            .prop_map(|ms| DateTime::from_timestamp_millis(ms).expect("in range"))
    }
}
