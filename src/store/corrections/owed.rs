//! What a correction makes of filings: those of a changed day move, those that nobody asks for any more lapse where nothing
//! was reported on them.

use chrono::NaiveDate;
use serde_json::json;

use super::{Correction, WHAT};
use crate::domain::filing::{FilingState, Owner, Standing};
use crate::domain::ids::{DutyId, FilingId, TaskNo};
use crate::domain::period::Period;
use crate::domain::review::{self, Refusal};
use crate::notice::diff::Why;
use crate::store::filings::{self, Owed};
use crate::store::{Connection, letters};

/// What is no longer asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lapse {
    /// Everything of a duty.
    Duty(DutyId),
    /// What rounds have opened for a duty.
    Rounds(DutyId),
    /// What those owe whom the task no longer binds.
    NotBound,
}

/// Lets filings lapse: those without any report are void, the others stay for the office.
pub(super) async fn lapse(correction: &mut Correction<'_>, task: TaskNo, what: Lapse) -> sqlx::Result<()> {
    let bound = match what {
        Lapse::NotBound => bound(correction.conn, task).await?,
        Lapse::Duty(_) | Lapse::Rounds(_) => Vec::new(),
    };
    for owed in filings::of_task(correction.conn, task).await? {
        let lapses = match what {
            Lapse::Duty(duty) => owed.duty == duty,
            Lapse::Rounds(duty) => owed.duty == duty && owed.filing.is_recurring(),
            Lapse::NotBound => !bound.contains(&owed.filing.owner),
        };
        if !lapses || owed.filing.standing.state.is_settled() {
            continue;
        }
        if has_words(correction.conn, owed.filing.id).await? {
            let what = format!("{} {}", owed.owner, owed.duty_text);
            correction.leave(task, what, Why::FilingReported);
            continue;
        }
        let after = Standing { state: FilingState::Void, ..owed.filing.standing.clone() };
        let detail = json!({ "dropped": true });
        filings::write(correction.conn, &owed, &after, correction.cause, (WHAT, detail)).await?;
        letters::edit_cards_with(correction.conn, owed.filing.id, correction.now.at()).await?;
        correction.applied.voided += 1;
    }
    Ok(())
}

/// Moves what is owed once for a duty to its new day, or to none.
pub(super) async fn redate(
    correction: &mut Correction<'_>,
    (task, duty): (TaskNo, DutyId),
    (period, due): (Period, Option<NaiveDate>),
) -> sqlx::Result<()> {
    let to = due.map(|day| (day, correction.now.end_of(day)));
    for owed in filings::of_task(correction.conn, task).await? {
        if owed.duty != duty || owed.filing.is_recurring() || owed.filing.standing.state == FilingState::Void
        {
            continue;
        }
        match review::redate(&owed.filing, to, correction.cause.at) {
            Ok(after) if after.due_on != owed.filing.standing.due_on => {
                move_to(correction, &owed, &after).await?;
            }
            Err(Refusal::NotLater) => {
                let what = format!("{} {}", owed.owner, owed.duty_text);
                correction.leave(task, what, Why::Extended);
            }
            // What is settled is settled, whatever its day.
            Ok(_) | Err(_) => {}
        }
        rename(correction.conn, owed.filing.id, period).await?;
    }
    Ok(())
}

async fn move_to(correction: &mut Correction<'_>, owed: &Owed, after: &Standing) -> sqlx::Result<()> {
    let detail = json!({ "due": { "old": owed.filing.standing.due_on, "new": after.due_on } });
    filings::write(correction.conn, owed, after, correction.cause, (WHAT, detail)).await?;
    letters::edit_cards_with(correction.conn, owed.filing.id, correction.now.at()).await?;
    correction.applied.moved += 1;
    Ok(())
}

/// What is owed once is known by its day: with the new one nothing is opened beside it.
async fn rename(conn: &mut Connection, filing: FilingId, period: Period) -> sqlx::Result<()> {
    sqlx::query(
        "update filing set period = $2 where filing_id = $1
           and not exists (select 1 from filing o where o.duty_id = filing.duty_id and o.period = $2
                           and o.unit_id is filing.unit_id and o.team_id is filing.team_id)",
    )
    .bind(filing.0)
    .bind(period.to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether anything was ever reported on a filing, in words or with files.
async fn has_words(conn: &mut Connection, filing: FilingId) -> sqlx::Result<bool> {
    let (found,): (bool,) = sqlx::query_as(
        "select exists (select 1 from report where filing_id = $1) or exists (select 1 from evidence where filing_id = $1)",
    )
    .bind(filing.0)
    .fetch_one(conn)
    .await?;
    Ok(found)
}

/// Everybody who may owe something of a task.
async fn bound(conn: &mut Connection, task: TaskNo) -> sqlx::Result<Vec<Owner>> {
    use crate::domain::ids::{TeamId, UnitId};
    let units: Vec<(i64,)> = sqlx::query_as(
        "select unit_id from task_unit where task_id = $1
         union select lead_unit_id from task where task_id = $1 and lead_unit_id is not null",
    )
    .bind(task.0)
    .fetch_all(&mut *conn)
    .await?;
    let team: Option<(i64,)> = sqlx::query_as(
        "select team_id from task where task_id = $1 and team_id is not null
           and not exists (select 1 from task_unit x where x.task_id = task.task_id)",
    )
    .bind(task.0)
    .fetch_optional(conn)
    .await?;
    let units = units.into_iter().map(|(id,)| Owner::Unit(UnitId(id)));
    Ok(units.chain(team.map(|(id,)| Owner::Team(TeamId(id)))).collect())
}

/// Nobody looks at filings of tasks that do not run.
pub(super) async fn look_at_running_only(conn: &mut Connection, plan_id: i64) -> sqlx::Result<()> {
    sqlx::query(
        "update filing set next_look_at = null where next_look_at is not null and duty_id in (
            select d.duty_id from duty d join task t on t.task_id = d.task_id
            where t.plan_id = $1 and t.state <> 'running')",
    )
    .bind(plan_id)
    .execute(conn)
    .await?;
    Ok(())
}
