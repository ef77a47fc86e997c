//! Letters that carry papers.

use chrono::{DateTime, Utc};

use super::LetterKind;
use crate::domain::ids::{ChatId, InboxId, PaperId};
use crate::domain::now::stamp;
use crate::domain::paper::Form;
use crate::store::Connection;

/// Sends a paper on its way, or a word about it. `body` is the line to it, as JSON; `official` says that what was signed is handed out.
pub async fn paper(
    conn: &mut Connection,
    (chat, inbox): (ChatId, Option<InboxId>),
    (paper, form, official): (PaperId, Option<Form>, bool),
    body: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into letter (chat_id, kind, inbox_id, paper_id, form, official, body, priority, not_before, created_at)
         values ($1, 'answer', $2, $3, $4, $5, $6, $7, $8, $8)",
    )
    .bind(chat.0)
    .bind(inbox.map(|id| id.0))
    .bind(paper.0)
    .bind(form.map(Form::as_str))
    .bind(official)
    .bind(body)
    .bind(LetterKind::Answer.priority())
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// After a restart: signed papers that were under way are put aside for somebody to look; whether they had arrived nobody
/// can know (promise R3). Gives the title of each and its chat's.
pub async fn park_unfinished(conn: &mut Connection) -> sqlx::Result<Vec<(String, String)>> {
    let parked: Vec<(String, String)> = sqlx::query_as(
        "select p.title, c.title from letter l join paper p on p.paper_id = l.paper_id join chat c on c.chat_id = l.chat_id
         where l.state = 'sending' and l.official = 1 order by l.letter_id",
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query(
        "update letter set state = 'unknown', doubts = doubts + 1, error = 'interrupted; it may have arrived'
         where state = 'sending' and official = 1",
    )
    .execute(conn)
    .await?;
    Ok(parked)
}
