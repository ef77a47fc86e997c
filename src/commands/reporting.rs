//! Recording what leaders say: from the words to the filings they change, and back in one line.

mod questions;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::commands::{Call, Trouble};
use crate::domain::filing::{FilingState, Owner};
use crate::domain::ids::{AccountId, CardId, FilingId, InboxId, TaskNo};
use crate::domain::people::Person;
use crate::domain::reason::Reason;
use crate::domain::review::{self, Said, Status};
use crate::reply::{self, Context, Item, Reading, Which};
use crate::store::filings::{self, Owed};
use crate::store::reports::{self, Source};
use crate::store::tasks;
use crate::wording::heard::{Correction, Recorded};
use crate::wording::{Spoken, heard, refusal, short};

pub use questions::answer;
use questions::{ask_which_duty, ask_which_item};

/// Workdays of rest that a bare acknowledgement buys.
const ACK_WORKDAYS: i64 = 2;

/// For whom a report is made.
#[derive(Debug, Clone)]
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
}

/// Hears a text. `None` where it says nothing about any item: chatter, which is not kept.
pub async fn hear(call: &mut Call<'_>, speaker: &Speaker, words: &Words) -> Result<Option<Spoken>, Trouble> {
    let owed = owed_by(call, speaker).await?;
    let shown = shown_on(call, words).await?;
    let narrow: Vec<&Owed> = owed
        .iter()
        .filter(|owed| words.task.is_none_or(|task| owed.task == task))
        .filter(|owed| words.seq.is_none_or(|seq| owed.seq == seq))
        .filter(|owed| shown.is_empty() || shown.iter().any(|(task, _)| *task == owed.task))
        .collect();
    let mut readings = reply::understand(&words.text, &context(call, &narrow, &shown));
    if words.task.is_none() && !shown.is_empty() {
        let all: Vec<&Owed> = owed.iter().collect();
        let wider = reply::understand(&words.text, &context(call, &all, &shown));
        add_named_elsewhere(&mut readings, wider, &narrow);
    }
    record_all(call, (speaker, words), (&owed, &shown), readings).await
}

/// A number that does not stand on the card may still be one of theirs: what was named by its number counts too. What
/// 其余 or 都 stands for stays within the card.
fn add_named_elsewhere(readings: &mut Vec<Reading>, wider: Vec<Reading>, on_card: &[&Owed]) {
    let is_elsewhere = |no: i64| on_card.iter().all(|owed| owed.task.0 != no);
    let named: Vec<Reading> = wider
        .into_iter()
        .filter(|reading| match reading.which {
            Which::Item(no) => is_elsewhere(no) && reading.text.contains(&no.to_string()),
            Which::Foreign(_) | Which::Unclear => false,
        })
        .collect();
    readings.retain(|reading| !matches!(reading.which, Which::Foreign(no) if named.iter().any(|one| one.which == Which::Item(no))));
    readings.extend(named);
}

/// Everything the speaker may answer for.
async fn owed_by(call: &mut Call<'_>, speaker: &Speaker) -> Result<Vec<Owed>, Trouble> {
    let mut owed = Vec::new();
    for owner in &speaker.owners {
        owed.extend(match owner {
            Owner::Unit(unit) => filings::open_of_unit(call.conn, *unit).await?,
            Owner::Team(team) => filings::open_of_team(call.conn, *team).await?,
        });
    }
    Ok(owed)
}

/// The duties that stand on the message the words are about, by task and place.
type Shown = BTreeSet<(TaskNo, i64)>;

async fn shown_on(call: &mut Call<'_>, words: &Words) -> Result<Shown, Trouble> {
    let Some((card, part)) = words.card else {
        return Ok(Shown::new());
    };
    let owed = filings::on_card(call.conn, card, part).await?;
    Ok(owed.into_iter().map(|owed| (owed.task, owed.seq)).collect())
}

