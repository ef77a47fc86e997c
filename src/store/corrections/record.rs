//! The plan on record, as a correction is compared with it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{DutyId, TaskNo};
use crate::domain::period::Cadence;
use crate::notice::diff::said::{SaidPlan, SaidTask};
use crate::notice::diff::{OnRecord, RecordedDuty, RecordedTask};
use crate::store::{Connection, rows};

/// Reads a plan by its code; `None` where there is none of it.
pub async fn read(conn: &mut Connection, code: &str) -> sqlx::Result<Option<OnRecord>> {
    let found = sqlx::query(
        "select plan_id, title, doc_no, issued, ends, default_cadence, grace_head, grace_office from plan where code = $1",
    )
    .bind(code)
    .try_map(|row: SqliteRow| Ok((row.try_get::<i64, _>("plan_id")?, plan_of(&row)?)))
    .fetch_optional(&mut *conn)
    .await?;
    let Some((plan_id, plan)) = found else {
        return Ok(None);
    };
    let mut duties = duties(conn, plan_id).await?;
    let mut tasks = tasks(conn, plan_id).await?;
    for task in &mut tasks {
        task.duties = duties.remove(&task.no).unwrap_or_default();
        task.reported |= task.duties.iter().any(|duty| duty.reported);
    }
    Ok(Some(OnRecord { plan, tasks }))
}

fn plan_of(row: &SqliteRow) -> sqlx::Result<SaidPlan> {
    let cadence: String = row.try_get("default_cadence")?;
    let issued: NaiveDate = rows::parsed(row, "issued")?;
    Ok(SaidPlan {
        title: row.try_get("title")?,
        doc_no: row.try_get("doc_no")?,
        issued,
        ends: rows::parsed(row, "ends")?,
        default_cadence: cadence.parse::<Cadence>().ok(),
        graces: (row.try_get("grace_head")?, row.try_get("grace_office")?),
    })
}

async fn tasks(conn: &mut Connection, plan_id: i64) -> sqlx::Result<Vec<RecordedTask>> {
    sqlx::query(
        "select t.task_id, t.state, t.absent, t.said,
                exists (select 1 from duty d join filing f on f.duty_id = d.duty_id
                        join report r on r.filing_id = f.filing_id where d.task_id = t.task_id)
                or exists (select 1 from duty d join filing f on f.duty_id = d.duty_id
                           join evidence e on e.filing_id = f.filing_id where d.task_id = t.task_id) as reported
         from task t where t.plan_id = $1 and t.said is not null order by t.task_id",
    )
    .bind(plan_id)
    .try_map(|row: SqliteRow| {
        Ok(RecordedTask {
            no: TaskNo(row.try_get("task_id")?),
            state: rows::parsed(&row, "state")?,
            absent: row.try_get("absent")?,
            reported: row.try_get("reported")?,
            said: rows::json(&row, "said")?,
            duties: Vec::new(),
        })
    })
    .fetch_all(conn)
    .await
}

/// What the version on record says of a task.
pub(super) async fn said(conn: &mut Connection, task: TaskNo) -> sqlx::Result<SaidTask> {
    sqlx::query("select said from task where task_id = $1")
        .bind(task.0)
        .try_map(|row: SqliteRow| rows::json(&row, "said"))
        .fetch_one(conn)
        .await
}

async fn duties(conn: &mut Connection, plan_id: i64) -> sqlx::Result<BTreeMap<TaskNo, Vec<RecordedDuty>>> {
    let all: Vec<(TaskNo, RecordedDuty)> = sqlx::query(
        "select d.duty_id, d.task_id, d.seq, d.said,
                exists (select 1 from filing f join report r on r.filing_id = f.filing_id where f.duty_id = d.duty_id)
                or exists (select 1 from filing f join evidence e on e.filing_id = f.filing_id where f.duty_id = d.duty_id)
                or exists (select 1 from quota_entry q where q.duty_id = d.duty_id) as reported
         from duty d join task t on t.task_id = d.task_id
         where t.plan_id = $1 and d.progress = 0 and d.absent = 0 and d.said is not null order by d.task_id, d.seq",
    )
    .bind(plan_id)
    .try_map(|row: SqliteRow| {
        let duty = RecordedDuty {
            id: DutyId(row.try_get("duty_id")?),
            seq: row.try_get("seq")?,
            reported: row.try_get("reported")?,
            said: rows::json(&row, "said")?,
        };
        Ok((TaskNo(row.try_get("task_id")?), duty))
    })
    .fetch_all(conn)
    .await?;
    let mut by_task: BTreeMap<TaskNo, Vec<RecordedDuty>> = BTreeMap::new();
    for (task, duty) in all {
        by_task.entry(task).or_default().push(duty);
    }
    Ok(by_task)
}
