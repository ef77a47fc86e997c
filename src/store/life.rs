//! The life of a task as a whole: where it stands, and what that means for its filings.

use serde_json::Value;

use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::now::stamp;
use crate::domain::task::TaskState;
use crate::store::Connection;
use crate::store::decisions::Before;
use crate::store::history::{self, About, Cause};

/// The word of history for a change that was taken back.
pub const UNDONE: &str = "task_undone";

/// One change of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct Move<'a> {
    /// Which.
    pub task: TaskNo,
    /// Where it stood.
    pub from: TaskState,
    /// Where it stands now.
    pub to: TaskState,
    /// The word of history.
    pub what: &'a str,
    /// The particulars.
    pub detail: Value,
}

/// Moves a task, with its line of history (law L3). What is owed of a task that ends, ends with it, and is owed again once it is
/// reopened; while it is put aside nobody looks at it. Returns the filings that changed by it.
pub async fn set(conn: &mut Connection, change: &Move<'_>, cause: &Cause) -> sqlx::Result<Vec<FilingId>> {
    sqlx::query("update task set state = $2 where task_id = $1")
        .bind(change.task.0)
        .bind(change.to.as_str())
        .execute(&mut *conn)
        .await?;
    let changed = sweep(conn, change, cause).await?;
    let about = About { task: Some(change.task), filing: None };
    // What takes a decision back is no decision: 撤销 twice does not do it again.
    let before = (change.what != UNDONE)
        .then(|| serde_json::to_string(&Before::Task(change.from, change.to)).expect("string keys only"));
    history::add_change(conn, cause, about, (change.what, &change.detail), before.as_deref()).await?;
    Ok(changed)
}

async fn sweep(conn: &mut Connection, change: &Move<'_>, cause: &Cause) -> sqlx::Result<Vec<FilingId>> {
    let statement = match change.to {
        TaskState::Closed | TaskState::Void => {
            "update filing set state = 'void', next_look_at = null, version = version + 1
             where state in ('open', 'sent_back', 'claimed') and duty_id in (select duty_id from duty where task_id = $1)
               and $2 is not null returning filing_id"
        }
        TaskState::Suspended => {
            "update filing set next_look_at = null
             where state in ('open', 'sent_back') and duty_id in (select duty_id from duty where task_id = $1)
               and $2 is not null returning filing_id"
        }
        TaskState::Running if matches!(change.from, TaskState::Closed | TaskState::Void) => {
            "update filing set state = 'open', next_look_at = $2, version = version + 1
             where state = 'void' and duty_id in (select duty_id from duty where task_id = $1) returning filing_id"
        }
        TaskState::Running => {
            "update filing set next_look_at = $2
             where state in ('open', 'sent_back') and duty_id in (select duty_id from duty where task_id = $1)
             returning filing_id"
        }
        TaskState::Draft => return Ok(Vec::new()),
    };
    let changed: Vec<(i64,)> =
        sqlx::query_as(statement).bind(change.task.0).bind(stamp(cause.at)).fetch_all(conn).await?;
    Ok(changed.into_iter().map(|(id,)| FilingId(id)).collect())
}

/// Sets a closed task to work again, because something of it is owed again.
pub async fn reopen(conn: &mut Connection, task: TaskNo, cause: &Cause) -> sqlx::Result<()> {
    let found: Option<(String,)> =
        sqlx::query_as("select state from task where task_id = $1 and state = 'closed'")
            .bind(task.0)
            .fetch_optional(&mut *conn)
            .await?;
    if found.is_some() {
        let (from, to) = (TaskState::Closed, TaskState::Running);
        let change = Move { task, from, to, what: "task_reopened", detail: serde_json::json!({}) };
        set(conn, &change, cause).await?;
    }
    Ok(())
}
