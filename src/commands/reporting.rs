//! Recording what leaders say: from the words to the filings they change, and back in one line.

mod confirm;
mod files;
pub mod line;
mod linked;
mod meant;
mod questions;
mod record;
mod summed;
mod undone;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::channel::Attachment;
use crate::commands::{Call, Trouble, ending};
use crate::domain::filing::Owner;
use crate::domain::ids::{AccountId, CardId, InboxId, TaskNo, UnitId};
use crate::domain::people::Person;
use crate::domain::review::{self, Said, Status};
use crate::domain::tap::Tap;
use crate::reply::{self, Context, Reading, Which};
use crate::store::Connection;
use crate::store::filings::{self, Owed};
use crate::store::reach::Leading;
use crate::store::{people, tasks};
use crate::wording::heard::{Correction, Recorded};
use crate::wording::{self, Choice, Spoken, heard, refusal, short};

use meant::{Chosen, Shown};
pub use questions::{Pending, answer, keep_order};
use record::record;
pub use summed::{is_there as can_sum_up, offer as sum_up};
pub use undone::undo;

/// Workdays of rest that a bare acknowledgement buys.
const ACK_WORKDAYS: i64 = 2;

/// For whom a report is made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Whose filings it may change.
    pub owners: Vec<Owner>,
    /// Who reports; `None` where only the unit is known (a phone call).
    pub account: Option<AccountId>,
    /// The clerk who entered it for somebody else.
    pub entered_by: Option<AccountId>,
}

impl Speaker {
    /// A person who speaks for the units and teams of the posts held.
    pub fn of(person: &Person) -> Speaker {
        let units = person.units.iter().copied().map(Owner::Unit);
        let teams = person.teams.iter().copied().map(Owner::Team);
        Speaker { owners: units.chain(teams).collect(), account: Some(person.account), entered_by: None }
    }
}

/// What is said, and what narrows it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Words {
    /// The text.
    pub text: String,
    /// The card it is about, and which of its messages.
    pub card: Option<(CardId, Option<i64>)>,
    /// The only item it can be about.
    pub task: Option<TaskNo>,
    /// The only duty of it.
    pub seq: Option<i64>,
    /// The message it was said in; editing that message corrects the report.
    pub message: Option<String>,
    /// The files that came with it.
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// What joins them to others.
    #[serde(default)]
    pub album: Option<String>,
    /// The event the files came with, where that is an earlier one.
    #[serde(default)]
    pub files_from: Option<InboxId>,
    /// What it was asked for, where it answers a line we asked for.
    #[serde(default)]
    pub asked: Option<line::Asks>,
}

/// What became of a text, item by item.
#[derive(Default)]
struct Made {
    recorded: Vec<Recorded>,
    refused: Vec<String>,
    /// Items that were reported just so before, and now get files.
    filed: Vec<TaskNo>,
    question: Option<Spoken>,
    /// What has to be agreed to first, and by whom.
    waiting: Vec<(Words, Said)>,
    waits_for: Option<Leading>,
    /// A bare 收到 that needs neither a record nor a word.
    received: bool,
}

impl Made {
    /// Notes that an item was reported just so before; said once an item.
    fn repeat(&mut self, task: TaskNo) {
        let line = refusal::same_again(task);
        if !self.refused.contains(&line) {
            self.refused.push(line);
        }
    }

    /// Notes that files were put to an item; said once an item.
    fn file(&mut self, task: TaskNo) {
        if !self.filed.contains(&task) {
            self.filed.push(task);
        }
    }
}

/// Hears a text. `None` where it says nothing about any item: chatter, which is not kept.
pub async fn hear(call: &mut Call<'_>, speaker: &Speaker, words: &Words) -> Result<Option<Spoken>, Trouble> {
    let names = words.files.iter().map(|file| file.name.as_str());
    if let Some(why) = std::iter::once(words.text.as_str()).chain(names).find_map(reply::sensitive) {
        return Err(Trouble::refused(refusal::sensitive(why)));
    }
    let owed = owed_by(call.conn, &speaker.owners).await?;
    let shown = shown_on(call, words).await?;
    let today = call.now.date_of(call.heard.said_at);
    if files::are_alone(words, &owed, &shown, today) {
        return files::hear_alone(call, speaker, words).await;
    }
    let mut made = Made::default();
    for part in meant::by_duty(words, &owed, today) {
        for reading in line::bent(meant::understand(&part, &owed, &shown, today), &part) {
            hear_one(call, (speaker, &part), (&owed, &shown), &reading, &mut made).await?;
        }
    }
    let waits = wait_for_leader(call, speaker, &mut made).await?;
    let nothing_new = made.recorded.is_empty() && made.filed.is_empty();
    if nothing_new && made.question.is_none() && waits.is_none() && !made.refused.is_empty() {
        // Nothing came of it, so nothing of it is kept.
        return Err(Trouble::refused(made.refused.join("\n")));
    }
    if made.question.is_none() && waits.is_none() {
        made.question = linked::offer(call, (speaker, words), (&owed, &made.recorded)).await?;
    }
    let answer = answer_to(call, words, made);
    Ok(match (answer, waits) {
        (Some(answer), Some(waits)) => {
            Some(Spoken { text: format!("{}\n{}", answer.text, waits.text), ..answer })
        }
        (answer, waits) => answer.or(waits),
    })
}

