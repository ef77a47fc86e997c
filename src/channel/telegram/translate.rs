//! From an update of Telegram to what was said, and by whom. Pure.

mod address;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use serde::Deserialize as _;
use serde_json::Value;

use self::address::Addressed;
use super::NAME;
use super::wire::{Callback, Chat, FileOf, Member, Membership, Message, Update, User};
use crate::channel::{self, Address, Attachment, ChatKind, Incoming, Sender, What};

/// Who this bot is: what `getMe` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// The id of its account.
    pub id: i64,
    /// Its name in mentions, without `@`.
    pub username: String,
}

/// The id of an update; `None` where it is none at all and cannot even be acknowledged.
pub(super) fn update_id(update: &Value) -> Option<i32> {
    update["update_id"].as_i64().and_then(|id| i32::try_from(id).ok())
}

/// What an update says; `None` where it has no id and cannot be acknowledged. What cannot be read otherwise becomes
/// [`What::Other`]. `received` is the platform's clock when it handed the update over: taps carry no time of their own.
pub fn read(update: &Value, me: &Me, received: Option<DateTime<Utc>>) -> Option<Incoming> {
    update_id(update).map(|id| translate(id, update, me, received))
}

fn translate(id: i32, update: &Value, me: &Me, received: Option<DateTime<Utc>>) -> Incoming {
    let Said { at, chat, from, what } = match Update::deserialize(update) {
        Ok(Update { message: Some(message), .. }) => said(&message, false, me),
        Ok(Update { edited_message: Some(message), .. }) => said(&message, true, me),
        Ok(Update { callback_query: Some(callback), .. }) => tapped(callback, received),
        Ok(Update { my_chat_member: Some(membership), .. }) => removed(membership),
        Ok(_) => Said::other(kind(update)),
        Err(_) => Said::other(&format!("unreadable {}", kind(update))),
    };
    let at = at.or(received).unwrap_or(DateTime::UNIX_EPOCH);
    Incoming { channel: NAME.to_owned(), event: id.to_string(), at, chat, from, what }
}

/// What is left of an update once it is understood.
struct Said {
    at: Option<DateTime<Utc>>,
    chat: Option<channel::Chat>,
    from: Option<Sender>,
    what: What,
}

impl Said {
    fn other(name: &str) -> Self {
        Self { at: None, chat: None, from: None, what: What::Other { name: name.to_owned() } }
    }
}

/// What Telegram calls an update: its one key beside the id.
fn kind(update: &Value) -> &str {
    let mut keys = update.as_object().into_iter().flat_map(|fields| fields.keys());
    keys.find(|key| *key != "update_id").map_or("empty", String::as_str)
}

fn said(message: &Message, edited: bool, me: &Me) -> Said {
    // A chat that speaks instead of a person (anonymous admin, channel) comes with a bot's account in `from`; what stands
    // in a channel is the channel's, whoever is said to have written it.
    let anonymous = message.sender_chat.is_some() || message.chat.kind == "channel";
    if !anonymous && message.from.as_ref().is_some_and(|from| from.is_bot) {
        return Said::other("bot");
    }
    if let Some(to) = message.migrate_to_chat_id {
        return Said {
            at: time(message.date),
            chat: Some(chat(&message.chat, None)),
            from: None,
            what: What::Moved { to: to.to_string() },
        };
    }
    let at = message.edit_date.filter(|_| edited).unwrap_or(message.date);
    let Some(what) = text(message, edited, me) else {
        return Said::other("message without text");
    };
    Said {
        at: time(at),
        chat: Some(chat(&message.chat, topic(message))),
        from: message.from.as_ref().filter(|_| !anonymous).map(sender),
        what,
    }
}

/// The words of a message and its files; a caption counts as text.
fn text(message: &Message, edited: bool, me: &Me) -> Option<What> {
    let files = files(message);
    let words = message.text.as_deref().or(message.caption.as_deref());
    let words = words.or((!files.is_empty()).then_some(""))?;
    let Addressed { text, by_form } = address::read(words, me);
    let answered = message.replied.as_ref().filter(|replied| {
        // In a topic, a message that answers nothing "replies" to the service message that opened the topic.
        !(message.in_topic && message.thread == Some(replied.id))
    });
    let author = answered.and_then(|replied| replied.from.as_ref());
    let to_me = author.is_some_and(|author| author.id == me.id);
    Some(What::Text {
        message: message.id.to_string(),
        text,
        reply_to: answered.map(|replied| replied.id.to_string()),
        addressed: by_form || to_me || message.chat.kind == "private",
        edited,
        forwarded: message.forward_origin.is_some() || message.forward_date.is_some(),
        files,
        album: message.media_group_id.clone(),
    })
}

/// The files of a message. Of a photo's sizes the largest counts; it and a nameless video get a name with the number of
/// their message.
fn files(message: &Message) -> Vec<Attachment> {
    let photo = message.photo.iter().max_by_key(|size| size.size.unwrap_or_default());
    let named = |file: &FileOf, kind: &str, end: &str| {
        let given = file.name.clone().filter(|name| !name.trim().is_empty());
        let name = given.unwrap_or_else(|| format!("{kind}{}.{end}", message.id));
        Attachment { id: file.id.clone(), name, size: file.size }
    };
    let photo = photo.map(|file| named(file, "照片", "jpg"));
    let document = message.document.as_ref().map(|file| named(file, "文件", "bin"));
    let video = message.video.as_ref().map(|file| named(file, "视频", "mp4"));
    photo.into_iter().chain(document).chain(video).collect()
}

fn tapped(callback: Callback, received: Option<DateTime<Utc>>) -> Said {
    let (Some(message), Some(data)) = (callback.message, callback.data) else {
        return Said::other("callback_query without message or data");
    };
    let topic = topic(&message);
    Said {
        at: received.or(time(message.date)),
        what: What::Tap { tap: callback.id, message: message.id.to_string(), data },
        chat: Some(chat(&message.chat, topic)),
        from: Some(sender(&callback.from)),
    }
}

fn removed(membership: Membership) -> Said {
    let Member { status, is_member } = membership.new_chat_member;
    let gone =
        matches!(status.as_str(), "kicked" | "left") || (status == "restricted" && is_member == Some(false));
    if !gone {
        return Said::other("my_chat_member");
    }
    Said {
        at: time(membership.date),
        chat: Some(chat(&membership.chat, None)),
        from: Some(sender(&membership.from)),
        what: What::Removed,
    }
}

fn topic(message: &Message) -> Option<String> {
    // Groups without topics number the threads of their replies too; those cannot be written to.
    message.thread.filter(|_| message.in_topic).map(|id| id.to_string())
}

fn chat(chat: &Chat, topic: Option<String>) -> channel::Chat {
    let person = full_name(chat.first_name.as_deref().unwrap_or_default(), chat.last_name.as_deref());
    channel::Chat {
        address: Address { channel: NAME.to_owned(), chat: chat.id.to_string(), topic },
        kind: if chat.kind == "private" { ChatKind::Private } else { ChatKind::Group },
        title: chat.title.clone().unwrap_or(person),
    }
}

fn sender(user: &User) -> Sender {
    Sender { id: user.id.to_string(), name: full_name(&user.first_name, user.last_name.as_deref()) }
}

fn full_name(first: &str, last: Option<&str>) -> String {
    format!("{first} {}", last.unwrap_or_default()).trim().to_owned()
}

fn time(unix: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(unix, 0).filter(|_| unix > 0)
}
