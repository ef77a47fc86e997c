//! The verification sheet (核对单): what the office has to look at in the plans that were read, and what it decided.

use std::sync::Arc;

use axum::extract::State;
use minijinja::{Value, context};

use super::{Answer, Viewer, Web, page_for, render};
use crate::domain::now::stamp;
use crate::domain::task::{TaskState, duty_label};
use crate::store::{health, tasks};
use crate::wording::card::agenda::why;

/// The page.
pub(super) async fn page(State(web): State<Arc<Web>>, viewer: Viewer) -> Answer {
    let page = page_for(&viewer, "/findings")?;
    let mut conn = web.office.store.read().await?;
    let plans = health::plans(&mut conn).await?;
    let found = health::findings(&mut conn).await?;
    let open = found.iter().filter(|one| one.decision.is_none()).count();
    let rows: Vec<Value> = found
        .into_iter()
        .map(|one| {
            context! {
                id => one.id, plan => one.plan, task => one.task, place => one.place, words => one.words,
                proposal => one.proposal, blocks => one.blocks, decision => one.decision, by => one.by,
            }
        })
        .collect();
    let held = tasks::held(&mut conn).await?.into_iter().filter(|one| viewer.may_tell(one.confidential));
    let held: Vec<Value> = held
        .map(|one| {
            let label = duty_label(one.task, one.seq, 2);
            context! {
                task => one.task.0, label, title => one.title, duty => one.duty, why => why(one.hold, &one.word),
            }
        })
        .collect();
    let unsettled: Vec<(i64, String)> =
        tasks::unsettled(&mut conn).await?.into_iter().map(|(task, words)| (task.0, words)).collect();
    let now = stamp(web.office.now().at());
    let drafts = tasks::all(&mut conn, &now).await?.into_iter().filter(|task| task.state == TaskState::Draft);
    let drafts: Vec<(i64, String)> = drafts
        .filter(|task| viewer.may_tell(task.confidential))
        .map(|task| (task.no.0, task.title))
        .collect();
    let with = context! { plans, rows, open, held, unsettled, drafts };
    render(&web, &viewer, ("findings.html", page), with)
}
