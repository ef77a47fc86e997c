//! `close` and `send-back`: the office accepts a claim (销号) or returns it with a reason (退回).

use futures::future::BoxFuture;
use serde_json::json;

use crate::commands::reporting::line::{self, Asks, Awaited};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args, ending, sources};
use crate::domain::filing::{FilingState, Owner, Standing};
use crate::domain::ids::{FilingId, TaskNo, UnitId};
use crate::domain::people::Role;
use crate::domain::review::{self, Refusal};
use crate::domain::task::{TaskState, duty_label};
use crate::store::filings::{self, Owed};
use crate::store::reports::{self, Review};
use crate::store::{life, tasks};
use crate::wording::{Spoken, command, refusal};

/// Accepts.
pub struct Close;

impl Command for Close {
    fn name(&self) -> &'static str {
        "close"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["销号"]
    }
    fn usage(&self) -> &'static str {
        "销号 编号 [单位] [意见]"
    }
    fn help(&self) -> &'static str {
        "核验通过,销号"
    }
    fn example(&self) -> &'static str {
        "销号 12 材料齐全"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn touches(&self, owed: &Owed) -> bool {
        owed.filing.standing.state == FilingState::Claimed
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, rest) = args::items_of(call, rest).await?;
            if items.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            let (unit, reason) = args::take_unit(call, rest).await?;
            let mut lines = Vec::new();
            for item in items {
                let chosen =
                    to_close(call, item, unit.as_ref().map(|unit| unit.id), !reason.is_empty()).await?;
                lines.push(close(call, item.task, &chosen, reason).await?);
            }
            Ok(Spoken::text(lines.join("\n")))
        })
    }
}

/// What a close is about: what was claimed; or, with a reason given, what a single owner still owes (proof on paper).
async fn to_close(
    call: &mut Call<'_>,
    item: args::Item,
    unit: Option<UnitId>,
    has_reason: bool,
) -> Result<Vec<Owed>, Trouble> {
    let all = of_item(call, item, unit).await?;
    let claimed: Vec<Owed> =
        all.iter().filter(|owed| owed.filing.standing.state == FilingState::Claimed).cloned().collect();
    if !claimed.is_empty() {
        return Ok(claimed);
    }
    let owed: Vec<Owed> = all
        .iter()
        .filter(|owed| {
            owed.filing.standing.state.is_owed() && !owed.filing.progress && !owed.filing.is_recurring()
        })
        .cloned()
        .collect();
    let one_owner =
        owed.first().is_some_and(|first| owed.iter().all(|owed| owed.filing.owner == first.filing.owner));
    match (owed.is_empty(), one_owner && has_reason) {
        // What is owed once is settled; what comes round ends with the office's word, said of the item and of nobody's part.
        (true, _) if unit.is_none() && item.seq.is_none() && is_running(call, item.task).await? => {
            if has_reason {
                Ok(Vec::new())
            } else {
                Err(Trouble::refused(command::close_whole_how(item.task)))
            }
        }
        (true, _) => Err(Trouble::refused(refusal::refused(item.task, Refusal::AlreadyClosed))),
        (false, true) => Ok(owed),
        (false, false) => Err(Trouble::refused(command::nothing_claimed(item.task))),
    }
}

async fn is_running(call: &mut Call<'_>, task: TaskNo) -> Result<bool, Trouble> {
    let stamp = crate::domain::now::stamp(call.now.at());
    Ok(tasks::get(call.conn, task, &stamp).await?.is_some_and(|task| task.state == TaskState::Running))
}

async fn of_item(call: &mut Call<'_>, item: args::Item, unit: Option<UnitId>) -> Result<Vec<Owed>, Trouble> {
    let mut all = filings::of_task(call.conn, item.task).await?;
    all.retain(|owed| item.seq.is_none_or(|seq| owed.seq == seq));
    all.retain(|owed| unit.is_none_or(|unit| owed.filing.owner == Owner::Unit(unit)));
    Ok(all)
}

