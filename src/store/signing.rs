//! Papers on their way from a draft to what is handed out. [`decide`](crate::domain::paper::decide) says what may be done,
//! [`write()`] does it, with its line of history.

mod follow;
mod objections;
mod reach;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, PaperId};
use crate::domain::now::stamp;
use crate::domain::paper::{Hand, PaperKind, PaperStanding, PaperState};
use crate::domain::people::{Person, Role};
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, rows};

pub use follow::{Hold, Proposal, arrange, hold, proposals, propose, waiting};
pub use objections::{Objection, answer, object, objection, objections};
pub use reach::{Sent, called, ear_of_unit, groups, heads, sent};

/// A paper, without what it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its number.
    pub id: PaperId,
    /// What it is.
    pub kind: PaperKind,
    /// What it is about; drafts about the same are versions of one another.
    pub subject: String,
    /// Which of the drafts about the same.
    pub version: i64,
    /// What it is called.
    pub title: String,
    /// Where it stands.
    pub state: PaperState,
    /// The hash of what it tells and of its form.
    pub sha256: String,
    /// By what was known at this instant.
    pub known_at: DateTime<Utc>,
    /// Who drew it up: account, and as which post or name.
    pub drafted: (AccountId, String),
    /// When.
    pub drafted_at: DateTime<Utc>,
    /// Until the end of which day a unit may object.
    pub objections_until: Option<NaiveDate>,
    /// Who signed it, by post or name, and when.
    pub signed: Option<(String, DateTime<Utc>)>,
    /// Who took it back and why.
    pub withdrawn: Option<(String, String)>,
    /// Objections that nobody has answered.
    pub unanswered: usize,
    /// Objections that were right.
    pub upheld: usize,
}

impl Paper {
    /// What decides about it.
    pub fn standing(&self) -> PaperStanding {
        let Paper { kind, state, objections_until, unanswered, upheld, .. } = *self;
        PaperStanding { kind, state, objections_until, unanswered, upheld }
    }

    /// As whom somebody acts on it. Who drew it up is known by the account, and with another account by the post or name.
    pub fn in_hand_of(&self, person: &Person) -> Hand {
        let (account, shown) = &self.drafted;
        Hand {
            is_head: person.roles.contains(&Role::Head),
            has_drafted: *account == person.account || shown == person.shown(),
        }
    }
}

/// A paper to be kept; texts are JSON.
#[derive(Debug, Clone)]
pub struct NewPaper<'a> {
    /// What it is.
    pub kind: PaperKind,
    /// What it is about.
    pub subject: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// What was asked for.
    pub wish: &'a str,
    /// By what was known at this instant.
    pub known_at: DateTime<Utc>,
    /// Layout, templates and rules: hash and text.
    pub form: (&'a str, &'a str),
    /// What it tells; empty for a ledger.
    pub frozen: &'a str,
    /// What each unit is shown of a board.
    pub own_rows: &'a str,
    /// Its numbers.
    pub figures: &'a str,
    /// The hash of what it tells and of its form.
    pub sha256: &'a str,
    /// Who drew it up: account, and as which post or name.
    pub by: (AccountId, &'a str),
}

/// Keeps a draft. An older one about the same that nobody has signed gives way to it.
pub async fn add(conn: &mut Connection, new: &NewPaper<'_>, cause: &Cause) -> sqlx::Result<Paper> {
    for older in open_about(conn, new.subject).await? {
        write(conn, &older, Change::Replace, cause).await?;
    }
    sqlx::query("insert into paper_form (sha256, body) values ($1, $2) on conflict do nothing")
        .bind(new.form.0)
        .bind(new.form.1)
        .execute(&mut *conn)
        .await?;
    let (id,): (i64,) = sqlx::query_as(
        "insert into paper (kind, subject, version, title, wish, known_at, form, frozen, own_rows, figures, sha256, state,
                            drafted_by, drafted_as, drafted_at)
         values ($1, $2, (select coalesce(max(version), 0) + 1 from paper where subject = $2), $3, $4, $5, $6, $7, $8, $9, $10,
                 'draft', $11, $12, $13) returning paper_id",
    )
    .bind(new.kind.as_str())
    .bind(new.subject)
    .bind(new.title)
    .bind(new.wish)
    .bind(stamp(new.known_at))
    .bind(new.form.0)
    .bind(new.frozen)
    .bind(new.own_rows)
    .bind(new.figures)
    .bind(new.sha256)
    .bind(new.by.0.0)
    .bind(new.by.1)
    .bind(stamp(cause.at))
    .fetch_one(&mut *conn)
    .await?;
    let paper = get(conn, PaperId(id)).await?.ok_or(sqlx::Error::RowNotFound)?;
    note(conn, &paper, cause, "paper_drafted", json!({ "sha256": paper.sha256 })).await?;
    Ok(paper)
}

