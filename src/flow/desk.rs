//! The desk: the only one who reacts to what came in (law L2).
//!
//! A batch shares one transaction, each event in a savepoint of its own: it takes effect whole or not at all, with its
//! answer in the outbox. An event that fails on our side is put aside with its reason and an apology; the rest goes on.

use std::sync::atomic::Ordering;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::Connection as _;

use crate::channel::{Chat as Place, ChatKind, Incoming, Sender, What};
use crate::commands::{Call, Trouble, call};
use crate::domain::ids::{AccountId, ChatId, InboxId};
use crate::domain::now::Now;
use crate::domain::people::Person;
use crate::domain::tap::Tap;
use crate::flow::texts::{self, Came, Said};
use crate::flow::{Wheel, delivery, taps};
use crate::store::chats::{self, Chat};
use crate::store::history::Cause;
use crate::store::inbox::{self, Outcome};
use crate::store::{Connection, letters, people};
use crate::wording::{Spoken, refusal};

/// Events that are heard before anybody else decides.
const BATCH: usize = 100;
/// Events that share one durable commit.
const TOGETHER: usize = 25;
/// Events after which a commit makes room for whoever waits for the writer: what comes in shall be on disk soon.
const AT_LEAST: usize = 6;

/// Hears the next batch. True if there was one.
pub async fn step(wheel: &Wheel) -> anyhow::Result<bool> {
    let now = wheel.now();
    let mut heard = 0;
    while heard < BATCH {
        match together(wheel, &now).await? {
            0 => break,
            some => heard += some,
        }
    }
    Ok(heard > 0)
}

/// Hears some events in one commit. Gives how many.
async fn together(wheel: &Wheel, now: &Now) -> anyhow::Result<usize> {
    let mut tx = wheel.store.write().await?;
    let waiting = inbox::unheard(&mut tx, TOGETHER).await?;
    let (mut heard, mut settled) = (0, Vec::new());
    for (id, body) in waiting {
        if heard >= AT_LEAST && wheel.store.is_awaited() {
            break;
        }
        heard += 1;
        let mut savepoint = tx.begin().await?;
        match hear(wheel, &mut savepoint, now, (id, &body)).await {
            Ok(outcome) => {
                savepoint.commit().await?;
                settled.push((id, outcome));
                if outcome == Outcome::Ignored {
                    wheel.to_forget.store(true, Ordering::Relaxed);
                }
            }
            Err(error) => {
                savepoint.rollback().await?;
                put_aside(&mut tx, now, (id, &body), &error).await?;
            }
        }
    }
    inbox::settle_all(&mut tx, &settled).await?;
    tx.commit().await?;
    Ok(heard)
}

/// A poison event: what it did is taken back, its reason is kept, and whoever said it gets one short apology.
async fn put_aside(
    conn: &mut Connection,
    now: &Now,
    (id, body): (InboxId, &str),
    error: &anyhow::Error,
) -> anyhow::Result<()> {
    let reason = format!("{error:#}");
    tracing::error!(inbox = id.0, error = reason, "an incoming event could not be handled and was put aside");
    inbox::settle(conn, id, Outcome::Failed, Some(&reason)).await?;
    let incoming: Option<Incoming> = serde_json::from_str(body).ok();
    if let Some(place) = incoming.and_then(|incoming| incoming.chat) {
        let chat = note_chat(conn, &place).await?;
        let apology = call::body_of(&Spoken::text(refusal::sorry()), None);
        letters::answer(conn, chat.id, Some(id), &apology, now.at()).await?;
    }
    Ok(())
}

async fn hear(
    wheel: &Wheel,
    conn: &mut Connection,
    now: &Now,
    (id, body): (InboxId, &str),
) -> anyhow::Result<Outcome> {
    let incoming: Incoming = serde_json::from_str(body).context("the stored event cannot be read")?;
    let Some(place) = &incoming.chat else {
        return Ok(Outcome::Ignored);
    };
    match &incoming.what {
        What::Moved { to } => {
            chats::moved(conn, &place.address.channel, &place.address.chat, to, now.at()).await?;
            return Ok(Outcome::Done);
        }
        What::Removed => {
            let address = (place.address.channel.as_str(), place.address.chat.as_str());
            for chat in chats::lose_all(conn, address, "the bot was put out", now.at()).await? {
                delivery::tell_office_of_lost(conn, chat, now).await?;
            }
            return Ok(Outcome::Done);
        }
        What::Other { .. } | What::Text { forwarded: true, .. } => return Ok(Outcome::Ignored),
        What::Text { .. } | What::Tap { .. } => {}
    }
    let Some(sender) = &incoming.from else {
        return Ok(Outcome::Ignored);
    };
    hear_somebody(wheel, conn, (now, id), (&incoming, place, sender)).await
}

