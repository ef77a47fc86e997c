//! The outbox. A letter is written in the transaction of the change it tells about; only delivery takes it up.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{CardId, ChatId, FilingId, InboxId, LetterId, PaperId};
use crate::domain::now::stamp;
use crate::domain::paper::Form;
use crate::domain::people::words;
use crate::store::{Connection, rows};

mod fates;
mod papers;

pub use fates::{Counts, Gone, counts, doubt, give_up, retry, sent, take_back_unfinished};
pub use papers::{paper, park_unfinished};

words! {
    /// What a letter does.
    LetterKind {
        /// Says one message of a card.
        Card = "card",
        /// Brings a message of a card up to date.
        Edit = "edit",
        /// Says what was made of something that came in.
        Answer = "answer",
        /// Answers a tap with a passing line.
        Toast = "toast",
    }
}

impl LetterKind {
    /// Smaller goes first within a chat: whoever wrote waits for an answer.
    pub(super) fn priority(self) -> i64 {
        match self {
            LetterKind::Toast => 0,
            LetterKind::Answer => 1,
            LetterKind::Edit => 2,
            LetterKind::Card => 3,
        }
    }
}

/// A letter to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its row.
    pub id: LetterId,
    /// What it does.
    pub kind: LetterKind,
    /// To which chat.
    pub chat: ChatId,
    /// The card it says or edits.
    pub card: Option<(CardId, i64)>,
    /// The tap it answers.
    pub tap: Option<String>,
    /// What it says, as JSON; `None` for cards, which are rendered when they are sent.
    pub body: Option<String>,
    /// The paper it is about.
    pub paper: Option<PaperId>,
    /// In which form it carries it; printed when it is sent.
    pub form: Option<Form>,
    /// Whether it hands out what was signed: one whose fate is unknown is not sent again by itself (promise R3).
    pub official: bool,
    /// How often it was tried before.
    pub attempts: i64,
    /// How many of those tries may have arrived, for all anybody knows.
    pub doubts: i64,
    /// Platform, chat and topic.
    pub address: (String, String, String),
    /// Whether the chat is a group.
    pub group: bool,
}

/// Writes an answer. `body` is what a person shall read, as JSON. One event tells a chat the same thing once, however many
/// filings it is about.
pub async fn answer(
    conn: &mut Connection,
    chat: ChatId,
    inbox: Option<InboxId>,
    body: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into letter (chat_id, kind, inbox_id, body, priority, not_before, created_at)
         select $1, 'answer', $2, $3, $4, $5, $5
         where not exists (select 1 from letter where chat_id = $1 and inbox_id = $2 and kind = 'answer' and body = $3)",
    )
    .bind(chat.0)
    .bind(inbox.map(|id| id.0))
    .bind(body)
    .bind(LetterKind::Answer.priority())
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Answers a tap with a passing line.
pub async fn toast(
    conn: &mut Connection,
    chat: ChatId,
    inbox: InboxId,
    tap: &str,
    text: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into letter (chat_id, kind, inbox_id, tap, body, priority, not_before, created_at)
         values ($1, 'toast', $2, $3, $4, $5, $6, $6)",
    )
    .bind(chat.0)
    .bind(inbox.0)
    .bind(tap)
    .bind(rows::to_json(&text))
    .bind(LetterKind::Toast.priority())
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Sends messages of cards on their way: chat, card, and which of its messages. `json_each` is SQLite's own.
pub async fn cards(
    conn: &mut Connection,
    cards: &[(ChatId, CardId, i64)],
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into letter (chat_id, kind, card_id, part, priority, not_before, created_at)
         select value ->> 0, 'card', value ->> 1, value ->> 2, $2, $3, $3 from json_each($1) where true on conflict do nothing",
    )
    .bind(rows::to_json(&cards))
    .bind(LetterKind::Card.priority())
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Brings the messages up to date that show the filing: the newest always, older ones once there is nothing left to
/// answer. One waiting edit a message is enough.
pub async fn edit_cards_with(conn: &mut Connection, filing: FilingId, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into letter (chat_id, kind, card_id, part, message, priority, not_before, created_at)
         select l.chat_id, 'edit', l.card_id, l.part, null, $2, $3, $3
         from card_item i join letter l on l.card_id = i.card_id and l.part = i.part
         where i.filing_id = $1 and l.kind = 'card' and l.state in ('sending', 'sent')
           and (l.card_id = (select max(n.card_id) from card_item n join card k on k.card_id = n.card_id
                             where n.filing_id = $1 and k.chat_id = l.chat_id)
                or exists (select 1 from filing f where f.filing_id = $1 and f.state not in ('open', 'sent_back')))
           and not exists (select 1 from letter e where e.card_id = l.card_id and e.part = l.part
                           and e.kind = 'edit' and e.state = 'pending')
         group by l.card_id, l.part",
    )
    .bind(filing.0)
    .bind(LetterKind::Edit.priority())
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

