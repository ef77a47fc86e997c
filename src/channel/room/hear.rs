//! What people do in the room: read, say, edit, tap; what is refused; and what of it is meant for the bot.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::book::{Kept, Line, NewLine, RoomInfo, Seat};
use super::{NAME, Room};
use crate::channel::{Address, Attachment, Chat, ChatKind, Incoming, Sender, What};

/// The longest text a person may say, in characters.
pub const SAY_MAX: usize = 4_000;

/// The lengths a nonce may have, in bytes: long enough to be unique, short enough for an event id.
const NONCE_LENGTHS: std::ops::RangeInclusive<usize> = 8..=64;

/// What calls the bot after an `@`; the longer before the shorter.
const CALLS: [&str; 3] = ["督办机器人", "督办", "duban"];

/// Something a person says, as the page sends it.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    /// The chat it is said in.
    pub chat: String,
    /// What is said.
    pub text: String,
    /// The line it answers.
    #[serde(default)]
    pub reply_to: Option<i64>,
    /// Files that were brought in before, with [`Room::bring`].
    #[serde(default)]
    pub files: Vec<Kept>,
    /// Stays the same when the page repeats the request: 8 to 64 ASCII letters, digits and `-`.
    pub nonce: String,
}

/// New words for one's own line, as the page sends them.
#[derive(Debug, Clone, Deserialize)]
pub struct Rewording {
    /// The line.
    pub line: i64,
    /// What it shall say.
    pub text: String,
    /// As in [`Words`].
    pub nonce: String,
}

/// A tap on a button, as the page sends it.
#[derive(Debug, Clone, Deserialize)]
pub struct Tapping {
    /// The line the button stands under.
    pub line: i64,
    /// [`crate::channel::Button::data`].
    pub data: String,
    /// As in [`Words`].
    pub nonce: String,
}

/// What a person asked for and may not have. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such chat, or this person may not see it.
    #[error("no such room")]
    NoRoom,
    /// There is no such line in any chat that this person may see.
    #[error("no such line")]
    NoLine,
    /// Only one's own lines can be edited.
    #[error("not your line")]
    NotYours,
    /// This button does not stand under that line (any more).
    #[error("no such button")]
    NoButton,
    /// There is no such file (any more).
    #[error("no such file")]
    NoFile,
    /// More than [`super::FILES_MAX`] files.
    #[error("too many files")]
    TooManyFiles,
    /// Nothing was said.
    #[error("empty text")]
    Empty,
    /// More than [`SAY_MAX`] characters.
    #[error("text too long")]
    TooLong,
    /// Not a nonce, or one that was used for something else.
    #[error("bad nonce")]
    BadNonce,
}

/// Why an act in the room did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum RoomError {
    /// The person's mistake; repeating it will not help.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Ours; the same request with the same nonce may be made again.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl Room {
    /// The last `limit` lines of a chat that this seat may see, the oldest first.
    pub async fn recent(&self, seat: &Seat, chat: &str, limit: u32) -> Result<Vec<Line>, RoomError> {
        self.seen(seat, chat).await?;
        Ok(self.book.recent(chat, limit).await?)
    }

    /// Says something in a chat.
    pub async fn say(&self, seat: &Seat, words: Words) -> Result<Line, RoomError> {
        // 1. What may be refused is refused before anything is written.
        let nonce = own_nonce(seat, &words.nonce)?;
        let text = match fit(&words.text) {
            // A file speaks for itself.
            Err(Refusal::Empty) if !words.files.is_empty() => String::new(),
            fit => fit?,
        };
        self.all_here(&words.files).await?;
        let room = self.seen(seat, &words.chat).await?;
        let answered = self.answered(&words.chat, words.reply_to).await?;
        if answered.is_none() && words.reply_to.is_some() {
            return Err(Refusal::NoLine.into());
        }
        // 2. The line; when the request is repeated, the one written before.
        let new = NewLine {
            chat: words.chat,
            author: Some(seat.clone()),
            text,
            buttons: Vec::new(),
            files: words.files,
            reply_to: words.reply_to,
            nonce: Some(nonce.clone()),
        };
        let line = self.book.append(new).await?;
        if line.chat != room.chat {
            return Err(Refusal::BadNonce.into());
        }
        self.wake.send_modify(|_| ());
        // 3. The event.
        let what = said(&line, room.kind, answered.as_ref(), false);
        let event = format!("say:{nonce}");
        self.hand_over(heard(seat, room, event, line.at, what)).await?;
        Ok(line)
    }

    /// Gives one's own line new words.
    pub async fn edit_own(&self, seat: &Seat, new: Rewording) -> Result<Line, RoomError> {
        // 1. What may be refused is refused before anything is written.
        let nonce = own_nonce(seat, &new.nonce)?;
        let text = fit(&new.text)?;
        let (mut line, room) = self.seen_line(seat, new.line).await?;
        if line.author.as_ref().map(|author| &author.account) != Some(&seat.account) {
            return Err(Refusal::NotYours.into());
        }
        // 2. The line; a repeated request finds it as it wants it.
        if line.text != text {
            let buttons = line.buttons.clone();
            let edited = self.book.edit(line.id, text, buttons).await?;
            line = edited.ok_or(Refusal::NoLine)?;
            self.wake.send_modify(|_| ());
        }
        // 3. The event.
        let answered = self.answered(&line.chat, line.reply_to).await?;
        let what = said(&line, room.kind, answered.as_ref(), true);
        let event = format!("edit:{}:{nonce}", line.id);
        self.hand_over(heard(seat, room, event, (self.now)(), what)).await?;
        Ok(line)
    }

    /// Taps a button, if it really stands under that line now.
    pub async fn tap(&self, seat: &Seat, tapping: Tapping) -> Result<(), RoomError> {
        let nonce = own_nonce(seat, &tapping.nonce)?;
        let (line, room) = self.seen_line(seat, tapping.line).await?;
        let mut buttons = line.buttons.iter().flatten();
        if line.author.is_some() || !buttons.any(|button| button.data == tapping.data) {
            return Err(Refusal::NoButton.into());
        }
        let what = What::Tap { tap: nonce.clone(), message: line.id.to_string(), data: tapping.data };
        let event = format!("tap:{nonce}");
        self.hand_over(heard(seat, room, event, (self.now)(), what)).await
    }

    async fn seen(&self, seat: &Seat, chat: &str) -> Result<RoomInfo, RoomError> {
        let mut rooms = self.book.rooms(&seat.account).await?.into_iter();
        Ok(rooms.find(|room| room.chat == chat).ok_or(Refusal::NoRoom)?)
    }

    /// A line and its room. A line that may not be seen and one that does not exist look the same from outside.
    pub(super) async fn seen_line(&self, seat: &Seat, id: i64) -> Result<(Line, RoomInfo), RoomError> {
        let line = self.book.line(id).await?.ok_or(Refusal::NoLine)?;
        match self.seen(seat, &line.chat).await {
            Ok(room) => Ok((line, room)),
            Err(RoomError::Refused(_)) => Err(Refusal::NoLine.into()),
            Err(failed) => Err(failed),
        }
    }

    async fn hand_over(&self, event: Incoming) -> Result<(), RoomError> {
        Ok(self.inbox.receive(vec![event]).await?)
    }
}

