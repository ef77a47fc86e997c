//! The end of a task: it closes by itself once everything that is owed once is settled and nothing comes round again.

use serde_json::json;

use crate::commands::{Call, Trouble, sources};
use crate::domain::ids::TaskNo;
use crate::domain::review;
use crate::domain::task::TaskState;
use crate::store::life::{self, Move};
use crate::store::{letters, tasks};

/// Closes a task if it is finished. True if it was.
pub async fn finish(call: &mut Call<'_>, task: TaskNo) -> Result<bool, Trouble> {
    let (states, has_rounds) = tasks::ending(call.conn, task).await?;
    if !review::task_is_finished(&states, has_rounds) {
        return Ok(false);
    }
    close(call, task, TaskState::Running).await?;
    Ok(true)
}

/// Closes a task; whatever of it is still owed ends with it.
pub async fn close(call: &mut Call<'_>, task: TaskNo, from: TaskState) -> Result<(), Trouble> {
    let change = Move { task, from, to: TaskState::Closed, what: "task_closed", detail: json!({}) };
    for ended in life::set(call.conn, &change, call.cause).await? {
        letters::edit_cards_with(call.conn, ended, call.now.at()).await?;
    }
    sources::answer_whoever_ordered(call, task).await
}
