//! Doing on Telegram what delivery asks for, and reading what became of it.

use serde::Deserialize;
use serde::de::IgnoredAny;
use teloxide::payloads::{
    AnswerCallbackQuery, AnswerCallbackQuerySetters as _, EditMessageText, EditMessageTextSetters as _,
    SendMessage, SendMessageSetters as _,
};
use teloxide::types::{
    CallbackQueryId, ChatId, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageId,
    ReplyParameters, ThreadId,
};

use super::api::{Api, CALL_TIMEOUT, Failure};
use super::files;
use super::verdict::verdict;
use crate::channel::{Act, Address, Button, SendError, Sent, Speech};

/// The longest toast, in characters (`answerCallbackQuery.text`).
const TOAST_MAX: usize = 200;

/// The one field of the sent message that we need; the rest may be of any shape.
#[derive(Deserialize)]
pub(super) struct Said {
    pub(super) message_id: i64,
}

/// Does one act.
pub(super) async fn send(api: &Api, to: &Address, act: &Act) -> Result<Sent, SendError> {
    match act {
        Act::Say(speech) => say(api, to, speech).await,
        Act::File { speech, name, bytes } => files::send(api, to, speech, (name, bytes)).await,
        Act::Edit { message, speech } => edit(api, to, message, speech).await,
        Act::Toast { tap, text } => toast(api, tap, text).await,
    }
}

async fn say(api: &Api, to: &Address, speech: &Speech) -> Result<Sent, SendError> {
    let mut payload = SendMessage::new(chat(to)?, &speech.text).link_preview_options(no_preview());
    if let Some(topic) = &to.topic {
        let topic = topic
            .parse()
            .map_err(|_| SendError::ChatGone { why: format!("{topic} is no topic of Telegram") })?;
        payload = payload.message_thread_id(ThreadId(MessageId(topic)));
    }
    // An id of another platform or a deleted message: better said without the quotation than not at all.
    if let Some(message) = speech.reply_to.as_ref().and_then(|id| id.parse().ok()) {
        payload =
            payload.reply_parameters(ReplyParameters::new(MessageId(message)).allow_sending_without_reply());
    }
    if !speech.buttons.is_empty() {
        payload = payload.reply_markup(keyboard(&speech.buttons));
    }
    let answer = api.call::<_, Said>(&payload, CALL_TIMEOUT).await.map_err(verdict)?;
    Ok(Sent { message: Some(answer.result.message_id.to_string()) })
}

async fn edit(api: &Api, to: &Address, message: &str, speech: &Speech) -> Result<Sent, SendError> {
    let id = message
        .parse()
        .map_err(|_| SendError::Refused { why: format!("{message} is no message of Telegram") })?;
    let payload = EditMessageText::new(chat(to)?, MessageId(id), &speech.text)
        .link_preview_options(no_preview())
        // An empty keyboard takes the buttons away.
        .reply_markup(keyboard(&speech.buttons));
    done(api.call::<_, IgnoredAny>(&payload, CALL_TIMEOUT).await.err(), "message is not modified")
}

async fn toast(api: &Api, tap: &str, text: &str) -> Result<Sent, SendError> {
    let text: String = text.chars().take(TOAST_MAX).collect();
    let payload = AnswerCallbackQuery::new(CallbackQueryId(tap.to_owned())).text(text);
    done(api.call::<_, IgnoredAny>(&payload, CALL_TIMEOUT).await.err(), "query is too old")
}

/// Success, also where the platform's only objection is that nothing is left to do.
fn done(failure: Option<Failure>, harmless: &str) -> Result<Sent, SendError> {
    match failure {
        Some(Failure::Answered { code: 400, description, .. }) if description.contains(harmless) => {}
        Some(failure) => return Err(verdict(failure)),
        None => {}
    }
    Ok(Sent::default())
}

fn chat(to: &Address) -> Result<ChatId, SendError> {
    let id = to
        .chat
        .parse()
        .map_err(|_| SendError::ChatGone { why: format!("{} is no chat of Telegram", to.chat) })?;
    Ok(ChatId(id))
}

pub(super) fn keyboard(rows: &[Vec<Button>]) -> InlineKeyboardMarkup {
    let button = |button: &Button| InlineKeyboardButton::callback(&button.label, &button.data);
    InlineKeyboardMarkup::new(rows.iter().map(|row| row.iter().map(button)))
}

/// No previews: for one, Telegram's servers would open the personal links that log a post in.
fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