/// The nonce with the account before it, so that nobody can meet somebody else's.
fn own_nonce(seat: &Seat, nonce: &str) -> Result<String, Refusal> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if !NONCE_LENGTHS.contains(&nonce.len()) || !nonce.bytes().all(plain) {
        return Err(Refusal::BadNonce);
    }
    Ok(format!("{}:{nonce}", seat.account))
}

/// The text as it is kept: without outer space and control characters, neither empty nor too long.
fn fit(text: &str) -> Result<String, Refusal> {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Refusal::Empty),
        1..=SAY_MAX => Ok(text.to_owned()),
        _ => Err(Refusal::TooLong),
    }
}

fn heard(seat: &Seat, room: RoomInfo, event: String, at: DateTime<Utc>, what: What) -> Incoming {
    let address = Address { channel: NAME.to_owned(), chat: room.chat, topic: None };
    Incoming {
        channel: NAME.to_owned(),
        event,
        at,
        chat: Some(Chat { address, kind: room.kind, title: room.title }),
        from: Some(Sender { id: seat.account.clone(), name: seat.name.clone() }),
        what,
    }
}

/// What a person's line says, and whether it is meant for the bot.
fn said(line: &Line, kind: ChatKind, answered: Option<&Line>, edited: bool) -> What {
    let called = without_call(&line.text);
    let addressed = kind == ChatKind::Private
        || called.is_some()
        || line.text.starts_with(['/', '/', '#', '#'])
        || answered.is_some_and(|line| line.author.is_none());
    What::Text {
        message: line.id.to_string(),
        text: called.unwrap_or_else(|| line.text.clone()),
        reply_to: line.reply_to.map(|id| id.to_string()),
        addressed,
        edited,
        forwarded: false,
        files: line.files.iter().map(attachment).collect(),
        album: None,
    }
}

fn attachment(file: &Kept) -> Attachment {
    Attachment { id: file.sha256.clone(), name: file.name.clone(), size: Some(file.size) }
}

/// The text without the mentions of the bot; `None` where it is not mentioned.
fn without_call(text: &str) -> Option<String> {
    let (mut kept, mut rest, mut called) = (String::new(), text, false);
    while let Some(at) = rest.find(['@', '@']) {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        // A letter before it makes it a mail address.
        let free = !kept.ends_with(|c: char| c.is_ascii_alphanumeric());
        let sign = from.chars().next().map_or(0, char::len_utf8);
        rest = &from[sign..];
        match call_length(rest).filter(|_| free) {
            Some(length) => (rest, called) = (&rest[length..], true),
            None => kept.push_str(&from[..sign]),
        }
    }
    kept.push_str(rest);
    called.then(|| kept.trim().to_owned())
}

fn call_length(text: &str) -> Option<usize> {
    let is_call = |call: &&&str| {
        let head = text.get(..call.len());
        let goes_on = |c: char| call.is_ascii() && (c.is_ascii_alphanumeric() || c == '_');
        head.is_some_and(|head| head.eq_ignore_ascii_case(call)) && !text[call.len()..].starts_with(goes_on)
    };
    CALLS.iter().find(is_call).map(|call| call.len())
}