/// Accepts filings of one item, which closes it where nothing else is owed.
pub(super) async fn close(
    call: &mut Call<'_>,
    task: TaskNo,
    chosen: &[Owed],
    reason: &str,
) -> Result<String, Trouble> {
    sources::check_second_look(call, task).await?;
    let mut owners: Vec<String> = Vec::new();
    let title = chosen.first().map(|owed| call.title_of(owed)).unwrap_or_default();
    for owed in chosen {
        let after =
            review::close(&owed.filing).map_err(|why| Trouble::refused(refusal::refused(task, why)))?;
        decide(call, owed, &after, Decision { act: "close", what: "closed", reason, new_due: None }).await?;
        call.tell_owner(owed, command::your_claim_was_closed(task, &owed.title, &owed.owner, reason)).await?;
        if !owners.contains(&owed.owner) {
            owners.push(owed.owner.clone());
        }
    }
    let whole = if chosen.is_empty() {
        ending::close(call, task, TaskState::Running).await?;
        true
    } else {
        ending::finish(call, task).await?
    };
    Ok(command::closed(task, &title, &owners, whole))
}

/// What the office decided about a filing.
pub(super) struct Decision<'a> {
    /// The word of the review row.
    pub act: &'static str,
    /// The word of history.
    pub what: &'static str,
    /// Why.
    pub reason: &'a str,
    /// The new day, for extensions.
    pub new_due: Option<chrono::NaiveDate>,
}

/// Writes a decision: the filing, its line of history, the cards that show it, and the review row.
pub(super) async fn decide(
    call: &mut Call<'_>,
    owed: &Owed,
    after: &Standing,
    decision: Decision<'_>,
) -> Result<(), Trouble> {
    let mut detail = json!({ "reason": decision.reason });
    if let Some(to) = decision.new_due {
        detail["to"] = json!(to.to_string());
    }
    call.change(owed, after, (decision.what, detail)).await?;
    let row = Review {
        filing: owed.filing.id,
        act: decision.act,
        reason: Some(decision.reason.to_owned()).filter(|reason| !reason.is_empty()),
        new_due: decision.new_due,
        account: call.cause.account,
        inbox: call.cause.inbox,
        happened_at: call.heard.said_at,
    };
    reports::add_review(call.conn, &row, call.now.at()).await?;
    Ok(())
}

/// Accepts one filing, by its button.
pub async fn close_one(call: &mut Call<'_>, filing: FilingId) -> Outcome {
    let owed = claimed(call, filing).await?;
    let task = owed.task;
    let together = together(call, owed).await?;
    Ok(Spoken::text(close(call, task, &together, "").await?))
}

/// A filing with the others of its owner that stand on the card with it: those that the same words were about.
pub(super) async fn together(call: &mut Call<'_>, owed: Owed) -> Result<Vec<Owed>, Trouble> {
    let mut all = filings::of_task(call.conn, owed.task).await?;
    all.retain(|other| {
        let same = other.filing.id == owed.filing.id;
        let with =
            other.filing.owner == owed.filing.owner && other.filing.standing.came_with(&owed.filing.standing);
        same || with
    });
    Ok(all)
}

/// A filing that is claimed; a button on anything else is stale.
async fn claimed(call: &mut Call<'_>, filing: FilingId) -> Result<Owed, Trouble> {
    filings::get(call.conn, filing)
        .await?
        .filter(|owed| owed.filing.standing.state == FilingState::Claimed)
        .ok_or_else(|| Trouble::refused(refusal::stale_button()))
}

/// Asks for the reason of a return, by its button.
pub async fn ask_why(call: &mut Call<'_>, filing: FilingId) -> Outcome {
    let owed = claimed(call, filing).await?;
    let label = duty_label(owed.task, owed.seq, owed.duties);
    let owner = matches!(owed.filing.owner, Owner::Unit(_)).then_some(owed.owner.as_str());
    let awaited = Awaited { asks: Asks::Return(filing), task: owed.task, card: None };
    line::expect(call, &awaited).await?;
    Ok(Spoken::text(command::why_send_back(&label, owner)))
}

