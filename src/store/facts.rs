//! What a preview starts from, read as it stands now.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use sqlx::Row as _;

use crate::domain::filing::Owner;
use crate::domain::ids::{AccountId, ChatId, DutyId, FilingId, TaskNo, TeamId, UnitId};
use crate::domain::now::{Now, parse_stamp};
use crate::domain::people::Chase;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;
use crate::domain::reason::Reason;
use crate::rules::preview::{AskFacts, DutyFacts, Facts, FilingFacts, OwnerFacts, TaskFacts};
use crate::store::filings::{owed_of, patience_of, select_filings};
use crate::store::{Connection, cards, plans, quotas, reach, remits, rows};

/// How far back a card may lie that counts against today's budget.
const HEARD: chrono::TimeDelta = chrono::TimeDelta::days(2);

/// Everything the rules go by.
pub async fn read(conn: &mut Connection, now: &Now) -> sqlx::Result<Facts> {
    Ok(Facts {
        tasks: tasks(conn).await?,
        duties: duties(conn).await?,
        owners: owners(conn).await?,
        filings: filings(conn).await?,
        asks: asks(conn).await?,
        reach: reach::of_running_tasks(conn).await?,
        audiences: reach::audiences(conn).await?,
        heard: cards::heard(conn, now.today(), now.at() - HEARD).await?,
        office: crate::store::chats::office(conn).await?,
        quota_chats: quotas::of_year(conn, now.today().year()).await?.hints().into_keys().collect(),
        summary_chats: remits::readers(conn).await?.into_iter().map(|(chat, _)| chat).collect(),
        first_plan: plans::first_import(conn).await?,
        chats: chats(conn).await?,
        people: people(conn).await?,
    })
}

async fn tasks(conn: &mut Connection) -> sqlx::Result<BTreeMap<TaskNo, TaskFacts>> {
    let rows: Vec<(i64, String, Option<i64>, bool)> =
        sqlx::query_as("select task_id, title, team_id, confidential from task where state = 'running'")
            .fetch_all(conn)
            .await?;
    let facts = |(no, title, team, confidential): (i64, String, Option<i64>, bool)| {
        (TaskNo(no), TaskFacts { title, team: team.map(TeamId), confidential })
    };
    Ok(rows.into_iter().map(facts).collect())
}

async fn duties(conn: &mut Connection) -> sqlx::Result<Vec<DutyFacts>> {
    let mut duties: Vec<DutyFacts> = sqlx::query(
        "select d.duty_id, d.task_id, d.schedule, d.progress, d.reviewed, d.target_value, d.target_unit, p.ends, p.imported_at,
                p.grace_head, p.grace_office,
                (select u.unit_id from unit u where u.unit_id = t.lead_unit_id and u.chase <> 'never') as lead
         from duty d join task t on t.task_id = d.task_id join plan p on p.plan_id = t.plan_id
         where t.state = 'running' and d.hold is null and d.each is null and d.schedule in ('week', 'month', 'quarter', 'half', 'year')
         order by d.duty_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        let target: Option<f64> = row.try_get("target_value")?;
        let unit: Option<String> = row.try_get("target_unit")?;
        Ok(DutyFacts {
            id: DutyId(row.try_get("duty_id")?),
            task: TaskNo(row.try_get("task_id")?),
            cadence: rows::parsed(&row, "schedule")?,
            progress: row.try_get("progress")?,
            reviewed: row.try_get("reviewed")?,
            target: target.zip(unit).map(|(value, unit)| Quantity { value, unit }),
            patience: patience_of(&row)?,
            ends: rows::parsed(&row, "ends")?,
            imported_at: rows::instant(&row, "imported_at")?,
            owners: Vec::new(),
            lead: row.try_get::<Option<i64>, _>("lead")?.map(|unit| Owner::Unit(UnitId(unit))),
            opened: BTreeSet::new(),
        })
    })
    .fetch_all(&mut *conn)
    .await?;
    let owners = owners_of_tasks(conn).await?;
    let mut opened = opened(conn).await?;
    for duty in &mut duties {
        duty.owners = owners.get(&duty.task).cloned().unwrap_or_default();
        duty.opened = opened.remove(&duty.id).unwrap_or_default();
    }
    Ok(duties)
}

