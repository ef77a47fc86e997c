//! Lines in words that a button asked for: what holds an item up, who shall help, a word on what is done.
//!
//! A line is taken for the answer where it replies to the message that asked, or where it comes next in private and names
//! no item of its own.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::commands::reporting::{Shown, Speaker, Words, meant, owed_by};
use crate::commands::{Call, Trouble, close};
use crate::domain::ids::{CardId, FilingId, TaskNo};
use crate::reply::{self, Reading, Status, Which};
use crate::store::questions;
use crate::wording::{Spoken, short};

/// How long a line may be written after it was asked for.
const WAITS: TimeDelta = TimeDelta::hours(1);
/// The longest hurdle that is kept as such, in characters.
const HURDLE_MAX: usize = 60;

/// What stands between a hurdle and who shall help.
const HELP: &str = ",需";

/// A line that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    /// What it shall tell.
    pub asks: Asks,
    /// The item.
    pub task: TaskNo,
    /// The card whose button asked, and which of its messages.
    pub card: Option<(CardId, Option<i64>)>,
}

/// What a line in words was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asks {
    /// A word, or a file, on a claim that was just made.
    Finish,
    /// What holds the item up.
    Hurdle,
    /// Who shall help; the hurdle is recorded.
    Helper,
    /// Why the office returns this claim.
    Return(FilingId),
}

/// Asks for a line; the answer to the event in hand is the message that asks.
pub async fn expect(call: &mut Call<'_>, awaited: &Awaited) -> Result<(), Trouble> {
    let Some(inbox) = call.cause.inbox else {
        return Ok(());
    };
    let body = serde_json::to_string(awaited).map_err(anyhow::Error::from)?;
    let asked = questions::Asked { account: call.asker.account, chat: call.chat.id, inbox, body: &body };
    questions::ask_line(call.conn, &asked, (call.now.at(), call.now.at() + WAITS)).await?;
    Ok(())
}

/// The line that the message in hand answers, by its question's number; `None` where it stands for itself.
pub async fn answered(
    call: &mut Call<'_>,
    speaker: &Speaker,
    words: &Words,
) -> Result<Option<(i64, Awaited)>, Trouble> {
    let replied = call.heard.about.as_ref().map(|about| about.inbox);
    let by = (call.asker.account, call.chat.id, call.now.at());
    let found = match replied {
        Some(Some(inbox)) => questions::awaited(call.conn, by, Some(inbox)).await?,
        None if !call.chat.group => questions::awaited(call.conn, by, None).await?,
        _ => None,
    };
    let Some(question) = found else {
        return Ok(None);
    };
    let awaited: Awaited = serde_json::from_str(&question.body).map_err(anyhow::Error::from)?;
    if replied.is_none() && names_item(call, speaker, words).await? {
        return Ok(None);
    }
    Ok(Some((question.id, awaited)))
}

/// Whether a text says by itself which of several items it is about.
async fn names_item(call: &mut Call<'_>, speaker: &Speaker, words: &Words) -> Result<bool, Trouble> {
    let owed = owed_by(call.conn, &speaker.owners).await?;
    let several = owed.iter().any(|one| one.task != owed[0].task);
    let today = call.now.date_of(call.heard.said_at);
    let readings = meant::understand(words, &owed, &Shown::new(), today);
    Ok(several && readings.iter().any(|reading| reading.which != Which::Unclear))
}

/// Hears the line. `None` where nothing came of it; then it may still be asked.
pub async fn hear(
    call: &mut Call<'_>,
    speaker: &Speaker,
    (question, awaited): (i64, Awaited),
    words: Words,
) -> Result<Option<Spoken>, Trouble> {
    let words = Words { task: Some(awaited.task), card: awaited.card, asked: Some(awaited.asks), ..words };
    let spoken = match awaited.asks {
        Asks::Return(filing) => Some(close::return_one(call, filing, words.text.trim()).await?),
        Asks::Helper => {
            let words = helper_named(call, speaker, words).await?;
            super::hear(call, speaker, &words).await?
        }
        Asks::Finish | Asks::Hurdle => super::hear(call, speaker, &words).await?,
    };
    if spoken.is_some() {
        questions::settle(call.conn, question, call.now.at()).await?;
    }
    Ok(spoken)
}

/// A bare name of a unit is written out: the hurdle that stands, and who shall help with it.
async fn helper_named(call: &mut Call<'_>, speaker: &Speaker, words: Words) -> Result<Words, Trouble> {
    let owed = owed_by(call.conn, &speaker.owners).await?;
    let mut hurdle = owed.iter().filter(|one| Some(one.task) == words.task);
    let hurdle = hurdle.find_map(|one| one.filing.standing.blocker.clone());
    let today = call.now.date_of(call.heard.said_at);
    let says_itself = meant::understand(&words, &owed, &Shown::new(), today)
        .iter()
        .any(|reading| !matches!(reading.status, Status::None | Status::Query | Status::OnTrack));
    Ok(match hurdle {
        Some(hurdle) if !says_itself => {
            let name = words.text.trim().trim_start_matches(['请', '由']).trim_end_matches("协调");
            Words { text: format!("{hurdle}{HELP}{}协调", short(name, 30)), ..words }
        }
        _ => words,
    })
}

