//! Reports: what was said and what was recorded from it, with what an undo needs.

use chrono::{DateTime, Utc};
use sqlx::Row as _;

use crate::domain::filing::Standing;
use crate::domain::ids::{AccountId, ChatId, FilingId, InboxId};
use crate::domain::now::stamp;
use crate::domain::review::Said;
use crate::store::{Connection, rows};

/// Where a report came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Who reports.
    pub account: Option<AccountId>,
    /// The clerk who entered it for somebody else.
    pub entered_by: Option<AccountId>,
    /// The incoming event.
    pub inbox: Option<InboxId>,
    /// The message, for edits and undo.
    pub message: Option<(ChatId, String)>,
    /// When it was said.
    pub happened_at: DateTime<Utc>,
}

/// Writes a report that changed a filing from `before` to the version `version_after`. Gives its row.
pub async fn add(
    conn: &mut Connection,
    filing: FilingId,
    said: &Said,
    source: &Source,
    (before, version_after): (&Standing, i64),
    recorded_at: DateTime<Utc>,
) -> sqlx::Result<i64> {
    let (report,): (i64,) = sqlx::query_as(
        "insert into report (filing_id, status, percent, quantity, quantity_unit, new_due, until_on, blocker, needs, text,
            account_id, entered_by, inbox_id, chat_id, message, happened_at, recorded_at, before, version_after)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) returning report_id",
    )
    .bind(filing.0)
    .bind(said.status.as_str())
    .bind(said.percent)
    .bind(said.quantity.as_ref().map(|quantity| quantity.value))
    .bind(said.quantity.as_ref().map(|quantity| quantity.unit.clone()))
    .bind(said.new_due.map(|day| day.to_string()))
    .bind(said.until.map(|day| day.to_string()))
    .bind(&said.blocker)
    .bind(&said.needs)
    .bind(&said.text)
    .bind(source.account.map(|id| id.0))
    .bind(source.entered_by.map(|id| id.0))
    .bind(source.inbox.map(|id| id.0))
    .bind(source.message.as_ref().map(|(chat, _)| chat.0))
    .bind(source.message.as_ref().map(|(_, message)| message.clone()))
    .bind(stamp(source.happened_at))
    .bind(stamp(recorded_at))
    .bind(rows::to_json(before))
    .bind(version_after)
    .fetch_one(conn)
    .await?;
    Ok(report)
}

/// A report that may be taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Undoable {
    /// Its row.
    pub id: i64,
    /// The filing it changed.
    pub filing: FilingId,
    /// Who made it, or entered it.
    pub account: Option<AccountId>,
    /// The event it came from.
    pub inbox: Option<InboxId>,
    /// The filing as it was before.
    pub before: Standing,
    /// The filing's version after it; another version now means that somebody acted on it.
    pub version_after: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

fn undoable_of(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Undoable> {
    Ok(Undoable {
        id: row.try_get("report_id")?,
        filing: FilingId(row.try_get("filing_id")?),
        account: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
        inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId),
        before: rows::json(row, "before")?,
        version_after: row.try_get("version_after")?,
        recorded_at: rows::instant(row, "recorded_at")?,
    })
}

/// The standing reports that came from one event, newest first.
pub async fn from_event(conn: &mut Connection, inbox: InboxId) -> sqlx::Result<Vec<Undoable>> {
    sqlx::query(
        "select report_id, filing_id, coalesce(account_id, entered_by) as account_id, inbox_id, before, version_after,
                recorded_at from report
         where inbox_id = $1 and undone_at is null order by report_id desc",
    )
    .bind(inbox.0)
    .try_map(|row| undoable_of(&row))
    .fetch_all(conn)
    .await
}

/// The newest report on a filing, as far as it takes to know it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newest {
    /// Its row.
    pub id: i64,
    /// The words.
    pub text: String,
    /// Who said it, or entered it.
    pub account: Option<AccountId>,
    /// The filing's version after it.
    pub version_after: i64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// The newest report on a filing that was not taken back.
pub async fn newest_on(conn: &mut Connection, filing: FilingId) -> sqlx::Result<Option<Newest>> {
    sqlx::query(
        "select report_id, text, coalesce(account_id, entered_by) as account_id, version_after, recorded_at from report
         where filing_id = $1 and undone_at is null order by report_id desc limit 1",
    )
    .bind(filing.0)
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Newest {
            id: row.try_get("report_id")?,
            text: row.try_get("text")?,
            account: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
            version_after: row.try_get("version_after")?,
            recorded_at: rows::instant(&row, "recorded_at")?,
        })
    })
    .fetch_optional(conn)
    .await
}

/// The reports on a filing by their rows, those that were taken back among them.
pub async fn rows_on(conn: &mut Connection, filing: FilingId) -> sqlx::Result<Vec<i64>> {
    let found: Vec<(i64,)> = sqlx::query_as("select report_id from report where filing_id = $1")
        .bind(filing.0)
        .fetch_all(conn)
        .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// What a person last reported in a chat since a moment, newest first: everything that one event recorded.
pub async fn last_of(
    conn: &mut Connection,
    (account, chat): (AccountId, ChatId),
    since: DateTime<Utc>,
) -> sqlx::Result<Vec<Undoable>> {
    let last: Option<(i64,)> = sqlx::query_as(
        "select inbox_id from report
         where chat_id = $1 and coalesce(account_id, entered_by) = $2 and recorded_at >= $3
           and undone_at is null and inbox_id is not null
         order by report_id desc limit 1",
    )
    .bind(chat.0)
    .bind(account.0)
    .bind(stamp(since))
    .fetch_optional(&mut *conn)
    .await?;
    match last {
        Some((inbox,)) => from_event(conn, InboxId(inbox)).await,
        None => Ok(Vec::new()),
    }
}

/// The standing reports that came from one message, newest first.
pub async fn from_message(conn: &mut Connection, chat: ChatId, message: &str) -> sqlx::Result<Vec<Undoable>> {
    sqlx::query(
        "select report_id, filing_id, coalesce(account_id, entered_by) as account_id, inbox_id, before, version_after,
                recorded_at from report
         where chat_id = $1 and message = $2 and undone_at is null order by report_id desc",
    )
    .bind(chat.0)
    .bind(message)
    .try_map(|row| undoable_of(&row))
    .fetch_all(conn)
    .await
}

/// Marks a report as taken back; the row stays.
pub async fn mark_undone(conn: &mut Connection, report: i64, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update report set undone_at = $2 where report_id = $1")
        .bind(report)
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// What the office decided, as a row of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// On which filing.
    pub filing: FilingId,
    /// `close`, `send_back` or `extend`.
    pub act: &'static str,
    /// Why.
    pub reason: Option<String>,
    /// The new day, for `extend`.
    pub new_due: Option<chrono::NaiveDate>,
    /// By whom.
    pub account: Option<AccountId>,
    /// By which message.
    pub inbox: Option<InboxId>,
    /// When it was said.
    pub happened_at: DateTime<Utc>,
}

/// Writes a decision.
pub async fn add_review(
    conn: &mut Connection,
    review: &Review,
    recorded_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into review (filing_id, act, reason, new_due, account_id, inbox_id, happened_at, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(review.filing.0)
    .bind(review.act)
    .bind(&review.reason)
    .bind(review.new_due.map(|day| day.to_string()))
    .bind(review.account.map(|id| id.0))
    .bind(review.inbox.map(|id| id.0))
    .bind(stamp(review.happened_at))
    .bind(stamp(recorded_at))
    .execute(conn)
    .await?;
    Ok(())
}
