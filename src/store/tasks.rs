//! Tasks as people ask for them: one, or a list by unit, team or state.

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::filing::{FilingState, Owner};
use crate::domain::ids::{TaskNo, TeamId, UnitId};
use crate::domain::task::{Hold, TaskState};
use crate::store::filings::{Owed, owed_of, select_filings};
use crate::store::{Connection, rows};

/// Selects what [`task_of`] reads; ends with the `from` clause, to be followed by `where`.
macro_rules! select_tasks {
    ($tail:literal) => {
        concat!(
            "select t.task_id, t.code, t.section, t.title, t.state, t.note, t.confidential, u.short as lead, g.short as team,
                    (select count(*) from duty d join filing f on f.duty_id = d.duty_id
                     where d.task_id = t.task_id and f.state in ('open', 'sent_back')) as owed,
                    (select count(*) from duty d join filing f on f.duty_id = d.duty_id
                     where d.task_id = t.task_id and f.state = 'claimed') as claimed,
                    (select count(*) from duty d join filing f on f.duty_id = d.duty_id
                     where d.task_id = t.task_id and f.state in ('open', 'sent_back') and d.progress = 0
                       and f.due_at <= $1) as overdue
             from task t
             left join unit u on u.unit_id = t.lead_unit_id
             left join team g on g.team_id = t.team_id ",
            $tail
        )
    };
}

/// A task as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its number.
    pub no: TaskNo,
    /// Its code within the plan.
    pub code: String,
    /// Where it stands in the notice.
    pub section: String,
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub state: TaskState,
    /// What the office must know.
    pub note: Option<String>,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
    /// The lead unit.
    pub lead: Option<String>,
    /// The team.
    pub team: Option<String>,
    /// Filings that are owed.
    pub owed: i64,
    /// Filings that wait for the office.
    pub claimed: i64,
    /// Filings that are overdue.
    pub overdue: i64,
}

fn task_of(row: &SqliteRow) -> sqlx::Result<Task> {
    Ok(Task {
        no: TaskNo(row.try_get("task_id")?),
        code: row.try_get("code")?,
        section: row.try_get("section")?,
        title: row.try_get("title")?,
        state: rows::parsed(row, "state")?,
        note: row.try_get("note")?,
        confidential: row.try_get("confidential")?,
        lead: row.try_get("lead")?,
        team: row.try_get("team")?,
        owed: row.try_get("owed")?,
        claimed: row.try_get("claimed")?,
        overdue: row.try_get("overdue")?,
    })
}

/// One task by number.
pub async fn get(conn: &mut Connection, no: TaskNo, now: &str) -> sqlx::Result<Option<Task>> {
    sqlx::query(select_tasks!("where t.task_id = $2"))
        .bind(now)
        .bind(no.0)
        .try_map(|row| task_of(&row))
        .fetch_optional(conn)
        .await
}

/// The number of a code, without regard to case.
pub async fn by_code(conn: &mut Connection, code: &str) -> sqlx::Result<Option<TaskNo>> {
    let found: Option<(i64,)> = sqlx::query_as(
        "select task_id from task where lower(code) = lower($1) order by task_id desc limit 1",
    )
    .bind(code)
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(id,)| TaskNo(id)))
}

/// Every task, in the order of the plan.
pub async fn all(conn: &mut Connection, now: &str) -> sqlx::Result<Vec<Task>> {
    sqlx::query(select_tasks!("order by t.task_id"))
        .bind(now)
        .try_map(|row| task_of(&row))
        .fetch_all(conn)
        .await
}

/// What a unit is bound to.
pub async fn of_unit(conn: &mut Connection, unit: UnitId, now: &str) -> sqlx::Result<Vec<Task>> {
    sqlx::query(select_tasks!(
        "where exists (select 1 from task_unit x where x.task_id = t.task_id and x.unit_id = $2)
            or exists (select 1 from team_post tp join post p on p.post_id = tp.post_id
                       where tp.team_id = t.team_id and p.unit_id = $2
                         and not exists (select 1 from task_unit y where y.task_id = t.task_id))
         order by t.task_id"
    ))
    .bind(now)
    .bind(unit.0)
    .try_map(|row| task_of(&row))
    .fetch_all(conn)
    .await
}

/// What belongs to a team.
pub async fn of_team(conn: &mut Connection, team: TeamId, now: &str) -> sqlx::Result<Vec<Task>> {
    sqlx::query(select_tasks!("where t.team_id = $2 order by t.task_id"))
        .bind(now)
        .bind(team.0)
        .try_map(|row| task_of(&row))
        .fetch_all(conn)
        .await
}

