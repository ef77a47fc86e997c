//! Units, posts and teams by what somebody called them, and what they are called.

use crate::domain::ids::{PostId, TeamId, UnitId};
use crate::store::Connection;

/// A unit found by what somebody called it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFound {
    /// The unit.
    pub id: UnitId,
    /// Its name on cards.
    pub short: String,
}

/// Finds a unit by code, name, short name or alias.
pub async fn unit_by_name(conn: &mut Connection, name: &str) -> sqlx::Result<Option<UnitFound>> {
    let found: Option<(i64, String)> = sqlx::query_as(
        "select unit_id, short from unit where code = $1 or name = $1 or short = $1
         union select u.unit_id, u.short from unit u join unit_alias a on a.unit_id = u.unit_id where a.alias = $1
         limit 1",
    )
    .bind(name)
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(id, short)| UnitFound { id: UnitId(id), short }))
}

/// A unit by its row.
pub async fn unit_of(conn: &mut Connection, unit: UnitId) -> sqlx::Result<Option<UnitFound>> {
    let found: Option<(String,)> =
        sqlx::query_as("select short from unit where unit_id = $1").bind(unit.0).fetch_optional(conn).await?;
    Ok(found.map(|(short,)| UnitFound { id: unit, short }))
}

/// Finds a post by code or title.
pub async fn post_by_name(conn: &mut Connection, name: &str) -> sqlx::Result<Option<(PostId, String)>> {
    let found: Option<(i64, String)> = sqlx::query_as(
        "select post_id, title from post where code = $1 or title = $1 order by post_id limit 1",
    )
    .bind(name)
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(id, title)| (PostId(id), title)))
}

/// What a post is called.
pub async fn title_of_post(conn: &mut Connection, post: PostId) -> sqlx::Result<String> {
    let (title,): (String,) =
        sqlx::query_as("select title from post where post_id = $1").bind(post.0).fetch_one(conn).await?;
    Ok(title)
}

/// The unit of a post, by the post's code or title.
pub async fn unit_of_post(conn: &mut Connection, name: &str) -> sqlx::Result<Option<UnitId>> {
    let found: Option<(i64,)> =
        sqlx::query_as("select unit_id from post where code = $1 or title = $1 limit 1")
            .bind(name)
            .fetch_optional(conn)
            .await?;
    Ok(found.map(|(unit,)| UnitId(unit)))
}

/// Finds a team by code, name or short name.
pub async fn team_by_name(conn: &mut Connection, name: &str) -> sqlx::Result<Option<(TeamId, String)>> {
    let found: Option<(i64, String)> =
        sqlx::query_as("select team_id, short from team where code = $1 or name = $1 or short = $1 limit 1")
            .bind(name)
            .fetch_optional(conn)
            .await?;
    Ok(found.map(|(id, short)| (TeamId(id), short)))
}

/// What a team is called in short.
pub async fn team_name(conn: &mut Connection, team: TeamId) -> sqlx::Result<String> {
    let (short,): (String,) =
        sqlx::query_as("select short from team where team_id = $1").bind(team.0).fetch_one(conn).await?;
    Ok(short)
}
