//! The seam to the platforms: text, buttons and taps, chats and senders, and nothing of what they are about.
//!
//! A channel does two things. It **sends** what delivery hands it and says what became of it ([`SendError`] names the
//! next step), and it **listens**: whatever was said to the bot goes to the [`Inbox`], which returns once the batch is
//! on disk. Only then may a channel acknowledge anything to its platform (DESIGN law L2).

pub mod room;
pub mod telegram;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

/// Where a message goes: one chat of one platform, and the topic inside it where the platform has topics.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Address {
    /// [`Channel::name`] of the platform.
    pub channel: String,
    /// The platform's own name of the chat.
    pub chat: String,
    /// The topic (thread) inside the chat.
    pub topic: Option<String>,
}

/// A button below a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What the person reads.
    pub label: String,
    /// What comes back when it is tapped: ASCII, at most [`BUTTON_DATA_MAX`] bytes.
    pub data: String,
}

/// The longest [`Button::data`] in bytes (Telegram's `callback_data`, the tightest of the platforms).
pub const BUTTON_DATA_MAX: usize = 64;

/// One message as a person will see it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Speech {
    /// Plain text; never markup, so nothing in it can be mistaken for markup.
    pub text: String,
    /// Rows of buttons below the text.
    #[serde(default)]
    pub buttons: Vec<Vec<Button>>,
    /// The message of the same chat that this one answers.
    #[serde(default)]
    pub reply_to: Option<String>,
    /// A file of ours that goes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
}

/// A file of ours, by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosed {
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// What it is called.
    pub name: String,
}

/// A file that came with a message; its bytes are still on the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The platform's name of it, for [`Channel::fetch`].
    pub id: String,
    /// What its sender called it; a photo gets a name from us.
    pub name: String,
    /// Its bytes, where the platform says.
    pub size: Option<u64>,
}

/// Why a file was not fetched, and by that what comes next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Try again after a while.
    #[error("try again later: {why}")]
    Later {
        /// The platform's words, without any secret.
        why: String,
    },
    /// It is larger than asked for, or than the platform gives out.
    #[error("the file is too large")]
    TooLarge,
    /// The platform has it no more, or never had.
    #[error("the file is gone: {why}")]
    Gone {
        /// The platform's words, without any secret.
        why: String,
    },
}

/// What delivery asks a channel to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Say something new.
    Say(Speech),
    /// Hand over a file, with a line to it.
    File {
        /// The line.
        speech: Speech,
        /// The name of the file.
        name: String,
        /// All of it.
        bytes: Vec<u8>,
    },
    /// Replace the text and the buttons of a message said before.
    Edit {
        /// The platform's id of that message.
        message: String,
        /// What it shall say now.
        speech: Speech,
    },
    /// Answer a tap with a short line that passes by.
    Toast {
        /// The platform's id of the tap ([`What::Tap`]).
        tap: String,
        /// The line.
        text: String,
    },
}

/// What a channel says after it did as asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sent {
    /// The platform's id of the new message; `None` for edits and toasts.
    pub message: Option<String>,
}

/// Why a channel did not do as asked, and by that what comes next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nothing was sent; try again after a while (429, 5xx, no connection).
    #[error("try again later: {why}")]
    Later {
        /// How long the platform asked to wait, where it did.
        after: Option<Duration>,
        /// The platform's words, without any secret.
        why: String,
    },
    /// This message will never be accepted (too long, the message to edit is gone).
    #[error("message refused: {why}")]
    Refused {
        /// The platform's words, without any secret.
        why: String,
    },
    /// This chat will not take any message until somebody mends it (kicked, blocked, never started, unknown).
    #[error("chat cannot be reached: {why}")]
    ChatGone {
        /// The platform's words, without any secret.
        why: String,
    },
    /// The chat goes on under another id (a Telegram group that became a supergroup).
    #[error("chat moved to {to}")]
    ChatMoved {
        /// The new [`Address::chat`].
        to: String,
    },
    /// The topic was deleted; the group it was in is there.
    #[error("the topic is gone: {why}")]
    TopicGone {
        /// The platform's words, without any secret.
        why: String,
    },
    /// The request left and no answer came: it may have been sent.
    #[error("outcome unknown: {why}")]
    Unknown {
        /// What happened, without any secret.
        why: String,
    },
}

