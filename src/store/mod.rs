//! All SQL. One function a query, named by a verb, taking a connection so that it joins any transaction.
//!
//! One writer and several readers on one SQLite file: WAL, foreign keys, `synchronous=FULL`; every write begins with
//! `BEGIN IMMEDIATE`, so that two of them wait instead of failing. Times are bound as parameters; SQL never asks a clock.

pub mod agenda;
pub mod amend;
pub mod asks;
pub mod assignment;
pub mod backup;
pub mod brief;
pub mod burden;
pub mod cards;
pub mod chats;
pub mod claims;
pub mod collected;
pub mod corrections;
pub mod decisions;
pub mod documents;
pub mod endings;
pub mod erase;
pub mod evidence;
pub mod exemptions;
pub mod facts;
pub mod figures;
pub mod files;
pub mod filings;
pub mod findings;
pub mod handovers;
pub mod health;
pub mod history;
pub mod inbox;
pub mod invites;
pub mod leaves;
pub mod letters;
pub mod life;
pub mod matrix;
mod migrations;
pub mod origins;
pub mod overview;
pub mod packages;
pub mod papers;
pub mod people;
pub mod phones;
pub mod pieces;
pub mod plans;
pub mod posts;
pub mod private;
pub mod questions;
pub mod quotas;
pub mod reach;
pub mod registers;
pub mod remits;
pub mod reports;
pub mod room;
pub mod roster;
pub mod rounds;
mod rows;
pub mod sealed;
pub mod self_check;
pub mod signing;
pub mod suggestions;
pub mod systems;
pub mod tasks;
pub mod teams;
pub mod tenures;
pub mod terms;
pub mod timeline;
pub mod tokens;

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Context as _;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection as _, Sqlite, SqlitePool, Transaction};

pub use sqlx::SqliteConnection as Connection;

/// Connections that read at the same time.
const READERS: u32 = 4;

/// Somebody who waits for the writer, however the wait ends.
struct Waits(Arc<AtomicUsize>);

impl Waits {
    fn begin(all: &Arc<AtomicUsize>) -> Waits {
        all.fetch_add(1, Ordering::Relaxed);
        Waits(all.clone())
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The database. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    /// How many wait for the one writer.
    awaiting: Arc<AtomicUsize>,
    path: PathBuf,
}

impl Store {
    /// Opens the database, creating it and bringing its schema up to date.
    pub async fn open(path: &Path) -> anyhow::Result<Store> {
        let shown = path.display().to_string();
        if let Some(folder) = path.parent() {
            private::folder(folder).with_context(|| format!("cannot create the folder of {shown}"))?;
        }
        // The log and the index beside it take their rights from the file.
        if let Err(error) = private::file(path).map(drop).and_then(|()| close_beside(path))
            && error.kind() != ErrorKind::PermissionDenied
            && error.kind() != ErrorKind::ReadOnlyFilesystem
        {
            return Err(error).with_context(|| format!("cannot create the database {shown}"));
        }
        let options = options(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            // A full disk ends a transaction behind the library's back, which then takes the connection for occupied for ever.
            .before_acquire(|conn, _| Box::pin(async { Ok(!conn.is_in_transaction()) }))
            .connect_with(options.clone())
            .await
            .with_context(|| format!("cannot open the database {shown}"))?;
        migrations::run(&writer).await.with_context(|| format!("cannot bring {shown} up to date"))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await
            .with_context(|| format!("cannot read the database {shown}"))?;
        Ok(Store { writer, readers, awaiting: Arc::default(), path: path.to_owned() })
    }

    /// Opens a database that is there as it is, for whoever looks only: nothing is created, and its schema stays. Gives the
    /// steps that its schema is behind, too; with any, queries may ask for what is not there yet.
    pub async fn look(path: &Path) -> anyhow::Result<(Store, usize)> {
        let pool = SqlitePoolOptions::new().max_connections(1);
        let readers = pool.clone().connect_with(options(path).read_only(true)).await?;
        let behind = migrations::behind(&readers).await?;
        let writer = pool.connect_lazy_with(options(path));
        Ok((Store { writer, readers, awaiting: Arc::default(), path: path.to_owned() }, behind))
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a write. Nothing of it is there until it is committed; dropping it takes it back.
    pub async fn write(&self) -> sqlx::Result<Transaction<'static, Sqlite>> {
        let _waits = Waits::begin(&self.awaiting);
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Whether anybody waits for the one writer: whoever holds it for much work should come to an end.
    pub fn is_awaited(&self) -> bool {
        self.awaiting.load(Ordering::Relaxed) > 0
    }

    /// A connection that only reads.
    pub async fn read(&self) -> sqlx::Result<PoolConnection<Sqlite>> {
        self.readers.acquire().await
    }

    /// Whether something could be written now. Nothing is.
    pub async fn can_write(&self) -> sqlx::Result<()> {
        self.write().await?.rollback().await
    }

    /// Empties the write-ahead log, in which words that were not kept may still lie. False where a reader was in the way.
    pub async fn empty_log(&self) -> sqlx::Result<bool> {
        let mut writer = self.writer.acquire().await?;
        let (busy, _, _): (i64, i64, i64) =
            sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&mut *writer).await?;
        Ok(busy == 0)
    }

    /// Closes all connections, which folds the write-ahead log into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// How every connection treats the file.
fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        // What is deleted is overwritten: words that are not kept must not be found in the file either.
        .pragma("secure_delete", "on")
}

/// A log that was left behind by an earlier version, or by a crash, is nobody else's either.
fn close_beside(path: &Path) -> io::Result<()> {
    for ending in ["-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(ending);
        private::close(Path::new(&beside))?;
    }
    Ok(())
}
