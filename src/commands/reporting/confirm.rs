//! What a liaison reports, where the office wants the leader to stand behind it: it counts once the leader has agreed with
//! one tap. A unit whose leader nobody can reach is not held up by this.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::commands::reporting::questions::{self as asking, Pending};
use crate::commands::reporting::{Speaker, Words};
use crate::commands::{Call, Trouble};
use crate::domain::ids::{AccountId, ChatId, InboxId, TaskNo};
use crate::domain::people::Role;
use crate::domain::review::{Said, Status};
use crate::domain::tap::Tap;
use crate::rules::policy::Confirmed;
use crate::store::questions;
use crate::store::reach::{self, Leading};
use crate::wording::{Choice, Spoken, confirm as wording};

/// How long a leader may take to agree.
const WAITS: TimeDelta = TimeDelta::days(7);

/// A report that waits for its leader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Whose filings it is about.
    speaker: Speaker,
    /// The liaison, and the chat the report was made in.
    liaison: (AccountId, String),
    chat: ChatId,
    /// What was said, item by item.
    words: Vec<Words>,
}

/// Who has to agree to what this speaker says; `None` where it counts at once.
pub(super) async fn leader_for(
    call: &mut Call<'_>,
    speaker: &Speaker,
    said: &Said,
) -> Result<Option<Leading>, Trouble> {
    let wanted = match call.settings.policy.confirmed {
        Confirmed::Nothing => false,
        Confirmed::Claims => matches!(said.status, Status::Done | Status::Extend),
        Confirmed::Everything => true,
    };
    let own = speaker.account == Some(call.asker.account) && speaker.entered_by.is_none();
    let liaison = call.asker.roles.contains(&Role::Liaison) && !call.asker.roles.contains(&Role::Leader);
    if !(wanted && own && liaison) {
        return Ok(None);
    }
    Ok(reach::leader_of(call.conn, &call.asker.units).await?)
}

/// Puts what was said aside and asks the leader, in private. An earlier report on the same items that still waits is
/// overtaken by this one.
pub(super) async fn ask(
    call: &mut Call<'_>,
    speaker: &Speaker,
    leader: &Leading,
    items: Vec<(Words, Said)>,
) -> Result<Spoken, Trouble> {
    let Some(inbox) = call.cause.inbox else {
        return Ok(Spoken::default());
    };
    let lines: Vec<(TaskNo, Said)> =
        items.iter().filter_map(|(words, said)| Some((words.task?, said.clone()))).collect();
    let tasks: Vec<TaskNo> = lines.iter().map(|(task, _)| *task).collect();
    overtake(call, leader, &tasks).await?;
    let liaison = call.asker.shown().to_owned();
    let waiting = Waiting {
        speaker: speaker.clone(),
        liaison: (call.asker.account, liaison.clone()),
        chat: call.chat.id,
        words: items.into_iter().map(|(words, _)| with_files_of(words, inbox)).collect(),
    };
    let body = serde_json::to_string(&Pending::Confirm(waiting)).map_err(anyhow::Error::from)?;
    let asked = questions::Asked { account: leader.account, chat: leader.chat, inbox, body: &body };
    let id = questions::ask(call.conn, &asked, (call.now.at(), call.now.at() + WAITS)).await?;
    let today = call.now.today();
    let choices = vec![vec![
        Choice::new("同意报出", Tap::Choose(id, AGREE)),
        Choice::new("不对,退给联络员", Tap::Choose(id, DISAGREE)),
    ]];
    let told = Spoken { text: wording::please_confirm(&liaison, &lines, today), choices };
    call.tell(leader.chat, told).await?;
    Ok(Spoken::text(wording::waits_for(&leader.title, &lines, today)))
}

/// The options of the question.
const AGREE: u8 = 0;
/// See [`AGREE`].
const DISAGREE: u8 = 1;

fn with_files_of(words: Words, inbox: InboxId) -> Words {
    let files_from = words.files_from.or_else(|| (!words.files.is_empty()).then_some(inbox));
    Words { files_from, message: None, ..words }
}

async fn overtake(call: &mut Call<'_>, leader: &Leading, tasks: &[TaskNo]) -> Result<(), Trouble> {
    let by = (leader.account, leader.chat, call.now.at());
    for question in questions::open_choices(call.conn, by).await? {
        if let Some(Pending::Confirm(waiting)) = asking::read(&question.body) {
            let same = waiting.words.iter().any(|words| words.task.is_some_and(|task| tasks.contains(&task)));
            if same && waiting.liaison.0 == call.asker.account {
                questions::settle(call.conn, question.id, call.now.at()).await?;
            }
        }
    }
    Ok(())
}

/// The leader has decided: the report counts as the leader's, entered by the liaison; or nothing is recorded and the
/// liaison hears of it.
pub(super) async fn decide(call: &mut Call<'_>, waiting: Waiting, option: u8) -> Result<Spoken, Trouble> {
    let tasks: Vec<TaskNo> = waiting.words.iter().filter_map(|words| words.task).collect();
    if option != AGREE {
        call.tell(waiting.chat, Spoken::text(wording::not_agreed(&tasks, call.asker.shown()))).await?;
        return Ok(Spoken::text(wording::sent_back_to(&waiting.liaison.1, &tasks)));
    }
    let account = Some(call.asker.account);
    let speaker = Speaker { account, entered_by: Some(waiting.liaison.0), ..waiting.speaker };
    let mut texts = Vec::new();
    let mut choices = Vec::new();
    for words in waiting.words {
        if let Some(spoken) = super::hear(call, &speaker, &words).await? {
            texts.push(spoken.text);
            choices = spoken.choices;
        }
    }
    call.tell(waiting.chat, Spoken::text(wording::agreed(&tasks, call.asker.shown()))).await?;
    Ok(Spoken { text: texts.join("\n"), choices })
}
