//! Files in the fake: those that people send, fetched in two steps as with Telegram, and those that the bot hands over.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::Hub;
use super::state::{No, State};

/// The largest file that Telegram gives out to bots, in bytes.
const GIVEN_MAX: usize = 20 << 20;

/// The largest upload that is read, in bytes.
const UPLOAD_MAX: usize = 50 << 20;

/// `getFile`: where a file lies, unless it is too large.
pub fn place(state: &State, arguments: &Value) -> Result<Value, No> {
    let id = arguments["file_id"].as_str().unwrap_or_default();
    match state.files.get(id) {
        None => Err(No(
            400,
            "Bad Request: wrong file_id or the file is temporarily unavailable".to_owned(),
            Value::Null,
        )),
        Some(bytes) if bytes.len() > GIVEN_MAX => {
            Err(No(400, "Bad Request: file is too big".to_owned(), Value::Null))
        }
        Some(bytes) => {
            Ok(json!({ "file_id": id, "file_size": bytes.len(), "file_path": format!("documents/{id}") }))
        }
    }
}

/// The bytes at a path that `getFile` gave.
pub fn give(hub: &Hub, path: &str) -> Response {
    let id = path.strip_prefix("documents/").unwrap_or_default();
    let bytes = hub.state().files.get(id).cloned();
    bytes.map_or_else(|| StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}

/// The arguments of a form with files; a file becomes an object with its name and its bytes as text.
pub async fn form(request: Request) -> Value {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = kind.split("boundary=").nth(1).unwrap_or_default().to_owned();
    let body = to_bytes(request.into_body(), UPLOAD_MAX).await.unwrap_or_default();
    // Test files are text, so the body may be read as such.
    let body = String::from_utf8_lossy(&body);
    let boundary = format!("--{boundary}");
    let parts = body.split(&boundary).filter_map(|part| part.split_once("\r\n\r\n"));
    let read = |(head, content): (&str, &str)| {
        let content = content.strip_suffix("\r\n").unwrap_or(content);
        let name = field(head, "name=\"")?;
        let value = if head.contains("filename") {
            json!({ "name": field(head, "filename=\"").unwrap_or_default(), "content": content })
        } else {
            serde_json::from_str(content).ok().filter(|_| name != "caption").unwrap_or(content.into())
        };
        Some((name, value))
    };
    parts.filter_map(read).collect::<serde_json::Map<_, _>>().into()
}

fn field(head: &str, opens: &str) -> Option<String> {
    let (_, rest) = head.split_once(opens)?;
    Some(rest.split('"').next().unwrap_or_default().to_owned())
}
