//! The terms of duties, as the office sets them after the import.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::{DutyId, TaskNo};
use crate::domain::now::Now;
use crate::domain::period::Cadence;
use crate::domain::task::{Hold, Schedule, TaskState};
use crate::rules::policy::Files;
use crate::store::filings::{self, Span};
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, rows};

/// A duty as the office sees it when it sets a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The duty.
    pub duty: DutyId,
    /// Its place within the task.
    pub seq: i64,
    /// What is to be done.
    pub text: String,
    /// Why it waits, if it does.
    pub hold: Option<Hold>,
    /// Whether it is owed once and has no day.
    pub undated: bool,
    /// Where its task stands.
    pub task_state: TaskState,
}

/// The duties of a task, the progress ask not among them.
pub async fn of_task(conn: &mut Connection, task: TaskNo) -> sqlx::Result<Vec<Term>> {
    sqlx::query(
        "select d.duty_id, d.seq, d.text, d.hold, d.schedule = 'undated' and d.starts is null as undated, t.state
         from duty d join task t on t.task_id = d.task_id
         where d.task_id = $1 and d.progress = 0 order by d.seq",
    )
    .bind(task.0)
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Term {
            duty: DutyId(row.try_get("duty_id")?),
            seq: row.try_get("seq")?,
            text: row.try_get("text")?,
            hold: rows::parsed_or_none(&row, "hold")?,
            undated: row.try_get("undated")?,
            task_state: rows::parsed(&row, "state")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// What the office sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// A day.
    Due(NaiveDate),
    /// Once in every period.
    Every(Cadence),
    /// Nobody is asked for it any more.
    Dropped,
}

/// Sets the term of a duty that waited for it; where its task runs, what is owed once is opened at once. Returns how many
/// filings were opened.
pub async fn set(
    conn: &mut Connection,
    (task, term): (TaskNo, &Term),
    set: Set,
    (now, cause): (&Now, &Cause),
) -> sqlx::Result<u64> {
    let schedule = match set {
        Set::Due(day) => Schedule::Due(day),
        Set::Every(cadence) => Schedule::Every(cadence),
        Set::Dropped => Schedule::OnEvent,
    };
    sqlx::query(
        "update duty set schedule = $1, due = $2, hold = null, reviewed = max(reviewed, $3) where duty_id = $4",
    )
    .bind(schedule.as_str())
    .bind(schedule.due().map(|day| day.to_string()))
    .bind(schedule.due().is_some())
    .bind(term.duty.0)
    .execute(&mut *conn)
    .await?;
    let about = About { task: Some(task), filing: None };
    history::add(conn, cause, about, "term_set", &json!({ "duty": term.seq, "term": format!("{set:?}") }))
        .await?;
    match schedule.single_period().filter(|_| term.task_state == TaskState::Running) {
        Some(period) => {
            let due_on = schedule.due();
            let span =
                Span { period, due_on, due_at: due_on.map(|day| now.end_of(day)), files: Files::Responsible };
            filings::open(conn, term.duty, span, (now.at(), Some(now.at()))).await
        }
        None => Ok(0),
    }
}

/// Notes where a duty starts, so that its progress is held against the elapsed workdays; like everything that has a day, its
/// end is verified.
pub async fn set_start(conn: &mut Connection, term: &Term, starts: NaiveDate) -> sqlx::Result<()> {
    sqlx::query("update duty set starts = $1, reviewed = 1 where duty_id = $2")
        .bind(starts.to_string())
        .bind(term.duty.0)
        .execute(conn)
        .await?;
    Ok(())
}
