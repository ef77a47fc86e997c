//! The interface for other systems: what it answers is what its description says, and what it must not tell it does not.

use duban::app::demo::{HEAD, STAFF};
use duban::app::players::say;
use duban::app::tokens;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Map, Value};

use crate::served::Served;

/// Another system with a token.
struct Oa<'a> {
    client: Client,
    served: &'a Served,
    token: String,
}

impl<'a> Oa<'a> {
    async fn of(served: &'a Served, name: &str, unit: Option<&str>) -> Oa<'a> {
        let demo = &served.demo;
        let token = tokens::make(demo.store(), &demo.now(), name, unit).await.expect("a token");
        let client = Client::builder().no_proxy().build().expect("a client");
        Oa { client, served, token }
    }

    async fn get(&self, path: &str) -> Response {
        let url = format!("{}/api/v1{path}", self.served.url);
        self.client.get(url).bearer_auth(&self.token).send().await.expect("an answer")
    }

    async fn reads(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.expect("JSON")
    }
}

/// Holds an answer against its schema: every field of one stands in the other.
fn fits(all: &Value, schema: &Value, answer: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().expect("a name");
        return fits(all, &all["components"]["schemas"][name], answer, at);
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let kind = match answer {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Number(number) if number.is_f64() || kinds.contains(&"number") => "number",
        Value::Number(_) => "integer",
    };
    assert!(kinds.contains(&kind), "{at} is {kind}, and not {kinds:?}");
    if let (Some(words), Some(word)) = (schema["enum"].as_array(), answer.as_str()) {
        assert!(words.iter().any(|known| known == word), "{at} says {word}");
    }
    match answer {
        Value::Array(all_of_it) => {
            for one in all_of_it {
                fits(all, &schema["items"], one, at);
            }
        }
        Value::Object(fields) => {
            let empty = Map::new();
            let known = schema["properties"].as_object().unwrap_or(&empty);
            let (told, described): (Vec<_>, Vec<_>) = (fields.keys().collect(), known.keys().collect());
            assert_eq!(told, described, "the fields of {at}");
            for (name, value) in fields {
                fits(all, &known[name], value, &format!("{at}.{name}"));
            }
        }
        _ => {}
    }
}

/// Signs a board in the room.
async fn sign_a_board(served: &Served) {
    let demo = &served.demo;
    for (at, unit) in ["东风镇", "永胜镇", "新华镇"].into_iter().enumerate() {
        for (act, order) in
            [format!("代报 {unit} #16.4 已办结"), format!("销号 16.4 {unit} 齐全")].iter().enumerate()
        {
            say(demo, STAFF, "ducha", order, format!("before-{at}-{act}")).await.expect("said");
            demo.app.wheel.settle().await.expect("heard");
        }
    }
    for (at, local, account, order) in [
        (1, "2022-07-04T10:00:00", STAFF, "榜 乡镇排序榜 二季度"),
        (2, "2022-07-04T10:01:00", STAFF, "榜 部门红黑榜 二季度"),
        (3, "2022-07-04T10:02:00", HEAD, "公示 1"),
        (4, "2022-07-11T10:00:00", HEAD, "签发 1"),
    ] {
        demo.clock.set(demo.now().instant_of(local.parse().expect("a time")));
        demo.app.wheel.settle().await.expect("the wheel turns");
        say(demo, account, "ducha", order, format!("the-order-{at}")).await.expect("said");
        demo.app.wheel.settle().await.expect("heard");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_answer_is_as_its_description_says() {
    let served = Served::open().await;
    sign_a_board(&served).await;
    let oa = Oa::of(&served, "政务OA", None).await;
    let described = oa.reads("/openapi.json").await;
    assert_eq!(described["openapi"], "3.1.0");
    let asked = [
        ("/openapi.json", "/openapi.json"),
        ("/tasks", "/tasks"),
        ("/tasks/{no}", "/tasks/16"),
        ("/filings", "/filings?task=16"),
        ("/boards", "/boards"),
    ];
    let paths: Vec<&str> =
        described["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    let mut known: Vec<&str> = asked.iter().map(|(path, _)| *path).collect();
    known.sort_unstable();
    assert_eq!(paths, known, "every address is described, and asked here");
    for (path, question) in asked.into_iter().filter(|(path, _)| *path != "/openapi.json") {
        let answer = oa.reads(question).await;
        let get = &described["paths"][path]["get"];
        let schema = &get["responses"]["200"]["content"]["application/json"]["schema"];
        fits(&described, schema, &answer, path);
    }
    let boards = oa.reads("/boards").await;
    let boards = boards["boards"].as_array().expect("a list");
    assert_eq!(boards.len(), 1, "only what was signed");
    assert!(boards[0]["rows"].as_array().is_some_and(|rows| !rows.is_empty()));
    for (status, question) in [
        (StatusCode::UNPROCESSABLE_ENTITY, "/filings"),
        (StatusCode::UNPROCESSABLE_ENTITY, "/tasks?after=x"),
        (StatusCode::NOT_FOUND, "/tasks/9999"),
        (StatusCode::NOT_FOUND, "/filings?unit=nowhere"),
    ] {
        let answer = oa.get(question).await;
        assert_eq!(answer.status(), status, "{question}");
        fits(
            &described,
            &described["components"]["schemas"]["Fault"],
            &answer.json().await.expect("JSON"),
            question,
        );
    }
    served.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_reads_its_part_until_it_is_revoked_and_changes_nothing() {
    let served = Served::open().await;
    let (all, own) = (Oa::of(&served, "甲", None).await, Oa::of(&served, "乙", Some("县发改局")).await);
    let count = |answer: &Value| answer["tasks"].as_array().expect("a list").len();
    let (every, part) = (all.reads("/tasks").await, own.reads("/tasks").await);
    assert!(count(&part) > 0 && count(&part) < count(&every), "a unit's part");
    let mut paged = 0;
    let mut after = Some(0);
    while let Some(from) = after {
        let page = all.reads(&format!("/tasks?limit=20&after={from}")).await;
        paged += count(&page);
        after = page["next"].as_i64();
    }
    assert_eq!(paged, count(&every), "page by page nothing is lost or doubled");
    assert_eq!(own.get("/filings?unit=县财政局").await.status(), StatusCode::NOT_FOUND);
    for one in own.reads("/tasks/7").await["filings"].as_array().expect("a list") {
        assert_eq!(one["owner"], "县发改局");
    }

    // What is confidential does not exist for a machine elsewhere.
    let mut tx = served.demo.store().write().await.expect("a write");
    sqlx::query("update task set confidential = 1 where task_id = 7")
        .execute(&mut *tx)
        .await
        .expect("changed");
    tx.commit().await.expect("written");
    assert_eq!(all.get("/tasks/7").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(all.reads("/filings?task=7").await["filings"], Value::Array(Vec::new()));
    assert_eq!(count(&all.reads("/tasks").await), count(&every) - 1);

    // Nothing but reading; nothing without the token, and nothing with one that is out of use.
    let url = format!("{}/api/v1/tasks", served.url);
    let posted = all.client.post(&url).bearer_auth(&all.token).send().await.expect("an answer");
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
    let flipped = format!("{}0", &all.token[..all.token.len() - 1]);
    for token in ["", "duban_1_", "duban_99_aa", flipped.as_str()] {
        let answer = all.client.get(&url).bearer_auth(token).send().await.expect("an answer");
        let is_same = token == all.token;
        assert!(is_same || answer.status() == StatusCode::UNAUTHORIZED, "{token}");
    }
    tokens::revoke(served.demo.store(), &served.demo.now(), "甲").await.expect("revoked");
    assert_eq!(all.get("/tasks").await.status(), StatusCode::UNAUTHORIZED);
    let mut conn = served.demo.store().read().await.expect("a reader");
    let kept: Vec<(String,)> =
        sqlx::query_as("select secret_hash from api_token").fetch_all(&mut *conn).await.expect("hashes");
    let secret = all.token.rsplit('_').next().expect("a secret");
    assert!(kept.iter().all(|(hash,)| hash != secret && hash.len() == 64), "only a hash is kept");
    drop(conn);

    // Somebody who asks without end is told to wait; wrong tokens hold nobody else up.
    let mut status = StatusCode::OK;
    for _ in 0..200 {
        status = own.get("/boards").await.status();
        if status != StatusCode::OK {
            break;
        }
    }
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    served.close().await;
}
