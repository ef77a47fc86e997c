//! The day's line to the office about the bot itself: what it says, and that it is said once.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::now::stamp;
use crate::store::{Connection, rows};

/// Whether the office was told on that day.
pub async fn told(conn: &mut Connection, day: NaiveDate) -> sqlx::Result<bool> {
    let found: Option<(String,)> = sqlx::query_as("select day from self_check where day = $1")
        .bind(day.to_string())
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// Notes that it is told now. False where another was faster.
pub async fn note(conn: &mut Connection, day: NaiveDate, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let noted = sqlx::query("insert into self_check (day, told_at) values ($1, $2) on conflict do nothing")
        .bind(day.to_string())
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(noted.rows_affected() == 1)
}

/// When it was told last.
pub async fn last(conn: &mut Connection) -> sqlx::Result<Option<DateTime<Utc>>> {
    let told = sqlx::query("select told_at from self_check order by day desc limit 1")
        .try_map(|row| rows::instant(&row, "told_at"));
    told.fetch_optional(conn).await
}

/// Filings that are due on a day or were before, and that nobody has answered.
pub async fn due(conn: &mut Connection, day: NaiveDate) -> sqlx::Result<i64> {
    let (due,): (i64,) = sqlx::query_as(
        "select count(*) from filing f join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id
         where f.state in ('open', 'sent_back') and f.due_on <= $1 and t.state = 'running'",
    )
    .bind(day.to_string())
    .fetch_one(conn)
    .await?;
    Ok(due)
}
