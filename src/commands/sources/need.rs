//! `need` and `look_again`: what enterprises need (DOMAIN mechanism 25), closed only when they are content; and the second look at
//! what an inspection found (61).

use futures::future::BoxFuture;

use crate::commands::sources::{From, add, item_of, nothing_claimed, read};
use crate::commands::{Call, Command, OFFICE, Outcome, REPORTERS, Trouble, args, close};
use crate::domain::filing::FilingState;
use crate::domain::origin::Source;
use crate::domain::people::Role;
use crate::store::{chats, filings, origins};
use crate::wording::sources as wording;
use crate::wording::{Spoken, refusal};

/// Registers a need, or lists them.
pub struct Need;

impl Command for Need {
    fn name(&self) -> &'static str {
        "need"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["企困", "企业困难"]
    }
    fn usage(&self) -> &'static str {
        "企困 企业 主办单位 [期限] 什么困难"
    }
    fn help(&self) -> &'static str {
        "登记企业困难并交办,回访满意才销号;只写“企困”看台账"
    }
    fn example(&self) -> &'static str {
        "企困 华丰米业 县财政局 7月20日前 收粮资金缺200万元"
    }
    fn who(&self) -> &'static [Role] {
        REPORTERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let rest = rest.trim();
            if rest.is_empty() {
                let mut all = origins::of_source(call.conn, Source::Need, None).await?;
                all.retain(|one| call.may_tell(one.confidential));
                return Ok(Spoken::text(wording::list(Source::Need, &all)));
            }
            let Some((enterprise, order)) = rest.split_once(|c: char| c.is_whitespace() || ",:".contains(c))
            else {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            };
            let read = read(call, order).await?;
            let own = read.units.iter().all(|unit| call.asker.units.contains(&unit.id));
            if !call.asker.is_office() && !own {
                return pass_on(call, rest, read.confidential).await;
            }
            let from = From { source: Source::Need, by_whom: enterprise, parent: None };
            let (_, added) = add(call, &from, &read).await?;
            Ok(Spoken::text(format!("{added}\n{}", wording::will_ask(enterprise))))
        })
    }
}

/// No unit gives another something to do: the office reads the need, with the order it can send as it stands.
async fn pass_on(call: &mut Call<'_>, need: &str, confidential: bool) -> Outcome {
    if confidential {
        return Err(Trouble::refused(wording::not_through_here()));
    }
    let office = chats::office(call.conn).await?;
    let office = office.ok_or_else(|| Trouble::refused(wording::no_office()))?;
    call.tell(office, Spoken::text(wording::need_to_assign(call.asker.shown(), need))).await?;
    Ok(Spoken::text(wording::need_passed_on()))
}

/// The second look (回访).
pub struct LookAgain;

/// Words that say that somebody is not content; they go first, for 不满意 holds 满意.
const NOT_CONTENT: [&str; 6] = ["不满意", "不合格", "没改好", "没解决", "不过关", "未整改"];
/// Words that say that somebody is.
const CONTENT: [&str; 6] = ["满意", "合格", "改好了", "已整改", "解决了", "过关"];

impl Command for LookAgain {
    fn name(&self) -> &'static str {
        "look_again"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["回访"]
    }
    fn usage(&self) -> &'static str {
        "回访 编号 满意(合格)|不满意(不合格) 原因"
    }
    fn help(&self) -> &'static str {
        "企困和暗访整改的回访:满意就销号,不满意退回"
    }
    fn example(&self) -> &'static str {
        "回访 71 满意"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let (items, rest) = args::items_of(call, rest).await?;
            let [item] = items.as_slice() else { return Err(usage()) };
            let said = |words: &[&str]| words.iter().find_map(|word| rest.strip_prefix(word));
            let (content, reason) = match (said(&NOT_CONTENT), said(&CONTENT)) {
                (Some(reason), _) => (false, reason),
                (None, Some(reason)) => (true, reason),
                (None, None) => return Err(usage()),
            };
            let reason = reason.trim_start_matches([',', ':', '。', ' ']).trim();
            let origin = item_of(call, item.task, &[Source::Need, Source::Inspection]).await?;
            let mut claimed = filings::of_task(call.conn, item.task).await?;
            claimed.retain(|owed| owed.filing.standing.state == FilingState::Claimed);
            if claimed.is_empty() {
                return Err(nothing_claimed(item.task));
            }
            if !content && reason.is_empty() {
                return Err(Trouble::refused(wording::why_not_content(item.task)));
            }
            origins::look_again(call.conn, item.task, content, call.cause).await?;
            let said = if content {
                let reason = wording::content(origin.source, &origin.by_whom);
                close::close(call, item.task, &claimed, &reason).await?
            } else {
                let reason = wording::not_content(origin.source, reason);
                for owed in &claimed {
                    close::return_filing(call, owed, &reason).await?;
                }
                let owners: Vec<String> = claimed.iter().map(|owed| owed.owner.clone()).collect();
                crate::wording::command::sent_back(item.task, &owners, &reason)
            };
            Ok(Spoken::text(said))
        })
    }
}
