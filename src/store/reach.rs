//! Through which chats the owners of filings can be reached, and who hears what is said in a chat.

use std::collections::BTreeMap;

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, ChatId, TeamId, UnitId};
use crate::domain::period::Period;
use crate::rules::budget::Audience;
use crate::rules::reach::Reach;
use crate::store::Connection;

/// Who owes, and in which team: a unit with the team its task belongs to, or a whole team.
pub type Owing = (Option<UnitId>, Option<TeamId>);

/// Selects the reach of every row of `owing`. A platform's chat goes before a built-in room, and a room in which nobody
/// sits comes last; in private the head goes before the deputy, and that one before the liaison.
macro_rules! select_reach {
    ($owing:literal) => {
        concat!(
            "with owing (unit_id, team_id) as (", $owing, ")
             select o.unit_id, o.team_id,
                (select cu.chat_id from chat_unit cu join read_chat c on c.chat_id = cu.chat_id
                 where cu.unit_id = o.unit_id
                 order by c.channel = 'room', (select count(*) from chat_unit x where x.chat_id = cu.chat_id), cu.chat_id limit 1) as unit_chat,
                (select ct.chat_id from chat_team ct join read_chat c on c.chat_id = ct.chat_id
                 where ct.team_id = o.team_id order by c.channel = 'room', ct.chat_id limit 1) as team_chat,
                (select ac.private_chat_id from post p
                 join holding te on te.post_id = p.post_id
                 join account ac on ac.account_id = te.account_id join chat c on c.chat_id = ac.private_chat_id
                 where c.state = 'open' and p.rank <> 'county'
                   and (p.unit_id = o.unit_id
                        or o.unit_id is null and p.post_id in (select post_id from team_post where team_id = o.team_id))
                 order by case p.rank when 'head' then 0 when 'deputy' then 1 else 2 end, te.tenure_id limit 1) as person_chat,
                (select ac.private_chat_id from post p
                 join holding te on te.post_id = p.post_id
                 join account ac on ac.account_id = te.account_id join chat c on c.chat_id = ac.private_chat_id
                 where c.state = 'open' and p.rank in ('head', 'deputy')
                   and (p.unit_id = o.unit_id
                        or o.unit_id is null and p.post_id in (select post_id from team_post where team_id = o.team_id))
                 order by case p.rank when 'head' then 0 else 1 end, te.tenure_id limit 1) as head_chat,
                (select chat_id from chat where office = 1 and state = 'open' order by channel = 'room', chat_id limit 1) as office_chat,
                coalesce(
                    (select cu.chat_id from chat_unit cu join chat c on c.chat_id = cu.chat_id
                     where cu.unit_id = o.unit_id and c.state = 'open' order by cu.chat_id limit 1),
                    (select ct.chat_id from chat_team ct join chat c on c.chat_id = ct.chat_id
                     where ct.team_id = o.team_id and c.state = 'open' order by ct.chat_id limit 1)) as empty_room
             from owing o"
        )
    };
}

fn reach_of(row: &SqliteRow) -> sqlx::Result<(Owing, Reach)> {
    let chat = |column: &str| row.try_get::<Option<i64>, _>(column).map(|id| id.map(ChatId));
    let owing = (
        row.try_get::<Option<i64>, _>("unit_id")?.map(UnitId),
        row.try_get::<Option<i64>, _>("team_id")?.map(TeamId),
    );
    let reach = Reach {
        unit: chat("unit_chat")?,
        team: chat("team_chat")?,
        person: chat("person_chat")?,
        head: chat("head_chat")?,
        office: chat("office_chat")?,
        empty_room: chat("empty_room")?,
    };
    Ok((owing, reach))
}

/// Who leads a unit and can be asked in private.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leading {
    /// The account.
    pub account: AccountId,
    /// The post's title.
    pub title: String,
    /// The chat with the bot.
    pub chat: ChatId,
}

