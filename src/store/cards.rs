//! Cards: made once a chat and slot, rendered from the facts when they are sent, and edited as their items are answered.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row as _;

use crate::domain::card::{Card, CardItem, Front};
use crate::domain::filing::Owner;
use crate::domain::ids::{AccountId, CardId, ChatId, FilingId};
use crate::domain::now::{parse_stamp, stamp};
use crate::domain::reason::Reason;
use crate::rules::budget::{Audience, Heard};
use crate::store::filings::{owed_of, select_filings};
use crate::store::{Connection, rows};

mod fronts;
mod make;

pub use fronts::last_front;
pub(super) use make::release_unsent;
pub use make::{make, recall, stuck};

/// What was heard today, and when the office was last asked to decide, among the cards made since `since` (a day or two
/// ago: older ones count no more).
pub async fn heard(conn: &mut Connection, today: NaiveDate, since: DateTime<Utc>) -> sqlx::Result<Heard> {
    let of_today: Vec<(i64, bool, Option<i64>)> = sqlx::query_as(
        "select k.chat_id, c.kind = 'private', e.account_id from card k join chat c on c.chat_id = k.chat_id
         left join card_ear e on e.card_id = k.card_id
         where k.created_at >= $2 and k.kind = 'reminder' and k.slot = $1",
    )
    .bind(today.to_string())
    .bind(stamp(since))
    .fetch_all(&mut *conn)
    .await?;
    let mut by_chat: BTreeMap<ChatId, Audience> = BTreeMap::new();
    for (chat, private, ear) in of_today {
        let audience = by_chat.entry(ChatId(chat)).or_default();
        audience.private = private;
        audience.ears.extend(ear.map(AccountId));
    }
    let mut heard = Heard::default();
    for (chat, audience) in by_chat {
        heard.count(chat, &audience);
    }
    let last: Vec<(i64, Option<String>)> = sqlx::query_as(
        "select c.chat_id, (select max(k.slot) from card k where k.chat_id = c.chat_id and k.kind = 'reminder')
         from chat c where c.state = 'open'",
    )
    .fetch_all(&mut *conn)
    .await?;
    let last = last.into_iter().filter_map(|(chat, slot)| Some((ChatId(chat), day_of(&slot?)?)));
    heard.last_card = last.collect();
    let reviews: Vec<(i64, String)> = sqlx::query_as(
        "select chat_id, max(created_at) from card indexed by card_of_late
         where created_at >= $1 and kind = 'review' group by chat_id",
    )
    .bind(stamp(since))
    .fetch_all(&mut *conn)
    .await?;
    let last = reviews.into_iter().filter_map(|(chat, at)| Some((ChatId(chat), parse_stamp(&at).ok()?)));
    heard.last_review = last.collect();
    let fronts = fronts::newest(conn).await?;
    heard.last_agenda = fronts.iter().filter(|one| one.0 == Front::Agenda).map(|one| one.2).max();
    let last_of = |front: Front| {
        fronts.iter().filter(|one| one.0 == front).map(|(_, chat, day, _)| (*chat, *day)).collect()
    };
    heard.last_quota = last_of(Front::Quota);
    heard.last_summary = last_of(Front::Summary);
    let collected = fronts.iter().filter(|one| one.0 == Front::Collected);
    heard.last_collected = collected.map(|(_, chat, _, at)| (*chat, *at)).collect();
    Ok(heard)
}

/// The day a slot belongs to.
fn day_of(slot: &str) -> Option<NaiveDate> {
    slot.get(..10)?.parse().ok()
}

/// A card as it is read, with what it takes to put it into words.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The card, with nothing in front of its items yet.
    pub card: Card,
    /// What shall stand there.
    pub front: Option<Front>,
    /// Where it goes.
    pub chat: ChatId,
    /// Through which channel.
    pub channel: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// A card with the facts as they are now. `part` and later parts only.
