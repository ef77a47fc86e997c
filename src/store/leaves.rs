//! Leaves (请假) and who stands in meanwhile (代理).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, LeaveId, PostId, UnitId};
use crate::domain::now::stamp;
use crate::domain::tenure::{Leave, LeaveState};
use crate::store::decisions::{self, Before};
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, rows, tenures};

/// A leave to write down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLeave {
    /// Who is away.
    pub account: AccountId,
    /// By which post it is asked for.
    pub post: PostId,
    /// The post that stands in.
    pub deputy: Option<PostId>,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
}

/// Selects what [`leave_of`] reads.
macro_rules! select_leaves {
    ($tail:literal) => {
        concat!(
            "select l.leave_id, l.account_id, l.post_id, p.title, l.deputy_post_id, d.title as deputy, l.from_on, l.until_on, l.state
             from leave l join post p on p.post_id = l.post_id left join post d on d.post_id = l.deputy_post_id ",
            $tail
        )
    };
}

fn leave_of(row: &SqliteRow) -> sqlx::Result<Leave> {
    let deputy: Option<i64> = row.try_get("deputy_post_id")?;
    let title: Option<String> = row.try_get("deputy")?;
    Ok(Leave {
        id: LeaveId(row.try_get("leave_id")?),
        account: AccountId(row.try_get("account_id")?),
        post: PostId(row.try_get("post_id")?),
        title: row.try_get("title")?,
        deputy: deputy.map(PostId).zip(title),
        days: (rows::parsed(row, "from_on")?, rows::parsed(row, "until_on")?),
        state: rows::parsed(row, "state")?,
    })
}

/// Writes a leave down as planned.
pub async fn plan(conn: &mut Connection, new: NewLeave, cause: &Cause) -> sqlx::Result<Leave> {
    let (id,): (i64,) = sqlx::query_as(
        "insert into leave (account_id, post_id, deputy_post_id, from_on, until_on, state, made_at)
         values ($1, $2, $3, $4, $5, 'planned', $6) returning leave_id",
    )
    .bind(new.account.0)
    .bind(new.post.0)
    .bind(new.deputy.map(|id| id.0))
    .bind(new.days.0.to_string())
    .bind(new.days.1.to_string())
    .bind(stamp(cause.at))
    .fetch_one(&mut *conn)
    .await?;
    let id = LeaveId(id);
    let made = get(conn, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let before = decisions::before_people(&Before::Leave(id));
    history::add_change(conn, cause, About::default(), ("leave_planned", &told(&made)), Some(&before))
        .await?;
    Ok(made)
}

fn told(leave: &Leave) -> serde_json::Value {
    let deputy = leave.deputy.as_ref().map(|(_, title)| title);
    json!({ "post": leave.title, "from": leave.days.0.to_string(), "until": leave.days.1.to_string(), "deputy": deputy })
}

/// One leave.
pub async fn get(conn: &mut Connection, id: LeaveId) -> sqlx::Result<Option<Leave>> {
    sqlx::query(select_leaves!("where l.leave_id = $1"))
        .bind(id.0)
        .try_map(|row| leave_of(&row))
        .fetch_optional(conn)
        .await
}

/// Those that run or are to come, the first one first.
pub async fn to_come(conn: &mut Connection) -> sqlx::Result<Vec<Leave>> {
    sqlx::query(select_leaves!("where l.state in ('planned', 'running') order by l.from_on, l.leave_id"))
        .try_map(|row| leave_of(&row))
        .fetch_all(conn)
        .await
}

/// A leave has come to another state by its days: the person is away, or back.
pub async fn turn(
    conn: &mut Connection,
    leave: &Leave,
    (to, at): (LeaveState, DateTime<Utc>),
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update leave set state = $2 where leave_id = $1")
        .bind(leave.id.0)
        .bind(to.as_str())
        .execute(&mut *conn)
        .await?;
    if to == LeaveState::Running {
        tenures::set_away(conn, leave.account, true).await?;
        if let Some((deputy, _)) = &leave.deputy {
            tenures::stand_in(conn, (leave.id, leave.account, *deputy), at).await?;
        }
    } else {
        tenures::end_standing_in(conn, leave.id, at).await?;
        let others: (i64,) =
            sqlx::query_as("select count(*) from leave where account_id = $1 and state = 'running'")
                .bind(leave.account.0)
                .fetch_one(&mut *conn)
                .await?;
        tenures::set_away(conn, leave.account, others.0 > 0).await?;
    }
    let what = match to {
        LeaveState::Planned | LeaveState::Running => "leave_begun",
        LeaveState::Over => "leave_over",
        LeaveState::Undone => "leave_undone",
    };
    history::add(conn, cause, About::default(), what, &told(leave)).await
}

/// The last day on which nobody of a unit was there to answer, by unit: its one bound person was away and nobody stood in.
/// Such days are no silence.
pub async fn nobody_there_until(conn: &mut Connection) -> sqlx::Result<BTreeMap<UnitId, NaiveDate>> {
    let all: Vec<(i64, String)> = sqlx::query_as(
        "select p.unit_id, max(l.until_on) from leave l join tenure te on te.account_id = l.account_id
         join post p on p.post_id = te.post_id
         where p.rank <> 'county' and te.ends is null and te.leave_id is null
           and l.state in ('running', 'over') and l.deputy_post_id is null
           and not exists (select 1 from tenure o join post q on q.post_id = o.post_id
                           where q.unit_id = p.unit_id and q.rank <> 'county' and o.ends is null
                             and o.account_id <> l.account_id)
         group by p.unit_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(all.into_iter().filter_map(|(unit, day)| Some((UnitId(unit), day.parse().ok()?))).collect())
}