/// The units that may be chased for a task; the team while nobody is assigned.
async fn owners_of_tasks(conn: &mut Connection) -> sqlx::Result<BTreeMap<TaskNo, Vec<Owner>>> {
    let rows: Vec<(i64, Option<i64>, Option<i64>)> = sqlx::query_as(
        "select t.task_id, tu.unit_id, null from task t join task_unit tu on tu.task_id = t.task_id
         join unit u on u.unit_id = tu.unit_id where t.state = 'running' and u.chase <> 'never'
         union all
         select t.task_id, null, t.team_id from task t where t.state = 'running' and t.team_id is not null
           and not exists (select 1 from task_unit x where x.task_id = t.task_id)",
    )
    .fetch_all(conn)
    .await?;
    let mut owners: BTreeMap<TaskNo, Vec<Owner>> = BTreeMap::new();
    for (task, unit, team) in rows {
        owners.entry(TaskNo(task)).or_default().extend(owner_of(unit, team));
    }
    Ok(owners)
}

fn owner_of(unit: Option<i64>, team: Option<i64>) -> Option<Owner> {
    unit.map(|unit| Owner::Unit(UnitId(unit))).or(team.map(|team| Owner::Team(TeamId(team))))
}

async fn opened(conn: &mut Connection) -> sqlx::Result<BTreeMap<DutyId, BTreeSet<Period>>> {
    let rows: Vec<(DutyId, Period)> = sqlx::query("select duty_id, period from duty_round")
        .try_map(|row: sqlx::sqlite::SqliteRow| {
            Ok((DutyId(row.try_get("duty_id")?), rows::parsed(&row, "period")?))
        })
        .fetch_all(conn)
        .await?;
    let mut opened: BTreeMap<DutyId, BTreeSet<Period>> = BTreeMap::new();
    for (duty, period) in rows {
        opened.entry(duty).or_default().insert(period);
    }
    Ok(opened)
}

async fn owners(conn: &mut Connection) -> sqlx::Result<BTreeMap<Owner, OwnerFacts>> {
    let units: Vec<(Owner, OwnerFacts)> = sqlx::query("select unit_id, short, chase from unit")
        .try_map(|row: sqlx::sqlite::SqliteRow| {
            let facts = OwnerFacts { name: row.try_get("short")?, chase: rows::parsed(&row, "chase")? };
            Ok((Owner::Unit(UnitId(row.try_get("unit_id")?)), facts))
        })
        .fetch_all(&mut *conn)
        .await?;
    let teams: Vec<(i64, String)> = sqlx::query_as("select team_id, short from team").fetch_all(conn).await?;
    let teams = teams
        .into_iter()
        .map(|(team, name)| (Owner::Team(TeamId(team)), OwnerFacts { name, chase: Chase::Direct }));
    Ok(units.into_iter().chain(teams).collect())
}

async fn filings(conn: &mut Connection) -> sqlx::Result<Vec<FilingFacts>> {
    let mut said = said(conn).await?;
    let words = last_words(conn).await?;
    let next: Vec<(i64, Option<String>)> =
        sqlx::query_as("select filing_id, next_look_at from filing where state in ('open', 'sent_back')")
            .fetch_all(&mut *conn)
            .await?;
    let next: BTreeMap<_, _> = next.into_iter().collect();
    let owed: Vec<_> = sqlx::query(select_filings!(
        "where f.state in ('open', 'sent_back', 'claimed') and t.state = 'running'
         order by f.filing_id"
    ))
    .try_map(|row| owed_of(&row))
    .fetch_all(conn)
    .await?;
    let facts = |owed: crate::store::filings::Owed| {
        let id = owed.filing.id;
        let next_look = next.get(&id.0).cloned().flatten().and_then(|at| parse_stamp(&at).ok());
        FilingFacts {
            duty: owed.duty,
            task: owed.task,
            next_look,
            said: said.remove(&id).unwrap_or_default(),
            last_word: words.get(&(owed.task, owed.filing.owner)).copied(),
            filing: owed.filing,
        }
    };
    Ok(owed.into_iter().map(facts).collect())
}

