//! What the office puts in other words or gives to another lead: row and line of history together.

use serde_json::json;

use crate::domain::ids::{DutyId, TaskNo, UnitId};
use crate::store::Connection;
use crate::store::history::{self, About, Cause};

/// Gives a task another title.
pub async fn title(
    conn: &mut Connection,
    task: TaskNo,
    (old, new): (&str, &str),
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update task set title = $2 where task_id = $1")
        .bind(task.0)
        .bind(new)
        .execute(&mut *conn)
        .await?;
    note(conn, task, ("retitled", (old, new)), cause).await
}

/// Gives a task another lead unit.
pub async fn lead(
    conn: &mut Connection,
    task: TaskNo,
    (old, new, unit): (&str, &str, UnitId),
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update task set lead_unit_id = $2 where task_id = $1")
        .bind(task.0)
        .bind(unit.0)
        .execute(&mut *conn)
        .await?;
    note(conn, task, ("lead_set", (old, new)), cause).await
}

/// Puts what a duty asks in other words.
pub async fn text(
    conn: &mut Connection,
    (task, duty): (TaskNo, DutyId),
    (old, new): (&str, &str),
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update duty set text = $2 where duty_id = $1")
        .bind(duty.0)
        .bind(new)
        .execute(&mut *conn)
        .await?;
    note(conn, task, ("reworded", (old, new)), cause).await
}

async fn note(
    conn: &mut Connection,
    task: TaskNo,
    (what, (old, new)): (&str, (&str, &str)),
    cause: &Cause,
) -> sqlx::Result<()> {
    let about = About { task: Some(task), filing: None };
    history::add(conn, cause, about, what, &json!({ "old": old, "new": new })).await
}
