//! `verify` (核对): what has to be looked at in a plan that was read from a document, decided one by one or many at once.

use futures::future::BoxFuture;

use crate::channel::Enclosed;
use crate::commands::set_due::SetDue;
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args, call, life, many, returned};
use crate::documents::verification::{self, Row};
use crate::domain::ids::TaskNo;
use crate::domain::people::Role;
use crate::domain::tap::Tap;
use crate::notice::returned::Returned;
use crate::store::findings::{self, Open};
use crate::store::{assignment, documents, letters};
use crate::wording::documents::{self as wording, FindingLine};
use crate::wording::{Choice, Spoken, refusal, typeset};

/// Findings of a page.
const PAGE: usize = 6;

/// Decides findings.
pub struct Verify;

impl Command for Verify {
    fn name(&self) -> &'static str {
        "verify"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["核对"]
    }
    fn usage(&self) -> &'static str {
        "核对 [编号 同意|日期|每月|单位|不要|作废]|核对 表"
    }
    fn help(&self) -> &'static str {
        "看导入的文件里要定的事,逐条定"
    }
    fn example(&self) -> &'static str {
        "核对 3 同意"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if rest.trim() == "表" {
                return workbook(call).await;
            }
            let (words, page) = many::page_of(rest);
            let (items, answer) = args::items(words);
            if items.is_empty() && words.trim().is_empty() {
                return list(call, page).await;
            }
            let ids: Vec<i64> = if words.trim_start().starts_with("全部") {
                findings::open(call.conn).await?.into_iter().map(|one| one.id).collect()
            } else {
                items.iter().map(|item| item.task.0).collect()
            };
            let answer = answer.trim().trim_start_matches("全部").trim();
            if ids.is_empty() || answer.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            // With 全部 同意 those that need a word of the office stay open.
            let lenient = items.is_empty();
            decide(call, &ids, answer, lenient).await
        })
    }
}

/// One page of what waits, each with its button.
async fn list(call: &mut Call<'_>, page: usize) -> Outcome {
    let all = findings::open(call.conn).await?;
    let shown: Vec<&Open> = all.iter().skip((page - 1).saturating_mul(PAGE)).take(PAGE).collect();
    let lines: Vec<FindingLine> = shown
        .iter()
        .map(|one| FindingLine {
            id: one.id,
            task: one.task.as_ref().map(|(no, _)| format!("#{no}")),
            place: one.place.clone(),
            words: one.words.clone(),
            proposal: one.proposal.clone(),
        })
        .collect();
    let agree = |one: &&&Open| !needs_word(one);
    let mut choices: Vec<Vec<Choice>> = shown
        .iter()
        .filter(agree)
        .map(|one| vec![Choice::new(format!("[{}] 同意", one.id), Tap::Agree(one.id))])
        .collect();
    if all.len() > page.saturating_mul(PAGE) {
        choices.extend(many::next_page(call, &Verify, "", page).await?);
    }
    Ok(Spoken { text: wording::findings(&lines, all.len(), page), choices })
}

/// Everything that waits, as a workbook to be filled in and sent back.
async fn workbook(call: &mut Call<'_>) -> Outcome {
    let open = findings::open(call.conn).await?;
    let rows: Vec<Row> = open
        .iter()
        .map(|one| Row {
            id: one.id,
            task: one.task.as_ref().map(|(no, title)| format!("#{no} {title}")).unwrap_or_default(),
            place: typeset(&one.place),
            words: typeset(&one.words),
            proposal: typeset(&one.proposal),
        })
        .collect();
    if rows.is_empty() {
        return Ok(Spoken::text(wording::findings(&[], 0, 1)));
    }
    let bytes = verification::workbook(wording::SHEET, &rows).map_err(anyhow::Error::from)?;
    let sha256 = call.files.keep(bytes).await?;
    let mut speech = call::speech_of(&Spoken::text(wording::fill_in(rows.len())), None);
    speech.file = Some(Enclosed { sha256, name: format!("{}.xlsx", wording::SHEET) });
    let body = serde_json::to_string(&speech).map_err(anyhow::Error::from)?;
    letters::answer(call.conn, call.chat.id, call.cause.inbox, &body, call.now.at()).await?;
    Ok(Spoken::default())
}

/// Whether the proposal asks for a word: a date, a unit, a number.
fn needs_word(one: &Open) -> bool {
    matches!(one.answer.as_str(), "date" | "term" | "moved" | "base" | "owner")
}

/// Decides findings the same way; all of them or none, except that a sweeping consent leaves open what needs a word.
async fn decide(call: &mut Call<'_>, ids: &[i64], answer: &str, lenient: bool) -> Outcome {
    let open = findings::open(call.conn).await?;
    let mut decided = Vec::new();
    for id in ids {
        let one = open.iter().find(|one| one.id == *id);
        let one = one.ok_or_else(|| Trouble::refused(wording::no_such_finding(*id)))?;
        if lenient && needs_word(one) {
            continue;
        }
        let taken = apply(call, one, answer).await?;
        findings::decide(call.conn, one.id, &taken, call.asker.account, call.now.at()).await?;
        decided.push(one.id);
    }
    let left = findings::open(call.conn).await?.len();
    Ok(Spoken::text(wording::decided(&decided, left)))
}

/// Agrees to one finding, by its button.
pub async fn agree(call: &mut Call<'_>, id: i64) -> Outcome {
    decide(call, &[id], "同意", false).await
}

