//! `window` (销号窗口): what is ripe to be written off and what still lacks, in one list for the office.

use std::collections::BTreeMap;

use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, READERS, Trouble};
use crate::domain::filing::FilingState;
use crate::domain::people::Role;
use crate::domain::period::{Cadence, Period};
use crate::store::agenda;
use crate::store::filings::Owed;
use crate::wording::window::{self as wording, Lacking, Ripe};
use crate::wording::{Spoken, refusal};

/// Shows the window.
pub struct Window;

impl Command for Window {
    fn name(&self) -> &'static str {
        "window"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["销号窗口", "窗口"]
    }
    fn usage(&self) -> &'static str {
        "销号窗口"
    }
    fn help(&self) -> &'static str {
        "看本季哪些可以销号、哪些还差什么"
    }
    fn example(&self) -> &'static str {
        "销号窗口"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if call.chat.group && !call.chat.office {
                return Err(Trouble::refused(refusal::office_only_here()));
            }
            let quarter = Period::containing(Cadence::Quarter, call.now.today());
            let ends = quarter.last_day().unwrap_or(call.now.today());
            let mut verified = agenda::to_verify(call.conn, ends).await?;
            verified.retain(|(owed, _)| call.may_tell(owed.confidential));
            let (ripe, lacking): (Vec<_>, Vec<_>) = verified
                .into_iter()
                .partition(|(owed, _)| owed.filing.standing.state == FilingState::Claimed);
            let text = wording::window(&quarter.chinese(), &ripe_of(ripe), &lacking_of(call, lacking));
            Ok(Spoken::text(text))
        })
    }
}

fn ripe_of(claimed: Vec<(Owed, i64)>) -> Vec<Ripe> {
    let mut by_task: BTreeMap<_, Ripe> = BTreeMap::new();
    for (owed, files) in claimed {
        let line = by_task.entry(owed.task).or_insert_with(|| Ripe {
            task: owed.task,
            title: owed.title.clone(),
            owners: Vec::new(),
            files: 0,
        });
        line.owners.push(owed.owner);
        line.files += files;
    }
    by_task.into_values().collect()
}

fn lacking_of(call: &Call<'_>, open: Vec<(Owed, i64)>) -> Vec<Lacking> {
    open.into_iter()
        .map(|(owed, _)| Lacking {
            task: owed.task,
            title: owed.title.clone(),
            owner: owed.owner.clone(),
            overdue: owed.filing.is_overdue(call.now.at()),
            due: owed.filing.standing.due_on,
            percent: owed.filing.standing.percent,
            blocker: owed.filing.standing.blocker.clone(),
            sent_back: owed.filing.standing.state == FilingState::SentBack,
        })
        .collect()
}
