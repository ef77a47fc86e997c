//! `undo` (撤销): the office takes its last decision back, where nobody has acted on it since.

use chrono::TimeDelta;
use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, handover, leave};
use crate::domain::filing::Owner;
use crate::domain::ids::{InboxId, TaskNo};
use crate::domain::people::Role;
use crate::domain::task::TaskState;
use crate::store::decisions::{self, Before, Change};
use crate::store::life::{self, Move};
use crate::store::{filings, letters};
use crate::wording::{Spoken, life as wording, refusal};

/// How far back a decision can be taken back.
const REACH: TimeDelta = TimeDelta::hours(24);

/// Takes the last decision back.
pub struct Undo;

impl Command for Undo {
    fn name(&self) -> &'static str {
        "undo"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["撤销"]
    }
    fn usage(&self) -> &'static str {
        "撤销"
    }
    fn help(&self) -> &'static str {
        "撤销自己上一步处理(一天内、别人没接着办的)"
    }
    fn example(&self) -> &'static str {
        "撤销"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let since = call.now.at() - REACH;
            let newest = decisions::newest_of(call.conn, call.asker.account, since).await?;
            let event = newest.ok_or_else(|| Trouble::refused(wording::nothing_to_take_back()))?;
            take_back(call, event).await
        })
    }
}

/// Takes everything back that an event decided, or nothing.
pub async fn take_back(call: &mut Call<'_>, event: InboxId) -> Outcome {
    let changes = decisions::of_event(call.conn, event).await?;
    if changes.is_empty() {
        return Err(Trouble::refused(wording::nothing_to_take_back()));
    }
    let mut tasks: Vec<TaskNo> = Vec::new();
    let mut told: Vec<(TaskNo, Owner)> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for change in &changes {
        match &change.before {
            Before::Filing(..) => restore_filing(call, change, &mut told).await?,
            Before::Task(from, to) => restore_task(call, change, (*from, *to)).await?,
            Before::Handover(id) => said.push(handover::take_back(call, *id).await?),
            Before::Leave(id) => said.push(leave::take_back(call, *id).await?),
        }
        if let Some(task) = change.task.filter(|task| !tasks.contains(task)) {
            tasks.push(task);
        }
    }
    decisions::mark_undone(call.conn, event, call.asker.account, call.now.at()).await?;
    if !tasks.is_empty() {
        said.insert(0, wording::taken_back(&tasks));
    }
    Ok(Spoken::text(said.join("\n")))
}

async fn restore_filing(
    call: &mut Call<'_>,
    change: &Change,
    told: &mut Vec<(TaskNo, Owner)>,
) -> Result<(), Trouble> {
    let late = || Trouble::refused(refusal::too_late_to_undo());
    let (Some(filing), Before::Filing(before, version)) = (change.filing, &change.before) else {
        return Err(late());
    };
    let owed = filings::get(call.conn, filing).await?.ok_or_else(late)?;
    if owed.filing.version != *version {
        return Err(late());
    }
    call.change(&owed, before, ("decision_undone", json!({ "of": change.what }))).await?;
    if owed.filing.standing.state.is_settled() && !before.state.is_settled() {
        life::reopen(call.conn, owed.task, call.cause).await?;
    }
    call.ask_office_again(&owed, before).await?;
    if !told.contains(&(owed.task, owed.filing.owner)) {
        told.push((owed.task, owed.filing.owner));
        call.tell_owner(&owed, wording::told_taken_back(owed.task, &owed.title)).await?;
    }
    Ok(())
}

async fn restore_task(
    call: &mut Call<'_>,
    change: &Change,
    (from, to): (TaskState, TaskState),
) -> Result<(), Trouble> {
    let late = || Trouble::refused(refusal::too_late_to_undo());
    let task = change.task.ok_or_else(late)?;
    let stamp = crate::domain::now::stamp(call.now.at());
    let stands = crate::store::tasks::get(call.conn, task, &stamp).await?.ok_or_else(late)?;
    if stands.state != to {
        // Where a filing of the same decision was restored first, the task runs again already.
        return if stands.state == from { Ok(()) } else { Err(late()) };
    }
    let back = Move { task, from: to, to: from, what: life::UNDONE, detail: json!({ "of": change.what }) };
    for filing in life::set(call.conn, &back, call.cause).await? {
        letters::edit_cards_with(call.conn, filing, call.now.at()).await?;
    }
    Ok(())
}