/// A line of history about a paper.
async fn note(
    conn: &mut Connection,
    paper: &Paper,
    cause: &Cause,
    what: &str,
    mut detail: Value,
) -> sqlx::Result<()> {
    detail["paper"] = json!(paper.id);
    detail["title"] = json!(paper.title);
    detail["version"] = json!(paper.version);
    history::add(conn, cause, About::default(), what, &detail).await
}

macro_rules! select_papers {
    ($rest:literal) => {
        concat!(
            "select p.paper_id, p.kind, p.subject, p.version, p.title, p.state, p.sha256, p.known_at, p.drafted_by, p.drafted_as,
                    p.drafted_at, p.objections_until, p.signed_as, p.signed_at, p.withdrawn_as, p.withdrawn_why,
                    (select count(*) from objection o where o.paper_id = p.paper_id and o.upheld is null) as unanswered,
                    (select count(*) from objection o where o.paper_id = p.paper_id and o.upheld = 1) as upheld
             from paper p ",
            $rest
        )
    };
}

fn paper_of(row: &SqliteRow) -> sqlx::Result<Paper> {
    let signed: Option<String> = row.try_get("signed_as")?;
    let withdrawn: Option<String> = row.try_get("withdrawn_as")?;
    let why: Option<String> = row.try_get("withdrawn_why")?;
    let count =
        |column| row.try_get::<i64, _>(column).map(|count| usize::try_from(count).unwrap_or_default());
    Ok(Paper {
        id: PaperId(row.try_get("paper_id")?),
        kind: rows::parsed(row, "kind")?,
        subject: row.try_get("subject")?,
        version: row.try_get("version")?,
        title: row.try_get("title")?,
        state: rows::parsed(row, "state")?,
        sha256: row.try_get("sha256")?,
        known_at: rows::instant(row, "known_at")?,
        drafted: (AccountId(row.try_get("drafted_by")?), row.try_get("drafted_as")?),
        drafted_at: rows::instant(row, "drafted_at")?,
        objections_until: rows::parsed_or_none(row, "objections_until")?,
        signed: signed.zip(rows::instant_or_none(row, "signed_at")?),
        withdrawn: withdrawn.zip(why),
        unanswered: count("unanswered")?,
        upheld: count("upheld")?,
    })
}

/// A paper by its number.
pub async fn get(conn: &mut Connection, id: PaperId) -> sqlx::Result<Option<Paper>> {
    sqlx::query(select_papers!("where p.paper_id = $1"))
        .bind(id.0)
        .try_map(|row| paper_of(&row))
        .fetch_optional(conn)
        .await
}

/// The newest papers, ledgers not among them.
pub async fn newest(conn: &mut Connection, limit: i64) -> sqlx::Result<Vec<Paper>> {
    sqlx::query(select_papers!(
        "where p.kind <> 'ledger' and p.state <> 'replaced' order by p.paper_id desc limit $1"
    ))
    .bind(limit)
    .try_map(|row| paper_of(&row))
    .fetch_all(conn)
    .await
}

async fn open_about(conn: &mut Connection, subject: &str) -> sqlx::Result<Vec<Paper>> {
    sqlx::query(select_papers!("where p.subject = $1 and p.state in ('draft', 'released')"))
        .bind(subject)
        .try_map(|row| paper_of(&row))
        .fetch_all(conn)
        .await
}

