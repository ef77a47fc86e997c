//! Suggestions (金点子) and what the office made of them.

use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::{AccountId, ChatId, TaskNo};
use crate::domain::now::stamp;
use crate::domain::origin::Suggestion;
use crate::store::Connection;
use crate::store::history::{self, About, Cause};

/// A suggestion as it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said<'a> {
    /// Its words.
    pub text: &'a str,
    /// Who makes it, by post.
    pub by_whom: &'a str,
    /// The account.
    pub account: AccountId,
    /// Where the answer goes.
    pub chat: ChatId,
}

/// Registers one; gives its number.
pub async fn add(conn: &mut Connection, said: &Said<'_>, cause: &Cause) -> sqlx::Result<i64> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into suggestion (text, by_whom, account_id, chat_id, said_at) values ($1, $2, $3, $4, $5)
         returning suggestion_id",
    )
    .bind(said.text)
    .bind(said.by_whom)
    .bind(said.account.0)
    .bind(said.chat.0)
    .bind(stamp(cause.at))
    .fetch_one(&mut *conn)
    .await?;
    history::add(conn, cause, About::default(), "suggested", &json!({ "suggestion": id })).await?;
    Ok(id)
}

/// All of them, undecided first, the newest first.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<Suggestion>> {
    sqlx::query(
        "select suggestion_id, text, by_whom, account_id, chat_id, decided_at is not null as decided, reason
         from suggestion order by decided_at is not null, suggestion_id desc",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Suggestion {
            id: row.try_get("suggestion_id")?,
            text: row.try_get("text")?,
            by_whom: row.try_get("by_whom")?,
            account: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
            chat: row.try_get::<Option<i64>, _>("chat_id")?.map(ChatId),
            decided: row.try_get("decided")?,
            reason: row.try_get("reason")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Notes what the office decided: the item it became, or why it became none.
pub async fn decide(
    conn: &mut Connection,
    id: i64,
    decision: Result<TaskNo, &str>,
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update suggestion set task_id = $2, reason = $3, decided_at = $4 where suggestion_id = $1")
        .bind(id)
        .bind(decision.ok().map(|task| task.0))
        .bind(decision.err())
        .bind(stamp(cause.at))
        .execute(&mut *conn)
        .await?;
    let about = About { task: decision.ok(), filing: None };
    let detail = json!({ "suggestion": id, "adopted": decision.is_ok() });
    history::add(conn, cause, about, "suggestion_decided", &detail).await
}
