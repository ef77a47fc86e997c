//! The few fields of an update that we read, and nothing that could fail beside them.
//!
//! teloxide's own `Message` reads everything: with one entity type it does not know yet, the whole text is gone
//! (`MessageKind::Empty`), and with it somebody's reply. Telegram adds such types several times a year. So unknown
//! parts are skipped here by not being named.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// <https://core.telegram.org/bots/api#update>
#[derive(Deserialize)]
pub(super) struct Update {
    #[serde(alias = "channel_post")]
    pub message: Option<Message>,
    #[serde(alias = "edited_channel_post")]
    pub edited_message: Option<Message>,
    pub callback_query: Option<Callback>,
    pub my_chat_member: Option<Membership>,
}

/// <https://core.telegram.org/bots/api#message>
#[derive(Deserialize)]
pub(super) struct Message {
    #[serde(rename = "message_id")]
    pub id: i64,
    /// Unix seconds; 0 for a message that is out of reach.
    #[serde(default)]
    pub date: i64,
    pub edit_date: Option<i64>,
    pub chat: Chat,
    #[serde(rename = "message_thread_id")]
    pub thread: Option<i64>,
    #[serde(rename = "is_topic_message", default)]
    pub in_topic: bool,
    pub from: Option<User>,
    /// Set where a chat speaks instead of a person: anonymous admins, channels.
    pub sender_chat: Option<IgnoredAny>,
    pub text: Option<String>,
    pub caption: Option<String>,
    /// One photo in several sizes.
    #[serde(default)]
    pub photo: Vec<FileOf>,
    pub document: Option<FileOf>,
    pub video: Option<FileOf>,
    pub media_group_id: Option<String>,
    #[serde(rename = "reply_to_message")]
    pub replied: Option<Replied>,
    pub forward_origin: Option<IgnoredAny>,
    /// What servers older than Bot API 7.0 send instead.
    pub forward_date: Option<IgnoredAny>,
    pub migrate_to_chat_id: Option<i64>,
}

/// <https://core.telegram.org/bots/api#document>, and the like for photos and videos.
#[derive(Deserialize)]
pub(super) struct FileOf {
    #[serde(rename = "file_id")]
    pub id: String,
    #[serde(rename = "file_name")]
    pub name: Option<String>,
    #[serde(rename = "file_size")]
    pub size: Option<u64>,
}

/// The message that was answered.
#[derive(Deserialize)]
pub(super) struct Replied {
    #[serde(rename = "message_id")]
    pub id: i64,
    pub from: Option<User>,
}

/// <https://core.telegram.org/bots/api#chat>
#[derive(Deserialize)]
pub(super) struct Chat {
    pub id: i64,
    #[serde(rename = "type", default)]
    pub kind: String,
    pub title: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

/// <https://core.telegram.org/bots/api#user>
#[derive(Deserialize)]
pub(super) struct User {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
    pub last_name: Option<String>,
}

/// <https://core.telegram.org/bots/api#callbackquery>
#[derive(Deserialize)]
pub(super) struct Callback {
    pub id: String,
    pub from: User,
    pub message: Option<Message>,
    pub data: Option<String>,
}

/// <https://core.telegram.org/bots/api#chatmemberupdated>
#[derive(Deserialize)]
pub(super) struct Membership {
    pub chat: Chat,
    pub from: User,
    pub date: i64,
    pub new_chat_member: Member,
}

/// <https://core.telegram.org/bots/api#chatmember>
#[derive(Deserialize)]
pub(super) struct Member {
    pub status: String,
    /// Only for `restricted`.
    pub is_member: Option<bool>,
}
