//! The preview as an iCalendar file (RFC 5545): every card an event of a quarter of an hour, for any calendar program.

use chrono::Duration;
use icalendar::{Calendar, Component as _, Event, EventLike as _};

use crate::domain::now::Now;
use crate::rules::preview::{Facts, Planned, Preview};
use crate::wording::{preview, typeset};

/// How long an event of a card is shown.
const SHOWN: Duration = Duration::minutes(15);

/// Writes the calendar. The same card gets the same id each time, so that importing anew changes events instead of
/// doubling them.
pub fn ics(found: &Preview, facts: &Facts, now: &Now) -> String {
    let mut calendar = Calendar::new();
    calendar.name("督办提醒预演");
    for card in &found.cards {
        calendar.push(event(card, facts, now));
    }
    calendar.to_string()
}

fn event(card: &Planned, facts: &Facts, now: &Now) -> Event {
    let start = now.instant_of(card.at);
    let reasons = preview::reasons(&card.items).into_iter().map(|(word, tasks)| {
        let tasks: Vec<String> = tasks.into_keys().map(|task| format!("#{task}")).collect();
        format!("{word}:{}", tasks.join(" "))
    });
    let id = format!("{}-{}-{}@duban", card.at.format("%Y%m%dT%H%M%S"), card.chat, card.kind.as_str());
    let mut event = Event::new();
    event
        .uid(&id)
        .timestamp(now.at())
        .starts(start)
        .ends(start + SHOWN)
        .summary(&typeset(&format!("督办:{} · {}", preview::receiver(card, facts), preview::what(card))))
        .description(&typeset(&reasons.collect::<Vec<_>>().join("\n")));
    event.done()
}
