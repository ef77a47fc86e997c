//! The life of chat groups: which ones a new one replaces, and which ones a plan's end leaves without work.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::domain::ids::ChatId;
use crate::domain::now::stamp;
use crate::store::Connection;
use crate::store::chats::Serves;
use crate::store::history::{self, About, Cause};

/// The other groups of the same platform that serve the same now, with their titles.
pub async fn replaced_by(
    conn: &mut Connection,
    chat: ChatId,
    serves: Serves,
) -> sqlx::Result<Vec<(ChatId, String)>> {
    let (unit, team) = match serves {
        Serves::Unit(unit) => (Some(unit.0), None),
        Serves::Team(team) => (None, Some(team.0)),
        Serves::Office => (None, None),
    };
    let found: Vec<(i64, String)> = sqlx::query_as(
        "select o.chat_id, o.title from chat o join chat n on n.chat_id = $1
         where o.channel = n.channel and o.chat_id <> n.chat_id and o.state = 'open' and o.channel <> 'room' and (
            o.chat_id in (select chat_id from chat_unit where unit_id = $2)
            or o.chat_id in (select chat_id from chat_team where team_id = $3)
            or $2 is null and $3 is null and o.office = 1)
         order by o.chat_id",
    )
    .bind(chat.0)
    .bind(unit)
    .bind(team)
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(chat, title)| (ChatId(chat), title)).collect())
}

/// A plan that is over, and of which the office was not told so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its row.
    pub plan: i64,
    /// Its title.
    pub title: String,
    /// Its last day.
    pub ends: NaiveDate,
    /// Items that were written off, and those that still run.
    pub items: (i64, i64),
}

/// The first plan whose last day has passed and that was not wrapped up.
pub async fn ended(conn: &mut Connection, today: NaiveDate) -> sqlx::Result<Option<Ended>> {
    let found: Option<(i64, String, String, i64, i64)> = sqlx::query_as(
        "select p.plan_id, p.title, p.ends,
                (select count(*) from task t where t.plan_id = p.plan_id and t.state = 'closed'),
                (select count(*) from task t where t.plan_id = p.plan_id and t.state = 'running')
         from plan p where p.ends < $1 and p.wrapped_up_at is null order by p.plan_id limit 1",
    )
    .bind(today.to_string())
    .fetch_optional(conn)
    .await?;
    Ok(found.and_then(|(plan, title, ends, closed, running)| {
        Some(Ended { plan, title, ends: ends.parse().ok()?, items: (closed, running) })
    }))
}

/// The groups of platforms that no plan needs any more: whatever they serve has no item in a plan that goes on. The
/// office's own stays, and rooms of the page need no dissolving.
pub async fn idle_groups(conn: &mut Connection, today: NaiveDate) -> sqlx::Result<Vec<(ChatId, String)>> {
    let found: Vec<(i64, String)> = sqlx::query_as(
        "with going (task_id, team_id) as (
            select t.task_id, t.team_id from task t join plan p on p.plan_id = t.plan_id
            where p.ends >= $1 and t.state in ('draft', 'running', 'suspended'))
         select c.chat_id, c.title from chat c
         where c.kind = 'group' and c.state = 'open' and c.office = 0 and c.channel <> 'room'
           and (exists (select 1 from chat_unit x where x.chat_id = c.chat_id)
                or exists (select 1 from chat_team x where x.chat_id = c.chat_id))
           and not exists (select 1 from chat_team x join going g on g.team_id = x.team_id where x.chat_id = c.chat_id)
           and not exists (select 1 from chat_unit x join task_unit tu on tu.unit_id = x.unit_id
                           join going g on g.task_id = tu.task_id where x.chat_id = c.chat_id)
         order by c.chat_id",
    )
    .bind(today.to_string())
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(chat, title)| (ChatId(chat), title)).collect())
}

/// Notes that a plan was wrapped up.
pub async fn wrap_up(
    conn: &mut Connection,
    ended: &Ended,
    groups: usize,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("update plan set wrapped_up_at = $2 where plan_id = $1")
        .bind(ended.plan)
        .bind(stamp(at))
        .execute(&mut *conn)
        .await?;
    let detail = json!({ "plan": ended.title, "ends": ended.ends.to_string(), "idle_groups": groups });
    history::add(conn, &Cause::clock(at), About::default(), "plan_ended", &detail).await
}
