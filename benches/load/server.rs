//! The far end: a Bot API server in memory that holds some thousand replies and hands them out by offset, as Telegram does.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use serde_json::{Value, json};

/// The first reply's `update_id`.
pub const FIRST: i64 = 1_000_001;
/// Chats the replies come from.
pub const CHATS: i64 = 60;
/// The one who writes them all.
pub const LEADER: i64 = 4_001;
/// The token the bots are given.
pub const TOKEN: &str = "1:load";

/// What has happened so far.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// When the first poll came.
    pub begun: Option<Instant>,
    /// The offset that was asked for last: everything below is confirmed.
    pub confirmed: i64,
    /// When the last reply was confirmed.
    pub all_confirmed: Option<Instant>,
    /// Messages that were said.
    pub sent: usize,
}

struct Desk {
    replies: Vec<String>,
    seen: Mutex<Seen>,
    said: Mutex<Vec<(i64, Instant)>>,
}

/// A running server.
pub struct Server {
    desk: Arc<Desk>,
    /// Where it listens.
    pub url: String,
}

/// The number of the chat that a reply comes from.
pub fn chat(n: i64) -> i64 {
    -1_000_000 - n % CHATS
}

/// What the `n`th reply says.
pub fn percent(n: i64) -> i64 {
    n % 98 + 1
}

impl Server {
    /// Holds so many replies about one item.
    pub async fn start(count: i64, task: i64) -> Server {
        let reply = |n: i64| {
            json!({ "update_id": FIRST + n, "message": {
                "message_id": 10_000 + n / CHATS, "date": 1_652_835_600 + n / 100,
                "chat": { "id": chat(n), "type": "supergroup", "title": format!("群{}", n % CHATS) },
                "from": { "id": LEADER, "is_bot": false, "first_name": "甲" },
                "text": format!("#{task} 完成{}%", percent(n)),
            } })
            .to_string()
        };
        let desk = Arc::new(Desk {
            replies: (0..count).map(reply).collect(),
            seen: Mutex::default(),
            said: Mutex::default(),
        });
        let app = Router::new().route("/{bot}/{method}", post(call)).with_state(desk.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, app).await.expect("it serves") });
        Server { desk, url }
    }

    /// What was said so far: to which chat, and when.
    pub fn said(&self) -> Vec<(i64, Instant)> {
        self.desk.said.lock().expect("not poisoned").clone()
    }

    /// What has happened so far.
    pub fn seen(&self) -> Seen {
        *self.desk.seen.lock().expect("not poisoned")
    }
}

async fn call(
    State(desk): State<Arc<Desk>>,
    Path((_, method)): Path<(String, String)>,
    body: Bytes,
) -> impl IntoResponse {
    let arguments: Value = serde_json::from_slice(&body).unwrap_or_default();
    let result = match method.to_lowercase().as_str() {
        "getupdates" => desk.hand_out(&arguments).await,
        "sendmessage" => desk.say(&arguments),
        "getme" => json!({
            "id": 1, "is_bot": true, "first_name": "督办", "username": "duban_bot", "can_join_groups": true,
            "can_read_all_group_messages": true, "supports_inline_queries": false,
            "can_connect_to_business": false, "has_main_web_app": false,
        })
        .to_string(),
        _ => "true".to_owned(),
    };
    ([(CONTENT_TYPE, "application/json")], format!("{{\"ok\":true,\"result\":{result}}}"))
}

impl Desk {
    async fn hand_out(&self, arguments: &Value) -> String {
        let count = i64::try_from(self.replies.len()).expect("few");
        let offset = arguments["offset"].as_i64().unwrap_or_default();
        let limit = arguments["limit"].as_i64().unwrap_or(100);
        let from = {
            let mut seen = self.seen.lock().expect("not poisoned");
            seen.begun.get_or_insert_with(Instant::now);
            seen.confirmed = seen.confirmed.max(offset);
            if seen.confirmed >= FIRST + count {
                seen.all_confirmed.get_or_insert_with(Instant::now);
            }
            seen.confirmed.max(FIRST) - FIRST
        };
        let until = (from + limit).min(count);
        if from >= until {
            // A poll that finds nothing is held open for a while.
            tokio::time::sleep(Duration::from_millis(200)).await;
            return "[]".to_owned();
        }
        let span = usize::try_from(from).expect("not below 0")..usize::try_from(until).expect("not below 0");
        format!("[{}]", self.replies[span].join(","))
    }

    fn say(&self, arguments: &Value) -> String {
        let mut seen = self.seen.lock().expect("not poisoned");
        seen.sent += 1;
        let chat = arguments["chat_id"].as_i64().or_else(|| arguments["chat_id"].as_str()?.parse().ok());
        self.said.lock().expect("not poisoned").push((chat.unwrap_or_default(), Instant::now()));
        json!({
            "message_id": 500_000 + seen.sent, "date": 1_652_835_600, "text": arguments["text"],
            "chat": { "id": arguments["chat_id"], "type": "supergroup", "title": "群" },
            "from": { "id": 1, "is_bot": true, "first_name": "督办", "username": "duban_bot" },
        })
        .to_string()
    }
}