/// What was said about filings that are still owed, in their present cycle.
async fn said(conn: &mut Connection) -> sqlx::Result<BTreeMap<FilingId, Vec<Reason>>> {
    let rows: Vec<(i64, String)> = sqlx::query_as(
        "select a.filing_id, a.step from ask a join filing f on f.filing_id = a.filing_id
         where f.state in ('open', 'sent_back', 'claimed') and a.cycle = f.cycle and a.due_on = coalesce(f.due_on, '')",
    )
    .fetch_all(conn)
    .await?;
    let mut said: BTreeMap<FilingId, Vec<Reason>> = BTreeMap::new();
    for (filing, step) in rows {
        said.entry(FilingId(filing)).or_default().extend(Reason::from_step(&step));
    }
    Ok(said)
}

/// The last word on each task with each owner, either way, as `filings::last_word` has it for one.
async fn last_words(conn: &mut Connection) -> sqlx::Result<BTreeMap<(TaskNo, Owner), DateTime<Utc>>> {
    let rows: Vec<(i64, Option<i64>, Option<i64>, String)> = sqlx::query_as(
        "select d.task_id, f.unit_id, f.team_id, max(w.at) from filing f join duty d on d.duty_id = f.duty_id
         join (select filing_id, recorded_at as at from report union all select filing_id, created_at from ask) w
           on w.filing_id = f.filing_id
         group by d.task_id, f.unit_id, f.team_id",
    )
    .fetch_all(conn)
    .await?;
    let word = |(task, unit, team, at): (i64, Option<i64>, Option<i64>, String)| {
        Some(((TaskNo(task), owner_of(unit, team)?), parse_stamp(&at).ok()?))
    };
    Ok(rows.into_iter().filter_map(word).collect())
}

async fn asks(conn: &mut Connection) -> sqlx::Result<Vec<AskFacts>> {
    let asks: Vec<Option<AskFacts>> = sqlx::query(
        "select filing_id, step, cycle, meant_on, created_at from ask where state = 'open' order by ask_id",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        let step: String = row.try_get("step")?;
        let (cycle, meant_on): (i64, NaiveDate) = (row.try_get("cycle")?, rows::parsed(&row, "meant_on")?);
        let (filing, decided_at) = (FilingId(row.try_get("filing_id")?), rows::instant(&row, "created_at")?);
        Ok(Reason::from_step(&step).map(|reason| AskFacts { filing, reason, cycle, meant_on, decided_at }))
    })
    .fetch_all(conn)
    .await?;
    Ok(asks.into_iter().flatten().collect())
}

async fn chats(conn: &mut Connection) -> sqlx::Result<BTreeMap<ChatId, String>> {
    let rows: Vec<(i64, String)> = sqlx::query_as("select chat_id, title from chat").fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(chat, title)| (ChatId(chat), title)).collect())
}

/// Every account with the titles of the posts it holds, or its name.
async fn people(conn: &mut Connection) -> sqlx::Result<BTreeMap<AccountId, Vec<String>>> {
    let rows: Vec<(i64, String, Option<String>)> = sqlx::query_as(
        "select a.account_id, a.name, p.title from account a
         left join tenure te on te.account_id = a.account_id and te.ends is null
         left join post p on p.post_id = te.post_id order by a.account_id, te.tenure_id",
    )
    .fetch_all(conn)
    .await?;
    let mut people: BTreeMap<AccountId, Vec<String>> = BTreeMap::new();
    for (account, name, post) in rows {
        people.entry(AccountId(account)).or_default().push(post.unwrap_or(name));
    }
    Ok(people)
}
