//! `sources` and `systems`: how the items of every source stand (DOMAIN mechanism 54), and which of them lack one of the four
//! systems (四个体系闭环, 37).

use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, READERS, args};
use crate::domain::now::stamp;
use crate::domain::people::Role;
use crate::rules::systems::gaps;
use crate::store::{origins, systems};
use crate::wording::{Spoken, sources as wording, systems as told};

/// Counts by source.
pub struct Sources;

impl Command for Sources {
    fn name(&self) -> &'static str {
        "sources"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["来源"]
    }
    fn usage(&self) -> &'static str {
        "来源"
    }
    fn help(&self) -> &'static str {
        "按来源看办结率:方案、签批、议定、交办、企困、问题、暗访、金点子"
    }
    fn example(&self) -> &'static str {
        "来源"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let counts = origins::counts(call.conn, &stamp(call.now.at())).await?;
            let days = origins::days_to_first_word(call.conn).await?;
            Ok(Spoken::text(wording::counts(&counts, days)))
        })
    }
}

/// Says what is missing of the four systems.
pub struct Systems;

impl Command for Systems {
    fn name(&self) -> &'static str {
        "systems"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["四体系"]
    }
    fn usage(&self) -> &'static str {
        "四体系 [编号]"
    }
    fn help(&self) -> &'static str {
        "看事项谁管、怎么推、怎么考、谁负责,缺哪样"
    }
    fn example(&self) -> &'static str {
        "四体系"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, _) = args::items_of(call, rest).await?;
            let mut all = systems::all(call.conn).await?;
            all.retain(|one| call.may_tell(one.confidential));
            if let Some(item) = items.first() {
                all.retain(|one| one.task == item.task);
                return Ok(Spoken::text(told::systems_of(&all)));
            }
            let lacking: Vec<_> =
                all.iter().map(|one| (one, gaps(one))).filter(|(_, gaps)| !gaps.is_empty()).collect();
            Ok(Spoken::text(told::systems(all.len(), &lacking)))
        })
    }
}
