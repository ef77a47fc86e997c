//! `exempt` (容错): a unit asks that what was not in its power be not counted; the office approves, or decides by itself.

use futures::future::BoxFuture;

use crate::commands::close::{Decision, decide};
use crate::commands::{Call, Command, EVERYBODY, Outcome, Trouble, args};
use crate::domain::filing::{FilingState, Owner};
use crate::domain::ids::{FilingId, TaskNo, UnitId};
use crate::domain::people::Role;
use crate::domain::reason::Reason;
use crate::domain::review;
use crate::store::exemptions;
use crate::store::filings::{self, Owed};
use crate::wording::{Spoken, life as wording, refusal, short};

/// Exempts, or asks for it.
pub struct Exempt;

impl Command for Exempt {
    fn name(&self) -> &'static str {
        "exempt"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["容错"]
    }
    fn usage(&self) -> &'static str {
        "容错 编号 [单位] 原因|容错 清单|容错 取消 编号 [单位]"
    }
    fn help(&self) -> &'static str {
        "非主观原因办不成的,申请或批准不计入"
    }
    fn example(&self) -> &'static str {
        "容错 12 汛期道路中断"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if rest.trim() == "清单" {
                return list(call).await;
            }
            if let Some(rest) = rest.trim().strip_prefix("取消") {
                return lift(call, rest.trim()).await;
            }
            let (items, rest) = args::items_of(call, rest).await?;
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let [item] = items.as_slice() else {
                return Err(usage());
            };
            let (unit, reason) = args::take_unit(call, rest).await?;
            if reason.is_empty() {
                return Err(usage());
            }
            let unit = unit.map(|unit| unit.id);
            if call.asker.is_office() {
                approve(call, *item, unit, reason).await
            } else {
                ask(call, *item, reason).await
            }
        })
    }
}

fn is_meant(owed: &Owed, item: args::Item) -> bool {
    item.seq.is_none_or(|seq| owed.seq == seq)
        && !owed.filing.standing.state.is_settled()
        && !owed.filing.progress
}

/// A unit asks for its own filings; the office gets it with its next card of decisions.
async fn ask(call: &mut Call<'_>, item: args::Item, reason: &str) -> Outcome {
    let all = filings::of_task(call.conn, item.task).await?;
    let own: Vec<Owed> = all
        .into_iter()
        .filter(|owed| is_meant(owed, item) && call.asker.answers_for(owed.filing.owner))
        .collect();
    if own.is_empty() {
        return Err(Trouble::refused(refusal::nothing_to_report(item.task)));
    }
    for owed in &own {
        let refuse = |why| Trouble::refused(refusal::refused(item.task, why));
        let after = review::ask_exempt(&owed.filing, &short(reason, 200)).map_err(refuse)?;
        call.change(owed, &after, ("exemption_asked", serde_json::json!({ "reason": reason }))).await?;
        call.ask_office(owed, &after, Reason::ExemptionAsked).await?;
    }
    Ok(Spoken::text(wording::exemption_asked(item.task, &short(reason, 40))))
}

/// The office exempts what one unit owes; those who have asked go before those who have not.
async fn approve(call: &mut Call<'_>, item: args::Item, unit: Option<UnitId>, reason: &str) -> Outcome {
    let all = filings::of_task(call.conn, item.task).await?;
    let mut fits: Vec<Owed> = all
        .into_iter()
        .filter(|owed| is_meant(owed, item))
        .filter(|owed| unit.is_none_or(|unit| owed.filing.owner == Owner::Unit(unit)))
        .collect();
    if unit.is_none() && fits.iter().any(|owed| owed.filing.standing.asked_exempt.is_some()) {
        fits.retain(|owed| owed.filing.standing.asked_exempt.is_some());
    }
    let mut owners: Vec<&str> = fits.iter().map(|owed| owed.owner.as_str()).collect();
    owners.sort_unstable();
    owners.dedup();
    match owners.as_slice() {
        [] => return Err(Trouble::refused(refusal::refused(item.task, review::Refusal::NotOwed))),
        [_] => {}
        several => return Err(Trouble::refused(wording::exempt_whom(item.task, several))),
    }
    exempt_all(call, item.task, &fits, reason).await
}