/// Does what the answer means; gives the decision as it is kept.
async fn apply(call: &mut Call<'_>, one: &Open, answer: &str) -> Result<String, Trouble> {
    let task = one.task.as_ref().map(|(no, _)| *no);
    let no = matches!(answer, "不要" | "不是" | "不算" | "不用管");
    match (answer, task) {
        ("同意" | "按建议" | "对", _) => agree_to(call, one).await?,
        _ if no => reject(call, one).await?,
        ("作废", Some(task)) => {
            life::VOID.run(call, &format!("{task} 核对时作废")).await?;
        }
        (_, Some(task)) => give(call, one, task, answer).await?,
        (_, None) => return Err(Trouble::refused(wording::needs_a_word(one.id, "同意"))),
    }
    Ok(answer.to_owned())
}

async fn agree_to(call: &mut Call<'_>, one: &Open) -> Result<(), Trouble> {
    let (word, about) = one.answer.split_once(' ').unwrap_or((one.answer.as_str(), ""));
    match (word, one.task.as_ref()) {
        ("take", Some((task, _))) => give(call, one, *task, about).await,
        ("same", _) => {
            // Whichever of the two the roster knows gets the other as one more name.
            if !findings::add_alias(call.conn, about, &one.other).await? {
                findings::add_alias(call.conn, &one.other, about).await?;
            }
            Ok(())
        }
        _ if needs_word(one) => {
            let example = if word == "owner" { "县住建局" } else { "7月15日" };
            Err(Trouble::refused(wording::needs_a_word(one.id, example)))
        }
        _ => Ok(()),
    }
}

/// What the finding doubted is not so.
async fn reject(call: &mut Call<'_>, one: &Open) -> Result<(), Trouble> {
    match (one.answer.as_str(), one.task.as_ref()) {
        ("target", Some((task, _))) => findings::drop_targets(call.conn, *task).await?,
        ("link", Some((task, _))) => findings::unlink(call.conn, *task, &one.other).await?,
        _ => {}
    }
    Ok(())
}

/// A date or a cadence for what has none, or the units that answer.
async fn give(call: &mut Call<'_>, one: &Open, task: TaskNo, answer: &str) -> Result<(), Trouble> {
    let mut units = Vec::new();
    for word in answer.split([',', '、', ' ']).filter(|word| !word.is_empty()) {
        let (Some(unit), "") = args::take_unit(call, word).await? else {
            units.clear();
            break;
        };
        units.push(unit.id);
    }
    if !units.is_empty() {
        assignment::bind(call.conn, task, &units).await?;
        return Ok(());
    }
    if !matches!(one.answer.as_str(), "date" | "term" | "moved") {
        return Err(Trouble::refused(wording::needs_a_word(one.id, "县住建局")));
    }
    SetDue.run(call, &format!("{task} {answer}")).await?;
    Ok(())
}

/// Takes a document that was shown for loading, or lets it be; by its buttons.
pub async fn load(call: &mut Call<'_>, document: i64, yes: bool) -> Outcome {
    use crate::store::documents::DocumentState::{Accepted, Loaded, Read, Refused};
    if yes && let Some(decisions) = documents::note::<Vec<_>>(call.conn, document).await? {
        documents::set(call.conn, document, (Read, Loaded), (None, "decided")).await?;
        return decide_by_sheet(call, &decisions).await;
    }
    if yes && let Some(ledger) = documents::note::<Returned>(call.conn, document).await? {
        documents::set(call.conn, document, (Read, Loaded), (None, "decided")).await?;
        return Ok(Spoken::text(returned::apply(call, &ledger).await?));
    }
    let to = if yes { Accepted } else { Refused };
    if !documents::set(call.conn, document, (Read, to), (None, "decided")).await? {
        return Err(Trouble::refused(refusal::stale_button()));
    }
    Ok(Spoken::text(if yes { wording::loading() } else { wording::dismissed() }))
}

/// Decides what was written into the sheet. What cannot be done is named and stays open; the rest takes effect.
async fn decide_by_sheet(call: &mut Call<'_>, decisions: &[(i64, String)]) -> Outcome {
    use sqlx::Connection as _;
    let mut done = Vec::new();
    let mut failed = Vec::new();
    let around = call.around();
    for (id, answer) in decisions {
        let mut attempt = call.conn.begin().await?;
        let decided = decide(&mut around.within(&mut attempt), &[*id], answer, false).await;
        match decided {
            Ok(_) => {
                attempt.commit().await?;
                done.push(*id);
            }
            Err(Trouble::Refused(why)) => {
                attempt.rollback().await?;
                failed.push(format!("[{id}] {why}"));
            }
            Err(broken) => return Err(broken),
        }
    }
    let left = findings::open(call.conn).await?.len();
    Ok(Spoken::text(wording::decided_by_sheet(&done, &failed, left)))
}

/// Whether a file may be a notice or a table of tasks, by its name.
pub fn is_document(name: &str) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    ["docx", "doc", "txt", "xlsx", "xls", "wps", "et"].contains(&end.as_str())
}

/// Notes the documents that somebody of the office has sent; they are fetched and read beside everything else.
pub async fn receive(call: &mut Call<'_>, files: &[crate::channel::Attachment]) -> Outcome {
    let Some(inbox) = call.cause.inbox else {
        return Ok(Spoken::default());
    };
    let mut names = Vec::new();
    for file in files.iter().filter(|file| is_document(&file.name)) {
        let name = crate::domain::evidence::plain_name(&file.name);
        let new = documents::NewDocument {
            inbox,
            chat: call.chat.id,
            account: call.asker.account,
            source: &file.id,
            name: &name,
            size: file.size,
        };
        documents::add(call.conn, &new, call.now.at()).await?;
        names.push(wording::received(&name));
    }
    Ok(Spoken::text(names.join("\n")))
}
