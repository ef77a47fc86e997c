//! Erasing what somebody reported, words and files, wherever they lie: the one place where history loses its words. That
//! something was said, by whom and when stays.

use chrono::{DateTime, Utc};

use crate::domain::filing::Standing;
use crate::domain::ids::{ChatId, FilingId, InboxId};
use crate::domain::now::stamp;
use crate::store::{Connection, rows};

/// A report to be erased, with every event that the same message gave: its edits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasable {
    /// The words.
    pub text: String,
    /// Who said them, as history names the person.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The chat and the platform's message.
    pub message: Option<(ChatId, String)>,
    /// The events: first said, then edited.
    pub events: Vec<InboxId>,
}

/// A report by its row; `None` where it is erased already.
pub async fn find(conn: &mut Connection, report: i64) -> sqlx::Result<Option<Erasable>> {
    use sqlx::Row as _;
    let found = sqlx::query(
        "select r.text, r.chat_id, r.message, r.inbox_id, r.recorded_at,
                coalesce((select h.actor from history h where h.inbox_id = r.inbox_id order by h.history_id limit 1), '') as actor
         from report r where r.report_id = $1 and r.text <> ''",
    )
    .bind(report)
    .fetch_optional(&mut *conn)
    .await?;
    let Some(row) = found else {
        return Ok(None);
    };
    let chat: Option<i64> = row.try_get("chat_id")?;
    let message: Option<String> = row.try_get("message")?;
    let events: Vec<(i64,)> = sqlx::query_as(
        "select distinct inbox_id from report
         where inbox_id is not null and (inbox_id = $1 or (chat_id = $2 and message = $3)) order by inbox_id",
    )
    .bind(row.try_get::<Option<i64>, _>("inbox_id")?)
    .bind(chat)
    .bind(&message)
    .fetch_all(conn)
    .await?;
    Ok(Some(Erasable {
        text: row.try_get("text")?,
        by: row.try_get("actor")?,
        at: rows::instant(&row, "recorded_at")?,
        message: chat.map(ChatId).zip(message),
        events: events.into_iter().map(|(id,)| InboxId(id)).collect(),
    }))
}

/// The filings that an event's reports were about.
pub async fn filings_of(conn: &mut Connection, event: InboxId) -> sqlx::Result<Vec<FilingId>> {
    let ids: Vec<(i64,)> = sqlx::query_as("select distinct filing_id from report where inbox_id = $1")
        .bind(event.0)
        .fetch_all(conn)
        .await?;
    Ok(ids.into_iter().map(|(id,)| FilingId(id)).collect())
}

/// Empties everything that an event's words went to, except the standing of its filings.
pub async fn empty(conn: &mut Connection, event: InboxId, at: DateTime<Utc>) -> sqlx::Result<()> {
    for statement in [
        "update inbox set body = '' where inbox_id = $1",
        "update history set detail = '{}', before = null where inbox_id = $1",
        "update question set body = '' where inbox_id = $1",
        "update letter set body = null where inbox_id = $1 and state = 'sent'",
        "update letter set body = null, state = 'dropped', error = 'erased' where inbox_id = $1 and state = 'pending'",
        // What stood on cards; the newest is put into words anew.
        "update letter set body = null where kind = 'card' and card_id in (
            select i.card_id from card_item i join report r on r.filing_id = i.filing_id where r.inbox_id = $1)",
        "update evidence set state = 'withdrawn', note = 'erase', name = '' where inbox_id = $1",
    ] {
        sqlx::query(statement).bind(event.0).execute(&mut *conn).await?;
    }
    sqlx::query(
        "update report set text = '', blocker = null, needs = null, undone_at = coalesce(undone_at, $2) where inbox_id = $1",
    )
    .bind(event.0)
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Empties our own messages since then that repeat the words: lists, courses, other cards. Only the longest run of the
/// text is looked for, in pieces, since messages quote the beginning of what was said.
pub async fn empty_quotes(conn: &mut Connection, text: &str, since: DateTime<Utc>) -> sqlx::Result<()> {
    let pieces = pieces(text);
    let letters: Vec<(i64, String)> =
        sqlx::query_as("select letter_id, body from letter where created_at >= $1 and body is not null")
            .bind(stamp(since))
            .fetch_all(&mut *conn)
            .await?;
    for (letter, body) in letters {
        if pieces.iter().any(|piece| body.contains(piece.as_str())) {
            sqlx::query("update letter set body = null where letter_id = $1")
                .bind(letter)
                .execute(&mut *conn)
                .await?;
        }
    }
    Ok(())
}

