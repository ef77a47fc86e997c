//! `remind`: the office has somebody reminded by hand. Outside the budget, but recorded with who ordered it.

use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::{Call, Command, HOLDERS, Outcome, Trouble, args, many};
use crate::domain::filing::Owner;
use crate::domain::ids::TaskNo;
use crate::domain::people::Role;
use crate::domain::reason::Reason;
use crate::store::filings::Owed;
use crate::store::history::{self, About};
use crate::store::{asks, filings, people, tasks};
use crate::wording::{Spoken, command, refusal};

/// Reminds.
pub struct Remind;

impl Command for Remind {
    fn name(&self) -> &'static str {
        "remind"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["催办", "催"]
    }
    fn usage(&self) -> &'static str {
        "催办 编号 [单位]|催办 单位|催办 工作组|催办 全部"
    }
    fn help(&self) -> &'static str {
        "马上催一次还没报的单位;牵头单位可催自己牵头的项"
    }
    fn example(&self) -> &'static str {
        "催办 12 县财政局"
    }
    fn who(&self) -> &'static [Role] {
        HOLDERS
    }
    fn takes(&self, rest: &str) -> bool {
        !rest.is_empty()
    }
    fn touches(&self, owed: &Owed) -> bool {
        owed.filing.standing.state.is_owed()
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, after) = args::items_of(call, rest).await?;
            if items.is_empty() {
                return remind_silent(call, self, rest.trim()).await;
            }
            for item in &items {
                let leads = tasks::is_led_by(call.conn, item.task, &call.asker.units).await?;
                if !call.asker.is_office() && !leads {
                    return Err(Trouble::refused(refusal::not_yours_to_remind(item.task)));
                }
            }
            let (unit, _) = args::take_unit(call, after).await?;
            let mut lines = Vec::new();
            for item in items {
                lines.push(remind(call, item, unit.as_ref().map(|unit| unit.id)).await?);
            }
            Ok(Spoken::text(lines.join("\n")))
        })
    }
}

/// Reminds everybody of a unit or team, or everybody at all, who was asked and has not answered. It asks first.
async fn remind_silent(call: &mut Call<'_>, command: &Remind, words: &str) -> Outcome {
    let usage = || Trouble::refused(refusal::usage(command.usage(), command.example()));
    if !call.asker.is_office() {
        return Err(usage());
    }
    let (whom, sure) = match words.strip_suffix("确认") {
        Some(whom) => (whom.trim(), true),
        None => (words, false),
    };
    let owner = match whom {
        "全部" | "未报" | "全部未报" => None,
        name => Some(owner_called(call, name).await?.ok_or_else(usage)?),
    };
    let mut silent = tasks::silent(call.conn).await?;
    silent.retain(|owed| owner.is_none_or(|owner| owed.filing.owner == owner));
    let mut numbers: Vec<TaskNo> = silent.iter().map(|owed| owed.task).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if silent.is_empty() {
        return Err(Trouble::refused(command::nobody_silent()));
    }
    if !sure {
        let question = command::really_many("催办", &numbers, silent.len());
        return many::ask(call, command, (&format!("{whom} 确认"), question)).await;
    }
    let mut owners: Vec<String> = Vec::new();
    for owed in &silent {
        asks::add(call.conn, &owed.filing, Reason::Ordered, call.now.today(), call.now.at()).await?;
        if !owners.contains(&owed.owner) {
            owners.push(owed.owner.clone());
        }
    }
    for task in &numbers {
        let about = About { task: Some(*task), filing: None };
        history::add(call.conn, call.cause, about, "ordered", &json!({ "owners": owners })).await?;
    }
    let now = call.settings.policy.may_speak(call.now, &call.settings.calendar);
    Ok(Spoken::text(command::reminded_all(numbers.len(), &owners, now)))
}

async fn owner_called(call: &mut Call<'_>, name: &str) -> Result<Option<Owner>, Trouble> {
    if let Some(unit) = people::unit_by_name(call.conn, name).await? {
        return Ok(Some(Owner::Unit(unit.id)));
    }
    Ok(people::team_by_name(call.conn, name).await?.map(|(team, _)| Owner::Team(team)))
}

async fn remind(
    call: &mut Call<'_>,
    item: args::Item,
    unit: Option<crate::domain::ids::UnitId>,
) -> Result<String, Trouble> {
    let mut owners: Vec<String> = Vec::new();
    for owed in filings::of_task(call.conn, item.task).await? {
        let is_meant = unit.is_none_or(|unit| owed.filing.owner == Owner::Unit(unit))
            && item.seq.is_none_or(|seq| owed.seq == seq);
        if !is_meant || !owed.filing.standing.state.is_owed() {
            continue;
        }
        asks::add(call.conn, &owed.filing, Reason::Ordered, call.now.today(), call.now.at()).await?;
        if !owners.contains(&owed.owner) {
            owners.push(owed.owner);
        }
    }
    if owners.is_empty() {
        return Err(Trouble::refused(command::nobody_owes(item.task)));
    }
    let about = About { task: Some(item.task), filing: None };
    history::add(call.conn, call.cause, about, "ordered", &json!({ "owners": owners })).await?;
    let now = call.settings.policy.may_speak(call.now, &call.settings.calendar);
    Ok(command::reminded(item.task, &owners, now))
}
