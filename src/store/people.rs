//! People: accounts, the posts they hold, and by that for whom they may speak.

mod named;

use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::{AccountId, ChatId, PostId, TaskNo, TeamId, UnitId};
use crate::domain::people::{Person, Rank, Role};
use crate::store::history::{self, About, Cause};
use crate::store::tenures::{self, Tenure};
use crate::store::{Connection, rows};

pub use named::{
    UnitFound, post_by_name, team_by_name, team_name, title_of_post, unit_by_name, unit_of, unit_of_post,
};

/// Somebody on a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The platform.
    pub channel: &'a str,
    /// The platform's id of the person.
    pub external: &'a str,
    /// The name shown there.
    pub name: &'a str,
}

/// Finds or notes an account. The name follows the platform's.
pub async fn note(conn: &mut Connection, who: Named<'_>) -> sqlx::Result<AccountId> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into account (channel, external_id, name) values ($1, $2, $3)
         on conflict (channel, external_id) do update set name = $3 returning account_id",
    )
    .bind(who.channel)
    .bind(who.external)
    .bind(who.name)
    .fetch_one(conn)
    .await?;
    Ok(AccountId(id))
}

/// Finds a person; `None` for accounts we do not know.
pub async fn find(conn: &mut Connection, channel: &str, external: &str) -> sqlx::Result<Option<Person>> {
    let found: Option<Account> =
        sqlx::query_as("select account_id, name, role from account where channel = $1 and external_id = $2")
            .bind(channel)
            .bind(external)
            .fetch_optional(&mut *conn)
            .await?;
    match found {
        Some(account) => person_of(conn, account).await.map(Some),
        None => Ok(None),
    }
}

/// A person with everything that decides what may be done.
pub async fn get(conn: &mut Connection, id: AccountId) -> sqlx::Result<Option<Person>> {
    let found: Option<Account> =
        sqlx::query_as("select account_id, name, role from account where account_id = $1")
            .bind(id.0)
            .fetch_optional(&mut *conn)
            .await?;
    match found {
        Some(account) => person_of(conn, account).await.map(Some),
        None => Ok(None),
    }
}

/// Row, name and role.
type Account = (i64, String, Option<String>);

/// Whom an account stands for, by the posts held now. A liaison speaks for the leaders of the unit, in their teams too.
async fn person_of(conn: &mut Connection, (id, name, role): Account) -> sqlx::Result<Person> {
    let mut person = Person {
        account: AccountId(id),
        name,
        roles: role.and_then(|role| role.parse().ok()).into_iter().collect(),
        posts: Vec::new(),
        units: Vec::new(),
        teams: Vec::new(),
    };
    let held = sqlx::query(
        "select p.unit_id, p.rank, p.title || case when te.leave_id is null then '' else '(代)' end as title,
                (select json_group_array(team_id) from (
                     select team_id from team_post where post_id = p.post_id
                     union select team_id from team where head_post_id = p.post_id
                     union select tp.team_id from team_post tp join post o on o.post_id = tp.post_id
                           where p.rank = 'liaison' and o.unit_id = p.unit_id and o.rank in ('head', 'deputy'))) as teams
         from tenure te join post p on p.post_id = te.post_id
         where te.account_id = $1 and te.ends is null order by te.leave_id is not null, te.tenure_id",
    )
    .bind(id)
    .fetch_all(&mut *conn)
    .await?;
    for row in held {
        let rank: Rank = rows::parsed(&row, "rank")?;
        person.posts.push(row.try_get("title")?);
        let unit = UnitId(row.try_get("unit_id")?);
        if rank != Rank::County && !person.units.contains(&unit) {
            person.units.push(unit);
        }
        let role = if rank == Rank::Liaison { Role::Liaison } else { Role::Leader };
        if !person.roles.contains(&role) {
            person.roles.push(role);
        }
        for team in rows::json::<Vec<TeamId>>(&row, "teams")? {
            if !person.teams.contains(&team) {
                person.teams.push(team);
            }
        }
    }
    Ok(person)
}

/// Puts somebody on a post.
pub async fn appoint(
    conn: &mut Connection,
    account: AccountId,
    post: PostId,
    cause: &Cause,
) -> sqlx::Result<()> {
    tenures::begin(conn, &Tenure::of(post, account, cause.at), cause.at).await?;
    let detail = json!({ "account": account, "post": post });
    history::add(conn, cause, About::default(), "appointed", &detail).await
}

/// Gives somebody a role in the office.
pub async fn set_role(
    conn: &mut Connection,
    account: AccountId,
    role: Role,
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update account set role = $2 where account_id = $1")
        .bind(account.0)
        .bind(role.as_str())
        .execute(&mut *conn)
        .await?;
    let detail = json!({ "account": account, "role": role.as_str() });
    history::add(conn, cause, About::default(), "role_given", &detail).await
}

/// Notes the chat in which somebody can be reached alone.
pub async fn set_private_chat(conn: &mut Connection, account: AccountId, chat: ChatId) -> sqlx::Result<()> {
    sqlx::query(
        "update account set private_chat_id = $2 where account_id = $1 and private_chat_id is not $2",
    )
    .bind(account.0)
    .bind(chat.0)
    .execute(conn)
    .await?;
    Ok(())
}

