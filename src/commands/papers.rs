//! `papers`: the list of papers and the course of one; and drawing one up, which the commands of every kind of paper share.

use futures::future::BoxFuture;

use crate::commands::press::{self, Drawn, Office, Order, Press, forms, wish};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, call};
use crate::documents::bulletin::Length;
use crate::documents::draft::Signature;
use crate::documents::official;
use crate::domain::ids::{ChatId, PaperId};
use crate::domain::paper::{FollowUp, Form, PaperAct, PaperKind, PaperState, decide};
use crate::domain::people::Role;
use crate::store::signing::{self, NewPaper, Paper};
use crate::store::{invites, letters};
use crate::wording::signing::{self as wording, Told};
use crate::wording::{Spoken, follow, refusal};

/// Papers of a list.
const LIST: i64 = 12;

/// Shows papers.
pub struct Papers;

impl Command for Papers {
    fn name(&self) -> &'static str {
        "papers"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["文件"]
    }
    fn usage(&self) -> &'static str {
        "文件 [编号]"
    }
    fn help(&self) -> &'static str {
        "看拟的、签的、发的文件,和签发后情况有没有变"
    }
    fn example(&self) -> &'static str {
        "文件 3"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn takes(&self, rest: &str) -> bool {
        rest.is_ascii()
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            office_only(call)?;
            if rest.trim().is_empty() {
                let papers = signing::newest(call.conn, LIST).await?;
                let lines: Vec<_> = papers.iter().map(|paper| (told(paper), paper.state)).collect();
                return Ok(Spoken::text(wording::list(&lines)));
            }
            let (paper, _) = paper_of(call, rest).await?;
            course(call, &paper).await
        })
    }
}

/// Papers are drawn up and signed where the office is among itself.
pub(super) fn office_only(call: &Call<'_>) -> Result<(), Trouble> {
    if call.chat.group && !call.chat.office {
        return Err(Trouble::refused(refusal::office_only_here()));
    }
    Ok(())
}

/// Whether words name a paper, or nothing yet: talk about signing is no order.
pub(super) fn names_paper(rest: &str) -> bool {
    let rest = rest.trim_start().trim_start_matches("文件").trim_start();
    rest.chars().next().is_none_or(|c| c.is_ascii_digit())
}

/// The paper whose number stands first, and what follows.
pub(super) async fn paper_of<'t>(call: &mut Call<'_>, rest: &'t str) -> Result<(Paper, &'t str), Trouble> {
    let rest = rest.trim_start().trim_start_matches("文件").trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let unknown = || Trouble::refused(wording::no_such_paper(number));
    let id = number.parse().map_err(|_| unknown())?;
    let paper = signing::get(call.conn, PaperId(id)).await?.ok_or_else(unknown)?;
    Ok((paper, after.trim_start_matches(|c: char| c.is_whitespace() || ",:、".contains(c)).trim_end()))
}

/// A paper, as it is spoken of.
pub(super) fn told(paper: &Paper) -> Told<'_> {
    let Paper { id, kind, title, version, sha256, .. } = paper;
    Told { id: *id, kind: *kind, title, version: *version, sha256 }
}

/// Decides an act on a paper, or refuses it.
pub(super) fn decided(call: &Call<'_>, paper: &Paper, act: PaperAct) -> Result<PaperState, Trouble> {
    let decided = decide(&paper.standing(), act, paper.in_hand_of(call.asker), call.now.today());
    decided.map_err(|why| Trouble::refused(wording::refused(paper.id, why)))
}

/// Draws a paper up and shows it, here and to the heads who may sign it.
pub(super) async fn draw_up(call: &mut Call<'_>, office: &Office, order: &Order) -> Outcome {
    let drawn = draw(call, office, order).await?;
    keep(call, office, order, &drawn).await
}

/// Draws a paper up; what is wrong with the templates is told to whoever asks.
pub(super) async fn draw(call: &mut Call<'_>, office: &Office, order: &Order) -> Result<Drawn, Trouble> {
    let press = Press { settings: call.settings, office, now: call.now, order };
    let drawn = press.draw(call.conn).await?;
    // Put into words once, so that a broken template is told now and not when the letter goes.
    let blocks = drawn.frozen.blocks((&office.templates, &office.layout), &Signature::Draft);
    blocks.map_err(|broken| Trouble::refused(wording::broken(&broken.to_string())))?;
    Ok(drawn)
}

/// Keeps a draft and shows it.
pub(super) async fn keep(call: &mut Call<'_>, office: &Office, order: &Order, drawn: &Drawn) -> Outcome {
    let paper = record(call, office, order, Some(drawn)).await?;
    let mut spoken = wording::drafted(&told(&paper), call.asker.shown(), &drawn.figures);
    let mut forms = forms(order, drawn);
    if order.length == Length::Spoken {
        let blocks = drawn.frozen.blocks((&office.templates, &office.layout), &Signature::Draft);
        let blocks = blocks.map_err(|broken| Trouble::refused(wording::broken(&broken.to_string())))?;
        spoken.text.push_str(&format!("\n—— ——\n{}", official::plain(&blocks)));
        forms.clear();
    }
    send(call, (call.chat.id, &paper), &forms, false).await?;
    for (head, chat) in signing::heads(call.conn).await? {
        let Some(chat) = chat.filter(|chat| *chat != call.chat.id && head != call.asker.account) else {
            continue;
        };
        send(call, (chat, &paper), &forms, false).await?;
        call.tell(chat, spoken.clone()).await?;
    }
    Ok(spoken)
}

