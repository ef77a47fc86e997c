//! The inbox: everything that came in, on disk before the platform is told, each event once.

use chrono::{DateTime, Utc};
use sqlx::Row as _;

use crate::domain::ids::InboxId;
use crate::domain::now::stamp;
use crate::domain::people::words;
use crate::store::{Connection, rows};

words! {
    /// What became of an event.
    Outcome {
        /// It took effect.
        Done = "done",
        /// Nothing came of it; its words are gone.
        Ignored = "ignored",
        /// We failed; somebody has to look.
        Failed = "failed",
    }
}

/// An event as a channel hands it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent<'a> {
    /// The platform.
    pub channel: &'a str,
    /// The platform's id of the event.
    pub event: &'a str,
    /// When it was said.
    pub said_at: DateTime<Utc>,
    /// All of it, as JSON.
    pub body: String,
}

/// Stores events in their order; those that are there already stay as they are. `json_each` is SQLite's own.
pub async fn add_all(
    conn: &mut Connection,
    events: &[NewEvent<'_>],
    received_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    let events: Vec<_> =
        events.iter().map(|one| (one.channel, one.event, stamp(one.said_at), &one.body)).collect();
    sqlx::query(
        "insert into inbox (channel, event, said_at, received_at, body)
         select value ->> 0, value ->> 1, value ->> 2, $2, value ->> 3 from json_each($1) where true
         on conflict do nothing",
    )
    .bind(rows::to_json(&events))
    .bind(stamp(received_at))
    .execute(conn)
    .await?;
    Ok(())
}

/// The next events to hear, in the order they came.
pub async fn unheard(conn: &mut Connection, limit: usize) -> sqlx::Result<Vec<(InboxId, String)>> {
    sqlx::query("select inbox_id, body from inbox where state = 'new' order by inbox_id limit $1")
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .try_map(|row: sqlx::sqlite::SqliteRow| Ok((InboxId(row.try_get("inbox_id")?), row.try_get("body")?)))
        .fetch_all(conn)
        .await
}

/// Notes what became of an event. Where nothing came of it, its words go in the same transaction.
pub async fn settle(
    conn: &mut Connection,
    id: InboxId,
    outcome: Outcome,
    note: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query("update inbox set state = $2, note = $3, body = case when $2 = 'ignored' then '' else body end where inbox_id = $1")
        .bind(id.0)
        .bind(outcome.as_str())
        .bind(note)
        .execute(conn)
        .await?;
    Ok(())
}

/// The same for several, without a note. `json_each` is SQLite's own.
pub async fn settle_all(conn: &mut Connection, events: &[(InboxId, Outcome)]) -> sqlx::Result<()> {
    let events: Vec<_> = events.iter().map(|(id, outcome)| (id, outcome.as_str())).collect();
    sqlx::query(
        "update inbox set state = j.value ->> 1, note = null,
                body = case when j.value ->> 1 = 'ignored' then '' else body end
         from json_each($1) j where inbox_id = j.value ->> 0",
    )
    .bind(rows::to_json(&events))
    .execute(conn)
    .await?;
    Ok(())
}

/// The event as it came, for a question that is answered later.
pub async fn body(conn: &mut Connection, id: InboxId) -> sqlx::Result<Option<String>> {
    let found: Option<(String,)> =
        sqlx::query_as("select body from inbox where inbox_id = $1").bind(id.0).fetch_optional(conn).await?;
    Ok(found.map(|(body,)| body).filter(|body| !body.is_empty()))
}

/// Whether there are heard events of before that still hold their words.
pub async fn has_old(conn: &mut Connection, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let found: Option<(i64,)> = sqlx::query_as(
        "select inbox_id from inbox where received_at < $1 and state <> 'new' and body <> '' limit 1",
    )
    .bind(stamp(before))
    .fetch_optional(conn)
    .await?;
    Ok(found.is_some())
}

/// Empties so many of them; their ids stay, so that none counts twice.
pub async fn empty_old(conn: &mut Connection, before: DateTime<Utc>, limit: i64) -> sqlx::Result<u64> {
    let emptied = sqlx::query(
        "update inbox set body = '' where inbox_id in (
             select inbox_id from inbox where received_at < $1 and state <> 'new' and body <> ''
             order by received_at limit $2)",
    )
    .bind(stamp(before))
    .bind(limit)
    .execute(conn)
    .await?;
    Ok(emptied.rows_affected())
}

/// Events by state: waiting and failed.
pub async fn counts(conn: &mut Connection) -> sqlx::Result<(i64, i64)> {
    sqlx::query_as(
        "select count(*) filter (where state = 'new'), count(*) filter (where state = 'failed') from inbox",
    )
    .fetch_one(conn)
    .await
}
