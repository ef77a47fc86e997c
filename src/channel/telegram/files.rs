//! Files on Telegram: those that people send, and those that we hand over.

use reqwest::multipart::{Form, Part};
use serde::Deserialize;
use teloxide::payloads::GetFile;
use teloxide::types::FileId;

use super::api::{Api, CALL_TIMEOUT, Failure, Fetched};
use super::send::{Said, keyboard};
use super::verdict::verdict;
use crate::channel::{Address, FetchError, SendError, Sent, Speech};

/// The longest line to a file, in characters (`sendDocument.caption`).
const CAPTION_MAX: usize = 1024;

/// Where a file lies; absent where Telegram has forgotten it.
#[derive(Deserialize)]
struct Place {
    file_path: Option<String>,
}

/// Fetches a file of at most `max` bytes.
pub(super) async fn fetch(api: &Api, id: &str, max: u64) -> Result<Vec<u8>, FetchError> {
    let payload = GetFile::new(FileId(id.to_owned()));
    let place = api.call::<_, Place>(&payload, CALL_TIMEOUT).await.map_err(failed)?.result;
    let gone = || FetchError::Gone { why: "Telegram gives no path to it".to_owned() };
    let path = place.file_path.ok_or_else(gone)?;
    match api.download(&path, max).await.map_err(failed)? {
        Fetched::Whole(bytes) => Ok(bytes),
        Fetched::TooLarge => Err(FetchError::TooLarge),
    }
}

fn failed(failure: Failure) -> FetchError {
    let why = failure.to_string();
    match failure {
        // Telegram gives bots no files above 20 MB.
        Failure::Answered { code: 400, description, .. } if description.contains("too big") => {
            FetchError::TooLarge
        }
        Failure::Answered { code: 400 | 404, .. } | Failure::Unreadable { status: 404 | 410, .. } => {
            FetchError::Gone { why }
        }
        _ => FetchError::Later { why },
    }
}

/// Hands over a file with a line to it.
pub(super) async fn send(
    api: &Api,
    to: &Address,
    speech: &Speech,
    (name, bytes): (&str, &[u8]),
) -> Result<Sent, SendError> {
    let caption: String = speech.text.chars().take(CAPTION_MAX).collect();
    let file = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let mut form =
        Form::new().text("chat_id", to.chat.clone()).text("caption", caption).part("document", file);
    if let Some(topic) = &to.topic {
        form = form.text("message_thread_id", topic.clone());
    }
    if !speech.buttons.is_empty() {
        let keyboard = serde_json::to_string(&keyboard(&speech.buttons)).expect("plain structs");
        form = form.text("reply_markup", keyboard);
    }
    let answer = api.call_form::<Said>("SendDocument", form).await.map_err(verdict)?;
    Ok(Sent { message: Some(answer.result.message_id.to_string()) })
}