/// Asks the leader about what has to be agreed to, in one message.
async fn wait_for_leader(
    call: &mut Call<'_>,
    speaker: &Speaker,
    made: &mut Made,
) -> Result<Option<Spoken>, Trouble> {
    let items = std::mem::take(&mut made.waiting);
    match made.waits_for.take() {
        Some(leader) if !items.is_empty() => confirm::ask(call, speaker, &leader, items).await.map(Some),
        _ => Ok(None),
    }
}

/// What was recorded and refused, and below it the one question we have.
fn answer_to(call: &Call<'_>, words: &Words, made: Made) -> Option<Spoken> {
    if made.recorded.is_empty() && made.refused.is_empty() && made.filed.is_empty() {
        return made.question.or_else(|| made.received.then(Spoken::default));
    }
    let editable = words.message.is_some() || !call.heard.message.is_empty();
    if made.recorded.is_empty() && !made.filed.is_empty() {
        let undo = call.cause.inbox.map(|inbox| Choice::new("撤回", Tap::Undo(inbox)));
        return Some(wording::files::filed(&made.filed, words.files.len(), undo));
    }
    let correct = Correction { undo: call.cause.inbox, editable };
    let mut spoken = heard::read_back(&made.recorded, &made.refused, correct, call.now.today());
    if let Some(question) = made.question {
        spoken.text = format!("{}\n{}", spoken.text, question.text);
        spoken.choices.extend(question.choices);
    } else if !words.files.is_empty() && !made.recorded.is_empty() {
        spoken = wording::files::with_files(spoken, words.files.len());
    }
    Some(spoken)
}

/// Everything these may answer for.
async fn owed_by(conn: &mut Connection, owners: &[Owner]) -> sqlx::Result<Vec<Owed>> {
    let mut owed = Vec::new();
    for owner in owners {
        owed.extend(match owner {
            Owner::Unit(unit) => filings::open_of_unit(conn, *unit).await?,
            Owner::Team(team) => filings::open_of_team(conn, *team).await?,
        });
    }
    Ok(owed)
}

/// What a text of a unit may be about, by what the unit and its teams owe now.
pub async fn context_of(conn: &mut Connection, unit: UnitId, today: NaiveDate) -> sqlx::Result<Context> {
    let teams = people::teams_of_unit(conn, unit).await?;
    let owners: Vec<Owner> =
        [Owner::Unit(unit)].into_iter().chain(teams.into_iter().map(Owner::Team)).collect();
    let owed = owed_by(conn, &owners).await?;
    let owed: Vec<&Owed> = owed.iter().collect();
    Ok(meant::context(&owed, &Shown::new(), today))
}

async fn shown_on(call: &mut Call<'_>, words: &Words) -> Result<Shown, Trouble> {
    let Some((card, part)) = words.card else {
        return Ok(Shown::new());
    };
    let owed = filings::on_card(call.conn, card, part).await?;
    Ok(owed.into_iter().map(|owed| (owed.task, owed.seq, owed.filing.owner)).collect())
}

