//! One paper: what it says, where it stands, and what may be done with it, by the decision that holds in chat.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use minijinja::{Value, context};

use super::{Answer, Viewer, Web, Wrong, page_for, render};
use crate::commands::press::{self, Drawn, Order};
use crate::documents::official::Block;
use crate::domain::ids::PaperId;
use crate::domain::now::Now;
use crate::domain::paper::{FollowUp, Form, PaperAct, PaperKind, PaperState, decide};
use crate::domain::people::Role;
use crate::store::signing::{self, Paper};
use crate::store::{Connection, Store};
use crate::web::files::to_save;
use crate::wording::papers::points;
use crate::wording::{day, follow, moment, signing as wording};

/// What may be done, in the order in which it is done.
const ACTS: [PaperAct; 4] = [PaperAct::Release, PaperAct::Sign, PaperAct::Publish, PaperAct::Withdraw];

/// The page.
pub(super) async fn page(State(web): State<Arc<Web>>, viewer: Viewer, Path(id): Path<i64>) -> Answer {
    let page = page_for(&viewer, "/papers")?;
    let now = web.office.now();
    let mut conn = web.office.store.read().await?;
    let paper = signing::get(&mut conn, PaperId(id)).await?.ok_or(Wrong::Missing)?;
    let opened = press::reopen(&mut conn, &paper).await?;
    let told = if let Some((order, drawn)) = &opened {
        told(&web, &mut conn, &paper, (order, drawn)).await?
    } else {
        context! { erased => paper.kind != PaperKind::Ledger }
    };
    let acts: Vec<Value> = ACTS.iter().filter_map(|act| offered(&viewer, &paper, *act, &now)).collect();
    let groups: Vec<String> = signing::groups(&mut conn).await?.into_iter().map(|(_, title)| title).collect();
    let course = course(&mut conn, &viewer, &paper, &now).await?;
    let stands = context! { acts, groups, paper => facts(&paper, &now) };
    let with = context! { ..stands, ..told, ..course };
    render(&web, &viewer, ("paper.html", page), with)
}

/// The document itself.
pub(super) async fn file(
    State(web): State<Arc<Web>>,
    viewer: Viewer,
    Path((id, form)): Path<(i64, String)>,
) -> Result<Response, Wrong> {
    page_for(&viewer, "/papers")?;
    let form: Form = form.parse().map_err(|_| Wrong::Missing)?;
    let id = PaperId(id);
    let mut conn = web.office.store.read().await?;
    let paper = signing::get(&mut conn, id).await?.ok_or(Wrong::Missing)?;
    let opened = press::reopen(&mut conn, &paper).await?;
    let is_one = match &opened {
        Some((order, drawn)) => press::forms(order, drawn).contains(&form),
        None => paper.kind == PaperKind::Ledger && form == Form::Xlsx,
    };
    if !is_one {
        return Err(Wrong::Missing);
    }
    let (settings, now) = (&web.office.settings, web.office.now());
    let (name, bytes) = press::print(&mut conn, settings, &now, (id, form)).await?;
    Ok(to_save(&name, bytes).into_response())
}

/// Papers for the list, the newest first.
pub(super) async fn list(store: &Store, now: &Now) -> anyhow::Result<Vec<Value>> {
    const NEWEST: i64 = 60;
    let papers = signing::newest(&mut *store.read().await?, NEWEST).await?;
    Ok(papers.iter().map(|paper| facts(paper, now)).collect())
}

/// What is known of a paper without opening it.
fn facts(paper: &Paper, now: &Now) -> Value {
    let local = |at| moment(now.local_of(at));
    context! {
        id => paper.id.0,
        kind => kind(paper.kind),
        title => paper.title.clone(),
        version => paper.version,
        state => wording::state(paper.state),
        class => class(paper.state),
        draft => paper.state != PaperState::Signed,
        check => paper.sha256.get(..12),
        drafted => context! { by => paper.drafted.1.clone(), at => local(paper.drafted_at), order => paper.drafted_at.timestamp() },
        known => local(paper.known_at),
        until => paper.objections_until.map(day),
        unanswered => paper.unanswered,
        upheld => paper.upheld,
        signed => paper.signed.as_ref().map(|(by, at)| context! { by, at => local(*at) }),
        withdrawn => paper.withdrawn.as_ref().map(|(by, why)| context! { by, why }),
    }
}

