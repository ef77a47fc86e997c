//! Tenures: who held which post from when to when. Everything that begins or ends one goes through here; the row of the
//! old holder stays, so that old records keep their names.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, ChatId, HandoverId, LeaveId, PostId};
use crate::domain::now::stamp;
use crate::domain::tenure::{Held, Taken};
use crate::store::{Connection, rows};

/// A tenure to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenure<'a> {
    /// The post.
    pub post: PostId,
    /// Who.
    pub account: AccountId,
    /// What the office calls the person, where it said so.
    pub name: Option<&'a str>,
    /// From when on.
    pub starts: DateTime<Utc>,
    /// The hand-over that began it.
    pub begun_by: Option<HandoverId>,
    /// The leave during which it stands in.
    pub leave: Option<LeaveId>,
}

impl Tenure<'_> {
    /// A plain one.
    pub fn of(post: PostId, account: AccountId, starts: DateTime<Utc>) -> Self {
        Tenure { post, account, name: None, starts, begun_by: None, leave: None }
    }
}

/// Begins a tenure; whoever holds the post already goes on as before.
pub async fn begin(conn: &mut Connection, tenure: &Tenure<'_>, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "insert into tenure (post_id, account_id, name, starts, noted_at, begun_by, leave_id)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
    )
    .bind(tenure.post.0)
    .bind(tenure.account.0)
    .bind(tenure.name)
    .bind(stamp(tenure.starts))
    .bind(stamp(at))
    .bind(tenure.begun_by.map(|id| id.0))
    .bind(tenure.leave.map(|id| id.0))
    .execute(conn)
    .await?;
    Ok(())
}

/// Ends everything that runs on a post, except that of whoever stays. No tenure ends before it began.
pub async fn end_all_of_post(
    conn: &mut Connection,
    (post, by): (PostId, HandoverId),
    stays: Option<AccountId>,
    ends: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update tenure set ends = max(starts, $2), ended_by = $3
         where post_id = $1 and ends is null and account_id is not $4",
    )
    .bind(post.0)
    .bind(stamp(ends))
    .bind(by.0)
    .bind(stays.map(|id| id.0))
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes back what a hand-over did: what it began is over, what it ended goes on.
pub async fn restore(conn: &mut Connection, by: HandoverId, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update tenure set ends = $2 where begun_by = $1 and ends is null")
        .bind(by.0)
        .bind(stamp(at))
        .execute(&mut *conn)
        .await?;
    sqlx::query("update tenure set ends = null, ended_by = null where ended_by = $1")
        .bind(by.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether somebody whose tenure a hand-over began has reported since.
pub async fn has_acted(conn: &mut Connection, begun_by: HandoverId) -> sqlx::Result<bool> {
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from tenure te join report r on r.account_id = te.account_id
         where te.begun_by = $1 and r.recorded_at >= te.noted_at and r.undone_at is null",
    )
    .bind(begun_by.0)
    .fetch_one(conn)
    .await?;
    Ok(count > 0)
}

/// A person is away from all posts, or back.
pub async fn set_away(conn: &mut Connection, account: AccountId, away: bool) -> sqlx::Result<()> {
    sqlx::query("update tenure set away = $2 where account_id = $1 and ends is null")
        .bind(account.0)
        .bind(away)
        .execute(conn)
        .await?;
    Ok(())
}

/// Those who hold one post stand in on every post of somebody who is away.
pub async fn stand_in(
    conn: &mut Connection,
    (leave, account, deputy): (LeaveId, AccountId, PostId),
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into tenure (post_id, account_id, starts, noted_at, leave_id)
         select own.post_id, d.account_id, $4, $4, $1 from tenure own join tenure d on d.post_id = $3 and d.ends is null
         where own.account_id = $2 and own.ends is null and own.leave_id is null and d.account_id <> $2
         on conflict do nothing",
    )
    .bind(leave.0)
    .bind(account.0)
    .bind(deputy.0)
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Whoever stood in stands in no more.
pub async fn end_standing_in(conn: &mut Connection, leave: LeaveId, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update tenure set ends = max(starts, $2) where leave_id = $1 and ends is null")
        .bind(leave.0)
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// Everybody who held a post, the first one first.
pub async fn of_post(conn: &mut Connection, post: PostId) -> sqlx::Result<Vec<Held>> {
    sqlx::query(
        "select coalesce(te.name, a.name) as name, te.starts, te.ends, te.leave_id is not null as stands_in, te.away
         from tenure te join account a on a.account_id = te.account_id
         where te.post_id = $1 order by te.starts, te.tenure_id",
    )
    .bind(post.0)
    .try_map(|row: SqliteRow| {
        Ok(Held {
            name: row.try_get("name")?,
            starts: rows::instant(&row, "starts")?,
            ends: rows::instant_or_none(&row, "ends")?,
            stands_in: row.try_get("stands_in")?,
            away: row.try_get("away")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// The private chats of those who took a post over, or stand in, and have had no hand-over card since.
pub async fn chats_to_tell(conn: &mut Connection) -> sqlx::Result<Vec<ChatId>> {
    let chats: Vec<(i64,)> = sqlx::query_as(
        "select distinct a.private_chat_id from tenure te join account a on a.account_id = te.account_id
         join chat c on c.chat_id = a.private_chat_id
         where te.ends is null and (te.begun_by is not null or te.leave_id is not null) and c.state = 'open'
           and not exists (select 1 from card k where k.chat_id = c.chat_id and k.front = 'handover'
                           and instr(k.slot, '~') = 0 and k.created_at >= te.noted_at)
         order by a.private_chat_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(chats.into_iter().map(|(chat,)| ChatId(chat)).collect())
}

/// What the hand-over card of a chat that was made at a moment tells about.
pub async fn told_by_card(
    conn: &mut Connection,
    chat: ChatId,
    made_at: DateTime<Utc>,
) -> sqlx::Result<Vec<Taken>> {
    sqlx::query(
        "select te.post_id, p.title, te.starts, l.until_on,
                (select coalesce(o.name, x.name) from tenure o join account x on x.account_id = o.account_id
                 where o.ended_by = te.begun_by and o.leave_id is null order by o.tenure_id desc limit 1) as before
         from tenure te join post p on p.post_id = te.post_id join account a on a.account_id = te.account_id
         left join leave l on l.leave_id = te.leave_id
         where a.private_chat_id = $1 and te.ends is null and (te.begun_by is not null or te.leave_id is not null)
           and te.noted_at <= $2
           and te.noted_at > coalesce((select max(k.created_at) from card k where k.chat_id = $1 and k.front = 'handover'
                                       and instr(k.slot, '~') = 0 and k.created_at < $2), '')
         order by te.tenure_id",
    )
    .bind(chat.0)
    .bind(stamp(made_at))
    .try_map(|row: SqliteRow| {
        Ok(Taken {
            post: PostId(row.try_get("post_id")?),
            title: row.try_get("title")?,
            starts: rows::instant(&row, "starts")?,
            before: row.try_get("before")?,
            until: rows::parsed_or_none(&row, "until_on")?,
        })
    })
    .fetch_all(conn)
    .await
}