/// How fast a platform lets us speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Messages a second over all chats.
    pub per_second: NonZeroU32,
    /// Messages a second in one chat.
    pub per_chat_second: NonZeroU32,
    /// Messages a minute in one group.
    pub per_group_minute: NonZeroU32,
}

/// What there is to know about a platform before speaking on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manners {
    /// The longest text of one message, in characters.
    pub text_max: usize,
    /// `None` where nothing limits us.
    pub pace: Option<Pace>,
    /// Whether confidential items may be told here in full (DESIGN section 3, red line 5).
    pub trusted: bool,
}

/// Whether a chat is between two or among many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChatKind {
    /// One person and the bot.
    Private,
    /// Several persons.
    Group,
}

/// The chat something was said in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    /// Where an answer goes.
    pub address: Address,
    /// Between two or among many.
    pub kind: ChatKind,
    /// What the platform calls it, for people to recognise it by.
    pub title: String,
}

/// Who said something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The platform's id of the person.
    pub id: String,
    /// The name the person shows on the platform.
    pub name: String,
}

/// What was said or done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum What {
    /// A message, new or edited.
    Text {
        /// The platform's id of the message.
        message: String,
        /// Its text, without the mention of the bot.
        text: String,
        /// The message it replies to.
        reply_to: Option<String>,
        /// Whether it is meant for the bot by form: a mention, a command, a reply to the bot, or a private chat.
        addressed: bool,
        /// Whether it is a new version of a message said before.
        edited: bool,
        /// Whether somebody else's words were passed on.
        forwarded: bool,
        /// The files that came with it; the text may then be empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<Attachment>,
        /// What joins the messages of one album, each with a file of its own and only the first with words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        album: Option<String>,
    },
    /// A button was tapped.
    Tap {
        /// The platform's id of the tap, for [`Act::Toast`].
        tap: String,
        /// The message the button stands under.
        message: String,
        /// [`Button::data`].
        data: String,
    },
    /// The chat goes on under another id.
    Moved {
        /// The new [`Address::chat`].
        to: String,
    },
    /// The bot was put out of the chat, or blocked.
    Removed,
    /// Something we do not act on; kept as an id only, so that it can be acknowledged.
    Other {
        /// What the platform calls it.
        name: String,
    },
}

/// One thing that came in. It holds what was said and by whom, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// The channel it came through.
    pub channel: String,
    /// The platform's id of the event: the same event twice has the same id.
    pub event: String,
    /// When it was said, by the platform's clock.
    pub at: DateTime<Utc>,
    /// Where; `None` only for [`What::Other`].
    pub chat: Option<Chat>,
    /// By whom; `None` for anonymous admins, channel posts and the like, who may do nothing.
    pub from: Option<Sender>,
    /// What.
    pub what: What,
}

/// Where channels hand over what came in.
pub trait Inbox: Send + Sync {
    /// Stores the batch. Returns once it is on disk; an event whose id is known already is stored once.
    fn receive(&self, batch: Vec<Incoming>) -> BoxFuture<'_, anyhow::Result<()>>;
}

/// A platform.
pub trait Channel: Send + Sync + 'static {
    /// The short name that addresses and the config use.
    fn name(&self) -> &'static str;

    /// Limits and trust.
    fn manners(&self) -> Manners;

    /// Whether it answered last time it was asked. Where nothing has to be asked, it does.
    fn is_up(&self) -> bool {
        true
    }

    /// Does one thing on the platform. Called by delivery only (DESIGN law L1).
    fn send<'a>(&'a self, to: &'a Address, act: &'a Act) -> BoxFuture<'a, Result<Sent, SendError>>;

    /// Gets a file that came with a message, if it has at most `max` bytes.
    fn fetch<'a>(&'a self, file: &'a str, max: u64) -> BoxFuture<'a, Result<Vec<u8>, FetchError>>;

    /// Fetches what is said until `stop`. A channel that is called instead of calling has nothing to do here.
    fn listen(self: Arc<Self>, inbox: Arc<dyn Inbox>, stop: CancellationToken) -> BoxFuture<'static, ()>;
}