async fn exempt_all(call: &mut Call<'_>, task: TaskNo, chosen: &[Owed], reason: &str) -> Outcome {
    let mut owners: Vec<String> = Vec::new();
    for owed in chosen {
        let refuse = |why| Trouble::refused(refusal::refused(task, why));
        let after = review::exempt(&owed.filing).map_err(refuse)?;
        let why =
            owed.filing.standing.asked_exempt.as_deref().filter(|_| reason.is_empty()).unwrap_or(reason);
        let decision = Decision { act: "exempt", what: "exempted", reason: why, new_due: None };
        decide(call, owed, &after, decision).await?;
        call.tell_owner(owed, wording::you_are_exempt(task, &owed.title, &owed.owner)).await?;
        if !owners.contains(&owed.owner) {
            owners.push(owed.owner.clone());
        }
    }
    crate::commands::ending::finish(call, task).await?;
    Ok(Spoken::text(wording::exempted(task, &owners)))
}

/// Approves what was asked for, by its button.
pub async fn exempt_one(call: &mut Call<'_>, filing: FilingId) -> Outcome {
    let owed = asked(call, filing).await?;
    let task = owed.task;
    exempt_all(call, task, &[owed], "").await
}

/// Does not approve what was asked for, by its button.
pub async fn refuse_one(call: &mut Call<'_>, filing: FilingId) -> Outcome {
    let owed = asked(call, filing).await?;
    let stale = |_| Trouble::refused(refusal::stale_button());
    let after = review::refuse_exempt(&owed.filing).map_err(stale)?;
    let decision = Decision { act: "refuse_exempt", what: "exemption_refused", reason: "", new_due: None };
    decide(call, &owed, &after, decision).await?;
    call.tell_owner(&owed, wording::you_are_not_exempt(owed.task, &owed.title, &owed.owner)).await?;
    Ok(Spoken::text(wording::exemption_refused(owed.task, &owed.owner)))
}

async fn asked(call: &mut Call<'_>, filing: FilingId) -> Result<Owed, Trouble> {
    filings::get(call.conn, filing)
        .await?
        .filter(|owed| owed.filing.standing.asked_exempt.is_some())
        .ok_or_else(|| Trouble::refused(refusal::stale_button()))
}

/// The office takes exemptions back.
async fn lift(call: &mut Call<'_>, rest: &str) -> Outcome {
    if !call.asker.is_office() {
        return Err(Trouble::refused(refusal::not_allowed("容错 取消")));
    }
    let (items, rest) = args::items_of(call, rest).await?;
    let [item] = items.as_slice() else {
        return Err(Trouble::refused(refusal::usage(Exempt.usage(), "容错 取消 12 县财政局")));
    };
    let (unit, _) = args::take_unit(call, rest).await?;
    let mut owners: Vec<String> = Vec::new();
    for owed in filings::of_task(call.conn, item.task).await? {
        let meant = unit.as_ref().is_none_or(|unit| owed.filing.owner == Owner::Unit(unit.id));
        if !meant || owed.filing.standing.state != FilingState::Exempt {
            continue;
        }
        let stale = |why| Trouble::refused(refusal::refused(item.task, why));
        let after = review::lift_exempt(&owed.filing, call.now.at()).map_err(stale)?;
        let decision = Decision { act: "lift_exempt", what: "exemption_lifted", reason: "", new_due: None };
        decide(call, &owed, &after, decision).await?;
        call.tell_owner(&owed, wording::you_are_counted_again(owed.task, &owed.title, &owed.owner)).await?;
        if !owners.contains(&owed.owner) {
            owners.push(owed.owner.clone());
        }
    }
    if owners.is_empty() {
        return Err(Trouble::refused(refusal::refused(item.task, review::Refusal::NothingClaimed)));
    }
    crate::store::life::reopen(call.conn, item.task, call.cause).await?;
    Ok(Spoken::text(wording::exemption_lifted(item.task, &owners)))
}

/// The list: for the office's readers all of it, for others their own.
async fn list(call: &mut Call<'_>) -> Outcome {
    let reads_all = call.asker.roles.iter().any(|role| crate::commands::READERS.contains(role));
    let all = exemptions::all(call.conn).await?;
    let lines: Vec<wording::ExemptLine> = all
        .into_iter()
        .filter(|(owed, _)| {
            (reads_all || call.asker.answers_for(owed.filing.owner)) && call.may_tell(owed.confidential)
        })
        .map(|(owed, reason)| wording::ExemptLine {
            task: owed.task,
            title: short(&owed.title, 16),
            owner: owed.owner,
            reason: short(&reason, 30),
            approved: owed.filing.standing.state == FilingState::Exempt,
        })
        .collect();
    Ok(Spoken::text(wording::exemptions(&lines)))
}
