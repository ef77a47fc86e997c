//! What is done with a paper at its page: an order in the person's own room, which the desk hears and answers as any other.
//! So there is one rule book, one history and one way for letters (laws L1 to L3), and the order can be read afterwards.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Json, Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::channel::room::book::private_chat;
use crate::channel::room::{RoomError, Words};
use crate::web::{Fault, Seated, Web};

/// How long a page waits for the desk's answer: a picture that is drawn for the same chat goes before it.
const PATIENCE: Duration = Duration::from_secs(45);

/// Lines of the room among which the answer is looked for.
const LINES: u32 = 50;

/// The body of an act.
#[derive(Deserialize)]
pub(in crate::web) struct Ordered {
    /// Stays the same when the page repeats the request.
    nonce: String,
    #[serde(flatten)]
    act: Act,
}

/// What is done.
#[derive(Deserialize)]
#[serde(tag = "act", rename_all = "lowercase")]
enum Act {
    Release,
    Sign,
    Publish { to: String },
    Withdraw { why: String },
    Answer { objection: i64, upheld: bool, why: String },
}

impl Act {
    /// The order as it is given in chat.
    fn words(&self, paper: i64) -> String {
        let words = match self {
            Act::Release => format!("公示 {paper}"),
            Act::Sign => format!("签发 {paper}"),
            Act::Publish { to } => format!("发布 {paper} {to}"),
            Act::Withdraw { why } => format!("撤回签发 {paper} {why}"),
            Act::Answer { objection, upheld, why } => {
                let verdict = if *upheld { "采纳" } else { "不采纳" };
                format!("申诉 答复 {objection} {verdict} {why}")
            }
        };
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Gives the order and answers `{"text": …}` with what the desk said.
pub(in crate::web) async fn act(
    State(web): State<Arc<Web>>,
    seated: Seated,
    Path(paper): Path<i64>,
    Json(ordered): Json<Ordered>,
) -> Result<Json<Value>, Fault> {
    let chat = private_chat(&seated.seat.account);
    let text = ordered.act.words(paper);
    let words = Words { chat: chat.clone(), text, reply_to: None, files: Vec::new(), nonce: ordered.nonce };
    let mut wakes = web.room.wakes();
    let order = web.room.say(&seated.seat, words).await?;
    let answered = async {
        loop {
            wakes.mark_unchanged();
            let lines = web.room.recent(&seated.seat, &chat, LINES).await?;
            if let Some(answer) = lines.into_iter().find(|line| line.reply_to == Some(order.id)) {
                return Ok::<String, RoomError>(answer.text);
            }
            if wakes.changed().await.is_err() {
                return Ok(String::new());
            }
        }
    };
    let later = || Ok("已交办,结果随后在聊天室里看".to_owned());
    let text = tokio::time::timeout(PATIENCE, answered).await.unwrap_or_else(|_| later())?;
    Ok(Json(json!({ "text": text })))
}
