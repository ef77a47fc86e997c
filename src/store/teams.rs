//! Work groups (工作推进组) with their posts.

use crate::domain::ids::TeamId;
use crate::domain::people::TeamCard;
use crate::store::Connection;
use crate::store::people;

/// Every team, in the order of the roster.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<TeamCard>> {
    let ids: Vec<(i64,)> =
        sqlx::query_as("select team_id from team order by team_id").fetch_all(&mut *conn).await?;
    let mut teams = Vec::new();
    for (id,) in ids {
        teams.extend(card(conn, TeamId(id)).await?);
    }
    Ok(teams)
}

/// A team by code, name or short name, with 组 or without.
pub async fn called(conn: &mut Connection, name: &str) -> sqlx::Result<Option<TeamCard>> {
    let with = format!("{name}组");
    for name in [name, with.as_str()] {
        if let Some((id, _)) = people::team_by_name(conn, name).await? {
            return card(conn, id).await;
        }
    }
    Ok(None)
}

async fn card(conn: &mut Connection, id: TeamId) -> sqlx::Result<Option<TeamCard>> {
    let head: Option<(String, String, Option<String>, Option<bool>)> = sqlx::query_as(
        "select t.name, t.short, p.title, p.vacant from team t left join post p on p.post_id = t.head_post_id
         where t.team_id = $1",
    )
    .bind(id.0)
    .fetch_optional(&mut *conn)
    .await?;
    let Some((name, short, head, vacant)) = head else { return Ok(None) };
    let deputies: Vec<(String, bool, bool)> = sqlx::query_as(
        "select p.title, p.vacant, exists (select 1 from tenure te where te.post_id = p.post_id and te.ends is null)
         from team_post tp join post p on p.post_id = tp.post_id where tp.team_id = $1 order by p.post_id",
    )
    .bind(id.0)
    .fetch_all(conn)
    .await?;
    let head = head.map(|title| (title, vacant.unwrap_or_default()));
    Ok(Some(TeamCard { id, name, short, head, deputies }))
}