/// The newest signed paper about something.
pub async fn signed_about(conn: &mut Connection, subject: &str) -> sqlx::Result<Option<Paper>> {
    sqlx::query(select_papers!("where p.subject = $1 and p.state = 'signed' order by p.version desc limit 1"))
        .bind(subject)
        .try_map(|row| paper_of(&row))
        .fetch_optional(conn)
        .await
}

/// What a paper tells and rests on, as JSON; all of it is empty where its words were erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was asked for.
    pub wish: String,
    /// Layout, templates and rules.
    pub form: String,
    /// What it tells.
    pub frozen: String,
    /// What each unit is shown of a board.
    pub own_rows: String,
    /// Its numbers.
    pub figures: String,
}

/// What a paper tells.
pub async fn kept(conn: &mut Connection, id: PaperId) -> sqlx::Result<Kept> {
    sqlx::query(
        "select p.wish, f.body, p.frozen, p.own_rows, p.figures from paper p join paper_form f on f.sha256 = p.form
         where p.paper_id = $1",
    )
    .bind(id.0)
    .try_map(|row: SqliteRow| {
        Ok(Kept {
            wish: row.try_get("wish")?,
            form: row.try_get("body")?,
            frozen: row.try_get("frozen")?,
            own_rows: row.try_get("own_rows")?,
            figures: row.try_get("figures")?,
        })
    })
    .fetch_one(conn)
    .await
}

/// What becomes of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change<'a> {
    /// It is put before the units; they may object until the end of that day.
    Release(NaiveDate),
    /// It is signed.
    Sign,
    /// It is taken back, with a reason.
    Withdraw(&'a str),
    /// A newer draft takes its place.
    Replace,
}

/// Writes what becomes of a paper, with its line of history: the one place that does.
pub async fn write(
    conn: &mut Connection,
    paper: &Paper,
    change: Change<'_>,
    cause: &Cause,
) -> sqlx::Result<()> {
    let (state, what, detail) = match change {
        Change::Release(until) => (PaperState::Released, "paper_released", json!({ "until": until })),
        Change::Sign => (PaperState::Signed, "paper_signed", json!({ "sha256": paper.sha256 })),
        Change::Withdraw(why) => (PaperState::Withdrawn, "paper_withdrawn", json!({ "reason": why })),
        Change::Replace => (PaperState::Replaced, "paper_replaced", json!({})),
    };
    sqlx::query("update paper set state = $2 where paper_id = $1")
        .bind(paper.id.0)
        .bind(state.as_str())
        .execute(&mut *conn)
        .await?;
    let at = stamp(cause.at);
    let account = cause.account.map(|id| id.0);
    match change {
        Change::Release(until) => {
            let update = sqlx::query("update paper set objections_until = $2 where paper_id = $1");
            update.bind(paper.id.0).bind(until.to_string()).execute(&mut *conn).await?;
        }
        Change::Sign => {
            let update = sqlx::query(
                "update paper set signed_by = $2, signed_as = $3, signed_at = $4 where paper_id = $1",
            );
            update.bind(paper.id.0).bind(account).bind(&cause.actor).bind(at).execute(&mut *conn).await?;
        }
        Change::Withdraw(why) => {
            let update = sqlx::query(
                "update paper set withdrawn_as = $2, withdrawn_at = $3, withdrawn_why = $4 where paper_id = $1",
            );
            update.bind(paper.id.0).bind(&cause.actor).bind(at).bind(why).execute(&mut *conn).await?;
        }
        Change::Replace => {}
    }
    note(conn, paper, cause, what, detail).await
}

/// Notes that a paper was handed out to chats.
pub async fn note_published(
    conn: &mut Connection,
    paper: &Paper,
    chats: &[String],
    cause: &Cause,
) -> sqlx::Result<()> {
    note(conn, paper, cause, "paper_published", json!({ "chats": chats })).await
}
