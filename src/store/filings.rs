//! Filings: read whole, and written in one place together with their line of history (law L3).

mod opening;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::filing::{Filing, Owner, Patience, Standing};
use crate::domain::ids::{CardId, DutyId, FilingId, TaskNo, TeamId, UnitId};
use crate::domain::now::{parse_stamp, stamp};
use crate::domain::quantity::Quantity;
use crate::store::history::{self, About, Cause};
use crate::store::{Connection, decisions, rows};

/// Selects what [`filing_of`] and [`owed_of`] read; ends with the `from` clause, to be followed by `where`.
macro_rules! select_filings {
    ($tail:literal) => {
        concat!(
            "select f.filing_id, f.duty_id, f.unit_id, f.team_id, f.period, f.opened_at, f.due_on, f.due_at, f.state,
                    f.cycle, f.since, f.percent, f.quantity, f.last_text, f.reported_at, f.blocker, f.asked_due, f.asked_exempt,
                    f.quiet_until, f.extensions, f.was_overdue, f.version,
                    d.reviewed, d.progress, d.target_value, d.target_unit, d.starts, p.grace_head, p.grace_office, p.imported_at, d.text as duty_text, d.seq, d.task_id,
                    (select count(*) from duty s where s.task_id = d.task_id and s.progress = 0) as duties,
                    t.title, t.code, t.confidential, coalesce(u.short, g.short) as owner_name
             from filing f
             join duty d on d.duty_id = f.duty_id
             join task t on t.task_id = d.task_id
             join plan p on p.plan_id = t.plan_id
             left join unit u on u.unit_id = f.unit_id
             left join team g on g.team_id = f.team_id ",
            $tail
        )
    };
}
pub(super) use select_filings;

pub use opening::{Span, open};

/// A filing with the task and duty it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Owed {
    /// The filing.
    pub filing: Filing,
    /// Its duty.
    pub duty: DutyId,
    /// The duty in short.
    pub duty_text: String,
    /// The duty's place within the task.
    pub seq: i64,
    /// How many duties the task has, not counting the progress ask.
    pub duties: i64,
    /// The task's number.
    pub task: TaskNo,
    /// The task's code within its plan.
    pub code: String,
    /// The task's title.
    pub title: String,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
    /// Short name of who owes it.
    pub owner: String,
}

/// Reads a filing from a row of [`select_filings`].
pub(super) fn filing_of(row: &SqliteRow) -> sqlx::Result<Filing> {
    let unit: Option<i64> = row.try_get("unit_id")?;
    let team: Option<i64> = row.try_get("team_id")?;
    let target: Option<f64> = row.try_get("target_value")?;
    let target_unit: Option<String> = row.try_get("target_unit")?;
    Ok(Filing {
        id: FilingId(row.try_get("filing_id")?),
        owner: match (unit, team) {
            (Some(unit), _) => Owner::Unit(UnitId(unit)),
            (None, team) => Owner::Team(TeamId(team.unwrap_or_default())),
        },
        period: rows::parsed(row, "period")?,
        opened_at: rows::instant(row, "opened_at")?,
        reviewed: row.try_get("reviewed")?,
        progress: row.try_get("progress")?,
        target: target.zip(target_unit).map(|(value, unit)| Quantity { value, unit }),
        starts: rows::parsed_or_none(row, "starts")?,
        patience: patience_of(row)?,
        was_overdue: row.try_get("was_overdue")?,
        version: row.try_get("version")?,
        standing: Standing {
            state: rows::parsed(row, "state")?,
            cycle: row.try_get("cycle")?,
            since: rows::instant(row, "since")?,
            due_on: rows::parsed_or_none(row, "due_on")?,
            due_at: rows::instant_or_none(row, "due_at")?,
            percent: row.try_get("percent")?,
            quantity: row.try_get("quantity")?,
            last_text: row.try_get("last_text")?,
            reported_at: rows::instant_or_none(row, "reported_at")?,
            blocker: row.try_get("blocker")?,
            asked_due: rows::parsed_or_none(row, "asked_due")?,
            asked_exempt: row.try_get("asked_exempt")?,
            quiet_until: rows::parsed_or_none(row, "quiet_until")?,
            extensions: row.try_get("extensions")?,
        },
    })
}

