//! Writing a plan with its tasks and duties, and setting confirmed tasks to work.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::domain::ids::{DutyId, TaskNo};
use crate::domain::now::{Now, parse_stamp, stamp};
use crate::domain::period::Cadence;
use crate::domain::quota::Grade;
use crate::domain::task::{Schedule, hold_for};
use crate::notice::diff::said::{SaidDuty, SaidTask};
use crate::notice::file::{Draft, Duty, Plan, Task};
use crate::rules::policy::Files;
use crate::store::filings::{self, Span};
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, rows};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// The plan is new.
    New {
        /// Tasks written.
        tasks: usize,
        /// Duties written, progress asks not counted.
        duties: usize,
    },
    /// The same file was imported before; nothing was changed.
    Known,
    /// Another version of this plan is there. Replacing it is a decision of its own.
    Differs,
}

/// Writes a plan once. `source_hash` tells the same file from a changed one.
pub async fn write(
    conn: &mut Connection,
    draft: &Draft,
    source_hash: &str,
    cause: &Cause,
) -> sqlx::Result<Imported> {
    let Some(plan) = &draft.plan else {
        return Ok(Imported::Known);
    };
    let known: Option<(String,)> = sqlx::query_as("select source_hash from plan where code = $1")
        .bind(&plan.code)
        .fetch_optional(&mut *conn)
        .await?;
    match known {
        Some((hash,)) if hash == source_hash => return Ok(Imported::Known),
        Some(_) => return Ok(Imported::Differs),
        None => {}
    }
    let plan_id = write_plan(conn, plan, source_hash, cause.at).await?;
    for task in &draft.tasks {
        write_imported(conn, (plan_id, plan), task, cause).await?;
    }
    write_links(conn, plan_id, &draft.tasks).await?;
    Ok(Imported::New {
        tasks: draft.tasks.len(),
        duties: draft.tasks.iter().map(|task| task.duties.len()).sum(),
    })
}

/// Writes a task of a document with everything that is owed for it, and its line of history.
pub(super) async fn write_imported(
    conn: &mut Connection,
    plan: (i64, &Plan),
    task: &Task,
    cause: &Cause,
) -> sqlx::Result<()> {
    let no = write_whole(conn, plan, task).await?;
    let detail = json!({ "code": task.code, "confirmed": task.confirmed });
    history::add(conn, cause, About { task: Some(no), filing: None }, "imported", &detail).await
}

/// Writes a task with everything that is owed for it; gives its number.
pub(super) async fn write_whole(
    conn: &mut Connection,
    (plan_id, plan): (i64, &Plan),
    task: &Task,
) -> sqlx::Result<TaskNo> {
    let no = write_task(conn, plan_id, task).await?;
    for (seq, duty) in (1i64..).zip(&task.duties) {
        write_duty(conn, no, seq, duty, plan.issued).await?;
    }
    if let Some(cadence) = progress_cadence(task, plan) {
        write_progress_duty(conn, no, cadence).await?;
    }
    Ok(no)
}

/// An item that nothing brings round is asked for progress at the plan's default (DESIGN: undated is not unasked).
/// What only happens now and then, or waits for the office as a whole, is not.
pub(super) fn progress_cadence(task: &Task, plan: &Plan) -> Option<Cadence> {
    let recurs = task.duties.iter().any(|duty| duty.every.is_some());
    let has_work = task.duties.iter().any(|duty| !duty.on_event && duty.vague.is_none());
    plan.default_cadence.0.filter(|_| !recurs && has_work)
}

pub(super) async fn write_plan(
    conn: &mut Connection,
    plan: &Plan,
    hash: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<i64> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into plan (code, title, doc_no, issued, ends, default_cadence, source_hash, imported_at, grace_head, grace_office)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning plan_id",
    )
    .bind(&plan.code)
    .bind(&plan.title)
    .bind(&plan.doc_no)
    .bind(plan.issued.to_string())
    .bind(plan.ends.to_string())
    .bind(plan.default_cadence.as_str())
    .bind(hash)
    .bind(stamp(at))
    .bind(plan.ladder.head)
    .bind(plan.ladder.office)
    .fetch_one(conn)
    .await?;
    Ok(id)
}

async fn write_task(conn: &mut Connection, plan_id: i64, task: &Task) -> sqlx::Result<TaskNo> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into task (plan_id, code, section, title, lead_unit_id, team_id, state, confidential, note, said)
         values ($1, $2, $3, $4, (select unit_id from unit where code = $5), (select team_id from team where code = $6),
                 $7, $8, $9, $10)
         returning task_id",
    )
    .bind(plan_id)
    .bind(&task.code)
    .bind(&task.section)
    .bind(&task.title)
    .bind(&task.lead)
    .bind(&task.team)
    .bind(if task.confirmed { "running" } else { "draft" })
    .bind(task.confidential)
    .bind(&task.note)
    .bind(rows::to_json(&SaidTask::of(task)))
    .fetch_one(&mut *conn)
    .await?;
    bind_units(conn, TaskNo(id), task.responsible.iter().map(String::as_str)).await?;
    write_unsettled(conn, TaskNo(id), &task.unsettled).await?;
    Ok(TaskNo(id))
}

