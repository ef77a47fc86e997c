//! Posts by name and by who is bound to them; and where nobody is.

use sqlx::Row as _;

use crate::domain::ids::{AccountId, ChatId, PostId, TeamId, UnitId};
use crate::domain::tenure::LeaveState;
use crate::domain::vacancy::{NobodyHome, Vacancy};
use crate::store::invites::Grant;
use crate::store::{Connection, leaves, people};

/// Every other name of a unit, with the short one: the full name and the aliases.
pub async fn other_names(conn: &mut Connection) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select short, name from unit union select u.short, a.alias from unit u join unit_alias a on a.unit_id = u.unit_id",
    )
    .fetch_all(conn)
    .await
}

/// The accounts of bound people whom the office or their platform calls so.
pub async fn accounts_called(conn: &mut Connection, name: &str) -> sqlx::Result<Vec<AccountId>> {
    let found: Vec<(i64,)> = sqlx::query_as(
        "select a.account_id from account a where a.name = $1
           and (a.role is not null or exists (select 1 from tenure te where te.account_id = a.account_id))
         union select account_id from tenure where name = $1 and ends is null",
    )
    .bind(name)
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(account,)| AccountId(account)).collect())
}

/// The chat in which somebody can be told something alone.
pub async fn private_chat(conn: &mut Connection, account: AccountId) -> sqlx::Result<Option<ChatId>> {
    let found: Option<(i64,)> = sqlx::query_as(
        "select c.chat_id from account a join chat c on c.chat_id = a.private_chat_id
         where a.account_id = $1 and c.state = 'open'",
    )
    .bind(account.0)
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(chat,)| ChatId(chat)))
}

/// The accounts bound to a post itself, away or not; whoever only stands in is none of them.
pub async fn bound_to(conn: &mut Connection, post: PostId) -> sqlx::Result<Vec<AccountId>> {
    let held: Vec<(i64,)> = sqlx::query_as(
        "select account_id from tenure where post_id = $1 and ends is null and leave_id is null order by tenure_id",
    )
    .bind(post.0)
    .fetch_all(conn)
    .await?;
    Ok(held.into_iter().map(|(account,)| AccountId(account)).collect())
}

/// Where nobody is home.
pub async fn nobody_home(conn: &mut Connection) -> sqlx::Result<NobodyHome> {
    let mut away = leaves::to_come(conn).await?;
    away.retain(|leave| leave.state == LeaveState::Running && leave.deputy.is_none());
    Ok(NobodyHome {
        vacant: vacant(conn).await?,
        away,
        unbound: people::unbound_posts(conn).await?,
        unreachable: people::unreachable_units(conn).await?,
        via_office: via_office(conn).await?,
    })
}

/// Vacant posts, with who hears meanwhile and how many running items hang on them.
async fn vacant(conn: &mut Connection) -> sqlx::Result<Vec<Vacancy>> {
    sqlx::query(
        "select p.title,
                (select q.title from post q where q.unit_id = p.unit_id and q.post_id <> p.post_id and q.vacant = 0
                   and p.rank <> 'county' and q.rank in ('head', 'deputy') order by q.post_id limit 1) as stands_in,
                (select count(*) from task t where t.state = 'running' and (
                    t.team_id in (select team_id from team where head_post_id = p.post_id)
                    or p.rank <> 'county' and exists (select 1 from task_unit tu where tu.task_id = t.task_id
                                                      and tu.unit_id = p.unit_id))) as items
         from post p where p.vacant = 1 and p.rank <> 'liaison' order by p.post_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Vacancy {
            title: row.try_get("title")?,
            stands_in: row.try_get("stands_in")?,
            items: row.try_get("items")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Units that owe something and that the office has to pass things on to.
async fn via_office(conn: &mut Connection) -> sqlx::Result<Vec<String>> {
    let found: Vec<(String,)> = sqlx::query_as(
        "select u.short from unit u where u.chase = 'via_office'
           and exists (select 1 from task_unit tu join task t on t.task_id = tu.task_id
                       where tu.unit_id = u.unit_id and t.state = 'running') order by u.unit_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(short,)| short).collect())
}

/// Everything and everybody that can be bound and is not, unit by unit: its chat, its leading posts, its liaison; and before
/// them the office's chat and those of the teams with their heads. Each with what it is called.
pub async fn to_invite(conn: &mut Connection) -> sqlx::Result<Vec<(Grant, String)>> {
    let rows: Vec<(String, i64, String)> = sqlx::query_as(
        "select 'office' as kind, 0 as id, '督查室的群' as label, 0 as part, 0 as first, 0 as second
         where not exists (select 1 from read_chat where office = 1)
         union all
         select 'team', t.team_id, t.short || '的群', 1, t.team_id, 0 from team t
         where exists (select 1 from task k where k.team_id = t.team_id and k.state = 'running')
           and not exists (select 1 from chat_team ct join read_chat c on c.chat_id = ct.chat_id where ct.team_id = t.team_id)
         union all
         select 'post', p.post_id, p.title, 1, (select min(team_id) from team where head_post_id = p.post_id), 1 from post p
         where p.rank = 'county' and p.vacant = 0 and exists (select 1 from team where head_post_id = p.post_id)
           and not exists (select 1 from tenure te where te.post_id = p.post_id and te.ends is null)
         union all
         select 'unit', u.unit_id, u.short || '的群', 2, u.unit_id, 0 from unit u
         where u.chase = 'direct'
           and not exists (select 1 from chat_unit cu join read_chat c on c.chat_id = cu.chat_id where cu.unit_id = u.unit_id)
         union all
         select 'post', p.post_id, p.title, 2, p.unit_id, p.post_id from post p join unit u on u.unit_id = p.unit_id
         where u.chase = 'direct' and p.rank <> 'county' and p.vacant = 0
           and not exists (select 1 from tenure te where te.post_id = p.post_id and te.ends is null)
         order by 4, 5, 6",
    )
    .fetch_all(conn)
    .await?;
    let grant = |(kind, id, label): (String, i64, String)| {
        let grant = match kind.as_str() {
            "office" => Grant::OfficeChat,
            "team" => Grant::TeamChat(TeamId(id)),
            "unit" => Grant::UnitChat(UnitId(id)),
            _ => Grant::Post(PostId(id)),
        };
        (grant, label)
    };
    Ok(rows.into_iter().map(grant).collect())
}
