//! What the pages show at a glance. Everything here goes by what is being worked on now, not by what was ever owed: the
//! partial indexes are named (`indexed by` is SQLite's), for without counts of rows it takes others that hold everything.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::assess::glance::Glance;
use crate::domain::ids::{TaskNo, TeamId};
use crate::domain::now::stamp;
use crate::domain::sight::Sight;
use crate::domain::task::TaskState;
use crate::store::filings::{Owed, owed_of, select_filings};
use crate::store::{Connection, rows};

/// The units and teams of a sight as JSON lists; `None` for everything. (`json_each` is SQLite's.)
pub(super) fn lists(sight: &Sight) -> (Option<String>, Option<String>) {
    match sight {
        Sight::All => (None, None),
        Sight::Own { units, teams } => (Some(rows::to_json(units)), Some(rows::to_json(teams))),
    }
}

/// A task with what is being worked on of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub no: TaskNo,
    /// Its code within the plan.
    pub code: String,
    /// Where it stands in the notice.
    pub section: String,
    /// What it is about.
    pub title: String,
    /// Where it stands as a whole.
    pub state: TaskState,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
    /// The lead unit.
    pub lead: Option<String>,
    /// The team it belongs to.
    pub team: Option<(TeamId, String)>,
    /// The next day on which something of it is due.
    pub next_due: Option<NaiveDate>,
    /// How many units it binds.
    pub units: i64,
    /// What is being worked on.
    pub glance: Glance,
}

fn item_of(row: &SqliteRow) -> sqlx::Result<Item> {
    let (team, short): (Option<i64>, Option<String>) = (row.try_get("team_id")?, row.try_get("team")?);
    Ok(Item {
        no: TaskNo(row.try_get("task_id")?),
        code: row.try_get("code")?,
        section: row.try_get("section")?,
        title: row.try_get("title")?,
        state: rows::parsed(row, "state")?,
        confidential: row.try_get("confidential")?,
        lead: row.try_get("lead")?,
        team: team.map(TeamId).zip(short),
        next_due: rows::parsed_or_none(row, "next_due")?,
        units: row.try_get("units")?,
        glance: Glance {
            dated: row.try_get("dated")?,
            undated: row.try_get("undated")?,
            late: row.try_get("late")?,
            pressing: row.try_get("pressing")?,
            claimed: row.try_get("claimed")?,
            settled: row.try_get("settled")?,
            by_person: row.try_get("by_person")?,
        },
    })
}