fn context(call: &Call<'_>, owed: &[&Owed], shown: &Shown) -> Context {
    let mut items: Vec<Item> = Vec::new();
    for one in owed {
        let item = Item {
            no: one.task.0,
            code: one.code.clone(),
            title: title_of(one, owed, shown),
            target: one.filing.target.clone(),
            due: one.filing.standing.due_on.filter(|_| !one.filing.is_recurring()),
        };
        match items.iter_mut().find(|known| known.no == item.no) {
            Some(known) => {
                known.target = known.target.take().or(item.target);
                known.due = known.due.or(item.due);
            }
            None => items.push(item),
        }
    }
    Context { today: call.now.date_of(call.heard.said_at), items }
}

/// What an item is called in the reply: the duty where only one is in question, for 宣讲已办结 finishes that duty and
/// only a part of the task.
fn title_of(one: &Owed, owed: &[&Owed], shown: &Shown) -> String {
    let work = || owed.iter().filter(|owed| owed.task == one.task && !owed.filing.progress);
    let on_card = |owed: &&&Owed| shown.contains(&(owed.task, owed.seq));
    let any_on_card = work().any(|owed| on_card(&owed));
    let mut duties: Vec<&str> =
        work().filter(|owed| !any_on_card || on_card(owed)).map(|owed| owed.duty_text.as_str()).collect();
    duties.dedup();
    match duties.as_slice() {
        [duty] => (*duty).to_owned(),
        _ => one.title.clone(),
    }
}

/// Records what was understood and reads it back.
async fn record_all(
    call: &mut Call<'_>,
    (speaker, words): (&Speaker, &Words),
    (owed, shown): (&[Owed], &Shown),
    readings: Vec<Reading>,
) -> Result<Option<Spoken>, Trouble> {
    let (mut recorded, mut refused) = (Vec::new(), Vec::new());
    for reading in readings {
        let task = match reading.which {
            Which::Item(no) => TaskNo(no),
            Which::Foreign(no) => {
                refused.push(foreign(call, TaskNo(no)).await?);
                continue;
            }
            // A bare 收到 under a card of several items needs no question.
            Which::Unclear
                if matches!(
                    reading.status,
                    reply::Status::Ack | reply::Status::Query | reply::Status::None
                ) =>
            {
                continue;
            }
            Which::Unclear => return ask_which_item(call, words, owed, &reading).await.map(Some),
        };
        let Some(said) = said_of(call, &reading) else {
            continue;
        };
        let mine: Vec<&Owed> = owed.iter().filter(|owed| owed.task == task).collect();
        match choose(&mine, &said, words.seq, shown) {
            Chosen::Filings(ids) => {
                let chosen: Vec<Owed> =
                    mine.into_iter().filter(|owed| ids.contains(&owed.filing.id)).cloned().collect();
                record(call, speaker, &chosen, &said, (&mut recorded, &mut refused)).await?;
            }
            Chosen::Ask(duties) => return ask_which_duty(call, words, task, &duties).await.map(Some),
        }
    }
    if recorded.is_empty() && refused.is_empty() {
        return Ok(None);
    }
    let correct = Correction { undo: call.cause.inbox, editable: !call.heard.message.is_empty() };
    Ok(Some(heard::read_back(&recorded, &refused, correct, call.now.today())))
}

async fn foreign(call: &mut Call<'_>, task: TaskNo) -> Result<String, Trouble> {
    let stamp = crate::domain::now::stamp(call.now.at());
    Ok(match tasks::get(call.conn, task, &stamp).await? {
        Some(_) => refusal::not_yours(task),
        None => refusal::no_such_task(&format!("#{task}")),
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
        percent: reading.percent,
        quantity: reading.quantity.clone(),
        new_due: reading.new_due,
        until: reading.until.or_else(|| (status == Status::Ack).then(rest)),
        blocker: reading.blocker.clone(),
        needs: reading.needs.clone(),
        text: short(&reading.text, 500),
    })
}

