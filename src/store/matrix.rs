//! Items by units: how each unit stands with each item now.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::assess::glance::Glance;
use crate::domain::ids::{TaskNo, UnitId};
use crate::domain::now::stamp;
use crate::store::{Connection, rows};

/// How a unit stands with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// What is being worked on.
    pub glance: Glance,
}

/// The units, in the order of the roster, by short name.
pub async fn units(conn: &mut Connection) -> sqlx::Result<Vec<(UnitId, String)>> {
    let found: Vec<(i64, String)> =
        sqlx::query_as("select unit_id, short from unit order by unit_id").fetch_all(conn).await?;
    Ok(found.into_iter().map(|(id, short)| (UnitId(id), short)).collect())
}

/// The cells of some items with every unit that they bind. `soon` is the last day that presses already.
pub async fn cells(
    conn: &mut Connection,
    tasks: &[TaskNo],
    (now, soon): (DateTime<Utc>, NaiveDate),
) -> sqlx::Result<Vec<(TaskNo, UnitId, Cell)>> {
    sqlx::query(
        "with newest as (select duty_id, period, max(opened_at) from duty_round group by duty_id)
         select d.task_id, f.unit_id,
                sum(f.state in ('open', 'sent_back') and f.due_on is not null and d.progress = 0) as dated,
                sum(f.state in ('open', 'sent_back') and (f.due_on is null or d.progress = 1)) as undated,
                sum(f.state in ('open', 'sent_back') and d.progress = 0 and f.due_at is not null and f.due_at <= $2) as late,
                sum(f.state = 'sent_back' or (f.state = 'open' and (f.blocker is not null
                    or (d.progress = 0 and f.due_on is not null and f.due_on <= $3)))) as pressing,
                sum(f.state = 'claimed') as claimed,
                max(f.state = 'accepted') as settled
         from duty d join filing f on f.duty_id = d.duty_id left join newest r on r.duty_id = d.duty_id
         where d.task_id in (select value from json_each($1)) and f.unit_id is not null
           and (r.period is null or r.period = f.period
                or not exists (select 1 from filing n where n.duty_id = f.duty_id and n.unit_id is f.unit_id
                               and n.team_id is f.team_id and n.filing_id > f.filing_id))
         group by d.task_id, f.unit_id",
    )
    .bind(rows::to_json(&tasks))
    .bind(stamp(now))
    .bind(soon.to_string())
    .try_map(|row: SqliteRow| {
        let cell = Cell {
            glance: Glance {
                dated: row.try_get("dated")?,
                undated: row.try_get("undated")?,
                late: row.try_get("late")?,
                pressing: row.try_get("pressing")?,
                claimed: row.try_get("claimed")?,
                settled: row.try_get("settled")?,
                by_person: false,
            },
        };
        Ok((TaskNo(row.try_get("task_id")?), UnitId(row.try_get("unit_id")?), cell))
    })
    .fetch_all(conn)
    .await
}
