//! The course of one task, line by line, for its page.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::TaskNo;
use crate::domain::reason::Reason;
use crate::domain::sight::Sight;
use crate::store::history::Line;
use crate::store::overview::lists;
use crate::store::{Connection, rows};

/// Which lines of a task's course are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The task.
    pub task: TaskNo,
    /// Whose filings; with everything come the lines about the task as a whole.
    pub sight: &'a Sight,
    /// At most so many.
    pub limit: i64,
}

/// The newest lines of history, the newest first. Who does not see everything gets the lines on own filings, without what
/// the lead unit told the office about them.
pub async fn history(conn: &mut Connection, wanted: Wanted<'_>) -> sqlx::Result<Vec<Line>> {
    let (units, teams) = lists(wanted.sight);
    sqlx::query(
        "select h.at, h.actor, h.what, h.detail, coalesce(u.short, g.short) as owner
         from history h
         left join filing f on f.filing_id = h.filing_id
         left join unit u on u.unit_id = f.unit_id
         left join team g on g.team_id = f.team_id
         where h.task_id = $1
           and ($2 is null or (h.what <> 'pre_reviewed' and (f.unit_id in (select value from json_each($2))
                                                             or f.team_id in (select value from json_each($3)))))
         order by h.history_id desc limit $4",
    )
    .bind(wanted.task.0)
    .bind(units)
    .bind(teams)
    .bind(wanted.limit)
    .try_map(|row: SqliteRow| {
        Ok(Line {
            at: rows::instant(&row, "at")?,
            actor: row.try_get("actor")?,
            owner: row.try_get("owner")?,
            what: row.try_get("what")?,
            detail: rows::json(&row, "detail")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// What went out on one day about a task for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: Option<Reason>,
    /// The chat, or one of them.
    pub chat: String,
    /// How many chats heard it.
    pub chats: i64,
}

/// The newest reminders about a task, the newest first.
pub async fn reminders(conn: &mut Connection, wanted: Wanted<'_>) -> sqlx::Result<Vec<Reminder>> {
    let (units, teams) = lists(wanted.sight);
    sqlx::query(
        "select k.created_at, a.step, min(c.title) as chat, count(distinct k.chat_id) as chats
         from duty d join filing f on f.duty_id = d.duty_id join card_item i on i.filing_id = f.filing_id
         join ask a on a.ask_id = i.ask_id join card k on k.card_id = i.card_id join chat c on c.chat_id = k.chat_id
         where d.task_id = $1 and k.kind = 'reminder'
           and ($2 is null or f.unit_id in (select value from json_each($2)) or f.team_id in (select value from json_each($3)))
         group by k.created_at, a.step order by k.created_at desc limit $4",
    )
    .bind(wanted.task.0)
    .bind(units)
    .bind(teams)
    .bind(wanted.limit)
    .try_map(|row: SqliteRow| {
        let step: String = row.try_get("step")?;
        Ok(Reminder {
            at: rows::instant(&row, "created_at")?,
            reason: Reason::from_step(&step),
            chat: row.try_get("chat")?,
            chats: row.try_get("chats")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// The newest report on a task, in the writer's words, and whose it is.
pub async fn last_report(
    conn: &mut Connection,
    task: TaskNo,
    sight: &Sight,
) -> sqlx::Result<Option<(DateTime<Utc>, String, String)>> {
    let (units, teams) = lists(sight);
    sqlx::query(
        "select h.at, coalesce(u.short, g.short, '') as owner, coalesce(json_extract(h.detail, '$.text'), '') as text
         from history h join filing f on f.filing_id = h.filing_id
         left join unit u on u.unit_id = f.unit_id left join team g on g.team_id = f.team_id
         where h.task_id = $1 and h.what in ('reported', 'claimed')
           and ($2 is null or f.unit_id in (select value from json_each($2)) or f.team_id in (select value from json_each($3)))
         order by h.history_id desc limit 1",
    )
    .bind(task.0)
    .bind(units)
    .bind(teams)
    .try_map(|row: SqliteRow| {
        Ok((rows::instant(&row, "at")?, row.try_get("owner")?, row.try_get("text")?))
    })
    .fetch_optional(conn)
    .await
}
