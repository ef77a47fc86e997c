//! Delivery: the only one who sends (law L1). Takes the first letter of each chat, puts cards into words from the facts
//! as they are now (law L6), hands them to the platforms all at once, and notes what became of each.

mod papers;

use std::time::Duration;

use chrono::TimeDelta;
use futures::channel::mpsc;
use futures::{StreamExt as _, stream};
use sqlx::Connection as _;

use crate::channel::{Act, Address, Channel, Enclosed, SendError, Sent, Speech};
use crate::commands::call;
use crate::domain::card::Card;
use crate::domain::ids::{CardId, ChatId};
use crate::domain::now::Now;
use crate::flow::{Wheel, front};
use crate::store::cards::Loaded;
use crate::store::letters::{Letter, LetterKind};
use crate::store::{Connection, cards, chats, letters};
use crate::wording::card::{self, View};
use crate::wording::{Spoken, command};

pub use papers::take_back_unfinished;

/// Chats that are served in one turn.
const TURN: i64 = 64;
/// Messages under way at the same time.
const AT_ONCE: usize = 16;
/// Tries of a letter whose fate stays unknown each time.
const UNKNOWN_MAX: i64 = 3;
/// The longest wait between two tries of one letter.
const WAIT_MAX: TimeDelta = TimeDelta::minutes(10);

/// A letter ready to go.
struct Ready {
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
    let heads = letters::next_of_each_chat(&mut *wheel.store.read().await?, now.at(), speaks, TURN).await?;
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
            // Nobody takes it any more where noting has failed; then all of them count as interrupted.
            let _ = done.unbounded_send(one);
        }
    };
    let noting = async {
        let mut outcomes = std::pin::pin!(outcomes.ready_chunks(AT_ONCE));
        while let Some(some) = outcomes.next().await {
            note_all(wheel, some).await?;
        }
        anyhow::Ok(())
    };
    let ((), noted) = tokio::join!(sending, noting);
    noted
}

