//! Reasons to speak: each decided once, then dealt onto a card.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::filing::Filing;
use crate::domain::ids::{AskId, CardId, FilingId, TaskNo, TeamId, UnitId};
use crate::domain::now::stamp;
use crate::domain::people::Chase;
use crate::domain::reason::{Level, Reason};
use crate::rules::reach::Reach;
use crate::store::reach::{self, Owing};
use crate::store::{Connection, rows};

/// Notes a reason to speak, as [`add_all`] does.
pub async fn add(
    conn: &mut Connection,
    filing: &Filing,
    reason: Reason,
    meant_on: NaiveDate,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    add_all(conn, &[(filing, reason, meant_on)], at).await
}

/// Notes reasons to speak, one a filing; what was noted before is left as it is. An older reason about the same filing that
/// stands on no card yet gives way: after a pause only the newest is said. Whoever was not even asked yet is not told that
/// nothing has come. `json_each` is SQLite's own.
pub async fn add_all(
    conn: &mut Connection,
    all: &[(&Filing, Reason, NaiveDate)],
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    let unasked = still_to_be_asked(conn, all).await?;
    let noted = noted(all, &unasked, at);
    // A decision the office is asked for stands beside the tale of a silence.
    let for_review: BTreeSet<FilingId> =
        all.iter().filter(|(_, reason, _)| reason.is_for_review()).map(|(filing, ..)| filing.id).collect();
    let added: Vec<(i64, i64, String)> = sqlx::query_as(
        "insert into ask (filing_id, cycle, due_on, step, level, meant_on, created_at, state)
         select value ->> 'filing', value ->> 'cycle', value ->> 'due_on', value ->> 'step', value ->> 'level',
                value ->> 'meant_on', $2, value ->> 'state'
         from json_each($1) where true on conflict do nothing returning ask_id, filing_id, state",
    )
    .bind(noted)
    .bind(stamp(at))
    .fetch_all(&mut *conn)
    .await?;
    let newest: Vec<i64> = added
        .into_iter()
        .filter(|(_, filing, state)| state == "open" && !for_review.contains(&FilingId(*filing)))
        .map(|(ask, ..)| ask)
        .collect();
    if newest.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update ask set state = 'dropped' where ask_id in (
            select o.ask_id from json_each($1) j cross join ask n on n.ask_id = j.value
            cross join ask o on o.filing_id = n.filing_id and o.level = n.level and o.ask_id <> n.ask_id
            where o.state = 'open' and o.step not in ('claimed', 'extension', 'exemption', 'draft'))",
    )
    .bind(rows::to_json(&newest))
    .execute(conn)
    .await?;
    Ok(())
}

/// The rows of reasons, as JSON.
fn noted(
    all: &[(&Filing, Reason, NaiveDate)],
    unasked: &BTreeSet<(FilingId, i64)>,
    at: DateTime<Utc>,
) -> String {
    let of_row = |(filing, reason, meant_on): &(&Filing, Reason, NaiveDate)| {
        // Noted all the same, so that it is not found again later.
        let needless = *reason == Reason::NotFiled && unasked.contains(&(filing.id, filing.standing.cycle));
        json!({
            "filing": filing.id,
            "cycle": filing.standing.cycle,
            "due_on": filing.standing.due_on.map(|day| day.to_string()).unwrap_or_default(),
            "step": step_of(*reason, *meant_on, at),
            "level": reason.level().as_str(),
            "meant_on": meant_on.to_string(),
            "state": if needless { "dropped" } else { "open" },
        })
    };
    rows::to_json(&all.iter().map(of_row).collect::<Vec<_>>())
}

/// The word that makes a reason be noted once in a cycle. An order may be given again and again, a silence asked about on
/// another day.
fn step_of(reason: Reason, meant_on: NaiveDate, at: DateTime<Utc>) -> String {
    match reason {
        Reason::Ordered => format!("{}@{}", reason.step(), stamp(at)),
        reason if reason.is_repeated() => format!("{}@{meant_on}", reason.step()),
        _ => reason.step(),
    }
}

