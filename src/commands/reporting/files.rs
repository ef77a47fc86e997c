//! Files that come with words, after them, or alone: to which filings they belong.

use chrono::TimeDelta;
use serde_json::json;

use crate::commands::reporting::{Shown, Speaker, Words, meant, owed_by, questions, shown_on};
use crate::commands::{Call, Trouble};
use crate::domain::evidence::plain_name;
use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::tap::Tap;
use crate::store::evidence::{self, NewFile};
use crate::store::filings::{self, Owed};
use crate::store::history::{self, About};
use crate::store::reports;
use crate::wording::{Choice, Spoken, files as wording};

/// How long after a report a file without words still belongs to it.
const AFTER_A_REPORT: TimeDelta = TimeDelta::minutes(30);

/// Puts the files of the words in hand to a filing and the report that was made of them.
pub(super) async fn attach(
    call: &mut Call<'_>,
    (speaker, words): (&Speaker, &Words),
    (owed, report): (&Owed, Option<i64>),
) -> sqlx::Result<()> {
    let Some(inbox) = words.files_from.or(call.cause.inbox) else {
        return Ok(());
    };
    for file in &words.files {
        let name = plain_name(&file.name);
        let new = NewFile {
            filing: owed.filing.id,
            report,
            account: speaker.account.or(speaker.entered_by),
            inbox,
            chat: call.chat.id,
            source: &file.id,
            album: words.album.as_deref(),
            name: &name,
            size: file.size,
        };
        if evidence::add(call.conn, &new, call.now.at()).await? {
            let about = About { task: Some(owed.task), filing: Some(owed.filing.id) };
            history::add(call.conn, call.cause, about, "file_added", &json!({ "name": name })).await?;
        }
    }
    Ok(())
}

/// Files without words that say anything: they go with the earlier ones of their album, to the item that is answered or
/// was reported just before, to the only one there is, or else it is asked. `None` where they are for nobody here.
pub(super) async fn hear_alone(
    call: &mut Call<'_>,
    speaker: &Speaker,
    words: &Words,
) -> Result<Option<Spoken>, Trouble> {
    if let Some(album) = &words.album {
        let known = evidence::of_album(call.conn, call.chat.id, album).await?;
        if !known.is_empty() {
            for (filing, report) in known {
                if let Some(owed) = filings::get(call.conn, filing).await? {
                    attach(call, (speaker, words), (&owed, report)).await?;
                }
            }
            // Said once an album, with its first file.
            return Ok(Some(Spoken::default()));
        }
        if questions::joins_album(call, words).await? {
            return Ok(Some(Spoken::default()));
        }
    }
    let owed = owed_by(call.conn, &speaker.owners).await?;
    let shown = shown_on(call, words).await?;
    let for_filings = match named(&owed, &shown, words) {
        Some(filings) => filings,
        None => just_reported(call).await?,
    };
    let for_filings = if for_filings.is_empty() { only_item(&owed) } else { for_filings };
    if for_filings.is_empty() {
        return ask(call, (speaker, words), (&owed, &shown)).await;
    }
    let mut tasks: Vec<TaskNo> = Vec::new();
    for filing in for_filings {
        if let Some(owed) = filings::get(call.conn, filing).await? {
            attach(call, (speaker, words), (&owed, None)).await?;
            if !tasks.contains(&owed.task) {
                tasks.push(owed.task);
            }
        }
    }
    let undo = words.files_from.or(call.cause.inbox).map(|inbox| Choice::new("撤回", Tap::Undo(inbox)));
    Ok(Some(wording::filed(&tasks, words.files.len(), undo)))
}

/// The filings of the item that the words name, or of the only one on the card they answer.
fn named(owed: &[Owed], shown: &Shown, words: &Words) -> Option<Vec<FilingId>> {
    let mut on_card: Vec<TaskNo> = owed
        .iter()
        .map(|one| one.task)
        .filter(|task| shown.iter().any(|(shown, ..)| shown == task))
        .collect();
    on_card.dedup();
    let task = words.task.or(match on_card.as_slice() {
        [task] => Some(*task),
        _ => None,
    })?;
    Some(work_of(owed, task))
}

/// What is owed on an item itself; the ask for progress beside it only where there is nothing else.
fn work_of(owed: &[Owed], task: TaskNo) -> Vec<FilingId> {
    let all: Vec<&Owed> = owed.iter().filter(|one| one.task == task).collect();
    let work = all.iter().filter(|one| !one.filing.progress).map(|one| one.filing.id);
    let work: Vec<FilingId> = work.collect();
    if work.is_empty() { all.iter().map(|one| one.filing.id).collect() } else { work }
}

/// What the same person reported in this chat just before.
async fn just_reported(call: &mut Call<'_>) -> sqlx::Result<Vec<FilingId>> {
    let since = call.now.at() - AFTER_A_REPORT;
    let made = reports::last_of(call.conn, (call.asker.account, call.chat.id), since).await?;
    let mut filings: Vec<FilingId> = made.iter().map(|report| report.filing).collect();
    filings.dedup();
    Ok(filings)
}

fn only_item(owed: &[Owed]) -> Vec<FilingId> {
    match owed {
        [first, rest @ ..] if rest.iter().all(|one| one.task == first.task) => work_of(owed, first.task),
        _ => Vec::new(),
    }
}

async fn ask(
    call: &mut Call<'_>,
    (speaker, words): (&Speaker, &Words),
    (owed, shown): (&[Owed], &Shown),
) -> Result<Option<Spoken>, Trouble> {
    if owed.is_empty() {
        // In a group a picture is nobody's business of ours; in private silence would look like a record.
        return Ok((!call.chat.group).then(|| Spoken::text(wording::for_nothing())));
    }
    let words = Words { files_from: words.files_from.or(call.cause.inbox), ..words.clone() };
    let choices = questions::which_item(call, (speaker, &words), (owed, shown)).await?;
    Ok(Some(wording::which_item(words.files.len(), choices)))
}

/// Whether words say nothing of any item, so that their files have to find it.
pub(super) fn are_alone(words: &Words, owed: &[Owed], shown: &Shown, today: chrono::NaiveDate) -> bool {
    !words.files.is_empty() && meant::understand(words, owed, shown, today).is_empty()
}
