//! Making cards, all of a handful in a few statements: the one writer is held for the fewest. `json_each` is SQLite's own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::domain::card::Front;
use crate::domain::ids::{CardId, ChatId};
use crate::domain::now::stamp;
use crate::rules::deal::Deal;
use crate::store::{Connection, rows};

/// How long a card keeps the slot of its day, and a little more.
const SLOT: TimeDelta = TimeDelta::days(2);

/// Makes cards with their items. Gives those that were made; a slot that has a card already gets no other.
pub async fn make(
    conn: &mut Connection,
    deals: &[Deal],
    at: DateTime<Utc>,
) -> sqlx::Result<Vec<(ChatId, CardId)>> {
    let heads: Vec<Value> = deals.iter().map(head_of).collect();
    let made: Vec<(i64, i64, String, String)> = sqlx::query_as(
        "insert into card (chat_id, kind, slot, late, created_at, front)
         select value ->> 'chat', value ->> 'kind', value ->> 'slot', value ->> 'late', $2, value ->> 'front'
         from json_each($1) where true on conflict do nothing returning card_id, chat_id, kind, slot",
    )
    .bind(rows::to_json(&heads))
    .bind(stamp(at))
    .fetch_all(&mut *conn)
    .await?;
    let (items, ears) = contents(deals, &made);
    fill(conn, &items, &ears).await?;
    Ok(made.into_iter().map(|(card, chat, ..)| (ChatId(chat), CardId(card))).collect())
}

fn head_of(deal: &Deal) -> Value {
    json!({
        "chat": deal.chat,
        "kind": deal.kind.as_str(),
        "slot": deal.slot,
        "late": i64::from(deal.late),
        "front": deal.front.map(Front::as_str),
    })
}

/// Each card with what it holds.
type OfCards = Vec<(i64, i64)>;

/// The reasons and the ears of the cards that were made.
fn contents(deals: &[Deal], made: &[(i64, i64, String, String)]) -> (OfCards, OfCards) {
    let by_slot: BTreeMap<(i64, &str, &str), i64> =
        made.iter().map(|(card, chat, kind, slot)| ((*chat, kind.as_str(), slot.as_str()), *card)).collect();
    let (mut items, mut ears) = (Vec::new(), Vec::new());
    for deal in deals {
        if let Some(card) = by_slot.get(&(deal.chat.0, deal.kind.as_str(), deal.slot.as_str())) {
            items.extend(deal.asks.iter().map(|(ask, _)| (*card, ask.0)));
            ears.extend(deal.ears.iter().map(|ear| (*card, ear.0)));
        }
    }
    (items, ears)
}

/// Puts reasons on cards, and notes who hears these.
async fn fill(conn: &mut Connection, items: &[(i64, i64)], ears: &[(i64, i64)]) -> sqlx::Result<()> {
    let items = rows::to_json(&items);
    for statement in [
        "insert into card_item (card_id, ask_id, filing_id)
         select j.value ->> 0, a.ask_id, a.filing_id from json_each($1) j join ask a on a.ask_id = j.value ->> 1",
        "update ask set state = 'carded' where ask_id in (select value ->> 1 from json_each($1))",
    ] {
        sqlx::query(statement).bind(&items).execute(&mut *conn).await?;
    }
    sqlx::query(
        "insert into card_ear (card_id, account_id) select value ->> 0, value ->> 1 from json_each($1)",
    )
    .bind(rows::to_json(&ears))
    .execute(conn)
    .await?;
    Ok(())
}

/// The chats in which a reminder that was made earlier has not gone out, or of which nothing ever will. By what waits and what is
/// new: without being told, SQLite goes through every card there ever was.
pub async fn stuck(conn: &mut Connection, now: DateTime<Utc>) -> sqlx::Result<BTreeSet<ChatId>> {
    let chats: Vec<(i64,)> = sqlx::query_as(
        "select l.chat_id from letter l indexed by letter_to_send cross join card k on k.card_id = l.card_id
         where l.state = 'pending' and l.kind = 'card' and k.kind = 'reminder' and k.created_at < $1
         union
         select k.chat_id from card k indexed by card_of_late cross join letter l on l.card_id = k.card_id
         where k.created_at >= $2 and k.kind = 'reminder' and l.kind = 'card' and l.state = 'dropped'",
    )
    .bind(stamp(now))
    .bind(stamp(now - SLOT))
    .fetch_all(conn)
    .await?;
    Ok(chats.into_iter().map(|(chat,)| ChatId(chat)).collect())
}

/// Takes back the reminders of a chat that were made earlier and have not gone out (its platform was away): their
/// reasons join the next card. True if there was one.
pub async fn recall(conn: &mut Connection, chat: ChatId, now: DateTime<Utc>) -> sqlx::Result<bool> {
    sqlx::query(
        "update ask set state = 'open' where state = 'carded' and ask_id in (
            select i.ask_id from card_item i join card k on k.card_id = i.card_id
            join letter l on l.card_id = i.card_id and l.part = i.part
            where k.chat_id = $1 and k.kind = 'reminder' and k.created_at < $2 and l.kind = 'card' and l.state = 'pending')",
    )
    .bind(chat.0)
    .bind(stamp(now))
    .execute(&mut *conn)
    .await?;
    let recalled = sqlx::query(
        "update letter set state = 'dropped', error = 'a newer card took its place'
         where chat_id = $1 and kind = 'card' and state = 'pending'
           and card_id in (select card_id from card where chat_id = $1 and kind = 'reminder' and created_at < $2)",
    )
    .bind(chat.0)
    .bind(stamp(now))
    .execute(&mut *conn)
    .await?;
    release_unsent(conn, chat).await?;
    Ok(recalled.rows_affected() > 0)
}

/// A card of which nothing went out gives its slot back.
pub(in crate::store) async fn release_unsent(conn: &mut Connection, chat: ChatId) -> sqlx::Result<()> {
    sqlx::query(
        "update card set slot = slot || '~' || card_id
         where chat_id = $1 and instr(slot, '~') = 0
           and exists (select 1 from letter l where l.card_id = card.card_id and l.kind = 'card' and l.state = 'dropped')
           and not exists (select 1 from letter l where l.card_id = card.card_id and l.kind = 'card' and l.state <> 'dropped')",
    )
    .bind(chat.0)
    .execute(conn)
    .await?;
    Ok(())
}