/// Binds units to a task, by their codes or the names of their groups.
pub(super) async fn bind_units(
    conn: &mut Connection,
    task: TaskNo,
    named: impl IntoIterator<Item = &str>,
) -> sqlx::Result<()> {
    for one in named {
        sqlx::query(
            "insert into task_unit (task_id, unit_id)
             select $1, unit_id from unit where code = $2
             union select $1, unit_id from unit_group where name = $2
             on conflict do nothing",
        )
        .bind(task.0)
        .bind(one)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Notes the words of a task that name no unit.
pub(super) async fn write_unsettled(
    conn: &mut Connection,
    task: TaskNo,
    unsettled: &[String],
) -> sqlx::Result<()> {
    for words in unsettled {
        sqlx::query("insert into task_unsettled (task_id, words) values ($1, $2) on conflict do nothing")
            .bind(task.0)
            .bind(words)
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

pub(super) async fn write_duty(
    conn: &mut Connection,
    task: TaskNo,
    seq: i64,
    duty: &Duty,
    issued: NaiveDate,
) -> sqlx::Result<()> {
    let schedule = duty.schedule();
    sqlx::query(
        "insert into duty (task_id, seq, text, schedule, due, vague, hold, target_value, target_unit, reviewed, starts, each, said)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(task.0)
    .bind(seq)
    .bind(&duty.text)
    .bind(schedule.as_str())
    .bind(schedule.due().map(|day| day.to_string()))
    .bind(&duty.vague)
    .bind(hold_for(schedule, duty.vague.is_some(), issued).map(crate::domain::task::Hold::as_str))
    .bind(duty.target.as_ref().map(|target| target.value))
    .bind(duty.target.as_ref().map(|target| target.unit.clone()))
    .bind(duty.reviewed())
    .bind(duty.starts.map(|day| day.to_string()))
    .bind(duty.each.map(Grade::as_str))
    .bind(rows::to_json(&SaidDuty::of(duty)))
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn write_progress_duty(
    conn: &mut Connection,
    task: TaskNo,
    cadence: Cadence,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into duty (task_id, seq, text, schedule, progress, reviewed)
         select $1, coalesce(max(seq), 0) + 1, '进展情况', $2, 1, 0 from duty where task_id = $1",
    )
    .bind(task.0)
    .bind(cadence.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn write_links(conn: &mut Connection, plan_id: i64, tasks: &[Task]) -> sqlx::Result<()> {
    for task in tasks {
        for other in &task.links {
            sqlx::query(
                "insert into task_link (task_id, other_task_id)
                 select a.task_id, b.task_id from task a, task b
                 where a.plan_id = $1 and b.plan_id = $1 and a.code = $2 and b.code = $3
                 on conflict do nothing",
            )
            .bind(plan_id)
            .bind(&task.code)
            .bind(other)
            .execute(&mut *conn)
            .await?;
        }
    }
    Ok(())
}

/// Opens what is owed once, for every duty of running tasks that waits for nobody. Returns how many filings are new.
pub async fn open_single_filings(conn: &mut Connection, now: &Now) -> sqlx::Result<u64> {
    let duties: Vec<(DutyId, Schedule)> = sqlx::query(
        "select d.duty_id, d.due from duty d join task t on t.task_id = d.task_id
         where t.state = 'running' and d.hold is null and d.schedule in ('due', 'undated')",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        use sqlx::Row as _;
        let due: Option<NaiveDate> = rows::parsed_or_none(&row, "due")?;
        Ok((DutyId(row.try_get("duty_id")?), due.map_or(Schedule::Undated, Schedule::Due)))
    })
    .fetch_all(&mut *conn)
    .await?;
    let mut opened = 0;
    for (duty, schedule) in duties {
        let Some(period) = schedule.single_period() else {
            continue;
        };
        let due_on = schedule.due();
        let span =
            Span { period, due_on, due_at: due_on.map(|day| now.end_of(day)), files: Files::Responsible };
        opened += filings::open(conn, duty, span, (now.at(), Some(now.at()))).await?;
    }
    Ok(opened)
}

/// When the first plan came.
pub async fn first_import(conn: &mut Connection) -> sqlx::Result<Option<DateTime<Utc>>> {
    let (first,): (Option<String>,) =
        sqlx::query_as("select min(imported_at) from plan").fetch_one(conn).await?;
    Ok(first.and_then(|at| parse_stamp(&at).ok()))
}

/// Counts for `doctor`, `status` and the import's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All tasks.
    pub tasks: i64,
    /// Running ones.
    pub running: i64,
    /// Not confirmed.
    pub draft: i64,
    /// Written off.
    pub closed: i64,
    /// Duties that wait for the office.
    pub held: i64,
}

/// Counts the tasks.
pub async fn counts(conn: &mut Connection) -> sqlx::Result<Counts> {
    let (tasks, running, draft, closed, held): (i64, i64, i64, i64, i64) = sqlx::query_as(
        "select count(*), count(*) filter (where state = 'running'), count(*) filter (where state = 'draft'),
                count(*) filter (where state = 'closed'), (select count(*) from duty where hold is not null)
         from task",
    )
    .fetch_one(conn)
    .await?;
    Ok(Counts { tasks, running, draft, closed, held })
}
