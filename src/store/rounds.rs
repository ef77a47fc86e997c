//! Opening rounds: every running duty gets its filings of the period once, and each filing its ask.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row as _;

use crate::domain::ids::DutyId;
use crate::domain::now::stamp;
use crate::domain::period::{Cadence, Period};
use crate::domain::reason::Reason;
use crate::rules::rounds::Opening;
use crate::store::filings::{self, Span};
use crate::store::{Connection, rows};

/// A duty that was not opened yet in the period that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unopened {
    /// The duty.
    pub duty: DutyId,
    /// Whether it only asks how things are going.
    pub progress: bool,
    /// When its plan was imported: before that nothing can be late.
    pub imported_at: DateTime<Utc>,
}

/// The first running duties that a round has not opened yet, of plans that still run on that day. What is counted by person
/// (课题) is asked of nobody as a unit.
pub async fn unopened(
    conn: &mut Connection,
    opening: &Opening,
    today: NaiveDate,
    limit: i64,
) -> sqlx::Result<Vec<Unopened>> {
    sqlx::query(
        "select d.duty_id, d.progress, p.imported_at from duty d
         join task t on t.task_id = d.task_id join plan p on p.plan_id = t.plan_id
         where d.schedule = $1 and d.hold is null and d.each is null and t.state = 'running' and p.ends >= $3
           and not exists (select 1 from duty_round r where r.duty_id = d.duty_id and r.period = $2)
         order by d.duty_id limit $4",
    )
    .bind(opening.cadence.as_str())
    .bind(opening.period.to_string())
    .bind(today.to_string())
    .bind(limit)
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Unopened {
            duty: DutyId(row.try_get("duty_id")?),
            progress: row.try_get("progress")?,
            imported_at: rows::instant(&row, "imported_at")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Opens one duty's filings of a round and asks for each; `first_look` is when the tick has to look at them. Returns how
/// many filings are new.
pub async fn open_duty(
    conn: &mut Connection,
    duty: DutyId,
    cadence: Cadence,
    span: Span,
    (meant_on, at, first_look): (NaiveDate, DateTime<Utc>, Option<DateTime<Utc>>),
) -> sqlx::Result<u64> {
    sqlx::query(
        "insert into duty_round (duty_id, period, opened_at) values ($1, $2, $3) on conflict do nothing",
    )
    .bind(duty.0)
    .bind(span.period.to_string())
    .bind(stamp(at))
    .execute(&mut *conn)
    .await?;
    let opened = filings::open(conn, duty, span, (at, first_look)).await?;
    drop_older_asks(conn, duty, span.period).await?;
    let reason = Reason::Round(cadence);
    sqlx::query(
        "insert into ask (filing_id, cycle, due_on, step, level, meant_on, created_at)
         select filing_id, cycle, coalesce(due_on, ''), $3, $4, $5, $6 from filing
         where duty_id = $1 and period = $2 and state = 'open'
         on conflict do nothing",
    )
    .bind(duty.0)
    .bind(span.period.to_string())
    .bind(reason.step())
    .bind(reason.level().as_str())
    .bind(meant_on.to_string())
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(opened)
}

/// Whoever could not be reached so far is asked for the newest period only; the card says that the one before is open.
async fn drop_older_asks(conn: &mut Connection, duty: DutyId, period: Period) -> sqlx::Result<()> {
    sqlx::query(
        "update ask set state = 'dropped' where state = 'open' and level = 'post'
         and filing_id in (select filing_id from filing where duty_id = $1 and period <> $2)",
    )
    .bind(duty.0)
    .bind(period.to_string())
    .execute(conn)
    .await?;
    Ok(())
}