/// The letters that the platforms' limits let through, and how long the first of the others has to wait.
fn within_limits(wheel: &Wheel, heads: Vec<Letter>) -> (Vec<Letter>, Option<Duration>) {
    let (mut next, mut wait): (_, Option<Duration>) = (Vec::new(), None);
    for letter in heads {
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
    let mut ready = Vec::new();
    for letter in next {
        if !letters::claim(&mut tx, letter.id).await? {
            continue;
        }
        let mut savepoint = tx.begin().await?;
        match word(wheel, &mut savepoint, now, &letter).await {
            Ok(Some((act, body))) => {
                savepoint.commit().await?;
                ready.push(Ready { letter, act, body });
            }
            Ok(None) => {
                letters::give_up(&mut savepoint, letter.id, false, "nothing left to tell").await?;
                savepoint.commit().await?;
            }
            Err(error) => {
                // A letter that cannot be put into words is put aside alone; the others go.
                savepoint.rollback().await?;
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

/// What a letter says now; `None` where it has become needless.
async fn word(
    wheel: &Wheel,
    conn: &mut Connection,
    now: &Now,
    letter: &Letter,
) -> anyhow::Result<Option<(Act, Option<String>)>> {
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
) -> anyhow::Result<Option<(Act, Option<String>)>> {
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
) -> anyhow::Result<Option<(Act, Option<String>)>> {
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

/// Notes what became of every letter, in one durable commit; a note that fails leaves the others as they are.
async fn note_all(wheel: &Wheel, sent: Vec<(Ready, Result<Sent, SendError>)>) -> anyhow::Result<()> {
    let now = wheel.now();
    let mut tx = wheel.store.write().await?;
    for (ready, outcome) in sent {
        wheel.health.tried(outcome.as_ref().map_or_else(named, |_| "sent"));
        let mut savepoint = tx.begin().await?;
        let noted = match outcome {
            Ok(sent) => note_sent(&mut savepoint, &ready, &sent, &now).await,
            Err(error) => note_failed(&mut savepoint, &ready, error, &now).await,
        };
        match noted {
            Ok(()) => savepoint.commit().await?,
            Err(error) => {
                savepoint.rollback().await?;
                tracing::error!(letter = ready.letter.id.0, %error, "what became of a letter could not be noted");
                letters::give_up(&mut tx, ready.letter.id, true, "what became of it could not be noted")
                    .await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

/// What a failure is called where it is counted.
fn named(error: &SendError) -> &'static str {
    match error {
        SendError::Later { after: Some(_), .. } => "throttled",
        SendError::Later { after: None, .. } => "later",
        SendError::Refused { .. } => "refused",
        SendError::ChatGone { .. } => "gone",
        SendError::ChatMoved { .. } => "moved",
        SendError::Unknown { .. } => "unknown",
    }
}

async fn note_sent(conn: &mut Connection, ready: &Ready, sent: &Sent, now: &Now) -> sqlx::Result<()> {
    if let (LetterKind::Edit, Some((card, part)), Some(body)) =
        (ready.letter.kind, ready.letter.card, &ready.body)
    {
        letters::keep_body(conn, card, part, body).await?;
    }
    letters::sent(conn, ready.letter.id, sent.message.as_deref(), ready.body.as_deref(), now.at()).await
}

async fn note_failed(conn: &mut Connection, ready: &Ready, error: SendError, now: &Now) -> sqlx::Result<()> {
    let letter = &ready.letter;
    let (channel, chat) = (&letter.address.0, &letter.address.1);
    let why = error.to_string();
    tracing::warn!(
        letter = letter.id.0,
        channel,
        chat,
        attempt = letter.attempts + 1,
        why,
        "a letter did not go out"
    );
    match error {
        SendError::Later { after, .. } => {
            let asked = after.and_then(|after| TimeDelta::from_std(after).ok());
            if let Some(asked) = asked {
                // The platform means the chat, not this one letter: an answer would fare no better.
                chats::hold(conn, letter.chat, now.at() + asked).await?;
            }
            letters::retry(conn, letter.id, now.at() + asked.unwrap_or_else(|| wait(letter.attempts)), &why)
                .await
        }
        // The far end may have it, and a signed paper goes out once: somebody has to look (promise R3).
        SendError::Unknown { .. } if letter.official => {
            letters::give_up(conn, letter.id, true, &why).await?;
            papers::park(conn, letter, now).await
        }
        // The far end may have it. Reminders and answers go again, but not without end; the log says so.
        SendError::Unknown { .. } if letter.attempts + 1 < UNKNOWN_MAX => {
            letters::retry(conn, letter.id, now.at() + wait(letter.attempts), &why).await
        }
        SendError::Unknown { .. } => letters::give_up(conn, letter.id, true, &why).await,
        SendError::Refused { .. } => {
            let worth_a_look = matches!(letter.kind, LetterKind::Card | LetterKind::Answer);
            letters::give_up(conn, letter.id, worth_a_look, &why).await
        }
        SendError::ChatMoved { to } => {
            chats::moved(conn, channel, chat, &to, now.at()).await?;
            letters::retry(conn, letter.id, now.at(), &why).await
        }
        SendError::ChatGone { .. } => {
            letters::retry(conn, letter.id, now.at(), &why).await?;
            chats::lose(conn, letter.chat, &why, now.at()).await?;
            tell_office_of_lost(conn, letter.chat, now).await
        }
    }
}

/// 1, 2, 4 … seconds, up to [`WAIT_MAX`].
fn wait(attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts).unwrap_or(u32::MAX).min(16);
    TimeDelta::seconds(1 << doublings).min(WAIT_MAX)
}

/// Tells the office that a chat takes no messages any more, unless it is the office's own.
pub(super) async fn tell_office_of_lost(conn: &mut Connection, chat: ChatId, now: &Now) -> sqlx::Result<()> {
    let Some(office) = chats::office(conn).await?.filter(|office| *office != chat) else {
        return Ok(());
    };
    let title = chats::title(conn, chat).await?;
    let body = call::body_of(&Spoken::text(command::chat_lost(&title)), None);
    letters::answer(conn, office, None, &body, now.at()).await
}
