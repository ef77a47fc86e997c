//! The facts that papers rest on, as they stood at a moment: what was recorded later is left out.

mod items;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::assess::facts::{Duty, Facts, Plan, Task, Team, Unit};
use crate::domain::ids::{DutyId, TaskNo, TeamId, UnitId};
use crate::domain::now::{Now, parse_stamp, stamp};
use crate::domain::quantity::Quantity;
use crate::domain::task::TaskState;
use crate::domain::workdays::Workdays;
use crate::store::{Connection, rows};

pub use items::items;

/// Tasks whose filings are read in one go: of a large county some ten thousand filings with all that was said of them.
const AT_ONCE: usize = 16;

/// Everything, as it stood at `now`.
pub async fn read(conn: &mut Connection, now: &Now, calendar: &Workdays) -> sqlx::Result<Facts> {
    let mut facts = frame(conn, now, calendar).await?;
    for stretch in stretches(&facts) {
        facts.items.extend(items(conn, now, stretch).await?);
    }
    facts.items.sort_by_key(|item| (item.filing.opened_at, item.filing.id));
    Ok(facts)
}

/// The tasks in stretches from a first to a last number, so that whoever needs the filings only task by task can read them so.
pub fn stretches(facts: &Facts) -> Vec<(TaskNo, TaskNo)> {
    let tasks: Vec<TaskNo> = facts.tasks.keys().copied().collect();
    tasks.chunks(AT_ONCE).map(|stretch| (stretch[0], stretch[stretch.len() - 1])).collect()
}

/// Everything but the filings.
pub async fn frame(conn: &mut Connection, now: &Now, calendar: &Workdays) -> sqlx::Result<Facts> {
    Ok(Facts {
        now: *now,
        calendar: calendar.clone(),
        units: units(conn).await?,
        teams: teams(conn).await?,
        tasks: tasks(conn, now).await?,
        duties: duties(conn).await?,
        items: Vec::new(),
    })
}

async fn units(conn: &mut Connection) -> sqlx::Result<BTreeMap<UnitId, Unit>> {
    let units: Vec<(UnitId, Unit)> = sqlx::query(
        "select u.unit_id, u.short, u.name, u.kind, u.chase,
                (select p.title from post p where p.unit_id = u.unit_id and p.rank = 'head' order by p.post_id limit 1) as head
         from unit u",
    )
    .try_map(|row: SqliteRow| {
        let unit = Unit {
            short: row.try_get("short")?,
            name: row.try_get("name")?,
            kind: rows::parsed(&row, "kind")?,
            chase: rows::parsed(&row, "chase")?,
            head: row.try_get("head")?,
        };
        Ok((UnitId(row.try_get("unit_id")?), unit))
    })
    .fetch_all(conn)
    .await?;
    Ok(units.into_iter().collect())
}

async fn teams(conn: &mut Connection) -> sqlx::Result<BTreeMap<TeamId, Team>> {
    let teams: Vec<(i64, String, Option<String>)> = sqlx::query_as(
        "select g.team_id, g.short, p.title from team g left join post p on p.post_id = g.head_post_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(teams.into_iter().map(|(id, short, head)| (TeamId(id), Team { short, head })).collect())
}

async fn tasks(conn: &mut Connection, now: &Now) -> sqlx::Result<BTreeMap<TaskNo, Task>> {
    let mut bound = bound_units(conn).await?;
    let closed = closed_at(conn).await?;
    let tasks: Vec<(TaskNo, Task)> = sqlx::query(
        "select t.task_id, t.code, t.section, t.title, t.state, t.confidential, t.note, t.lead_unit_id, t.team_id,
                coalesce(o.source, 'plan') as source, case when t.confidential = 0 then o.by_whom end as by_whom,
                case when o.looked_at <= $1 then o.content end as content, p.title as plan, p.doc_no
         from task t join plan p on p.plan_id = t.plan_id left join origin o on o.task_id = t.task_id
         where coalesce(o.added_at, p.imported_at) <= $1",
    )
    .bind(stamp(now.at()))
    .try_map(|row: SqliteRow| {
        let task = Task {
            code: row.try_get("code")?,
            section: row.try_get("section")?,
            title: row.try_get("title")?,
            state: rows::parsed(&row, "state")?,
            closed_on: None,
            confidential: row.try_get("confidential")?,
            note: row.try_get("note")?,
            lead: row.try_get::<Option<i64>, _>("lead_unit_id")?.map(UnitId),
            team: row.try_get::<Option<i64>, _>("team_id")?.map(TeamId),
            units: Vec::new(),
            source: rows::parsed(&row, "source")?,
            by_whom: row.try_get("by_whom")?,
            content: row.try_get("content")?,
            plan: Plan { title: row.try_get("plan")?, doc_no: row.try_get("doc_no")? },
        };
        Ok((TaskNo(row.try_get("task_id")?), task))
    })
    .fetch_all(conn)
    .await?;
    let stood = |(no, mut task): (TaskNo, Task)| {
        task.units = bound.remove(&no).unwrap_or_default();
        match closed.get(&no).filter(|_| task.state == TaskState::Closed) {
            Some(at) if *at > now.at() => task.state = TaskState::Running,
            at => task.closed_on = at.map(|at| now.date_of(*at)),
        }
        (no, task)
    };
    Ok(tasks.into_iter().map(stood).collect())
}

async fn bound_units(conn: &mut Connection) -> sqlx::Result<BTreeMap<TaskNo, Vec<UnitId>>> {
    let rows: Vec<(i64, i64)> =
        sqlx::query_as("select task_id, unit_id from task_unit order by task_id, unit_id")
            .fetch_all(conn)
            .await?;
    let mut bound: BTreeMap<TaskNo, Vec<UnitId>> = BTreeMap::new();
    for (task, unit) in rows {
        bound.entry(TaskNo(task)).or_default().push(UnitId(unit));
    }
    Ok(bound)
}

/// When tasks were last written off.
async fn closed_at(conn: &mut Connection) -> sqlx::Result<BTreeMap<TaskNo, DateTime<Utc>>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "select task_id, max(at) from history where what = 'task_closed' and task_id is not null group by task_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|(no, at)| Some((TaskNo(no), parse_stamp(&at).ok()?))).collect())
}

