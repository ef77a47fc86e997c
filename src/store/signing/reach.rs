//! To whom papers go: the heads who sign, each unit alone, the chats that are chosen; and where they went.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, ChatId, PaperId, UnitId};
use crate::store::{Connection, rows};

/// Those who sign, with the chat in which each can be reached alone.
pub async fn heads(conn: &mut Connection) -> sqlx::Result<Vec<(AccountId, Option<ChatId>)>> {
    let found: Vec<(i64, Option<i64>)> = sqlx::query_as(
        "select account_id, private_chat_id from account where role = 'head' order by account_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(account, chat)| (AccountId(account), chat.map(ChatId))).collect())
}

/// Where a unit is told what nobody else shall see: whoever answers for it in private, else a chat that is its alone.
pub async fn ear_of_unit(conn: &mut Connection, unit: UnitId) -> sqlx::Result<Option<ChatId>> {
    let found: Option<(Option<i64>,)> = sqlx::query_as(
        "select coalesce(
            (select a.private_chat_id from post p join tenure te on te.post_id = p.post_id and te.ends is null
             join account a on a.account_id = te.account_id join chat c on c.chat_id = a.private_chat_id and c.state = 'open'
             where p.unit_id = $1 and p.rank in ('head', 'deputy', 'liaison')
             order by case p.rank when 'head' then 0 when 'deputy' then 1 else 2 end, p.post_id limit 1),
            (select cu.chat_id from chat_unit cu join read_chat c on c.chat_id = cu.chat_id
             where cu.unit_id = $1 and not exists (select 1 from chat_unit o where o.chat_id = cu.chat_id and o.unit_id <> $1)
               and not exists (select 1 from chat_team t where t.chat_id = cu.chat_id)
             order by cu.chat_id limit 1))",
    )
    .bind(unit.0)
    .fetch_optional(conn)
    .await?;
    Ok(found.and_then(|(chat,)| chat).map(ChatId))
}

/// The groups that are bound to somebody: what a paper can be handed out to, the office's own first.
pub async fn groups(conn: &mut Connection) -> sqlx::Result<Vec<(ChatId, String)>> {
    let found: Vec<(i64, String)> = sqlx::query_as(
        "select c.chat_id, c.title from chat c join read_chat r on r.chat_id = c.chat_id where c.kind = 'group'
           and (c.office = 1 or exists (select 1 from chat_unit u where u.chat_id = c.chat_id)
                or exists (select 1 from chat_team t where t.chat_id = c.chat_id))
         order by c.office desc, c.chat_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(id, title)| (ChatId(id), title)).collect())
}

/// The groups that somebody calls by this name: the group's own, a unit's, a team's.
pub async fn called(conn: &mut Connection, name: &str) -> sqlx::Result<Vec<(ChatId, String)>> {
    let found: Vec<(i64, String)> = sqlx::query_as(
        "select c.chat_id, c.title from chat c join read_chat r on r.chat_id = c.chat_id where c.kind = 'group' and (c.title = $1
            or exists (select 1 from chat_unit cu join unit u on u.unit_id = cu.unit_id
                       where cu.chat_id = c.chat_id and (u.name = $1 or u.short = $1))
            or exists (select 1 from chat_team ct join team t on t.team_id = ct.team_id
                       where ct.chat_id = c.chat_id and (t.name = $1 or t.short = $1)))
         order by c.channel = 'room', c.chat_id",
    )
    .bind(name)
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(id, title)| (ChatId(id), title)).collect())
}

/// A signed paper on its way to a chat, or there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The chat.
    pub chat: ChatId,
    /// What it is called.
    pub title: String,
    /// `pending`, `sent`, `dropped`, `parked` or `unknown`: of several files the worst.
    pub state: String,
    /// When it arrived.
    pub at: Option<DateTime<Utc>>,
}

/// Where a signed paper was handed out to.
pub async fn sent(conn: &mut Connection, paper: PaperId) -> sqlx::Result<Vec<Sent>> {
    sqlx::query(
        "select l.chat_id, c.title, max(l.sent_at) as at,
                case when max(l.state = 'unknown') then 'unknown' when max(l.state = 'parked') then 'parked'
                     when max(l.state in ('pending', 'sending')) then 'pending'
                     when max(l.state = 'sent') then 'sent' else 'dropped' end as state
         from letter l join chat c on c.chat_id = l.chat_id
         where l.paper_id = $1 and l.official = 1 group by l.chat_id order by min(l.letter_id)",
    )
    .bind(paper.0)
    .try_map(|row: SqliteRow| {
        Ok(Sent {
            chat: ChatId(row.try_get("chat_id")?),
            title: row.try_get("title")?,
            state: row.try_get("state")?,
            at: rows::instant_or_none(&row, "at")?,
        })
    })
    .fetch_all(conn)
    .await
}