/// Reads a plan's own graces.
pub(super) fn patience_of(row: &SqliteRow) -> sqlx::Result<Patience> {
    Ok(Patience { head: row.try_get("grace_head")?, office: row.try_get("grace_office")? })
}

/// Reads a filing with its surroundings from a row of [`select_filings`].
pub(super) fn owed_of(row: &SqliteRow) -> sqlx::Result<Owed> {
    Ok(Owed {
        filing: filing_of(row)?,
        duty: DutyId(row.try_get("duty_id")?),
        duty_text: row.try_get("duty_text")?,
        seq: row.try_get("seq")?,
        duties: row.try_get("duties")?,
        task: TaskNo(row.try_get("task_id")?),
        code: row.try_get("code")?,
        title: row.try_get("title")?,
        confidential: row.try_get("confidential")?,
        owner: row.try_get("owner_name")?,
    })
}

/// One filing.
pub async fn get(conn: &mut Connection, id: FilingId) -> sqlx::Result<Option<Owed>> {
    sqlx::query(select_filings!("where f.filing_id = $1"))
        .bind(id.0)
        .try_map(|row| owed_of(&row))
        .fetch_optional(conn)
        .await
}

/// Filings whose next look is due, the longest waiting first.
pub async fn to_look_at(conn: &mut Connection, at: DateTime<Utc>, limit: i64) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where f.next_look_at is not null and f.next_look_at <= $1 order by f.next_look_at, f.filing_id limit $2"
    ))
    .bind(stamp(at))
    .bind(limit)
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}

/// The last words between the owners of filings and us about the filings' tasks: what was reported, or what was decided to be
/// asked. What comes round is asked for anyway and needs no such look. `json_each` is SQLite's own.
pub async fn last_words(
    conn: &mut Connection,
    all: &[&Owed],
) -> sqlx::Result<BTreeMap<FilingId, DateTime<Utc>>> {
    let once: Vec<FilingId> =
        all.iter().filter(|owed| !owed.filing.is_recurring()).map(|owed| owed.filing.id).collect();
    if once.is_empty() {
        return Ok(BTreeMap::new());
    }
    let last: Vec<(i64, String)> = sqlx::query_as(
        "select c.filing_id,
                max(max(coalesce((select max(r.recorded_at) from report r where r.filing_id = f.filing_id), ''),
                        coalesce((select max(a.created_at) from ask a where a.filing_id = f.filing_id), '')))
         from json_each($1) j cross join filing c on c.filing_id = j.value cross join duty m on m.duty_id = c.duty_id
         cross join duty d on d.task_id = m.task_id
         cross join filing f on f.duty_id = d.duty_id and f.unit_id is c.unit_id and f.team_id is c.team_id
         group by c.filing_id",
    )
    .bind(rows::to_json(&once))
    .fetch_all(conn)
    .await?;
    Ok(last.into_iter().filter_map(|(filing, at)| Some((FilingId(filing), parse_stamp(&at).ok()?))).collect())
}

/// What a unit owes or has claimed, of running tasks, and the newest of its settled routine filings: a second word on
/// those still counts.
pub async fn open_of_unit(conn: &mut Connection, unit: UnitId) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where f.unit_id = $1 and t.state = 'running' and (
            f.state in ('open', 'claimed', 'sent_back')
            or f.state = 'accepted' and d.reviewed = 0 and d.schedule not in ('due', 'undated', 'event')
               and not exists (select 1 from filing n where n.duty_id = f.duty_id and n.unit_id = f.unit_id
                               and n.opened_at > f.opened_at))
         order by d.task_id, d.seq, f.filing_id"
    ))
    .bind(unit.0)
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}

/// The same for a whole team.
pub async fn open_of_team(conn: &mut Connection, team: TeamId) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where f.team_id = $1 and t.state = 'running' and (
            f.state in ('open', 'claimed', 'sent_back')
            or f.state = 'accepted' and d.reviewed = 0 and d.schedule not in ('due', 'undated', 'event')
               and not exists (select 1 from filing n where n.duty_id = f.duty_id and n.team_id = f.team_id
                               and n.opened_at > f.opened_at))
         order by d.task_id, d.seq, f.filing_id"
    ))
    .bind(team.0)
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}

