//! Items that stand in no plan, each with where it comes from.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::{TaskNo, UnitId};
use crate::domain::now::{Now, stamp};
use crate::domain::origin::{Added, Count, Level, Meeting, Origin, Source};
use crate::notice::file::{DefaultCadence, Duty, Ladder, Plan, Task};
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, assignment, plans, rows};

/// The plan that holds them. It has no end: each of its items has one.
const PLAN: &str = "added";

/// An item to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Where it comes from.
    pub source: Source,
    /// Who ordered it, asked for it or found it.
    pub by_whom: String,
    /// The item of a plan that it belongs to.
    pub parent: Option<TaskNo>,
    /// What is to be done.
    pub matter: String,
    /// Who does it; the first leads.
    pub units: Vec<UnitId>,
    /// By when.
    pub due: NaiveDate,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
}

/// Adds an item, sets it to work and opens what is owed. Gives its number.
pub async fn add(conn: &mut Connection, new: &New, now: &Now, cause: &Cause) -> sqlx::Result<TaskNo> {
    let plan = plan(conn, now).await?;
    let (count,): (i64,) = sqlx::query_as("select count(*) from origin where source = $1")
        .bind(new.source.as_str())
        .fetch_one(&mut *conn)
        .await?;
    let task = Task {
        code: format!("{}-{}", new.source.prefix(), count + 1),
        section: new.source.chinese().to_owned(),
        title: new.matter.clone(),
        confirmed: true,
        confidential: new.confidential,
        duties: vec![Duty { text: new.matter.clone(), due: Some(new.due), ..Duty::default() }],
        ..Task::default()
    };
    let no = plans::write_whole(conn, (plan, &standing_plan(now)), &task).await?;
    sqlx::query("update task set lead_unit_id = $2 where task_id = $1")
        .bind(no.0)
        .bind(new.units.first().map(|unit| unit.0))
        .execute(&mut *conn)
        .await?;
    assignment::bind(conn, no, &new.units).await?;
    sqlx::query(
        "insert into origin (task_id, source, by_whom, level, on_date, parent_id, added_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(no.0)
    .bind(new.source.as_str())
    .bind(&new.by_whom)
    .bind(Level::of(&new.by_whom).as_str())
    .bind(now.today().to_string())
    .bind(new.parent.map(|parent| parent.0))
    .bind(stamp(now.at()))
    .execute(&mut *conn)
    .await?;
    let detail = json!({ "source": new.source.chinese(), "by": new.by_whom });
    history::add(conn, cause, About { task: Some(no), filing: None }, "added", &detail).await?;
    plans::open_single_filings(conn, now).await?;
    Ok(no)
}

fn standing_plan(now: &Now) -> Plan {
    Plan {
        code: PLAN.to_owned(),
        title: "交办立项".to_owned(),
        doc_no: String::new(),
        issued: now.today(),
        ends: NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX),
        // Each has a day of its own and needs no further ask.
        default_cadence: DefaultCadence(None),
        ladder: Ladder::default(),
    }
}

async fn plan(conn: &mut Connection, now: &Now) -> sqlx::Result<i64> {
    let known: Option<(i64,)> = sqlx::query_as("select plan_id from plan where code = $1")
        .bind(PLAN)
        .fetch_optional(&mut *conn)
        .await?;
    match known {
        Some((id,)) => Ok(id),
        None => plans::write_plan(conn, &standing_plan(now), "", now.at()).await,
    }
}

/// Where an item comes from; `None` for those of a notice.
pub async fn of(conn: &mut Connection, task: TaskNo) -> sqlx::Result<Option<Origin>> {
    sqlx::query("select source, by_whom, on_date, content from origin where task_id = $1")
        .bind(task.0)
        .try_map(|row: sqlx::sqlite::SqliteRow| {
            Ok(Origin {
                source: rows::parsed(&row, "source")?,
                by_whom: row.try_get("by_whom")?,
                on: rows::parsed(&row, "on_date")?,
                content: row.try_get("content")?,
            })
        })
        .fetch_optional(conn)
        .await
}

/// The items that were added since then, with the moment of each.
pub async fn added_since(
    conn: &mut Connection,
    since: DateTime<Utc>,
) -> sqlx::Result<BTreeMap<TaskNo, DateTime<Utc>>> {
    let added: Vec<(TaskNo, DateTime<Utc>)> =
        sqlx::query("select task_id, added_at from origin where added_at >= $1")
            .bind(stamp(since))
            .try_map(|row: sqlx::sqlite::SqliteRow| {
                Ok((TaskNo(row.try_get("task_id")?), rows::instant(&row, "added_at")?))
            })
            .fetch_all(conn)
            .await?;
    Ok(added.into_iter().collect())
}