/// Which filings of a task a report is about.
enum Chosen {
    /// These.
    Filings(BTreeSet<FilingId>),
    /// It must be asked which of these duties.
    Ask(Vec<(i64, String)>),
}

/// DESIGN section 11, Which duty: what is said of an item counts for the duties on the card it answers, or else for
/// everything the speaker owes on the item, and for the progress ask with it. A claim to one of several duties has to say
/// which, unless all of them are routine and stand on that card.
fn choose(mine: &[&Owed], said: &Said, seq: Option<i64>, shown: &Shown) -> Chosen {
    let mut work: Vec<&&Owed> = mine.iter().filter(|owed| !owed.filing.progress).collect();
    work.retain(|owed| seq.is_none_or(|seq| owed.seq == seq));
    let on_card = |owed: &&Owed| shown.contains(&(owed.task, owed.seq));
    let is_shown = work.iter().any(|owed| on_card(owed));
    work.retain(|owed| !is_shown || on_card(owed));
    let mut duties: Vec<(i64, String)> = work.iter().map(|owed| (owed.seq, owed.duty_text.clone())).collect();
    duties.dedup();
    let routine = is_shown && work.iter().all(|owed| !owed.filing.reviewed);
    if said.status == Status::Done && duties.len() > 1 && !routine {
        return Chosen::Ask(duties);
    }
    let progress = mine.iter().filter(|owed| owed.filing.progress);
    Chosen::Filings(work.into_iter().chain(progress).map(|owed| owed.filing.id).collect())
}

/// Records one report on every filing it is about; one line is read back for all of them.
async fn record(
    call: &mut Call<'_>,
    speaker: &Speaker,
    chosen: &[Owed],
    said: &Said,
    (recorded, refused): (&mut Vec<Recorded>, &mut Vec<String>),
) -> Result<(), Trouble> {
    let mut shown: Option<Recorded> = None;
    for owed in chosen {
        let after = match review::hear(&owed.filing, said, call.now.at()) {
            Ok(after) => after,
            Err(refusal) => {
                refused.push(refusal::refused(owed.task, refusal));
                continue;
            }
        };
        let what = match said.status {
            Status::Done if after.state == FilingState::Claimed => "claimed",
            Status::Ack => "acknowledged",
            _ => "reported",
        };
        call.change(owed, &after, (what, json!({ "text": said.text, "status": said.status.as_str() })))
            .await?;
        let source = source_of(call, speaker);
        let versions = (&owed.filing.standing, owed.filing.version + 1);
        reports::add(call.conn, owed.filing.id, said, &source, versions, call.now.at()).await?;
        if what == "claimed" {
            call.ask_office(owed, &after, Reason::Claimed).await?;
        }
        if said.status == Status::Extend && after.asked_due.is_some() {
            call.ask_office(owed, &after, Reason::ExtensionAsked).await?;
        }
        // The line that tells most: the work itself rather than the progress ask beside it.
        if shown.as_ref().is_none_or(|_| !owed.filing.progress) {
            let duty = (said.status == Status::Done && owed.duties > 1).then(|| owed.duty_text.clone());
            shown = Some(Recorded {
                task: owed.task,
                duty,
                said: said.clone(),
                before: owed.filing.standing.clone(),
                after,
            });
        }
    }
    recorded.extend(shown);
    Ok(())
}

fn source_of(call: &Call<'_>, speaker: &Speaker) -> Source {
    Source {
        account: speaker.account,
        entered_by: speaker.entered_by,
        inbox: call.cause.inbox,
        message: Some((call.chat.id, call.heard.message.clone())).filter(|(_, message)| !message.is_empty()),
        happened_at: call.heard.said_at,
    }
}

/// Takes back everything one event recorded.
pub async fn undo(call: &mut Call<'_>, inbox: InboxId) -> Result<Spoken, Trouble> {
    let made = reports::from_event(call.conn, inbox).await?;
    let tasks = crate::commands::undo::take_back(call, made).await?;
    Ok(Spoken::text(heard::taken_back(&tasks)))
}
