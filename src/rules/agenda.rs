//! Drawing up the agenda of the week's meeting (DOMAIN mechanism 1), and when it is due.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::domain::agenda::{Agenda, AgendaLine, Campaign, Window};
use crate::domain::filing::{Filing, FilingState};
use crate::domain::ids::TaskNo;
use crate::domain::light::light;
use crate::domain::now::Now;
use crate::domain::period::Cadence;
use crate::domain::schedule::{behind, expected, milestones};
use crate::domain::workdays::Workdays;
use crate::rules::policy::Policy;
use crate::rules::rounds::open_rounds;

/// A filing as the agenda sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The task.
    pub task: TaskNo,
    /// Its title; `None` where it may not be told here.
    pub title: Option<String>,
    /// The duty's place within the task.
    pub seq: i64,
    /// Who owes it.
    pub owner: String,
    /// When its plan came.
    pub imported_at: DateTime<Utc>,
    /// The filing.
    pub filing: Filing,
}

/// Whether this week's agenda is to be sent: its moment has come and it was not sent yet. A plan that came in the middle
/// of a week has its first agenda in the next one.
pub fn is_due(
    policy: &Policy,
    calendar: &Workdays,
    now: &Now,
    first_plan: Option<DateTime<Utc>>,
    last: Option<NaiveDate>,
) -> bool {
    let Some((_, window)) = policy.agenda.latest(Cadence::Week, now.local(), calendar) else {
        return false;
    };
    let opens = window.opens.date();
    first_plan.is_some_and(|at| now.date_of(at) <= opens) && last.is_none_or(|last| last < opens)
}

/// Draws up the agenda from everything that is not settled, and the settled filings of campaigns.
pub fn draw_up(items: &[Item], policy: &Policy, calendar: &Workdays, now: &Now) -> Agenda {
    let today = now.today();
    let horizon = today + Duration::days(i64::from(policy.agenda_days));
    let owed: Vec<&Item> = items.iter().filter(|item| item.filing.standing.state.is_owed()).collect();
    let once = |item: &&&Item| !item.filing.is_recurring();
    let late = |item: &&&Item| item.filing.is_overdue(now.at());
    let soon = |item: &&&Item| item.filing.standing.due_on.is_some_and(|due| due <= horizon);
    let week_ago = now.at() - Duration::days(7);
    let lines =
        |items: Vec<&Item>, note: &dyn Fn(&Item) -> Option<String>| lines(&items, note, calendar, now);
    let nothing = |_: &Item| None;
    Agenda {
        overdue: lines(owed.iter().filter(once).filter(late).copied().collect(), &nothing),
        soon: lines(
            owed.iter().filter(once).filter(soon).filter(|item| !late(item)).copied().collect(),
            &nothing,
        ),
        stuck: lines(
            owed.iter().filter(|item| item.filing.standing.blocker.is_some()).copied().collect(),
            &|item| item.filing.standing.blocker.clone(),
        ),
        behind: lines(
            owed.iter().filter(|item| behind(&item.filing, calendar, now).is_some()).copied().collect(),
            &|item| {
                behind(&item.filing, calendar, now)
                    .map(|lag| format!("序时应到{}%,报了{}%", lag.expected, lag.reached))
            },
        ),
        missed: counted(owed.iter().filter(|item| item.filing.is_recurring()).filter(late).copied()),
        new: lines(owed.iter().filter(|item| item.imported_at >= week_ago).copied().collect(), &nothing),
        window: window(items, policy, calendar, now),
        campaigns: campaigns(items, calendar, now),
        ..Agenda::default()
    }
}

/// One line a task, the most urgent first.
fn lines(
    items: &[&Item],
    note: &dyn Fn(&Item) -> Option<String>,
    calendar: &Workdays,
    now: &Now,
) -> Vec<AgendaLine> {
    let mut by_task: BTreeMap<TaskNo, AgendaLine> = BTreeMap::new();
    for item in items {
        let light = light(&item.filing, now, calendar);
        let due = item.filing.standing.due_on.filter(|_| !item.filing.progress);
        let line = by_task.entry(item.task).or_insert_with(|| AgendaLine {
            task: item.task,
            title: item.title.clone(),
            owners: Vec::new(),
            due,
            note: note(item),
            light,
        });
        line.light = line.light.max(light);
        line.due = line.due.into_iter().chain(due).min();
        if !line.owners.contains(&item.owner) {
            line.owners.push(item.owner.clone());
        }
    }
    let mut lines: Vec<AgendaLine> = by_task.into_values().collect();
    lines.sort_by_key(|line| (std::cmp::Reverse(line.light), line.due.is_none(), line.due, line.task));
    lines
}

/// Tasks with the number of those who owe them.
fn counted<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<(TaskNo, usize)> {
    let mut owners: BTreeMap<TaskNo, BTreeSet<&str>> = BTreeMap::new();
    for item in items {
        owners.entry(item.task).or_default().insert(&item.owner);
    }
    owners.into_iter().map(|(task, owners)| (task, owners.len())).collect()
}

/// What is ripe and what lacks, while the quarter's round is open: everything that the office verifies.
fn window(items: &[Item], policy: &Policy, calendar: &Workdays, now: &Now) -> Option<Window> {
    let opening =
        open_rounds(policy, calendar, now).into_iter().find(|opening| opening.cadence == Cadence::Quarter)?;
    let verified = || items.iter().filter(|item| item.filing.reviewed);
    let in_time = |item: &&Item| {
        item.filing.standing.state.is_owed()
            && item.filing.standing.due_on.is_some_and(|due| Some(due) <= opening.period.last_day())
    };
    Some(Window {
        until: opening.due_on,
        ripe: counted(verified().filter(|item| item.filing.standing.state == FilingState::Claimed)),
        lacking: counted(verified().filter(in_time)),
    })
}

/// The campaigns under way today.
fn campaigns(items: &[Item], calendar: &Workdays, now: &Now) -> Vec<Campaign> {
    let mut duties: BTreeMap<(TaskNo, i64), Vec<&Item>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.filing.starts.is_some()) {
        duties.entry((item.task, item.seq)).or_default().push(item);
    }
    duties.into_values().filter_map(|items| campaign(&items, calendar, now)).collect()
}

fn campaign(items: &[&Item], calendar: &Workdays, now: &Now) -> Option<Campaign> {
    let today = now.today();
    let first = items.first()?;
    let starts = first.filing.starts?;
    // One that was extended for somebody ends with the last of them.
    let ends = items.iter().filter_map(|item| item.filing.standing.due_on).max()?;
    if today < starts || today > ends {
        return None;
    }
    let is_finished = |item: &&&Item| !item.filing.standing.state.is_owed();
    let a_week_ago = now.at() - Duration::days(7);
    let before = |item: &&&Item| {
        is_finished(item) && item.filing.standing.reported_at.is_some_and(|reported| reported < a_week_ago)
    };
    let open = items.iter().find(|item| item.filing.standing.state.is_owed()).unwrap_or(&items[0]);
    Some(Campaign {
        task: first.task,
        title: first.title.clone(),
        day: (today - starts).num_days() + 1,
        days: (ends - starts).num_days() + 1,
        ends,
        finished: (items.iter().filter(is_finished).count(), items.len()),
        left_a_week_ago: items.len() - items.iter().filter(before).count(),
        expected: expected(&open.filing, calendar, now).unwrap_or(0),
        next: milestones(starts, ends, calendar).into_iter().find(|(day, _)| *day >= today),
    })
}

#[cfg(test)]
mod tests;
