//! What is owed: one unit's part of one duty in one period.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Json;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::Wrong;
use super::token::Reader;
use crate::domain::ids::TaskNo;
use crate::domain::light::light;
use crate::domain::now::Now;
use crate::domain::sight::Sight;
use crate::domain::task::duty_label;
use crate::store::filings::{self, Owed};
use crate::store::people;
use crate::web::Web;
use crate::web::pages::lights::of_filing;

/// Whose filings are wanted: of a task, or what a unit owes now.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Which {
    task: Option<i64>,
    unit: Option<String>,
}

/// A filing.
#[derive(Serialize)]
pub(super) struct FilingView {
    id: i64,
    task: i64,
    duty: String,
    duty_text: String,
    owner: String,
    period: String,
    state: &'static str,
    light: &'static str,
    due_on: Option<NaiveDate>,
    percent: Option<u8>,
    quantity: Option<f64>,
    last_report: Option<String>,
    reported_at: Option<DateTime<Utc>>,
    blocker: Option<String>,
    was_overdue: bool,
}

impl FilingView {
    fn of(owed: Owed, web: &Web, now: &Now) -> FilingView {
        let lamp = of_filing(light(&owed.filing, now, &web.office.settings.calendar));
        let standing = owed.filing.standing;
        FilingView {
            id: owed.filing.id.0,
            task: owed.task.0,
            duty: duty_label(owed.task, owed.seq, owed.duties),
            duty_text: owed.duty_text,
            owner: owed.owner,
            period: owed.filing.period.to_string(),
            state: standing.state.as_str(),
            light: lamp.class,
            due_on: standing.due_on,
            percent: standing.percent,
            quantity: standing.quantity,
            last_report: standing.last_text,
            reported_at: standing.reported_at,
            blocker: standing.blocker,
            was_overdue: owed.filing.was_overdue,
        }
    }
}

/// The answer.
#[derive(Serialize)]
pub(super) struct Filings {
    filings: Vec<FilingView>,
}

/// The filings of a task, or what a unit owes now.
pub(super) async fn list(
    State(web): State<Arc<Web>>,
    reader: Reader,
    which: Result<Query<Which>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Filings>, Wrong> {
    let question = || Wrong::Question("give either task, a number, or unit, a name");
    let Query(which) = which.map_err(|_| question())?;
    let found = match (which.task, which.unit) {
        (Some(no), None) => of_task(&web, &reader.sight, TaskNo(no)).await?,
        (None, Some(unit)) => of_unit(&web, &reader.sight, &unit).await?,
        _ => return Err(question()),
    };
    Ok(Json(Filings { filings: found }))
}

/// The filings of a task that a token sees.
pub(super) async fn of_task(web: &Web, sight: &Sight, task: TaskNo) -> Result<Vec<FilingView>, Wrong> {
    let mut conn = web.office.store.read().await?;
    Ok(told(filings::of_task(&mut conn, task).await?, web, sight))
}

async fn of_unit(web: &Web, sight: &Sight, name: &str) -> Result<Vec<FilingView>, Wrong> {
    let mut conn = web.office.store.read().await?;
    let unit = people::unit_by_name(&mut conn, name).await?.ok_or(Wrong::Missing)?;
    if matches!(sight, Sight::Own { units, .. } if !units.contains(&unit.id)) {
        return Err(Wrong::Missing);
    }
    Ok(told(filings::open_of_unit(&mut conn, unit.id).await?, web, sight))
}

fn told(all: Vec<Owed>, web: &Web, sight: &Sight) -> Vec<FilingView> {
    let now = web.office.now();
    let seen = all.into_iter().filter(|owed| !owed.confidential && sight.sees(owed.filing.owner));
    seen.map(|owed| FilingView::of(owed, web, &now)).collect()
}
