//! What the units filed for the duties that one unit leads.

use crate::domain::ids::UnitId;
use crate::domain::period::Period;
use crate::rules::collected::Filed;
use crate::store::filings::{owed_of, select_filings};
use crate::store::{Connection, rows};

/// The filings of a period for every duty that one of these units leads. What is confidential comes without its title.
pub async fn filed(conn: &mut Connection, leads: &[UnitId], period: Period) -> sqlx::Result<Vec<Filed>> {
    let leads: Vec<i64> = leads.iter().map(|unit| unit.0).collect();
    sqlx::query(select_filings!(
        "where t.state = 'running' and d.progress = 0 and f.period = $1
           and t.lead_unit_id in (select value from json_each($2))
         order by d.task_id, d.seq, u.unit_id"
    ))
    .bind(period.to_string())
    .bind(rows::to_json(&leads))
    .try_map(|row| {
        let owed = owed_of(&row)?;
        Ok(Filed {
            task: owed.task,
            title: (!owed.confidential).then_some(owed.title),
            duty: owed.duty,
            duty_text: owed.duty_text,
            owner: owed.owner,
            filing: owed.filing,
        })
    })
    .fetch_all(conn)
    .await
}