/// Of those said not to have been filed, the ones whose round's ask stands on no card yet, with the cycle it is of.
async fn still_to_be_asked(
    conn: &mut Connection,
    all: &[(&Filing, Reason, NaiveDate)],
) -> sqlx::Result<BTreeSet<(FilingId, i64)>> {
    let missing: Vec<FilingId> = all
        .iter()
        .filter(|(_, reason, _)| *reason == Reason::NotFiled)
        .map(|(filing, ..)| filing.id)
        .collect();
    if missing.is_empty() {
        return Ok(BTreeSet::new());
    }
    let found: Vec<(i64, i64)> = sqlx::query_as(
        "select filing_id, cycle from ask
         where state = 'open' and step like 'round-%' and filing_id in (select value from json_each($1))",
    )
    .bind(rows::to_json(&missing))
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(filing, cycle)| (FilingId(filing), cycle)).collect())
}

/// Notes that what a card asked the office about a task was decided.
pub async fn settle(conn: &mut Connection, card: CardId, task: TaskNo, reason: Reason) -> sqlx::Result<()> {
    sqlx::query(
        "update ask set state = 'dropped' where step = $3 and ask_id in (
            select i.ask_id from card_item i join filing f on f.filing_id = i.filing_id
            join duty d on d.duty_id = f.duty_id where i.card_id = $1 and d.task_id = $2)",
    )
    .bind(card.0)
    .bind(task.0)
    .bind(reason.step())
    .execute(conn)
    .await?;
    Ok(())
}

/// A claim that was taken back and made again needs a new decision: forgets that it was asked for.
pub async fn forget(conn: &mut Connection, filing: &Filing, reason: Reason) -> sqlx::Result<()> {
    sqlx::query(
        "update ask set state = 'dropped', step = step || '@' || ask_id where filing_id = $1 and step = $2",
    )
    .bind(filing.id.0)
    .bind(reason.step())
    .execute(conn)
    .await?;
    Ok(())
}

/// A reason that stands on no card yet, with everything that says where it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// Its row.
    pub ask: AskId,
    /// What it is about.
    pub filing: FilingId,
    /// Why.
    pub reason: Reason,
    /// Who hears it.
    pub level: Level,
    /// The day it was meant for.
    pub meant_on: NaiveDate,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// When the filing was opened.
    pub opened_at: DateTime<Utc>,
    /// The day the filing is due.
    pub due_on: Option<NaiveDate>,
    /// Whether it only asks how things are going.
    pub progress: bool,
    /// Whether it may be told in private only.
    pub confidential: bool,
    /// How the owner may be chased.
    pub chase: Chase,
    /// Through which chats the owner can be reached.
    pub reach: Reach,
    /// Task number and owner, for lists of what reaches nobody.
    pub label: String,
}

/// Those of some reasons that stand on no card yet. `json_each` is SQLite's own.
pub async fn still_open(conn: &mut Connection, asks: &[AskId]) -> sqlx::Result<BTreeSet<AskId>> {
    let open: Vec<(i64,)> = sqlx::query_as(
        "select a.ask_id from json_each($1) j cross join ask a on a.ask_id = j.value where a.state = 'open'",
    )
    .bind(rows::to_json(&asks))
    .fetch_all(conn)
    .await?;
    Ok(open.into_iter().map(|(ask,)| AskId(ask)).collect())
}