/// Every task of a sight with what these owners work on, in the order of the plan. `soon` is the last day that presses already.
pub async fn items(
    conn: &mut Connection,
    sight: &Sight,
    (now, soon): (DateTime<Utc>, NaiveDate),
) -> sqlx::Result<Vec<Item>> {
    let (units, teams) = lists(sight);
    sqlx::query(
        "with newest as (select duty_id, period, max(opened_at) from duty_round group by duty_id),
              held_up as (
                select f.duty_id, count(*) as blocked from filing f indexed by filing_held_up
                where f.blocker is not null and f.state in ('open', 'sent_back')
                  and ($3 is null or f.unit_id in (select value from json_each($3)) or f.team_id in (select value from json_each($4)))
                  and not exists (select 1 from filing n where n.duty_id = f.duty_id and n.unit_id is f.unit_id
                                  and n.team_id is f.team_id and n.filing_id > f.filing_id)
                group by f.duty_id),
              work as (
                select f.duty_id,
                       sum(f.state <> 'claimed' and f.due_on is not null) as dated,
                       sum(f.state <> 'claimed' and f.due_on is null) as undated,
                       sum(f.state <> 'claimed' and f.due_at <= $1) as late,
                       sum(f.state = 'sent_back') as sent_back,
                       coalesce(sum(f.state = 'open' and f.due_on <= $2), 0) as soon,
                       sum(f.state = 'claimed') as claimed,
                       min(case when f.state <> 'claimed' then f.due_on end) as next_due
                from filing f indexed by filing_at_work left join newest r on r.duty_id = f.duty_id
                where f.state in ('open', 'claimed', 'sent_back')
                  and ($3 is null or f.unit_id in (select value from json_each($3)) or f.team_id in (select value from json_each($4)))
                  and (r.period is null or r.period = f.period
                       or not exists (select 1 from filing n where n.duty_id = f.duty_id and n.unit_id is f.unit_id
                                      and n.team_id is f.team_id and n.filing_id > f.filing_id))
                group by f.duty_id)
         select t.task_id, t.code, t.section, t.title, t.state, t.confidential, l.short as lead, t.team_id, g.short as team,
                (select count(*) from task_unit x where x.task_id = t.task_id) as units,
                min(case when d.progress = 0 then w.next_due end) as next_due,
                coalesce(sum(case when d.progress = 0 then w.dated end), 0) as dated,
                coalesce(sum(case when d.progress = 1 then w.dated + w.undated else w.undated end), 0) as undated,
                coalesce(sum(case when d.progress = 0 then w.late end), 0) as late,
                coalesce(sum(w.sent_back + coalesce(h.blocked, 0) + case when d.progress = 0 then w.soon else 0 end), 0) as pressing,
                coalesce(sum(w.claimed), 0) as claimed,
                coalesce(max(d.each is not null), 0) as by_person,
                exists (select 1 from duty s join filing f on f.duty_id = s.duty_id
                        where s.task_id = t.task_id and f.state = 'accepted') as settled
         from task t
         left join duty d on d.task_id = t.task_id
         left join work w on w.duty_id = d.duty_id
         left join held_up h on h.duty_id = d.duty_id
         left join unit l on l.unit_id = t.lead_unit_id
         left join team g on g.team_id = t.team_id
         where $3 is null
            or t.team_id in (select value from json_each($4))
            or exists (select 1 from task_unit x where x.task_id = t.task_id and x.unit_id in (select value from json_each($3)))
            or exists (select 1 from team_post tp join post p on p.post_id = tp.post_id
                       where tp.team_id = t.team_id and p.unit_id in (select value from json_each($3))
                         and not exists (select 1 from task_unit y where y.task_id = t.task_id))
         group by t.task_id order by t.task_id",
    )
    .bind(stamp(now))
    .bind(soon.to_string())
    .bind(units)
    .bind(teams)
    .try_map(|row| item_of(&row))
    .fetch_all(conn)
    .await
}

/// Whether a task is among those of a sight.
pub async fn binds(conn: &mut Connection, task: TaskNo, sight: &Sight) -> sqlx::Result<bool> {
    let (units, teams) = lists(sight);
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from task t where t.task_id = $1 and ($2 is null
            or t.team_id in (select value from json_each($3))
            or exists (select 1 from task_unit x where x.task_id = t.task_id and x.unit_id in (select value from json_each($2)))
            or exists (select 1 from team_post tp join post p on p.post_id = tp.post_id
                       where tp.team_id = t.team_id and p.unit_id in (select value from json_each($2))
                         and not exists (select 1 from task_unit y where y.task_id = t.task_id)))",
    )
    .bind(task.0)
    .bind(units)
    .bind(teams)
    .fetch_one(conn)
    .await?;
    Ok(count > 0)
}

/// What is owed and measured against the elapsed workdays (序时进度), for a sight.
pub async fn measured(conn: &mut Connection, sight: &Sight) -> sqlx::Result<Vec<Owed>> {
    let owed: Vec<Owed> = sqlx::query(select_filings!(
        "where f.filing_id in (
                select w.filing_id from duty m cross join filing w indexed by filing_at_work
                where w.duty_id = m.duty_id and w.state in ('open', 'claimed', 'sent_back') and m.progress = 0
                  and (m.target_value is not null or m.starts is not null))
           and f.state <> 'claimed' and f.due_on is not null and t.state = 'running'
           and not exists (select 1 from filing n where n.duty_id = f.duty_id and n.unit_id is f.unit_id
                           and n.team_id is f.team_id and n.filing_id > f.filing_id)"
    ))
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await?;
    Ok(owed.into_iter().filter(|one| sight.sees(one.filing.owner)).collect())
}

/// The tasks whose number, code, title, section or duties hold a word, without regard to case.
pub async fn with_word(conn: &mut Connection, word: &str) -> sqlx::Result<BTreeSet<TaskNo>> {
    let found: Vec<(i64,)> = sqlx::query_as(
        "select t.task_id from task t
         where instr(lower('#' || t.task_id || ' ' || t.title || ' ' || t.section || ' ' || t.code), lower($1)) > 0
            or exists (select 1 from duty d where d.task_id = t.task_id and instr(lower(d.text), lower($1)) > 0)",
    )
    .bind(word)
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(no,)| TaskNo(no)).collect())
}

