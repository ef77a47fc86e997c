//! Tasks with their lights, and one of them with what is owed of it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Json;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Wrong;
use super::filings::{FilingView, of_task};
use super::token::Reader;
use crate::commands::sight::lit;
use crate::domain::ids::TaskNo;
use crate::domain::sight::Sight;
use crate::store::overview::Item;
use crate::web::Web;
use crate::web::pages::lights::{Lamp, of_task as lamp_of};

/// The most tasks in one answer.
const LIMIT: usize = 500;

/// Which tasks are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Which {
    light: Option<String>,
    after: Option<i64>,
    limit: Option<usize>,
}

/// A task.
#[derive(Serialize)]
pub(super) struct TaskView {
    no: i64,
    code: String,
    section: String,
    title: String,
    state: &'static str,
    light: &'static str,
    lead: Option<String>,
    team: Option<String>,
    next_due: Option<NaiveDate>,
    units: i64,
    owed: i64,
    late: i64,
    claimed: i64,
}

impl TaskView {
    fn of(item: Item, lamp: Lamp) -> TaskView {
        let (owed, late, claimed) = (item.glance.owed(), item.glance.late, item.glance.claimed);
        TaskView {
            no: item.no.0,
            code: item.code,
            section: item.section,
            title: item.title,
            state: item.state.as_str(),
            light: lamp.class,
            lead: item.lead,
            team: item.team.map(|(_, short)| short),
            next_due: item.next_due,
            units: item.units,
            owed,
            late,
            claimed,
        }
    }
}

/// The answer of `/tasks`.
#[derive(Serialize)]
pub(super) struct Tasks {
    tasks: Vec<TaskView>,
    /// After which number to go on; nothing where this is the end.
    next: Option<i64>,
}

/// Every task that the token sees, by number.
pub(super) async fn list(
    State(web): State<Arc<Web>>,
    reader: Reader,
    which: Result<Query<Which>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Tasks>, Wrong> {
    let Query(which) = which.map_err(|_| Wrong::Question("light, after and limit may be given"))?;
    let after = which.after.unwrap_or(0);
    let limit = which.limit.unwrap_or(LIMIT).clamp(1, LIMIT);
    let mut found = seen(&web, &reader.sight).await?;
    found.retain(|one| one.no > after && which.light.as_ref().is_none_or(|light| one.light == light));
    found.sort_by_key(|one| one.no);
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().map(|one| one.no).filter(|_| more);
    Ok(Json(Tasks { tasks: found, next }))
}

/// The answer of `/tasks/{no}`.
#[derive(Serialize)]
pub(super) struct OneTask {
    task: TaskView,
    filings: Vec<FilingView>,
}

/// One task.
pub(super) async fn one(
    State(web): State<Arc<Web>>,
    reader: Reader,
    no: Result<Path<i64>, axum::extract::rejection::PathRejection>,
) -> Result<Json<OneTask>, Wrong> {
    let Path(no) = no.map_err(|_| Wrong::Missing)?;
    let task = seen(&web, &reader.sight).await?.into_iter().find(|one| one.no == no).ok_or(Wrong::Missing)?;
    Ok(Json(OneTask { task, filings: of_task(&web, &reader.sight, TaskNo(no)).await? }))
}

/// The tasks of a sight that may be told.
async fn seen(web: &Web, sight: &Sight) -> Result<Vec<TaskView>, Wrong> {
    let mut conn = web.office.store.read().await?;
    let items = lit(&mut conn, sight, &web.office.settings.calendar, &web.office.now()).await?;
    let told = items.into_iter().filter(|(item, _)| !item.confidential);
    Ok(told.map(|(item, light)| TaskView::of(item, lamp_of(light))).collect())
}