/// What the readings of a line amount to, knowing what it was asked for.
///
/// A word on what was claimed stays a claim unless it takes it back; the answer to what holds an item up is a hurdle
/// unless it says otherwise.
pub(super) fn bent(readings: Vec<Reading>, words: &Words) -> Vec<Reading> {
    let (Some(asks), Some(task)) = (words.asked, words.task) else {
        return readings;
    };
    if readings.is_empty() && asks == Asks::Hurdle && words.text.chars().any(char::is_alphanumeric) {
        return vec![blocked(task, words.text.trim())];
    }
    let bend = |reading: Reading| match asks {
        Asks::Finish if !takes_back(&reading) => Reading { status: Status::Done, percent: None, ..reading },
        Asks::Hurdle if says_nothing_else(&reading) => {
            let blocker = Some(short(&reading.text, HURDLE_MAX));
            Reading { status: Status::Blocked, blocker, ..reading }
        }
        Asks::Helper => with_helper(reading),
        _ => reading,
    };
    readings.into_iter().map(bend).collect()
}

/// The hurdle and the helper as [`helper_named`] has put them together.
fn with_helper(reading: Reading) -> Reading {
    match reading.text.clone().split_once(HELP) {
        Some((hurdle, helper)) if reading.status == Status::Blocked => {
            let needs = Some(helper.trim_end_matches("协调").to_owned());
            Reading { blocker: Some(hurdle.to_owned()), needs, ..reading }
        }
        _ => reading,
    }
}

fn blocked(task: TaskNo, text: &str) -> Reading {
    Reading {
        which: Which::Item(task.0),
        status: Status::Blocked,
        percent: None,
        quantity: None,
        new_due: None,
        until: None,
        blocker: Some(short(text, HURDLE_MAX)),
        needs: None,
        text: text.to_owned(),
    }
}

/// Words that make a claim doubtful where they stand in what is added to it.
const DOUBTS: [&str; 11] = ["%", "\u{ff05}", "只", "才", "还", "剩", "差", "除", "部分", "基本", "快"];

/// Whether a word on what was claimed takes the claim back. Wide: a claim less is one more question, a false one is the
/// worst error.
fn takes_back(reading: &Reading) -> bool {
    let done = matches!(reading.status, Status::Done | Status::OnTrack | Status::None);
    let doubtful = reading.status != Status::Done && DOUBTS.iter().any(|word| reading.text.contains(word));
    !done || doubtful || reply::puts_off(&reading.text)
}

fn says_nothing_else(reading: &Reading) -> bool {
    let vague = matches!(reading.status, Status::OnTrack | Status::None | Status::NotStarted);
    let at_ease = ["没有困难", "没困难", "无困难", "没问题", "没有问题"];
    vague && reading.percent.is_none() && !at_ease.iter().any(|word| reading.text.contains(word))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::reply::{Context, Item};

    fn heard(asks: Asks, text: &str) -> Vec<Status> {
        let item = Item {
            no: 31,
            code: "CS-4".to_owned(),
            title: "过境公路开工".to_owned(),
            target: None,
            due: None,
        };
        let today = NaiveDate::from_ymd_opt(2022, 6, 27).unwrap_or_default();
        let context = Context { today, items: vec![item] };
        let words =
            Words { text: text.to_owned(), task: Some(TaskNo(31)), asked: Some(asks), ..Words::default() };
        let readings = bent(reply::understand(text, &context), &words);
        readings.into_iter().map(|reading| reading.status).collect()
    }

    #[test]
    fn a_word_on_a_claim_leaves_it_a_claim_unless_it_takes_it_back() {
        for text in ["6月25日通过验收", "验收单报督查室了", "县发改局发了批复,文号见附件", "昨天全部完工"]
        {
            assert_eq!(heard(Asks::Finish, text), [Status::Done], "{text}");
        }
        for text in ["还没验收", "其实只完成80%", "用地没批", "要延到7月底", "下周验收", "无变化"]
        {
            assert!(!heard(Asks::Finish, text).contains(&Status::Done), "{text}");
        }
    }

    #[test]
    fn the_answer_to_what_holds_an_item_up_is_a_hurdle_unless_it_says_otherwise() {
        for text in ["老百姓不同意", "等省里批", "用地", "资金没到位,请财政局协调", "施工队还没进场"]
        {
            assert_eq!(heard(Asks::Hurdle, text), [Status::Blocked], "{text}");
        }
        for text in ["没有困难了", "已经办结了", "完成60%"] {
            assert!(!heard(Asks::Hurdle, text).contains(&Status::Blocked), "{text}");
        }
    }
}
