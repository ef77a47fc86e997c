//! The pages over real HTTP, with a book in memory.

mod stream;

use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use futures::future::{BoxFuture, FutureExt, ready};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use super::office::Office;
use super::{DemoDesk, How, router};
use crate::assess::board::Rules;
use crate::channel::room::Room;
use crate::channel::room::book::{Book, NewLine, Seat};
use crate::channel::room::memory::Memory;
use crate::channel::room::tests::Kept;
use crate::channel::{Act, Address, Channel, Speech};
use crate::clock::SteppedClock;
use crate::config::{self, Settings};
use crate::domain::evidence::Limits;
use crate::health::Health;
use crate::store::Store;

struct Site {
    url: String,
    room: Arc<Room>,
    book: Arc<Memory>,
    inbox: Arc<Kept>,
    client: Client,
    _folder: tempfile::TempDir,
}

/// A desk whose clock says how often it was moved.
struct Desk;

impl DemoDesk for Desk {
    fn now(&self) -> String {
        "6月27日 周一 09:00".to_owned()
    }

    fn seats(&self) -> BoxFuture<'_, anyhow::Result<Vec<(String, Seat)>>> {
        let seat = |account: &str, name: &str| Seat { account: account.to_owned(), name: name.to_owned() };
        let seats =
            vec![("督查室".to_owned(), seat("a", "<b>干事</b>")), ("县发改局".to_owned(), seat("b", "局长"))];
        ready(Ok(seats)).boxed()
    }

    fn sit(&self, account: &str) -> BoxFuture<'_, anyhow::Result<Option<String>>> {
        let known = ["a", "b"].contains(&account);
        ready(Ok(known.then(|| account.to_owned()))).boxed()
    }

    fn play(&self) -> BoxFuture<'_, anyhow::Result<bool>> {
        ready(Ok(false)).boxed()
    }

    fn advance(&self, _how: How) -> BoxFuture<'_, anyhow::Result<()>> {
        ready(Ok(())).boxed()
    }
}

/// Two rooms: `g` with a and b, `h` with c alone.
async fn open(demo: Option<Arc<dyn DemoDesk>>) -> Site {
    open_with(demo, Health::default()).await
}

async fn open_with(demo: Option<Arc<dyn DemoDesk>>, health: Health) -> Site {
    let start = DateTime::from_timestamp(1_656_291_600, 0).unwrap();
    let book = Memory::new(start).group("g", "财税组", &["a", "b"]).group("h", "项目组", &["c"]);
    let (book, inbox) = (Arc::new(book), Arc::new(Kept::default()));
    let room = Room::new(book.clone(), inbox.clone(), Arc::new(move || start));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let evidence = Limits { size_max: 1_000, types: vec!["pdf".to_owned()] };
    let office = Office {
        store: Store::open(&folder.path().join("office.db")).await.unwrap(),
        settings: Arc::new(Settings { evidence, ..config::shipped() }),
        clock: Arc::new(SteppedClock::new(start, 0)),
        health: Arc::new(health),
        rules: Arc::new(Rules::read(include_str!("../../config/papers/assess.toml")).unwrap()),
    };
    let app = router(room.clone(), office, demo);
    tokio::spawn(async move { axum::serve(listener, app).await });
    Site { url, room, book, inbox, client: Client::builder().no_proxy().build().unwrap(), _folder: folder }
}

impl Site {
    fn get(&self, path: &str, account: &str) -> RequestBuilder {
        let request = self.client.get(format!("{}{path}", self.url));
        request.header("cookie", format!("other=1; duban_seat={account}"))
    }

    fn post(&self, path: &str, account: &str, body: &Value) -> RequestBuilder {
        let request = self.client.post(format!("{}{path}", self.url));
        request
            .header("cookie", format!("duban_seat={account}"))
            .header("origin", &self.url)
            .header("content-type", "application/json")
            .body(body.to_string())
    }

    async fn append(&self, chat: &str, text: &str) -> i64 {
        let line = NewLine {
            chat: chat.to_owned(),
            author: None,
            text: text.to_owned(),
            buttons: Vec::new(),
            files: Vec::new(),
            reply_to: None,
            nonce: None,
        };
        self.book.append(line).await.unwrap().id
    }

