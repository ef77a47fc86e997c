//! Taking back what a message recorded, by the button below what was read back.

use chrono::TimeDelta;

use crate::commands::{Call, Trouble};
use crate::domain::ids::InboxId;
use crate::store::{decisions, reports};
use crate::wording::{self, Spoken, heard, refusal};

/// How long the undo button serves whoever reported.
const UNDO: TimeDelta = TimeDelta::minutes(10);

/// Takes back everything one event recorded. The button serves for a slip that is seen at once; later a correction says
/// more than a gap.
pub async fn undo(call: &mut Call<'_>, inbox: InboxId) -> Result<Spoken, Trouble> {
    let made = reports::from_event(call.conn, inbox).await?;
    if made.is_empty() {
        return undo_other(call, inbox).await;
    }
    let over = |report: &reports::Undoable| call.now.at() - report.recorded_at > UNDO;
    if made.iter().any(over) && !call.asker.is_office() {
        return Err(Trouble::refused(refusal::undo_is_over()));
    }
    let tasks = crate::commands::undo::take_back(call, made).await?;
    Ok(Spoken::text(heard::taken_back(&tasks)))
}

/// Takes back what an event did that reported nothing: files that came alone, or a decision of the office.
async fn undo_other(call: &mut Call<'_>, inbox: InboxId) -> Result<Spoken, Trouble> {
    if call.asker.is_office() && !decisions::of_event(call.conn, inbox).await?.is_empty() {
        return crate::commands::take_back::take_back(call, inbox).await;
    }
    let by = Some(call.asker.account).filter(|_| !call.asker.is_office());
    let tasks = crate::commands::undo::take_files_back(call, inbox, by).await?;
    if tasks.is_empty() {
        return Err(Trouble::refused(refusal::nothing_to_undo()));
    }
    Ok(Spoken::text(wording::files::taken_back(&tasks)))
}
