//! Tokens with which other systems read over the interface. Only their hash is kept, and every change has its line of history.

use chrono::{DateTime, Utc};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::UnitId;
use crate::domain::now::stamp;
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, rows};

/// A token in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its row, which stands in the token itself.
    pub id: i64,
    /// What the system is called.
    pub name: String,
    /// The hash of its secret.
    pub secret_hash: String,
    /// Whose part it reads, with the short name; everything the office's lists show without one.
    pub unit: Option<(UnitId, String)>,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

fn token_of(row: &SqliteRow) -> sqlx::Result<Token> {
    let (unit, short): (Option<i64>, Option<String>) = (row.try_get("unit_id")?, row.try_get("short")?);
    Ok(Token {
        id: row.try_get("token_id")?,
        name: row.try_get("name")?,
        secret_hash: row.try_get("secret_hash")?,
        unit: unit.map(UnitId).zip(short),
        created_at: rows::instant(row, "created_at")?,
    })
}

/// Keeps a new token; gives its row. The name must be free.
pub async fn add(
    conn: &mut Connection,
    (name, secret_hash): (&str, &str),
    unit: Option<UnitId>,
    cause: &Cause,
) -> sqlx::Result<i64> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into api_token (name, secret_hash, unit_id, created_at) values ($1, $2, $3, $4) returning token_id",
    )
    .bind(name)
    .bind(secret_hash)
    .bind(unit.map(|unit| unit.0))
    .bind(stamp(cause.at))
    .fetch_one(&mut *conn)
    .await?;
    history::add(conn, cause, About::default(), "token_made", &json!({ "name": name })).await?;
    Ok(id)
}

/// Takes a token out of use. False where none is called so.
pub async fn revoke(conn: &mut Connection, name: &str, cause: &Cause) -> sqlx::Result<bool> {
    let changed = sqlx::query("update api_token set revoked_at = $2 where name = $1 and revoked_at is null")
        .bind(name)
        .bind(stamp(cause.at))
        .execute(&mut *conn)
        .await?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    history::add(conn, cause, About::default(), "token_revoked", &json!({ "name": name })).await?;
    Ok(true)
}

/// The tokens in use, by name.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<Token>> {
    sqlx::query(
        "select t.token_id, t.name, t.secret_hash, t.unit_id, u.short, t.created_at
         from api_token t left join unit u on u.unit_id = t.unit_id where t.revoked_at is null order by t.name",
    )
    .try_map(|row| token_of(&row))
    .fetch_all(conn)
    .await
}

/// A token in use by its row.
pub async fn get(conn: &mut Connection, id: i64) -> sqlx::Result<Option<Token>> {
    sqlx::query(
        "select t.token_id, t.name, t.secret_hash, t.unit_id, u.short, t.created_at
         from api_token t left join unit u on u.unit_id = t.unit_id where t.token_id = $1 and t.revoked_at is null",
    )
    .bind(id)
    .try_map(|row| token_of(&row))
    .fetch_optional(conn)
    .await
}
