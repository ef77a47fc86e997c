//! Questions we ask back: one, with buttons, remembered for an hour.

use crate::commands::reporting::{Speaker, Words, hear};
use crate::commands::{Call, Trouble};
use crate::domain::ids::TaskNo;
use crate::domain::tap::Tap;
use crate::reply::Reading;
use crate::store::filings::Owed;
use crate::store::questions;
use crate::wording::{Choice, Spoken, heard, refusal, short};

/// How long a question we ask back may be answered.
const QUESTION_HOURS: i64 = 1;
/// Options of a question.
const OPTIONS: usize = 8;

/// Asks which of the speaker's items was meant.
pub(super) async fn ask_which_item(
    call: &mut Call<'_>,
    words: &Words,
    owed: &[Owed],
    reading: &Reading,
) -> Result<Spoken, Trouble> {
    let mut items: Vec<(TaskNo, String)> = owed.iter().map(|owed| (owed.task, owed.title.clone())).collect();
    items.dedup_by_key(|(task, _)| *task);
    let options: Vec<Words> = items
        .iter()
        .take(OPTIONS)
        .map(|(task, _)| Words { task: Some(*task), seq: None, ..words.clone() })
        .collect();
    let labels = items.iter().map(|(task, title)| format!("#{task} {}", short(title, 16))).collect();
    let choices = keep_question(call, &options, labels).await?;
    Ok(heard::which_item(&reading.text, choices))
}

/// Asks which duty of an item is done.
pub(super) async fn ask_which_duty(
    call: &mut Call<'_>,
    words: &Words,
    task: TaskNo,
    duties: &[(i64, String)],
) -> Result<Spoken, Trouble> {
    let options: Vec<Words> = duties
        .iter()
        .take(OPTIONS)
        .map(|(seq, _)| Words { task: Some(task), seq: Some(*seq), ..words.clone() })
        .collect();
    let labels = duties.iter().map(|(_, text)| short(text, 20)).collect();
    let choices = keep_question(call, &options, labels).await?;
    Ok(heard::which_duty(task, choices))
}

async fn keep_question(
    call: &mut Call<'_>,
    options: &[Words],
    labels: Vec<String>,
) -> Result<Vec<Choice>, Trouble> {
    let Some(inbox) = call.cause.inbox else {
        return Ok(Vec::new());
    };
    let body = serde_json::to_string(options).map_err(anyhow::Error::from)?;
    let span = (call.now.at(), call.now.at() + chrono::Duration::hours(QUESTION_HOURS));
    let id = questions::ask(call.conn, call.asker.account, call.chat.id, inbox, &body, span).await?;
    let choices =
        labels.into_iter().take(OPTIONS).zip(0u8..).map(|(label, n)| Choice::new(label, Tap::Choose(id, n)));
    Ok(choices.collect())
}

/// Goes on where a question was asked. Only who was asked may answer.
pub async fn answer(call: &mut Call<'_>, question: i64, option: u8) -> Result<Spoken, Trouble> {
    let stale = || Trouble::refused(refusal::stale_button());
    let asked = questions::answer(call.conn, question, call.now.at()).await?.ok_or_else(stale)?;
    if asked.account != call.asker.account {
        return Err(stale());
    }
    let options: Vec<Words> = serde_json::from_str(&asked.body).map_err(anyhow::Error::from)?;
    let words = options.into_iter().nth(usize::from(option)).ok_or_else(stale)?;
    let speaker = Speaker::of(call.asker);
    hear(call, &speaker, &words).await?.ok_or_else(stale)
}
