//! What one owner reported on an item, period by period.

use sqlx::Row as _;

use crate::domain::filing::Owner;
use crate::domain::ids::TaskNo;
use crate::rules::summing::Piece;
use crate::store::{Connection, rows};

/// The last words on each period that something was said about.
pub async fn of(conn: &mut Connection, task: TaskNo, owner: Owner) -> sqlx::Result<Vec<Piece>> {
    let (unit, team) = match owner {
        Owner::Unit(unit) => (unit.0, 0),
        Owner::Team(team) => (0, team.0),
    };
    sqlx::query(
        "select f.period, f.last_text from filing f join duty d on d.duty_id = f.duty_id
         where d.task_id = $1 and coalesce(f.unit_id, 0) = $2 and coalesce(f.team_id, 0) = $3
           and f.last_text is not null
         order by d.seq, f.filing_id",
    )
    .bind(task.0)
    .bind(unit)
    .bind(team)
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Piece { period: rows::parsed(&row, "period")?, text: row.try_get("last_text")? })
    })
    .fetch_all(conn)
    .await
}
