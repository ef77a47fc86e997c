//! `publish` (发布): hands a signed paper out to the chosen chats, a board as text and picture.

use futures::future::BoxFuture;

use crate::commands::papers::{changes, decided, names_paper, office_only, paper_of, reopened, send, told};
use crate::commands::press::{Order, forms, wish};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, call};
use crate::domain::ids::{ChatId, PaperId};
use crate::domain::paper::{PaperAct, PaperKind};
use crate::domain::people::Role;
use crate::store::signing::{self, Paper};
use crate::store::{chats, letters};
use crate::wording::{Spoken, refusal, signing as wording};

/// Hands papers out.
pub struct Publish;

impl Command for Publish {
    fn name(&self) -> &'static str {
        "publish"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["发布"]
    }
    fn usage(&self) -> &'static str {
        "发布 文件编号 群名(可写几个)"
    }
    fn help(&self) -> &'static str {
        "把签发的文件发到选定的群;榜由负责人发"
    }
    fn example(&self) -> &'static str {
        "发布 3 财税组"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn takes(&self, rest: &str) -> bool {
        names_paper(rest)
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            office_only(call)?;
            let (paper, names) = paper_of(call, rest).await?;
            let chats = chosen(call, &paper, names).await?;
            if chats.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            publish(call, &paper, &chats).await
        })
    }
}

/// Hands a paper out by its button.
pub async fn publish_one(call: &mut Call<'_>, id: PaperId, chat: ChatId) -> Outcome {
    let paper = signing::get(call.conn, id).await?;
    let paper = paper.ok_or_else(|| Trouble::refused(refusal::stale_button()))?;
    let title = chats::title(call.conn, chat).await?;
    publish(call, &paper, &[(chat, title)]).await
}

/// The chats that were named; a slip goes to whose it is where none is.
async fn chosen(call: &mut Call<'_>, paper: &Paper, words: &str) -> Result<Vec<(ChatId, String)>, Trouble> {
    let mut chats: Vec<(ChatId, String)> = Vec::new();
    let groups = signing::groups(call.conn).await?;
    let known: Vec<&str> = groups.iter().map(|(_, title)| title.as_str()).collect();
    let mut named: Vec<String> = names(words, &known).into_iter().map(str::to_owned).collect();
    if named.is_empty() && paper.kind == PaperKind::Slip {
        let (order, _) = reopened(call, paper).await?;
        named.extend(order.unit.or(order.team));
    }
    for name in named {
        let found = signing::called(call.conn, &name).await?;
        let Some(first) = found.into_iter().next() else {
            return Err(Trouble::refused(wording::no_such_chat(&name, &known)));
        };
        if !chats.contains(&first) {
            chats.push(first);
        }
    }
    Ok(chats)
}

/// What stands between two names.
fn is_between(c: char) -> bool {
    c.is_whitespace() || ",、".contains(c)
}

/// The names in a text; the title of a chat may have blanks itself.
fn names<'a>(words: &'a str, titles: &[&str]) -> Vec<&'a str> {
    let (mut names, mut rest) = (Vec::new(), words.trim_start_matches(is_between));
    while !rest.is_empty() {
        let ends = |title: &&&str| {
            rest.strip_prefix(**title).is_some_and(|after| after.chars().next().is_none_or(is_between))
        };
        let len = titles.iter().filter(ends).map(|title| title.len()).max();
        let (name, after) = rest.split_at(len.unwrap_or_else(|| rest.find(is_between).unwrap_or(rest.len())));
        names.push(name);
        rest = after.trim_start_matches(is_between);
    }
    names
}

async fn publish(call: &mut Call<'_>, paper: &Paper, chats: &[(ChatId, String)]) -> Outcome {
    if !call.asker.is_office() {
        return Err(Trouble::refused(refusal::not_allowed("发布")));
    }
    decided(call, paper, PaperAct::Publish)?;
    let (order, drawn) = reopened(call, paper).await?;
    let text = words(call, paper, &order).await?;
    for (chat, _) in chats {
        if let Some(text) = &text {
            let body = call::body_of(&Spoken::text(text), None);
            let to = (*chat, call.cause.inbox);
            letters::paper(call.conn, to, (paper.id, None, true), &body, call.now.at()).await?;
        }
        send(call, (*chat, paper), &forms(&order, &drawn), true).await?;
    }
    let names: Vec<String> = chats.iter().map(|(_, title)| title.clone()).collect();
    signing::note_published(call.conn, paper, &names, call.cause).await?;
    let changed = changes(call, (&order, &drawn)).await?;
    let text = format!("{}{}", wording::published(&told(paper), &names), wording::changed(&changed));
    Ok(Spoken::text(text))
}

/// A board in words, above its picture.
async fn words(call: &mut Call<'_>, paper: &Paper, order: &Order) -> Result<Option<String>, Trouble> {
    if paper.kind != PaperKind::Board {
        return Ok(None);
    }
    let (_, drawn) = reopened(call, paper).await?;
    let office = wish::office(call)?;
    let rule = office.rules.board.iter().find(|rule| Some(&rule.name) == order.board.as_ref());
    let measure = rule.map_or("", |rule| rule.measure.as_str());
    Ok(Some(wording::board(&paper.title, &drawn.rows, measure)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_of_a_chat_may_have_blanks() {
        let titles = ["财税组", "三航 工作群", "三航 工作群 二", ""];
        assert_eq!(names("三航 工作群 二、财税组", &titles), ["三航 工作群 二", "财税组"]);
        assert_eq!(names(" 三航 工作群,乡镇 ", &titles), ["三航 工作群", "乡镇"]);
        assert_eq!(names("三航 工作群众", &titles), ["三航", "工作群众"]);
        assert_eq!(names("", &titles), [""; 0]);
    }
}