async fn duties(conn: &mut Connection) -> sqlx::Result<BTreeMap<DutyId, Duty>> {
    let duties: Vec<(DutyId, Duty)> = sqlx::query(
        "select d.duty_id, d.task_id, d.seq, d.text, d.schedule, d.due, d.hold, d.vague, d.target_value, d.target_unit,
                d.reviewed, d.progress, d.each is not null as by_person,
                (select count(*) from duty s where s.task_id = d.task_id and s.progress = 0) as duties
         from duty d",
    )
    .try_map(|row: SqliteRow| {
        let target: Option<f64> = row.try_get("target_value")?;
        let unit: Option<String> = row.try_get("target_unit")?;
        let duty = Duty {
            task: TaskNo(row.try_get("task_id")?),
            seq: row.try_get("seq")?,
            siblings: row.try_get("duties")?,
            text: row.try_get("text")?,
            schedule: row.try_get("schedule")?,
            due: rows::parsed_or_none(&row, "due")?,
            hold: rows::parsed_or_none(&row, "hold")?,
            vague: row.try_get("vague")?,
            target: target.zip(unit).map(|(value, unit)| Quantity { value, unit }),
            reviewed: row.try_get("reviewed")?,
            progress: row.try_get("progress")?,
            by_person: row.try_get("by_person")?,
        };
        Ok((DutyId(row.try_get("duty_id")?), duty))
    })
    .fetch_all(conn)
    .await?;
    Ok(duties.into_iter().collect())
}

/// One line of history, for the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// The task.
    pub task: TaskNo,
    /// Whose filing, in short.
    pub owner: Option<String>,
    /// What.
    pub what: String,
    /// The particulars.
    pub detail: serde_json::Value,
}

/// The history of tasks in [`from`, `until`) behind the line `after`, oldest first, at most `limit` lines, each with its number;
/// of confidential ones only that something happened.
pub async fn history(
    conn: &mut Connection,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    (after, limit): (i64, i64),
) -> sqlx::Result<Vec<(i64, Line)>> {
    sqlx::query(
        "select h.history_id, h.at, h.actor, h.task_id, h.what,
                case when t.confidential = 1 then '{}' else h.detail end as detail, coalesce(u.short, g.short) as owner
         from history h join task t on t.task_id = h.task_id
         left join filing f on f.filing_id = h.filing_id
         left join unit u on u.unit_id = f.unit_id
         left join team g on g.team_id = f.team_id
         where h.at >= $1 and h.at < $2 and h.history_id > $3 order by h.history_id limit $4",
    )
    .bind(stamp(from))
    .bind(stamp(until))
    .bind(after)
    .bind(limit)
    .try_map(|row: SqliteRow| {
        let line = Line {
            at: rows::instant(&row, "at")?,
            actor: row.try_get("actor")?,
            task: TaskNo(row.try_get("task_id")?),
            owner: row.try_get("owner")?,
            what: row.try_get("what")?,
            detail: rows::json(&row, "detail")?,
        };
        Ok((row.try_get("history_id")?, line))
    })
    .fetch_all(conn)
    .await
}
