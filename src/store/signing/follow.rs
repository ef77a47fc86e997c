//! What a signed board proposes, and what the head decided.

use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Paper, note};
use crate::domain::agenda::Waiting;
use crate::domain::ids::{PaperId, UnitId};
use crate::domain::now::stamp;
use crate::domain::paper::FollowUp;
use crate::store::history::Cause;
use crate::store::{Connection, rows};

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What.
    pub kind: FollowUp,
    /// Whom it concerns.
    pub unit: UnitId,
    /// By short name.
    pub name: String,
    /// Whether it is to be; `None` while the head has not decided.
    pub agreed: Option<bool>,
}

/// Notes what a board proposes.
pub async fn propose(
    conn: &mut Connection,
    paper: PaperId,
    proposals: &[(FollowUp, UnitId)],
) -> sqlx::Result<()> {
    for (kind, unit) in proposals {
        sqlx::query(
            "insert into follow_up (paper_id, unit_id, kind) values ($1, $2, $3) on conflict do nothing",
        )
        .bind(paper.0)
        .bind(unit.0)
        .bind(kind.as_str())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// What a board proposes.
pub async fn proposals(conn: &mut Connection, paper: PaperId) -> sqlx::Result<Vec<Proposal>> {
    sqlx::query(
        "select f.kind, f.unit_id, u.short, f.state from follow_up f join unit u on u.unit_id = f.unit_id
         where f.paper_id = $1 order by f.kind, f.unit_id",
    )
    .bind(paper.0)
    .try_map(|row: SqliteRow| {
        let state: String = row.try_get("state")?;
        Ok(Proposal {
            kind: rows::parsed(&row, "kind")?,
            unit: UnitId(row.try_get("unit_id")?),
            name: row.try_get("short")?,
            agreed: Some(state == "agreed").filter(|_| state != "proposed"),
        })
    })
    .fetch_all(conn)
    .await
}

/// Decides all proposals of a kind at once.
pub async fn arrange(
    conn: &mut Connection,
    paper: &Paper,
    (kind, agreed): (FollowUp, bool),
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query(
        "update follow_up set state = $3, decided_as = $4, decided_at = $5
         where paper_id = $1 and kind = $2 and state = 'proposed'",
    )
    .bind(paper.id.0)
    .bind(kind.as_str())
    .bind(if agreed { "agreed" } else { "dropped" })
    .bind(&cause.actor)
    .bind(stamp(cause.at))
    .execute(&mut *conn)
    .await?;
    note(conn, paper, cause, "follow_up_decided", json!({ "kind": kind.as_str(), "agreed": agreed })).await
}

/// What the head has agreed to and was not held yet, by paper and kind.
pub async fn waiting(conn: &mut Connection) -> sqlx::Result<Vec<Waiting>> {
    let rows: Vec<(PaperId, FollowUp, String)> = sqlx::query(
        "select f.paper_id, f.kind, u.short from follow_up f join unit u on u.unit_id = f.unit_id
         join paper p on p.paper_id = f.paper_id
         where f.state = 'agreed' and f.held_at is null and p.state = 'signed'
         order by f.paper_id, f.kind, f.unit_id",
    )
    .try_map(|row: SqliteRow| {
        Ok((PaperId(row.try_get("paper_id")?), rows::parsed(&row, "kind")?, row.try_get("short")?))
    })
    .fetch_all(conn)
    .await?;
    let mut waiting: Vec<Waiting> = Vec::new();
    for (paper, kind, name) in rows {
        match waiting.last_mut() {
            Some(last) if (last.paper, last.kind) == (paper, kind) => last.units.push(name),
            _ => waiting.push(Waiting { paper, kind, units: vec![name] }),
        }
    }
    Ok(waiting)
}

/// What was held.
#[derive(Debug, Clone, Copy)]
pub struct Hold<'a> {
    /// Of these kinds.
    pub kinds: &'a [FollowUp],
    /// By this unit; by all whom it concerns where none is named.
    pub unit: Option<UnitId>,
}

/// Notes that what the head had agreed to was held; gives the names of whom it concerned.
pub async fn hold(
    conn: &mut Connection,
    paper: &Paper,
    hold: Hold<'_>,
    cause: &Cause,
) -> sqlx::Result<Vec<(FollowUp, String)>> {
    let mut done = Vec::new();
    for kind in hold.kinds {
        let names: Vec<(String,)> = sqlx::query_as(
            "update follow_up set held_as = $4, held_at = $5
             where paper_id = $1 and kind = $2 and ($3 is null or unit_id = $3) and state = 'agreed' and held_at is null
             returning (select short from unit u where u.unit_id = follow_up.unit_id)",
        )
        .bind(paper.id.0)
        .bind(kind.as_str())
        .bind(hold.unit.map(|unit| unit.0))
        .bind(&cause.actor)
        .bind(stamp(cause.at))
        .fetch_all(&mut *conn)
        .await?;
        if !names.is_empty() {
            note(
                conn,
                paper,
                cause,
                "follow_up_held",
                json!({ "kind": kind.as_str(), "units": names.len() }),
            )
            .await?;
        }
        done.extend(names.into_iter().map(|(name,)| (*kind, name)));
    }
    Ok(done)
}
