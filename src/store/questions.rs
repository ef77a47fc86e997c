//! Questions we asked back, kept until they are answered or too old.

use chrono::{DateTime, Utc};
use sqlx::Row as _;

use crate::domain::ids::{AccountId, ChatId, InboxId};
use crate::domain::now::stamp;
use crate::store::Connection;

/// A question that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its row.
    pub id: i64,
    /// Who was asked.
    pub account: AccountId,
    /// The event it is about.
    pub inbox: InboxId,
    /// What is needed to go on, as JSON.
    pub body: String,
}

/// Asks. Returns the question's number, for the buttons.
pub async fn ask(
    conn: &mut Connection,
    account: AccountId,
    chat: ChatId,
    inbox: InboxId,
    body: &str,
    (asked_at, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<i64> {
    // Words of a question that nobody answered in time are not kept.
    sqlx::query("update question set body = '' where expires_at <= $1 and body <> ''")
        .bind(stamp(asked_at))
        .execute(&mut *conn)
        .await?;
    let (id,): (i64,) = sqlx::query_as(
        "insert into question (account_id, chat_id, inbox_id, body, asked_at, expires_at)
         values ($1, $2, $3, $4, $5, $6) returning question_id",
    )
    .bind(account.0)
    .bind(chat.0)
    .bind(inbox.0)
    .bind(body)
    .bind(stamp(asked_at))
    .bind(stamp(expires_at))
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Takes a question up for its answer; `None` where it was answered, is too old, or was put to somebody else.
pub async fn answer(
    conn: &mut Connection,
    id: i64,
    by: AccountId,
    at: DateTime<Utc>,
) -> sqlx::Result<Option<Question>> {
    sqlx::query(
        "update question set answered_at = $2
         where question_id = $1 and answered_at is null and expires_at > $2 and account_id = $3
         returning question_id, account_id, inbox_id, body",
    )
    .bind(id)
    .bind(stamp(at))
    .bind(by.0)
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Question {
            id: row.try_get("question_id")?,
            account: AccountId(row.try_get("account_id")?),
            inbox: InboxId(row.try_get("inbox_id")?),
            body: row.try_get("body")?,
        })
    })
    .fetch_optional(conn)
    .await
}