pub async fn load(conn: &mut Connection, id: CardId, part: i64) -> sqlx::Result<Option<Loaded>> {
    let head = sqlx::query(
        "select k.kind, k.late, k.slot, k.front, k.created_at, k.chat_id, c.title, c.kind as chat_kind, c.office, c.channel
         from card k join chat c on c.chat_id = k.chat_id where k.card_id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(head) = head else {
        return Ok(None);
    };
    let (chat_kind, slot): (String, String) = (head.try_get("chat_kind")?, head.try_get("slot")?);
    let card = Card {
        id,
        kind: rows::parsed(&head, "kind")?,
        chat: head.try_get("title")?,
        private: chat_kind == "private",
        office: head.try_get("office")?,
        // Delivery knows the channel and says so.
        trusted: false,
        day: day_of(&slot).unwrap_or_default(),
        late: head.try_get("late")?,
        // Drawn up when it is put into words.
        leading: None,
        items: items(conn, id, part).await?,
    };
    let front = rows::parsed_or_none(&head, "front")?.filter(|_| part == 1);
    let chat = ChatId(head.try_get("chat_id")?);
    let made_at = rows::instant(&head, "created_at")?;
    Ok(Some(Loaded { card, front, made_at, chat, channel: head.try_get("channel")? }))
}

/// The reasons on a message of a card and on those after it, each with what the office should know beside the filing.
const ASKS: &str =
    "select i.filing_id, i.part, a.step, a.cycle, a.state = 'dropped' as handled, a.created_at as asked_at,
                (select coalesce((select p.title from tenure te join post p on p.post_id = te.post_id
                                  where te.account_id = ac.account_id and te.ends is null
                                  order by te.tenure_id limit 1), ac.name)
                 from report r join account ac on ac.account_id = coalesce(r.account_id, r.entered_by)
                 where r.filing_id = i.filing_id and r.undone_at is null
                 order by r.report_id desc limit 1) as reporter,
                (select h.detail ->> 'text' from history h where h.filing_id = i.filing_id and h.what = 'pre_reviewed'
                   and h.at >= (select f.since from filing f where f.filing_id = i.filing_id)
                 order by h.history_id desc limit 1) as pre_review,
                (select count(*) from evidence e where e.filing_id = i.filing_id and e.state in ('wanted', 'kept')) as files,
                (select count(*) from filing o join filing f on f.filing_id = i.filing_id
                 where o.duty_id = f.duty_id and o.unit_id is f.unit_id and o.team_id is f.team_id
                   and o.opened_at < f.opened_at and o.state in ('open', 'sent_back')) as missed
         from card_item i join ask a on a.ask_id = i.ask_id
         where i.card_id = $1 and i.part >= $2 order by i.filing_id, a.ask_id";

async fn items(conn: &mut Connection, card: CardId, part: i64) -> sqlx::Result<Vec<CardItem>> {
    let owed: Vec<_> = sqlx::query(select_filings!(
        "where f.filing_id in (select filing_id from card_item where card_id = $1 and part >= $2)"
    ))
    .bind(card.0)
    .bind(part)
    .try_map(|row| owed_of(&row))
    .fetch_all(&mut *conn)
    .await?;
    let owed: BTreeMap<_, _> = owed.into_iter().map(|owed| (owed.filing.id, owed)).collect();
    let asks = sqlx::query(ASKS).bind(card.0).bind(part).fetch_all(conn).await?;
    let mut items = Vec::new();
    for row in asks {
        let Some(owed) = owed.get(&FilingId(row.try_get("filing_id")?)) else {
            continue;
        };
        let step: String = row.try_get("step")?;
        let Some(reason) = Reason::from_step(&step) else {
            continue;
        };
        items.push(CardItem {
            task: owed.task,
            title: owed.title.clone(),
            duty: owed.duty_text.clone(),
            seq: owed.seq,
            duties: owed.duties,
            confidential: owed.confidential,
            owner: owed.owner.clone(),
            team_owned: matches!(owed.filing.owner, Owner::Team(_)),
            filing: owed.filing.clone(),
            reason,
            handled: row.try_get("handled")?,
            cycle: row.try_get("cycle")?,
            asked_at: rows::instant(&row, "asked_at")?,
            reporter: row.try_get("reporter")?,
            pre_review: row.try_get("pre_review")?,
            files: row.try_get("files")?,
            missed: row.try_get("missed")?,
            part: row.try_get("part")?,
        });
    }
    Ok(items)
}

/// Takes an item off a card that was not sent yet: what is settled by then is not told (law L6).
pub async fn take_off(conn: &mut Connection, card: CardId, filing: FilingId) -> sqlx::Result<()> {
    sqlx::query("delete from card_item where card_id = $1 and filing_id = $2")
        .bind(card.0)
        .bind(filing.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Moves items to a later message of their card.
pub async fn move_to_part(
    conn: &mut Connection,
    card: CardId,
    filings: &[FilingId],
    part: i64,
) -> sqlx::Result<()> {
    for filing in filings {
        sqlx::query("update card_item set part = $1 where card_id = $2 and filing_id = $3")
            .bind(part)
            .bind(card.0)
            .bind(filing.0)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

/// How many cards there are.
pub async fn count(conn: &mut Connection) -> sqlx::Result<i64> {
    let (count,): (i64,) = sqlx::query_as("select count(*) from card").fetch_one(conn).await?;
    Ok(count)
}

/// A card as `tick --dry-run` lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The card.
    pub card: CardId,
    /// Platform and title of the chat.
    pub receiver: String,
}

/// Cards whose letters have not gone out.
pub async fn pending(conn: &mut Connection) -> sqlx::Result<Vec<Pending>> {
    sqlx::query(
        "select distinct l.card_id, c.channel || ' · ' || c.title as receiver
         from letter l join chat c on c.chat_id = l.chat_id
         where l.kind = 'card' and l.state = 'pending' order by l.card_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Pending { card: CardId(row.try_get("card_id")?), receiver: row.try_get("receiver")? })
    })
    .fetch_all(conn)
    .await
}
