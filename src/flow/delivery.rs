//! Delivery: the only one who sends (law L1). Takes the first letter of each chat, puts cards into words from the facts
//! as they are now (law L6), hands them to the platforms all at once, and notes what became of each.

mod outcome;
mod papers;

use std::time::Duration;

use futures::channel::mpsc;
use futures::{StreamExt as _, stream};
use sqlx::Connection as _;

use crate::channel::{Act, Address, Channel, Enclosed, SendError, Sent, Speech};
use crate::commands::call;
use crate::domain::card::Card;
use crate::domain::ids::{CardId, LetterId};
use crate::domain::now::Now;
use crate::flow::{Wheel, front};
use crate::store::cards::Loaded;
use crate::store::letters::{Letter, LetterKind};
use crate::store::{Connection, cards, letters};
use crate::wording::card::{self, View};

pub(super) use outcome::{Outcome, note, tell_office_of_lost};
pub use papers::take_back_unfinished;

/// Chats that are looked at in one turn: more than are served, since a limit may hold many of them back.
const LOOKED_AT: i64 = 256;
/// Chats that are served in one turn.
const TURN: usize = 64;
/// Messages under way at the same time.
const AT_ONCE: usize = 16;

/// A letter ready to go.
pub(in crate::flow) struct Ready {
    letter: Letter,
    act: Act,
    /// What will be kept as said.
    body: Option<String>,
}

/// What a turn of delivery did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Letters went out, or were found needless.
    Sent,
    /// Nothing may go before so long.
    Waits(Duration),
    /// There is nothing to send.
    Idle,
}

/// Sends the next turn of letters.
pub async fn step(wheel: &Wheel) -> anyhow::Result<Turn> {
    let now = wheel.now();
    let speaks = wheel.settings.policy.may_speak(&now, &wheel.settings.calendar);
    let heads =
        letters::next_of_each_chat(&mut *wheel.store.read().await?, now.at(), speaks, LOOKED_AT).await?;
    let (next, wait) = within_limits(wheel, heads);
    if next.is_empty() {
        return Ok(wait.map_or(Turn::Idle, Turn::Waits));
    }
    let ready = take_up(wheel, &now, next).await?;
    send_and_note(wheel, ready).await?;
    Ok(Turn::Sent)
}

/// Hands the letters over, and notes what became of them as the answers come, those that are there together in one commit: what
/// a crash leaves in doubt is little. Both at once, because a channel may need the writer to send.
async fn send_and_note(wheel: &Wheel, ready: Vec<Ready>) -> anyhow::Result<()> {
    let (done, outcomes) = mpsc::unbounded();
    let sending = async move {
        let sent = stream::iter(ready).map(|ready| async {
            let outcome = hand_over(wheel, &ready).await;
            (ready, outcome)
        });
        let mut sent = std::pin::pin!(sent.buffer_unordered(AT_ONCE));
        while let Some(one) = sent.next().await {
            // Whoever notes listens to the end.
            let _ = done.unbounded_send(one);
        }
    };
    let noting = async {
        let mut outcomes = std::pin::pin!(outcomes.ready_chunks(AT_ONCE));
        let mut noted = Ok(());
        while let Some(some) = outcomes.next().await {
            noted = outcome::note(wheel, some).await;
        }
        noted
    };
    let ((), noted) = tokio::join!(sending, noting);
    noted
}

/// The letters that the platforms' limits let through, and how long the first of the others has to wait.
fn within_limits(wheel: &Wheel, heads: Vec<Letter>) -> (Vec<Letter>, Option<Duration>) {
    let (mut next, mut wait): (_, Option<Duration>) = (Vec::new(), None);
    for letter in heads {
        if next.len() == TURN {
            break;
        }
        // A toast is no message and is not counted.
        let taken = match letter.kind {
            LetterKind::Toast => Ok(()),
            _ => wheel.pace.take(&letter.address.0, letter.chat, letter.group),
        };
        match taken {
            Ok(()) => next.push(letter),
            Err(until) => wait = Some(wait.map_or(until, |known| known.min(until))),
        }
    }
    (next, wait)
}

