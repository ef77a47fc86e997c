//! `remind`: the office has somebody reminded by hand. Outside the budget, but recorded with who ordered it.

use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::filing::Owner;
use crate::domain::people::Role;
use crate::domain::reason::Reason;
use crate::store::history::{self, About};
use crate::store::{asks, filings};
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
        "催办 编号 [单位]"
    }
    fn help(&self) -> &'static str {
        "马上催一次还没报的单位"
    }
    fn example(&self) -> &'static str {
        "催办 12 县财政局"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, rest) = args::items_of(call, rest).await?;
            if items.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            let (unit, _) = args::take_unit(call, rest).await?;
            let mut lines = Vec::new();
            for item in items {
                lines.push(remind(call, item, unit.as_ref().map(|unit| unit.id)).await?);
            }
            Ok(Spoken::text(lines.join("\n")))
        })
    }
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