/// What it says, in which files, and what has changed since.
async fn told(
    web: &Web,
    conn: &mut Connection,
    paper: &Paper,
    (order, drawn): (&Order, &Drawn),
) -> anyhow::Result<Value> {
    let now = web.office.now();
    let settings = &web.office.settings;
    let blocks = press::blocks(conn, paper, drawn, &now).await?;
    let office = press::Office::read(&settings.papers)?;
    let open = paper.state.is_open() || paper.state == PaperState::Signed;
    let changes = if open {
        press::changes(conn, (settings, &office, &now), (order, drawn)).await?
    } else {
        Vec::new()
    };
    let forms: Vec<(&str, &str)> =
        press::forms(order, drawn).into_iter().map(|form| (form.as_str(), form_name(form))).collect();
    let rows: Vec<Value> = drawn
        .rows
        .iter()
        .map(|own| {
            let row = &own.row;
            context! {
                rank => row.rank, name => row.name.clone(), points => points(row.figure.tenths), votes => row.figure.votes,
                end => own.end_word.clone(), basis => own.basis.iter().map(super::papers::told).collect::<Vec<_>>(),
            }
        })
        .collect();
    Ok(context! { blocks => blocks.iter().map(block).collect::<Vec<_>>(), forms, rows, changes })
}

/// A piece of the document, by the tag that shows it.
fn block(block: &Block) -> Value {
    match block {
        Block::Title(text) | Block::Banner(text, _) => context! { tag => "title", text },
        Block::Middle(text) => context! { tag => "middle", text },
        Block::Heading(text) => context! { tag => "heading", text },
        Block::Subheading(text) => context! { tag => "subheading", text },
        Block::Signature(text) => context! { tag => "signature", text },
        Block::Plain(text) => context! { tag => "plain", text },
        Block::Body(text) => context! { tag => "body", text },
        Block::Table { rows, .. } => context! { tag => "table", rows },
        Block::Form(rows) => {
            let rows: Vec<Value> = rows.iter().map(|row| Value::from(row.cells.clone())).collect();
            context! { tag => "form", rows }
        }
        Block::Page => context! { tag => "page" },
    }
}

/// An act as the page offers it: what it may be called, and why not, where it may not be. What a paper of this kind never
/// comes to is left out.
fn offered(viewer: &Viewer, paper: &Paper, act: PaperAct, now: &Now) -> Option<Value> {
    let is_board = paper.kind == PaperKind::Board;
    let over = match act {
        PaperAct::Release => !is_board || paper.state != PaperState::Draft,
        PaperAct::Sign => !paper.state.is_open() || paper.kind == PaperKind::Ledger,
        PaperAct::Publish => paper.state != PaperState::Signed,
        _ => !matches!(paper.state, PaperState::Released | PaperState::Signed),
    };
    if over {
        return None;
    }
    let decided = decide(&paper.standing(), act, paper.in_hand_of(&viewer.person), now.today());
    let refused = decided.err().map(|why| wording::refused(paper.id, why));
    Some(context! { act => act.as_str(), refused })
}

/// What happened with it: objections, where it went, what it proposes.
async fn course(conn: &mut Connection, viewer: &Viewer, paper: &Paper, now: &Now) -> anyhow::Result<Value> {
    let local = |at| moment(now.local_of(at));
    let objections = signing::objections(conn, paper.id).await?.into_iter().map(|one| {
        let answer = one.answer.map(|(upheld, words)| context! { upheld, words });
        context! { id => one.id.0, unit => one.name, by => one.raised_as, words => one.words, at => local(one.raised_at), answer }
    });
    let objections: Vec<Value> = objections.collect();
    let sent = signing::sent(conn, paper.id).await?.into_iter();
    let sent: Vec<Value> = sent
        .map(|one| context! { title => one.title, state => wording::sent(&one.state), at => one.at.map(local) })
        .collect();
    let is_head = viewer.person.roles.contains(&Role::Head);
    let proposed = signing::proposals(conn, paper.id).await?.into_iter();
    // A talk in private is between the head and the unit.
    let proposed = proposed.filter(|one| one.kind != FollowUp::Talk || is_head);
    let proposed: Vec<Value> = proposed
        .map(|one| context! { what => follow::name(one.kind), unit => one.name, agreed => one.agreed })
        .collect();
    let answers = paper.state == PaperState::Released && viewer.person.is_office();
    Ok(context! { objections, sent, proposed, answers })
}

fn kind(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Ledger => "台账",
        PaperKind::Bulletin => "通报",
        PaperKind::Slip => "督办单",
        PaperKind::Board => "榜",
        PaperKind::Chart => "进展图",
    }
}

fn class(state: PaperState) -> &'static str {
    match state {
        PaperState::Draft | PaperState::Released => "yellow",
        PaperState::Signed => "green",
        PaperState::Withdrawn | PaperState::Replaced => "closed",
    }
}

fn form_name(form: Form) -> &'static str {
    match form {
        Form::Docx => "Word文档",
        Form::Png => "图片",
        Form::Xlsx => "表格",
        Form::Txt | Form::Svg => "文本",
    }
}
