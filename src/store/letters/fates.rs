//! What becomes of a letter that was taken up: sent, to be tried again, given up, or unknown (promise R3).

use chrono::{DateTime, Utc};

use crate::domain::ids::LetterId;
use crate::domain::now::stamp;
use crate::store::{Connection, rows};

/// A letter that was sent, as which message, and what it said where that was decided on sending.
pub type Gone<'a> = (LetterId, Option<&'a str>, Option<&'a str>);

/// Notes that letters were sent. `json_each` is SQLite's own.
pub async fn sent(conn: &mut Connection, letters: &[Gone<'_>], at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(
        "update letter set state = 'sent', message = coalesce(j.value ->> 1, message),
                body = coalesce(j.value ->> 2, body), sent_at = $2, error = null
         from json_each($1) j where letter_id = j.value ->> 0",
    )
    .bind(rows::to_json(&letters))
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Puts a letter back to be tried again later; it did not go.
pub async fn retry(
    conn: &mut Connection,
    id: LetterId,
    not_before: DateTime<Utc>,
    error: &str,
) -> sqlx::Result<()> {
    sqlx::query("update letter set state = 'pending', not_before = $2, error = $3 where letter_id = $1")
        .bind(id.0)
        .bind(stamp(not_before))
        .bind(error)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that nobody knows whether a try arrived. It is tried again at `again`; without that it stays `unknown`, until somebody
/// has looked.
pub async fn doubt(
    conn: &mut Connection,
    id: LetterId,
    again: Option<DateTime<Utc>>,
    error: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "update letter set state = iif($2 is null, 'unknown', 'pending'), not_before = coalesce($2, not_before),
                doubts = doubts + 1, error = $3
         where letter_id = $1",
    )
    .bind(id.0)
    .bind(again.map(stamp))
    .bind(error)
    .execute(conn)
    .await?;
    Ok(())
}

/// Gives up a letter that did not go: `dropped` where nothing is left to tell, `parked` where somebody has to look.
pub async fn give_up(conn: &mut Connection, id: LetterId, parked: bool, error: &str) -> sqlx::Result<()> {
    sqlx::query("update letter set state = $2, error = $3 where letter_id = $1")
        .bind(id.0)
        .bind(if parked { "parked" } else { "dropped" })
        .bind(error)
        .execute(conn)
        .await?;
    Ok(())
}

/// After a restart: letters that were under way go again. Whether they had arrived nobody can know; the log says how
/// many (promise R3). Returns how many.
pub async fn take_back_unfinished(conn: &mut Connection) -> sqlx::Result<u64> {
    let back = sqlx::query(
        "update letter set state = 'pending', doubts = doubts + 1, error = 'interrupted, sent again' where state = 'sending'",
    )
    .execute(conn)
    .await?;
    Ok(back.rows_affected())
}

/// Letters by state, for `status` and `doctor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Still to go.
    pub pending: i64,
    /// Gone since the given instant.
    pub sent: i64,
    /// Not gone, and waiting for somebody to look.
    pub parked: i64,
    /// Gone or not, nobody knows, and waiting for somebody to look.
    pub unknown: i64,
}

impl Counts {
    /// What waits for somebody to look.
    pub fn to_look_at(self) -> i64 {
        self.parked + self.unknown
    }
}

/// Counts letters.
pub async fn counts(conn: &mut Connection, since: DateTime<Utc>) -> sqlx::Result<Counts> {
    let (pending, sent, parked, unknown): (i64, i64, i64, i64) = sqlx::query_as(
        "select count(*) filter (where state in ('pending', 'sending')),
                count(*) filter (where state = 'sent' and sent_at >= $1),
                count(*) filter (where state = 'parked'),
                count(*) filter (where state = 'unknown')
         from letter",
    )
    .bind(stamp(since))
    .fetch_one(conn)
    .await?;
    Ok(Counts { pending, sent, parked, unknown })
}
