//! `visit`: an item that covers a register whole (走访全覆盖, DOMAIN mechanism 26): who is on it, who has been there, what is left.

use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, REPORTERS, Trouble, args};
use crate::domain::people::Role;
use crate::store::registers::{self, Visit as Visited};
use crate::wording::registers as wording;
use crate::wording::{Spoken, refusal};

/// Registers, notes a visit, shows what is left.
pub struct Visit;

impl Command for Visit {
    fn name(&self) -> &'static str {
        "visit"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["走访"]
    }
    fn usage(&self) -> &'static str {
        "走访 企业 情况|走访 名册 编号 企业、企业…"
    }
    fn help(&self) -> &'static str {
        "走访全覆盖:报走访了谁,看还剩谁;名册由督查室录"
    }
    fn example(&self) -> &'static str {
        "走访 名册 4 华丰米业、兴农机械"
    }
    fn who(&self) -> &'static [Role] {
        REPORTERS
    }
    fn takes(&self, rest: &str) -> bool {
        // 走访了3户 is a report.
        !rest.starts_with(['了', '完', '过']) && !rest.starts_with(|c: char| c.is_ascii_digit())
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let rest = rest.trim();
            if rest.is_empty() {
                return Ok(Spoken::text(wording::registers(&registers::all(call.conn).await?)));
            }
            if let Some(names) = rest.strip_prefix("名册") {
                return register(call, names).await;
            }
            let (name, note) =
                rest.split_once(|c: char| c.is_whitespace() || ",:".contains(c)).unwrap_or((rest, ""));
            let Some(unit) = call.asker.units.first().copied() else {
                return Err(Trouble::refused(wording::visits_are_the_units()));
            };
            let visit = Visited { name, unit, on: call.now.today(), note: note.trim() };
            let tasks = registers::visit(call.conn, &visit, call.cause).await?;
            if tasks.is_empty() {
                return Err(Trouble::refused(wording::not_on_the_register(name)));
            }
            let mut all = registers::all(call.conn).await?;
            all.retain(|one| tasks.contains(&one.task));
            Ok(Spoken::text(wording::visited(name, &all)))
        })
    }
}

async fn register(call: &mut Call<'_>, text: &str) -> Outcome {
    if !call.asker.is_office() {
        return Err(Trouble::refused(refusal::not_allowed("走访 名册")));
    }
    let (items, rest) = args::items_of(call, text).await?;
    let names: Vec<&str> = rest
        .split(|c: char| c.is_whitespace() || ",、;".contains(c))
        .filter(|name| !name.is_empty())
        .collect();
    let (Some(item), false) = (items.first(), names.is_empty()) else {
        return Err(Trouble::refused(refusal::usage(Visit.usage(), Visit.example())));
    };
    let new = registers::add(call.conn, item.task, &names, call.cause).await?;
    let mut all = registers::all(call.conn).await?;
    all.retain(|one| one.task == item.task);
    Ok(Spoken::text(wording::registered(new, &all)))
}
