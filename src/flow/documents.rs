//! Documents that the office sends to become a plan: fetched and read beside everything else, shown as a verification
//! sheet, and loaded once somebody of the office has said so.

use anyhow::Context as _;
use chrono::{NaiveDate, TimeDelta};

use crate::channel::{Enclosed, FetchError};
use crate::commands::{self, call};
use crate::domain::now::Now;
use crate::domain::tap::Tap;
use crate::flow::Wheel;
use crate::notice::diff::{Diff, diff};
use crate::notice::findings::{Finding, findings};
use crate::notice::reading::{Reading, read};
use crate::notice::returned::{self, Returned};
use crate::notice::{bind, check, container, decisions, file};
use crate::store::corrections;
use crate::store::documents::{self, Document, DocumentState};
use crate::store::findings::{self as kept, NewFinding};
use crate::store::history::Cause;
use crate::store::plans::{self, Imported};
use crate::store::{Connection, invites, letters, people, roster};
use crate::wording::{Choice, Spoken, correction, documents as wording, intake};

/// Tries of one document before it is given up.
const TRIES: i64 = 6;

/// Takes the next document a step further. True if there was one.
pub async fn step(wheel: &Wheel) -> anyhow::Result<bool> {
    let now = wheel.now();
    let Some(document) = documents::next(&mut *wheel.store.read().await?, now.at()).await? else {
        return Ok(false);
    };
    let did = match document.state {
        DocumentState::Wanted => fetch_and_show(wheel, &now, &document).await,
        _ => load(wheel, &now, &document).await,
    };
    if let Err(error) = did {
        put_off(wheel, &now, &document, &error).await?;
    }
    Ok(true)
}

