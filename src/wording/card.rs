//! The card in words: the most urgent first, each item once, who still owes it, how to answer, and why it was sent.

pub mod agenda;
pub mod brief;
mod collected;
mod line;
pub mod menu;
mod quota;
mod reminder;
mod review;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::card::{Card, CardItem, CardKind, Leading};
use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::light::{Light, light};
use crate::domain::now::Now;
use crate::domain::reason::Reason;
use crate::domain::workdays::Workdays;
use crate::wording::Spoken;
use crate::wording::card::line::Told;

/// Items that get a button of their own.
const BUTTONS: usize = 8;
/// Characters kept free for what stands around the items.
const FRAME: usize = 400;

/// One message of a card, and what did not fit on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The message.
    pub spoken: Spoken,
    /// Filings for the next message of the card.
    pub left_over: Vec<FilingId>,
}

/// What a card is rendered by.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Now.
    pub now: &'a Now,
    /// The workdays.
    pub calendar: &'a Workdays,
    /// The longest text the platform takes, in characters.
    pub text_max: usize,
}

/// Puts a card into words; `None` where nothing stands on it.
pub fn render(card: &Card, view: View<'_>) -> Option<Rendered> {
    let mut entries = entries(card, view);
    if entries.is_empty() && card.leading.is_none() {
        return None;
    }
    entries.sort_by_key(|entry| (entry.settled, std::cmp::Reverse(entry.light), entry.due, entry.task));
    let front = card.leading.as_ref().map(|leading| match leading {
        Leading::Agenda(agenda) => agenda::text(agenda, card, view),
        Leading::Quota(counters) => quota::text(counters, card, view),
        Leading::Collected(collected) => collected::text(collected, card, view),
        Leading::Handover(packs) => brief::packs(packs, card, view),
        Leading::Summary(scopes) => brief::summary(scopes, card, view),
    });
    let (shown, left_over) = fitting(entries, card, view, front.as_deref());
    let spoken = match (card.kind, &card.leading) {
        // What is urgent goes before what has time until the end of the year.
        (CardKind::Reminder, Some(Leading::Quota(counters))) if !shown.is_empty() => {
            let mut spoken = reminder::render(card, &shown, view, None);
            spoken.text.push_str(&quota::below(counters));
            spoken
        }
        (CardKind::Reminder, Some(Leading::Collected(collected))) if !shown.is_empty() => {
            let mut spoken = reminder::render(card, &shown, view, None);
            spoken.text.push_str(&collected::below(collected));
            spoken
        }
        (CardKind::Reminder, _) => reminder::render(card, &shown, view, front),
        (CardKind::Review, _) => review::render(card, &shown, view),
    };
    Some(Rendered { spoken, left_over })
}

/// Everything a card says about one task; on a review card, about one filing.
struct Entry<'a> {
    task: TaskNo,
    items: Vec<&'a CardItem>,
    light: Light,
    due: Option<NaiveDate>,
    settled: bool,
}

/// An entry with its words.
type Shown<'a> = (Entry<'a>, Told);

fn entries<'a>(card: &'a Card, view: View<'_>) -> Vec<Entry<'a>> {
    let mut groups: BTreeMap<TaskNo, Vec<Vec<&CardItem>>> = BTreeMap::new();
    for item in &card.items {
        let groups = groups.entry(item.task).or_default();
        match groups.iter_mut().find(|group| goes_with(card.kind, group[0], item)) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
        .into_iter()
        .flat_map(|(task, groups)| groups.into_iter().map(move |items| (task, items)))
        .map(|(task, items)| {
            let open: Vec<_> = items.iter().filter(|item| item.still_holds(view.now.today())).collect();
            let light = open.iter().map(|item| light(&item.filing, view.now, view.calendar)).max();
            Entry {
                task,
                light: light.unwrap_or(Light::Done),
                due: open.iter().filter_map(|item| item.filing.standing.due_on).min(),
                settled: open.is_empty(),
                items,
            }
        })
        .collect()
}

/// Whether two reasons about one task stand together. A reminder says everything about a task at once, and so does a draft; the
/// office decides claim by claim, but what a unit wrote in one message about several duties is one claim.
fn goes_with(kind: CardKind, one: &CardItem, other: &CardItem) -> bool {
    let is_draft = |item: &CardItem| item.reason == Reason::Draft;
    let one_word = || {
        let (standing, others) = (&one.filing.standing, &other.filing.standing);
        one.reason == other.reason
            && one.filing.owner == other.filing.owner
            && one.handled == other.handled
            && one.reason != Reason::ExemptionAsked
            && standing.came_with(others)
    };
    match kind {
        CardKind::Reminder => true,
        CardKind::Review => is_draft(one) && is_draft(other) || one_word(),
    }
}

/// Takes as many entries as the platform's message holds, at least one; an entry that alone is too long is cut.
fn fitting<'a>(
    entries: Vec<Entry<'a>>,
    card: &Card,
    view: View<'_>,
    front: Option<&str>,
) -> (Vec<Shown<'a>>, Vec<FilingId>) {
    let taken = front.map_or(0, |front| front.chars().count());
    let all = view.text_max.saturating_sub(FRAME).saturating_sub(taken);
    let mut room = all;
    let (mut shown, mut left_over) = (Vec::new(), Vec::new());
    for entry in entries {
        let mut told = match card.kind {
            CardKind::Reminder => line::entry(&entry, card, view),
            CardKind::Review => review::entry(&entry, card, view),
        };
        if told.whole().chars().count() > all {
            told.lines = vec![told.lines.join("\n   ").chars().take(all.saturating_sub(FRAME)).collect()];
        }
        let length = told.whole().chars().count() + 1;
        let must = shown.is_empty() && front.is_none();
        if must || (left_over.is_empty() && length <= room) {
            room = room.saturating_sub(length);
            shown.push((entry, told));
        } else {
            left_over.extend(entry.items.iter().map(|item| item.filing.id));
        }
    }
    (shown, left_over)
}

#[cfg(test)]
mod tests;
