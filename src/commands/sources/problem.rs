//! `problem`: what a unit owns up to (问题清单, DOMAIN mechanisms 27 and 32): each line is put right by an item of its own.

use futures::future::BoxFuture;

use crate::commands::sources::{From, add, read};
use crate::commands::{Call, Command, Outcome, READERS, REPORTERS, Trouble, args};
use crate::domain::origin::Source;
use crate::domain::people::Role;
use crate::store::{filings, origins, people};
use crate::wording::sources as wording;
use crate::wording::{Spoken, refusal};

/// Registers a problem of one's own unit under an item of the plan, or lists them.
pub struct Problem;

impl Command for Problem {
    fn name(&self) -> &'static str {
        "problem"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["问题", "问题清单"]
    }
    fn usage(&self) -> &'static str {
        "问题 编号 什么问题 [整改期限]"
    }
    fn help(&self) -> &'static str {
        "给一项登记本单位的问题,一条一个整改;只写编号看清单"
    }
    fn example(&self) -> &'static str {
        "问题 1 县住建局 窗口一次告知落实不到位 7月30日"
    }
    fn who(&self) -> &'static [Role] {
        REPORTERS
    }
    fn takes(&self, rest: &str) -> bool {
        // 问题不大 is a report; 问题 1 … is none.
        rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit() || c == '#')
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, rest) = args::items_of(call, rest).await?;
            let parent = items.first().map(|item| item.task);
            if rest.is_empty() {
                return list(call, parent).await;
            }
            let Some(parent) = parent else {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            };
            let mut order = read(call, rest).await?;
            let owned = filings::of_task(call.conn, parent).await?;
            if !call.asker.is_office() {
                let own = |owed: &filings::Owed| call.asker.answers_for(owed.filing.owner);
                if !owned.iter().any(own) {
                    return Err(Trouble::refused(refusal::no_such_task(&format!("#{parent}"))));
                }
                // Nobody owns up for another.
                order.units.clear();
                if let Some(unit) = call.asker.units.first() {
                    order.units.extend(people::unit_of(call.conn, *unit).await?);
                }
            }
            let from = From { source: Source::Problem, by_whom: call.asker.shown(), parent: Some(parent) };
            Ok(Spoken::text(add(call, &from, &order).await?.1))
        })
    }
}

async fn list(call: &mut Call<'_>, parent: Option<crate::domain::ids::TaskNo>) -> Outcome {
    let mut all = origins::of_source(call.conn, Source::Problem, parent).await?;
    all.retain(|one| call.may_tell(one.confidential));
    if !call.asker.roles.iter().any(|role| READERS.contains(role)) {
        let mut own = Vec::new();
        for one in all {
            let owed = filings::of_task(call.conn, one.task).await?;
            if owed.iter().any(|owed| call.asker.answers_for(owed.filing.owner)) {
                own.push(one);
            }
        }
        all = own;
    }
    Ok(Spoken::text(wording::list(Source::Problem, &all)))
}
