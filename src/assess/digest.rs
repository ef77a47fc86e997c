//! What a bulletin tells, drawn up from the facts at the end of its period and at the end of the one before.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::assess::facts::{Facts, Item};
use crate::assess::sums::{Filed, Lights, Span};
use crate::domain::filing::{Filing, FilingState};
use crate::domain::ids::{DutyId, FilingId, TaskNo};
use crate::domain::light::Light;
use crate::domain::schedule;
use crate::domain::task::TaskState;

/// Several units with the same duty, told in one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The task.
    pub task: TaskNo,
    /// Its title.
    pub title: String,
    /// `#12.2`.
    pub label: String,
    /// What the duty asks.
    pub text: String,
    /// The day it was due.
    pub due: Option<NaiveDate>,
    /// Whom it concerns, by short name.
    pub owners: Vec<String>,
    /// Why, in the words of each who gave a reason: name and words.
    pub reasons: Vec<(String, String)>,
}

/// One hurdle that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hurdle {
    /// The task.
    pub task: TaskNo,
    /// Its title.
    pub title: String,
    /// `#12.2`.
    pub label: String,
    /// Who meets it.
    pub owner: String,
    /// What it is, in the writer's words.
    pub words: Option<String>,
    /// Whose help is asked for.
    pub needs: Option<String>,
    /// The day more time is asked for.
    pub asked: Option<NaiveDate>,
    /// The day it is due.
    pub due: Option<NaiveDate>,
    /// How it looks.
    pub light: Light,
}

/// What became of a problem of the last bulletin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Since {
    /// Settled.
    Settled,
    /// No problem any more, and not settled either.
    Eased,
    /// Still a problem.
    Still,
}

/// The problems of the last bulletin and what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// What became of them.
    pub since: Since,
    /// The problems.
    pub groups: Vec<Group>,
}

/// A number of the plan and how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// `#12.2`.
    pub label: String,
    /// The title of the task.
    pub title: String,
    /// Who owes it.
    pub owner: String,
    /// `350/1000人`.
    pub reached: String,
    /// Per cent reached.
    pub percent: u8,
    /// Per cent that the elapsed workdays call for, where that is known.
    pub expected: Option<u8>,
}

/// Everything a bulletin may tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// The days it is about.
    pub span: Span,
    /// Tasks by light at the end.
    pub lights: Lights,
    /// The same at the end of the period before; `None` where there was nothing yet.
    pub before: Option<Lights>,
    /// Filings due in the span.
    pub filed: Filed,
    /// Tasks written off in the span: number and title.
    pub closed: Vec<(TaskNo, String)>,
    /// What the office accepted in the span.
    pub accepted: Vec<Group>,
    /// What is overdue at the end.
    pub lagging: Vec<Group>,
    /// What waits for a decision at the end.
    pub hurdles: Vec<Hurdle>,
    /// What the last bulletin named.
    pub followed: Vec<Followed>,
    /// Numbers of the plan.
    pub targets: Vec<Target>,
    /// What waits for a date from the office, by `#12.2`.
    pub held: Vec<String>,
}

/// Draws it up. `before` are the facts at the end of the period before.
pub fn digest(facts: &Facts, before: Option<&Facts>, span: Span) -> Digest {
    let newest = facts.newest();
    Digest {
        span,
        lights: facts.lights(),
        before: before.filter(|before| !before.items.is_empty()).map(Facts::lights),
        filed: facts.filed_in(span),
        closed: closed(facts, span),
        accepted: accepted(facts, span),
        lagging: lagging(facts, &newest),
        hurdles: hurdles(facts),
        followed: before.map(|before| followed(before, facts)).unwrap_or_default(),
        targets: newest.iter().filter_map(|item| target(facts, item)).collect(),
        held: held(facts),
    }
}

fn is_running(facts: &Facts, item: &Item) -> bool {
    facts.tasks.get(&item.task).is_some_and(|task| task.state == TaskState::Running)
}

/// What is overdue, the longest first.
fn lagging(facts: &Facts, newest: &[&Item]) -> Vec<Group> {
    let mut lagging = groups(facts, newest.iter().copied().filter(|item| is_lagging(facts, item)));
    lagging.sort_by_key(|group| group.due);
    lagging
}

fn is_lagging(facts: &Facts, item: &Item) -> bool {
    is_running(facts, item) && facts.light(item) == Light::Red
}

fn is_held_up(facts: &Facts, item: &Item) -> bool {
    let standing = &item.filing.standing;
    is_running(facts, item)
        && (standing.state.is_owed() || is_answered_with_hurdle(&item.filing))
        && (standing.blocker.is_some() || standing.asked_due.is_some())
}

/// A routine line is accepted on receipt, and may tell of a hurdle all the same.
fn is_answered_with_hurdle(filing: &Filing) -> bool {
    filing.standing.state == FilingState::Accepted
        && filing.is_recurring()
        && filing.standing.blocker.is_some()
}

