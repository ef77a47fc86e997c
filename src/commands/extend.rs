//! `extend`: the office grants more time, asked for or not.

use chrono::NaiveDate;
use futures::future::BoxFuture;

use crate::commands::close::{Decision, decide, together};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::filing::Owner;
use crate::domain::ids::{FilingId, UnitId};
use crate::domain::people::Role;
use crate::domain::review::{self, NewDue};
use crate::store::filings::{self, Owed};
use crate::wording::{Spoken, command, refusal};

/// Grants more time.
pub struct Extend;

impl Command for Extend {
    fn name(&self) -> &'static str {
        "extend"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["延期"]
    }
    fn usage(&self) -> &'static str {
        "延期 编号 [单位] [日期] [原因]"
    }
    fn help(&self) -> &'static str {
        "同意延期;不写日期就按申请的日期"
    }
    fn example(&self) -> &'static str {
        "延期 12 6月30日 汛期影响施工"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, rest) = args::items_of(call, rest).await?;
            let (unit, rest) = args::take_unit(call, rest).await?;
            let [item] = items.as_slice() else {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            };
            let (to, reason) = match args::take_date(rest, call.now.today()) {
                Some((to, reason)) => (Some(to), reason),
                None => (None, rest.to_owned()),
            };
            let chosen = to_extend(call, *item, unit.as_ref().map(|unit| unit.id), to.is_some()).await?;
            grant(call, &chosen, to, &reason).await
        })
    }
}

/// What may be extended: what an extension was asked for; where nobody asked, what one unit owes once. A claim is for
/// review and is not extended over its writer's head.
async fn to_extend(
    call: &mut Call<'_>,
    item: args::Item,
    unit: Option<UnitId>,
    dated: bool,
) -> Result<Vec<Owed>, Trouble> {
    let all = filings::of_task(call.conn, item.task).await?;
    let fits: Vec<Owed> = all
        .into_iter()
        .filter(|owed| item.seq.is_none_or(|seq| owed.seq == seq))
        .filter(|owed| unit.is_none_or(|unit| owed.filing.owner == Owner::Unit(unit)))
        .filter(|owed| !owed.filing.is_recurring() && owed.filing.standing.state.is_owed())
        .collect();
    let asked: Vec<Owed> =
        fits.iter().filter(|owed| owed.filing.standing.asked_due.is_some()).cloned().collect();
    if !asked.is_empty() {
        return Ok(asked);
    }
    if !dated {
        return Err(Trouble::refused(command::extend_to_when(item.task)));
    }
    // A day given to an item that has none would make it overdue one day: only what has a day, where there is such.
    let with_day: Vec<Owed> =
        fits.iter().filter(|owed| owed.filing.standing.due_on.is_some()).cloned().collect();
    let chosen = if with_day.is_empty() { fits } else { with_day };
    let mut owners: Vec<&str> = chosen.iter().map(|owed| owed.owner.as_str()).collect();
    owners.sort_unstable();
    owners.dedup();
    match (owners.as_slice(), unit.is_some() || item.seq.is_some()) {
        ([], _) => Err(Trouble::refused(refusal::refused(item.task, review::Refusal::Recurring))),
        ([_], _) | (_, true) => Ok(chosen),
        (several, false) => Err(Trouble::refused(command::extend_for_whom(item.task, several))),
    }
}

async fn grant(call: &mut Call<'_>, chosen: &[Owed], to: Option<NaiveDate>, reason: &str) -> Outcome {
    let mut lines: Vec<String> = Vec::new();
    for owed in chosen {
        let ask = || Trouble::refused(command::extend_to_when(owed.task));
        let on = to.or(owed.filing.standing.asked_due).ok_or_else(ask)?;
        let new = NewDue { on, at: call.now.end_of(on), granted_at: call.now.at(), today: call.now.today() };
        let refuse = |why| Trouble::refused(refusal::refused(owed.task, why));
        let after = review::extend(&owed.filing, new).map_err(refuse)?;
        decide(call, owed, &after, Decision { act: "extend", what: "extended", reason, new_due: Some(on) })
            .await?;
        let told = command::your_term_was_extended(owed.task, &owed.title, &owed.owner, on, call.now.today());
        call.tell_owner(owed, told).await?;
        lines.push(command::extended(owed.task, std::slice::from_ref(&owed.owner), on, call.now.today()));
    }
    lines.dedup();
    Ok(Spoken::text(lines.join("\n")))
}

/// Grants one filing more time, to a day that the office has set.
pub(super) async fn grant_to(call: &mut Call<'_>, filing: FilingId, to: NaiveDate, reason: &str) -> Outcome {
    let stale = || Trouble::refused(refusal::stale_button());
    let owed = filings::get(call.conn, filing).await?.ok_or_else(stale)?;
    grant(call, &[owed], Some(to), reason).await
}

/// Grants what was asked for, by its button.
pub async fn grant_one(call: &mut Call<'_>, filing: FilingId) -> Outcome {
    let stale = || Trouble::refused(refusal::stale_button());
    let owed = filings::get(call.conn, filing)
        .await?
        .filter(|owed| owed.filing.standing.asked_due.is_some())
        .ok_or_else(stale)?;
    let together = together(call, owed).await?;
    grant(call, &together, None, "").await
}

/// Does not grant what was asked for, by its button.
pub async fn decline_one(call: &mut Call<'_>, filing: FilingId) -> Outcome {
    let stale = || Trouble::refused(refusal::stale_button());
    let owed = filings::get(call.conn, filing).await?.ok_or_else(stale)?;
    let answer = command::declined(owed.task, &owed.owner);
    for owed in together(call, owed).await? {
        let after = review::decline(&owed.filing).map_err(|_| stale())?;
        let decision = Decision { act: "decline", what: "declined", reason: "", new_due: None };
        decide(call, &owed, &after, decision).await?;
        call.tell_owner(&owed, command::your_term_stays(owed.task, &owed.title, &owed.owner)).await?;
    }
    Ok(Spoken::text(answer))
}
