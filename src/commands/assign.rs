//! `assign` (分工): the office says which units an item binds — a team's item that nobody was assigned to, or a notice's
//! 有关部门.

use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::people::Role;
use crate::store::assignment;
use crate::store::history::{self, About};
use crate::store::people::UnitFound;
use crate::store::plans;
use crate::wording::{Spoken, assign as wording, refusal};

/// Assigns units.
pub struct Assign;

impl Command for Assign {
    fn name(&self) -> &'static str {
        "assign"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["分工"]
    }
    fn usage(&self) -> &'static str {
        "分工 编号 单位 [单位…]"
    }
    fn help(&self) -> &'static str {
        "定下一项由哪些单位办"
    }
    fn example(&self) -> &'static str {
        "分工 28 县发改局 县财政局"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let (items, rest) = args::items_of(call, rest).await?;
            let [item] = items.as_slice() else {
                return Err(usage());
            };
            let units = units(call, rest).await?;
            let Some(first) = units.first() else {
                return Err(usage());
            };
            let ids: Vec<_> = units.iter().map(|unit| unit.id).collect();
            let new = assignment::bind(call.conn, item.task, &ids).await?;
            if new.is_empty() {
                return Err(Trouble::refused(wording::bound_already(item.task)));
            }
            // What the team was asked goes on with the first; the others are asked for the same.
            assignment::hand_to(call.conn, item.task, first.id, call.now.at()).await?;
            for unit in &new {
                assignment::ask_too(call.conn, item.task, (first.id, *unit), call.now.at()).await?;
            }
            plans::open_single_filings(call.conn, call.now).await?;
            let names: Vec<String> =
                units.iter().filter(|unit| new.contains(&unit.id)).map(|unit| unit.short.clone()).collect();
            let about = About { task: Some(item.task), filing: None };
            history::add(call.conn, call.cause, about, "assigned", &json!({ "units": names })).await?;
            Ok(Spoken::text(wording::assigned(item.task, &names)))
        })
    }
}

/// The units that are named, to the end of the text.
async fn units(call: &mut Call<'_>, text: &str) -> Result<Vec<UnitFound>, Trouble> {
    let words =
        text.split(|c: char| c.is_whitespace() || ",、和及".contains(c)).filter(|word| !word.is_empty());
    let mut units = Vec::new();
    for word in words {
        match args::take_unit(call, word).await? {
            (Some(unit), "") => units.push(unit),
            _ => return Err(Trouble::refused(crate::wording::command::nobody_called(word))),
        }
    }
    Ok(units)
}