/// The private chat of whoever holds a post, by its title.
pub async fn private_chat_of_post(conn: &mut Connection, title: &str) -> sqlx::Result<Option<ChatId>> {
    let found: Option<(i64,)> = sqlx::query_as(
        "select c.chat_id from post p join tenure te on te.post_id = p.post_id and te.ends is null
         join account a on a.account_id = te.account_id join chat c on c.chat_id = a.private_chat_id
         where p.title = $1 and c.state = 'open' order by te.tenure_id limit 1",
    )
    .bind(title)
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(chat,)| ChatId(chat)))
}

/// The accounts of those who act for a post now.
pub async fn holders(conn: &mut Connection, post: PostId) -> sqlx::Result<Vec<AccountId>> {
    let held: Vec<(i64,)> =
        sqlx::query_as("select account_id from holding where post_id = $1 order by account_id")
            .bind(post.0)
            .fetch_all(conn)
            .await?;
    Ok(held.into_iter().map(|(account,)| AccountId(account)).collect())
}

/// The county leader above a task, the head of its team: the post's title, and the private chat of whoever holds it.
pub async fn superior(conn: &mut Connection, task: TaskNo) -> sqlx::Result<Option<(String, Option<ChatId>)>> {
    let found: Option<(String, Option<i64>)> = sqlx::query_as(
        "select p.title, (select a.private_chat_id from holding te join account a on a.account_id = te.account_id
                          where te.post_id = p.post_id and a.private_chat_id is not null
                          order by te.tenure_id limit 1)
         from task t join team g on g.team_id = t.team_id join post p on p.post_id = g.head_post_id
         where t.task_id = $1",
    )
    .bind(task.0)
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(title, chat)| (title, chat.map(ChatId))))
}

/// The teams that posts of a unit answer for.
pub async fn teams_of_unit(conn: &mut Connection, unit: UnitId) -> sqlx::Result<Vec<TeamId>> {
    let found: Vec<(i64,)> = sqlx::query_as(
        "select distinct tp.team_id from team_post tp join post p on p.post_id = tp.post_id where p.unit_id = $1",
    )
    .bind(unit.0)
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(id,)| TeamId(id)).collect())
}

/// Posts that should be spoken to and that nobody is bound to, with their unit.
pub async fn unbound_posts(conn: &mut Connection) -> sqlx::Result<Vec<String>> {
    let found: Vec<(String,)> = sqlx::query_as(
        "select p.title from post p join unit u on u.unit_id = p.unit_id
         where p.vacant = 0 and p.rank in ('head', 'deputy') and u.chase = 'direct'
           and not exists (select 1 from tenure te where te.post_id = p.post_id and te.ends is null)
         order by p.post_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(title,)| title).collect())
}

/// Units that owe something and can be reached through no chat at all.
pub async fn unreachable_units(conn: &mut Connection) -> sqlx::Result<Vec<String>> {
    let found: Vec<(String,)> = sqlx::query_as(
        "select u.short from unit u
         where u.chase = 'direct'
           and exists (select 1 from task_unit tu join task t on t.task_id = tu.task_id
                       where tu.unit_id = u.unit_id and t.state = 'running')
           and not exists (select 1 from chat_unit cu join read_chat c on c.chat_id = cu.chat_id
                           where cu.unit_id = u.unit_id)
           and not exists (select 1 from post p join tenure te on te.post_id = p.post_id and te.ends is null
                           join account a on a.account_id = te.account_id
                           where p.unit_id = u.unit_id and a.private_chat_id is not null)
         order by u.unit_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(short,)| short).collect())
}

/// Whether there is anybody who may set things up.
pub async fn has_admin(conn: &mut Connection) -> sqlx::Result<bool> {
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from account where role in ('admin', 'head', 'staff')")
            .fetch_one(conn)
            .await?;
    Ok(count > 0)
}

/// Whether anybody has a role.
pub async fn has_role(conn: &mut Connection, role: Role) -> sqlx::Result<bool> {
    let (count,): (i64,) = sqlx::query_as("select count(*) from account where role = $1")
        .bind(role.as_str())
        .fetch_one(conn)
        .await?;
    Ok(count > 0)
}

/// One post with its unit, for the demo's seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRow {
    /// The post.
    pub id: PostId,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The unit.
    pub unit_id: UnitId,
    /// The unit's name on cards.
    pub unit: String,
    /// Its standing.
    pub rank: Rank,
    /// Whether it is blank.
    pub vacant: bool,
}

/// Every post, unit by unit.
pub async fn posts(conn: &mut Connection) -> sqlx::Result<Vec<PostRow>> {
    sqlx::query(
        "select p.post_id, p.code, p.title, u.unit_id, u.short, p.rank, p.vacant from post p join unit u on u.unit_id = p.unit_id
         order by u.unit_id, p.post_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(PostRow {
            id: PostId(row.try_get("post_id")?),
            code: row.try_get("code")?,
            title: row.try_get("title")?,
            unit_id: UnitId(row.try_get("unit_id")?),
            unit: row.try_get("short")?,
            rank: rows::parsed(&row, "rank")?,
            vacant: row.try_get("vacant")?,
        })
    })
    .fetch_all(conn)
    .await
}