fn letter_of(row: &SqliteRow) -> sqlx::Result<Letter> {
    let card: Option<i64> = row.try_get("card_id")?;
    let part: Option<i64> = row.try_get("part")?;
    let kind: String = row.try_get("chat_kind")?;
    let paper: Option<i64> = row.try_get("paper_id")?;
    Ok(Letter {
        id: LetterId(row.try_get("letter_id")?),
        kind: rows::parsed(row, "kind")?,
        chat: ChatId(row.try_get("chat_id")?),
        card: card.map(CardId).zip(part),
        tap: row.try_get("tap")?,
        body: row.try_get("body")?,
        paper: paper.map(PaperId),
        form: rows::parsed_or_none(row, "form")?,
        official: row.try_get("official")?,
        attempts: row.try_get("attempts")?,
        doubts: row.try_get("doubts")?,
        address: (row.try_get("channel")?, row.try_get("external_id")?, row.try_get("topic")?),
        group: kind == "group",
    })
}

/// The first letter of each chat that may go now. A chat that has one under way, or whose first letter has to wait, is
/// left out, so that order within a chat is kept and no chat holds up another. Cards go only while the bot `speaks`: one that
/// was held up does not ring at night. Goes from chat to chat by the index: what it costs is the chats that wait, however much
/// waits in each.
pub async fn next_of_each_chat(
    conn: &mut Connection,
    at: DateTime<Utc>,
    speaks: bool,
    limit: i64,
) -> sqlx::Result<Vec<Letter>> {
    sqlx::query(
        "with recursive waiting (chat) as (
             select min(chat_id) from letter where state = 'pending'
             union all
             select (select min(n.chat_id) from letter n where n.state = 'pending' and n.chat_id > w.chat) from waiting w
             where w.chat is not null)
         select l.letter_id, l.kind, l.chat_id, l.card_id, l.part, l.tap, l.body, l.attempts, l.doubts, l.paper_id, l.form, l.official,
                c.channel, c.external_id, c.topic, c.kind as chat_kind
         from waiting w join chat c on c.chat_id = w.chat
         join letter l on l.letter_id = (select f.letter_id from letter f where f.chat_id = c.chat_id and f.state = 'pending'
                                         order by f.priority, f.letter_id limit 1)
         where l.not_before <= $1 and c.state = 'open' and (c.hold_until is null or c.hold_until <= $1)
           and not exists (select 1 from letter s where s.chat_id = l.chat_id and s.state = 'sending')
           and (l.kind <> 'card' or $2)
         order by l.priority, l.letter_id limit $3",
    )
    .bind(stamp(at))
    .bind(speaks)
    .bind(limit)
    .try_map(|row| letter_of(&row))
    .fetch_all(conn)
    .await
}

/// Takes letters up. Gives those that nobody else has taken. `json_each` is SQLite's own.
pub async fn claim(conn: &mut Connection, ids: &[LetterId]) -> sqlx::Result<BTreeSet<LetterId>> {
    let claimed: Vec<(i64,)> = sqlx::query_as(
        "update letter set state = 'sending', attempts = attempts + 1
         where state = 'pending' and letter_id in (select value from json_each($1)) returning letter_id",
    )
    .bind(rows::to_json(&ids))
    .fetch_all(conn)
    .await?;
    Ok(claimed.into_iter().map(|(id,)| LetterId(id)).collect())
}

/// The message and last text of a card's part, for editing it.
pub async fn said_as(
    conn: &mut Connection,
    card: CardId,
    part: i64,
) -> sqlx::Result<Option<(String, Option<String>)>> {
    sqlx::query_as(
        "select message, body from letter where card_id = $1 and part = $2 and kind = 'card' and message is not null
         order by letter_id desc limit 1",
    )
    .bind(card.0)
    .bind(part)
    .fetch_optional(conn)
    .await
}

/// Keeps what a card's message says now.
pub async fn keep_body(conn: &mut Connection, card: CardId, part: i64, body: &str) -> sqlx::Result<()> {
    sqlx::query("update letter set body = $3 where card_id = $1 and part = $2 and kind = 'card' and message is not null")
        .bind(card.0)
        .bind(part)
        .bind(body)
        .execute(conn)
        .await?;
    Ok(())
}

/// One of our messages, as found by a reply or a tap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The card and part, where it is one.
    pub card: Option<(CardId, i64)>,
    /// The incoming event it answered.
    pub inbox: Option<InboxId>,
    /// What it said, as JSON.
    pub body: Option<String>,
}

/// Finds what we said as a message of a chat; `None` where it was not ours.
pub async fn by_message(conn: &mut Connection, chat: ChatId, message: &str) -> sqlx::Result<Option<Said>> {
    sqlx::query(
        "select card_id, part, inbox_id, body from letter
         where chat_id = $1 and message = $2 and state = 'sent' order by letter_id desc limit 1",
    )
    .bind(chat.0)
    .bind(message)
    .try_map(|row: SqliteRow| {
        let card: Option<i64> = row.try_get("card_id")?;
        let part: Option<i64> = row.try_get("part")?;
        Ok(Said {
            card: card.map(CardId).zip(part),
            inbox: row.try_get::<Option<i64>, _>("inbox_id")?.map(InboxId),
            body: row.try_get("body")?,
        })
    })
    .fetch_optional(conn)
    .await
}