/// Of several open reasons about one filing only the newest is said: drops the others.
pub async fn drop_superseded(conn: &mut Connection) -> sqlx::Result<()> {
    sqlx::query(
        "update ask set state = 'dropped'
         where state = 'open' and step not in ('claimed', 'extension', 'exemption', 'draft') and exists (
            select 1 from ask n where n.filing_id = ask.filing_id and n.level = ask.level and n.state = 'open'
              and n.step not in ('claimed', 'extension', 'exemption', 'draft') and n.ask_id > ask.ask_id)",
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Open reasons whose filing is no longer owed or whose claim is gone, and a round's asks that were not said before their
/// due moment: the next round asks for both.
macro_rules! settled {
    ($head:literal, $tail:literal) => {
        concat!(
            $head,
            " from ask a join filing f on f.filing_id = a.filing_id
              join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id
              where a.state = 'open' and (
                t.state <> 'running'
                or a.cycle <> f.cycle
                or (a.step = 'claimed' and f.state <> 'claimed')
                or (a.step = 'extension' and (f.asked_due is null or f.state not in ('open', 'sent_back', 'claimed')))
                or (a.step = 'exemption' and (f.asked_exempt is null or f.state not in ('open', 'sent_back', 'claimed')))
                or (a.step not in ('claimed', 'extension', 'exemption') and f.state not in ('open', 'sent_back'))
                or ((a.step like 'round-%' or a.step = 'not-filed') and f.due_at <= $1))",
            $tail
        )
    };
}

/// Whether there is anything for [`drop_settled`].
pub async fn has_settled(conn: &mut Connection, at: DateTime<Utc>) -> sqlx::Result<bool> {
    let found: Option<(i64,)> =
        sqlx::query_as(settled!("select a.ask_id", " limit 1")).bind(stamp(at)).fetch_optional(conn).await?;
    Ok(found.is_some())
}

/// Drops the reasons that have become needless.
pub async fn drop_settled(conn: &mut Connection, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query(settled!("update ask set state = 'dropped' where ask_id in (select a.ask_id", ")"))
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}

fn open_of(row: &SqliteRow, reaches: &BTreeMap<Owing, Reach>) -> sqlx::Result<Option<Open>> {
    let step: String = row.try_get("step")?;
    // A step this build does not know (a database of a later one) is left alone; it stops nobody else.
    let Some(reason) = Reason::from_step(&step) else {
        return Ok(None);
    };
    let owing = (
        row.try_get::<Option<i64>, _>("unit_id")?.map(UnitId),
        row.try_get::<Option<i64>, _>("team_id")?.map(TeamId),
    );
    Ok(Some(Open {
        ask: AskId(row.try_get("ask_id")?),
        filing: FilingId(row.try_get("filing_id")?),
        reason,
        level: rows::parsed(row, "level")?,
        meant_on: rows::parsed(row, "meant_on")?,
        decided_at: rows::instant(row, "created_at")?,
        opened_at: rows::instant(row, "opened_at")?,
        due_on: rows::parsed_or_none(row, "due_on")?,
        progress: row.try_get("progress")?,
        confidential: row.try_get("confidential")?,
        chase: rows::parsed(row, "chase")?,
        reach: reaches.get(&owing).copied().unwrap_or_default(),
        label: row.try_get("label")?,
    }))
}

/// The reasons that stand on no card yet and are not put to sleep by an acknowledgement.
pub async fn open(conn: &mut Connection, today: NaiveDate) -> sqlx::Result<Vec<Open>> {
    let reaches = reach::of_open_asks(conn).await?;
    sqlx::query(
        "select a.ask_id, a.filing_id, a.step, a.level, a.meant_on, a.created_at, f.opened_at, f.due_on, d.progress, t.confidential, f.unit_id, t.team_id,
                coalesce(u.chase, 'direct') as chase,
                '#' || t.task_id || ' ' || coalesce(u.short, g.short) as label
         from ask a
         join filing f on f.filing_id = a.filing_id
         join duty d on d.duty_id = f.duty_id
         join task t on t.task_id = d.task_id
         left join unit u on u.unit_id = f.unit_id
         left join team g on g.team_id = f.team_id
         where a.state = 'open' and (f.quiet_until is null or f.quiet_until < $1
                                     or a.level = 'office' or a.step like 'ordered%')
         order by a.ask_id",
    )
    .bind(today.to_string())
    .try_map(|row| open_of(&row, &reaches))
    .fetch_all(conn)
    .await
    .map(|open| open.into_iter().flatten().collect())
}