/// The leader of the first of these units that has one who can be reached: the head, else a deputy.
pub async fn leader_of(conn: &mut Connection, units: &[UnitId]) -> sqlx::Result<Option<Leading>> {
    for unit in units {
        let found = sqlx::query(
            "select ac.account_id, p.title, ac.private_chat_id from post p
             join holding te on te.post_id = p.post_id
             join account ac on ac.account_id = te.account_id join chat c on c.chat_id = ac.private_chat_id
             where p.unit_id = $1 and p.rank in ('head', 'deputy') and c.state = 'open'
             order by case p.rank when 'head' then 0 else 1 end, te.tenure_id limit 1",
        )
        .bind(unit.0)
        .try_map(|row: SqliteRow| {
            Ok(Leading {
                account: AccountId(row.try_get("account_id")?),
                title: row.try_get("title")?,
                chat: ChatId(row.try_get("private_chat_id")?),
            })
        })
        .fetch_optional(&mut *conn)
        .await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The reach of everybody whom an open reason is about.
pub async fn of_open_asks(conn: &mut Connection) -> sqlx::Result<BTreeMap<Owing, Reach>> {
    let rows = sqlx::query(select_reach!(
        "select distinct f.unit_id, t.team_id from ask a join filing f on f.filing_id = a.filing_id
         join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id where a.state = 'open'"
    ));
    Ok(rows.try_map(|row| reach_of(&row)).fetch_all(conn).await?.into_iter().collect())
}

/// The reach of everybody who owes or may come to owe something of a running task.
pub async fn of_running_tasks(conn: &mut Connection) -> sqlx::Result<BTreeMap<Owing, Reach>> {
    let rows = sqlx::query(select_reach!(
        "select tu.unit_id, t.team_id from task t join task_unit tu on tu.task_id = t.task_id where t.state = 'running'
         union select lead_unit_id, team_id from task where state = 'running' and lead_unit_id is not null
         union select null, team_id from task where state = 'running' and team_id is not null
         union select f.unit_id, t.team_id from filing f join duty d on d.duty_id = f.duty_id
               join task t on t.task_id = d.task_id where f.state in ('open', 'sent_back') and t.state = 'running'"
    ));
    Ok(rows.try_map(|row| reach_of(&row)).fetch_all(conn).await?.into_iter().collect())
}

/// The reach of the units that lead a duty which others have filed for, or owe, in a period.
pub async fn of_leads(conn: &mut Connection, period: Period) -> sqlx::Result<BTreeMap<Owing, Reach>> {
    let rows = sqlx::query(select_reach!(
        "select distinct t.lead_unit_id, t.team_id from duty d join task t on t.task_id = d.task_id
         join unit l on l.unit_id = t.lead_unit_id
         join duty_round r on r.duty_id = d.duty_id and r.period = $1
         where t.state = 'running' and d.progress = 0 and l.chase = 'direct'
           and exists (select 1 from filing f where f.duty_id = d.duty_id and f.period = $1 and f.unit_id <> t.lead_unit_id)"
    ));
    Ok(rows
        .bind(period.to_string())
        .try_map(|row| reach_of(&row))
        .fetch_all(conn)
        .await?
        .into_iter()
        .collect())
}

/// Who hears each chat: in a unit's group those who hold its posts, in a team's its members, in the office's its staff.
/// County leaders only read along.
pub async fn audiences(conn: &mut Connection) -> sqlx::Result<BTreeMap<ChatId, Audience>> {
    let rows: Vec<(i64, String, Option<i64>)> = sqlx::query_as(
        "with sits (chat_id, account_id) as (
            select cu.chat_id, te.account_id from chat_unit cu join post p on p.unit_id = cu.unit_id
            join holding te on te.post_id = p.post_id where p.rank <> 'county'
            union
            select ct.chat_id, te.account_id from chat_team ct join team_post tp on tp.team_id = ct.team_id
            join post p on p.post_id = tp.post_id join holding te on te.post_id = p.post_id
            where p.rank <> 'county'
            union
            select c.chat_id, a.account_id from chat c join account a on a.role in ('admin', 'head', 'staff')
            where c.office = 1
            union
            select a.private_chat_id, a.account_id from account a where a.private_chat_id is not null)
         select c.chat_id, c.kind, s.account_id from chat c left join sits s on s.chat_id = c.chat_id
            and exists (select 1 from account a where a.account_id = s.account_id and a.channel = c.channel)
         where c.state = 'open' order by c.chat_id, s.account_id",
    )
    .fetch_all(conn)
    .await?;
    let mut audiences: BTreeMap<ChatId, Audience> = BTreeMap::new();
    for (chat, kind, ear) in rows {
        let audience = audiences.entry(ChatId(chat)).or_default();
        audience.private = kind == "private";
        audience.ears.extend(ear.map(AccountId));
    }
    Ok(audiences)
}
