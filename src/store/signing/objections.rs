//! 申诉: what a unit objects to in its own row of a board, and what the office answers.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Paper, note};
use crate::domain::ids::{ObjectionId, PaperId, UnitId};
use crate::domain::now::stamp;
use crate::store::history::Cause;
use crate::store::{Connection, rows};

/// What a unit objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its number.
    pub id: ObjectionId,
    /// The board.
    pub paper: PaperId,
    /// The unit.
    pub unit: UnitId,
    /// Its short name.
    pub name: String,
    /// Who raised it, by post or name.
    pub raised_as: String,
    /// What it says.
    pub words: String,
    /// When.
    pub raised_at: DateTime<Utc>,
    /// The answer: whether it was right, and why.
    pub answer: Option<(bool, String)>,
}

/// Records an objection.
pub async fn object(
    conn: &mut Connection,
    paper: &Paper,
    (unit, name): (UnitId, &str),
    words: &str,
    cause: &Cause,
) -> sqlx::Result<ObjectionId> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into objection (paper_id, unit_id, account_id, raised_as, words, raised_at)
         values ($1, $2, $3, $4, $5, $6) returning objection_id",
    )
    .bind(paper.id.0)
    .bind(unit.0)
    .bind(cause.account.map(|id| id.0))
    .bind(&cause.actor)
    .bind(words)
    .bind(stamp(cause.at))
    .fetch_one(&mut *conn)
    .await?;
    note(conn, paper, cause, "objection_raised", json!({ "objection": id, "unit": name, "text": words }))
        .await?;
    Ok(ObjectionId(id))
}

fn objection_of(row: &SqliteRow) -> sqlx::Result<Objection> {
    let upheld: Option<bool> = row.try_get("upheld")?;
    let answer: Option<String> = row.try_get("answer")?;
    Ok(Objection {
        id: ObjectionId(row.try_get("objection_id")?),
        paper: PaperId(row.try_get("paper_id")?),
        unit: UnitId(row.try_get("unit_id")?),
        name: row.try_get("short")?,
        raised_as: row.try_get("raised_as")?,
        words: row.try_get("words")?,
        raised_at: rows::instant(row, "raised_at")?,
        answer: upheld.zip(answer),
    })
}

/// An objection by its number.
pub async fn objection(conn: &mut Connection, id: ObjectionId) -> sqlx::Result<Option<Objection>> {
    sqlx::query(
        "select o.*, u.short from objection o join unit u on u.unit_id = o.unit_id where o.objection_id = $1",
    )
    .bind(id.0)
    .try_map(|row| objection_of(&row))
    .fetch_optional(conn)
    .await
}

/// The objections to a board, in the order they came.
pub async fn objections(conn: &mut Connection, paper: PaperId) -> sqlx::Result<Vec<Objection>> {
    sqlx::query(
        "select o.*, u.short from objection o join unit u on u.unit_id = o.unit_id
         where o.paper_id = $1 order by o.objection_id",
    )
    .bind(paper.0)
    .try_map(|row| objection_of(&row))
    .fetch_all(conn)
    .await
}

/// Answers an objection.
pub async fn answer(
    conn: &mut Connection,
    (paper, objection): (&Paper, &Objection),
    (upheld, words): (bool, &str),
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query(
        "update objection set upheld = $2, answer = $3, answered_by = $4, answered_as = $5, answered_at = $6
         where objection_id = $1",
    )
    .bind(objection.id.0)
    .bind(upheld)
    .bind(words)
    .bind(cause.account.map(|id| id.0))
    .bind(&cause.actor)
    .bind(stamp(cause.at))
    .execute(&mut *conn)
    .await?;
    let detail =
        json!({ "objection": objection.id, "unit": objection.name, "upheld": upheld, "text": words });
    note(conn, paper, cause, "objection_answered", detail).await
}
