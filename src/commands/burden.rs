//! `burden`: the ledger of the bot's own disturbance (减负账).

use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, READERS, Trouble};
use crate::domain::people::Role;
use crate::domain::period::{Cadence, Period};
use crate::store::burden;
use crate::wording::lists::{self, BurdenLine};
use crate::wording::{Spoken, refusal};

/// Shows how much was asked of whom.
pub struct Burden;

impl Command for Burden {
    fn name(&self) -> &'static str {
        "burden"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["减负账", "减负"]
    }
    fn usage(&self) -> &'static str {
        "减负账 [上周]"
    }
    fn help(&self) -> &'static str {
        "看机器人一周打扰了谁几次"
    }
    fn example(&self) -> &'static str {
        "减负账 上周"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if call.chat.group && !call.chat.office {
                return Err(Trouble::refused(refusal::office_only_here()));
            }
            let this = Period::containing(Cadence::Week, call.now.today());
            let week = if rest.contains("上周") { this.previous().unwrap_or(this) } else { this };
            let (Some(first), Some(last)) = (week.first_day(), week.last_day()) else {
                return Ok(Spoken::text(lists::burden(&week.chinese(), &[])));
            };
            let from = call.now.instant_of(first.and_time(chrono::NaiveTime::MIN));
            let lines = burden::between(call.conn, from, call.now.end_of(last)).await?;
            let lines: Vec<BurdenLine> = lines
                .into_iter()
                .map(|one| BurdenLine {
                    name: one.name,
                    cards: one.cards,
                    private: one.private,
                    items: one.items,
                    answers: one.answers,
                })
                .collect();
            Ok(Spoken::text(lists::burden(&week.chinese(), &lines)))
        })
    }
}
