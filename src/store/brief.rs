//! What stands open for a post, a team or the units of a remit.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{PostId, TeamId, UnitId};
use crate::domain::now::stamp;
use crate::domain::people::Rank;
use crate::rules::agenda::Item;
use crate::store::filings::{owed_of, select_filings};
use crate::store::{Connection, rows};

/// For whom something is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whose {
    /// What these units owe.
    pub units: Vec<UnitId>,
    /// What these teams owe while nobody is assigned.
    pub teams: Vec<TeamId>,
    /// Everything of these teams' tasks, whoever owes it.
    pub whole_teams: Vec<TeamId>,
}

/// What the holder of a post answers for: the filings of the unit and of the teams it sits in. A county leader answers for
/// none and reads those of the teams the post heads.
pub async fn whose(conn: &mut Connection, post: PostId) -> sqlx::Result<Whose> {
    let row = sqlx::query("select unit_id, rank from post where post_id = $1")
        .bind(post.0)
        .fetch_one(&mut *conn)
        .await?;
    let headed: Vec<(i64,)> =
        sqlx::query_as("select team_id from team where head_post_id = $1 order by team_id")
            .bind(post.0)
            .fetch_all(&mut *conn)
            .await?;
    let whole_teams: Vec<TeamId> = headed.into_iter().map(|(team,)| TeamId(team)).collect();
    if rows::parsed::<Rank>(&row, "rank")? == Rank::County {
        return Ok(Whose { whole_teams, ..Whose::default() });
    }
    let unit: i64 = row.try_get("unit_id")?;
    let teams: Vec<(i64,)> = sqlx::query_as(
        "select distinct tp.team_id from team_post tp join post p on p.post_id = tp.post_id
         where p.post_id = $1 or p.unit_id = $2 and (select rank from post where post_id = $1) = 'liaison'
         order by tp.team_id",
    )
    .bind(post.0)
    .bind(unit)
    .fetch_all(conn)
    .await?;
    Ok(Whose {
        units: vec![UnitId(unit)],
        teams: teams.into_iter().map(|(team,)| TeamId(team)).collect(),
        whole_teams,
    })
}

/// The filings that are not settled, of running tasks. Confidential ones have a title only where `tells_all`.
pub async fn items(conn: &mut Connection, whose: &Whose, tells_all: bool) -> sqlx::Result<Vec<Item>> {
    sqlx::query(select_filings!(
        "where t.state = 'running' and f.state in ('open', 'sent_back', 'claimed') and (
            f.unit_id in (select value from json_each($1)) or f.team_id in (select value from json_each($2))
            or t.team_id in (select value from json_each($3)))
         order by d.task_id, d.seq, f.filing_id"
    ))
    .bind(rows::to_json(&whose.units))
    .bind(rows::to_json(&whose.teams))
    .bind(rows::to_json(&whose.whole_teams))
    .try_map(|row: SqliteRow| {
        let owed = owed_of(&row)?;
        Ok(Item {
            task: owed.task,
            title: (tells_all || !owed.confidential).then_some(owed.title),
            seq: owed.seq,
            owner: owed.owner,
            imported_at: rows::instant(&row, "imported_at")?,
            filing: owed.filing,
        })
    })
    .fetch_all(conn)
    .await
}

/// How many filings of these were closed since then.
pub async fn closed_since(conn: &mut Connection, whose: &Whose, since: DateTime<Utc>) -> sqlx::Result<i64> {
    let (count,): (i64,) = sqlx::query_as(
        "select count(distinct d.task_id) from review r join filing f on f.filing_id = r.filing_id
         join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id
         where r.act = 'close' and r.undone_at is null and r.recorded_at >= $4 and (
            f.unit_id in (select value from json_each($1)) or f.team_id in (select value from json_each($2))
            or t.team_id in (select value from json_each($3)))",
    )
    .bind(rows::to_json(&whose.units))
    .bind(rows::to_json(&whose.teams))
    .bind(rows::to_json(&whose.whole_teams))
    .bind(stamp(since))
    .fetch_one(conn)
    .await?;
    Ok(count)
}
