//! Who holds a post: taking over (接任) and standing in (代理). Both come into force on their day by themselves.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::ids::{AccountId, HandoverId, LeaveId, PostId};
use crate::domain::people::words;

words! {
    /// Where a hand-over stands.
    HandoverState {
        /// Its day has not come.
        Planned = "planned",
        /// It has taken effect.
        Done = "done",
        /// It was taken back, or another one took its place.
        Undone = "undone",
    }
}

words! {
    /// Where a leave stands.
    LeaveState {
        /// Its first day has not come.
        Planned = "planned",
        /// The person is away.
        Running = "running",
        /// The person is back.
        Over = "over",
        /// It was taken back.
        Undone = "undone",
    }
}

/// A hand-over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Its row.
    pub id: HandoverId,
    /// The post.
    pub post: PostId,
    /// The post's title.
    pub title: String,
    /// What the office calls the successor; `None` where nobody follows.
    pub name: Option<String>,
    /// The successor, where it is known who.
    pub account: Option<AccountId>,
    /// The first day.
    pub starts_on: NaiveDate,
    /// Where it stands.
    pub state: HandoverState,
}

/// A leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leave {
    /// Its row.
    pub id: LeaveId,
    /// Who is away.
    pub account: AccountId,
    /// By which post it was asked for.
    pub post: PostId,
    /// The title of that post.
    pub title: String,
    /// The post that stands in.
    pub deputy: Option<(PostId, String)>,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Where it stands.
    pub state: LeaveState,
}

/// One tenure, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What the office calls the person, else the platform.
    pub name: String,
    /// From when.
    pub starts: DateTime<Utc>,
    /// Until when.
    pub ends: Option<DateTime<Utc>>,
    /// Whether it only stood in.
    pub stands_in: bool,
    /// Whether the person is away now.
    pub away: bool,
}

/// A post that somebody has just taken over or stands in for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The post.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// Since when.
    pub starts: DateTime<Utc>,
    /// Who held it before, where it was taken over from somebody.
    pub before: Option<String>,
    /// The last day, where it only stands in.
    pub until: Option<NaiveDate>,
}

/// What a hand-over is on a day. Time never takes one back, and never brings one back.
pub fn handover_on(state: HandoverState, starts_on: NaiveDate, today: NaiveDate) -> HandoverState {
    match state {
        HandoverState::Planned if starts_on <= today => HandoverState::Done,
        state => state,
    }
}

/// What a leave is on a day; both of its days belong to it.
pub fn leave_on(state: LeaveState, (from, until): (NaiveDate, NaiveDate), today: NaiveDate) -> LeaveState {
    match state {
        LeaveState::Planned | LeaveState::Running if today > until => LeaveState::Over,
        LeaveState::Planned if from <= today => LeaveState::Running,
        state => state,
    }
}

/// Whether a hand-over or leave can still be taken back: what is over stays on record.
pub fn can_end_early(state: LeaveState) -> bool {
    matches!(state, LeaveState::Planned | LeaveState::Running)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2022, 7, day).expect("a day of July")
    }

    #[test]
    fn a_handover_takes_effect_on_its_day_and_once() {
        use HandoverState::{Done, Planned, Undone};
        let table = [
            (Planned, 3, Planned),
            (Planned, 4, Done),
            (Planned, 9, Done),
            (Done, 3, Done),
            (Undone, 9, Undone),
        ];
        for (state, today, then) in table {
            assert_eq!(handover_on(state, day(4), day(today)), then, "{state:?} on the {today}th");
        }
    }

    #[test]
    fn a_leave_runs_from_its_first_day_to_its_last() {
        use LeaveState::{Over, Planned, Running, Undone};
        let table = [
            (Planned, 3, Planned),
            (Planned, 4, Running),
            (Planned, 9, Over),
            (Running, 8, Running),
            (Running, 9, Over),
            (Over, 5, Over),
            (Undone, 5, Undone),
        ];
        for (state, today, then) in table {
            assert_eq!(leave_on(state, (day(4), day(8)), day(today)), then, "{state:?} on the {today}th");
        }
        assert!(LeaveState::ALL.iter().filter(|state| can_end_early(**state)).eq([&Planned, &Running]));
    }
}
