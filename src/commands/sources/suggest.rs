//! `suggest`: suggestions (金点子, DOMAIN mechanism 63): registered by anybody, adopted into an item or declined with the reason.

use futures::future::BoxFuture;

use crate::commands::sources::{From, add, read};
use crate::commands::{Call, Command, Outcome, READERS, REPORTERS, Trouble};
use crate::domain::origin::{Source, Suggestion};
use crate::domain::people::Role;
use crate::store::suggestions::{self, Said};
use crate::wording::suggestions as wording;
use crate::wording::{Spoken, refusal};

/// Registers, decides, lists.
pub struct Suggest;

impl Command for Suggest {
    fn name(&self) -> &'static str {
        "suggest"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["金点子"]
    }
    fn usage(&self) -> &'static str {
        "金点子 内容|金点子 号 采纳 主办单位 [期限]|金点子 号 不采纳 理由"
    }
    fn help(&self) -> &'static str {
        "提一条金点子;督查室定采纳(转事项)或不采纳(写理由)"
    }
    fn example(&self) -> &'static str {
        "金点子 办事大厅周六开半天"
    }
    fn who(&self) -> &'static [Role] {
        REPORTERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let rest = rest.trim();
            let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            let number = first.trim_start_matches('#').parse::<i64>().ok();
            match (number, rest) {
                (_, "") => list(call).await,
                (Some(number), _) if call.asker.is_office() => decide(call, number, after.trim()).await,
                (Some(_), _) => Err(Trouble::refused(refusal::not_allowed("采纳金点子"))),
                (None, text) => {
                    let said = Said {
                        text,
                        by_whom: call.asker.shown(),
                        account: call.asker.account,
                        chat: call.chat.id,
                    };
                    let number = suggestions::add(call.conn, &said, call.cause).await?;
                    Ok(Spoken::text(wording::suggested(number)))
                }
            }
        })
    }
}

async fn list(call: &mut Call<'_>) -> Outcome {
    let all = suggestions::all(call.conn).await?;
    let reads_all = call.asker.roles.iter().any(|role| READERS.contains(role));
    let own = |one: &Suggestion| reads_all || one.account == Some(call.asker.account);
    let shown: Vec<Suggestion> = all.into_iter().filter(own).collect();
    Ok(Spoken::text(wording::suggestions(&shown)))
}

async fn decide(call: &mut Call<'_>, number: i64, order: &str) -> Outcome {
    let usage = || Trouble::refused(refusal::usage(Suggest.usage(), Suggest.example()));
    let known = suggestions::all(call.conn).await?.into_iter().find(|one| one.id == number);
    let known = known.ok_or_else(|| Trouble::refused(wording::no_suggestion(number)))?;
    if known.decided {
        return Err(Trouble::refused(wording::decided_already(number)));
    }
    let (answer, told) = if let Some(reason) = order.strip_prefix("不采纳") {
        let reason = reason.trim_start_matches([',', ':', ' ']).trim();
        if reason.is_empty() {
            return Err(Trouble::refused(wording::why_declined(number)));
        }
        suggestions::decide(call.conn, number, Err(reason), call.cause).await?;
        (wording::declined(number, reason), wording::your_suggestion_was_declined(&known.text, reason))
    } else if let Some(rest) = order.strip_prefix("采纳") {
        let mut order = read(call, rest).await?;
        if order.matter.is_empty() {
            order.matter.clone_from(&known.text);
        }
        let from = From { source: Source::Suggestion, by_whom: &known.by_whom, parent: None };
        let (task, added) = add(call, &from, &order).await?;
        suggestions::decide(call.conn, number, Ok(task), call.cause).await?;
        (format!("{}\n{added}", wording::adopted(number)), wording::your_suggestion_was_adopted(&known.text))
    } else {
        return Err(usage());
    };
    if let Some(chat) = known.chat.filter(|chat| *chat != call.chat.id) {
        call.tell(chat, Spoken::text(told)).await?;
    }
    Ok(Spoken::text(answer))
}
