//! Yearly numbers by person: who owes how many, and what was brought in.

use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::{AccountId, ChatId, DutyId, PostId, TaskNo, UnitId};
use crate::domain::now::stamp;
use crate::domain::quota::Counter;
use crate::domain::task::duty_label;
use crate::rules::quota::{Books, Entry, Quota, Seat};
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, rows};

/// The numbers of running tasks, the posts, and what came in of a year.
pub async fn of_year(conn: &mut Connection, year: i32) -> sqlx::Result<Books> {
    let quotas = quotas(conn).await?;
    if quotas.is_empty() {
        return Ok(Books::default());
    }
    Ok(Books { quotas, seats: seats(conn).await?, entries: entries(conn, year).await? })
}

async fn quotas(conn: &mut Connection) -> sqlx::Result<Vec<Quota>> {
    let mut quotas: Vec<(TaskNo, Quota)> = sqlx::query(
        "select d.duty_id, d.task_id, d.seq, d.each, d.target_value, d.target_unit,
                (select count(*) from duty s where s.task_id = d.task_id and s.progress = 0) as duties
         from duty d join task t on t.task_id = d.task_id
         where d.each is not null and t.state = 'running' order by d.task_id, d.seq",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        let task = TaskNo(row.try_get("task_id")?);
        let need: f64 = row.try_get("target_value")?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful")]
        let need = need.clamp(0.0, 1_000.0) as usize;
        let quota = Quota {
            duty: DutyId(row.try_get("duty_id")?),
            label: duty_label(task, row.try_get("seq")?, row.try_get("duties")?),
            grade: rows::parsed(&row, "each")?,
            need,
            measure: row.try_get("target_unit")?,
            units: std::collections::BTreeSet::new(),
        };
        Ok((task, quota))
    })
    .fetch_all(&mut *conn)
    .await?;
    for (task, quota) in &mut quotas {
        let units: Vec<(i64,)> = sqlx::query_as("select unit_id from task_unit where task_id = $1")
            .bind(task.0)
            .fetch_all(&mut *conn)
            .await?;
        quota.units = units.into_iter().map(|(unit,)| UnitId(unit)).collect();
    }
    Ok(quotas.into_iter().map(|(_, quota)| quota).collect())
}

/// A unit that is reached through the office only is not told; the office has its list. County leaders are told, though they are
/// never asked to file: it is their own number.
async fn seats(conn: &mut Connection) -> sqlx::Result<Vec<Seat>> {
    sqlx::query(
        "select p.post_id, p.title, p.unit_id, p.rank, te.account_id,
                (select c.chat_id from account a join chat c on c.chat_id = a.private_chat_id
                 where a.account_id = te.account_id and c.state = 'open' and (u.chase = 'direct' or p.rank = 'county')) as private
         from post p join unit u on u.unit_id = p.unit_id
         left join tenure te on te.post_id = p.post_id and te.ends is null
         where p.vacant = 0 order by p.post_id, te.tenure_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Seat {
            post: PostId(row.try_get("post_id")?),
            title: row.try_get("title")?,
            unit: UnitId(row.try_get("unit_id")?),
            rank: rows::parsed(&row, "rank")?,
            account: row.try_get::<Option<i64>, _>("account_id")?.map(AccountId),
            private: row.try_get::<Option<i64>, _>("private")?.map(ChatId),
        })
    })
    .fetch_all(conn)
    .await
}

async fn entries(conn: &mut Connection, year: i32) -> sqlx::Result<Vec<Entry>> {
    let rows: Vec<(i64, i64, Option<i64>, String)> = sqlx::query_as(
        "select duty_id, post_id, account_id, title from quota_entry
         where year = $1 and taken_back_at is null order by entry_id",
    )
    .bind(year)
    .fetch_all(conn)
    .await?;
    let entry = |(duty, post, account, title): (i64, i64, Option<i64>, String)| Entry {
        duty: DutyId(duty),
        post: PostId(post),
        account: account.map(AccountId),
        title,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Notes that something was brought in for a counter.
pub async fn add(
    conn: &mut Connection,
    (counter, year): (&Counter, i32),
    title: &str,
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into quota_entry (duty_id, post_id, account_id, year, title, recorded_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(counter.duty.0)
    .bind(counter.post.0)
    .bind(counter.account.map(|id| id.0))
    .bind(year)
    .bind(title)
    .bind(stamp(cause.at))
    .execute(&mut *conn)
    .await?;
    note(conn, counter, "quota_added", title, cause).await
}

/// Takes the newest entry of a counter back; gives its title.
pub async fn take_back(
    conn: &mut Connection,
    (counter, year): (&Counter, i32),
    cause: &Cause,
) -> sqlx::Result<Option<String>> {
    let taken: Option<(String,)> = sqlx::query_as(
        "update quota_entry set taken_back_at = $1 where entry_id = (
            select max(entry_id) from quota_entry where duty_id = $2 and year = $3 and taken_back_at is null
              and (account_id is $4 and account_id is not null or account_id is null and post_id = $5))
         returning title",
    )
    .bind(stamp(cause.at))
    .bind(counter.duty.0)
    .bind(year)
    .bind(counter.account.map(|id| id.0))
    .bind(counter.post.0)
    .fetch_optional(&mut *conn)
    .await?;
    if let Some((title,)) = &taken {
        note(conn, counter, "quota_taken_back", title, cause).await?;
    }
    Ok(taken.map(|(title,)| title))
}

async fn note(
    conn: &mut Connection,
    counter: &Counter,
    what: &str,
    title: &str,
    cause: &Cause,
) -> sqlx::Result<()> {
    let (task,): (i64,) = sqlx::query_as("select task_id from duty where duty_id = $1")
        .bind(counter.duty.0)
        .fetch_one(&mut *conn)
        .await?;
    let about = About { task: Some(TaskNo(task)), filing: None };
    history::add(
        conn,
        cause,
        about,
        what,
        &json!({ "post": counter.title, "title": title, "measure": counter.measure }),
    )
    .await
}
