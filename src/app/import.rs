//! `duban import` of official documents and of rosters in workbooks: a file is read, shown as a verification sheet or for
//! machines, and loaded.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use crate::app::console::{self, Mode};
use crate::commands::call::Heard;
use crate::commands::{Call, Trouble, returned as taken};
use crate::config::Settings;
use crate::documents::plan;
use crate::domain::ids::{AccountId, ChatId};
use crate::domain::now::Now;
use crate::domain::people::{Person, Role};
use crate::notice::file::{self, Draft, Roster};
use crate::notice::findings::{Finding, findings};
use crate::notice::reading::{Reading, read};
use crate::notice::returned::{self, Returned};
use crate::notice::{bind, container, roster};
use crate::store::chats::Chat;
use crate::store::files::Files;
use crate::store::history::Cause;
use crate::store::{self, Store, invites};
use crate::wording::{self, correction, intake, returned as told, typeset};

/// A document that was read, with what the office has to look at.
pub struct Intake {
    /// What it says.
    pub reading: Reading,
    /// What has to be looked at.
    pub findings: Vec<Finding>,
    /// The draft of a plan.
    pub draft: Draft,
    /// Tells the same file from a changed one.
    digest: String,
}

/// Whether a file is one of our own TOML files, which have their own reader: it is called so, and no Office document.
pub fn is_toml(path: &Path) -> bool {
    let called = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    called && !head_of(path).is_ok_and(|head| container::is_office(&head))
}

/// The first bytes of a file.
fn head_of(path: &Path) -> std::io::Result<[u8; 4]> {
    let mut head = [0; 4];
    File::open(path)?.read_exact(&mut head)?;
    Ok(head)
}

/// What a file turned out to be.
pub enum Opened {
    /// An official document or a table of tasks.
    Document(Box<Intake>),
    /// A roster.
    Roster(Box<roster::Read>),
    /// A ledger of ours that the office has edited.
    Ledger(Returned),
}

/// Reads a file, whatever its name says it is. Units are looked up in the roster beside it, else in the one on record.
/// `today` serves where a document has no date at all.
pub fn open(path: &Path, on_record: &Roster, today: NaiveDate) -> anyhow::Result<Opened> {
    let refused = |refusal| anyhow::anyhow!(typeset(&intake::refusal(refusal)));
    let length = std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?.len();
    if length > container::MAX_BYTES as u64 {
        return Err(refused(container::Refusal::TooLarge));
    }
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let document = container::open(&bytes).map_err(refused)?;
    if let Some(ledger) = returned::read(&document) {
        return Ok(Opened::Ledger(ledger));
    }
    if let Some(read) = roster::read(&document, on_record) {
        return Ok(Opened::Roster(Box::new(read)));
    }
    let beside = roster_beside(path)?;
    let known = Some(on_record).filter(|roster| !roster.units.is_empty());
    let intake = of_document(&document, beside.as_ref().or(known), today).map_err(refused)?;
    Ok(Opened::Document(Box::new(intake)))
}

/// Reads the bytes of a document.
pub fn of(bytes: &[u8], roster: Option<&Roster>, today: NaiveDate) -> Result<Intake, container::Refusal> {
    of_document(&container::open(bytes)?, roster, today)
}

fn of_document(
    document: &container::Document,
    roster: Option<&Roster>,
    today: NaiveDate,
) -> Result<Intake, container::Refusal> {
    let (reading, outline) = read(document, today)?;
    let findings = findings(&reading, &outline, roster);
    let draft = bind::draft(&reading, &findings, roster);
    let digest = invites::digest(&plan::json(&reading, &[]));
    Ok(Intake { reading, findings, draft, digest })
}

/// The roster that lies beside a file, if one does.
fn roster_beside(path: &Path) -> anyhow::Result<Option<Roster>> {
    let beside: PathBuf = path.with_file_name("roster.toml");
    if !beside.exists() {
        return Ok(None);
    }
    let text =
        std::fs::read_to_string(&beside).with_context(|| format!("cannot read {}", beside.display()))?;
    Ok(file::read(&text).with_context(|| format!("{} cannot be understood", beside.display()))?.roster)
}

impl Intake {
    /// For machines.
    pub fn json(&self) -> String {
        plan::json(&self.reading, &self.findings)
    }

    /// The verification sheet.
    pub fn sheet(&self) -> String {
        intake::sheet(&self.reading, &self.findings)
    }

    /// Writes the draft, or shows and applies what it changes of the plan on record: every new task unconfirmed, so that nobody is asked before the office has decided.
    pub async fn load(&self, store: &Store, now: &Now, mode: Mode) -> anyhow::Result<String> {
        if self.draft.roster.is_none() {
            bail!(typeset(&intake::no_roster()));
        }
        console::check(&self.draft)?;
        console::write(store, now, (&self.draft, &self.digest), mode).await
    }
}

/// The roster on record; an empty one where there is no database yet.
pub async fn on_record(database: &Path) -> anyhow::Result<Roster> {
    if !database.exists() {
        return Ok(Roster::default());
    }
    let store = Store::open(database).await?;
    let mut conn = store.read().await?;
    let found = store::roster::read(&mut conn).await;
    drop(conn);
    store.close().await;
    Ok(found?)
}

/// Checks and writes a roster that was read, everything or nothing, and says what came of it.
pub async fn load_roster(store: &Store, read: &roster::Read) -> anyhow::Result<String> {
    if read.units.is_empty() {
        bail!(wording::roster::no_units());
    }
    console::check(&Draft { roster: Some(read.roster.clone()), ..Draft::default() })?;
    let mut tx = store.write().await?;
    store::roster::write(&mut tx, &read.roster).await?;
    tx.commit().await?;
    Ok(wording::roster::written(read))
}

/// Holds a ledger that the office has edited against the facts, and takes over what it changes where that is asked.
pub async fn load_ledger(
    store: &Store,
    settings: &Settings,
    now: &Now,
    (ledger, mode): (&Returned, Mode),
) -> anyhow::Result<String> {
    let mut tx = store.write().await?;
    let diff = taken::compare(&mut tx, settings, now, ledger).await?;
    let mut said = told::sheet(&diff, usize::MAX);
    if !diff.changes.is_empty() {
        said.push('\n');
        said.push_str(&match mode {
            Mode::Check | Mode::Load => correction::not_applied(),
            Mode::Apply => apply_ledger(&mut tx, settings, now, ledger).await?,
        });
    }
    tx.commit().await?;
    Ok(said)
}

/// Somebody at the machine gives the orders that a ledger amounts to.
async fn apply_ledger(
    conn: &mut store::Connection,
    settings: &Settings,
    now: &Now,
    ledger: &Returned,
) -> anyhow::Result<String> {
    let asker = Person {
        account: AccountId(0),
        name: "console".to_owned(),
        roles: vec![Role::Admin],
        posts: Vec::new(),
        units: Vec::new(),
        teams: Vec::new(),
    };
    let mut call = Call {
        conn,
        now,
        settings,
        asker: &asker,
        chat: &Chat { id: ChatId(0), group: false, office: true, title: String::new() },
        trusted: true,
        heard: &Heard { message: String::new(), about: None, said_at: now.at() },
        cause: &Cause::console(now.at()),
        files: &Files::at(&settings.files),
    };
    taken::apply(&mut call, ledger).await.map_err(|trouble| match trouble {
        Trouble::Refused(why) => anyhow::anyhow!(typeset(&why)),
        Trouble::Broken(error) => error,
    })
}
