//! The door of the room as `serve` has it: wrong codes, sessions that end, and signing out everywhere.

use std::sync::Arc;

use chrono::{Duration, TimeZone as _, Utc};
use duban::app::{App, book, console};
use duban::clock::{Clock as _, SteppedClock};
use duban::config::{self, Settings};
use duban::domain::now::Now;
use duban::domain::people::Role;
use duban::store::Store;
use duban::web;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

/// How long a session holds.
const SESSION: Duration = Duration::days(7);

/// An office that is served without the demo.
struct Door {
    url: String,
    client: Client,
    clock: Arc<SteppedClock>,
    store: Store,
    settings: Arc<Settings>,
    _folder: tempfile::TempDir,
}

impl Door {
    async fn open() -> Door {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&folder.path().join("door.db")).await.expect("a database");
        let files = folder.path().join("files");
        let settings = Arc::new(Settings { session: SESSION, files, ..config::shipped() });
        let start = Utc.with_ymd_and_hms(2022, 6, 27, 1, 0, 0).single().expect("a moment");
        let clock = Arc::new(SteppedClock::new(start, 0));
        let app = App::assemble(store.clone(), settings.clone(), clock.clone(), None).await.expect("the bot");
        let router = web::router(app.room.clone(), app.office().expect("the office"), None);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let client = Client::builder().no_proxy().build().expect("a client");
        Door { url, client, clock, store, settings, _folder: folder }
    }

    fn now(&self) -> Now {
        Now::new(self.clock.now(), self.settings.zone)
    }

    async fn post(&self, path: &str, session: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.url)).header("origin", &self.url);
        let request = request.header("cookie", format!("duban_seat={session}"));
        let request = request.header("content-type", "application/json").body(body.to_string());
        request.send().await.expect("an answer")
    }

    async fn enter(&self, code: &str) -> Response {
        self.post("/room/enter", "", &json!({ "code": code, "name": "值班员" })).await
    }

    async fn state(&self, session: &str) -> StatusCode {
        let request = self.client.get(format!("{}/room/state", self.url));
        let request = request.header("cookie", format!("duban_seat={session}"));
        request.send().await.expect("an answer").status()
    }

    async fn code(&self) -> String {
        console::invite(&self.store, &self.now(), Role::Staff).await.expect("a code")
    }
}

/// The session that an answer sets.
fn session_of(answer: &Response) -> String {
    let cookie = answer.headers()["set-cookie"].to_str().expect("a cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let (_, rest) = cookie.split_once('=').expect("a value");
    rest.split(';').next().expect("a value").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_cannot_be_tried_without_end() {
    let door = Door::open().await;
    let code = door.code().await;
    let mut refused = 0;
    let last = loop {
        let status = door.enter("0000-0000").await.status();
        if status != StatusCode::FORBIDDEN {
            break status;
        }
        refused += 1;
    };
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert!((20..25).contains(&refused), "{refused} codes were tried");
    // Not even the right one is looked at now.
    assert_eq!(door.enter(&code).await.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_opens_once_and_a_session_ends_on_its_day() {
    let door = Door::open().await;
    let code = door.code().await;
    let entered = door.enter(&code).await;
    assert_eq!(entered.status(), StatusCode::OK);
    let session = session_of(&entered);
    assert_eq!(door.state(&session).await, StatusCode::OK);
    assert_eq!(door.enter(&code).await.status(), StatusCode::FORBIDDEN, "a code opens once");
    door.clock.set(door.clock.now() + SESSION - Duration::minutes(1));
    assert_eq!(door.state(&session).await, StatusCode::OK);
    door.clock.set(door.clock.now() + Duration::minutes(2));
    assert_eq!(door.state(&session).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_ends_one_device_or_all_of_one_person_and_nobody_elses() {
    let door = Door::open().await;
    let mut tx = door.store.write().await.expect("a write");
    for account in ["me", "other"] {
        book::note_person(&mut tx, account, account).await.expect("a person");
    }
    let mut sessions = Vec::new();
    for account in ["me", "me", "me", "other"] {
        sessions.push(book::open_session(&mut tx, account, door.clock.now()).await.expect("a session"));
    }
    tx.commit().await.expect("written");
    let [desk, phone, home, other] = sessions.as_slice() else { panic!("four sessions") };
    door.post("/room/leave", desk, &json!({})).await;
    assert_eq!(door.state(desk).await, StatusCode::UNAUTHORIZED);
    assert_eq!(door.state(phone).await, StatusCode::OK);
    door.post("/room/leave", phone, &json!({ "everywhere": true })).await;
    for session in [phone, home] {
        assert_eq!(door.state(session).await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(door.state(other).await, StatusCode::OK);
}
