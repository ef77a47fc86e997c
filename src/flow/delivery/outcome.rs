//! What became of letters: each outcome on disk, with what follows from it.

use chrono::TimeDelta;
use sqlx::Connection as _;

use super::{Ready, papers};
use crate::channel::{SendError, Sent};
use crate::commands::call;
use crate::domain::ids::ChatId;
use crate::domain::now::Now;
use crate::flow::Wheel;
use crate::store::letters::{Letter, LetterKind};
use crate::store::{Connection, chats, letters};
use crate::wording::{Spoken, command};

/// How long a letter waits whose fate is unknown, by how often that happened: a line that only stuttered costs seconds, one
/// that is dead for a quarter of an hour makes no second copies by the dozen. After the last the letter stays unknown.
const DOUBTFUL_WAITS: [TimeDelta; 5] = [
    TimeDelta::seconds(2),
    TimeDelta::seconds(10),
    TimeDelta::minutes(1),
    TimeDelta::minutes(5),
    TimeDelta::minutes(10),
];
/// The longest wait between two tries of one letter.
const WAIT_MAX: TimeDelta = TimeDelta::minutes(10);

/// A letter that was handed over, and what the platform made of it.
pub(in crate::flow) type Outcome = (Ready, Result<Sent, SendError>);

/// Notes what became of letters, those of before that could not be noted first. What cannot be noted now stays in mind: it was
/// sent, and taken for not sent it would be said twice.
pub(in crate::flow) async fn note(wheel: &Wheel, some: Vec<Outcome>) -> anyhow::Result<()> {
    for (_, outcome) in &some {
        wheel.health.tried(outcome.as_ref().map_or_else(named, |_| "sent"));
    }
    let mut all = wheel.unnoted.lock().await;
    all.extend(some);
    note_all(wheel, &all).await?;
    all.clear();
    Ok(())
}

/// In one durable commit; a note that fails leaves the others as they are.
async fn note_all(wheel: &Wheel, all: &[Outcome]) -> anyhow::Result<()> {
    let now = wheel.now();
    let mut tx = wheel.store.write().await?;
    letters::sent(&mut tx, &all.iter().filter_map(gone).collect::<Vec<_>>(), now.at()).await?;
    for outcome in all {
        let (ready, error) = match outcome {
            (ready, Ok(_)) if ready.letter.kind != LetterKind::Edit => continue,
            (ready, outcome) => (ready, outcome.as_ref().err()),
        };
        let mut savepoint = tx.begin().await?;
        let noted = match error {
            None => note_edited(&mut savepoint, ready).await,
            Some(error) => note_failed(&mut savepoint, ready, error, &now).await,
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

/// What is noted of a letter that was sent. That it may now stand there twice, the log says (promise R3).
fn gone((ready, outcome): &Outcome) -> Option<letters::Gone<'_>> {
    let sent = outcome.as_ref().ok()?;
    if ready.letter.doubts > 0 {
        let (letter, chat, doubts) = (ready.letter.id.0, &ready.letter.address.1, ready.letter.doubts);
        tracing::warn!(letter, chat, doubts, "a letter went out of which an earlier try may have arrived");
    }
    Some((ready.letter.id, sent.message.as_deref(), ready.body.as_deref()))
}

/// What a failure is called where it is counted.
fn named(error: &SendError) -> &'static str {
    match error {
        SendError::Later { after: Some(_), .. } => "throttled",
        SendError::Later { after: None, .. } => "later",
        SendError::Refused { .. } => "refused",
        SendError::ChatGone { .. } => "gone",
        SendError::ChatMoved { .. } | SendError::TopicGone { .. } => "moved",
        SendError::Unknown { .. } => "unknown",
    }
}

/// What a card's message says now is kept with the letter that said it first.
async fn note_edited(conn: &mut Connection, ready: &Ready) -> sqlx::Result<()> {
    match (ready.letter.card, &ready.body) {
        (Some((card, part)), Some(body)) => letters::keep_body(conn, card, part, body).await,
        _ => Ok(()),
    }
}

async fn note_failed(conn: &mut Connection, ready: &Ready, error: &SendError, now: &Now) -> sqlx::Result<()> {
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
            let asked = (*after).and_then(|after| TimeDelta::from_std(after).ok());
            if let Some(asked) = asked {
                // The platform means the chat, not this one letter: an answer would fare no better.
                chats::hold(conn, letter.chat, now.at() + asked).await?;
            }
            letters::retry(conn, letter.id, now.at() + asked.unwrap_or_else(|| wait(letter)), &why).await
        }
        // The far end may have it, and a signed paper goes out once: somebody has to look (promise R3).
        SendError::Unknown { .. } if letter.official => {
            letters::doubt(conn, letter.id, None, &why).await?;
            papers::park(conn, letter, now).await
        }
        // The far end may have it. Reminders and answers go again, but not without end.
        SendError::Unknown { .. } => {
            let nth = usize::try_from(letter.doubts).unwrap_or(usize::MAX);
            let again = DOUBTFUL_WAITS.get(nth).map(|wait| now.at() + spread(letter, *wait));
            letters::doubt(conn, letter.id, again, &why).await
        }
        SendError::Refused { .. } => {
            let worth_a_look = matches!(letter.kind, LetterKind::Card | LetterKind::Answer);
            letters::give_up(conn, letter.id, worth_a_look, &why).await
        }
        SendError::ChatMoved { to } => {
            chats::moved(conn, channel, chat, to, now.at()).await?;
            letters::retry(conn, letter.id, now.at(), &why).await
        }
        SendError::TopicGone { .. } if !letter.address.2.is_empty() => {
            letters::retry(conn, letter.id, now.at(), &why).await?;
            chats::leave_topic(conn, letter.chat, now.at()).await
        }
        SendError::ChatGone { .. } | SendError::TopicGone { .. } => {
            letters::retry(conn, letter.id, now.at(), &why).await?;
            chats::lose(conn, letter.chat, &why, now.at()).await?;
            tell_office_of_lost(conn, letter.chat, now).await
        }
    }
}

/// 1, 2, 4 … seconds, up to [`WAIT_MAX`].
fn wait(letter: &Letter) -> TimeDelta {
    let doublings = u32::try_from(letter.attempts).unwrap_or(u32::MAX).min(16);
    spread(letter, TimeDelta::seconds(1 << doublings).min(WAIT_MAX))
}

/// So long and up to half as much again: letters that failed together do not all come back in the same instant.
fn spread(letter: &Letter, least: TimeDelta) -> TimeDelta {
    // By the letter's number, so that the same letter waits the same wherever it is looked at.
    let part = letter.id.0.wrapping_mul(0x9E37_79B1).rem_euclid(1000);
    least + TimeDelta::milliseconds(least.num_milliseconds() / 2 * part / 1000)
}

/// Tells the office that a chat takes no messages any more, unless it is the office's own.
pub(in crate::flow) async fn tell_office_of_lost(
    conn: &mut Connection,
    chat: ChatId,
    now: &Now,
) -> sqlx::Result<()> {
    let Some(office) = chats::office(conn).await?.filter(|office| *office != chat) else {
        return Ok(());
    };
    let title = chats::title(conn, chat).await?;
    let body = call::body_of(&Spoken::text(command::chat_lost(&title)), None);
    letters::answer(conn, office, None, &body, now.at()).await
}
