//! The history: every change has a line that says who, when, what and from which message (promise R7). Only added to.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::domain::ids::{AccountId, FilingId, InboxId, TaskNo};
use crate::domain::now::stamp;
use crate::store::{Connection, rows};

/// Who causes a change, when, and by which message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The person, where it is one.
    pub account: Option<AccountId>,
    /// How history names the actor: a post, a name, `clock` or `console`.
    pub actor: String,
    /// The incoming message.
    pub inbox: Option<InboxId>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Cause {
    /// The clock acts.
    pub fn clock(at: DateTime<Utc>) -> Cause {
        Cause { account: None, actor: "clock".to_owned(), inbox: None, at }
    }

    /// Somebody at the machine acts.
    pub fn console(at: DateTime<Utc>) -> Cause {
        Cause { account: None, actor: "console".to_owned(), inbox: None, at }
    }
}

/// What a line of history is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// The task.
    pub task: Option<TaskNo>,
    /// The filing.
    pub filing: Option<FilingId>,
}

/// Adds a line.
pub async fn add(
    conn: &mut Connection,
    cause: &Cause,
    about: About,
    what: &str,
    detail: &Value,
) -> sqlx::Result<()> {
    add_change(conn, cause, about, (what, detail), None).await
}

/// Adds a line about a change that can be taken back: `before` is what was, as JSON.
pub async fn add_change(
    conn: &mut Connection,
    cause: &Cause,
    about: About,
    (what, detail): (&str, &Value),
    before: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into history (at, account_id, actor, inbox_id, task_id, filing_id, what, detail, before)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(stamp(cause.at))
    .bind(cause.account.map(|id| id.0))
    .bind(&cause.actor)
    .bind(cause.inbox.map(|id| id.0))
    .bind(about.task.map(|id| id.0))
    .bind(about.filing.map(|id| id.0))
    .bind(what)
    .bind(detail.to_string())
    .bind(before)
    .execute(conn)
    .await?;
    Ok(())
}

/// One line, as people read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// Whose filing it is about, in short.
    pub owner: Option<String>,
    /// What.
    pub what: String,
    /// The particulars.
    pub detail: Value,
}

/// The newest lines of a task, oldest first.
pub async fn of_task(conn: &mut Connection, task: TaskNo, limit: i64) -> sqlx::Result<Vec<Line>> {
    let mut lines: Vec<Line> = sqlx::query(
        "select h.at, h.actor, h.what, h.detail, coalesce(u.short, g.short) as owner
         from history h
         left join filing f on f.filing_id = h.filing_id
         left join unit u on u.unit_id = f.unit_id
         left join team g on g.team_id = f.team_id
         where h.task_id = $1 order by h.history_id desc limit $2",
    )
    .bind(task.0)
    .bind(limit)
    .try_map(|row| {
        use sqlx::Row as _;
        Ok(Line {
            at: rows::instant(&row, "at")?,
            actor: row.try_get("actor")?,
            owner: row.try_get("owner")?,
            what: row.try_get("what")?,
            detail: rows::json(&row, "detail")?,
        })
    })
    .fetch_all(conn)
    .await?;
    lines.reverse();
    Ok(lines)
}

/// When the newest line was written; `None` before the first.
pub async fn last(conn: &mut Connection) -> sqlx::Result<Option<DateTime<Utc>>> {
    sqlx::query("select at from history order by history_id desc limit 1")
        .try_map(|row| rows::instant(&row, "at"))
        .fetch_optional(conn)
        .await
}
