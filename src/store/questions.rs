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

/// A question to be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// To whom.
    pub account: AccountId,
    /// In which chat.
    pub chat: ChatId,
    /// The event it is about.
    pub inbox: InboxId,
    /// What is needed to go on, as JSON.
    pub body: &'a str,
}

/// Asks with buttons. Returns the question's number, for them.
pub async fn ask(
    conn: &mut Connection,
    asked: &Asked<'_>,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<i64> {
    put(conn, asked, "button", span).await
}

/// Asks for a line in words.
pub async fn ask_line(
    conn: &mut Connection,
    asked: &Asked<'_>,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<i64> {
    put(conn, asked, "line", span).await
}

async fn put(
    conn: &mut Connection,
    asked: &Asked<'_>,
    answer: &str,
    (asked_at, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<i64> {
    // Words of a question that nobody answered in time are not kept.
    sqlx::query("update question set body = '' where expires_at <= $1 and body <> ''")
        .bind(stamp(asked_at))
        .execute(&mut *conn)
        .await?;
    let (id,): (i64,) = sqlx::query_as(
        "insert into question (account_id, chat_id, inbox_id, body, answer, asked_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7) returning question_id",
    )
    .bind(asked.account.0)
    .bind(asked.chat.0)
    .bind(asked.inbox.0)
    .bind(asked.body)
    .bind(answer)
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
         and answer = 'button' returning question_id, account_id, inbox_id, body",
    )
    .bind(id)
    .bind(stamp(at))
    .bind(by.0)
    .try_map(|row| question_of(&row))
    .fetch_optional(conn)
    .await
}

/// The newest line that somebody was asked for in a chat and has not written: of the message that answered this event,
/// or of any.
pub async fn awaited(
    conn: &mut Connection,
    (account, chat, at): (AccountId, ChatId, DateTime<Utc>),
    inbox: Option<InboxId>,
) -> sqlx::Result<Option<Question>> {
    sqlx::query(
        "select question_id, account_id, inbox_id, body from question
         where chat_id = $1 and account_id = $2 and answer = 'line' and answered_at is null and expires_at > $3
           and ($4 is null or inbox_id = $4)
         order by question_id desc limit 1",
    )
    .bind(chat.0)
    .bind(account.0)
    .bind(stamp(at))
    .bind(inbox.map(|inbox| inbox.0))
    .try_map(|row| question_of(&row))
    .fetch_optional(conn)
    .await
}

/// The questions with buttons that somebody has in a chat and has not answered, the newest first.
pub async fn open_choices(
    conn: &mut Connection,
    (account, chat, at): (AccountId, ChatId, DateTime<Utc>),
) -> sqlx::Result<Vec<Question>> {
    sqlx::query(
        "select question_id, account_id, inbox_id, body from question
         where chat_id = $1 and account_id = $2 and answer = 'button' and answered_at is null and expires_at > $3
         order by question_id desc",
    )
    .bind(chat.0)
    .bind(account.0)
    .bind(stamp(at))
    .try_map(|row| question_of(&row))
    .fetch_all(conn)
    .await
}

/// Replaces what a question needs to go on.
pub async fn reword(conn: &mut Connection, id: i64, body: &str) -> sqlx::Result<()> {
    sqlx::query("update question set body = $2 where question_id = $1")
        .bind(id)
        .bind(body)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that a line was written.
pub async fn settle(conn: &mut Connection, id: i64, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update question set answered_at = $2 where question_id = $1")
        .bind(id)
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}

fn question_of(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Question> {
    Ok(Question {
        id: row.try_get("question_id")?,
        account: AccountId(row.try_get("account_id")?),
        inbox: InboxId(row.try_get("inbox_id")?),
        body: row.try_get("body")?,
    })
}
