//! 季汇总: what was reported month by month, put together as the draft of the quarter's report. It is shown first; a tap
//! files it just as it was shown.

use crate::commands::reporting::questions::{self, Pending};
use crate::commands::reporting::{Made, Speaker, Words, answer_to, confirm, owed_by, record};
use crate::commands::{Call, Trouble};
use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::review::{Said, Status};
use crate::rules::summing::pieces_of;
use crate::store::filings::{self, Owed};
use crate::store::pieces;
use crate::wording::summing::{self as wording, Draft};
use crate::wording::{Spoken, refusal, short};

/// Drafts that are shown at once.
const AT_ONCE: usize = 4;
/// The longest draft that is filed, in characters: what any report may be.
const LONGEST: usize = 500;

/// The drafts of what the asker still owes: of one item, or of all.
async fn drafts(
    call: &mut Call<'_>,
    speaker: &Speaker,
    task: Option<TaskNo>,
) -> Result<Vec<(FilingId, Draft)>, Trouble> {
    let mut found = Vec::new();
    for owed in owed_by(call.conn, &speaker.owners).await? {
        let asked = task.is_none_or(|task| task == owed.task);
        if asked && owed.filing.standing.state.is_owed() && call.may_tell(owed.confidential) {
            found.extend(draft_of(call, &owed).await?.map(|draft| (owed.filing.id, draft)));
        }
    }
    Ok(found)
}

async fn draft_of(call: &mut Call<'_>, owed: &Owed) -> Result<Option<Draft>, Trouble> {
    if !owed.filing.is_recurring() || owed.filing.standing.reported_at.is_some() {
        return Ok(None);
    }
    let all = pieces::of(call.conn, owed.task, owed.filing.owner).await?;
    let pieces = pieces_of(owed.filing.period, all);
    let text = short(&wording::joined(&pieces), LONGEST);
    let duty = (owed.task, owed.seq, owed.duty_text.clone());
    Ok((!pieces.is_empty()).then_some(Draft { duty, period: owed.filing.period, text }))
}

/// Whether there is something to put together for an item that the asker owes.
pub async fn is_there(call: &mut Call<'_>, task: TaskNo) -> Result<bool, Trouble> {
    let speaker = Speaker::of(call.asker);
    Ok(!drafts(call, &speaker, Some(task)).await?.is_empty())
}

/// Shows the drafts, each with its button.
pub async fn offer(call: &mut Call<'_>, task: Option<TaskNo>) -> Result<Spoken, Trouble> {
    let speaker = Speaker::of(call.asker);
    let drafts: Vec<(FilingId, Draft)> =
        drafts(call, &speaker, task).await?.into_iter().take(AT_ONCE).collect();
    if drafts.is_empty() {
        return Err(Trouble::refused(refusal::nothing_to_sum_up()));
    }
    let kept = drafts.iter().map(|(filing, draft)| (*filing, draft.text.clone())).collect();
    let choices = questions::keep(call, &Pending::Draft { speaker, drafts: kept }, drafts.len()).await?;
    let shown: Vec<Draft> = drafts.into_iter().map(|(_, draft)| draft).collect();
    Ok(wording::drafts(&shown, &choices))
}

/// Files a draft as it was shown.
pub(super) async fn file(
    call: &mut Call<'_>,
    speaker: &Speaker,
    (filing, text): (FilingId, String),
) -> Result<Spoken, Trouble> {
    let stale = || Trouble::refused(refusal::stale_button());
    let owed = filings::get(call.conn, filing).await?.ok_or_else(stale)?;
    if !owed.filing.standing.state.is_owed() || !speaker.owners.contains(&owed.filing.owner) {
        return Err(stale());
    }
    // That the summary is there is the whole of what such a duty asks for.
    let status = if owed.filing.reviewed || owed.filing.progress { Status::OnTrack } else { Status::Done };
    let said = Said::plain(status, text);
    if confirm::leader_for(call, speaker, &said).await?.is_some() {
        return Err(Trouble::refused(refusal::leader_sums_up(owed.task, owed.seq)));
    }
    let words = Words::default();
    let mut made = Made::default();
    record(call, (speaker, &words), &owed, &said, &mut made).await?;
    answer_to(call, &words, made).ok_or_else(stale)
}