/// Hears what a person said or tapped: as a whole, or not at all where it is refused.
async fn hear_somebody(
    wheel: &Wheel,
    conn: &mut Connection,
    (now, id): (&Now, InboxId),
    (incoming, place, sender): (&Incoming, &Place, &Sender),
) -> anyhow::Result<Outcome> {
    let chat = note_chat(conn, place).await?;
    let asker = who_is(conn, &incoming.channel, sender, &chat).await?;
    let settings = wheel.settings.as_ref();
    let cause = Cause {
        account: Some(asker.account).filter(|_| !asker.is_stranger()),
        actor: asker.shown().to_owned(),
        inbox: Some(id),
        at: now.at(),
    };
    let heard = heard_as(conn, incoming, &chat).await?;
    let trusted = wheel.channel(&incoming.channel).is_some_and(|channel| channel.manners().trusted);
    let mut attempt = conn.begin().await?;
    let mut call = Call {
        conn: &mut attempt,
        now,
        settings,
        asker: &asker,
        chat: &chat,
        trusted,
        heard: &heard,
        cause: &cause,
        files: &wheel.files,
    };
    let answer = match &incoming.what {
        What::Tap { data, .. } => taps::hear(&mut call, data).await.map(Some),
        What::Text { text, addressed, edited, files, album, .. } => {
            let came = Came { files, album: album.as_deref() };
            let said = Said {
                text,
                addressed: *addressed,
                edited: *edited,
                came,
                sender,
                channel: &incoming.channel,
            };
            texts::hear(&mut call, &said).await
        }
        _ => Ok(None),
    };
    if let What::Tap { data, .. } = &incoming.what
        && matches!(Tap::read(data), Some(Tap::Erase(_)))
    {
        // What was erased may still lie in the database's log.
        wheel.to_forget.store(true, Ordering::Relaxed);
    }
    // What is refused changes nothing, however far it had come.
    match &answer {
        Ok(_) => attempt.commit().await?,
        Err(_) => attempt.rollback().await?,
    }
    let answered = Answered { chat: chat.id, event: id, heard: &heard, at: now.at() };
    match &incoming.what {
        What::Tap { tap, .. } => taps::answer_with(conn, &answered, tap, answer).await,
        _ => answer_with(conn, &answered, answer).await,
    }
}

/// What an answer is about.
pub(super) struct Answered<'a> {
    /// The chat it goes to.
    pub chat: ChatId,
    /// The event it answers.
    pub event: InboxId,
    /// The message it answers.
    pub heard: &'a call::Heard,
    /// When.
    pub at: DateTime<Utc>,
}

async fn note_chat(conn: &mut Connection, place: &Place) -> sqlx::Result<Chat> {
    let named = chats::Named {
        channel: &place.address.channel,
        external: &place.address.chat,
        topic: place.address.topic.as_deref().unwrap_or_default(),
        group: place.kind == ChatKind::Group,
        title: &place.title,
    };
    chats::note(conn, named).await
}

/// The person behind a sender; somebody nobody has bound is a stranger without any role.
async fn who_is(conn: &mut Connection, channel: &str, sender: &Sender, chat: &Chat) -> sqlx::Result<Person> {
    let known = people::find(conn, channel, &sender.id).await?;
    if let Some(person) = &known
        && !chat.group
    {
        people::set_private_chat(conn, person.account, chat.id).await?;
    }
    Ok(known.unwrap_or_else(|| Person {
        account: AccountId(0),
        name: sender.name.clone(),
        roles: Vec::new(),
        posts: Vec::new(),
        units: Vec::new(),
        teams: Vec::new(),
    }))
}

async fn heard_as(conn: &mut Connection, incoming: &Incoming, chat: &Chat) -> sqlx::Result<call::Heard> {
    let (message, about) = match &incoming.what {
        What::Text { message, reply_to, .. } => (message.clone(), reply_to.clone()),
        What::Tap { message, .. } => (String::new(), Some(message.clone())),
        _ => (String::new(), None),
    };
    let about = match about {
        Some(about) => letters::by_message(conn, chat.id, &about).await?,
        None => None,
    };
    Ok(call::Heard { message, about, said_at: incoming.at })
}

/// Queues the answer. Where nothing came of the event, its words are not kept.
async fn answer_with(
    conn: &mut Connection,
    to: &Answered<'_>,
    answer: Result<Option<Spoken>, Trouble>,
) -> anyhow::Result<Outcome> {
    let (spoken, outcome) = match answer {
        Ok(Some(spoken)) if !spoken.text.is_empty() => (spoken, Outcome::Done),
        Ok(_) => return Ok(Outcome::Ignored),
        Err(Trouble::Refused(text)) => (Spoken::text(text), Outcome::Ignored),
        Err(Trouble::Broken(error)) => return Err(error),
    };
    let reply_to = Some(to.heard.message.clone()).filter(|message| !message.is_empty());
    let body = call::body_of(&spoken, reply_to);
    letters::answer(conn, to.chat, Some(to.event), &body, to.at).await?;
    Ok(outcome)
}