/// Returns one filing, for the reason that was asked for by its button.
pub(super) async fn return_one(call: &mut Call<'_>, filing: FilingId, reason: &str) -> Outcome {
    let owed = claimed(call, filing).await?;
    if reason.is_empty() {
        return Err(Trouble::refused(command::why_send_back(&format!("#{}", owed.task), None)));
    }
    let answer = command::sent_back(owed.task, std::slice::from_ref(&owed.owner), reason);
    for owed in together(call, owed).await? {
        return_filing(call, &owed, reason).await?;
    }
    Ok(Spoken::text(answer))
}

/// Returns.
pub struct SendBack;

impl Command for SendBack {
    fn name(&self) -> &'static str {
        "send_back"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["退回"]
    }
    fn usage(&self) -> &'static str {
        "退回 编号 [单位] 原因"
    }
    fn help(&self) -> &'static str {
        "核验不通过,退回补齐"
    }
    fn example(&self) -> &'static str {
        "退回 12 缺验收单"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, rest) = args::items_of(call, rest).await?;
            let (unit, reason) = args::take_unit(call, rest).await?;
            let [item] = items.as_slice() else {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            };
            if reason.is_empty() {
                return Err(Trouble::refused(command::why_send_back(&format!("#{}", item.task), None)));
            }
            let unit = unit.as_ref().map(|unit| unit.id);
            Ok(Spoken::text(send_back(call, *item, unit, reason).await?))
        })
    }
}

async fn send_back(
    call: &mut Call<'_>,
    item: args::Item,
    unit: Option<UnitId>,
    reason: &str,
) -> Result<String, Trouble> {
    let all = of_item(call, item, unit).await?;
    let chosen = to_send_back(&all);
    let mut owners: Vec<String> = chosen.iter().map(|owed| owed.owner.clone()).collect();
    owners.sort();
    owners.dedup();
    match owners.as_slice() {
        [] => return Err(Trouble::refused(refusal::refused(item.task, Refusal::NothingClaimed))),
        [_] => {}
        several => {
            let names: Vec<&str> = several.iter().map(String::as_str).collect();
            return Err(Trouble::refused(refusal::which_unit(item.task, &names)));
        }
    }
    for owed in chosen {
        return_filing(call, owed, reason).await?;
    }
    Ok(command::sent_back(item.task, &owners, reason))
}

/// Returns one filing with a reason.
pub(super) async fn return_filing(call: &mut Call<'_>, owed: &Owed, reason: &str) -> Result<(), Trouble> {
    if owed.filing.standing.state == FilingState::Accepted {
        life::reopen(call.conn, owed.task, call.cause).await?;
    }
    let refuse = |why| Trouble::refused(refusal::refused(owed.task, why));
    let after = review::send_back(&owed.filing, call.now.at()).map_err(refuse)?;
    let decision = Decision { act: "send_back", what: "sent_back", reason, new_due: None };
    decide(call, owed, &after, decision).await?;
    let told = command::your_claim_was_sent_back(owed.task, &owed.title, &owed.owner, reason);
    call.tell_owner(owed, told).await?;
    Ok(())
}

/// What a return is about: what was claimed; or, of what was accepted (on receipt, or too early), the newest of each
/// owner. The progress ask is nothing to return.
fn to_send_back(all: &[Owed]) -> Vec<&Owed> {
    let in_state = |state| all.iter().filter(move |owed: &&Owed| owed.filing.standing.state == state);
    let claimed: Vec<&Owed> = in_state(FilingState::Claimed).collect();
    if !claimed.is_empty() {
        return claimed;
    }
    let mut newest: Vec<&Owed> = Vec::new();
    for owed in in_state(FilingState::Accepted).filter(|owed| !owed.filing.progress) {
        match newest.iter_mut().find(|known| known.filing.owner == owed.filing.owner) {
            Some(known) if known.filing.opened_at < owed.filing.opened_at => *known = owed,
            Some(_) => {}
            None => newest.push(owed),
        }
    }
    newest
}
