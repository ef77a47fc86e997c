//! Files that came with reports: first named, then kept.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::evidence::EvidenceState;
use crate::domain::ids::{AccountId, ChatId, FilingId, InboxId, TaskNo};
use crate::domain::now::stamp;
use crate::store::{Connection, rows};

/// A file that somebody sent for a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewFile<'a> {
    /// What it is for.
    pub filing: FilingId,
    /// The report it came with; `None` where it came alone.
    pub report: Option<i64>,
    /// Who sent it.
    pub account: Option<AccountId>,
    /// The event it came with.
    pub inbox: InboxId,
    /// The chat it came through.
    pub chat: ChatId,
    /// The platform's name of it.
    pub source: &'a str,
    /// What joins it to others.
    pub album: Option<&'a str>,
    /// What it is called.
    pub name: &'a str,
    /// Its bytes, where known.
    pub size: Option<u64>,
}

/// Notes a file. False where the same one stands at the filing already.
pub async fn add(conn: &mut Connection, file: &NewFile<'_>, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let added = sqlx::query(
        "insert into evidence (filing_id, report_id, account_id, inbox_id, chat_id, channel, source, album, name, size,
                               state, not_before, added_at)
         select $1, $2, $3, $4, c.chat_id, c.channel, $6, $7, $8, $9, 'wanted', $10, $10 from chat c
         where c.chat_id = $5
           and not exists (select 1 from evidence e where e.filing_id = $1 and e.channel = c.channel and e.source = $6
                           and e.state in ('wanted', 'kept'))",
    )
    .bind(file.filing.0)
    .bind(file.report)
    .bind(file.account.map(|id| id.0))
    .bind(file.inbox.0)
    .bind(file.chat.0)
    .bind(file.source)
    .bind(file.album)
    .bind(file.name)
    .bind(file.size.and_then(|size| i64::try_from(size).ok()))
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// The filings, each with its report, that earlier files of an album went to.
pub async fn of_album(
    conn: &mut Connection,
    chat: ChatId,
    album: &str,
) -> sqlx::Result<Vec<(FilingId, Option<i64>)>> {
    sqlx::query(
        "select distinct filing_id, report_id from evidence
         where chat_id = $1 and album = $2 and state in ('wanted', 'kept')",
    )
    .bind(chat.0)
    .bind(album)
    .try_map(|row: SqliteRow| Ok((FilingId(row.try_get("filing_id")?), row.try_get("report_id")?)))
    .fetch_all(conn)
    .await
}

/// A file whose bytes are still on the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The platform.
    pub channel: String,
    /// The platform's name of it.
    pub source: String,
    /// What it is called.
    pub name: String,
    /// Its bytes, where known.
    pub size: Option<u64>,
    /// Where it came through.
    pub chat: ChatId,
    /// How often it was tried.
    pub attempts: i64,
}

/// The next files to fetch, each once.
pub async fn wanted(conn: &mut Connection, at: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Wanted>> {
    sqlx::query(
        "select channel, source, min(name) as name, max(size) as size, min(chat_id) as chat_id, max(attempts) as attempts
         from evidence where state = 'wanted' and not_before <= $1
         group by channel, source order by min(evidence_id) limit $2",
    )
    .bind(stamp(at))
    .bind(limit)
    .try_map(|row: SqliteRow| {
        Ok(Wanted {
            channel: row.try_get("channel")?,
            source: row.try_get("source")?,
            name: row.try_get("name")?,
            size: row.try_get::<Option<i64>, _>("size")?.and_then(|size| u64::try_from(size).ok()),
            chat: ChatId(row.try_get("chat_id")?),
            attempts: row.try_get("attempts")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Notes that a file lies in the folder now.
pub async fn kept(conn: &mut Connection, file: &Wanted, sha256: &str, size: u64) -> sqlx::Result<()> {
    sqlx::query(
        "update evidence set state = 'kept', sha256 = $3, size = $4, note = null
         where channel = $1 and source = $2 and state = 'wanted'",
    )
    .bind(&file.channel)
    .bind(&file.source)
    .bind(sha256)
    .bind(i64::try_from(size).unwrap_or(i64::MAX))
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a file off, or gives it up.
pub async fn not_kept(
    conn: &mut Connection,
    file: &Wanted,
    again: Option<DateTime<Utc>>,
    why: &str,
) -> sqlx::Result<()> {
    let state = if again.is_some() { EvidenceState::Wanted } else { EvidenceState::Refused };
    sqlx::query(
        "update evidence set state = $3, not_before = coalesce($4, not_before), note = $5, attempts = attempts + 1
         where channel = $1 and source = $2 and state = 'wanted'",
    )
    .bind(&file.channel)
    .bind(&file.source)
    .bind(state.as_str())
    .bind(again.map(stamp))
    .bind(why)
    .execute(conn)
    .await?;
    Ok(())
}

/// A file as people are shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The filing it is for.
    pub filing: FilingId,
    /// Who owes that, in short.
    pub owner: String,
    /// What it is called.
    pub name: String,
    /// Its hash, once it is kept.
    pub sha256: Option<String>,
    /// When it came.
    pub added_at: DateTime<Utc>,
}

/// The files of an item that were taken or are on their way, oldest first; the same one for several duties once.
pub async fn of_task(conn: &mut Connection, task: TaskNo) -> sqlx::Result<Vec<Shown>> {
    sqlx::query(
        "select e.filing_id, coalesce(u.short, g.short) as owner, e.name, e.sha256, e.added_at
         from evidence e join filing f on f.filing_id = e.filing_id join duty d on d.duty_id = f.duty_id
         left join unit u on u.unit_id = f.unit_id left join team g on g.team_id = f.team_id
         where d.task_id = $1 and e.state in ('wanted', 'kept')
         group by e.channel, e.source, coalesce(u.short, g.short) order by min(e.evidence_id)",
    )
    .bind(task.0)
    .try_map(|row: SqliteRow| {
        Ok(Shown {
            filing: FilingId(row.try_get("filing_id")?),
            owner: row.try_get::<Option<String>, _>("owner")?.unwrap_or_default(),
            name: row.try_get("name")?,
            sha256: row.try_get("sha256")?,
            added_at: rows::instant(&row, "added_at")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Takes the files back that came with an event. Gives the items they were for.
pub async fn withdraw(
    conn: &mut Connection,
    inbox: InboxId,
    by: Option<AccountId>,
) -> sqlx::Result<Vec<TaskNo>> {
    let filings: Vec<(i64,)> = sqlx::query_as(
        "update evidence set state = 'withdrawn'
         where inbox_id = $1 and state in ('wanted', 'kept') and ($2 is null or account_id = $2) returning filing_id",
    )
    .bind(inbox.0)
    .bind(by.map(|id| id.0))
    .fetch_all(&mut *conn)
    .await?;
    let mut tasks = Vec::new();
    for (filing,) in filings {
        let (task,): (i64,) = sqlx::query_as(
            "select d.task_id from filing f join duty d on d.duty_id = f.duty_id where f.filing_id = $1",
        )
        .bind(filing)
        .fetch_one(&mut *conn)
        .await?;
        if !tasks.contains(&TaskNo(task)) {
            tasks.push(TaskNo(task));
        }
    }
    Ok(tasks)
}
