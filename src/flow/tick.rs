//! The tick: compares the facts with now and writes down what is to be said, each reason once (law L4).
//!
//! Four steps, each of which does a bounded piece of work and says whether it did something: posts change hands on their
//! day, rounds that are open get their filings, filings whose look is due are looked at, and what is to be said is dealt onto cards.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::config::Settings;
use crate::domain::card::CardKind;
use crate::domain::filing::Owner;
use crate::domain::ids::{AskId, TaskNo, UnitId};
use crate::domain::now::Now;
use crate::flow::people::{self, Come};
use crate::flow::{Wheel, endings, front};
use crate::rules::deal::{Deal, Scene, Waiting, deal};
use crate::rules::nudges::{first_look, look};
use crate::rules::reach::chat_for;
use crate::rules::rounds::{Opening, open_rounds};
use crate::store::endings::{Ended, ended};
use crate::store::filings::{Owed, Span};
use crate::store::history::{self, About, Cause};
use crate::store::rounds::Unopened;
use crate::store::{Connection, Store, asks, cards, filings, leaves, letters, reach, rounds};

/// How far back a card may lie that counts against today's budget or the pause between review cards.
const HEARD: chrono::TimeDelta = chrono::TimeDelta::days(2);
/// Filings that are looked at in one transaction.
const LOOKS: i64 = 200;
/// Duties whose filings are opened in one transaction.
const DUTIES: i64 = 8;
/// Items on the cards that are made in one transaction. The asks of one card lie far apart in the database: with fewer
/// cards at a time the same pages are written again and again, with more the writer is held longer than a tenth of a second.
const ITEMS: usize = 4_000;

/// Does the next piece of work. True if there was any.
pub async fn step(wheel: &Wheel) -> anyhow::Result<bool> {
    turn(&wheel.store, &wheel.settings, &wheel.now()).await
}

/// The same on a database. What is to be done is read beside the one writer, which is then held for a handful of
/// duties, looks or cards at a time. In between nobody else decides: the wheel sees to that.
pub async fn turn(store: &Store, settings: &Settings, now: &Now) -> anyhow::Result<bool> {
    let next = next(&mut *store.read().await?, settings, now).await?;
    let mut did = false;
    for part in next.parts() {
        let mut tx = store.write().await?;
        did |= act(&mut tx, settings, now, part).await?;
        tx.commit().await?;
    }
    Ok(did)
}

