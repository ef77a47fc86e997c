//! Chats of the platforms, and whom they serve.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::{ChatId, TeamId, UnitId};
use crate::domain::now::stamp;
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, cards};

/// A chat as the platform names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The platform.
    pub channel: &'a str,
    /// The platform's id.
    pub external: &'a str,
    /// The topic inside it, '' for none.
    pub topic: &'a str,
    /// Whether it is a group.
    pub group: bool,
    /// What it is called.
    pub title: &'a str,
}

/// A chat we know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// Its row.
    pub id: ChatId,
    /// Whether it is a group.
    pub group: bool,
    /// Whether it is the office's own.
    pub office: bool,
    /// What it is called.
    pub title: String,
}

/// Finds or notes a chat. A chat that somebody speaks in can be reached again.
pub async fn note(conn: &mut Connection, chat: Named<'_>) -> sqlx::Result<Chat> {
    // Nearly always nothing about it has changed, and nothing has to be written.
    let known = sqlx::query(
        "select chat_id, kind, office, title from chat
         where channel = $1 and external_id = $2 and topic = $3 and state = 'open' and $4 in ('', title)",
    )
    .bind(chat.channel)
    .bind(chat.external)
    .bind(chat.topic)
    .bind(chat.title)
    .try_map(|row| chat_of(&row))
    .fetch_optional(&mut *conn)
    .await?;
    if let Some(known) = known {
        return Ok(known);
    }
    sqlx::query(
        "insert into chat (channel, external_id, topic, kind, title) values ($1, $2, $3, $4, $5)
         on conflict (channel, external_id, topic) do update
         set title = case when $5 = '' then title else $5 end, state = 'open', gone_why = null
         returning chat_id, kind, office, title",
    )
    .bind(chat.channel)
    .bind(chat.external)
    .bind(chat.topic)
    .bind(if chat.group { "group" } else { "private" })
    .bind(chat.title)
    .try_map(|row| chat_of(&row))
    .fetch_one(conn)
    .await
}

fn chat_of(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Chat> {
    let kind: String = row.try_get("kind")?;
    Ok(Chat {
        id: ChatId(row.try_get("chat_id")?),
        group: kind == "group",
        office: row.try_get("office")?,
        title: row.try_get("title")?,
    })
}

/// Whom a chat is bound to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serves {
    /// A unit.
    Unit(UnitId),
    /// A team.
    Team(TeamId),
    /// The office.
    Office,
}

/// Binds a chat. Doing it again changes nothing; of two chats of one platform for the same the newer takes over.
pub async fn bind(conn: &mut Connection, chat: ChatId, serves: Serves, cause: &Cause) -> sqlx::Result<()> {
    release_others(conn, chat, serves).await?;
    match serves {
        Serves::Unit(unit) => {
            sqlx::query("insert into chat_unit (chat_id, unit_id) values ($1, $2) on conflict do nothing")
                .bind(chat.0)
                .bind(unit.0)
                .execute(&mut *conn)
                .await?;
        }
        Serves::Team(team) => {
            sqlx::query("insert into chat_team (chat_id, team_id) values ($1, $2) on conflict do nothing")
                .bind(chat.0)
                .bind(team.0)
                .execute(&mut *conn)
                .await?;
        }
        Serves::Office => {
            sqlx::query("update chat set office = 1 where chat_id = $1")
                .bind(chat.0)
                .execute(&mut *conn)
                .await?;
        }
    }
    let detail = json!({ "chat": chat, "serves": format!("{serves:?}") });
    history::add(conn, cause, About::default(), "chat_bound", &detail).await
}

/// Takes from other chats of the same platform what this one is about to serve. A chat that several units share stays
/// with the others.
async fn release_others(conn: &mut Connection, chat: ChatId, serves: Serves) -> sqlx::Result<()> {
    let (statement, subject) = match serves {
        Serves::Unit(unit) => (
            "delete from chat_unit where unit_id = $2 and chat_id in (
                select o.chat_id from chat o join chat n on n.chat_id = $1
                where o.channel = n.channel and o.chat_id <> n.chat_id)",
            unit.0,
        ),
        Serves::Team(team) => (
            "delete from chat_team where team_id = $2 and chat_id in (
                select o.chat_id from chat o join chat n on n.chat_id = $1
                where o.channel = n.channel and o.chat_id <> n.chat_id)",
            team.0,
        ),
        Serves::Office => (
            "update chat set office = 0 where office = $2 and chat_id <> $1
             and channel = (select channel from chat where chat_id = $1)",
            1,
        ),
    };
    sqlx::query(statement).bind(chat.0).bind(subject).execute(conn).await?;
    Ok(())
}