/// A failure of ours: tried again later, and given up with a word after so many times.
async fn put_off(wheel: &Wheel, now: &Now, document: &Document, error: &anyhow::Error) -> anyhow::Result<()> {
    let why = format!("{error:#}");
    tracing::error!(
        document = document.id,
        name = document.name,
        error = why,
        "a document could not be handled"
    );
    let mut tx = wheel.store.write().await?;
    if document.attempts + 1 < TRIES {
        let wait = TimeDelta::seconds(10 << document.attempts.min(8));
        documents::put_off(&mut tx, document.id, now.at() + wait, &why).await?;
    } else {
        refuse(&mut tx, now, document, &why, wording::could_not(&document.name)).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn refuse(
    conn: &mut Connection,
    now: &Now,
    document: &Document,
    note: &str,
    told: String,
) -> anyhow::Result<()> {
    documents::set(conn, document.id, (document.state, DocumentState::Refused), (None, note)).await?;
    tell(conn, now, document, &Spoken::text(told)).await
}

async fn tell(conn: &mut Connection, now: &Now, document: &Document, spoken: &Spoken) -> anyhow::Result<()> {
    let body = call::body_of(spoken, None);
    letters::answer(conn, document.chat, Some(document.inbox), &body, now.at()).await?;
    Ok(())
}

async fn fetch_and_show(wheel: &Wheel, now: &Now, document: &Document) -> anyhow::Result<()> {
    let channel = wheel.channel(&document.channel).context("its channel is not running")?;
    let max = u64::try_from(container::MAX_BYTES).unwrap_or(u64::MAX);
    let bytes = match channel.fetch(&document.source, max).await {
        Ok(bytes) => bytes,
        Err(FetchError::Later { why }) => anyhow::bail!(why),
        Err(FetchError::TooLarge) => {
            let told = intake::refusal(container::Refusal::TooLarge);
            return said_no(wheel, now, document, "too large", told).await;
        }
        Err(FetchError::Gone { why }) => {
            return said_no(wheel, now, document, &why, wording::could_not(&document.name)).await;
        }
    };
    let roster = roster::read(&mut *wheel.store.read().await?).await?;
    let today = now.today();
    let copy = bytes.clone();
    let read = move || Sent::of(&copy, &roster, today);
    match tokio::task::spawn_blocking(read).await? {
        Ok(Sent::Decisions(decisions)) => show_decisions(wheel, now, document, &decisions).await,
        Ok(Sent::Ledger(ledger)) => show_ledger(wheel, now, document, &ledger).await,
        Ok(Sent::Notice(outcome)) => show(wheel, now, document, bytes, &outcome).await,
        Err(told) => said_no(wheel, now, document, "cannot be read", told).await,
    }
}

/// What the office has sent.
enum Sent {
    /// A verification sheet with what was written into it.
    Decisions(Vec<(i64, String)>),
    /// A ledger of ours.
    Ledger(Returned),
    /// A notice or a table of tasks.
    Notice(Box<Outcome>),
}

impl Sent {
    /// Reads a file; an error is the text that the office gets.
    fn of(bytes: &[u8], roster: &file::Roster, today: NaiveDate) -> Result<Sent, String> {
        let document = container::open(bytes).map_err(intake::refusal)?;
        if let Some(decisions) = decisions::of(&document) {
            return Ok(Sent::Decisions(decisions));
        }
        if let Some(ledger) = returned::read(&document) {
            return Ok(Sent::Ledger(ledger));
        }
        Ok(Sent::Notice(Box::new(Outcome::of(&document, roster, today)?)))
    }
}

/// An edited ledger takes effect by its button.
async fn show_ledger(wheel: &Wheel, now: &Now, document: &Document, ledger: &Returned) -> anyhow::Result<()> {
    let mut tx = wheel.store.write().await?;
    let diff = commands::returned::compare(&mut tx, &wheel.settings, now, ledger).await?;
    let mut spoken = commands::returned::shown(&diff);
    if diff.changes.is_empty() {
        refuse(&mut tx, now, document, "nothing to change", spoken.text).await?;
    } else {
        let moved = (document.state, DocumentState::Read);
        documents::set(&mut tx, document.id, moved, (None, &serde_json::to_string(ledger)?)).await?;
        spoken.choices = choices(document.id, ("按台账改", "不用"));
        tell(&mut tx, now, document, &spoken).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The buttons of what waits for the office's word.
fn choices(document: i64, (yes, no): (&str, &str)) -> Vec<Vec<Choice>> {
    vec![vec![Choice::new(yes, Tap::Import(document)), Choice::new(no, Tap::Dismiss(document))]]
}

/// A filled verification sheet takes effect by its button.
async fn show_decisions(
    wheel: &Wheel,
    now: &Now,
    document: &Document,
    decisions: &[(i64, String)],
) -> anyhow::Result<()> {
    if decisions.is_empty() {
        return said_no(wheel, now, document, "nothing decided", wording::nothing_filled_in()).await;
    }
    let mut tx = wheel.store.write().await?;
    let moved = (document.state, DocumentState::Read);
    documents::set(&mut tx, document.id, moved, (None, &serde_json::to_string(decisions)?)).await?;
    let choices = choices(document.id, ("按表定", "不用"));
    let text = wording::filled_in(decisions.len());
    tell(&mut tx, now, document, &Spoken { text, choices }).await?;
    tx.commit().await?;
    Ok(())
}

async fn said_no(
    wheel: &Wheel,
    now: &Now,
    document: &Document,
    note: &str,
    told: String,
) -> anyhow::Result<()> {
    let mut tx = wheel.store.write().await?;
    refuse(&mut tx, now, document, note, told).await?;
    tx.commit().await?;
    Ok(())
}

/// The sheet in short with the buttons, and behind it the whole as a file.
async fn show(
    wheel: &Wheel,
    now: &Now,
    document: &Document,
    bytes: Vec<u8>,
    outcome: &Outcome,
) -> anyhow::Result<()> {
    let sha256 = wheel.files.keep(bytes).await?;
    let sheet = wheel.files.keep(outcome.sheet.clone().into_bytes()).await?;
    let mut tx = wheel.store.write().await?;
    let moved = (document.state, DocumentState::Read);
    documents::set(&mut tx, document.id, moved, (Some(&sha256), "read")).await?;
    let (text, yes) = match correction(&mut tx, &outcome.draft).await? {
        Some(diff) => (correction::sheet(&diff, &outcome.draft), "按新版改"),
        None => (outcome.summary.clone(), "导入(全部待启用)"),
    };
    let choices = choices(document.id, (yes, "不导入"));
    tell(&mut tx, now, document, &Spoken { text, choices }).await?;
    let mut speech = call::speech_of(&Spoken::text(wording::whole_sheet(&document.name)), None);
    speech.file = Some(Enclosed { sha256: sheet, name: wording::sheet_name(&document.name) });
    let body = serde_json::to_string(&speech)?;
    letters::answer(&mut tx, document.chat, Some(document.inbox), &body, now.at()).await?;
    tx.commit().await?;
    Ok(())
}

/// What a document changes of the plan on record; `None` where there is none, or nothing differs.
async fn correction(conn: &mut Connection, draft: &file::Draft) -> anyhow::Result<Option<Diff>> {
    let code = draft.plan.as_ref().map(|plan| plan.code.as_str()).unwrap_or_default();
    let record = corrections::read(conn, code).await?;
    Ok(record.map(|record| diff(&record, draft)).filter(|diff| !diff.is_empty()))
}

/// A document that was read.
struct Outcome {
    draft: file::Draft,
    digest: String,
    findings: Vec<NewFinding>,
    summary: String,
    sheet: String,
}

impl Outcome {
    /// Reads a document; the error is what the office is told.
    fn of(
        document: &container::Document,
        roster: &file::Roster,
        today: NaiveDate,
    ) -> Result<Outcome, String> {
        let roster = Some(roster).filter(|roster| !roster.units.is_empty());
        let (reading, outline) = read(document, today).map_err(intake::refusal)?;
        let found = findings(&reading, &outline, roster);
        let draft = bind::draft(&reading, &found, roster);
        let wrong = check::mistakes(&draft, roster.unwrap_or(&file::Roster::default()));
        if !wrong.is_empty() {
            let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
            return Err(wording::has_mistakes(&lines));
        }
        Ok(Outcome {
            summary: wording::summary(&reading, &found),
            sheet: intake::sheet(&reading, &found),
            digest: digest(&reading, roster),
            findings: found.iter().map(kept_as).collect(),
            draft,
        })
    }
}

/// Tells the same document, read against the same names, from another.
fn digest(reading: &Reading, roster: Option<&file::Roster>) -> String {
    let names = roster.map(|roster| format!("{:?}", roster.units)).unwrap_or_default();
    invites::digest(&format!("{}{names}", crate::documents::plan::json(reading, &[])))
}

fn kept_as(finding: &Finding) -> NewFinding {
    NewFinding {
        key: finding.key(),
        kind: finding.kind.as_str(),
        task: finding.task.clone(),
        place: intake::place(finding),
        words: intake::finding(finding),
        proposal: intake::answer(finding),
        answer: finding.answer.word(&finding.words),
        other: if finding.other.is_empty() { finding.words.clone() } else { finding.other.clone() },
        blocks: finding.kind.blocks(),
    }
}

/// Loads what the office has accepted: every item a draft, so that nobody is asked before it is confirmed.
async fn load(wheel: &Wheel, now: &Now, document: &Document) -> anyhow::Result<()> {
    let sha256 = document.sha256.as_deref().context("it was never kept")?;
    let bytes = wheel.files.get(sha256).await?.context("its file is gone")?;
    let roster = roster::read(&mut *wheel.store.read().await?).await?;
    let today = now.today();
    let read = move || Outcome::of(&container::open(&bytes).map_err(intake::refusal)?, &roster, today);
    let outcome = tokio::task::spawn_blocking(read).await?;
    let outcome = match outcome {
        Ok(outcome) => outcome,
        Err(told) => return said_no(wheel, now, document, "cannot be loaded", told).await,
    };
    let mut tx = wheel.store.write().await?;
    let person = people::get(&mut tx, document.account).await?;
    let cause = Cause {
        account: Some(document.account),
        actor: person.map_or_else(|| "console".to_owned(), |person| person.shown().to_owned()),
        inbox: Some(document.inbox),
        at: now.at(),
    };
    let told = match plans::write(&mut tx, &outcome.draft, &outcome.digest, &cause).await? {
        Imported::New { tasks, .. } => {
            let plan = outcome.draft.plan.as_ref().map(|plan| plan.code.as_str()).unwrap_or_default();
            kept::keep(&mut tx, plan, &outcome.findings).await?;
            let blocked = kept::blocked(&mut tx).await?.len();
            wording::loaded(tasks, blocked, kept::open(&mut tx).await?.len())
        }
        Imported::Known => wording::known(),
        Imported::Differs => match correction(&mut tx, &outcome.draft).await? {
            None => wording::known(),
            Some(diff) => {
                let draft = (&outcome.draft, &diff);
                let applied = corrections::apply(&mut tx, draft, &outcome.digest, (now, &cause)).await?;
                let plan = outcome.draft.plan.as_ref().map(|plan| plan.code.as_str()).unwrap_or_default();
                kept::keep(&mut tx, plan, &outcome.findings).await?;
                correction::applied(&applied)
            }
        },
    };
    documents::set(&mut tx, document.id, (document.state, DocumentState::Loaded), (None, "loaded")).await?;
    tell(&mut tx, now, document, &Spoken::text(told)).await?;
    tx.commit().await?;
    Ok(())
}
