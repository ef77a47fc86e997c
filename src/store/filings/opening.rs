//! Opening the filings of a duty in a period: who owes them.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::ids::DutyId;
use crate::domain::now::stamp;
use crate::domain::period::Period;
use crate::rules::policy::Files;
use crate::store::Connection;

/// A period in which filings are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The period.
    pub period: Period,
    /// The day they are due.
    pub due_on: Option<NaiveDate>,
    /// The instant from which they are overdue.
    pub due_at: Option<DateTime<Utc>>,
    /// Who answers.
    pub files: Files,
}

/// Opens the filings of one duty: one for each bound unit that may be chased, or one for the team while nobody is
/// assigned; where the lead answers for all, one for the lead. Those that are there stay as they are, and nobody whose own work is done is asked for progress. Returns how
/// many were opened.
pub async fn open(
    conn: &mut Connection,
    duty: DutyId,
    span: Span,
    (at, first_look): (DateTime<Utc>, Option<DateTime<Utc>>),
) -> sqlx::Result<u64> {
    let opened = sqlx::query(
        "insert into filing (duty_id, unit_id, team_id, period, opened_at, since, due_on, due_at, state, next_look_at)
         select d.duty_id, tu.unit_id, null, $2, $3, $3, $4, $5, 'open', $6
         from duty d join task_unit tu on tu.task_id = d.task_id join unit u on u.unit_id = tu.unit_id
         where d.duty_id = $1 and u.chase <> 'never' and $7 = 'responsible'
           and (d.progress = 0 or exists (
                select 1 from filing o join duty x on x.duty_id = o.duty_id
                where x.task_id = d.task_id and x.progress = 0 and o.unit_id = tu.unit_id
                  and o.state in ('open', 'sent_back')))
         union all
         select d.duty_id, null, t.team_id, $2, $3, $3, $4, $5, 'open', $6
         from duty d join task t on t.task_id = d.task_id
         where d.duty_id = $1 and t.team_id is not null and $7 = 'responsible'
           and not exists (select 1 from task_unit x where x.task_id = d.task_id)
           and (d.progress = 0 or exists (
                select 1 from filing o join duty x on x.duty_id = o.duty_id
                where x.task_id = d.task_id and x.progress = 0 and o.team_id = t.team_id
                  and o.state in ('open', 'sent_back')))
         union all
         select d.duty_id, t.lead_unit_id, null, $2, $3, $3, $4, $5, 'open', $6
         from duty d join task t on t.task_id = d.task_id join unit u on u.unit_id = t.lead_unit_id
         where d.duty_id = $1 and u.chase <> 'never' and $7 = 'lead'
         on conflict do nothing",
    )
    .bind(duty.0)
    .bind(span.period.to_string())
    .bind(stamp(at))
    .bind(span.due_on.map(|day| day.to_string()))
    .bind(span.due_at.map(stamp))
    .bind(first_look.map(stamp))
    .bind(span.files.as_str())
    .execute(conn)
    .await?;
    Ok(opened.rows_affected())
}