/// Notes that a chat takes no messages any more. Its letters wait until somebody speaks there again.
pub async fn lose(conn: &mut Connection, chat: ChatId, why: &str, at: DateTime<Utc>) -> sqlx::Result<()> {
    // What stands on cards that did not go out is said elsewhere, or here again once the chat is back.
    sqlx::query(
        "update ask set state = 'open' where state = 'carded' and ask_id in (
            select i.ask_id from letter l join card_item i on i.card_id = l.card_id and i.part = l.part
            where l.chat_id = $1 and l.kind = 'card' and l.state in ('pending', 'sending'))",
    )
    .bind(chat.0)
    .execute(&mut *conn)
    .await?;
    sqlx::query(
        "update letter set state = 'dropped', error = 'the chat was lost'
         where chat_id = $1 and kind in ('card', 'edit') and state in ('pending', 'sending')",
    )
    .bind(chat.0)
    .execute(&mut *conn)
    .await?;
    cards::release_unsent(conn, chat).await?;
    sqlx::query("update chat set state = 'gone', gone_why = $2 where chat_id = $1")
        .bind(chat.0)
        .bind(why)
        .execute(&mut *conn)
        .await?;
    let detail = json!({ "chat": chat, "why": why });
    history::add(conn, &Cause::clock(at), About::default(), "chat_lost", &detail).await
}

/// Notes that the bot was put out of a chat, with all its topics. Gives those that serve somebody and were open till now.
pub async fn lose_all(
    conn: &mut Connection,
    (channel, external): (&str, &str),
    why: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<Vec<ChatId>> {
    let open: Vec<(i64, bool)> = sqlx::query_as(
        "select c.chat_id, (c.office = 1 or exists (select 1 from chat_unit u where u.chat_id = c.chat_id)
                            or exists (select 1 from chat_team t where t.chat_id = c.chat_id)
                            or exists (select 1 from account a where a.private_chat_id = c.chat_id)) as serves
         from chat c where c.channel = $1 and c.external_id = $2 and c.state = 'open' order by c.chat_id",
    )
    .bind(channel)
    .bind(external)
    .fetch_all(&mut *conn)
    .await?;
    for (chat, _) in &open {
        lose(conn, ChatId(*chat), why, at).await?;
    }
    Ok(open.into_iter().filter(|(_, serves)| *serves).map(|(chat, _)| ChatId(chat)).collect())
}

/// A chat goes on under another id: bindings and waiting letters go with it.
pub async fn moved(
    conn: &mut Connection,
    channel: &str,
    from: &str,
    to: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    // Somebody may have spoken under the new id already: that row gives way to the one that holds the bindings.
    sqlx::query(
        "update chat set external_id = external_id || '#before-move-' || chat_id, state = 'gone', gone_why = 'moved'
         where channel = $1 and external_id = $3
           and exists (select 1 from chat o where o.channel = $1 and o.external_id = $2)",
    )
    .bind(channel)
    .bind(from)
    .bind(to)
    .execute(&mut *conn)
    .await?;
    sqlx::query("update chat set external_id = $3, state = 'open', gone_why = null where channel = $1 and external_id = $2")
        .bind(channel)
        .bind(from)
        .bind(to)
        .execute(&mut *conn)
        .await?;
    let detail = json!({ "channel": channel, "from": from, "to": to });
    history::add(conn, &Cause::clock(at), About::default(), "chat_moved", &detail).await
}

/// A topic was deleted: its group takes its place, with whom it served and what waits. Where the group is known already, the two
/// become one.
pub async fn leave_topic(conn: &mut Connection, chat: ChatId, at: DateTime<Utc>) -> sqlx::Result<()> {
    let group: Option<(i64,)> = sqlx::query_as(
        "select g.chat_id from chat t join chat g on g.channel = t.channel and g.external_id = t.external_id
         where t.chat_id = $1 and g.topic = ''",
    )
    .bind(chat.0)
    .fetch_optional(&mut *conn)
    .await?;
    match group {
        None => {
            sqlx::query("update chat set topic = '' where chat_id = $1")
                .bind(chat.0)
                .execute(&mut *conn)
                .await?;
        }
        Some((group,)) => join(conn, chat, ChatId(group)).await?,
    }
    history::add(conn, &Cause::clock(at), About::default(), "chat_moved", &json!({ "topic_of": chat })).await
}

