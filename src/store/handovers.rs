//! Hand-overs (接任): a post changes hands, or falls vacant, from a day on.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, HandoverId, PostId};
use crate::domain::now::stamp;
use crate::domain::tenure::{Handover, HandoverState};
use crate::store::decisions::{self, Before};
use crate::store::history::{self, About, Cause};
use crate::store::tenures::{self, Tenure};
use crate::store::{Connection, phones, rows};

/// A hand-over to write down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewHandover<'a> {
    /// The post.
    pub post: PostId,
    /// What the office calls the successor; `None` where nobody follows.
    pub name: Option<&'a str>,
    /// The successor, where it is known who.
    pub account: Option<AccountId>,
    /// The first day.
    pub starts_on: NaiveDate,
}

/// Selects what [`handover_of`] reads.
macro_rules! select_handovers {
    ($tail:literal) => {
        concat!(
            "select h.handover_id, h.post_id, p.title, h.name, h.account_id, h.starts_on, h.state
             from handover h join post p on p.post_id = h.post_id ",
            $tail
        )
    };
}

fn handover_of(row: &SqliteRow) -> sqlx::Result<Handover> {
    Ok(Handover {
        id: HandoverId(row.try_get("handover_id")?),
        post: PostId(row.try_get("post_id")?),
        title: row.try_get("title")?,
        name: row.try_get("name")?,
        account: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
        starts_on: rows::parsed(row, "starts_on")?,
        state: rows::parsed(row, "state")?,
    })
}

/// Writes a hand-over down as planned; an earlier plan for the same post gives way.
pub async fn plan(conn: &mut Connection, new: NewHandover<'_>, cause: &Cause) -> sqlx::Result<Handover> {
    sqlx::query("update handover set state = 'undone' where post_id = $1 and state = 'planned'")
        .bind(new.post.0)
        .execute(&mut *conn)
        .await?;
    let (id,): (i64,) = sqlx::query_as(
        "insert into handover (post_id, name, account_id, starts_on, state, was_vacant, made_at)
         select $1, $2, $3, $4, 'planned', vacant, $5 from post where post_id = $1 returning handover_id",
    )
    .bind(new.post.0)
    .bind(new.name)
    .bind(new.account.map(|id| id.0))
    .bind(new.starts_on.to_string())
    .bind(stamp(cause.at))
    .fetch_one(&mut *conn)
    .await?;
    let id = HandoverId(id);
    let made = get(conn, id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let detail = json!({ "post": made.title, "name": made.name, "from": made.starts_on.to_string() });
    let before = decisions::before_people(&Before::Handover(id));
    history::add_change(conn, cause, About::default(), ("handover_planned", &detail), Some(&before)).await?;
    Ok(made)
}

/// One hand-over.
pub async fn get(conn: &mut Connection, id: HandoverId) -> sqlx::Result<Option<Handover>> {
    sqlx::query(select_handovers!("where h.handover_id = $1"))
        .bind(id.0)
        .try_map(|row| handover_of(&row))
        .fetch_optional(conn)
        .await
}

/// The planned ones, the next first.
pub async fn planned(conn: &mut Connection) -> sqlx::Result<Vec<Handover>> {
    sqlx::query(select_handovers!("where h.state = 'planned' order by h.starts_on, h.handover_id"))
        .try_map(|row| handover_of(&row))
        .fetch_all(conn)
        .await
}

/// The newest hand-over of a post that still waits for its successor to be bound.
pub async fn awaiting(conn: &mut Connection, post: PostId) -> sqlx::Result<Option<Handover>> {
    sqlx::query(select_handovers!(
        "where h.post_id = $1 and h.state <> 'undone' and h.name is not null and h.account_id is null
           and h.handover_id = (select max(n.handover_id) from handover n where n.post_id = $1 and n.state <> 'undone')"
    ))
    .bind(post.0)
    .try_map(|row| handover_of(&row))
    .fetch_optional(conn)
    .await
}

/// A planned hand-over takes effect: the old tenures end with the first instant of its day, the new one begins. Old
/// records are not touched.
pub async fn carry_out(
    conn: &mut Connection,
    handover: &Handover,
    (starts, at): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<()> {
    sqlx::query("update handover set state = 'done' where handover_id = $1")
        .bind(handover.id.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query("update post set vacant = $2 where post_id = $1")
        .bind(handover.post.0)
        .bind(handover.name.is_none())
        .execute(&mut *conn)
        .await?;
    phones::forget(conn, handover.post).await?;
    tenures::end_all_of_post(conn, (handover.post, handover.id), handover.account, starts).await?;
    if let Some(account) = handover.account {
        begin(conn, handover, account, (starts, at)).await?;
    }
    let detail =
        json!({ "post": handover.title, "name": handover.name, "from": handover.starts_on.to_string() });
    history::add(conn, &Cause::clock(at), About::default(), "handed_over", &detail).await
}

async fn begin(
    conn: &mut Connection,
    handover: &Handover,
    account: AccountId,
    (starts, at): (DateTime<Utc>, DateTime<Utc>),
) -> sqlx::Result<()> {
    let name = handover.name.as_deref();
    let tenure = Tenure { name, begun_by: Some(handover.id), ..Tenure::of(handover.post, account, starts) };
    tenures::begin(conn, &tenure, at).await
}

/// The successor is bound: from now on, or from the day on.
pub async fn welcome(
    conn: &mut Connection,
    handover: &Handover,
    account: AccountId,
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query("update handover set account_id = $2 where handover_id = $1")
        .bind(handover.id.0)
        .bind(account.0)
        .execute(&mut *conn)
        .await?;
    if handover.state == HandoverState::Done {
        begin(conn, handover, account, (cause.at, cause.at)).await?;
    }
    let detail = json!({ "account": account, "post": handover.post, "handover": handover.id });
    history::add(conn, cause, About::default(), "appointed", &detail).await
}

/// Takes a hand-over back: the former holder goes on as if nothing had been. Its row stays, marked.
pub async fn undo(conn: &mut Connection, handover: &Handover, cause: &Cause) -> sqlx::Result<()> {
    tenures::restore(conn, handover.id, cause.at).await?;
    sqlx::query(
        "update post set vacant = (select h.was_vacant from handover h where h.handover_id = $2)
         where post_id = $1 and exists (select 1 from handover h where h.handover_id = $2 and h.state = 'done')",
    )
    .bind(handover.post.0)
    .bind(handover.id.0)
    .execute(&mut *conn)
    .await?;
    sqlx::query("update handover set state = 'undone' where handover_id = $1")
        .bind(handover.id.0)
        .execute(&mut *conn)
        .await?;
    let detail = json!({ "post": handover.title, "name": handover.name });
    history::add(conn, cause, About::default(), "handover_undone", &detail).await
}
