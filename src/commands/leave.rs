//! `leave` (请假) and `back` (销假): who is away from when to when, and who stands in meanwhile.

use chrono::NaiveDate;
use futures::future::BoxFuture;

use crate::commands::{Call, Command, HOLDERS, Outcome, READERS, Trouble, posts};
use crate::domain::chinese::date::dates;
use crate::domain::ids::{AccountId, LeaveId};
use crate::domain::people::{Rank, Role};
use crate::domain::tenure::{self, LeaveState, can_end_early, leave_on};
use crate::store::leaves::{self, NewLeave};
use crate::store::people::{self, PostRow};
use crate::store::posts as by_post;
use crate::wording::{Spoken, people as wording, refusal};

/// The longest leave, in days.
const DAYS_MAX: i64 = 366;
/// Words before and after the one who stands in.
const AROUND: [&str; 6] = ["期间", "由", "请", "代理", "代", "负责"];

/// Notes a leave.
pub struct Leave;

impl Command for Leave {
    fn name(&self) -> &'static str {
        "leave"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["请假"]
    }
    fn usage(&self) -> &'static str {
        "请假 [岗位] 起止日期 [代理岗位]"
    }
    fn help(&self) -> &'static str {
        "登记请假和代理,期间的提醒发给代理人;不写日期看谁在请假"
    }
    fn example(&self) -> &'static str {
        "请假 县发改局局长 6月28日-7月5日 县发改局联络员"
    }
    fn who(&self) -> &'static [Role] {
        HOLDERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (named, rest) = match posts::take(call, rest).await? {
                Some((post, rest)) => (Some(post), rest),
                None => (None, rest),
            };
            let Some((days, rest)) = take_days(rest, call.now.today()) else {
                return list(call, named.as_ref(), rest).await;
            };
            let (post, account) = whose(call, named).await?;
            let deputy = deputy_in(call, &rest).await?;
            note(call, (post, account), days, deputy).await
        })
    }
}

/// Notes that somebody is back.
pub struct Back;

impl Command for Back {
    fn name(&self) -> &'static str {
        "back"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["销假"]
    }
    fn usage(&self) -> &'static str {
        "销假 [岗位]"
    }
    fn help(&self) -> &'static str {
        "提前回来,代理到此为止"
    }
    fn example(&self) -> &'static str {
        "销假 县发改局局长"
    }
    fn who(&self) -> &'static [Role] {
        HOLDERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let named = if rest.trim().is_empty() { None } else { Some(posts::named(call, rest).await?) };
            let (post, account) = whose(call, named).await?;
            let of_person: Vec<_> = leaves::to_come(call.conn)
                .await?
                .into_iter()
                .filter(|leave| leave.account == account)
                .collect();
            if of_person.is_empty() {
                return Err(Trouble::refused(wording::not_away(&post.title)));
            }
            for leave in &of_person {
                let to =
                    if leave.state == LeaveState::Running { LeaveState::Over } else { LeaveState::Undone };
                leaves::turn(call.conn, leave, (to, call.now.at()), call.cause).await?;
            }
            Ok(Spoken::text(wording::back(&post.title)))
        })
    }
}

/// First and last day, and the words around them. One day alone is both.
fn take_days(text: &str, today: NaiveDate) -> Option<((NaiveDate, NaiveDate), String)> {
    let found = dates(text, today);
    let first = found.first()?;
    let last = found.get(1).unwrap_or(first);
    let (from, until) = (first.date.min(last.date), first.date.max(last.date));
    let rest = format!("{} {}", &text[..first.start], &text[last.end..]);
    Some(((from, until), rest))
}

/// Whose leave it is: the named post's holder, else the asker. The office may speak for everybody, others for
/// themselves, a liaison for the leaders of the unit.
async fn whose(call: &mut Call<'_>, named: Option<PostRow>) -> Result<(PostRow, AccountId), Trouble> {
    let asker = call.asker.account;
    let Some(post) = named else {
        for post in people::posts(call.conn).await? {
            if call.asker.posts.contains(&post.title) {
                return Ok((post, asker));
            }
        }
        return Err(Trouble::refused(refusal::usage(Leave.usage(), Leave.example())));
    };
    let holders = by_post::bound_to(call.conn, post.id).await?;
    let is_liaison = call.asker.roles.contains(&Role::Liaison)
        && call.asker.units.contains(&post.unit_id)
        && post.rank != Rank::County;
    match holders.as_slice() {
        _ if !(call.asker.is_office() || is_liaison || holders.contains(&asker)) => {
            Err(Trouble::refused(wording::own_leave_only()))
        }
        [] => Err(Trouble::refused(crate::wording::command::nobody_on_post(&post.title))),
        holders if holders.contains(&asker) => Ok((post, asker)),
        [one] => Ok((post, *one)),
        several => Err(Trouble::refused(wording::several_on_post(&post.title, several.len()))),
    }
}