async fn hear_one(
    call: &mut Call<'_>,
    (speaker, words): (&Speaker, &Words),
    (owed, shown): (&[Owed], &Shown),
    reading: &Reading,
    made: &mut Made,
) -> Result<(), Trouble> {
    // What we ask back about is this clause alone; the others are recorded.
    let clause = Words { text: reading.text.clone(), ..words.clone() };
    let task = match reading.which {
        Which::Item(no) => TaskNo(no),
        Which::Foreign(no) => {
            made.refused.push(not_theirs(call, speaker, TaskNo(no)).await?);
            return Ok(());
        }
        // A bare 收到 under a card of several items needs no question.
        Which::Unclear if said_of(call, reading).is_none_or(|said| said.status == Status::Ack) => {
            made.received = true;
            return Ok(());
        }
        Which::Unclear if words.task.is_some() => {
            let task = words.task.unwrap_or(TaskNo(0));
            made.refused.push(not_theirs(call, speaker, task).await?);
            return Ok(());
        }
        Which::Unclear => {
            let question = questions::ask_which_item(call, (speaker, &clause), (owed, shown)).await?;
            ask(made, question, reading);
            return Ok(());
        }
    };
    let Some(said) = said_of(call, reading) else {
        if reading.status == reply::Status::None && reading.text.contains(&task.to_string()) {
            // Whoever names an item by its number means us; silence would look like a record.
            made.refused.push(refusal::no_progress_seen(task));
        }
        return Ok(());
    };
    if let Some(leader) = confirm::leader_for(call, speaker, &said).await? {
        made.waiting.push((Words { task: Some(task), ..clause }, said));
        made.waits_for = Some(leader);
        return Ok(());
    }
    let mine: Vec<&Owed> = owed.iter().filter(|owed| owed.task == task).collect();
    match meant::choose(&mine, &said, words.seq, shown) {
        Chosen::Filings(ids) => {
            let chosen: Vec<&Owed> = mine.into_iter().filter(|owed| ids.contains(&owed.filing.id)).collect();
            let mut settled = false;
            for owed in chosen {
                settled |= record(call, (speaker, words), owed, &said, made).await?;
            }
            if settled {
                ending::finish(call, task).await?;
            }
        }
        Chosen::Ask(duties) => {
            let told = mine_may_be_told(call, owed, task);
            let question = questions::ask_which_duty(call, (speaker, &clause), (task, told), &duties).await?;
            ask(made, question, reading);
        }
    }
    Ok(())
}

fn mine_may_be_told(call: &Call<'_>, owed: &[Owed], task: TaskNo) -> bool {
    owed.iter().filter(|owed| owed.task == task).all(|owed| call.may_tell(owed.confidential))
}

/// One question at a time; what else was unclear has to be said again.
fn ask(made: &mut Made, question: Spoken, reading: &Reading) {
    match made.question {
        None => made.question = Some(question),
        Some(_) => made.refused.push(refusal::say_again(&reading.text)),
    }
}

/// Why an item that was named is not among what the speaker owes.
async fn not_theirs(call: &mut Call<'_>, speaker: &Speaker, task: TaskNo) -> Result<String, Trouble> {
    let stamp = crate::domain::now::stamp(call.now.at());
    if tasks::get(call.conn, task, &stamp).await?.is_none() {
        return Ok(refusal::no_such_task(&format!("#{task}")));
    }
    let all = filings::of_task(call.conn, task).await?;
    let mine: Vec<&Owed> = all.iter().filter(|owed| speaker.owners.contains(&owed.filing.owner)).collect();
    let mut bound = !mine.is_empty();
    let closed = bound && mine.iter().all(|owed| owed.filing.standing.state.is_settled());
    for owner in &speaker.owners {
        bound = bound || tasks::binds(call.conn, task, *owner).await?;
    }
    Ok(match (closed, bound) {
        (true, _) => refusal::refused(task, review::Refusal::AlreadyClosed),
        (false, true) => refusal::nothing_to_report(task),
        (false, false) => refusal::not_yours(task),
    })
}

/// What the domain is told; `None` for questions and words without meaning.
fn said_of(call: &Call<'_>, reading: &Reading) -> Option<Said> {
    let status = match reading.status {
        reply::Status::Done => Status::Done,
        reply::Status::Extend => Status::Extend,
        reply::Status::Blocked => Status::Blocked,
        reply::Status::NotStarted => Status::NotStarted,
        reply::Status::OnTrack => Status::OnTrack,
        reply::Status::NoChange => Status::NoChange,
        reply::Status::Ack => Status::Ack,
        reply::Status::Query | reply::Status::None => return None,
    };
    let rest = || call.settings.calendar.add(call.now.today(), ACK_WORKDAYS);
    Some(Said {
        status,
        percent: reading.percent.map(reply::whole_points),
        quantity: reading.quantity.clone(),
        new_due: reading.new_due,
        until: reading.until.or_else(|| (status == Status::Ack).then(rest)),
        blocker: reading.blocker.clone(),
        needs: reading.needs.clone(),
        text: short(&reading.text, 500),
    })
}
