//! Which units an item binds, and whose filings that makes.

use chrono::{DateTime, Utc};

use crate::domain::ids::{TaskNo, UnitId};
use crate::domain::now::stamp;
use crate::store::Connection;

/// Binds units to an item; words that named none (有关部门) are settled by it. Gives those that are new.
pub async fn bind(conn: &mut Connection, task: TaskNo, units: &[UnitId]) -> sqlx::Result<Vec<UnitId>> {
    let mut new = Vec::new();
    for unit in units {
        let added =
            sqlx::query("insert into task_unit (task_id, unit_id) values ($1, $2) on conflict do nothing")
                .bind(task.0)
                .bind(unit.0)
                .execute(&mut *conn)
                .await?;
        if added.rows_affected() == 1 {
            new.push(*unit);
        }
    }
    sqlx::query("delete from task_unsettled where task_id = $1").bind(task.0).execute(conn).await?;
    Ok(new)
}

/// Hands what a whole team owes of an item to one unit, with all that was said about it.
pub async fn hand_to(
    conn: &mut Connection,
    task: TaskNo,
    unit: UnitId,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "update filing set unit_id = $2, team_id = null, version = version + 1,
                next_look_at = case when state in ('open', 'sent_back') then $3 else next_look_at end
         where team_id is not null and duty_id in (select duty_id from duty where task_id = $1)
           and not exists (select 1 from filing o where o.duty_id = filing.duty_id and o.period = filing.period
                           and o.unit_id = $2)",
    )
    .bind(task.0)
    .bind(unit.0)
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Opens for one unit what another owes of an item now.
pub async fn ask_too(
    conn: &mut Connection,
    task: TaskNo,
    (like, unit): (UnitId, UnitId),
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into filing (duty_id, unit_id, team_id, period, opened_at, since, due_on, due_at, state, next_look_at)
         select f.duty_id, $3, null, f.period, $4, $4, f.due_on, f.due_at, 'open', $4 from filing f
         join duty d on d.duty_id = f.duty_id
         where d.task_id = $1 and f.unit_id = $2 and f.state in ('open', 'sent_back', 'claimed')
         on conflict do nothing",
    )
    .bind(task.0)
    .bind(like.0)
    .bind(unit.0)
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}
