//! `handover` (接任): a post changes hands from a day on, or falls vacant. Old records keep the old holder; the successor
//! gets a hand-over card.

use chrono::NaiveDate;
use futures::future::BoxFuture;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args, posts};
use crate::domain::ids::{AccountId, HandoverId};
use crate::domain::people::{Rank, Role};
use crate::domain::tenure::HandoverState;
use crate::store::handovers::{self, NewHandover};
use crate::store::invites::Grant;
use crate::store::people::PostRow;
use crate::store::{people, posts as by_post, tenures};
use crate::wording::{Spoken, people as wording, refusal};

/// Words for nobody.
const NOBODY: [&str; 4] = ["空缺", "空岗", "暂缺", "离任"];
/// The longest name.
const NAME_MAX: usize = 20;

/// Hands a post over.
pub struct Handover;

impl Command for Handover {
    fn name(&self) -> &'static str {
        "handover"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["接任"]
    }
    fn usage(&self) -> &'static str {
        "接任 岗位 [姓名|空缺] [日期]"
    }
    fn help(&self) -> &'static str {
        "岗位换人或空缺,旧账留原任,新任收交接包;只写岗位看历任"
    }
    fn example(&self) -> &'static str {
        "接任 县发改局局长 李四 7月1日"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let (post, rest) = posts::take(call, rest).await?.ok_or_else(usage)?;
            if rest.is_empty() {
                return show(call, &post).await;
            }
            let (starts_on, name) = who_and_when(rest, call.now.today());
            let fits = (1..=NAME_MAX).contains(&name.chars().count()) && !name.contains(char::is_whitespace);
            if !fits {
                return Err(usage());
            }
            let name = Some(name.as_str()).filter(|name| !NOBODY.contains(name));
            let account = match name {
                Some(name) => known(call, name).await?,
                None => None,
            };
            hand_over(call, &post, NewHandover { post: post.id, name, account, starts_on }).await
        })
    }
}

/// Everybody who held the post.
async fn show(call: &mut Call<'_>, post: &PostRow) -> Outcome {
    let held = tenures::of_post(call.conn, post.id).await?;
    let planned = handovers::planned(call.conn).await?.into_iter().find(|one| one.post == post.id);
    Ok(Spoken::text(wording::holders(&post.title, &held, planned.as_ref(), call.now)))
}

/// The name and the first day, in either order; today where none is written.
fn who_and_when(rest: &str, today: NaiveDate) -> (NaiveDate, String) {
    let (day, name) = args::take_date(rest, today).unwrap_or_else(|| (today, rest.to_owned()));
    let name = name.trim().trim_start_matches(['起', '自', '从', '由']).trim_end_matches(['起', '自', '从']);
    (day, name.trim_end_matches("接任").trim().to_owned())
}

/// The account of the successor, where exactly one bound person is called so.
async fn known(call: &mut Call<'_>, name: &str) -> Result<Option<AccountId>, Trouble> {
    match by_post::accounts_called(call.conn, name).await?.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => Err(Trouble::refused(wording::several_called(name, several.len()))),
    }
}

async fn hand_over(call: &mut Call<'_>, post: &PostRow, new: NewHandover<'_>) -> Outcome {
    let made = handovers::plan(call.conn, new, call.cause).await?;
    if made.starts_on <= call.now.today() {
        let starts = call.now.instant_of(made.starts_on.and_time(chrono::NaiveTime::MIN));
        handovers::carry_out(call.conn, &made, (starts, call.now.at())).await?;
    }
    let code = match (&made.name, made.account) {
        (Some(_), None) => Some(posts::code(call, Grant::Post(post.id)).await?),
        _ => None,
    };
    let code = code.map(|(code, until)| (code, call.now.date_of(until)));
    let stands_in = match made.name {
        None if post.rank != Rank::County => Some(stands_in_for(call, post).await?),
        _ => None,
    };
    Ok(Spoken::text(wording::handed_over(&made, code, stands_in, call.now.today())))
}

/// Who hears meanwhile what the holder of a vacant post would: a deputy of the unit, where one is bound.
async fn stands_in_for(call: &mut Call<'_>, post: &PostRow) -> Result<Option<String>, Trouble> {
    for other in people::posts(call.conn).await? {
        let leads = matches!(other.rank, Rank::Head | Rank::Deputy) && other.unit_id == post.unit_id;
        if leads && other.id != post.id && !people::holders(call.conn, other.id).await?.is_empty() {
            return Ok(Some(other.title));
        }
    }
    Ok(None)
}

/// Takes a hand-over back, unless the successor has reported since.
pub(super) async fn take_back(call: &mut Call<'_>, id: HandoverId) -> Result<String, Trouble> {
    let late = || Trouble::refused(refusal::too_late_to_undo());
    let made = handovers::get(call.conn, id).await?.ok_or_else(late)?;
    if made.state == HandoverState::Undone || tenures::has_acted(call.conn, id).await? {
        return Err(late());
    }
    handovers::undo(call.conn, &made, call.cause).await?;
    Ok(wording::handover_undone(&made.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_day_come_in_any_order() {
        let today = NaiveDate::from_ymd_opt(2022, 6, 27).expect("a day");
        let read = |text: &str| {
            let (day, name) = who_and_when(text, today);
            format!("{name} {day}")
        };
        assert_eq!(read("李四 7月1日"), "李四 2022-07-01");
        assert_eq!(read("7月1日起由李四接任"), "李四 2022-07-01");
        assert_eq!(read("李四"), "李四 2022-06-27");
        assert_eq!(read("空缺 2022-06-01"), "空缺 2022-06-01");
    }
}