/// Claims the letters and puts them into words, in one durable commit before anything leaves.
async fn take_up(wheel: &Wheel, now: &Now, next: Vec<Letter>) -> anyhow::Result<Vec<Ready>> {
    let mut tx = wheel.store.write().await?;
    let ids: Vec<LetterId> = next.iter().map(|letter| letter.id).collect();
    let claimed = letters::claim(&mut tx, &ids).await?;
    let mut ready = Vec::new();
    for letter in next.into_iter().filter(|letter| claimed.contains(&letter.id)) {
        match word_alone(wheel, &mut tx, now, &letter).await? {
            Ok(Some((act, body))) => ready.push(Ready { letter, act, body }),
            Ok(None) => letters::give_up(&mut tx, letter.id, false, "nothing left to tell").await?,
            Err(error) => {
                // A letter that cannot be put into words is put aside alone; the others go.
                let why = format!("{error:#}");
                tracing::error!(
                    letter = letter.id.0,
                    error = why,
                    "a letter could not be put into words and was put aside"
                );
                letters::give_up(&mut tx, letter.id, true, &why).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(ready)
}

/// What a letter says, and what will be kept as said.
type Worded = Option<(Act, Option<String>)>;

/// Puts a letter into words, or gives why that cannot be. Where that may write, what was written by then is taken back.
async fn word_alone(
    wheel: &Wheel,
    conn: &mut Connection,
    now: &Now,
    letter: &Letter,
) -> sqlx::Result<anyhow::Result<Worded>> {
    if letter.card.is_none() && letter.paper.is_none() {
        return Ok(word(wheel, conn, now, letter).await);
    }
    let mut savepoint = conn.begin().await?;
    let worded = word(wheel, &mut savepoint, now, letter).await;
    match &worded {
        Ok(_) => savepoint.commit().await?,
        Err(_) => savepoint.rollback().await?,
    }
    Ok(worded)
}

/// What a letter says now; `None` where it has become needless.
async fn word(wheel: &Wheel, conn: &mut Connection, now: &Now, letter: &Letter) -> anyhow::Result<Worded> {
    match (letter.kind, letter.card) {
        (LetterKind::Card, Some((card, part))) => word_card(wheel, conn, now, (letter, card, part)).await,
        (LetterKind::Edit, Some((card, part))) => word_edit(wheel, conn, now, (card, part)).await,
        (LetterKind::Toast, _) => {
            let text = letter.body.as_deref().map(serde_json::from_str).transpose()?.unwrap_or_default();
            Ok(letter.tap.clone().map(|tap| (Act::Toast { tap, text }, None)))
        }
        _ => {
            let speech: Speech = serde_json::from_str(letter.body.as_deref().unwrap_or("{}"))?;
            let speech = fit(wheel, &letter.address.0, speech);
            if let Some(paper) = letter.paper {
                let stands = papers::still_stands(conn, letter, paper).await?;
                return Ok(stands.then_some((Act::Say(speech), None)));
            }
            let Some(Enclosed { sha256, name }) = speech.file.clone() else {
                return Ok(Some((Act::Say(speech), None)));
            };
            // Removed since: nothing is left to hand over.
            let bytes = wheel.files.get(&sha256).await?;
            Ok(bytes.map(|bytes| (Act::File { speech, name, bytes }, None)))
        }
    }
}

/// Answers are short; one that is not is cut rather than refused by the platform.
fn fit(wheel: &Wheel, channel: &str, mut speech: Speech) -> Speech {
    let max = wheel.channel(channel).map_or(usize::MAX, |channel| channel.manners().text_max);
    if speech.text.chars().count() > max {
        speech.text = speech.text.chars().take(max.saturating_sub(1)).chain(['…']).collect();
    }
    speech
}

async fn load(
    wheel: &Wheel,
    conn: &mut Connection,
    now: &Now,
    (card, part): (CardId, i64),
) -> sqlx::Result<Option<(Card, usize)>> {
    let Some(loaded) = cards::load(conn, card, part).await? else {
        return Ok(None);
    };
    let leading = front::draw_up(conn, &wheel.settings, now, &loaded).await?;
    let Loaded { mut card, channel, .. } = loaded;
    card.leading = leading;
    let manners = wheel.channel(&channel).map(Channel::manners);
    card.trusted = manners.is_some_and(|manners| manners.trusted);
    Ok(Some((card, manners.map_or(usize::MAX, |manners| manners.text_max))))
}

/// A card goes out for the first time: what is settled by now is taken off, what does not fit goes onto the next message.
async fn word_card(
    wheel: &Wheel,
    conn: &mut Connection,
    now: &Now,
    (letter, id, part): (&Letter, CardId, i64),
) -> anyhow::Result<Worded> {
    let Some((mut card, text_max)) = load(wheel, conn, now, (id, part)).await? else {
        return Ok(None);
    };
    let (holds, gone): (Vec<_>, Vec<_>) =
        card.items.into_iter().partition(|item| item.still_holds(now.today()));
    for item in gone {
        cards::take_off(conn, id, item.filing.id).await?;
    }
    card.items = holds;
    let view = View { now, calendar: &wheel.settings.calendar, text_max };
    let Some(rendered) = card::render(&card, view) else {
        return Ok(None);
    };
    let here: Vec<_> =
        card.items.iter().map(|item| item.filing.id).filter(|id| !rendered.left_over.contains(id)).collect();
    cards::move_to_part(conn, id, &here, part).await?;
    if !rendered.left_over.is_empty() {
        cards::move_to_part(conn, id, &rendered.left_over, part + 1).await?;
        letters::cards(conn, &[(letter.chat, id, part + 1)], now.at()).await?;
    }
    let speech = call::speech_of(&rendered.spoken, None);
    let body = serde_json::to_string(&speech)?;
    Ok(Some((Act::Say(speech), Some(body))))
}

/// A card's message is brought up to date; `None` where it says so already.
async fn word_edit(
    wheel: &Wheel,
    conn: &mut Connection,
    now: &Now,
    (id, part): (CardId, i64),
) -> anyhow::Result<Worded> {
    let Some((message, said)) = letters::said_as(conn, id, part).await? else {
        return Ok(None);
    };
    let Some((mut card, text_max)) = load(wheel, conn, now, (id, part)).await? else {
        return Ok(None);
    };
    card.items.retain(|item| item.part == part);
    let view = View { now, calendar: &wheel.settings.calendar, text_max };
    let Some(rendered) = card::render(&card, view) else {
        return Ok(None);
    };
    let speech = call::speech_of(&rendered.spoken, None);
    let body = serde_json::to_string(&speech)?;
    if said.as_deref() == Some(&body) {
        return Ok(None);
    }
    Ok(Some((Act::Edit { message, speech }, Some(body))))
}

async fn hand_over(wheel: &Wheel, ready: &Ready) -> Result<Sent, SendError> {
    let (channel, chat, topic) = &ready.letter.address;
    let address = Address {
        channel: channel.clone(),
        chat: chat.clone(),
        topic: Some(topic.clone()).filter(|topic| !topic.is_empty()),
    };
    let printed = papers::print(wheel, ready).await?;
    match wheel.channel(channel) {
        Some(channel) => channel.send(&address, printed.as_ref().unwrap_or(&ready.act)).await,
        None => Err(SendError::Later { after: None, why: format!("the channel {channel} is not running") }),
    }
}
