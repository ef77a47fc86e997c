//! Documents that the office sent, on their way to a plan.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, ChatId, InboxId};
use crate::domain::now::stamp;
use crate::domain::people::words;
use crate::store::{Connection, rows};

words! {
    /// Where a document stands.
    DocumentState {
        /// Its bytes are on the platform.
        Wanted = "wanted",
        /// It was read, and the office was shown what has to be looked at.
        Read = "read",
        /// The office wants it loaded.
        Accepted = "accepted",
        /// It is a plan now.
        Loaded = "loaded",
        /// It cannot be read or loaded.
        Refused = "refused",
    }
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its row.
    pub id: i64,
    /// The chat it came through.
    pub chat: ChatId,
    /// Who sent it.
    pub account: AccountId,
    /// The event it came with.
    pub inbox: InboxId,
    /// The platform.
    pub channel: String,
    /// The platform's name of it.
    pub source: String,
    /// What it is called.
    pub name: String,
    /// Its bytes, where known.
    pub size: Option<u64>,
    /// Its hash, once it is kept.
    pub sha256: Option<String>,
    /// Where it stands.
    pub state: DocumentState,
    /// How often it was tried.
    pub attempts: i64,
}

/// A document as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewDocument<'a> {
    /// The event it came with.
    pub inbox: InboxId,
    /// The chat it came through.
    pub chat: ChatId,
    /// Who sent it.
    pub account: AccountId,
    /// The platform's name of it.
    pub source: &'a str,
    /// What it is called.
    pub name: &'a str,
    /// Its bytes, where known.
    pub size: Option<u64>,
}

/// Notes a document that came.
pub async fn add(conn: &mut Connection, new: &NewDocument<'_>, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into document (inbox_id, chat_id, account_id, channel, source, name, size, state, not_before, added_at)
         select $1, c.chat_id, $3, c.channel, $4, $5, $6, 'wanted', $7, $7 from chat c where c.chat_id = $2",
    )
    .bind(new.inbox.0)
    .bind(new.chat.0)
    .bind(new.account.0)
    .bind(new.source)
    .bind(new.name)
    .bind(new.size.and_then(|size| i64::try_from(size).ok()))
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

fn document_of(row: &SqliteRow) -> sqlx::Result<Document> {
    Ok(Document {
        id: row.try_get("document_id")?,
        chat: ChatId(row.try_get("chat_id")?),
        account: AccountId(row.try_get("account_id")?),
        inbox: InboxId(row.try_get("inbox_id")?),
        channel: row.try_get("channel")?,
        source: row.try_get("source")?,
        name: row.try_get("name")?,
        size: row.try_get::<Option<i64>, _>("size")?.and_then(|size| u64::try_from(size).ok()),
        sha256: row.try_get("sha256")?,
        state: rows::parsed(row, "state")?,
        attempts: row.try_get("attempts")?,
    })
}

/// The next document to be fetched or loaded.
pub async fn next(conn: &mut Connection, at: DateTime<Utc>) -> sqlx::Result<Option<Document>> {
    sqlx::query(
        "select * from document where state in ('wanted', 'accepted') and not_before <= $1
         order by document_id limit 1",
    )
    .bind(stamp(at))
    .try_map(|row| document_of(&row))
    .fetch_optional(conn)
    .await
}

/// Moves a document on. False where somebody else did so first.
pub async fn set(
    conn: &mut Connection,
    id: i64,
    (from, to): (DocumentState, DocumentState),
    (sha256, note): (Option<&str>, &str),
) -> sqlx::Result<bool> {
    let moved = sqlx::query(
        "update document set state = $3, sha256 = coalesce($4, sha256), note = $5
         where document_id = $1 and state = $2",
    )
    .bind(id)
    .bind(from.as_str())
    .bind(to.as_str())
    .bind(sha256)
    .bind(note)
    .execute(conn)
    .await?;
    Ok(moved.rows_affected() == 1)
}

/// What was read out of a document that takes effect by its button: the decisions of a filled sheet, the edits of a ledger.
/// `None` where it is something else.
pub async fn note<T: serde::de::DeserializeOwned>(conn: &mut Connection, id: i64) -> sqlx::Result<Option<T>> {
    let found: Option<(Option<String>,)> = sqlx::query_as("select note from document where document_id = $1")
        .bind(id)
        .fetch_optional(conn)
        .await?;
    Ok(found.and_then(|(note,)| serde_json::from_str(&note?).ok()))
}

/// Puts a document off.
pub async fn put_off(conn: &mut Connection, id: i64, until: DateTime<Utc>, note: &str) -> sqlx::Result<()> {
    sqlx::query(
        "update document set not_before = $2, note = $3, attempts = attempts + 1 where document_id = $1",
    )
    .bind(id)
    .bind(stamp(until))
    .bind(note)
    .execute(conn)
    .await?;
    Ok(())
}