/// The post that stands in, by name; whatever else is written there is not understood.
async fn deputy_in(call: &mut Call<'_>, rest: &str) -> Result<Option<PostRow>, Trouble> {
    let mut name = rest.trim().trim_matches(|c: char| c.is_whitespace() || ",:;-~到至".contains(c));
    for word in AROUND {
        name = name.strip_prefix(word).unwrap_or(name).trim_start();
        name = name.strip_suffix(word).unwrap_or(name).trim_end();
    }
    if name.is_empty() {
        return Ok(None);
    }
    posts::named(call, name).await.map(Some)
}

async fn note(
    call: &mut Call<'_>,
    (post, account): (PostRow, AccountId),
    days: (NaiveDate, NaiveDate),
    deputy: Option<PostRow>,
) -> Outcome {
    let today = call.now.today();
    if days.1 < today || (days.1 - days.0).num_days() > DAYS_MAX {
        return Err(Trouble::refused(wording::leave_days_wrong()));
    }
    if let Some(deputy) = &deputy {
        let holders = by_post::bound_to(call.conn, deputy.id).await?;
        if holders.is_empty() {
            return Err(Trouble::refused(crate::wording::command::nobody_on_post(&deputy.title)));
        }
        if holders.iter().all(|holder| *holder == account) {
            return Err(Trouble::refused(wording::deputy_is_oneself()));
        }
    }
    let overlaps =
        |leave: &tenure::Leave| leave.account == account && leave.days.0 <= days.1 && days.0 <= leave.days.1;
    if leaves::to_come(call.conn).await?.iter().any(overlaps) {
        return Err(Trouble::refused(wording::away_already(&post.title)));
    }
    let new = NewLeave { account, post: post.id, deputy: deputy.as_ref().map(|post| post.id), days };
    let leave = leaves::plan(call.conn, new, call.cause).await?;
    let to = leave_on(leave.state, days, today);
    if to != leave.state {
        leaves::turn(call.conn, &leave, (to, call.now.at()), call.cause).await?;
    }
    if let Some(deputy) = &deputy {
        for holder in by_post::bound_to(call.conn, deputy.id).await? {
            let chat = by_post::private_chat(call.conn, holder).await?.filter(|chat| *chat != call.chat.id);
            if let Some(chat) = chat {
                call.tell(chat, Spoken::text(wording::you_stand_in(&leave, today))).await?;
            }
        }
    }
    Ok(Spoken::text(wording::leave_noted(&leave, today)))
}

/// Who is away and who will be: all for those who read all, else one's own.
async fn list(call: &mut Call<'_>, named: Option<&PostRow>, rest: &str) -> Outcome {
    if !rest.trim().is_empty() {
        return Err(Trouble::refused(refusal::usage(Leave.usage(), Leave.example())));
    }
    let reads_all = call.asker.roles.iter().any(|role| READERS.contains(role));
    let mut all = leaves::to_come(call.conn).await?;
    all.retain(|leave| {
        named.is_none_or(|post| leave.post == post.id) && (reads_all || leave.account == call.asker.account)
    });
    Ok(Spoken::text(wording::leaves(&all, call.now.today())))
}

/// Takes a leave back that is not over.
pub(super) async fn take_back(call: &mut Call<'_>, id: LeaveId) -> Result<String, Trouble> {
    let late = || Trouble::refused(refusal::too_late_to_undo());
    let leave =
        leaves::get(call.conn, id).await?.filter(|leave| can_end_early(leave.state)).ok_or_else(late)?;
    leaves::turn(call.conn, &leave, (LeaveState::Undone, call.now.at()), call.cause).await?;
    Ok(wording::leave_undone(&leave.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_usual_form() {
        let today = NaiveDate::from_ymd_opt(2022, 6, 27).expect("a day");
        let read = |text: &str| {
            let ((from, until), rest) = take_days(text, today)?;
            Some(format!("{from} {until} {}", rest.split_whitespace().collect::<Vec<_>>().join(" ")))
        };
        assert_eq!(
            read("6月28日-7月5日 县发改局副局长").as_deref(),
            Some("2022-06-28 2022-07-05 县发改局副局长")
        );
        assert_eq!(
            read("6月28日到7月5日,由县发改局副局长代理").as_deref(),
            Some("2022-06-28 2022-07-05 ,由县发改局副局长代理")
        );
        assert_eq!(read("6月30日").as_deref(), Some("2022-06-30 2022-06-30 "));
        assert_eq!(read("县发改局副局长"), None);
    }
}
