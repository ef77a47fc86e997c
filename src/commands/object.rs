//! `object` (申诉): a unit objects to its own row of a board that was put before it; the office answers.

use futures::future::BoxFuture;

use crate::commands::papers::{decided, paper_of, reopened, told};
use crate::commands::{Call, Command, EVERYBODY, Outcome, Trouble, args};
use crate::domain::ids::{ObjectionId, UnitId};
use crate::domain::paper::{PaperAct, PaperKind, PaperState};
use crate::domain::people::Role;
use crate::store::chats;
use crate::store::signing::{self, Objection, Paper};
use crate::wording::{Spoken, refusal, short, signing as wording};

/// Papers that are looked through for a unit's row.
const NEWEST: i64 = 50;
/// The longest objection that is kept.
const WORDS_MAX: usize = 500;

/// Objects, or answers.
pub struct Object;

impl Command for Object {
    fn name(&self) -> &'static str {
        "object"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["申诉"]
    }
    fn usage(&self) -> &'static str {
        "申诉 [文件编号] [单位] 理由|申诉 答复 申诉号 采纳|不采纳 理由"
    }
    fn help(&self) -> &'static str {
        "公示期内对榜上自己单位的一行提异议;督查室答复"
    }
    fn example(&self) -> &'static str {
        "申诉 4 #16.4 在5月30日已报办结"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if let Some(rest) = rest.trim().strip_prefix("答复") {
                return answer(call, rest.trim()).await;
            }
            if rest.trim().is_empty() && call.asker.is_office() {
                return list(call).await;
            }
            object(call, rest, self).await
        })
    }
}

async fn object(call: &mut Call<'_>, rest: &str, command: &Object) -> Outcome {
    let usage = || Trouble::refused(refusal::usage(command.usage(), command.example()));
    let opens_with_number = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let (paper, rest) = if opens_with_number {
        paper_of(call, rest).await?
    } else {
        (before_the_asker(call).await?, rest.trim())
    };
    let (unit, words) = args::take_unit(call, rest).await?;
    let unit = own_unit(call, &paper, unit.map(|unit| unit.id)).await?;
    if words.is_empty() {
        return Err(usage());
    }
    decided(call, &paper, PaperAct::Object)?;
    let words = short(words, WORDS_MAX);
    let id = signing::object(call.conn, &paper, (unit.0, &unit.1), &words, call.cause).await?;
    if let Some(office) = chats::office(call.conn).await?.filter(|office| *office != call.chat.id) {
        let by = call.asker.shown();
        let line = wording::ObjectionLine { id, unit: &unit.1, by, words: &words, answer: None };
        call.tell(office, Spoken::text(wording::objection(&told(&paper), &line))).await?;
    }
    Ok(Spoken::text(wording::objected(&told(&paper), id)))
}

/// The newest board before the units that has a row of the asker's.
async fn before_the_asker(call: &mut Call<'_>) -> Result<Paper, Trouble> {
    for paper in signing::newest(call.conn, NEWEST).await? {
        if paper.state == PaperState::Released && !rows_of(call, &paper).await?.is_empty() {
            return Ok(paper);
        }
    }
    Err(Trouble::refused(wording::nothing_to_object()))
}

/// The units on a board that the asker speaks for.
async fn rows_of(call: &mut Call<'_>, paper: &Paper) -> Result<Vec<(UnitId, String)>, Trouble> {
    if paper.kind != PaperKind::Board || paper.state != PaperState::Released {
        return Ok(Vec::new());
    }
    let (_, drawn) = reopened(call, paper).await?;
    let rows = drawn.rows.into_iter().map(|own| (own.row.unit, own.row.name));
    Ok(rows.filter(|(unit, _)| call.asker.units.contains(unit)).collect())
}

/// The asker's own unit on the board. Whoever has none there learns nothing of it.
async fn own_unit(
    call: &mut Call<'_>,
    paper: &Paper,
    only: Option<UnitId>,
) -> Result<(UnitId, String), Trouble> {
    let mut own = rows_of(call, paper).await?;
    if let Some(only) = only {
        own.retain(|(unit, _)| *unit == only);
    }
    match own.as_slice() {
        [] => Err(Trouble::refused(wording::nothing_to_object())),
        [one] => Ok(one.clone()),
        several => {
            let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
            Err(Trouble::refused(wording::whose_objection(&names)))
        }
    }
}

/// What waits for an answer.
async fn list(call: &mut Call<'_>) -> Outcome {
    let mut lines = Vec::new();
    for paper in signing::newest(call.conn, NEWEST).await? {
        for one in signing::objections(call.conn, paper.id).await? {
            if one.answer.is_none() && paper.state == PaperState::Released {
                lines.push(wording::objection(&told(&paper), &line(&one)));
            }
        }
    }
    let text = if lines.is_empty() { wording::no_such_objection() } else { lines.join("\n") };
    Ok(Spoken::text(text))
}

fn line(one: &Objection) -> wording::ObjectionLine<'_> {
    let Objection { id, name, raised_as, words, .. } = one;
    wording::ObjectionLine { id: *id, unit: name, by: raised_as, words, answer: None }
}

/// The office answers: `7 采纳 理由`.
async fn answer(call: &mut Call<'_>, rest: &str) -> Outcome {
    if !call.asker.is_office() {
        return Err(Trouble::refused(refusal::not_allowed("申诉 答复")));
    }
    let usage = || Trouble::refused(refusal::usage(Object.usage(), "申诉 答复 2 不采纳 核验日期是6月3日"));
    let mut parts = rest.splitn(3, char::is_whitespace);
    let id = parts.next().and_then(|word| word.parse().ok()).ok_or_else(usage)?;
    let upheld = match parts.next() {
        Some("采纳") => true,
        Some("不采纳") => false,
        _ => return Err(usage()),
    };
    let words = parts.next().map(str::trim).filter(|words| !words.is_empty()).ok_or_else(usage)?;
    let unknown = || Trouble::refused(wording::no_such_objection());
    let objection = signing::objection(call.conn, ObjectionId(id)).await?.ok_or_else(unknown)?;
    let paper = signing::get(call.conn, objection.paper).await?.ok_or_else(unknown)?;
    if objection.answer.is_some() || paper.state != PaperState::Released {
        return Err(unknown());
    }
    signing::answer(call.conn, (&paper, &objection), (upheld, words), call.cause).await?;
    if let Some(chat) = signing::ear_of_unit(call.conn, objection.unit).await? {
        call.tell(chat, Spoken::text(wording::your_answer(&paper.title, upheld, words))).await?;
    }
    Ok(Spoken::text(wording::answered(&line(&objection), upheld, &told(&paper))))
}
