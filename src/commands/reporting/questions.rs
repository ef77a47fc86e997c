//! Questions we ask back: one, with buttons, remembered for an hour.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::commands::reporting::confirm::{self, Waiting};
use crate::commands::reporting::{Shown, Speaker, Words, hear, summed};
use crate::commands::{Call, Trouble};
use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::tap::Tap;
use crate::store::filings::Owed;
use crate::store::questions;
use crate::wording::{Choice, Spoken, heard, refusal, short};

/// How long a question we ask back may be answered.
const QUESTION_HOURS: i64 = 1;
/// Options of a question.
const OPTIONS: usize = 8;

/// What is needed to go on once a question is answered.
#[derive(Serialize, Deserialize)]
pub enum Pending {
    /// One of these was meant.
    Which {
        /// Who spoke.
        speaker: Speaker,
        /// What the buttons stand for.
        options: Vec<Words>,
    },
    /// These drafts may be filed as they were shown.
    Draft {
        /// Whose they are.
        speaker: Speaker,
        /// Each with its filing.
        drafts: Vec<(FilingId, String)>,
    },
    /// A leader has to agree.
    Confirm(Waiting),
    /// An order that would touch many, or the next page of a list.
    Order {
        /// The command's name.
        command: String,
        /// Its words.
        rest: String,
    },
}

/// Reads what was kept; `None` for what another version has kept, or what was emptied since.
pub(super) fn read(body: &str) -> Option<Pending> {
    serde_json::from_str(body).ok()
}

/// Asks which of the speaker's items was meant: of those on the card, where one is answered.
pub(super) async fn ask_which_item(
    call: &mut Call<'_>,
    (speaker, clause): (&Speaker, &Words),
    items: (&[Owed], &Shown),
) -> Result<Spoken, Trouble> {
    let choices = which_item(call, (speaker, clause), items).await?;
    Ok(heard::which_item(&clause.text, choices))
}

/// Remembers what was said, with an item for each button.
pub(super) async fn which_item(
    call: &mut Call<'_>,
    (speaker, clause): (&Speaker, &Words),
    (owed, shown): (&[Owed], &Shown),
) -> Result<Vec<Choice>, Trouble> {
    let on_card = |owed: &&Owed| shown.is_empty() || shown.iter().any(|(task, ..)| *task == owed.task);
    let mut items: Vec<(TaskNo, String)> = owed
        .iter()
        .filter(on_card)
        .map(|owed| {
            (owed.task, if call.may_tell(owed.confidential) { short(&owed.title, 16) } else { String::new() })
        })
        .collect();
    items.dedup_by_key(|(task, _)| *task);
    let option = |(task, _): &(TaskNo, String)| Words { task: Some(*task), seq: None, ..clause.clone() };
    let options: Vec<Words> = items.iter().take(OPTIONS).map(option).collect();
    let labels: Vec<String> = items.iter().map(|(task, title)| format!("#{task} {title}")).collect();
    with_options(call, (speaker, options), labels, clause).await
}

