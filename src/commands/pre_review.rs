//! `pre-review` (预审): the lead unit says what it thinks of a claim before the office decides; only the office closes.

use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::{Call, Command, EVERYBODY, Outcome, Trouble, args};
use crate::domain::filing::{FilingState, Owner};
use crate::domain::people::Role;
use crate::domain::review;
use crate::store::history::{self, About};
use crate::store::{filings, letters, tasks};
use crate::wording::{Spoken, command, refusal, short};

/// Says what the lead thinks.
pub struct PreReview;

impl Command for PreReview {
    fn name(&self) -> &'static str {
        "pre_review"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["预审"]
    }
    fn usage(&self) -> &'static str {
        "预审 编号 单位 意见"
    }
    fn help(&self) -> &'static str {
        "牵头单位对报办结的先提意见,供督查室核验"
    }
    fn example(&self) -> &'static str {
        "预审 9 县财政局 材料齐全"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let (items, rest) = args::items_of(call, rest).await?;
            let [item] = items.as_slice() else {
                return Err(usage());
            };
            if !tasks::is_led_by(call.conn, item.task, &call.asker.units).await? {
                return Err(Trouble::refused(refusal::not_yours_to_review(item.task)));
            }
            let (unit, opinion) = args::take_unit(call, rest).await?;
            let Some(unit) = unit.filter(|_| !opinion.is_empty()) else {
                return Err(usage());
            };
            let mut claimed = filings::of_task(call.conn, item.task).await?;
            claimed.retain(|owed| {
                owed.filing.owner == Owner::Unit(unit.id)
                    && owed.filing.standing.state == FilingState::Claimed
                    && item.seq.is_none_or(|seq| owed.seq == seq)
            });
            if claimed.is_empty() {
                let why = review::Refusal::NothingClaimed;
                return Err(Trouble::refused(refusal::refused(item.task, why)));
            }
            let opinion = short(opinion, 100);
            for owed in &claimed {
                let about = About { task: Some(owed.task), filing: Some(owed.filing.id) };
                history::add(call.conn, call.cause, about, "pre_reviewed", &json!({ "text": opinion }))
                    .await?;
                letters::edit_cards_with(call.conn, owed.filing.id, call.now.at()).await?;
            }
            Ok(Spoken::text(command::pre_reviewed(item.task, &unit.short)))
        })
    }
}
