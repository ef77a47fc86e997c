//! The stream of events: nothing lost, nothing twice, nothing to the wrong person.

use std::sync::Arc;

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{Desk, Site, body, open, status};
use crate::channel::{Act, Button, Channel, Speech};

impl Site {
    async fn follow(&self, account: &str, after: i64) -> Feed {
        let request = self.get(&format!("/room/events?after={after}"), account);
        Feed::of(request.send().await.unwrap())
    }
}

/// An open stream of events.
struct Feed {
    answer: Response,
    got: String,
}

impl Feed {
    fn of(answer: Response) -> Self {
        assert_eq!(answer.status(), StatusCode::OK);
        Self { answer, got: String::new() }
    }

    /// The next event with a name, as (name, data); `None` at the end.
    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            while let Some((block, rest)) = self.got.split_once("\n\n") {
                let field = |name: &str| block.lines().find_map(|l| l.strip_prefix(name));
                let event = field("event: ").map(str::to_owned);
                let data = field("data: ").map(|data| serde_json::from_str(data).unwrap());
                self.got = rest.to_owned();
                if let (Some(event), Some(data)) = (event, data) {
                    return Some((event, data));
                }
            }
            let chunk = self.answer.chunk().await.unwrap()?;
            self.got.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn texts(&mut self, count: usize) -> Vec<String> {
        let mut texts = Vec::new();
        for _ in 0..count {
            let (_, line) = self.next().await.unwrap();
            texts.push(line["text"].as_str().unwrap().to_owned());
        }
        texts
    }
}

#[tokio::test]
async fn a_stream_loses_and_doubles_nothing_over_a_reconnect() {
    let site = open(None).await;
    site.bot_says("一").await;
    site.append("h", "不给 a 看").await;
    let mut feed = site.follow("a", 0).await;
    assert_eq!(feed.texts(1).await, ["一"]);
    site.bot_says("二").await;
    assert_eq!(feed.texts(1).await, ["二"]);
    drop(feed);
    for text in ["三", "四"] {
        site.bot_says(text).await;
    }
    // The browser repeats the old address; what it has got since stands in the header.
    let again = site.get("/room/events?after=0", "a");
    let again = again.header("last-event-id", "3").send().await.unwrap();
    let mut feed = Feed::of(again);
    assert_eq!(feed.texts(2).await, ["三", "四"]);
    site.bot_says("五").await;
    let edit = Act::Edit {
        message: "1".to_owned(),
        speech: Speech { text: "一 ✓".to_owned(), ..Speech::default() },
    };
    site.bot(&edit).await;
    assert_eq!(feed.texts(2).await, ["五", "一 ✓"]);
}

#[tokio::test]
async fn a_long_backlog_comes_whole_and_in_order() {
    let site = open(None).await;
    let said: Vec<String> = (0..450).map(|n| n.to_string()).collect();
    for text in &said {
        site.append("g", text).await;
    }
    let mut feed = site.follow("b", 0).await;
    assert_eq!(feed.texts(450).await, said);
}

#[tokio::test]
async fn lines_written_while_the_stream_is_read_are_not_lost() {
    let site = Arc::new(open(None).await);
    let mut feed = site.follow("a", 0).await;
    let writer = {
        let site = site.clone();
        tokio::spawn(async move {
            for n in 0..300 {
                site.bot_says(&n.to_string()).await;
                tokio::task::yield_now().await;
            }
        })
    };
    let expected: Vec<String> = (0..300).map(|n| n.to_string()).collect();
    assert_eq!(feed.texts(300).await, expected);
    writer.await.unwrap();
}

#[tokio::test]
async fn a_stream_ends_with_the_session_and_with_the_room() {
    let site = open(None).await;
    let (mut a, mut b) = (site.follow("a", 0).await, site.follow("b", 0).await);
    let left = site.post("/room/leave", "a", &json!({}));
    let left = left.send().await.unwrap();
    let cookie = left.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("duban_seat=; ") && cookie.contains("Max-Age=0"));
    site.bot_says("一").await;
    assert_eq!(a.next().await, None);
    assert_eq!(b.texts(1).await, ["一"]);
    let stop = CancellationToken::new();
    stop.cancel();
    site.room.clone().listen(site.inbox.clone(), stop).await;
    assert_eq!(b.next().await, None);
}

#[tokio::test]
async fn a_toast_reaches_the_stream_of_who_tapped_only() {
    let site = open(None).await;
    let (mut a, mut b) = (site.follow("a", 0).await, site.follow("b", 0).await);
    let speech = Speech {
        text: "#28 报办结".to_owned(),
        buttons: vec![vec![Button { label: "销号".to_owned(), data: "close:28".to_owned() }]],
        reply_to: None,
        file: None,
    };
    site.bot(&Act::Say(speech)).await;
    assert_eq!((a.texts(1).await, b.texts(1).await), {
        let card = vec!["#28 报办结".to_owned()];
        (card.clone(), card)
    });
    let tapped = json!({ "line": 1, "data": "close:28", "nonce": "nonce-0002" });
    body(site.post("/room/tap", "a", &tapped)).await;
    let toast = Act::Toast { tap: "a:nonce-0002".to_owned(), text: "已销号".to_owned() };
    site.bot(&toast).await;
    let told = json!({ "nonce": "nonce-0002", "text": "已销号" });
    assert_eq!(a.next().await, Some(("toast".to_owned(), told)));
    site.bot_says("一").await;
    assert_eq!(b.texts(1).await, ["一"]);
}

#[tokio::test]
async fn the_demo_gives_every_tab_a_seat_of_its_own_and_moves_the_clock() {
    let plain = open(None).await;
    let sit = json!({ "account": "b" });
    let none = status(plain.post("/demo/sit", "", &sit)).await;
    assert_eq!(none, StatusCode::NOT_FOUND);
    let site = open(Some(Arc::new(Desk))).await;
    let page = site.get("/room", "").send().await.unwrap().text().await.unwrap();
    assert!(page.contains("data-account=\"a\">&lt;b&gt;干事"), "{page}");
    let seat = body(site.post("/demo/sit", "", &sit)).await;
    assert_eq!(seat, json!({ "seat": "b" }));
    let state = site.get("/room/state", "a").header("x-duban-seat", "b");
    let state = body(state).await;
    assert_eq!((&state["me"]["name"], &state["now"]), (&json!("b"), &json!("6月27日 周一 09:00")));
    let feed = site.get("/room/events?after=0&seat=b", "").send().await;
    let mut feed = Feed::of(feed.unwrap());
    let moved = body(site.post("/demo/clock", "", &json!({ "step": "card" }))).await;
    assert_eq!(feed.next().await, Some(("clock".to_owned(), moved)));
    let wrong = status(site.post("/demo/clock", "", &json!({ "step": "year" }))).await;
    assert_eq!(wrong, StatusCode::UNPROCESSABLE_ENTITY);
}