/// Whether the person was asked about the first files of an album and has not answered: these then join them.
pub(super) async fn joins_album(call: &mut Call<'_>, words: &Words) -> Result<bool, Trouble> {
    let by = (call.asker.account, call.chat.id, call.now.at());
    for question in questions::open_choices(call.conn, by).await? {
        let Some(Pending::Which { speaker, mut options }) = read(&question.body) else {
            continue;
        };
        if options.iter().any(|option| option.album.is_some() && option.album == words.album) {
            for option in &mut options {
                option.files.extend(words.files.iter().cloned());
            }
            let body = serde_json::to_string(&Pending::Which { speaker, options });
            questions::reword(call.conn, question.id, &body.map_err(anyhow::Error::from)?).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Asks which duty of an item is done.
pub(super) async fn ask_which_duty(
    call: &mut Call<'_>,
    (speaker, clause): (&Speaker, &Words),
    (task, told): (TaskNo, bool),
    duties: &[(i64, String)],
) -> Result<Spoken, Trouble> {
    let option = |(seq, _): &(i64, String)| Words { task: Some(task), seq: Some(*seq), ..clause.clone() };
    let options = duties.iter().take(OPTIONS).map(option).collect();
    let label = |(seq, text): &(i64, String)| if told { short(text, 20) } else { format!("#{task}.{seq}") };
    let labels = duties.iter().map(label).collect();
    let choices = with_options(call, (speaker, options), labels, clause).await?;
    Ok(heard::which_duty(task, choices))
}

/// Remembers these words, each for a button.
pub(super) async fn with_options(
    call: &mut Call<'_>,
    (speaker, mut options): (&Speaker, Vec<Words>),
    labels: Vec<String>,
    clause: &Words,
) -> Result<Vec<Choice>, Trouble> {
    // Editing the message that was asked about corrects what its answer records.
    let said_in = Some(call.heard.message.clone()).filter(|message| !message.is_empty());
    for option in &mut options {
        option.message = clause.message.clone().or(said_in.clone());
    }
    let taps = keep(call, &Pending::Which { speaker: speaker.clone(), options }, labels.len()).await?;
    Ok(labels.into_iter().zip(taps).map(|(label, tap)| Choice::new(label, tap)).collect())
}

/// Remembers a question for an hour. Gives a tap for each of its first options.
pub(super) async fn keep(
    call: &mut Call<'_>,
    pending: &Pending,
    options: usize,
) -> Result<Vec<Tap>, Trouble> {
    let id = keep_for(call, pending, TimeDelta::hours(QUESTION_HOURS)).await?;
    let tap = |id| (0u8..).take(options.min(OPTIONS)).map(move |n| Tap::Choose(id, n));
    Ok(id.into_iter().flat_map(tap).collect())
}

async fn keep_for(call: &mut Call<'_>, pending: &Pending, waits: TimeDelta) -> Result<Option<i64>, Trouble> {
    let Some(inbox) = call.cause.inbox else {
        return Ok(None);
    };
    let body = serde_json::to_string(pending).map_err(anyhow::Error::from)?;
    let asked = questions::Asked { account: call.asker.account, chat: call.chat.id, inbox, body: &body };
    Ok(Some(questions::ask(call.conn, &asked, (call.now.at(), call.now.at() + waits)).await?))
}

/// Goes on where a question was asked. Only who was asked may answer; anybody else's tap leaves the question open.
pub async fn answer(call: &mut Call<'_>, question: i64, option: u8) -> Result<Spoken, Trouble> {
    let stale = || Trouble::refused(refusal::stale_button());
    let asked =
        questions::answer(call.conn, question, call.asker.account, call.now.at()).await?.ok_or_else(stale)?;
    let (speaker, options) = match read(&asked.body).ok_or_else(stale)? {
        Pending::Which { speaker, options } => (speaker, options),
        Pending::Draft { speaker, drafts } => {
            let draft = drafts.into_iter().nth(usize::from(option)).ok_or_else(stale)?;
            return summed::file(call, &speaker, draft).await;
        }
        Pending::Confirm(waiting) => return confirm::decide(call, waiting, option).await,
        Pending::Order { command, rest } => return crate::commands::confirmed(call, &command, &rest).await,
    };
    let words = options.into_iter().nth(usize::from(option)).ok_or_else(stale)?;
    // What was already asked needs no card to narrow it down further.
    let words = Words { card: words.card.filter(|_| words.seq.is_none()), ..words };
    hear(call, &speaker, &words).await?.ok_or_else(stale)
}

/// Remembers an order for the one button that runs it.
pub async fn keep_order(
    call: &mut Call<'_>,
    order: &Pending,
    waits: TimeDelta,
) -> Result<Option<Tap>, Trouble> {
    Ok(keep_for(call, order, waits).await?.map(|id| Tap::Choose(id, 0)))
}
