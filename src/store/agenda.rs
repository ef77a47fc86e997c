//! What the agenda of the week's meeting is drawn up from.

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::agenda::NeedsDate;
use crate::domain::now::stamp;
use crate::domain::task::duty_label;
use crate::rules::agenda::Item;
use crate::store::filings::{Owed, owed_of, select_filings};
use crate::store::{Connection, origins, rows, tasks};

/// The filings that an agenda may speak of: dated ones up to `until`, what is held up, what has a target or a start, what
/// waits for the office, unanswered rounds, and what came since `since`.
pub async fn items(
    conn: &mut Connection,
    until: NaiveDate,
    since: DateTime<Utc>,
    tells_all: bool,
) -> sqlx::Result<Vec<Item>> {
    let added = origins::added_since(conn, since).await?;
    sqlx::query(select_filings!(
        "where t.state = 'running' and (
            d.starts is not null
            or f.state = 'claimed'
            or f.state in ('open', 'sent_back') and (
                f.due_on <= $1 and d.progress = 0 or f.blocker is not null or d.target_value is not null
                or p.imported_at >= $2 or d.task_id in (select task_id from origin where added_at >= $2)))
         order by d.task_id, d.seq, f.filing_id"
    ))
    .bind(until.to_string())
    .bind(stamp(since))
    .try_map(|row| {
        let owed = owed_of(&row)?;
        Ok(Item {
            task: owed.task,
            title: (tells_all || !owed.confidential).then_some(owed.title),
            seq: owed.seq,
            owner: owed.owner,
            // What came with no notice came when it was added; the plan that holds it is older.
            imported_at: added
                .get(&owed.task)
                .copied()
                .map_or_else(|| rows::instant(&row, "imported_at"), Ok)?,
            filing: owed.filing,
        })
    })
    .fetch_all(conn)
    .await
}

/// What the office verifies and what is claimed or due until a day, each with the number of its files.
pub async fn to_verify(conn: &mut Connection, until: NaiveDate) -> sqlx::Result<Vec<(Owed, i64)>> {
    let owed: Vec<Owed> = sqlx::query(select_filings!(
        "where t.state = 'running' and d.reviewed = 1 and (
            f.state = 'claimed' or f.state in ('open', 'sent_back') and d.progress = 0 and f.due_on <= $1)
         order by f.due_on, d.task_id, f.filing_id"
    ))
    .bind(until.to_string())
    .try_map(|row| owed_of(&row))
    .fetch_all(&mut *conn)
    .await?;
    let files: Vec<(i64, i64)> = sqlx::query_as(
        "select filing_id, count(*) from evidence where state in ('wanted', 'kept') group by filing_id",
    )
    .fetch_all(conn)
    .await?;
    let files: std::collections::BTreeMap<i64, i64> = files.into_iter().collect();
    Ok(owed
        .into_iter()
        .map(|owed| {
            let count = files.get(&owed.filing.id.0).copied().unwrap_or_default();
            (owed, count)
        })
        .collect())
}

/// The duties that wait for a date from the office.
pub async fn undated(conn: &mut Connection) -> sqlx::Result<Vec<NeedsDate>> {
    let needs = |held: tasks::Held| NeedsDate {
        label: duty_label(held.task, held.seq, held.seq.max(1)),
        hold: held.hold,
        word: held.word,
    };
    Ok(tasks::held(conn).await?.into_iter().map(needs).collect())
}
