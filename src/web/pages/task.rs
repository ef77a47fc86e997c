//! One task: what it is, how everybody stands with it, and its whole course.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Response};
use chrono::NaiveDateTime;
use minijinja::{Value, context};
use serde::Deserialize;

use super::lights::{of_filing, state_word};
use super::tasks::narrowed;
use super::{Answer, PAGES, Viewer, Web, Wrong, render};
use crate::commands::evidence_seen;
use crate::domain::ids::TaskNo;
use crate::domain::light::light;
use crate::domain::now::{Now, stamp};
use crate::domain::task::duty_label;
use crate::store::evidence::Shown;
use crate::store::files::Files;
use crate::store::filings::{self, Owed};
use crate::store::timeline::{self, Wanted};
use crate::store::{Connection, history, overview, tasks};
use crate::wording::course::{Event, actor, event_words};
use crate::wording::reason::reason_word;
use crate::wording::{day, day_seen_from, moment, weekday, without_number};

/// Lines of the course on the page; `?all` shows [`ALL`].
const LINES: i64 = 60;
/// The most that are shown at all.
const ALL: i64 = 1000;

/// Kinds of lines in the course: word in the address, name.
const KINDS: [(&str, &str); 6] = [
    ("", "全部"),
    ("report", "填报"),
    ("file", "佐证"),
    ("review", "核验"),
    ("reminder", "提醒"),
    ("plan", "变更"),
];

/// What of the course is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    kind: String,
    unit: String,
    all: Option<String>,
}

/// The page.
pub(super) async fn page(
    State(web): State<Arc<Web>>,
    viewer: Viewer,
    Path(no): Path<i64>,
    Query(which): Query<Which>,
) -> Answer {
    let no = TaskNo(no);
    let now = web.office.now();
    let mut conn = web.office.store.read().await?;
    let sight = narrowed(&mut conn, &viewer, &which.unit).await?;
    let task = tasks::get(&mut conn, no, &stamp(now.at())).await?.ok_or(Wrong::Missing)?;
    let all = filings::of_task(&mut conn, no).await?;
    // Where a confidential item may not be told, it does not exist; nor does one that binds others.
    let binds = all.iter().any(|owed| viewer.sight.sees(owed.filing.owner))
        || overview::binds(&mut conn, no, &viewer.sight).await?;
    if !(viewer.may_tell(task.confidential) && binds) {
        return Err(Wrong::Missing);
    }
    let mine: Vec<&Owed> = all.iter().filter(|owed| sight.sees(owed.filing.owner)).collect();
    let limit = if which.all.is_some() { ALL } else { LINES };
    let wanted = Wanted { task: no, sight: &sight, limit: limit + 1 };
    let mut course = course(&mut conn, wanted, &now, &which.kind).await?;
    let more = course.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    course.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let files = evidence_seen(&mut conn, no, &viewer.sight).await?;
    let links = links(&mut conn, &viewer, no).await?;
    let units = if viewer.sight.is_all() { owners(&all) } else { Vec::new() };
    let with = context! {
        no => no.0, code => task.code, title => task.title, section => task.section, state => state_word(task.state),
        confidential => task.confidential, lead => task.lead, team => task.team,
        note => task.note.filter(|_| viewer.person.is_office()),
        links,
        duties => duties(&mine, &web, &now), days => by_day(&course), more, kinds => KINDS, kind => which.kind,
        unit => which.unit, units, files => shown_files(files, &now),
    };
    // The menu marks the list that it belongs to.
    render(&web, &viewer, ("task.html", &PAGES[1]), with)
}

/// A file that came with a report, for whoever may see that report.
pub(super) async fn file(
    State(web): State<Arc<Web>>,
    viewer: Viewer,
    Path((no, sha256)): Path<(i64, String)>,
) -> Result<Response, Wrong> {
    let no = TaskNo(no);
    let mut conn = web.office.store.read().await?;
    let task = tasks::get(&mut conn, no, &stamp(web.office.now().at())).await?.ok_or(Wrong::Missing)?;
    if !viewer.may_tell(task.confidential) {
        return Err(Wrong::Missing);
    }
    let files = evidence_seen(&mut conn, no, &viewer.sight).await?;
    let file = files.into_iter().find(|file| file.sha256.as_deref() == Some(&sha256));
    let name = file.ok_or(Wrong::Missing)?.name;
    let bytes = Files::at(&web.office.settings.files).get(&sha256).await?.ok_or(Wrong::Missing)?;
    Ok(crate::web::files::to_save(&name, bytes).into_response())
}

/// Near duplicates that the viewer may know of.
async fn links(conn: &mut Connection, viewer: &Viewer, no: TaskNo) -> sqlx::Result<Vec<i64>> {
    let mut links = Vec::new();
    for link in tasks::links(conn, no).await? {
        let told = tasks::get(conn, link, "").await?.is_some_and(|task| viewer.may_tell(task.confidential));
        if told && overview::binds(conn, link, &viewer.sight).await? {
            links.push(link.0);
        }
    }
    Ok(links)
}

fn owners(all: &[Owed]) -> Vec<String> {
    let mut owners: Vec<String> = Vec::new();
    for owed in all {
        if !owners.contains(&owed.owner) {
            owners.push(owed.owner.clone());
        }
    }
    owners
}

fn shown_files(files: Vec<Shown>, now: &Now) -> Vec<Value> {
    files
        .into_iter()
        .map(|file| {
            let at = day(now.date_of(file.added_at));
            context! { name => file.name, owner => file.owner, at, sha256 => file.sha256 }
        })
        .collect()
}

