//! `erase`: the office takes a report out altogether, words and files, where they should never have been written here.

use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args, undo};
use crate::domain::filing::Owner;
use crate::domain::ids::{InboxId, TaskNo};
use crate::domain::people::Role;
use crate::domain::tap::Tap;
use crate::store::erase::{self, Erasable};
use crate::store::history::{self, About};
use crate::store::{filings, reports};
use crate::wording::{Choice, Spoken, erase as wording, refusal};

/// Erases a report.
pub struct Erase;

impl Command for Erase {
    fn name(&self) -> &'static str {
        "erase"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["删报"]
    }
    fn usage(&self) -> &'static str {
        "删报 编号 [单位]"
    }
    fn help(&self) -> &'static str {
        "把最近一次填报连同附件彻底删掉(涉密、误发个人信息)"
    }
    fn example(&self) -> &'static str {
        "删报 12 县财政局"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, rest) = args::items_of(call, rest).await?;
            let [item] = items.as_slice() else {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            };
            let (unit, _) = args::take_unit(call, rest).await?;
            let owner = unit.map(|unit| Owner::Unit(unit.id));
            propose(call, item.task, owner).await
        })
    }
}

/// Shows what would be erased. Erasing cannot be undone, so it takes a tap.
async fn propose(call: &mut Call<'_>, task: TaskNo, owner: Option<Owner>) -> Outcome {
    let owed = filings::of_task(call.conn, task).await?;
    let mut newest: Option<(i64, Erasable)> = None;
    for one in owed.iter().filter(|one| owner.is_none_or(|owner| one.filing.owner == owner)) {
        for report in reports::rows_on(call.conn, one.filing.id).await? {
            let later = newest.as_ref().is_none_or(|(known, _)| report > *known);
            if let Some(found) = erase::find(call.conn, report).await?.filter(|_| later) {
                newest = Some((report, found));
            }
        }
    }
    let (report, found) =
        newest.ok_or_else(|| Trouble::refused(wording::nothing_to_erase(&format!("#{task}"))))?;
    let at = call.now.local_of(found.at);
    Ok(Spoken {
        text: wording::really_erase(task, &found.by, at),
        choices: vec![vec![Choice::new("确认删除", Tap::Erase(report))]],
    })
}

/// Erases a report and everything else that its message reported.
pub async fn erase_one(call: &mut Call<'_>, report: i64) -> Outcome {
    let gone = || Trouble::refused(refusal::stale_button());
    let found = erase::find(call.conn, report).await?.ok_or_else(gone)?;
    let mut tasks: Vec<TaskNo> = Vec::new();
    for event in found.events.iter().rev() {
        for task in erase_event(call, *event, &found.text).await? {
            if !tasks.contains(&task) {
                tasks.push(task);
            }
        }
    }
    erase::empty_quotes(call.conn, &found.text, found.at).await?;
    erase::empty_papers(call.conn, &found.text, found.at).await?;
    let in_room = match &found.message {
        Some((chat, message)) => {
            erase::room_line(call.conn, (*chat, message), &wording::erased_line()).await?
        }
        None => false,
    };
    Ok(Spoken::text(wording::erased(&tasks, in_room)))
}

/// What an event recorded is taken back where nothing came after it; where something did, only its words go.
async fn erase_event(call: &mut Call<'_>, event: InboxId, text: &str) -> Result<Vec<TaskNo>, Trouble> {
    let filings = erase::filings_of(call.conn, event).await?;
    let made = reports::from_event(call.conn, event).await?;
    if !made.is_empty() && undo::is_last_word(call, &made).await? {
        undo::take_back(call, made).await?;
    }
    let mut tasks = Vec::new();
    for filing in &filings {
        let Some(owed) = filings::get(call.conn, *filing).await? else {
            continue;
        };
        if let Some(clean) = erase::without(&owed.filing.standing, text) {
            call.change(&owed, &clean, ("erased", json!({}))).await?;
        }
        erase::forget_before(call.conn, *filing, text).await?;
        erase::forget_decisions(call.conn, *filing, text).await?;
        let about = About { task: Some(owed.task), filing: Some(*filing) };
        history::add(call.conn, call.cause, about, "erased", &json!({})).await?;
        tasks.push(owed.task);
    }
    erase::empty(call.conn, event, call.now.at()).await?;
    for filing in filings {
        crate::store::letters::edit_cards_with(call.conn, filing, call.now.at()).await?;
    }
    Ok(tasks)
}
