//! The list of exemptions (容错清单): what was asked for and what was approved.

use sqlx::Row as _;

use crate::store::Connection;
use crate::store::filings::{Owed, owed_of, select_filings};

/// Every filing that is exempt or for which that was asked, each with the reason.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<(Owed, String)>> {
    let owed: Vec<Owed> = sqlx::query(select_filings!(
        "where f.state = 'exempt' or f.asked_exempt is not null order by d.task_id, f.filing_id"
    ))
    .try_map(|row| owed_of(&row))
    .fetch_all(&mut *conn)
    .await?;
    let mut found = Vec::with_capacity(owed.len());
    for one in owed {
        let approved = sqlx::query(
            "select reason from review where filing_id = $1 and act = 'exempt' and undone_at is null
             order by review_id desc limit 1",
        )
        .bind(one.filing.id.0)
        .try_map(|row: sqlx::sqlite::SqliteRow| row.try_get::<Option<String>, _>("reason"))
        .fetch_optional(&mut *conn)
        .await?;
        let reason = one.filing.standing.asked_exempt.clone().or(approved.flatten()).unwrap_or_default();
        found.push((one, reason));
    }
    Ok(found)
}