/// Each duty with how everybody stands in its present round, and how many rounds there were before.
fn duties(mine: &[&Owed], web: &Web, now: &Now) -> Vec<Value> {
    let mut duties: Vec<Vec<&Owed>> = Vec::new();
    for owed in mine {
        match duties.iter_mut().find(|duty| duty[0].duty == owed.duty) {
            Some(duty) => duty.push(owed),
            None => duties.push(vec![owed]),
        }
    }
    duties.sort_by_key(|duty| duty[0].seq);
    duties.iter().map(|duty| duty_value(duty, web, now)).collect()
}

fn duty_value(duty: &[&Owed], web: &Web, now: &Now) -> Value {
    let newest =
        duty.iter().max_by_key(|owed| (owed.filing.opened_at, owed.filing.id)).map(|owed| owed.filing.period);
    let mut present: Vec<&&Owed> = duty.iter().filter(|owed| Some(owed.filing.period) == newest).collect();
    present.sort_by_key(|owed| std::cmp::Reverse(light(&owed.filing, now, &web.office.settings.calendar)));
    let first = present[0];
    let late = duty.iter().filter(|owed| owed.filing.was_overdue).count();
    let rows: Vec<Value> = present.iter().map(|owed| filing(owed, web, now)).collect();
    context! {
        label => if first.filing.progress { String::new() } else { duty_label(first.task, first.seq, first.duties) },
        text => if first.filing.progress { "进展" } else { &first.duty_text },
        when => first.filing.is_recurring().then(|| first.filing.period.chinese()),
        before => duty.len() - present.len(), late, rows,
        done => present.iter().filter(|owed| owed.filing.standing.state.is_settled()).count(),
        all => present.len(),
    }
}

fn filing(owed: &Owed, web: &Web, now: &Now) -> Value {
    let standing = &owed.filing.standing;
    let last = standing.last_text.as_deref().map(|text| without_number(text, owed.task).to_owned());
    let red = owed.filing.is_overdue(now.at());
    context! {
        owner => owed.owner.clone(),
        lamp => of_filing(light(&owed.filing, now, &web.office.settings.calendar)),
        due => standing.due_on.filter(|_| !owed.filing.progress).map(|due| day_seen_from(due, now.today())),
        sort => standing.due_on.map(|due| due.to_string()),
        percent => standing.percent, last, at => standing.reported_at.map(|at| day(now.date_of(at))),
        blocker => standing.blocker.clone(), was_overdue => owed.filing.was_overdue && !red,
        extensions => standing.extensions,
    }
}

/// One line of the course.
#[derive(PartialEq)]
struct Line {
    at: NaiveDateTime,
    kind: &'static str,
    who: String,
    owner: Option<String>,
    what: String,
}

/// History and reminders together, the newest first.
async fn course(conn: &mut Connection, wanted: Wanted<'_>, now: &Now, kind: &str) -> sqlx::Result<Vec<Line>> {
    let mut lines = Vec::new();
    if kind != "reminder" {
        let limit = if kind.is_empty() { wanted.limit } else { ALL };
        let history = timeline::history(conn, Wanted { limit, ..wanted }).await?;
        lines.extend(history.into_iter().map(|line| told(line, now)));
    }
    if kind.is_empty() || kind == "reminder" {
        for reminder in timeline::reminders(conn, wanted).await? {
            let chats =
                if reminder.chats > 1 { format!("{}个会话", reminder.chats) } else { reminder.chat };
            let why = reminder.reason.map(reason_word).unwrap_or_default();
            let (at, what) = (now.local_of(reminder.at), format!("提醒{chats}:{why}"));
            lines.push(Line { at, kind: "reminder", who: "(系统)".to_owned(), owner: None, what });
        }
    }
    lines.retain(|line| kind.is_empty() || line.kind == kind);
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    // One message may tell of several duties.
    lines.dedup();
    Ok(lines)
}

fn told(line: history::Line, now: &Now) -> Line {
    let (who, owner) = (actor(&line.actor).to_owned(), line.owner.clone());
    let kind = kind_of(&line.what);
    let event = Event {
        at: now.local_of(line.at),
        actor: line.actor,
        owner: line.owner,
        what: line.what,
        detail: line.detail,
    };
    Line { at: event.at, kind, who, owner, what: event_words(&event) }
}

fn kind_of(what: &str) -> &'static str {
    match what {
        "reported" | "claimed" | "acknowledged" | "undone" | "erased" | "quota_added"
        | "quota_taken_back" => "report",
        "file_added" | "files_withdrawn" => "file",
        "ordered" => "reminder",
        "imported" | "plan_changed" | "assigned" | "term_set" | "campaign_set" | "task_confirmed" => "plan",
        _ => "review",
    }
}

/// The lines under their days.
fn by_day(lines: &[Line]) -> Vec<Value> {
    let mut days: Vec<(String, Vec<Value>)> = Vec::new();
    for line in lines {
        let date = line.at.date();
        let heading = format!("{}年{} {}", date.format("%Y"), day(date), weekday(date));
        let name = KINDS.iter().find(|(kind, _)| *kind == line.kind).map_or("", |(_, name)| name);
        let told = context! {
            time => line.at.format("%H:%M").to_string(), moment => moment(line.at), kind => line.kind, name,
            who => line.who.clone(), owner => line.owner.clone(), what => line.what.clone(),
        };
        match days.last_mut() {
            Some((known, told_lines)) if *known == heading => told_lines.push(told),
            _ => days.push((heading, vec![told])),
        }
    }
    days.into_iter().map(|(day, lines)| context! { day, lines }).collect()
}
