//! The preview for machines: JSON, one object a card.

use serde::Serialize;

use crate::domain::card::Front;
use crate::domain::ids::{ChatId, DutyId, TaskNo};
use crate::rules::preview::{Assume, Facts, Planned, Preview};

/// The whole of it.
#[derive(Debug, Serialize)]
struct Document {
    assume: Assume,
    cards: Vec<Card>,
    /// Who owes something and can be reached by nobody.
    unreachable: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Card {
    /// The office's wall clock, `2022-06-27T09:00:00`.
    at: String,
    chat: ChatId,
    title: String,
    private: bool,
    kind: &'static str,
    late: bool,
    /// What stands in front of the items: `agenda`, `quota`, or null.
    front: Option<Front>,
    /// Those whose budget it counts against, by post.
    people: Vec<String>,
    items: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Item {
    task: TaskNo,
    duty: DutyId,
    period: String,
    owner: String,
    /// `2022-06-30`, or null where nothing is due.
    due: Option<String>,
    /// The step of the rules, as history names it: `round-week`, `before-3`, `overdue-1`.
    reason: String,
}

/// Writes a preview as JSON. Titles of tasks are left out: the numbers say enough, and some are confidential.
pub fn json(found: &Preview, facts: &Facts, assume: Assume) -> String {
    let mut unreachable: Vec<String> =
        found.unreachable.iter().map(|(_, owner)| name(facts, owner)).collect();
    unreachable.sort_unstable();
    unreachable.dedup();
    let cards = found.cards.iter().map(|card| card_of(card, facts)).collect();
    let document = Document { assume, cards, unreachable };
    serde_json::to_string_pretty(&document).expect("string keys only")
}

fn name(facts: &Facts, owner: &crate::domain::filing::Owner) -> String {
    facts.owners.get(owner).map(|owner| owner.name.clone()).unwrap_or_default()
}

fn card_of(card: &Planned, facts: &Facts) -> Card {
    let person = |ear| facts.people.get(ear).and_then(|posts| posts.first()).cloned();
    let items = card.items.iter().map(|item| Item {
        task: item.task,
        duty: item.duty,
        period: item.period.to_string(),
        owner: name(facts, &item.owner),
        due: item.due_on.map(|day| day.to_string()),
        reason: item.reason.step(),
    });
    Card {
        at: card.at.format("%Y-%m-%dT%H:%M:%S").to_string(),
        chat: card.chat,
        title: facts.chats.get(&card.chat).cloned().unwrap_or_default(),
        private: facts.audiences.get(&card.chat).is_some_and(|audience| audience.private),
        kind: card.kind.as_str(),
        late: card.late,
        front: card.front,
        people: card.ears.iter().filter_map(person).collect(),
        items: items.collect(),
    }
}
