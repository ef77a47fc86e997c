//! The filings of a stretch of tasks as they stood at a moment. What was said and decided of each is read, followed to that
//! moment and dropped again before the next stretch: of a large county it is more than memory should hold.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::assess::course::{self, Entry, Event};
use crate::assess::facts::Item;
use crate::domain::filing::FilingState;
use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::now::{Now, parse_stamp, stamp};
use crate::domain::quantity::Quantity;
use crate::domain::review::Said;
use crate::store::filings::{Owed, owed_of, select_filings};
use crate::store::{Connection, rows};

/// The tasks that are read: from a first to a last number.
type Stretch = (TaskNo, TaskNo);

/// The filings of a stretch of tasks as they stood at `now`, in the order they were opened.
pub async fn items(conn: &mut Connection, now: &Now, stretch: Stretch) -> sqlx::Result<Vec<Item>> {
    let entries = entries(conn, now, stretch).await?;
    let changed = changed_at(conn, stretch).await?;
    let stored = filings(conn, now, stretch).await?;
    let none = Vec::new();
    let stood = |owed: Owed| {
        let id = owed.filing.id;
        let (mut filing, course) = course::as_of(&owed.filing, entries.get(&id).unwrap_or(&none), now);
        // Nothing came after that moment: it stood as it stands.
        let ended = matches!(owed.filing.standing.state, FilingState::Void | FilingState::Exempt);
        let is_old = match changed.get(&id) {
            Some(at) => *at <= now.at(),
            None => !ended,
        };
        if is_old {
            filing.standing = owed.filing.standing;
        }
        Item { filing, duty: owed.duty, task: owed.task, course }
    };
    Ok(stored.into_iter().map(stood).collect())
}

/// Filings as they stand, of those that were open by then, in the order they were opened.
async fn filings(conn: &mut Connection, now: &Now, (first, last): Stretch) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where d.task_id between $1 and $2 and f.opened_at <= $3 order by f.opened_at, f.filing_id"
    ))
    .bind(first.0)
    .bind(last.0)
    .bind(stamp(now.at()))
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}

/// When each filing was last changed, by itself or with its task.
async fn changed_at(
    conn: &mut Connection,
    (first, last): Stretch,
) -> sqlx::Result<BTreeMap<FilingId, DateTime<Utc>>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "select filing_id, max(at) from (
            select filing_id, at from history where task_id between $1 and $2 and filing_id is not null
            union all
            select f.filing_id, h.at from history h join duty d on d.task_id = h.task_id join filing f on f.duty_id = d.duty_id
            where h.task_id between $1 and $2 and substr(h.what, 1, 5) = 'task_')
         group by filing_id",
    )
    .bind(first.0)
    .bind(last.0)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((FilingId(id), parse_stamp(&at).ok()?))).collect())
}

/// What was reported and decided on each filing up to a moment, in the order it was recorded.
async fn entries(
    conn: &mut Connection,
    now: &Now,
    stretch: Stretch,
) -> sqlx::Result<BTreeMap<FilingId, Vec<Entry>>> {
    let mut all: BTreeMap<FilingId, Vec<Entry>> = BTreeMap::new();
    let reports = reports(conn, now, stretch).await?;
    for (filing, entry) in reports.into_iter().chain(decisions(conn, now, stretch).await?) {
        all.entry(filing).or_default().push(entry);
    }
    for entries in all.values_mut() {
        entries.sort_by_key(|entry| entry.recorded_at);
    }
    Ok(all)
}

async fn reports(
    conn: &mut Connection,
    now: &Now,
    (first, last): Stretch,
) -> sqlx::Result<Vec<(FilingId, Entry)>> {
    sqlx::query(
        "select r.filing_id, r.status, r.percent, r.quantity, r.quantity_unit, r.new_due, r.until_on, r.blocker, r.needs, r.text,
                r.happened_at, r.recorded_at, r.undone_at
         from duty d join filing f on f.duty_id = d.duty_id join report r on r.filing_id = f.filing_id
         where d.task_id between $1 and $2 and r.recorded_at <= $3 order by r.recorded_at, r.report_id",
    )
    .bind(first.0)
    .bind(last.0)
    .bind(stamp(now.at()))
    .try_map(|row: SqliteRow| {
        let quantity: Option<f64> = row.try_get("quantity")?;
        let unit: Option<String> = row.try_get("quantity_unit")?;
        let said = Said {
            status: rows::parsed(&row, "status")?,
            percent: row.try_get("percent")?,
            quantity: quantity.zip(unit).map(|(value, unit)| Quantity { value, unit }),
            new_due: rows::parsed_or_none(&row, "new_due")?,
            until: rows::parsed_or_none(&row, "until_on")?,
            blocker: row.try_get("blocker")?,
            needs: row.try_get("needs")?,
            text: row.try_get("text")?,
        };
        Ok((FilingId(row.try_get("filing_id")?), entry(&row, Event::Report(said))?))
    })
    .fetch_all(conn)
    .await
}

async fn decisions(
    conn: &mut Connection,
    now: &Now,
    (first, last): Stretch,
) -> sqlx::Result<Vec<(FilingId, Entry)>> {
    sqlx::query(
        "select v.filing_id, v.act, v.new_due, v.happened_at, v.recorded_at, v.undone_at
         from duty d join filing f on f.duty_id = d.duty_id join review v on v.filing_id = f.filing_id
         where d.task_id between $1 and $2 and v.recorded_at <= $3 order by v.recorded_at, v.review_id",
    )
    .bind(first.0)
    .bind(last.0)
    .bind(stamp(now.at()))
    .try_map(|row: SqliteRow| {
        let event = Event::Decision(rows::parsed(&row, "act")?, rows::parsed_or_none(&row, "new_due")?);
        Ok((FilingId(row.try_get("filing_id")?), entry(&row, event)?))
    })
    .fetch_all(conn)
    .await
}

fn entry(row: &SqliteRow, event: Event) -> sqlx::Result<Entry> {
    Ok(Entry {
        happened_at: rows::instant(row, "happened_at")?,
        recorded_at: rows::instant(row, "recorded_at")?,
        undone_at: rows::instant_or_none(row, "undone_at")?,
        event,
    })
}
