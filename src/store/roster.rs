//! Writing a roster: units, posts, teams, groups and rooms. Doing it again with the same file changes nothing.

use std::collections::BTreeMap;

use crate::domain::people::Chase;
use crate::notice::file::{Group, Post, Room, Roster, Team, Unit};
use crate::store::Connection;

/// The channel whose rooms a roster may open.
const ROOM_CHANNEL: &str = "room";

/// Writes a roster. Entries are known by their code; what is no longer in the file stays in the database.
pub async fn write(conn: &mut Connection, roster: &Roster) -> sqlx::Result<()> {
    let mut units = BTreeMap::new();
    for unit in &roster.units {
        units.insert(unit.code.as_str(), write_unit(conn, unit).await?);
    }
    let mut posts = BTreeMap::new();
    for post in &roster.posts {
        posts.insert(post.code.as_str(), write_post(conn, post, units[post.unit.as_str()]).await?);
    }
    let mut teams = BTreeMap::new();
    for team in &roster.teams {
        teams.insert(team.code.as_str(), write_team(conn, team, &posts).await?);
    }
    for group in &roster.groups {
        write_group(conn, group, &units).await?;
    }
    for room in &roster.rooms {
        write_room(conn, room, &units, &teams).await?;
    }
    Ok(())
}

async fn write_unit(conn: &mut Connection, unit: &Unit) -> sqlx::Result<i64> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into unit (code, name, short, kind, chase, sample) values ($1, $2, $3, $4, $5, $6)
         on conflict (code) do update set name = $2, short = $3, kind = $4, chase = $5, sample = $6
         returning unit_id",
    )
    .bind(&unit.code)
    .bind(&unit.name)
    .bind(&unit.short)
    .bind(unit.kind.as_str())
    .bind(unit.chase.unwrap_or_else(|| Chase::default_for(unit.kind)).as_str())
    .bind(unit.sample)
    .fetch_one(&mut *conn)
    .await?;
    for alias in &unit.aliases {
        sqlx::query("insert into unit_alias (alias, unit_id) values ($1, $2) on conflict (alias) do update set unit_id = $2")
            .bind(alias)
            .bind(id)
            .execute(&mut *conn)
            .await?;
    }
    Ok(id)
}

async fn write_post(conn: &mut Connection, post: &Post, unit: i64) -> sqlx::Result<i64> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into post (code, unit_id, title, rank, vacant) values ($1, $2, $3, $4, $5)
         on conflict (code) do update set unit_id = $2, title = $3, rank = $4, vacant = $5
         returning post_id",
    )
    .bind(&post.code)
    .bind(unit)
    .bind(&post.title)
    .bind(post.rank.as_str())
    .bind(post.vacant)
    .fetch_one(conn)
    .await?;
    Ok(id)
}

async fn write_team(conn: &mut Connection, team: &Team, posts: &BTreeMap<&str, i64>) -> sqlx::Result<i64> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into team (code, name, short, head_post_id) values ($1, $2, $3, $4)
         on conflict (code) do update set name = $2, short = $3, head_post_id = $4
         returning team_id",
    )
    .bind(&team.code)
    .bind(&team.name)
    .bind(&team.short)
    .bind(team.head.as_ref().map(|head| posts[head.as_str()]))
    .fetch_one(&mut *conn)
    .await?;
    sqlx::query("delete from team_post where team_id = $1").bind(id).execute(&mut *conn).await?;
    for deputy in &team.deputies {
        sqlx::query("insert into team_post (team_id, post_id) values ($1, $2) on conflict do nothing")
            .bind(id)
            .bind(posts[deputy.as_str()])
            .execute(&mut *conn)
            .await?;
    }
    Ok(id)
}

async fn write_group(conn: &mut Connection, group: &Group, units: &BTreeMap<&str, i64>) -> sqlx::Result<()> {
    sqlx::query("delete from unit_group where name = $1").bind(&group.name).execute(&mut *conn).await?;
    for unit in &group.units {
        sqlx::query("insert into unit_group (name, unit_id) values ($1, $2) on conflict do nothing")
            .bind(&group.name)
            .bind(units[unit.as_str()])
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}

async fn write_room(
    conn: &mut Connection,
    room: &Room,
    units: &BTreeMap<&str, i64>,
    teams: &BTreeMap<&str, i64>,
) -> sqlx::Result<()> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into chat (channel, external_id, kind, title, office) values ($1, $2, 'group', $3, $4)
         on conflict (channel, external_id, topic) do update set title = $3, office = $4
         returning chat_id",
    )
    .bind(ROOM_CHANNEL)
    .bind(&room.code)
    .bind(&room.title)
    .bind(room.office)
    .fetch_one(&mut *conn)
    .await?;
    for unit in &room.units {
        sqlx::query("insert into chat_unit (chat_id, unit_id) values ($1, $2) on conflict do nothing")
            .bind(id)
            .bind(units[unit.as_str()])
            .execute(&mut *conn)
            .await?;
    }
    if let Some(team) = &room.team {
        sqlx::query("insert into chat_team (chat_id, team_id) values ($1, $2) on conflict do nothing")
            .bind(id)
            .bind(teams.get(team.as_str()).copied())
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