/// Does the next piece of work in a transaction of the caller's.
pub async fn decide(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<bool> {
    let next = next(conn, settings, now).await?;
    let mut did = false;
    for part in next.parts() {
        did |= act(conn, settings, now, part).await?;
    }
    Ok(did)
}

/// What is to be done next.
enum Next {
    /// What has come to its day comes into force: hand-overs, leaves.
    People(Vec<Come>),
    /// Some duties of one open round get their filings.
    Open(Opening, Vec<Unopened>),
    /// These filings are looked at.
    Look(Vec<Owed>),
    /// A plan is over.
    End(Ended),
    /// Reasons that have become needless are dropped.
    Drop,
    /// These cards are made.
    Cards(Vec<Deal>),
    /// Nothing.
    Nothing,
}

impl Next {
    /// The pieces that are done in a transaction each.
    fn parts(self) -> Vec<Next> {
        match self {
            Next::Cards(deals) => handfuls(deals).into_iter().map(Next::Cards).collect(),
            Next::Nothing => Vec::new(),
            next => vec![next],
        }
    }
}

/// Cards with about [`ITEMS`] items each time: a commit waits for the disk, and many small ones for it many times.
fn handfuls(deals: Vec<Deal>) -> Vec<Vec<Deal>> {
    let mut handfuls: Vec<Vec<Deal>> = Vec::new();
    let mut room = 0;
    for deal in deals {
        let size = deal.asks.len().max(1);
        match handfuls.last_mut() {
            Some(last) if size <= room => last.push(deal),
            _ => {
                room = ITEMS;
                handfuls.push(vec![deal]);
            }
        }
        room = room.saturating_sub(size);
    }
    handfuls
}

/// Finds what is to be done next. Rounds and nudges first: a card shall hold everything that is to be said now.
async fn next(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<Next> {
    let come = people::come(conn, now.today()).await?;
    if !come.is_empty() {
        return Ok(Next::People(come));
    }
    for opening in open_rounds(&settings.policy, &settings.calendar, now) {
        let unopened = rounds::unopened(conn, &opening, now.today(), DUTIES).await?;
        if !unopened.is_empty() {
            return Ok(Next::Open(opening, unopened));
        }
    }
    let due = filings::to_look_at(conn, now.at(), LOOKS).await?;
    if !due.is_empty() {
        return Ok(Next::Look(due));
    }
    if !settings.policy.may_speak(now, &settings.calendar) {
        return Ok(Next::Nothing);
    }
    if let Some(ended) = ended(conn, now.today()).await? {
        return Ok(Next::End(ended));
    }
    if asks::has_settled(conn, now.at()).await? {
        return Ok(Next::Drop);
    }
    let deals = deals(conn, settings, now).await?;
    Ok(if deals.is_empty() { Next::Nothing } else { Next::Cards(deals) })
}

/// Does it; false where nothing came of it, so that nobody tries again before something has changed.
async fn act(conn: &mut Connection, settings: &Settings, now: &Now, next: Next) -> anyhow::Result<bool> {
    match next {
        Next::People(come) => {
            for one in &come {
                people::enforce(conn, now, one).await?;
            }
        }
        Next::Open(opening, duties) => {
            for duty in duties {
                open_duty(conn, settings, now, opening, duty).await?;
            }
        }
        Next::Look(due) => look_at(conn, settings, now, &due).await?,
        Next::End(ended) => endings::wrap_up(conn, now, &ended).await?,
        Next::Drop => asks::drop_settled(conn, now.at()).await?,
        Next::Cards(deals) => return make_cards(conn, now, deals).await,
        Next::Nothing => return Ok(false),
    }
    Ok(true)
}

async fn open_duty(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    opening: Opening,
    next: Unopened,
) -> anyhow::Result<()> {
    let span = Span {
        period: opening.period,
        due_on: Some(opening.due_on),
        due_at: Some(opening.due_at),
        files: opening.files,
    };
    // A plan that came in the middle of a period is not late for it.
    let meant_on = opening.opened_on.max(now.date_of(next.imported_at));
    let first_look =
        first_look(&opening.filing(next.progress, now), &settings.policy, &settings.calendar, now);
    let opened =
        rounds::open_duty(conn, next.duty, opening.cadence, span, (meant_on, now.at(), first_look)).await?;
    let detail = json!({ "duty": next.duty, "period": opening.period.to_string(), "filings": opened });
    history::add(conn, &Cause::clock(now.at()), About::default(), "round_opened", &detail).await?;
    Ok(())
}

/// Looks at filings whose look is due: notes the newest reason to speak, and when to look again. What was decided about one
/// filing of an item is a word between us and its owner, which the next of them hears of: they are looked at one after
/// the other, and everybody else's at once.
async fn look_at(conn: &mut Connection, settings: &Settings, now: &Now, due: &[Owed]) -> anyhow::Result<()> {
    let away = leaves::nobody_there_until(conn).await?;
    for wave in waves(due) {
        let last_words = filings::last_words(conn, &wave).await?;
        let (mut said, mut looks) = (Vec::new(), Vec::new());
        for owed in &wave {
            let last_word = last_words.get(&owed.filing.id).copied().max(nobody_there(&away, owed, now));
            let found = look(&owed.filing, last_word, &settings.policy, &settings.calendar, now);
            said.extend(found.say.map(|step| (&owed.filing, step.reason, step.on)));
            looks.push((&owed.filing, found.again));
        }
        asks::add_all(conn, &said, now.at()).await?;
        filings::set_next_looks(conn, &looks, now.at()).await?;
    }
    Ok(())
}

/// The first filing of each item and owner, then the second of each, and so on.
fn waves(due: &[Owed]) -> Vec<Vec<&Owed>> {
    let mut waves: Vec<Vec<&Owed>> = Vec::new();
    let mut met: BTreeMap<(TaskNo, Owner), usize> = BTreeMap::new();
    for owed in due {
        let before = met.entry((owed.task, owed.filing.owner)).or_default();
        match waves.get_mut(*before) {
            Some(wave) => wave.push(owed),
            None => waves.push(vec![owed]),
        }
        *before += 1;
    }
    waves
}

/// Until when nobody of the owner was there to answer: days of leave without anybody standing in are no silence.
fn nobody_there(away: &BTreeMap<UnitId, NaiveDate>, owed: &Owed, now: &Now) -> Option<DateTime<Utc>> {
    match owed.filing.owner {
        Owner::Unit(unit) if !owed.filing.is_recurring() => {
            away.get(&unit).map(|day| now.instant_of(day.and_time(chrono::NaiveTime::MIN)))
        }
        _ => None,
    }
}

/// Deals what is to be said onto cards.
async fn deals(conn: &mut Connection, settings: &Settings, now: &Now) -> anyhow::Result<Vec<Deal>> {
    let waiting = waiting(conn, now).await?;
    let heard = cards::heard(conn, now.today(), now.at() - HEARD).await?;
    let fronts = front::due(conn, settings, &heard, now).await?;
    if waiting.is_empty() && fronts.is_empty() {
        return Ok(Vec::new());
    }
    let audiences = reach::audiences(conn).await?;
    let scene = Scene { audiences: &audiences, heard: &heard, fronts: &fronts };
    Ok(deal(&waiting, scene, &settings.policy, &settings.calendar, now))
}

/// Makes cards, with their letters. False where their slots have one already, or other cards have taken their reasons along.
async fn make_cards(conn: &mut Connection, now: &Now, mut deals: Vec<Deal>) -> anyhow::Result<bool> {
    let stuck = cards::stuck(conn, now.at()).await?;
    for one in deals.iter_mut().filter(|one| one.kind == CardKind::Reminder && stuck.contains(&one.chat)) {
        take_along(conn, now, one).await?;
    }
    let asks: Vec<AskId> = deals.iter().flat_map(|one| one.asks.iter().map(|(ask, _)| *ask)).collect();
    let mut open = asks::still_open(conn, &asks).await?;
    for one in &mut deals {
        // The first card that has a reason keeps it.
        one.asks.retain(|(ask, _)| open.remove(ask));
    }
    deals.retain(|one| !one.asks.is_empty() || one.front.is_some());
    let made = cards::make(conn, &deals, now.at()).await?;
    let first: Vec<_> = made.into_iter().map(|(chat, card)| (chat, card, 1)).collect();
    letters::cards(conn, &first, now.at()).await?;
    Ok(!first.is_empty())
}

/// Where an older card of the chat never went out, this one takes its reasons along, and says that it is late.
async fn take_along(conn: &mut Connection, now: &Now, one: &mut Deal) -> anyhow::Result<()> {
    if !cards::recall(conn, one.chat, now.at()).await? {
        return Ok(());
    }
    asks::drop_superseded(conn).await?;
    let together = waiting(conn, now).await?.into_iter().filter(|waiting| waiting.chat == one.chat);
    one.asks = together.filter(|one| !one.reason.is_for_review()).map(|one| (one.ask, one.filing)).collect();
    one.late = true;
    Ok(())
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
