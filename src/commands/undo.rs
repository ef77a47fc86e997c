//! Taking reports back: a new line of history, refused once somebody else has acted on it.

use serde_json::json;

use crate::commands::{Call, Trouble};
use crate::domain::ids::{AccountId, FilingId, InboxId, TaskNo};
use crate::store::history::{self, About};
use crate::store::reports::Undoable;
use crate::store::{evidence, filings, life, reports};
use crate::wording::refusal;

/// Takes reports back, newest first. Either all of them or none. Gives the tasks they were about.
pub async fn take_back(call: &mut Call<'_>, made: Vec<Undoable>) -> Result<Vec<TaskNo>, Trouble> {
    if made.is_empty() {
        return Err(Trouble::refused(refusal::nothing_to_undo()));
    }
    if made.iter().any(|report| report.account != Some(call.asker.account)) && !call.asker.is_office() {
        return Err(Trouble::refused(refusal::nothing_to_undo()));
    }
    let mut order: Vec<FilingId> = Vec::new();
    for report in &made {
        if !order.contains(&report.filing) {
            order.push(report.filing);
        }
    }
    let mut tasks = Vec::new();
    for filing in order {
        let of_filing: Vec<&Undoable> = made.iter().filter(|report| report.filing == filing).collect();
        let task = restore(call, filing, &of_filing).await?;
        if !tasks.contains(&task) {
            tasks.push(task);
        }
    }
    for report in &made {
        reports::mark_undone(call.conn, report.id, call.now.at()).await?;
    }
    let mut events: Vec<InboxId> = made.iter().filter_map(|report| report.inbox).collect();
    events.dedup();
    for inbox in events {
        take_files_back(call, inbox, None).await?;
    }
    Ok(tasks)
}

/// Takes the files back that came with an event, of this person or of anybody. Gives the items they were for.
pub async fn take_files_back(
    call: &mut Call<'_>,
    inbox: InboxId,
    by: Option<AccountId>,
) -> Result<Vec<TaskNo>, Trouble> {
    let tasks = evidence::withdraw(call.conn, inbox, by).await?;
    for task in &tasks {
        let about = About { task: Some(*task), filing: None };
        history::add(call.conn, call.cause, about, "files_withdrawn", &json!({})).await?;
    }
    Ok(tasks)
}

/// Whether nothing has come after these reports on any of their filings.
pub async fn is_last_word(call: &mut Call<'_>, made: &[Undoable]) -> Result<bool, Trouble> {
    for report in made {
        let newest =
            made.iter().filter(|other| other.filing == report.filing).map(|other| other.version_after);
        let owed = filings::get(call.conn, report.filing).await?;
        if owed.is_none_or(|owed| Some(owed.filing.version) != newest.max()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Puts one filing back to how it was before the first of these reports, if nothing came after the last.
async fn restore(call: &mut Call<'_>, filing: FilingId, made: &[&Undoable]) -> Result<TaskNo, Trouble> {
    let late = || Trouble::refused(refusal::too_late_to_undo());
    let (Some(newest), Some(oldest)) = (made.first(), made.last()) else {
        return Err(late());
    };
    let owed = filings::get(call.conn, filing).await?.ok_or_else(late)?;
    if owed.filing.version != newest.version_after {
        return Err(late());
    }
    call.change(&owed, &oldest.before, ("undone", json!({}))).await?;
    if owed.filing.standing.state.is_settled() && !oldest.before.state.is_settled() {
        // The report may have been the last word that closed the task.
        life::reopen(call.conn, owed.task, call.cause).await?;
    }
    // What is claimed or asked for again has to be put before the office again.
    call.ask_office_again(&owed, &oldest.before).await?;
    Ok(owed.task)
}