/// A duty that is due on a day, by how many who have not filed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSoon {
    /// The day.
    pub due: NaiveDate,
    /// The task.
    pub task: TaskNo,
    /// What it is about.
    pub title: String,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
    /// The duty.
    pub duty: String,
    /// How many owe it.
    pub owners: i64,
    /// One of them.
    pub owner: String,
}

/// What is due in [`from`, `until`], the first day first.
pub async fn due_between(
    conn: &mut Connection,
    sight: &Sight,
    (from, until): (NaiveDate, NaiveDate),
) -> sqlx::Result<Vec<DueSoon>> {
    let (units, teams) = lists(sight);
    sqlx::query(
        "with due as (
            select f.duty_id, f.due_on, count(*) as owners, min(f.filing_id) as first from filing f indexed by filing_at_work
            where f.state in ('open', 'claimed', 'sent_back') and f.state <> 'claimed' and f.due_on >= $1 and f.due_on <= $2
              and ($3 is null or f.unit_id in (select value from json_each($3)) or f.team_id in (select value from json_each($4)))
            group by f.duty_id, f.due_on)
         select w.due_on, t.task_id, t.title, t.confidential, d.text, w.owners, coalesce(u.short, g.short, '') as owner
         from due w join duty d on d.duty_id = w.duty_id join task t on t.task_id = d.task_id
         join filing f on f.filing_id = w.first
         left join unit u on u.unit_id = f.unit_id left join team g on g.team_id = f.team_id
         where d.progress = 0 and t.state = 'running'
         order by w.due_on, t.task_id, d.seq",
    )
    .bind(from.to_string())
    .bind(until.to_string())
    .bind(units)
    .bind(teams)
    .try_map(|row: SqliteRow| {
        Ok(DueSoon {
            due: rows::parsed(&row, "due_on")?,
            task: TaskNo(row.try_get("task_id")?),
            title: row.try_get("title")?,
            confidential: row.try_get("confidential")?,
            duty: row.try_get("text")?,
            owners: row.try_get("owners")?,
            owner: row.try_get("owner")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// What is held up, the longest first.
pub async fn stuck(conn: &mut Connection, sight: &Sight) -> sqlx::Result<Vec<Owed>> {
    let owed: Vec<Owed> = sqlx::query(select_filings!(
        "where f.blocker is not null and f.state in ('open', 'sent_back') and t.state = 'running'
           and not exists (select 1 from filing n where n.duty_id = f.duty_id and n.unit_id is f.unit_id
                           and n.team_id is f.team_id and n.filing_id > f.filing_id)
         order by f.reported_at, f.filing_id"
    ))
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await?;
    Ok(owed.into_iter().filter(|one| sight.sees(one.filing.owner)).collect())
}

/// Who was asked and has not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silence {
    /// Short name of the unit or team.
    pub owner: String,
    /// How many filings.
    pub filings: i64,
    /// How many of them are overdue.
    pub late: i64,
}

/// Who has not filed what was asked of them for the present and due up to `until`: the owners of `tasks::silent`, counted.
pub async fn silence(
    conn: &mut Connection,
    (now, until): (DateTime<Utc>, NaiveDate),
) -> sqlx::Result<Vec<Silence>> {
    sqlx::query(
        "with asked as (
            select f.unit_id, f.team_id, count(*) as filings, sum(f.due_at <= $1) as late
            from filing f indexed by filing_at_work join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id
            where f.state in ('open', 'claimed', 'sent_back') and f.state <> 'claimed' and f.due_on <= $2 and t.state = 'running'
              and (f.reported_at is null or f.reported_at < f.since or f.period like '%W%')
              and exists (select 1 from ask a where a.filing_id = f.filing_id and a.state = 'carded' and a.cycle = f.cycle)
            group by f.unit_id, f.team_id)
         select coalesce(u.short, g.short, '') as owner, w.filings, w.late from asked w
         left join unit u on u.unit_id = w.unit_id left join team g on g.team_id = w.team_id
         order by w.filings desc, owner",
    )
    .bind(stamp(now))
    .bind(until.to_string())
    .try_map(|row: SqliteRow| {
        Ok(Silence {
            owner: row.try_get("owner")?,
            filings: row.try_get("filings")?,
            late: row.try_get("late")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// What units say is done and the office has not decided, the longest waiting first.
pub async fn claimed(conn: &mut Connection) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where f.state = 'claimed' and t.state = 'running' order by f.reported_at, f.filing_id"
    ))
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}
