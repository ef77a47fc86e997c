//! Tasks and their duties as the plan sets them.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::domain::people::words;
use crate::domain::period::{Cadence, Period};

words! {
    /// Where a task stands as a whole.
    TaskState {
        /// Imported, not confirmed by the office: nobody is asked.
        Draft = "draft",
        /// Being worked on.
        Running = "running",
        /// Put aside by the office.
        Suspended = "suspended",
        /// Written off (销号).
        Closed = "closed",
        /// Dropped by decision.
        Void = "void",
    }
}

words! {
    /// What the office does to a task as a whole.
    TaskAct {
        /// Confirms a draft: from now on its owners are asked (启用).
        Confirm = "confirm",
        /// Puts it aside (暂停).
        Suspend = "suspend",
        /// Takes it up again (恢复).
        Resume = "resume",
        /// Writes it off (销号).
        Close = "close",
        /// Drops it (作废).
        Void = "void",
        /// Sets what has ended to work again (重开).
        Reopen = "reopen",
    }
}

/// Why something cannot be done to a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaskRefusal {
    /// It is a draft: first confirm it.
    #[error("not confirmed yet")]
    NotConfirmed,
    /// It is running already, and not put aside or ended.
    #[error("running already")]
    Running,
    /// It is put aside: first resume it.
    #[error("suspended")]
    Suspended,
    /// It was written off or dropped.
    #[error("has ended")]
    Ended,
}

/// What becomes of a task (law L3).
pub fn after(state: TaskState, act: TaskAct) -> Result<TaskState, TaskRefusal> {
    use TaskAct::{Close, Confirm, Reopen, Resume, Suspend, Void};
    match (state, act) {
        (TaskState::Draft, Confirm)
        | (TaskState::Suspended, Resume)
        | (TaskState::Closed | TaskState::Void, Reopen) => Ok(TaskState::Running),
        (TaskState::Running, Suspend) => Ok(TaskState::Suspended),
        (TaskState::Running | TaskState::Suspended, Close) => Ok(TaskState::Closed),
        (TaskState::Draft | TaskState::Running | TaskState::Suspended, Void) => Ok(TaskState::Void),
        (TaskState::Draft, _) => Err(TaskRefusal::NotConfirmed),
        (TaskState::Running, _) => Err(TaskRefusal::Running),
        (TaskState::Suspended, _) => Err(TaskRefusal::Suspended),
        (TaskState::Closed | TaskState::Void, _) => Err(TaskRefusal::Ended),
    }
}

words! {
    /// Why a duty waits for the office before anyone is asked (DESIGN red line 8).
    Hold {
        /// The notice says 定期, 第一时间 and the like.
        Vague = "vague",
        /// The date lies before the notice's own date.
        Historic = "historic",
    }
}

/// When a duty is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schedule {
    /// Once in every period.
    Every(Cadence),
    /// Once, by this day.
    Due(NaiveDate),
    /// Once, with no day written: never overdue.
    Undated,
    /// When something happens: registered, never asked for.
    OnEvent,
}

impl Schedule {
    /// The word the database keeps; the day of [`Schedule::Due`] is kept beside it.
    pub fn as_str(self) -> &'static str {
        match self {
            Schedule::Every(cadence) => cadence.as_str(),
            Schedule::Due(_) => "due",
            Schedule::Undated => "undated",
            Schedule::OnEvent => "event",
        }
    }

    /// The day it is due, for dated duties.
    pub fn due(self) -> Option<NaiveDate> {
        match self {
            Schedule::Due(day) => Some(day),
            _ => None,
        }
    }

    /// The one period of a duty that is owed once; `None` for recurring and event duties.
    pub fn single_period(self) -> Option<Period> {
        match self {
            Schedule::Due(day) => Some(Period::Day(day)),
            Schedule::Undated => Some(Period::Once),
            Schedule::Every(_) | Schedule::OnEvent => None,
        }
    }
}

/// Whether a date parks a duty: it lies before the notice itself (DOMAIN: 4月末前 in a notice of 18 May).
pub fn hold_for(schedule: Schedule, vague: bool, issued: NaiveDate) -> Option<Hold> {
    if vague {
        return Some(Hold::Vague);
    }
    schedule.due().filter(|day| *day < issued).map(|_| Hold::Historic)
}

/// How chat names a duty: `#12` where the task has only one, `#12.2` otherwise.
pub fn duty_label(task: TaskNo, seq: i64, siblings: i64) -> String {
    if siblings > 1 { format!("#{task}.{seq}") } else { format!("#{task}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_date_before_the_notice_waits_for_the_office() {
        let issued = day("2022-05-18");
        assert_eq!(hold_for(Schedule::Due(day("2022-04-30")), false, issued), Some(Hold::Historic));
        assert_eq!(hold_for(Schedule::Due(issued), false, issued), None);
        assert_eq!(hold_for(Schedule::Undated, false, issued), None);
        assert_eq!(hold_for(Schedule::Undated, true, issued), Some(Hold::Vague));
    }

    /// Every state and every act, row by row: what becomes of it, or why not.
    #[test]
    fn every_act_on_every_state_is_decided() {
        use TaskRefusal::{Ended, NotConfirmed, Running as Runs, Suspended as Aside};
        use TaskState::{Closed, Draft, Running, Suspended, Void};
        // confirm, suspend, resume, close, void, reopen
        let table = [
            (
                Draft,
                [
                    Ok(Running),
                    Err(NotConfirmed),
                    Err(NotConfirmed),
                    Err(NotConfirmed),
                    Ok(Void),
                    Err(NotConfirmed),
                ],
            ),
            (Running, [Err(Runs), Ok(Suspended), Err(Runs), Ok(Closed), Ok(Void), Err(Runs)]),
            (Suspended, [Err(Aside), Err(Aside), Ok(Running), Ok(Closed), Ok(Void), Err(Aside)]),
            (Closed, [Err(Ended), Err(Ended), Err(Ended), Err(Ended), Err(Ended), Ok(Running)]),
            (Void, [Err(Ended), Err(Ended), Err(Ended), Err(Ended), Err(Ended), Ok(Running)]),
        ];
        assert_eq!(table.len(), TaskState::ALL.len());
        for (state, expected) in table {
            for (act, expected) in TaskAct::ALL.iter().zip(expected) {
                assert_eq!(after(state, *act), expected, "{} {}", state.as_str(), act.as_str());
            }
        }
    }

    #[test]
    fn a_task_with_one_duty_needs_no_second_number() {
        assert_eq!(duty_label(TaskNo(12), 1, 1), "#12");
        assert_eq!(duty_label(TaskNo(12), 2, 3), "#12.2");
    }
}