/// Lets one chat serve whom another served, which is given up, and say what waits there.
async fn join(conn: &mut Connection, from: ChatId, to: ChatId) -> sqlx::Result<()> {
    for step in [
        "insert into chat_unit (chat_id, unit_id) select $2, unit_id from chat_unit where chat_id = $1 on conflict do nothing",
        "insert into chat_team (chat_id, team_id) select $2, team_id from chat_team where chat_id = $1 on conflict do nothing",
        "delete from chat_unit where chat_id = $1 and chat_id <> $2",
        "delete from chat_team where chat_id = $1 and chat_id <> $2",
        "update chat set office = max(office, (select office from chat where chat_id = $1)) where chat_id = $2",
        "update letter set chat_id = $2 where chat_id = $1 and state in ('pending', 'sending')",
        "update chat set state = 'gone', office = 0, gone_why = 'the topic was deleted' where chat_id = $1 and chat_id <> $2",
    ] {
        sqlx::query(step).bind(from.0).bind(to.0).execute(&mut *conn).await?;
    }
    Ok(())
}

/// The office's own chat; a platform's before the built-in room.
pub async fn office(conn: &mut Connection) -> sqlx::Result<Option<ChatId>> {
    let found: Option<(i64,)> = sqlx::query_as(
        "select chat_id from chat where office = 1 and state = 'open' order by channel = 'room', chat_id limit 1",
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(id,)| ChatId(id)))
}

/// The chat in which a filing's owner is told about the office's decisions: the unit's, else the team's, else private,
/// else a built-in room in which nobody sits yet.
pub async fn of_owner(
    conn: &mut Connection,
    filing: crate::domain::ids::FilingId,
) -> sqlx::Result<Option<ChatId>> {
    let found: Option<(Option<i64>,)> = sqlx::query_as(
        "select coalesce(
            (select cu.chat_id from chat_unit cu join read_chat c on c.chat_id = cu.chat_id
             where cu.unit_id = f.unit_id and t.confidential = 0
             order by c.channel = 'room', (select count(*) from chat_unit x where x.chat_id = cu.chat_id), cu.chat_id limit 1),
            (select ct.chat_id from chat_team ct join read_chat c on c.chat_id = ct.chat_id
             where ct.team_id = t.team_id and t.confidential = 0 order by c.channel = 'room', ct.chat_id limit 1),
            (select ac.private_chat_id from post p join holding te on te.post_id = p.post_id
             join account ac on ac.account_id = te.account_id
             where ac.private_chat_id is not null and p.rank <> 'county'
               and (p.unit_id = f.unit_id or p.post_id in (select post_id from team_post where team_id = f.team_id))
             order by case p.rank when 'head' then 0 when 'deputy' then 1 else 2 end limit 1),
            (select cu.chat_id from chat_unit cu join chat c on c.chat_id = cu.chat_id
             where cu.unit_id = f.unit_id and c.state = 'open' and t.confidential = 0 order by cu.chat_id limit 1),
            (select ct.chat_id from chat_team ct join chat c on c.chat_id = ct.chat_id
             where ct.team_id = t.team_id and c.state = 'open' and t.confidential = 0 order by ct.chat_id limit 1))
         from filing f join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id
         where f.filing_id = $1",
    )
    .bind(filing.0)
    .fetch_optional(conn)
    .await?;
    Ok(found.and_then(|(id,)| id).map(ChatId))
}

/// Notes until when the platform wants to hear nothing for a chat.
pub async fn hold(conn: &mut Connection, chat: ChatId, until: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update chat set hold_until = $2 where chat_id = $1")
        .bind(chat.0)
        .bind(stamp(until))
        .execute(conn)
        .await?;
    Ok(())
}

/// What a chat is called.
pub async fn title(conn: &mut Connection, chat: ChatId) -> sqlx::Result<String> {
    let (title,): (String,) =
        sqlx::query_as("select title from chat where chat_id = $1").bind(chat.0).fetch_one(conn).await?;
    Ok(title)
}