/// Takes all words out of papers drawn up since then that repeat what was erased; that there was such a paper stays, and so
/// does its hash.
pub async fn empty_papers(conn: &mut Connection, text: &str, since: DateTime<Utc>) -> sqlx::Result<()> {
    // A paper is not lost for two words that anybody may have said.
    let pieces: Vec<String> = pieces(text).into_iter().filter(|piece| piece.chars().count() >= 4).collect();
    let papers: Vec<(i64, String)> = sqlx::query_as(
        "select paper_id, frozen || own_rows from paper where known_at >= $1 and frozen <> ''",
    )
    .bind(stamp(since))
    .fetch_all(&mut *conn)
    .await?;
    for (paper, told) in papers {
        if pieces.iter().any(|piece| told.contains(piece.as_str())) {
            sqlx::query("update paper set frozen = '', own_rows = '', figures = '' where paper_id = $1")
                .bind(paper)
                .execute(&mut *conn)
                .await?;
        }
    }
    Ok(())
}

/// The longest run of letters and digits of a text, in overlapping pieces; marks are set differently where it is quoted.
fn pieces(text: &str) -> Vec<String> {
    const PIECE: usize = 5;
    let run =
        text.split(|c: char| !c.is_alphanumeric()).max_by_key(|run| run.chars().count()).unwrap_or_default();
    let chars: Vec<char> = run.chars().collect();
    chars.windows(PIECE.min(chars.len()).max(1)).map(|window| window.iter().collect()).collect()
}

/// Takes words out of what later reports remember of the time before them.
pub async fn forget_before(conn: &mut Connection, filing: FilingId, text: &str) -> sqlx::Result<()> {
    use sqlx::Row as _;
    let kept = sqlx::query("select report_id, before from report where filing_id = $1")
        .bind(filing.0)
        .fetch_all(&mut *conn)
        .await?;
    for row in kept {
        let before: Standing = rows::json(&row, "before")?;
        if let Some(clean) = without(&before, text) {
            sqlx::query("update report set before = $2 where report_id = $1")
                .bind(row.try_get::<i64, _>("report_id")?)
                .bind(rows::to_json(&clean))
                .execute(&mut *conn)
                .await?;
        }
    }
    Ok(())
}

/// Takes what decisions remember of a filing, where the words are in it; such a decision can no longer be taken back.
pub async fn forget_decisions(conn: &mut Connection, filing: FilingId, text: &str) -> sqlx::Result<()> {
    sqlx::query("update history set before = null where filing_id = $1 and instr(before, $2) > 0")
        .bind(filing.0)
        .bind(rows::to_json(&text).trim_matches('"'))
        .execute(conn)
        .await?;
    Ok(())
}

/// A standing without these words; `None` where it does not hold them.
pub fn without(standing: &Standing, text: &str) -> Option<Standing> {
    let holds = |words: &Option<String>| {
        words
            .as_deref()
            .is_some_and(|words| !words.is_empty() && (text.contains(words) || words.contains(text)))
    };
    let (last, blocker) = (holds(&standing.last_text), holds(&standing.blocker));
    (last || blocker).then(|| Standing {
        last_text: standing.last_text.clone().filter(|_| !last),
        blocker: standing.blocker.clone().filter(|_| !blocker),
        ..standing.clone()
    })
}

/// Replaces a line of the room. True where there was one.
pub async fn room_line(conn: &mut Connection, message: (ChatId, &str), instead: &str) -> sqlx::Result<bool> {
    let changed = sqlx::query(
        "update room_line set text = $3, files = '[]', edited = 1, seq = (select max(seq) + 1 from room_line)
         where line_id = cast($2 as integer)
           and chat = (select external_id from chat where chat_id = $1 and channel = 'room')",
    )
    .bind(message.0.0)
    .bind(message.1)
    .bind(instead)
    .execute(conn)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Hashes of files that nobody needs any more.
pub async fn files(conn: &mut Connection) -> sqlx::Result<Vec<String>> {
    let found: Vec<(String,)> = sqlx::query_as(
        "select distinct sha256 from evidence e where note = 'erase' and sha256 is not null
           and not exists (select 1 from evidence k where k.sha256 = e.sha256 and coalesce(k.note, '') <> 'erase')
           and not exists (select 1 from room_line l where instr(l.files, e.sha256) > 0)",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(sha256,)| sha256).collect())
}

/// Notes that a file is gone.
pub async fn file_is_gone(conn: &mut Connection, sha256: &str) -> sqlx::Result<()> {
    sqlx::query("update evidence set sha256 = null, note = 'erased' where sha256 = $1 and note = 'erase'")
        .bind(sha256)
        .execute(conn)
        .await?;
    Ok(())
}