    async fn bot(&self, act: &Act) {
        let to = Address { channel: "room".to_owned(), chat: "g".to_owned(), topic: None };
        self.room.send(&to, act).await.unwrap();
    }

    async fn bot_says(&self, text: &str) {
        let speech = Speech { text: text.to_owned(), ..Speech::default() };
        self.bot(&Act::Say(speech)).await;
    }
}

fn words(chat: &str, text: &str) -> Value {
    json!({ "chat": chat, "text": text, "nonce": "nonce-0001" })
}

async fn status(request: RequestBuilder) -> StatusCode {
    request.send().await.unwrap().status()
}

async fn body(request: RequestBuilder) -> Value {
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

#[tokio::test]
async fn whoever_has_no_seat_gets_401() {
    let site = open(None).await;
    for path in ["/room/state", "/room/events?after=0", "/room/lines?chat=g"] {
        let answer = status(site.get(path, "nobody")).await;
        assert_eq!(answer, StatusCode::UNAUTHORIZED, "{path}");
    }
    // Outside the demo only the cookie counts.
    let by_query = status(site.get("/room/state?seat=a", "nobody")).await;
    assert_eq!(by_query, StatusCode::UNAUTHORIZED);
    let said = status(site.post("/room/say", "nobody", &words("g", "一"))).await;
    assert_eq!(said, StatusCode::UNAUTHORIZED);
    assert_eq!(site.book.count(), 0);
}

#[tokio::test]
async fn a_post_that_did_not_come_from_our_page_is_refused() {
    let site = open(None).await;
    let say = || {
        let request = site.client.post(format!("{}/room/say", site.url));
        let request = request.header("cookie", "duban_seat=a");
        request.body(words("g", "一").to_string())
    };
    let json = || say().header("content-type", "application/json");
    let (own, foreign) = (site.url.as_str(), "http://elsewhere.example");
    for (request, expected) in [
        (json(), StatusCode::FORBIDDEN),
        (json().header("origin", foreign), StatusCode::FORBIDDEN),
        (json().header("origin", "null"), StatusCode::FORBIDDEN),
        (json().header("origin", own).header("sec-fetch-site", "cross-site"), StatusCode::FORBIDDEN),
        (say().header("origin", own), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (json().header("sec-fetch-site", "same-origin"), StatusCode::OK),
    ] {
        assert_eq!(status(request).await, expected);
    }
    assert_eq!(site.book.count(), 1);
}

#[tokio::test]
async fn a_repeated_post_is_one_line_and_one_event() {
    let site = open(None).await;
    *site.inbox.failures.lock().unwrap() = 1;
    let say = || site.post("/room/say", "a", &words("g", "#12 完成60%"));
    assert_eq!(status(say()).await, StatusCode::SERVICE_UNAVAILABLE);
    let (first, again) = (body(say()).await, body(say()).await);
    assert_eq!(first, again);
    assert_eq!((&first["mine"], &first["author"]), (&json!(true), &json!("a")));
    assert_eq!(site.book.count(), 1);
    assert_eq!(site.inbox.events.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_room_one_may_not_see_and_a_forged_button_are_refused() {
    let site = open(None).await;
    let said = site.post("/room/say", "c", &words("g", "一"));
    assert_eq!(status(said).await, StatusCode::NOT_FOUND);
    let read = site.get("/room/lines?chat=g", "c");
    assert_eq!(status(read).await, StatusCode::NOT_FOUND);
    let line = site.append("g", "没有按钮").await;
    let forged = json!({ "line": line, "data": "close:28", "nonce": "nonce-0001" });
    let tapped = site.post("/room/tap", "a", &forged);
    assert_eq!(status(tapped).await, StatusCode::CONFLICT);
    assert!(site.inbox.events.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_invite_code_opens_the_room_and_the_state_tells_what_to_show() {
    let site = open(None).await;
    for (code, name, expected) in
        [("wrong", "李四", StatusCode::FORBIDDEN), ("code", " ", StatusCode::UNPROCESSABLE_ENTITY)]
    {
        let entry = json!({ "code": code, "name": name });
        assert_eq!(status(site.post("/room/enter", "", &entry)).await, expected);
    }
    let entry = json!({ "code": " code ", "name": "李四" });
    let entered = site.post("/room/enter", "", &entry).send().await.unwrap();
    let cookie = entered.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("duban_seat=guest; HttpOnly; SameSite=Strict; Path=/"));
    site.append("private:guest", "您好").await;
    let state = body(site.get("/room/state", "guest")).await;
    assert_eq!(state["me"]["name"], "李四");
    assert_eq!(state["after"], 1);
    assert_eq!(state["rooms"][0]["kind"], "private");
    assert_eq!(state["rooms"][0]["lines"][0]["text"], "您好");
}

#[tokio::test]
async fn every_page_is_locked_down_and_loads_nothing_from_outside() {
    let site = open(None).await;
    for path in [
        "/",
        "/room",
        "/assets/room.css",
        "/assets/room.js",
        "/assets/lines.js",
        "/assets/page.js",
        "/healthz",
    ] {
        let answer = site.get(path, "").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"));
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        assert_eq!(answer.headers()["referrer-policy"], "no-referrer");
        let text = answer.text().await.unwrap();
        for outside in ["http://", "https://", "innerHTML", "<style", "onclick="] {
            assert!(!text.contains(outside), "{path} has {outside}");
        }
    }
}

#[tokio::test]
async fn a_file_is_brought_in_said_and_given_to_whoever_sees_the_line() {
    let site = open(None).await;
    let upload = |kind: &'static str, origin: String, name: &str| {
        let url = format!("{}/room/file?name={name}", site.url);
        let request = site.client.post(url).header("cookie", "duban_seat=a").header("origin", origin);
        request.header("content-type", kind).body("验收单的内容")
    };
    let own = || site.url.clone();
    let bytes = "application/octet-stream";
    assert_eq!(status(upload("text/plain", own(), "x.pdf")).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(status(upload(bytes, "http://elsewhere".to_owned(), "x.pdf")).await, StatusCode::FORBIDDEN);
    assert_eq!(status(upload(bytes, own(), "x.exe")).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        status(upload(bytes, own(), "x.pdf").body(vec![0; 1_001])).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let brought: Value = upload(bytes, own(), "..%2F单子.pdf").send().await.unwrap().json().await.unwrap();
    assert_eq!((brought["name"].as_str(), brought["size"].as_u64()), (Some("单子.pdf"), Some(18)));

    let said = json!({ "chat": "g", "text": "", "files": [brought], "nonce": "nonce-0001" });
    let line: Value = site.post("/room/say", "a", &said).send().await.unwrap().json().await.unwrap();
    assert_eq!(line["files"], json!([{ "name": "单子.pdf", "size": 18 }]));
    let place = format!("/room/file/{}/0", line["id"]);
    let given = site.get(&place, "b").send().await.unwrap();
    let disposition = given.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert_eq!(disposition, "attachment; filename*=UTF-8''%E5%8D%95%E5%AD%90.pdf");
    assert_eq!(given.bytes().await.unwrap(), "验收单的内容".as_bytes());
    // Whoever sees the room not, sees the file not; and a file that was never brought in cannot be said.
    assert_eq!(status(site.get(&place, "stranger")).await, StatusCode::UNAUTHORIZED);
    let forged = json!({ "chat": "g", "text": "", "nonce": "nonce-0002",
        "files": [{ "sha256": "99", "name": "x.pdf", "size": 1 }] });
    assert_eq!(status(site.post("/room/say", "a", &forged)).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_loop_that_has_stopped_is_told_to_whoever_watches() {
    let site = open_with(None, Health::with_patience(Duration::ZERO)).await;
    let told = site.client.get(format!("{}/healthz", site.url)).send().await.unwrap();
    assert_eq!(told.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(told.text().await.unwrap(), "deciding has stopped\nsending has stopped\n");
    // While they turn, all is well.
    let site = open(None).await;
    assert_eq!(status(site.client.get(format!("{}/healthz", site.url))).await, StatusCode::OK);
}