/// Keeps a paper with everything it rests on.
pub(super) async fn record(
    call: &mut Call<'_>,
    office: &Office,
    order: &Order,
    drawn: Option<&Drawn>,
) -> Result<Paper, Trouble> {
    let json = |value: serde_json::Result<String>| value.map_err(anyhow::Error::from);
    let form = json(serde_json::to_string(&office.texts))?;
    let form_hash = invites::digest(&form);
    let frozen = drawn.map(|drawn| serde_json::to_string(&drawn.frozen)).transpose();
    let frozen = frozen.map_err(anyhow::Error::from)?.unwrap_or_default();
    let own_rows = json(serde_json::to_string(drawn.map_or(&[][..], |drawn| &drawn.rows)))?;
    let figures = json(serde_json::to_string(drawn.map_or(&[][..], |drawn| &drawn.figures)))?;
    let new = NewPaper {
        kind: order.paper,
        subject: &order.subject(),
        title: &order.title(),
        wish: &json(serde_json::to_string(order))?,
        known_at: drawn.map_or(call.now.at(), |drawn| drawn.known_at),
        form: (&form_hash, &form),
        sha256: &invites::digest(&format!("{form_hash}{frozen}")),
        frozen: &frozen,
        own_rows: &own_rows,
        figures: &figures,
        by: (call.asker.account, call.asker.shown()),
    };
    Ok(signing::add(call.conn, &new, call.cause).await?)
}

/// Sends a paper's files on their way to a chat.
pub(super) async fn send(
    call: &mut Call<'_>,
    (chat, paper): (ChatId, &Paper),
    forms: &[Form],
    official: bool,
) -> Result<(), Trouble> {
    let mark = press::signature(paper, call.now).mark();
    let body = call::body_of(&Spoken::text(wording::caption(&paper.title, mark)), None);
    for form in forms {
        let what = (paper.id, Some(*form), official);
        letters::paper(call.conn, (chat, call.cause.inbox), what, &body, call.now.at()).await?;
    }
    Ok(())
}

/// What a kept paper was asked for, and in which forms it is handed out.
pub(super) async fn reopened(call: &mut Call<'_>, paper: &Paper) -> Result<(Order, Drawn), Trouble> {
    let opened = press::reopen(call.conn, paper).await?;
    opened.ok_or_else(|| Trouble::refused(wording::was_erased(paper.id)))
}

/// What has changed about a paper's numbers since it was drawn up.
pub(super) async fn changes(
    call: &mut Call<'_>,
    then: (&Order, &Drawn),
) -> Result<Vec<(String, String, String)>, Trouble> {
    let office = wish::office(call)?;
    Ok(press::changes(call.conn, (call.settings, &office, call.now), then).await?)
}

/// The whole course of a paper, and the paper itself.
async fn course(call: &mut Call<'_>, paper: &Paper) -> Outcome {
    let objections = signing::objections(call.conn, paper.id).await?;
    let sent = signing::sent(call.conn, paper.id).await?;
    let mut changed = Vec::new();
    if paper.kind != PaperKind::Ledger {
        let (order, drawn) = reopened(call, paper).await?;
        changed = changes(call, (&order, &drawn)).await?;
        if paper.state == PaperState::Signed || paper.state.is_open() {
            send(call, (call.chat.id, paper), &forms(&order, &drawn), false).await?;
        }
    }
    let local = |at| call.now.local_of(at);
    let lines = objections.iter().map(|one| wording::ObjectionLine {
        id: one.id,
        unit: &one.name,
        by: &one.raised_as,
        words: &one.words,
        answer: one.answer.as_ref().map(|(upheld, words)| (*upheld, words.as_str())),
    });
    let proposals = signing::proposals(call.conn, paper.id).await?;
    let is_head = call.asker.roles.contains(&Role::Head);
    // A talk in private is between the head and the unit.
    let told_here = |one: &&signing::Proposal| one.kind != FollowUp::Talk || (is_head && !call.chat.group);
    let follow_ups = proposals.iter().filter(told_here);
    let follow_ups = follow_ups.map(|one| (follow::name(one.kind), one.name.as_str(), one.agreed));
    let course = wording::Course {
        told: told(paper),
        state: paper.state,
        drafted: (&paper.drafted.1, local(paper.drafted_at), local(paper.known_at)),
        signed: paper.signed.as_ref().map(|(by, at)| (by.as_str(), local(*at))),
        withdrawn: paper.withdrawn.as_ref().map(|(by, why)| (by.as_str(), why.as_str())),
        objections: lines.collect(),
        sent: sent.iter().map(|one| (one.title.as_str(), one.state.as_str(), one.at.map(local))).collect(),
        follow_ups: follow_ups.collect(),
        changes: changed,
    };
    Ok(Spoken::text(wording::course(&course)))
}
