//! Numbers that the office enters for boards.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::assess::entered::Entered;
use crate::domain::ids::UnitId;
use crate::domain::now::stamp;
use crate::domain::period::Period;
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, rows};

/// Enters a number, or takes one back with `None`. Gives the one that stood there.
pub async fn enter(
    conn: &mut Connection,
    board: &str,
    (unit, name, period): (UnitId, &str, Period),
    entered: Option<(f64, Option<u32>)>,
    cause: &Cause,
) -> sqlx::Result<Option<f64>> {
    let before: Option<(f64,)> = sqlx::query_as(
        "update figure set replaced_at = $4 where board = $1 and unit_id = $2 and period = $3 and replaced_at is null
         returning value",
    )
    .bind(board)
    .bind(unit.0)
    .bind(period.to_string())
    .bind(stamp(cause.at))
    .fetch_optional(&mut *conn)
    .await?;
    if let Some((value, votes)) = entered {
        sqlx::query(
            "insert into figure (board, unit_id, period, value, votes, account_id, entered_as, recorded_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(board)
        .bind(unit.0)
        .bind(period.to_string())
        .bind(value)
        .bind(votes)
        .bind(cause.account.map(|id| id.0))
        .bind(&cause.actor)
        .bind(stamp(cause.at))
        .execute(&mut *conn)
        .await?;
    }
    let before = before.map(|(value,)| value);
    let detail = json!({
        "board": board, "unit": name, "period": period, "before": before,
        "value": entered.map(|(value, _)| value), "votes": entered.and_then(|(_, votes)| votes),
    });
    history::add(conn, cause, About::default(), "figure_entered", &detail).await?;
    Ok(before)
}

/// The numbers of a board as they stood at a moment.
pub async fn of_board(conn: &mut Connection, board: &str, at: DateTime<Utc>) -> sqlx::Result<Vec<Entered>> {
    sqlx::query(
        "select unit_id, period, value, coalesce(votes, 0) as votes from figure
         where board = $1 and recorded_at <= $2 and (replaced_at is null or replaced_at > $2) order by unit_id, period",
    )
    .bind(board)
    .bind(stamp(at))
    .try_map(|row: SqliteRow| {
        Ok(Entered {
            unit: UnitId(row.try_get("unit_id")?),
            period: rows::parsed(&row, "period")?,
            value: row.try_get("value")?,
            votes: row.try_get("votes")?,
        })
    })
    .fetch_all(conn)
    .await
}
