//! What stood in front of a chat's cards, and when.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row as _;

use super::day_of;
use crate::domain::card::Front;
use crate::domain::ids::ChatId;
use crate::domain::now::{parse_stamp, stamp};
use crate::store::{Connection, rows};

/// What last stood in front of a chat's card, on which day, and when that card was made; one that never went out has given
/// its slot back.
pub(super) async fn newest(
    conn: &mut Connection,
) -> sqlx::Result<Vec<(Front, ChatId, NaiveDate, DateTime<Utc>)>> {
    let last: Vec<(Front, i64, String, DateTime<Utc>)> = sqlx::query(
        "select front, chat_id, max(slot) as slot, max(created_at) as created_at from card
         where front is not null and instr(slot, '~') = 0 group by front, chat_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        let made_at = rows::instant(&row, "created_at")?;
        Ok((rows::parsed(&row, "front")?, row.try_get("chat_id")?, row.try_get("slot")?, made_at))
    })
    .fetch_all(conn)
    .await?;
    let on = |(front, chat, slot, at): (_, i64, String, _)| Some((front, ChatId(chat), day_of(&slot)?, at));
    Ok(last.into_iter().filter_map(on).collect())
}

/// When something last stood in front of a card of the chat that was made before that moment.
pub async fn last_front(
    conn: &mut Connection,
    chat: ChatId,
    front: Front,
    before: DateTime<Utc>,
) -> sqlx::Result<Option<DateTime<Utc>>> {
    let (last,): (Option<String>,) = sqlx::query_as(
        "select max(created_at) from card
         where chat_id = $1 and front = $2 and created_at < $3 and instr(slot, '~') = 0",
    )
    .bind(chat.0)
    .bind(front.as_str())
    .bind(stamp(before))
    .fetch_one(conn)
    .await?;
    Ok(last.and_then(|at| parse_stamp(&at).ok()))
}
