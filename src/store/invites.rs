//! One-time codes. Only their hash is kept.

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use sqlx::Row as _;

use crate::domain::ids::{AccountId, PostId, TeamId, UnitId};
use crate::domain::now::stamp;
use crate::domain::people::Role;
use crate::store::{Connection, rows};

/// What a code gives to whoever says it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// The person holds the post.
    Post(PostId),
    /// The person has the role.
    Role(Role),
    /// The chat serves the unit.
    UnitChat(UnitId),
    /// The chat serves the team.
    TeamChat(TeamId),
    /// The chat is the office's own.
    OfficeChat,
}

/// The form in which secrets are kept.
pub fn digest(secret: &str) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(secret.as_bytes()) {
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Keeps a new code.
pub async fn add(
    conn: &mut Connection,
    code: &str,
    grant: Grant,
    (created_at, expires_at): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<()> {
    let (mut post, mut role, mut unit, mut team, mut office) = (None, None, None, None, false);
    match grant {
        Grant::Post(id) => post = Some(id.0),
        Grant::Role(given) => role = Some(given.as_str()),
        Grant::UnitChat(id) => unit = Some(id.0),
        Grant::TeamChat(id) => team = Some(id.0),
        Grant::OfficeChat => office = true,
    }
    sqlx::query(
        "insert into invite (code_hash, post_id, role, unit_id, team_id, office, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(digest(code))
    .bind(post)
    .bind(role)
    .bind(unit)
    .bind(team)
    .bind(office)
    .bind(stamp(created_at))
    .bind(stamp(expires_at))
    .execute(conn)
    .await?;
    Ok(())
}

/// What a code would give; `None` where it is unknown, used or too old.
pub async fn peek(conn: &mut Connection, code: &str, at: DateTime<Utc>) -> sqlx::Result<Option<Grant>> {
    sqlx::query(
        "select post_id, role, unit_id, team_id from invite
         where code_hash = $1 and used_at is null and expires_at > $2",
    )
    .bind(digest(code))
    .bind(stamp(at))
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        let id = |column: &str| row.try_get::<Option<i64>, _>(column);
        Ok(match (id("post_id")?, rows::parsed_or_none(&row, "role")?, id("unit_id")?, id("team_id")?) {
            (Some(post), ..) => Grant::Post(PostId(post)),
            (_, Some(role), ..) => Grant::Role(role),
            (_, _, Some(unit), _) => Grant::UnitChat(UnitId(unit)),
            (.., Some(team)) => Grant::TeamChat(TeamId(team)),
            _ => Grant::OfficeChat,
        })
    })
    .fetch_optional(conn)
    .await
}

/// Uses a code up. False where somebody was quicker.
pub async fn consume(
    conn: &mut Connection,
    code: &str,
    by: AccountId,
    at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let used = sqlx::query("update invite set used_at = $2, used_by = $3 where code_hash = $1 and used_at is null and expires_at > $2")
        .bind(digest(code))
        .bind(stamp(at))
        .bind(by.0)
        .execute(conn)
        .await?;
    Ok(used.rows_affected() == 1)
}
