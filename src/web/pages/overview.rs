//! The overview: how everything stands, what comes this week, who is stuck or silent, what went out.

use std::sync::Arc;

use axum::extract::State;
use chrono::Duration;
use minijinja::{Value, context};

use super::items::{Seen, seen};
use super::lights::{LAMPS, counts};
use super::{Answer, Viewer, Web, page_for, render};
use crate::assess::sums::Lights;
use crate::domain::now::Now;
use crate::domain::task::duty_label;
use crate::store::{Connection, health, overview, tasks};
use crate::wording::{card, day, moment, short, weekday};

/// Days that count as this week.
const WEEK: i64 = 7;
/// Lines of each list; below stands how many there are.
const LINES: usize = 8;

/// The page.
pub(super) async fn page(State(web): State<Arc<Web>>, viewer: Viewer) -> Answer {
    let page = page_for(&viewer, "/")?;
    let now = web.office.now();
    let mut conn = web.office.store.read().await?;
    // What only the office gets is read beside the rest.
    let mut beside = web.office.store.read().await?;
    let (seen, office) = tokio::try_join!(
        seen(&mut conn, &web.office, &viewer, &viewer.sight),
        for_office(&mut beside, &viewer, &now)
    )?;
    let with = context! {
        groups => groups(&seen),
        total => Group::of("合计", &seen.iter().collect::<Vec<_>>()).value(),
        lamps => LAMPS,
        due => due(&mut conn, &viewer, &now).await?,
        stuck => stuck(&mut conn, &viewer, &now).await?,
        lines => LINES,
        office_lists => office,
    };
    render(&web, &viewer, ("overview.html", page), with)
}

/// One row of lights.
struct Group {
    name: String,
    counts: [i64; 7],
    all: i64,
}

impl Group {
    fn of(name: &str, seen: &[&Seen]) -> Group {
        let lights = Lights::of(seen.iter().map(|one| one.light));
        Group { name: name.to_owned(), counts: counts(&lights), all: lights.all() }
    }

    /// With the bar: each light's start and width in thousandths.
    fn value(&self) -> Value {
        let mut from = 0;
        let cells: Vec<Value> = LAMPS
            .iter()
            .zip(self.counts)
            .map(|(lamp, count)| {
                let width = if self.all == 0 { 0 } else { count * 1000 / self.all };
                from += width;
                context! { lamp => *lamp, count, x => from - width, width }
            })
            .collect();
        context! { name => self.name.clone(), cells, all => self.all }
    }
}

/// The rows in the order of the plan.
fn groups(seen: &[Seen]) -> Vec<Value> {
    let mut groups: Vec<(&str, Vec<&Seen>)> = Vec::new();
    for one in seen {
        match groups.iter_mut().find(|(name, _)| *name == one.group()) {
            Some((_, members)) => members.push(one),
            None => groups.push((one.group(), vec![one])),
        }
    }
    groups.iter().map(|(name, members)| Group::of(name, members).value()).collect()
}

async fn due(conn: &mut Connection, viewer: &Viewer, now: &Now) -> sqlx::Result<Vec<Value>> {
    let today = now.today();
    let due = overview::due_between(conn, &viewer.sight, (today, today + Duration::days(WEEK - 1))).await?;
    Ok(due
        .into_iter()
        .filter(|one| viewer.may_tell(one.confidential))
        .map(|one| {
            let owners = if one.owners > 1 { format!("{}家", one.owners) } else { one.owner };
            context! {
                day => format!("{} {}", day(one.due), weekday(one.due)), today => one.due == today,
                task => one.task.0, title => one.title, duty => short(&one.duty, 24), owners,
            }
        })
        .collect())
}

async fn stuck(conn: &mut Connection, viewer: &Viewer, now: &Now) -> sqlx::Result<Vec<Value>> {
    let stuck = overview::stuck(conn, &viewer.sight).await?;
    Ok(stuck
        .into_iter()
        .filter(|one| viewer.may_tell(one.confidential))
        .map(|one| {
            let standing = one.filing.standing;
            context! {
                task => one.task.0, title => one.title, owner => one.owner,
                blocker => short(&standing.blocker.unwrap_or_default(), 40),
                since => standing.reported_at.map(|at| day(now.date_of(at))),
            }
        })
        .collect())
}

/// What only the office's readers get: who is silent, what waits for a decision, what went out.
async fn for_office(conn: &mut Connection, viewer: &Viewer, now: &Now) -> sqlx::Result<Option<Value>> {
    if !viewer.sight.is_all() {
        return Ok(None);
    }
    let silence = overview::silence(conn, (now.at(), now.today() + Duration::days(92))).await?;
    let silent: Vec<Value> = silence
        .into_iter()
        .map(|one| context! { owner => one.owner, filings => one.filings, late => one.late })
        .collect();
    let mut held = tasks::held(conn).await?;
    held.retain(|one| viewer.may_tell(one.confidential));
    let held: Vec<Value> = held
        .into_iter()
        .map(|one| {
            context! {
                task => one.task.0, label => duty_label(one.task, one.seq, 2), title => one.title,
                duty => short(&one.duty, 24), why => card::agenda::why(one.hold, &one.word),
            }
        })
        .collect();
    let deliveries: Vec<Value> = health::deliveries(conn, i64::try_from(LINES).unwrap_or(8))
        .await?
        .into_iter()
        .map(|one| {
            context! {
                at => moment(now.local_of(one.at)), chat => one.chat, private => one.private,
                review => one.review, tasks => one.tasks,
            }
        })
        .collect();
    let unsettled = tasks::unsettled(conn).await?.len();
    Ok(Some(context! { silent, held, deliveries, unsettled }))
}
