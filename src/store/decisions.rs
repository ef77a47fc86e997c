//! Decisions of the office, as far as it takes to take them back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::filing::Standing;
use crate::domain::ids::{AccountId, FilingId, HandoverId, InboxId, LeaveId, TaskNo};
use crate::domain::now::stamp;
use crate::domain::task::TaskState;
use crate::store::Connection;
use crate::store::filings::Owed;

/// The words of history that tell of a decision about a filing.
const ABOUT_FILINGS: [&str; 9] = [
    "closed",
    "sent_back",
    "extended",
    "declined",
    "term_set",
    "exempted",
    "exemption_refused",
    "exemption_lifted",
    "resumed",
];

/// What a decision changed, as it was before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Before {
    /// A filing, and its version after the decision: another one now means that somebody has acted on it since.
    Filing(Box<Standing>, i64),
    /// A task as a whole, and where the decision put it.
    Task(TaskState, TaskState),
    /// A hand-over of a post.
    Handover(HandoverId),
    /// A leave.
    Leave(LeaveId),
}

/// What to keep of a filing that is about to be changed; `None` where `what` is no decision of the office.
pub(super) fn before_filing(what: &str, owed: &Owed) -> Option<String> {
    let before = || Before::Filing(Box::new(owed.filing.standing.clone()), owed.filing.version + 1);
    ABOUT_FILINGS.contains(&what).then(|| serde_json::to_string(&before()).expect("string keys only"))
}

/// What to keep of a hand-over or leave that is being written down.
pub(super) fn before_people(before: &Before) -> String {
    serde_json::to_string(before).expect("string keys only")
}

/// One change that an event made.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The task.
    pub task: Option<TaskNo>,
    /// The filing.
    pub filing: Option<FilingId>,
    /// The word of history.
    pub what: String,
    /// What was.
    pub before: Before,
}

/// The event of the newest decision that somebody made since then and that was not taken back.
pub async fn newest_of(
    conn: &mut Connection,
    account: AccountId,
    since: DateTime<Utc>,
) -> sqlx::Result<Option<InboxId>> {
    let found: Option<(i64,)> = sqlx::query_as(
        "select h.inbox_id from history h
         where h.account_id = $1 and h.before is not null and h.at >= $2 and h.inbox_id is not null
           and h.inbox_id not in (select inbox_id from undone_event)
         order by h.history_id desc limit 1",
    )
    .bind(account.0)
    .bind(stamp(since))
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(id,)| InboxId(id)))
}

/// The changes that an event made and that can be taken back, the last first. Empty where that was done.
pub async fn of_event(conn: &mut Connection, event: InboxId) -> sqlx::Result<Vec<Change>> {
    let found = sqlx::query(
        "select task_id, filing_id, what, before from history
         where inbox_id = $1 and before is not null and inbox_id not in (select inbox_id from undone_event)
         order by history_id desc",
    )
    .bind(event.0)
    .try_map(|row: SqliteRow| {
        let before: String = row.try_get("before")?;
        let before: Option<Before> = serde_json::from_str(&before).ok();
        let (task, filing): (Option<i64>, Option<i64>) = (row.try_get("task_id")?, row.try_get("filing_id")?);
        let what = row.try_get("what")?;
        Ok(before.map(|before| Change { task: task.map(TaskNo), filing: filing.map(FilingId), what, before }))
    })
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().flatten().collect())
}

/// Notes that an event's decisions were taken back; its reviews stay, marked.
pub async fn mark_undone(
    conn: &mut Connection,
    event: InboxId,
    by: AccountId,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("insert into undone_event (inbox_id, account_id, undone_at) values ($1, $2, $3)")
        .bind(event.0)
        .bind(by.0)
        .bind(stamp(at))
        .execute(&mut *conn)
        .await?;
    sqlx::query("update review set undone_at = $2 where inbox_id = $1 and undone_at is null")
        .bind(event.0)
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}