/// Items of one duty and day, told together.
fn groups<'a>(facts: &Facts, items: impl Iterator<Item = &'a Item>) -> Vec<Group> {
    let mut groups: BTreeMap<(TaskNo, DutyId, Option<NaiveDate>), Group> = BTreeMap::new();
    for item in items {
        let due = item.filing.standing.due_on;
        let group = groups.entry((item.task, item.duty, due)).or_insert_with(|| Group {
            task: item.task,
            title: facts.title(item.task).to_owned(),
            label: facts.label(item),
            text: facts.text(item.duty).to_owned(),
            due,
            owners: Vec::new(),
            reasons: Vec::new(),
        });
        let owner = facts.owner(item.filing.owner).to_owned();
        if let Some(words) = &item.filing.standing.blocker {
            group.reasons.push((owner.clone(), words.clone()));
        }
        group.owners.push(owner);
    }
    groups.into_values().collect()
}

fn closed(facts: &Facts, span: Span) -> Vec<(TaskNo, String)> {
    let in_span = |day: &NaiveDate| span.contains(*day);
    let tasks = facts.tasks.iter().filter(|(_, task)| task.state == TaskState::Closed);
    let tasks = tasks.filter(|(_, task)| task.closed_on.as_ref().is_some_and(in_span));
    tasks.map(|(no, task)| (*no, task.title.clone())).collect()
}

fn accepted(facts: &Facts, span: Span) -> Vec<Group> {
    let on = |item: &Item| item.course.closed_at.map(|at| facts.now.date_of(at));
    let is_new = |item: &&Item| {
        item.filing.reviewed
            && item.filing.standing.state == FilingState::Accepted
            && on(item).is_some_and(|day| span.contains(day))
    };
    let mut items: Vec<&Item> = facts.items.iter().filter(is_new).collect();
    items.sort_by_key(|item| (item.task, item.filing.id));
    groups(facts, items.into_iter())
}

/// What is held up, or asks for more time.
pub fn hurdles(facts: &Facts) -> Vec<Hurdle> {
    facts.newest().into_iter().filter_map(|item| hurdle(facts, item)).collect()
}

fn hurdle(facts: &Facts, item: &Item) -> Option<Hurdle> {
    let standing = &item.filing.standing;
    is_held_up(facts, item).then(|| Hurdle {
        task: item.task,
        title: facts.title(item.task).to_owned(),
        label: facts.label(item),
        owner: facts.owner(item.filing.owner).to_owned(),
        words: standing.blocker.clone(),
        needs: item.course.needs.clone(),
        asked: standing.asked_due,
        due: standing.due_on,
        light: facts.light(item),
    })
}

fn followed(before: &Facts, facts: &Facts) -> Vec<Followed> {
    let now: BTreeMap<FilingId, &Item> = facts.items.iter().map(|item| (item.filing.id, item)).collect();
    let newest: BTreeSet<FilingId> = facts.newest().iter().map(|item| item.filing.id).collect();
    let mut by: BTreeMap<Since, Vec<&Item>> = BTreeMap::new();
    for item in before.newest() {
        if !(is_lagging(before, item) || is_held_up(before, item)) {
            continue;
        }
        let Some(today) = now.get(&item.filing.id) else { continue };
        let since = match today.filing.standing.state {
            state if state.is_settled() && !is_answered_with_hurdle(&today.filing) => Since::Settled,
            // What came round anew is told with its new round.
            _ if !newest.contains(&item.filing.id) && !is_lagging(facts, today) => Since::Settled,
            _ if is_lagging(facts, today) || is_held_up(facts, today) => Since::Still,
            _ => Since::Eased,
        };
        by.entry(since).or_default().push(today);
    }
    by.into_iter()
        .map(|(since, items)| Followed { since, groups: groups(facts, items.into_iter()) })
        .collect()
}

fn target(facts: &Facts, item: &Item) -> Option<Target> {
    let filing = &item.filing;
    let wanted = filing.target.as_ref().filter(|_| item.counts() && !filing.is_recurring())?;
    let reached = filing.standing.quantity.unwrap_or_default();
    Some(Target {
        label: facts.label(item),
        title: facts.title(item.task).to_owned(),
        owner: facts.owner(filing.owner).to_owned(),
        reached: format!("{reached}/{wanted}"),
        percent: schedule::reached(filing),
        expected: schedule::expected(filing, &facts.calendar, &facts.now),
    })
}

fn held(facts: &Facts) -> Vec<String> {
    let duties = facts.duties.values().filter(|duty| duty.hold.is_some());
    let mut held: Vec<(TaskNo, i64, String)> =
        duties.map(|duty| (duty.task, duty.seq, duty.label())).collect();
    held.sort();
    held.into_iter().map(|(_, _, label)| label).collect()
}
