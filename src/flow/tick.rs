//! The tick: compares the facts with now and writes down what is to be said, each reason once (law L4).
//!
//! Three steps, each of which does a bounded piece of work and says whether it did something: rounds that are open get
//! their filings, filings whose look is due are looked at, and what is to be said is dealt onto cards.

use std::collections::BTreeSet;

use serde_json::json;

use crate::config::Settings;
use crate::domain::card::CardKind;
use crate::domain::ids::ChatId;
use crate::domain::now::Now;
use crate::flow::Wheel;
use crate::rules::agenda;
use crate::rules::budget::Heard;
use crate::rules::deal::{Scene, Waiting, deal};
use crate::rules::nudges::look;
use crate::rules::reach::chat_for;
use crate::rules::rounds::{Opening, open_rounds};
use crate::store::filings::Span;
use crate::store::history::{self, About, Cause};
use crate::store::rounds::Unopened;
use crate::store::{Connection, asks, cards, chats, filings, letters, plans, reach, rounds};

/// How far back a card may lie that counts against today's budget or the pause between review cards.
const HEARD: chrono::TimeDelta = chrono::TimeDelta::days(2);
/// Filings that are looked at in one transaction.
const LOOKS: i64 = 200;

/// Does the next piece of work. True if there was any.
pub async fn step(wheel: &Wheel) -> anyhow::Result<bool> {
    let now = wheel.now();
    let mut tx = wheel.store.write().await?;
    let did = decide(&mut tx, &wheel.settings, &now).await?;
    if did {
        tx.commit().await?;
    }
    Ok(did)
}

/// Does the next piece of work in a transaction of the caller's.
pub async fn decide(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<bool> {
    // Rounds and nudges first: a card shall hold everything that is to be said now.
    Ok(open_next(conn, settings, now).await?
        || look_at_some(conn, settings, now).await?
        || make_cards(conn, settings, now).await?)
}

/// Opens one duty of one open round, so that the one writer is never held for long.
async fn open_next(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<bool> {
    for opening in open_rounds(&settings.policy, &settings.calendar, now) {
        let unopened = rounds::unopened(conn, opening.cadence, opening.period, now.today()).await?;
        if let Some(next) = unopened.first() {
            open_duty(conn, now, opening, *next).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

async fn open_duty(conn: &mut Connection, now: &Now, opening: Opening, next: Unopened) -> anyhow::Result<()> {
    let span = Span { period: opening.period, due_on: Some(opening.due_on), due_at: Some(opening.due_at) };
    // A plan that came in the middle of a period is not late for it.
    let meant_on = opening.opened_on.max(now.date_of(next.imported_at));
    let opened = rounds::open_duty(conn, next.duty, opening.cadence, span, (meant_on, now.at())).await?;
    let detail = json!({ "duty": next.duty, "period": opening.period.to_string(), "filings": opened });
    history::add(conn, &Cause::clock(now.at()), About::default(), "round_opened", &detail).await?;
    Ok(())
}

/// Looks at filings whose look is due: notes the newest reason to speak, and when to look again.
async fn look_at_some(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<bool> {
    let due = filings::to_look_at(conn, now.at(), LOOKS).await?;
    for owed in &due {
        let last_word = filings::last_word(conn, owed).await?;
        let found = look(&owed.filing, last_word, &settings.policy, &settings.calendar, now);
        if let Some(step) = found.say {
            asks::add(conn, &owed.filing, step.reason, step.on, now.at()).await?;
        }
        filings::set_next_look(conn, &owed.filing, found.again, now.at()).await?;
    }
    Ok(!due.is_empty())
}

/// Deals what is to be said onto cards, with a letter each.
async fn make_cards(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<bool> {
    if !settings.policy.may_speak(now, &settings.calendar) {
        return Ok(false);
    }
    asks::drop_settled(conn, now.at()).await?;
    let waiting = waiting(conn, now).await?;
    let heard = cards::heard(conn, now.today(), now.at() - HEARD).await?;
    let agenda_for = agenda_for(conn, settings, &heard, now).await?;
    if waiting.is_empty() && agenda_for.is_none() {
        return Ok(false);
    }
    let audiences = reach::audiences(conn).await?;
    let scene = Scene { audiences: &audiences, heard: &heard, agenda_for };
    let dealt = deal(&waiting, scene, &settings.policy, &settings.calendar, now);
    let mut made = false;
    let mut recalled = BTreeSet::new();
    for mut one in dealt {
        if one.kind == CardKind::Reminder && recalled.contains(&one.chat) {
            continue; // its reasons have gone along already
        }
        if one.kind == CardKind::Reminder && cards::recall(conn, one.chat, now.at()).await? {
            // An older card never went out: this one takes its reasons along, and says that it is late.
            asks::drop_superseded(conn).await?;
            let together =
                self::waiting(conn, now).await?.into_iter().filter(|waiting| waiting.chat == one.chat);
            one.asks =
                together.filter(|one| !one.reason.is_for_review()).map(|one| (one.ask, one.filing)).collect();
            one.late = true;
            recalled.insert(one.chat);
        }
        if let Some(card) = cards::make(conn, &one, now.at()).await? {
            letters::card(conn, one.chat, card, 1, now.at()).await?;
            made = true;
        }
    }
    Ok(made)
}

/// The office's chat, where this week's agenda is due.
async fn agenda_for(
    conn: &mut Connection,
    settings: &Settings,
    heard: &Heard,
    now: &Now,
) -> sqlx::Result<Option<ChatId>> {
    let first_plan = plans::first_import(conn).await?;
    let is_due = agenda::is_due(&settings.policy, &settings.calendar, now, first_plan, heard.last_agenda);
    if is_due { chats::office(conn).await } else { Ok(None) }
}

/// The reasons that stand on no card, with the chat each goes to.
async fn waiting(conn: &mut Connection, now: &Now) -> anyhow::Result<Vec<Waiting>> {
    let open = asks::open(conn, now.today()).await?;
    Ok(open
        .into_iter()
        .filter_map(|open| {
            let chat = chat_for(open.level, open.confidential, open.chase, &open.reach)?;
            Some(Waiting {
                ask: open.ask,
                filing: open.filing,
                reason: open.reason,
                meant_on: open.meant_on,
                decided_on: now.date_of(open.decided_at),
                opened_on: now.date_of(open.opened_at),
                due_on: open.due_on,
                progress: open.progress,
                chat,
            })
        })
        .collect())
}
