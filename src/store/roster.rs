//! A roster: units, posts, teams, groups and rooms. Writing the same file again changes nothing.

use std::collections::BTreeMap;

use crate::domain::people::{Chase, UnitKind};
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

/// The roster as the database holds it, without the rooms: what a document's names are held against.
pub async fn read(conn: &mut Connection) -> anyhow::Result<Option<Roster>> {
    let units = read_units(conn).await?;
    let Some(office) = units.iter().find(|unit| unit.kind == UnitKind::Office).or(units.first()) else {
        return Ok(None);
    };
    let office = office.code.clone();
    let posts = read_posts(conn).await?;
    let teams = read_teams(conn).await?;
    let mut groups: Vec<Group> = Vec::new();
    let members: Vec<(String, String)> = sqlx::query_as(
        "select g.name, u.code from unit_group g join unit u on u.unit_id = g.unit_id order by g.name, u.unit_id",
    )
    .fetch_all(conn)
    .await?;
    for (name, unit) in members {
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.units.push(unit),
            None => groups.push(Group { name, units: vec![unit] }),
        }
    }
    Ok(Some(Roster { office, units, posts, teams, groups, rooms: Vec::new() }))
}

async fn read_units(conn: &mut Connection) -> anyhow::Result<Vec<Unit>> {
    let found: Vec<(i64, String, String, String, String, String, bool)> =
        sqlx::query_as("select unit_id, code, name, short, kind, chase, sample from unit order by unit_id")
            .fetch_all(&mut *conn)
            .await?;
    let mut units = Vec::with_capacity(found.len());
    for (id, code, name, short, kind, chase, sample) in found {
        let aliases: Vec<(String,)> =
            sqlx::query_as("select alias from unit_alias where unit_id = $1 order by alias")
                .bind(id)
                .fetch_all(&mut *conn)
                .await?;
        let aliases = aliases.into_iter().map(|(alias,)| alias).collect();
        let (kind, chase) = (kind.parse()?, Some(chase.parse()?));
        units.push(Unit { code, name, short, aliases, kind, chase, sample });
    }
    Ok(units)
}

async fn read_posts(conn: &mut Connection) -> anyhow::Result<Vec<Post>> {
    let found: Vec<(String, String, String, String, bool)> = sqlx::query_as(
        "select p.code, u.code, p.title, p.rank, p.vacant from post p join unit u on u.unit_id = p.unit_id
         order by p.post_id",
    )
    .fetch_all(conn)
    .await?;
    found
        .into_iter()
        .map(|(code, unit, title, rank, vacant)| {
            Ok(Post { code, unit, title, rank: rank.parse()?, vacant, sample: false })
        })
        .collect()
}

async fn read_teams(conn: &mut Connection) -> anyhow::Result<Vec<Team>> {
    let found: Vec<(i64, String, String, String, Option<String>)> = sqlx::query_as(
        "select t.team_id, t.code, t.name, t.short, p.code from team t left join post p on p.post_id = t.head_post_id
         order by t.team_id",
    )
    .fetch_all(&mut *conn)
    .await?;
    let mut teams = Vec::with_capacity(found.len());
    for (id, code, name, short, head) in found {
        let deputies: Vec<(String,)> = sqlx::query_as(
            "select p.code from team_post tp join post p on p.post_id = tp.post_id where tp.team_id = $1 order by p.post_id",
        )
        .bind(id)
        .fetch_all(&mut *conn)
        .await?;
        let deputies = deputies.into_iter().map(|(code,)| code).collect();
        teams.push(Team { code, name, short, head, deputies });
    }
    Ok(teams)
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
