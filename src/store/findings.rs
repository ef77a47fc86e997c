//! What the office has to look at in a plan that was read from a document, and what it decided (核对单).

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::ids::{AccountId, TaskNo};
use crate::domain::now::stamp;
use crate::store::Connection;

/// A finding to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    /// Stays the same as long as the text does.
    pub key: String,
    /// Its kind.
    pub kind: &'static str,
    /// The code of the item.
    pub task: Option<String>,
    /// Where it stands, in words.
    pub place: String,
    /// What was found, in one sentence.
    pub words: String,
    /// What is proposed, in words.
    pub proposal: String,
    /// What is proposed, for [`Open::answer`].
    pub answer: String,
    /// What it is held against: another item, another name.
    pub other: String,
    /// Whether its item waits for the decision.
    pub blocks: bool,
}

/// Keeps the findings of a plan; what was decided before stays decided.
pub async fn keep(conn: &mut Connection, plan: &str, all: &[NewFinding]) -> sqlx::Result<()> {
    for one in all {
        sqlx::query(
            "insert into finding (plan_id, key, kind, task_code, place, words, proposal, answer, other, blocks)
             select plan_id, $2, $3, $4, $5, $6, $7, $8, $9, $10 from plan where code = $1
             on conflict (plan_id, key) do update
             set task_code = excluded.task_code, place = excluded.place, words = excluded.words,
                 proposal = excluded.proposal, answer = excluded.answer, other = excluded.other",
        )
        .bind(plan)
        .bind(&one.key)
        .bind(one.kind)
        .bind(&one.task)
        .bind(&one.place)
        .bind(&one.words)
        .bind(&one.proposal)
        .bind(&one.answer)
        .bind(&one.other)
        .bind(one.blocks)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// A finding that waits for the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its number, by which it is decided.
    pub id: i64,
    /// Its kind.
    pub kind: String,
    /// The item's number and title.
    pub task: Option<(TaskNo, String)>,
    /// Where it stands, in words.
    pub place: String,
    /// What was found.
    pub words: String,
    /// What is proposed, in words.
    pub proposal: String,
    /// What is proposed: a word, then what it is about (`take 县住建局`).
    pub answer: String,
    /// What it is held against.
    pub other: String,
}

fn open_of(row: &SqliteRow) -> sqlx::Result<Open> {
    let task: Option<i64> = row.try_get("task_id")?;
    let title: Option<String> = row.try_get("title")?;
    Ok(Open {
        id: row.try_get("finding_id")?,
        kind: row.try_get("kind")?,
        task: task.map(TaskNo).zip(title),
        place: row.try_get("place")?,
        words: row.try_get("words")?,
        proposal: row.try_get("proposal")?,
        answer: row.try_get("answer")?,
        other: row.try_get("other")?,
    })
}

/// What waits, in the order of the sheet.
pub async fn open(conn: &mut Connection) -> sqlx::Result<Vec<Open>> {
    sqlx::query(
        "select f.*, t.task_id, t.title from finding f left join task t on t.plan_id = f.plan_id and t.code = f.task_code
         where f.decision is null order by f.finding_id",
    )
    .try_map(|row| open_of(&row))
    .fetch_all(conn)
    .await
}

/// Notes what was decided. False where that was done before.
pub async fn decide(
    conn: &mut Connection,
    id: i64,
    decision: &str,
    by: AccountId,
    at: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let decided = sqlx::query(
        "update finding set decision = $2, decided_by = $3, decided_at = $4
         where finding_id = $1 and decision is null",
    )
    .bind(id)
    .bind(decision)
    .bind(by.0)
    .bind(stamp(at))
    .execute(conn)
    .await?;
    Ok(decided.rows_affected() == 1)
}

/// Parked items that wait for a decision: a finding that holds them back, words that name no unit, a term to be set.
pub async fn blocked(conn: &mut Connection) -> sqlx::Result<Vec<TaskNo>> {
    let found: Vec<(i64,)> = sqlx::query_as(
        "select t.task_id from task t
         where t.state = 'draft' and (
            exists (select 1 from finding f where f.plan_id = t.plan_id and f.task_code = t.code
                    and f.decision is null and f.blocks = 1)
            or exists (select 1 from task_unsettled u where u.task_id = t.task_id)
            or exists (select 1 from duty d where d.task_id = t.task_id and d.hold is not null))
         order by t.task_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(id,)| TaskNo(id)).collect())
}

/// Calls a unit by one more name.
pub async fn add_alias(conn: &mut Connection, alias: &str, of: &str) -> sqlx::Result<bool> {
    let added = sqlx::query(
        "insert into unit_alias (alias, unit_id)
         select $1, unit_id from unit where name = $2 or short = $2
         union select $1, unit_id from unit_alias where alias = $2 limit 1
         on conflict (alias) do nothing",
    )
    .bind(alias)
    .bind(of)
    .execute(conn)
    .await?;
    Ok(added.rows_affected() > 0)
}

/// Takes the targets off an item whose number was none.
pub async fn drop_targets(conn: &mut Connection, task: TaskNo) -> sqlx::Result<()> {
    sqlx::query("update duty set target_value = null, target_unit = null where task_id = $1")
        .bind(task.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes the link between two items away.
pub async fn unlink(conn: &mut Connection, task: TaskNo, other: &str) -> sqlx::Result<()> {
    sqlx::query(
        "delete from task_link where (task_id = $1 and other_task_id in (select task_id from task where code = $2))
            or (other_task_id = $1 and task_id in (select task_id from task where code = $2))",
    )
    .bind(task.0)
    .bind(other)
    .execute(conn)
    .await?;
    Ok(())
}
