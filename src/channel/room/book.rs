//! What the room needs somebody to keep for it: seats, rooms and lines. The app brings the one who keeps them.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::channel::{Button, ChatKind};

/// A person in the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The room's id of the person ([`crate::channel::Sender::id`]).
    pub account: String,
    /// The name the others read.
    pub name: String,
}

/// One chat of the room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomInfo {
    /// [`crate::channel::Address::chat`].
    pub chat: String,
    /// What people call it.
    pub title: String,
    /// Between two or among many.
    pub kind: ChatKind,
}

/// The chat that a person has alone with the bot.
pub fn private_chat(account: &str) -> String {
    format!("private:{account}")
}

/// A file of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// SHA-256 of its bytes, in hex; by this it is found.
    pub sha256: String,
    /// What it is called.
    pub name: String,
    /// Its bytes.
    pub size: u64,
}

/// One line of a chat, as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Grows with every new line and every edit over all chats, in the order of commits: whoever has read up to here
    /// has missed nothing before.
    pub seq: i64,
    /// The id of the line; it stays when the line is edited and grows from line to line.
    pub id: i64,
    /// The chat it stands in.
    pub chat: String,
    /// Who said it; `None` is the bot.
    pub author: Option<Seat>,
    /// Plain text.
    pub text: String,
    /// Rows of buttons below the text.
    pub buttons: Vec<Vec<Button>>,
    /// Its files.
    pub files: Vec<Kept>,
    /// The line it answers, of the same chat.
    pub reply_to: Option<i64>,
    /// When it was first said, by the book's clock.
    pub at: DateTime<Utc>,
    /// Whether its text or buttons were changed since.
    pub edited: bool,
}

/// A line to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// The chat it goes to.
    pub chat: String,
    /// Who says it; `None` is the bot.
    pub author: Option<Seat>,
    /// Plain text.
    pub text: String,
    /// Rows of buttons below the text.
    pub buttons: Vec<Vec<Button>>,
    /// Its files; each is kept already.
    pub files: Vec<Kept>,
    /// The line it answers, of the same chat.
    pub reply_to: Option<i64>,
    /// The same nonce twice is the same line.
    pub nonce: Option<String>,
}

/// Told (inside the `anyhow::Error` of [`Book::append`]) when the chat does not exist, so that the letter is not tried
/// for ever.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no such room: {chat}")]
pub struct NoSuchRoom {
    /// The chat that was asked for.
    pub chat: String,
}

/// Keeps what is said in the room. Every answer comes after the change is on disk; every error means that nothing was
/// changed and the same call may be made again.
pub trait Book: Send + Sync {
    /// Adds a line. A nonce that is known already adds nothing and gives the line it stands for, as it stands now.
    /// Fails with [`NoSuchRoom`] where there is no such chat.
    fn append(&self, line: NewLine) -> BoxFuture<'_, anyhow::Result<Line>>;

    /// Replaces text and buttons of a line and gives it a new [`Line::seq`]; `None` where there is no such line.
    fn edit(
        &self,
        id: i64,
        text: String,
        buttons: Vec<Vec<Button>>,
    ) -> BoxFuture<'_, anyhow::Result<Option<Line>>>;

    /// One line as it stands now.
    fn line(&self, id: i64) -> BoxFuture<'_, anyhow::Result<Option<Line>>>;

    /// At most `limit` lines with a [`Line::seq`] above `seq`, of the rooms this account may see, in the order of `seq`.
    fn lines_after(&self, account: &str, seq: i64, limit: u32) -> BoxFuture<'_, anyhow::Result<Vec<Line>>>;

    /// The last `limit` lines of a chat, the oldest first.
    fn recent(&self, chat: &str, limit: u32) -> BoxFuture<'_, anyhow::Result<Vec<Line>>>;

    /// The rooms this account may see, in the order to show them; its own [`private_chat`] is always among them.
    fn rooms(&self, account: &str) -> BoxFuture<'_, anyhow::Result<Vec<RoomInfo>>>;

    /// Who holds this session; `None` for unknown and ended sessions.
    fn seat(&self, session: &str) -> BoxFuture<'_, anyhow::Result<Option<Seat>>>;

    /// Redeems an invite code and gives a new session token (ASCII letters, digits, `-`, `_`); `None` where the code
    /// is not valid.
    fn enter(&self, code: &str, name: &str) -> BoxFuture<'_, anyhow::Result<Option<String>>>;

    /// Keeps the bytes of a file and gives their SHA-256 in hex. The same bytes twice are one file.
    fn keep(&self, bytes: Vec<u8>) -> BoxFuture<'_, anyhow::Result<String>>;

    /// The bytes that are kept under a hash; `None` where there are none.
    fn kept(&self, sha256: &str) -> BoxFuture<'_, anyhow::Result<Option<Vec<u8>>>>;

    /// Ends a session. One that is unknown is ended already.
    fn leave(&self, session: &str) -> BoxFuture<'_, anyhow::Result<()>>;

    /// Ends every session of an account: a lost phone is signed out from the desk.
    fn leave_everywhere(&self, account: &str) -> BoxFuture<'_, anyhow::Result<()>>;
}
