//! A copy of the database as it stands at one moment, while others work on it, and what a database says in short.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use futures::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::files::hex;
use super::private;

/// How long a copy waits for whoever holds the database at its beginning.
const PATIENCE: Duration = Duration::from_secs(30);

/// One table in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its rows.
    pub rows: u64,
    /// SHA-256 over all of them in a fixed order, in hex.
    pub sha256: String,
}

/// Writes a copy to a file that is not there yet. It holds what was committed when it began, has no log beside it and no room
/// in which something deleted could lie; the bot may go on writing meanwhile. On disk when this returns.
pub async fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    let shown = to.display().to_string();
    ensure!(!to.exists(), "{shown} is there already");
    private::file(to).with_context(|| format!("cannot create {shown}"))?;
    let options = SqliteConnectOptions::new().filename(from).read_only(true).busy_timeout(PATIENCE);
    let mut conn =
        options.connect().await.with_context(|| format!("cannot read the database {}", from.display()))?;
    let target = to.to_str().with_context(|| format!("{shown} is no name in UTF-8"))?;
    sqlx::query("vacuum into $1")
        .bind(target)
        .execute(&mut conn)
        .await
        .with_context(|| format!("cannot copy the database to {shown}"))?;
    conn.close().await?;
    private::settle(to).with_context(|| format!("cannot write {shown} to the disk"))
}

/// Reads a database that nobody works on, checks that it is whole, and says what every table holds.
pub async fn contents(path: &Path) -> anyhow::Result<BTreeMap<String, Table>> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
    let shown = path.display();
    let mut conn = options.connect().await.with_context(|| format!("cannot read {shown}"))?;
    let found: Vec<(String,)> = sqlx::query_as("pragma integrity_check(5)")
        .fetch_all(&mut conn)
        .await
        .with_context(|| format!("{shown} cannot be checked"))?;
    ensure!(matches!(&found[..], [(ok,)] if ok == "ok"), "{shown} is damaged: {found:?}");
    let orphans = sqlx::query("pragma foreign_key_check").fetch_optional(&mut conn).await?;
    ensure!(orphans.is_none(), "{shown} has rows that belong to nothing");
    let names: Vec<(String, String)> = sqlx::query_as(
        "select m.name, group_concat('quote(\"' || c.name || '\")', '|| '','' ||')
         from sqlite_schema m, pragma_table_info(m.name) c
         where m.type = 'table' and m.name not like 'sqlite%' group by m.name",
    )
    .fetch_all(&mut conn)
    .await?;
    let mut tables = BTreeMap::new();
    for (name, columns) in names {
        let table = table(&mut conn, &name, &columns).await.with_context(|| format!("table {name}"))?;
        tables.insert(name, table);
    }
    conn.close().await?;
    Ok(tables)
}

async fn table(conn: &mut SqliteConnection, name: &str, columns: &str) -> sqlx::Result<Table> {
    let all = format!("select {columns} as line from \"{name}\" order by line");
    let mut lines = sqlx::query_as::<_, (String,)>(AssertSqlSafe(all)).fetch(conn);
    let (mut rows, mut digest) = (0, Sha256::new());
    while let Some((line,)) = lines.try_next().await? {
        rows += 1;
        digest.update(line.as_bytes());
        digest.update(b"\n");
    }
    Ok(Table { rows, sha256: hex(&digest.finalize()) })
}
