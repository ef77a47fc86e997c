//! `duban backup` and `duban restore`.
//!
//! A backup is a folder and not one archive: files that came with reports lie in it once, under their hash, and a daily backup
//! into the same folder copies only the new ones. Each backup in it is a database and a list of what belongs to it; the list is
//! written last, so that one without it was interrupted and counts for nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::app::console;
use crate::config::Settings;
use crate::store::backup::{self, Table};
use crate::store::files::{self, Files};
use crate::store::private;

/// The folder of files within a backup.
const FILES: &str = "files";
/// How the moment of a backup is written in its name.
const NAMED: &str = "%Y%m%dT%H%M%SZ";

/// What belongs to one backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The version that made it.
    pub version: String,
    /// SHA-256 of the database's file, in hex.
    pub sha256: String,
    /// What every table holds.
    pub tables: BTreeMap<String, Table>,
    /// The files, by their SHA-256.
    pub files: Vec<String>,
}

/// A backup, with what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub listing: Listing,
    /// How many files were not there yet.
    pub copied: usize,
    /// Earlier backups that were removed.
    pub removed: usize,
}

/// Copies database and files into a folder while the bot runs, reads the copy back, and keeps the newest `keep` backups.
pub async fn backup(
    settings: &Settings,
    folder: &Path,
    keep: Option<usize>,
    now: DateTime<Utc>,
) -> anyhow::Result<Made> {
    ensure!(settings.database.exists(), "there is no database {} to back up", settings.database.display());
    private::folder(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let name = now.format(NAMED).to_string();
    let (database, unfinished) = (folder.join(format!("{name}.db")), folder.join(format!("{name}.db.part")));
    ensure!(!database.exists(), "{} is there already; wait a second", database.display());
    // 1. The database as of now. What it refers to was on disk before it was.
    backup::copy(&settings.database, &unfinished).await?;
    // 2. The files, new ones only.
    let (from, to) = (Files::at(&settings.files), Files::at(&folder.join(FILES)));
    let (files, copied) = bring(&from, &to).await?;
    // 3. What was written is read back.
    let tables = backup::contents(&unfinished).await?;
    let sha256 = files::hash_of(&unfinished)?;
    std::fs::rename(&unfinished, &database).context("cannot name the copy of the database")?;
    // 4. From here on it counts.
    let listing =
        Listing { made_at: now, version: env!("CARGO_PKG_VERSION").to_owned(), sha256, tables, files };
    write_listing(&folder.join(format!("{name}.json")), &listing)?;
    let removed = match keep {
        Some(keep) => prune(folder, keep.max(1)).await?,
        None => 0,
    };
    Ok(Made { name, listing, copied, removed })
}

/// Copies the files that are not there yet; gives all of them. One that is erased meanwhile is left out.
async fn bring(from: &Files, to: &Files) -> anyhow::Result<(Vec<String>, usize)> {
    let there = to.all()?;
    let (mut all, mut copied) = (Vec::new(), 0);
    for sha256 in from.all()? {
        if there.binary_search(&sha256).is_err() {
            let Some(bytes) = from.get(&sha256).await? else { continue };
            ensure!(files::hash(&bytes) == sha256, "the file {sha256} is damaged: it holds something else");
            to.keep(bytes).await?;
            copied += 1;
        }
        all.push(sha256);
    }
    Ok((all, copied))
}

fn write_listing(path: &Path, listing: &Listing) -> anyhow::Result<()> {
    let beside = path.with_extension("json.part");
    let text = serde_json::to_vec_pretty(listing)?;
    std::io::Write::write_all(&mut private::file(&beside)?, &text)?;
    std::fs::rename(&beside, path)?;
    private::settle(path).with_context(|| format!("cannot write {}", path.display()))
}

/// The backups of a folder, oldest first.
fn all(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_stem().and_then(|stem| stem.to_str());
        if let Some(name) = name.filter(|_| path.extension().is_some_and(|ending| ending == "json")) {
            names.push(name.to_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn read_listing(folder: &Path, name: &str) -> anyhow::Result<Listing> {
    let path = folder.join(format!("{name}.json"));
    let text = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is no list of a backup", path.display()))
}

/// Removes all but the newest, and the files that nothing refers to any more.
async fn prune(folder: &Path, keep: usize) -> anyhow::Result<usize> {
    let names = all(folder)?;
    let (old, kept) = names.split_at(names.len().saturating_sub(keep));
    let mut needed: Vec<String> = Vec::new();
    for name in kept {
        needed.extend(read_listing(folder, name)?.files);
    }
    for name in old {
        // The list goes first: without it the rest counts for nothing.
        for ending in ["json", "db"] {
            std::fs::remove_file(folder.join(format!("{name}.{ending}")))
                .with_context(|| format!("cannot remove the backup {name}"))?;
        }
    }
    let files = Files::at(&folder.join(FILES));
    for sha256 in files.all()?.into_iter().filter(|sha256| !needed.contains(sha256)) {
        files.remove(&sha256).await?;
    }
    Ok(old.len())
}

/// What a backup is restored to, or whether it could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub listing: Listing,
}

/// Checks the newest backup of a folder, or the one named: the database whole, every table as it was listed, every file with
/// the bytes of its name.
pub async fn check(folder: &Path, name: Option<&str>) -> anyhow::Result<Restored> {
    let name = match name {
        Some(name) => name.to_owned(),
        None => all(folder)?.pop().with_context(|| format!("{} has no finished backup", folder.display()))?,
    };
    let listing = read_listing(folder, &name)?;
    let database = folder.join(format!("{name}.db"));
    ensure!(
        files::hash_of(&database)? == listing.sha256,
        "{} was changed since it was made",
        database.display()
    );
    compare(&database, &listing).await?;
    whole(&Files::at(&folder.join(FILES)), &listing).await?;
    Ok(Restored { name, listing })
}

async fn compare(database: &Path, listing: &Listing) -> anyhow::Result<()> {
    let tables = backup::contents(database).await?;
    let differs = listing.tables.iter().find(|(name, table)| tables.get(*name) != Some(table));
    if let Some((name, _)) = differs {
        bail!("{}: table {name} does not hold what was listed", database.display());
    }
    Ok(())
}

async fn whole(files: &Files, listing: &Listing) -> anyhow::Result<()> {
    for sha256 in &listing.files {
        let bytes = files.get(sha256).await?.with_context(|| format!("the file {sha256} is missing"))?;
        ensure!(files::hash(&bytes) == *sha256, "the file {sha256} is damaged: it holds something else");
    }
    Ok(())
}

/// Puts a backup where the settings want database and files. Refuses where anything lies there already, or a bot runs.
pub async fn restore(settings: &Settings, folder: &Path, name: Option<&str>) -> anyhow::Result<Restored> {
    let _lock = console::lock(&settings.database)?;
    refuse_to_overwrite(settings)?;
    let found = check(folder, name).await?;
    let files = Files::at(&settings.files);
    for sha256 in &found.listing.files {
        let bytes =
            Files::at(&folder.join(FILES)).get(sha256).await?.context("a file went away meanwhile")?;
        files.keep(bytes).await?;
    }
    whole(&files, &found.listing).await?;
    let unfinished = with_ending(&settings.database, ".part");
    drop(private::file(&unfinished)?);
    std::fs::copy(folder.join(format!("{}.db", found.name)), &unfinished)
        .with_context(|| format!("cannot write {}", unfinished.display()))?;
    private::close(&unfinished)?;
    compare(&unfinished, &found.listing).await?;
    // The database comes last: one that is there is whole, and so are its files.
    std::fs::rename(&unfinished, &settings.database)?;
    private::settle(&settings.database)?;
    Ok(found)
}

fn refuse_to_overwrite(settings: &Settings) -> anyhow::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let path = with_ending(&settings.database, ending);
        ensure!(
            !path.exists(),
            "{} is there already and is not overwritten; move it away first",
            path.display()
        );
    }
    ensure!(
        Files::at(&settings.files).all()?.is_empty(),
        "{} has files already and is not overwritten; move it away first",
        settings.files.display()
    );
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