/// Notes what a second look found.
pub async fn look_again(
    conn: &mut Connection,
    task: TaskNo,
    content: bool,
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update origin set content = $2, looked_at = $3 where task_id = $1")
        .bind(task.0)
        .bind(content)
        .bind(stamp(cause.at))
        .execute(&mut *conn)
        .await?;
    let about = About { task: Some(task), filing: None };
    history::add(conn, cause, about, "looked_again", &json!({ "content": content })).await
}

/// The items of a source, open ones first; of one item of a plan where `parent` says so.
pub async fn of_source(
    conn: &mut Connection,
    source: Source,
    parent: Option<TaskNo>,
) -> sqlx::Result<Vec<Added>> {
    sqlx::query(
        "select t.task_id, t.title, t.state in ('closed', 'void') as closed, t.confidential, o.by_whom, o.content,
                (select group_concat(u.short, '、') from task_unit tu join unit u on u.unit_id = tu.unit_id
                 where tu.task_id = t.task_id) as owners
         from origin o join task t on t.task_id = o.task_id
         where o.source = $1 and ($2 is null or o.parent_id = $2) and t.state <> 'void'
         order by t.state = 'closed', t.task_id desc",
    )
    .bind(source.as_str())
    .bind(parent.map(|parent| parent.0))
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Added {
            task: TaskNo(row.try_get("task_id")?),
            title: row.try_get("title")?,
            by_whom: row.try_get("by_whom")?,
            owners: row.try_get::<Option<String>, _>("owners")?.unwrap_or_default(),
            closed: row.try_get("closed")?,
            confidential: row.try_get("confidential")?,
            content: row.try_get("content")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Every source with how its items stand. What only asks for progress is never overdue.
pub async fn counts(conn: &mut Connection, at: &str) -> sqlx::Result<Vec<Count>> {
    sqlx::query(
        "select coalesce(o.source, 'plan') as source, coalesce(o.level, 'other') as level, count(*) as every,
                count(*) filter (where t.state = 'closed') as closed,
                count(*) filter (where t.state = 'running' and exists (
                    select 1 from filing f join duty d on d.duty_id = f.duty_id
                    where d.task_id = t.task_id and d.progress = 0 and f.state in ('open', 'sent_back')
                      and f.due_at <= $1)) as overdue
         from task t left join origin o on o.task_id = t.task_id where t.state not in ('void', 'draft')
         group by 1, 2 order by 1, 2",
    )
    .bind(at)
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Count {
            source: rows::parsed(&row, "source")?,
            level: rows::parsed(&row, "level")?,
            all: row.try_get("every")?,
            closed: row.try_get("closed")?,
            overdue: row.try_get("overdue")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// How many days it took from an order to the first word about it, on average over all that were answered (DOMAIN mechanism 69:
/// papers on their way; by the whole, never by person).
pub async fn days_to_first_word(conn: &mut Connection) -> sqlx::Result<Option<f64>> {
    let waits: Vec<(DateTime<Utc>, DateTime<Utc>)> = sqlx::query(
        "select o.added_at, min(r.recorded_at) as answered_at from origin o join duty d on d.task_id = o.task_id
         join filing f on f.duty_id = d.duty_id join report r on r.filing_id = f.filing_id
         where r.undone_at is null group by o.task_id, o.added_at",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok((rows::instant(&row, "added_at")?, rows::instant(&row, "answered_at")?))
    })
    .fetch_all(conn)
    .await?;
    let hours: i64 = waits.iter().map(|(added, answered)| (*answered - *added).num_hours()).sum();
    #[expect(clippy::cast_precision_loss, reason = "hours of a handful of orders")]
    let average = hours as f64 / 24.0 / waits.len() as f64;
    Ok((!waits.is_empty()).then_some(average))
}

/// The last meeting that decided something.
pub async fn last_meeting(conn: &mut Connection) -> sqlx::Result<Option<Meeting>> {
    let decided: Vec<(String, NaiveDate, i64, bool)> = sqlx::query(
        "select o.by_whom, o.on_date, t.task_id, t.state = 'closed' as closed from origin o join task t on t.task_id = o.task_id
         where o.source = 'decision' and t.state <> 'void'
           and (o.by_whom, o.on_date) = (select by_whom, on_date from origin where source = 'decision'
                                         order by on_date desc, task_id desc limit 1)
         order by t.task_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok((row.try_get("by_whom")?, rows::parsed(&row, "on_date")?, row.try_get("task_id")?, row.try_get("closed")?))
    })
    .fetch_all(conn)
    .await?;
    let Some((name, on, ..)) = decided.first().cloned() else {
        return Ok(None);
    };
    let count =
        |closed: bool| i64::try_from(decided.iter().filter(|one| one.3 == closed).count()).unwrap_or(0);
    let open = decided.iter().filter(|one| !one.3).map(|one| TaskNo(one.2)).collect();
    Ok(Some(Meeting { name, on, all: count(true) + count(false), closed: count(true), open }))
}