/// Items whose title, section, code or duties hold every one of these words.
pub async fn with_words(conn: &mut Connection, words: &[&str], now: &str) -> sqlx::Result<Vec<Task>> {
    let mut found = all(conn, now).await?;
    for word in words {
        let hits: Vec<(i64,)> = sqlx::query_as(
            "select distinct t.task_id from task t left join duty d on d.task_id = t.task_id
             where instr(lower(t.title || ' ' || t.section || ' ' || t.code || ' ' || coalesce(d.text, '')), lower($1)) > 0",
        )
        .bind(word)
        .fetch_all(&mut *conn)
        .await?;
        found.retain(|task| hits.iter().any(|(id,)| *id == task.no.0));
    }
    Ok(found)
}

/// Whether one of these units leads an item.
pub async fn is_led_by(conn: &mut Connection, no: TaskNo, units: &[UnitId]) -> sqlx::Result<bool> {
    let lead: Option<(Option<i64>,)> = sqlx::query_as("select lead_unit_id from task where task_id = $1")
        .bind(no.0)
        .fetch_optional(conn)
        .await?;
    Ok(lead.and_then(|(lead,)| lead).is_some_and(|lead| units.contains(&UnitId(lead))))
}

/// A duty that waits for the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The task.
    pub task: TaskNo,
    /// The duty's place within it.
    pub seq: i64,
    /// The task's title.
    pub title: String,
    /// The duty.
    pub duty: String,
    /// Why it waits.
    pub hold: Hold,
    /// The vague word or the date.
    pub word: String,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
}

/// Everything that waits for the office, in the order of the plan.
pub async fn held(conn: &mut Connection) -> sqlx::Result<Vec<Held>> {
    sqlx::query(
        "select t.task_id, d.seq, t.title, d.text, d.hold, coalesce(d.vague, d.due, '') as word, t.confidential
         from duty d join task t on t.task_id = d.task_id where d.hold is not null order by t.task_id, d.seq",
    )
    .try_map(|row: SqliteRow| {
        Ok(Held {
            task: TaskNo(row.try_get("task_id")?),
            seq: row.try_get("seq")?,
            title: row.try_get("title")?,
            duty: row.try_get("text")?,
            hold: rows::parsed(&row, "hold")?,
            word: row.try_get("word")?,
            confidential: row.try_get("confidential")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Words of the notice that name no unit, by task.
pub async fn unsettled(conn: &mut Connection) -> sqlx::Result<Vec<(TaskNo, String)>> {
    let found: Vec<(i64, String)> =
        sqlx::query_as("select task_id, words from task_unsettled order by task_id").fetch_all(conn).await?;
    Ok(found.into_iter().map(|(id, words)| (TaskNo(id), words)).collect())
}

/// Near duplicates of a task.
pub async fn links(conn: &mut Connection, no: TaskNo) -> sqlx::Result<Vec<TaskNo>> {
    let found: Vec<(i64,)> =
        sqlx::query_as("select other_task_id from task_link where task_id = $1 order by 1")
            .bind(no.0)
            .fetch_all(conn)
            .await?;
    Ok(found.into_iter().map(|(id,)| TaskNo(id)).collect())
}

/// What decides whether a task is finished: the states of everything owed once, and whether anything comes round.
pub async fn ending(conn: &mut Connection, no: TaskNo) -> sqlx::Result<(Vec<FilingState>, bool)> {
    let states = sqlx::query(
        "select f.state from filing f join duty d on d.duty_id = f.duty_id
         where d.task_id = $1 and d.schedule in ('due', 'undated')",
    )
    .bind(no.0)
    .try_map(|row: SqliteRow| rows::parsed(&row, "state"))
    .fetch_all(&mut *conn)
    .await?;
    let (rounds,): (i64,) = sqlx::query_as(
        "select count(*) from duty where task_id = $1 and progress = 0
         and (schedule not in ('due', 'undated', 'event') or hold is not null)",
    )
    .bind(no.0)
    .fetch_one(conn)
    .await?;
    Ok((states, rounds > 0))
}

/// Whether a task binds somebody.
pub async fn binds(conn: &mut Connection, no: TaskNo, owner: Owner) -> sqlx::Result<bool> {
    let (unit, team) = match owner {
        Owner::Unit(unit) => (Some(unit.0), None),
        Owner::Team(team) => (None, Some(team.0)),
    };
    let (count,): (i64,) = sqlx::query_as(
        "select (select count(*) from task_unit where task_id = $1 and unit_id = $2)
              + (select count(*) from task where task_id = $1 and team_id = $3)",
    )
    .bind(no.0)
    .bind(unit)
    .bind(team)
    .fetch_one(conn)
    .await?;
    Ok(count > 0)
}

/// Filings of a round that nobody has answered, and overdue ones: who has not filed, by unit.
pub async fn silent(conn: &mut Connection) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where f.state in ('open', 'sent_back') and t.state = 'running' and f.due_on is not null
           and exists (select 1 from ask a where a.filing_id = f.filing_id and a.state = 'carded' and a.cycle = f.cycle)
           and (f.reported_at is null or f.reported_at < f.since or f.period like '%W%')
         order by coalesce(f.unit_id, 0), f.team_id, d.task_id, f.filing_id"
    ))
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}
