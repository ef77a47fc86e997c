//! `set_due` and `campaign`: the office gives a term to what has none (定期限), and a start and an end to a campaign (百日).

use chrono::{Duration, NaiveDate};
use futures::future::BoxFuture;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::ids::TaskNo;
use crate::domain::people::Role;
use crate::domain::period::Cadence;
use crate::domain::review::{self, NewDue};
use crate::domain::task::{TaskState, duty_label};
use crate::store::filings;
use crate::store::terms::{self, Set, Term};
use crate::wording::{Spoken, refusal, term};

/// Days of a campaign where nothing else is said.
const DAYS: i64 = 100;
/// Days a campaign may have at most; more is surely a slip.
const DAYS_MAX: i64 = 400;

/// Words for cadences, as the office says them.
const CADENCES: [(&str, Cadence); 5] = [
    ("每周", Cadence::Week),
    ("每月", Cadence::Month),
    ("每季", Cadence::Quarter),
    ("每半年", Cadence::Half),
    ("每年", Cadence::Year),
];

/// Sets the term of a duty that waits for one.
pub struct SetDue;

impl Command for SetDue {
    fn name(&self) -> &'static str {
        "set_due"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["定期限", "定时限"]
    }
    fn usage(&self) -> &'static str {
        "定期限 编号 日期、每月或作废"
    }
    fn help(&self) -> &'static str {
        "给没写明时限的要求定下时限,定了才开始催"
    }
    fn example(&self) -> &'static str {
        "定期限 6 6月30日"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (item, rest) = one_item(self, call, rest).await?;
            let set = read(rest, call.now.today())
                .ok_or_else(|| Trouble::refused(refusal::usage(self.usage(), self.example())))?;
            let label = |seq| duty_label(item.task, seq, 2);
            let held: Vec<Term> =
                chosen(call, item).await?.into_iter().filter(|it| it.hold.is_some()).collect();
            let it = match held.as_slice() {
                [it] => it,
                [] => return Err(Trouble::refused(term::nothing_waits(item.task))),
                several => {
                    let labels: Vec<String> = several.iter().map(|it| label(it.seq)).collect();
                    return Err(Trouble::refused(term::which(&labels)));
                }
            };
            if let Set::Due(day) = set
                && day < call.now.today()
            {
                return Err(Trouble::refused(refusal::refused(item.task, review::Refusal::InThePast)));
            }
            let opened = terms::set(call.conn, (item.task, it), set, (call.now, call.cause)).await?;
            let draft = it.task_state == TaskState::Draft;
            Ok(Spoken::text(term::set(
                &label(it.seq),
                &it.text,
                &set_words(set, call.now.today()),
                opened,
                draft,
            )))
        })
    }
}

/// Sets a start and an end for a duty that has no day.
pub struct Campaign;

impl Command for Campaign {
    fn name(&self) -> &'static str {
        "campaign"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["百日"]
    }
    fn usage(&self) -> &'static str {
        "百日 编号 起始日期 [天数]"
    }
    fn help(&self) -> &'static str {
        "给会战定起点,之后有倒计时、节点和每周进度"
    }
    fn example(&self) -> &'static str {
        "百日 14.2 5月18日"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let (item, rest) = one_item(self, call, rest).await?;
            let (starts, rest) = args::take_date(rest, call.now.today()).ok_or_else(usage)?;
            let days = match rest.trim().trim_end_matches('天') {
                "" => DAYS,
                days => days.parse().ok().filter(|days| (2..=DAYS_MAX).contains(days)).ok_or_else(usage)?,
            };
            let ends = starts + Duration::days(days - 1);
            let open: Vec<Term> = chosen(call, item).await?.into_iter().filter(|it| it.undated).collect();
            if open.is_empty() {
                return Err(Trouble::refused(term::no_campaign(item.task)));
            }
            let filings = start(call, item.task, &open, (starts, ends)).await?;
            Ok(Spoken::text(term::campaign(item.task, (starts, ends), days, filings, call.now.today())))
        })
    }
}

/// Gives every filing of these duties the campaign's end as its day; returns how many.
async fn start(
    call: &mut Call<'_>,
    task: TaskNo,
    open: &[Term],
    (starts, ends): (NaiveDate, NaiveDate),
) -> Result<usize, Trouble> {
    for it in open {
        terms::set_start(call.conn, it, starts).await?;
    }
    let new =
        NewDue { on: ends, at: call.now.end_of(ends), granted_at: call.now.at(), today: call.now.today() };
    let mut changed = 0;
    for owed in filings::of_task(call.conn, task).await? {
        let is_meant = open.iter().any(|it| it.duty == owed.duty) && owed.filing.standing.state.is_owed();
        if !is_meant || owed.filing.standing.due_on.is_some() {
            continue;
        }
        let refuse = |why| Trouble::refused(refusal::refused(task, why));
        let after = review::set_due(&owed.filing, new).map_err(refuse)?;
        call.change(&owed, &after, ("campaign_set", serde_json::json!({ "starts": starts, "ends": ends })))
            .await?;
        changed += 1;
    }
    Ok(changed)
}

async fn one_item<'t>(
    command: &dyn Command,
    call: &mut Call<'_>,
    rest: &'t str,
) -> Result<(args::Item, &'t str), Trouble> {
    let (items, rest) = args::items_of(call, rest).await?;
    match items.as_slice() {
        [item] => Ok((*item, rest)),
        _ => Err(Trouble::refused(refusal::usage(command.usage(), command.example()))),
    }
}

/// The duties that an item names.
async fn chosen(call: &mut Call<'_>, item: args::Item) -> Result<Vec<Term>, Trouble> {
    let mut all = terms::of_task(call.conn, item.task).await?;
    all.retain(|it| item.seq.is_none_or(|seq| it.seq == seq));
    Ok(all)
}

/// A day, a cadence, or 作废.
fn read(rest: &str, today: NaiveDate) -> Option<Set> {
    let word = rest.trim();
    if let Some((_, cadence)) = CADENCES.iter().find(|(known, _)| word.starts_with(known)) {
        return Some(Set::Every(*cadence));
    }
    if word == "作废" {
        return Some(Set::Dropped);
    }
    args::take_date(word, today).map(|(day, _)| Set::Due(day))
}

fn set_words(set: Set, today: NaiveDate) -> String {
    match set {
        Set::Due(day) => term::due(day, today),
        Set::Every(cadence) => {
            CADENCES.iter().find(|(_, known)| *known == cadence).map_or("", |(word, _)| word).to_owned()
                + "一次"
        }
        Set::Dropped => "作废,不再催".to_owned(),
    }
}
