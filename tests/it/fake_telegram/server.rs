//! The HTTP side of the fake: methods by name, arguments in any of the three forms, answers in Telegram's envelope.

use std::collections::HashMap;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Query, Request, State as Shared};
use axum::http::header::{CONTENT_TYPE, DATE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use reqwest::Url;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::state::{No, me};
use super::{FakeCall, Fault, Hub, files};

/// The largest request that is read, in bytes.
const BODY_MAX: usize = 1 << 20;

/// Longer than anybody waits for an answer.
const LONG: Duration = Duration::from_mins(2);

/// Starts to serve on a free port.
pub async fn start(hub: Arc<Hub>) -> (Url, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let url = Url::parse(&format!("http://{address}")).expect("an address is a URL");
    let app = Router::new().fallback(answer).with_state(hub);
    let serve = async move {
        axum::serve(listener, app).await.expect("serving never ends by itself");
    };
    (url, tokio::spawn(serve))
}

async fn answer(Shared(hub): Shared<Arc<Hub>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let multipart =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    if let Some(file) = path.strip_prefix(&format!("/file/bot{}/", hub.token)) {
        return files::give(&hub, file);
    }
    let outcome = match path.trim_start_matches('/').split_once('/') {
        Some((bot, method)) if bot.strip_prefix("bot") == Some(&hub.token) => {
            let method = method.to_lowercase();
            let arguments = if multipart { files::form(request).await } else { arguments(request).await };
            let fault = hub.change(|state| {
                state.calls.push(FakeCall { method: method.clone(), arguments: arguments.clone() });
                state.fault(&method, &arguments)
            });
            match fault {
                Some(Fault::Html502) => return html(&path),
                Some(Fault::Drop) => {
                    perform(&hub, &method, &arguments).await.ok();
                    // Ends the task of this connection and with it the connection; unlike a panic it prints nothing.
                    resume_unwind(Box::new("dropped on demand"));
                }
                Some(Fault::Hang) => {
                    tokio::time::sleep(LONG).await;
                    return StatusCode::GATEWAY_TIMEOUT.into_response();
                }
                Some(Fault::Slow(wait)) => {
                    tokio::time::sleep(wait).await;
                    perform(&hub, &method, &arguments).await
                }
                Some(fault) => Err(refusal(&fault)),
                None => perform(&hub, &method, &arguments).await,
            }
        }
        Some((bot, _)) if bot.starts_with("bot") => Err(No(401, "Unauthorized".to_owned(), Value::Null)),
        _ => Err(No(404, "Not Found".to_owned(), Value::Null)),
    };
    envelope(&hub, outcome)
}

async fn perform(hub: &Hub, method: &str, arguments: &Value) -> Result<Value, No> {
    match method {
        "getupdates" => poll(hub, arguments).await,
        "getme" => Ok(me()),
        "setmycommands" | "deletewebhook" => Ok(true.into()),
        "getchat" => Ok(json!({ "id": arguments["chat_id"], "type": "supergroup" })),
        "getfile" => files::place(&hub.state(), arguments),
        "senddocument" => hub.change(|state| state.send_file(arguments)),
        "sendmessage" => hub.change(|state| state.send(arguments)),
        "editmessagetext" => hub.change(|state| state.change(arguments, true)),
        "editmessagereplymarkup" => hub.change(|state| state.change(arguments, false)),
        "deletemessage" => hub.change(|state| state.delete(arguments)),
        "answercallbackquery" => hub.change(|state| state.toast(arguments)),
        _ => Err(No(404, "Not Found: method not found".to_owned(), Value::Null)),
    }
}

/// Waits for updates as long as it is asked to. A newer poll ends it, as with Telegram.
async fn poll(hub: &Hub, arguments: &Value) -> Result<Value, No> {
    let offset = arguments["offset"].as_i64().unwrap_or(0);
    let limit =
        arguments["limit"].as_u64().map_or(100, |limit| usize::try_from(limit).expect("a small number"));
    let mine = hub.change(|state| {
        state.newest_poll += 1;
        state.fetch(offset, 0);
        state.newest_poll
    });
    let fetched = hub.wait_for(|state| {
        if state.newest_poll != mine {
            let why = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
            return Some(Err(No(409, why.to_owned(), Value::Null)));
        }
        let mut updates = state.fetch(offset, limit);
        state.trouble.mix(&mut updates);
        (!updates.is_empty()).then(|| Ok(Value::from(updates)))
    });
    let patience = Duration::from_secs(arguments["timeout"].as_u64().unwrap_or(0));
    tokio::time::timeout(patience, fetched).await.unwrap_or_else(|_| Ok(json!([])))
}

fn refusal(fault: &Fault) -> No {
    match fault {
        Fault::TooMany { retry_after } => {
            let why = format!("Too Many Requests: retry after {retry_after}");
            No(429, why, json!({ "retry_after": retry_after }))
        }
        Fault::Forbidden(why) => No(403, format!("Forbidden: {why}"), Value::Null),
        Fault::BadRequest(why) => No(400, format!("Bad Request: {why}"), Value::Null),
        Fault::Migrate(to) => {
            let why = "Bad Request: group chat was upgraded to a supergroup chat";
            No(400, why.to_owned(), json!({ "migrate_to_chat_id": to }))
        }
        Fault::Status(status) => {
            let why = StatusCode::from_u16(*status).ok().and_then(|status| status.canonical_reason());
            No(*status, why.unwrap_or("Unknown").to_owned(), Value::Null)
        }
        Fault::Html502 | Fault::Drop | Fault::Hang | Fault::Slow(_) => unreachable!("these have no words"),
    }
}

fn html(path: &str) -> Response {
    let page = format!("<html><body><h1>502 Bad Gateway</h1>upstream of {path} is down</body></html>");
    (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], page).into_response()
}

fn envelope(hub: &Hub, outcome: Result<Value, No>) -> Response {
    let now = hub.state().now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let (status, body) = match outcome {
        Ok(result) => (200, json!({ "ok": true, "result": result })),
        Err(No(code, why, parameters)) if parameters.is_null() => {
            (code, json!({ "ok": false, "error_code": code, "description": why }))
        }
        Err(No(code, why, parameters)) => {
            (code, json!({ "ok": false, "error_code": code, "description": why, "parameters": parameters }))
        }
    };
    let status = StatusCode::from_u16(status).expect("tests use real codes");
    (status, [(DATE, now)], axum::Json(body)).into_response()
}

/// The arguments of a call, from a JSON body, a form, or the address. Forms write numbers and objects as text.
async fn arguments(request: Request) -> Value {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, BODY_MAX).await.unwrap_or_default();
    if let Ok(arguments @ Value::Object(_)) = serde_json::from_slice(&body) {
        return arguments;
    }
    let form = format!("/?{}", String::from_utf8_lossy(&body)).parse().unwrap_or_default();
    let pairs = [&parts.uri, &form].into_iter().flat_map(pairs);
    pairs.map(|(name, text)| (name.clone(), typed(&name, text))).collect::<serde_json::Map<_, _>>().into()
}

fn pairs(uri: &Uri) -> HashMap<String, String> {
    Query::try_from_uri(uri).map(|Query(pairs)| pairs).unwrap_or_default()
}

fn typed(name: &str, text: String) -> Value {
    match serde_json::from_str(&text) {
        Ok(value) if !matches!(name, "text" | "callback_query_id") => value,
        _ => text.into(),
    }
}
