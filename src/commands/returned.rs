//! A ledger that the office has edited: held against the facts, and, where somebody says so, taken over by the same decisions
//! as orders in chat, each with its line of history.

use crate::assess::facts::Facts;
use crate::commands::assign::Assign;
use crate::commands::set_due::SetDue;
use crate::commands::{Call, Command as _, Trouble, extend};
use crate::config::Settings;
use crate::documents::ledger::back::{Change, Diff, day, diff};
use crate::documents::ledger::open::{LEAD, TEXT, TITLE, UNITS};
use crate::domain::ids::TaskNo;
use crate::domain::now::Now;
use crate::notice::returned::{Key, Returned};
use crate::store::{Connection, amend, papers, people};
use crate::wording::{Spoken, refusal, returned as wording};

/// Lines of a kind that are shown in chat.
const LINES: usize = 10;

/// Holds a ledger that came back against the facts of today.
pub async fn compare(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    returned: &Returned,
) -> anyhow::Result<Diff> {
    Ok(diff(returned, &facts(conn, settings, now).await?))
}

async fn facts(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<Facts> {
    let mut facts = papers::read(conn, now, &settings.calendar).await?;
    facts.veil();
    Ok(facts)
}

/// What a ledger changes, in short.
pub fn shown(diff: &Diff) -> Spoken {
    Spoken::text(wording::sheet(diff, LINES))
}

/// Takes over what a ledger changes. What cannot be done is named with its reason, and the rest takes effect.
pub async fn apply(call: &mut Call<'_>, returned: &Returned) -> Result<String, Trouble> {
    use sqlx::Connection as _;
    let facts = facts(call.conn, call.settings, call.now).await?;
    let (around, mut done, mut failed) = (call.around(), Vec::new(), Vec::new());
    for change in diff(returned, &facts).changes {
        let mut attempt = call.conn.begin().await?;
        match apply_one(&mut around.within(&mut attempt), &facts, &change).await {
            Ok(()) => {
                attempt.commit().await?;
                done.push(change);
            }
            Err(Trouble::Refused(why)) => {
                attempt.rollback().await?;
                failed.push((change, why));
            }
            Err(broken) => return Err(broken),
        }
    }
    Ok(wording::outcome(&done, &failed))
}

async fn apply_one(call: &mut Call<'_>, facts: &Facts, change: &Change) -> Result<(), Trouble> {
    let Change { was, now, column, .. } = change;
    if now.is_empty() {
        return Err(Trouble::refused(wording::is_empty(column)));
    }
    match (change.key, column.as_str()) {
        (Key::Task(task), TITLE) => Ok(amend::title(call.conn, task, (was, now), call.cause).await?),
        (Key::Task(task), LEAD) => lead(call, task, (was, now)).await,
        (Key::Task(task), UNITS) => units(call, task, (was, now)).await,
        (Key::Duty(id), _) => {
            let duty = facts.duties.get(&id).ok_or_else(|| Trouble::refused(refusal::stale_button()))?;
            if column == TEXT {
                return Ok(amend::text(call.conn, (duty.task, id), (was, now), call.cause).await?);
            }
            SetDue.run(call, &format!("{}.{} {now}", duty.task, duty.seq)).await?;
            Ok(())
        }
        (Key::Filing(id), _) => {
            let to = day(now, call.now.today()).ok_or_else(|| Trouble::refused(wording::no_day(now)))?;
            extend::grant_to(call, id, to, wording::REASON).await?;
            Ok(())
        }
        (Key::Task(_), _) => Err(Trouble::refused(refusal::stale_button())),
    }
}

async fn lead(call: &mut Call<'_>, task: TaskNo, (was, now): (&str, &str)) -> Result<(), Trouble> {
    let unknown = || Trouble::refused(crate::wording::command::nobody_called(now));
    let unit = people::unit_by_name(call.conn, now).await?.ok_or_else(unknown)?;
    Ok(amend::lead(call.conn, task, (was, &unit.short, unit.id), call.cause).await?)
}

/// Binds the units that were added; whoever was taken out of the list stays bound.
async fn units(call: &mut Call<'_>, task: TaskNo, (was, now): (&str, &str)) -> Result<(), Trouble> {
    let names = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| c.is_whitespace() || "、,\u{ff0c};\u{ff1b}".contains(c));
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (was, now) = (names(was), names(now));
    let gone: Vec<String> = was.iter().filter(|name| !now.contains(name)).cloned().collect();
    if !gone.is_empty() {
        return Err(Trouble::refused(wording::units_only_added(&gone)));
    }
    let added: Vec<String> = now.into_iter().filter(|name| !was.contains(name)).collect();
    Assign.run(call, &format!("{task} {}", added.join(" "))).await?;
    Ok(())
}