/// Every filing of a task, the owed ones first.
pub async fn of_task(conn: &mut Connection, task: TaskNo) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where d.task_id = $1
         order by f.state in ('accepted', 'exempt', 'void'), d.seq, f.filing_id"
    ))
    .bind(task.0)
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}

/// Open filings with a due day up to `until`, the most urgent first.
pub async fn due_until(conn: &mut Connection, until: NaiveDate) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where f.due_on is not null and f.due_on <= $1 and f.state in ('open', 'sent_back') and t.state = 'running'
         order by f.due_on, d.task_id, f.filing_id"
    ))
    .bind(until.to_string())
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}

/// The filings a card shows, on one of its messages or on all.
pub async fn on_card(conn: &mut Connection, card: CardId, part: Option<i64>) -> sqlx::Result<Vec<Owed>> {
    sqlx::query(select_filings!(
        "where f.filing_id in (select filing_id from card_item where card_id = $1 and part = coalesce($2, part))
         order by d.task_id, d.seq, f.filing_id"
    ))
    .bind(card.0)
    .bind(part)
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await
}

/// Writes a new standing and its line of history. The tick looks at the filing again at once, since its facts changed.
///
/// Fails if the filing was changed since it was read.
pub async fn write(
    conn: &mut Connection,
    owed: &Owed,
    after: &Standing,
    cause: &Cause,
    (what, detail): (&str, Value),
) -> sqlx::Result<()> {
    let written = sqlx::query(
        "update filing set state = $1, cycle = $2, since = $3, due_on = $4, due_at = $5, percent = $6, quantity = $7,
            last_text = $8, reported_at = $9, blocker = $10, asked_due = $11, quiet_until = $12, extensions = $13,
            was_overdue = $14, next_look_at = $15, asked_exempt = $18, version = version + 1
         where filing_id = $16 and version = $17",
    )
    .bind(after.state.as_str())
    .bind(after.cycle)
    .bind(stamp(after.since))
    .bind(after.due_on.map(|day| day.to_string()))
    .bind(after.due_at.map(stamp))
    .bind(after.percent)
    .bind(after.quantity)
    .bind(&after.last_text)
    .bind(after.reported_at.map(stamp))
    .bind(&after.blocker)
    .bind(after.asked_due.map(|day| day.to_string()))
    .bind(after.quiet_until.map(|day| day.to_string()))
    .bind(after.extensions)
    // A term that passed while the item was put aside was never overdue.
    .bind(owed.filing.was_overdue || (what != "resumed" && owed.filing.is_overdue(cause.at)))
    .bind(after.state.is_owed().then(|| stamp(cause.at)))
    .bind(owed.filing.id.0)
    .bind(owed.filing.version)
    .bind(&after.asked_exempt)
    .execute(&mut *conn)
    .await?;
    if written.rows_affected() != 1 {
        return Err(sqlx::Error::Protocol(format!("filing {} was changed meanwhile", owed.filing.id)));
    }
    let about = About { task: Some(owed.task), filing: Some(owed.filing.id) };
    let before = decisions::before_filing(what, owed);
    history::add_change(conn, cause, about, (what, &detail), before.as_deref()).await
}

/// Notes when the tick has to look at filings again, and that they are overdue where they are.
pub async fn set_next_looks(
    conn: &mut Connection,
    all: &[(&Filing, Option<DateTime<Utc>>)],
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    let looks: Vec<Value> = all
        .iter()
        .map(|(filing, next)| {
            let overdue = filing.was_overdue || filing.is_overdue(at);
            json!({ "filing": filing.id, "next": next.map(stamp), "overdue": i64::from(overdue) })
        })
        .collect();
    sqlx::query(
        "update filing set next_look_at = j.value ->> 'next', was_overdue = j.value ->> 'overdue'
         from json_each($1) j where filing_id = j.value ->> 'filing'",
    )
    .bind(rows::to_json(&looks))
    .execute(conn)
    .await?;
    Ok(())
}
