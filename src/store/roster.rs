//! Reading and writing a roster: units, posts, teams, groups and rooms. Doing it again with the same file changes nothing.

use std::collections::BTreeMap;

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::people::{Chase, UnitKind};
use crate::notice::file::{Group, Post, Room, Roster, Team, Unit};
use crate::store::{Connection, rows};

/// The channel whose rooms a roster may open.
const ROOM_CHANNEL: &str = "room";

/// The roster on record, without rooms: those are bound, not imported. The unit that runs the supervision is the first of
/// the office's kind.
pub async fn read(conn: &mut Connection) -> sqlx::Result<Roster> {
    let units = read_units(conn).await?;
    let office = units.iter().find(|unit| unit.kind == UnitKind::Office && unit.chase != Some(Chase::Never));
    let office = office.map(|unit| unit.code.clone()).unwrap_or_default();
    let posts = sqlx::query(
        "select p.code, u.code as unit, p.title, p.rank, p.vacant from post p join unit u on u.unit_id = p.unit_id
         order by p.post_id",
    )
    .try_map(|row: SqliteRow| {
        Ok(Post {
            code: row.try_get("code")?,
            unit: row.try_get("unit")?,
            title: row.try_get("title")?,
            rank: rows::parsed(&row, "rank")?,
            vacant: row.try_get("vacant")?,
            sample: false,
        })
    })
    .fetch_all(&mut *conn)
    .await?;
    let (teams, groups) = (read_teams(conn).await?, read_groups(conn).await?);
    Ok(Roster { office, units, posts, teams, groups, rooms: Vec::new() })
}

async fn read_units(conn: &mut Connection) -> sqlx::Result<Vec<Unit>> {
    let aliases: Vec<(i64, String)> =
        sqlx::query_as("select unit_id, alias from unit_alias order by alias").fetch_all(&mut *conn).await?;
    sqlx::query("select unit_id, code, name, short, kind, chase, sample from unit order by unit_id")
        .try_map(|row: SqliteRow| {
            let id: i64 = row.try_get("unit_id")?;
            let own = aliases.iter().filter(|(unit, _)| *unit == id);
            Ok(Unit {
                code: row.try_get("code")?,
                name: row.try_get("name")?,
                short: row.try_get("short")?,
                aliases: own.map(|(_, alias)| alias.clone()).collect(),
                kind: rows::parsed(&row, "kind")?,
                chase: Some(rows::parsed(&row, "chase")?),
                sample: row.try_get("sample")?,
            })
        })
        .fetch_all(conn)
        .await
}

async fn read_teams(conn: &mut Connection) -> sqlx::Result<Vec<Team>> {
    let deputies: Vec<(i64, String)> = sqlx::query_as(
        "select tp.team_id, p.code from team_post tp join post p on p.post_id = tp.post_id order by p.post_id",
    )
    .fetch_all(&mut *conn)
    .await?;
    sqlx::query(
        "select t.team_id, t.code, t.name, t.short, p.code as head from team t
         left join post p on p.post_id = t.head_post_id order by t.team_id",
    )
    .try_map(|row: SqliteRow| {
        let id: i64 = row.try_get("team_id")?;
        let own = deputies.iter().filter(|(team, _)| *team == id);
        Ok(Team {
            code: row.try_get("code")?,
            name: row.try_get("name")?,
            short: row.try_get("short")?,
            head: row.try_get("head")?,
            deputies: own.map(|(_, post)| post.clone()).collect(),
        })
    })
    .fetch_all(conn)
    .await
}

async fn read_groups(conn: &mut Connection) -> sqlx::Result<Vec<Group>> {
    let all: Vec<(String, String)> = sqlx::query_as(
        "select g.name, u.code from unit_group g join unit u on u.unit_id = g.unit_id order by g.name, u.unit_id",
    )
    .fetch_all(conn)
    .await?;
    let mut groups: Vec<Group> = Vec::new();
    for (name, unit) in all {
        match groups.last_mut() {
            Some(group) if group.name == name => group.units.push(unit),
            _ => groups.push(Group { name, units: vec![unit] }),
        }
    }
    Ok(groups)
}

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
        // Once a post was handed over, the hand-over says whether it is vacant, not an old file.
        "insert into post (code, unit_id, title, rank, vacant) values ($1, $2, $3, $4, $5)
         on conflict (code) do update set unit_id = $2, title = $3, rank = $4,
            vacant = case when exists (select 1 from handover h where h.post_id = post.post_id and h.state = 'done')
                     then vacant else $5 end
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
