//! The built-in chat room as a channel: it keeps lines in a [`Book`], wakes the open pages, and hands what people say,
//! edit and tap to the [`Inbox`].
//!
//! A page repeats every request with the same nonce until it is answered. So each act first writes the line, then the
//! event, both idempotent by that nonce, and returns only after both are on disk (DESIGN law L2, promise R1).

pub mod book;
mod files;
mod hear;
#[cfg(test)]
pub(crate) mod memory;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

use self::book::{Book, Line, NewLine, NoSuchRoom, RoomInfo, Seat};
pub use self::files::FILES_MAX;
pub use self::hear::{Refusal, Rewording, RoomError, SAY_MAX, Tapping, Words};
use super::{Act, Address, Channel, FetchError, Inbox, Manners, SendError, Sent, Speech};

/// [`Channel::name`] of the room.
pub const NAME: &str = "room";

/// The longest text the bot may say, in characters.
const TEXT_MAX: usize = 20_000;

/// How many toasts may wait for a slow page before the oldest is dropped.
const TOASTS_KEPT: usize = 256;

/// Tells the time of a tap, which leaves no line that could tell it.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// A passing line for the person who tapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Who tapped.
    pub account: String,
    /// The nonce of the tap, by which the page knows its own.
    pub nonce: String,
    /// The line.
    pub text: String,
}

/// What a page shows when it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The rooms of the seat, each with its last lines, the oldest first.
    pub rooms: Vec<(RoomInfo, Vec<Line>)>,
    /// The [`Line::seq`] from which on the page must follow: nothing up to here is missing in `rooms`.
    pub after: i64,
}

/// The built-in chat room.
pub struct Room {
    book: Arc<dyn Book>,
    inbox: Arc<dyn Inbox>,
    now: Now,
    /// Marked as changed whenever a line may have changed; `false` once the room is closed.
    wake: watch::Sender<bool>,
    toasts: broadcast::Sender<Toast>,
}

impl Room {
    /// A room that keeps its lines in `book` and hands what it hears to `inbox`.
    pub fn new(book: Arc<dyn Book>, inbox: Arc<dyn Inbox>, now: Now) -> Arc<Self> {
        Arc::new(Self {
            book,
            inbox,
            now,
            wake: watch::Sender::new(true),
            toasts: broadcast::Sender::new(TOASTS_KEPT),
        })
    }

    /// The book, for reading. What it says is not yet narrowed to what a seat may see.
    pub fn book(&self) -> &dyn Book {
        self.book.as_ref()
    }

    /// Changes whenever there may be new lines; holds `false` once the room is closed. Subscribe before reading.
    pub fn wakes(&self) -> watch::Receiver<bool> {
        self.wake.subscribe()
    }

    /// The toasts of everybody; whoever listens picks out those of one account.
    pub fn toasts(&self) -> broadcast::Receiver<Toast> {
        self.toasts.subscribe()
    }

    /// The rooms of a seat with their last `limit` lines each.
    pub async fn opening(&self, seat: &Seat, limit: u32) -> anyhow::Result<Opening> {
        let infos = self.book.rooms(&seat.account).await?;
        // The position is taken before the lines are read; one taken afterwards would skip what was said meanwhile.
        let mut after = 0;
        for info in &infos {
            let last = self.book.recent(&info.chat, 1).await?;
            after = last.iter().map(|line| line.seq).fold(after, i64::max);
        }
        let mut rooms = Vec::with_capacity(infos.len());
        for info in infos {
            let lines = self.book.recent(&info.chat, limit).await?;
            rooms.push((info, lines));
        }
        Ok(Opening { rooms, after })
    }

    /// The line of this chat that is answered; `None` where it does not stand here.
    async fn answered(&self, chat: &str, id: Option<i64>) -> anyhow::Result<Option<Line>> {
        let Some(id) = id else { return Ok(None) };
        Ok(self.book.line(id).await?.filter(|line| line.chat == chat))
    }

    async fn do_say(&self, chat: &str, speech: &Speech) -> Result<Sent, SendError> {
        let id = speech.reply_to.as_ref().and_then(|id| id.parse().ok());
        let answered = self.answered(chat, id).await.map_err(|e| later(&e))?;
        let line = NewLine {
            chat: chat.to_owned(),
            author: None,
            text: speech.text.clone(),
            buttons: speech.buttons.clone(),
            files: Vec::new(),
            reply_to: answered.map(|line| line.id),
            nonce: None,
        };
        let line = self.book.append(line).await.map_err(|e| later(&e))?;
        self.wake.send_modify(|_| ());
        Ok(Sent { message: Some(line.id.to_string()) })
    }

    async fn do_edit(&self, chat: &str, id: &str, speech: &Speech) -> Result<Sent, SendError> {
        let line = self.answered(chat, id.parse().ok()).await;
        let line = line.map_err(|e| later(&e))?;
        let Some(line) = line.filter(|line| line.author.is_none()) else {
            return Err(refused("no such message of the bot in this room"));
        };
        let (text, buttons) = (speech.text.clone(), speech.buttons.clone());
        let edited = self.book.edit(line.id, text, buttons).await;
        if edited.map_err(|e| later(&e))?.is_none() {
            return Err(refused("the message is gone"));
        }
        self.wake.send_modify(|_| ());
        Ok(Sent::default())
    }

    /// Nobody may be there any more to read it, which is no failure: a toast passes by.
    fn do_toast(&self, tap: &str, text: &str) -> Result<Sent, SendError> {
        let (account, nonce) = tap.rsplit_once(':').ok_or_else(|| refused("not a tap"))?;
        let toast = Toast { account: account.to_owned(), nonce: nonce.to_owned(), text: text.to_owned() };
        drop(self.toasts.send(toast));
        Ok(Sent::default())
    }
}

impl Channel for Room {
    fn name(&self) -> &'static str {
        NAME
    }

    fn manners(&self) -> Manners {
        Manners { text_max: TEXT_MAX, pace: None, trusted: true }
    }

    fn send<'a>(&'a self, to: &'a Address, act: &'a Act) -> BoxFuture<'a, Result<Sent, SendError>> {
        Box::pin(async move {
            match act {
                Act::Say(speech) | Act::Edit { speech, .. } if speech.text.chars().count() > TEXT_MAX => {
                    Err(refused("text too long"))
                }
                Act::Say(speech) => self.do_say(&to.chat, speech).await,
                Act::File { speech, name, bytes } => self.do_file(&to.chat, speech, (name, bytes)).await,
                Act::Edit { message, speech } => self.do_edit(&to.chat, message, speech).await,
                Act::Toast { tap, text } => self.do_toast(tap, text),
            }
        })
    }

    fn fetch<'a>(&'a self, file: &'a str, max: u64) -> BoxFuture<'a, Result<Vec<u8>, FetchError>> {
        self.do_fetch(file, max)
    }

    /// The room is called and does not call; at the end it closes the open pages, which would hold up a graceful stop.
    fn listen(self: Arc<Self>, _inbox: Arc<dyn Inbox>, stop: CancellationToken) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            stop.cancelled().await;
            self.wake.send_replace(false);
        })
    }
}

fn later(error: &anyhow::Error) -> SendError {
    let why = format!("{error:#}");
    if error.is::<NoSuchRoom>() {
        return SendError::ChatGone { why };
    }
    SendError::Later { after: None, why }
}

fn refused(why: &str) -> SendError {
    SendError::Refused { why: why.to_owned() }
}
