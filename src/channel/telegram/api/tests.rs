//! One call against servers that answer well, badly, late or not at all.

use teloxide::payloads::GetMe;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

const TOKEN: &str = "123456789:AAF7-g0gYncWnm5Iy";

fn api(address: &str) -> Api {
    let url = Url::parse(address).expect("a test writes a URL");
    Api::new(Secret::new(TOKEN), Some(url)).expect("a test gives a token")
}

/// What becomes of one call to a server that reads the request and writes `answer`, or nothing at all and waits.
async fn meeting(answer: Option<&str>) -> Result<Answer<serde_json::Value>, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let api = api(&format!("http://{}", listener.local_addr().expect("bound")));
    let server = async {
        let (mut socket, _) = listener.accept().await.expect("one connection");
        let read = socket.read(&mut [0; 4096]).await.expect("a request");
        assert!(read > 0);
        match answer {
            Some(answer) => socket.write_all(answer.as_bytes()).await.expect("an answer"),
            None => std::future::pending().await,
        }
    };
    let payload = GetMe::new();
    let call = api.call(&payload, Duration::from_millis(200));
    tokio::pin!(call);
    tokio::select! {
        outcome = &mut call => outcome,
        () = server => call.await,
    }
}

#[tokio::test]
async fn a_request_that_is_not_answered_in_time_has_an_unknown_fate() {
    assert!(matches!(meeting(None).await, Err(Failure::NoAnswer(why)) if why.contains("timed out")));
}

#[tokio::test]
async fn a_connection_closed_without_an_answer_has_an_unknown_fate() {
    assert!(matches!(meeting(Some("")).await, Err(Failure::NoAnswer(_))));
}

#[tokio::test]
async fn an_answer_cut_in_the_middle_has_an_unknown_fate() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true";
    assert!(matches!(meeting(Some(cut)).await, Err(Failure::NoAnswer(_))));
}

#[tokio::test]
async fn the_clock_of_the_platform_is_read() {
    let body = "HTTP/1.1 200 OK\r\nDate: Mon, 27 Jun 2022 01:00:00 GMT\r\nContent-Length: 22\r\n\r\n{\"ok\":true,\"result\":1} ";
    let answer = meeting(Some(body)).await.expect("an answer");
    assert_eq!(answer.at.map(|at| at.to_rfc3339()).as_deref(), Some("2022-06-27T01:00:00+00:00"));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let body =
        "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
    assert!(matches!(meeting(Some(body)).await, Err(Failure::Unreadable { status: 307, .. })));
}

#[tokio::test]
async fn a_refused_connection_never_left() {
    let payload = GetMe::new();
    let outcome: Result<Answer<()>, _> = api("http://127.0.0.1:1").call(&payload, CALL_TIMEOUT).await;
    assert!(
        matches!(outcome, Err(Failure::NotSent(why)) if why.contains("refused") && !why.contains("AAF7"))
    );
}

#[test]
fn the_token_is_masked_in_whatever_the_other_side_says() {
    let api = api("http://h");
    let html = format!("<html>\n  no such page: /bot{TOKEN}/GetMe</html>");
    let outcome = api.read::<()>(StatusCode::NOT_FOUND, html.as_bytes()).expect_err("no JSON");
    assert_eq!(
        outcome.to_string(),
        "unreadable answer with status 404: <html> no such page: /bot***/GetMe</html>"
    );
}

#[test]
fn a_prefix_in_the_address_is_kept() {
    for address in ["http://h/tg", "http://h/tg/"] {
        assert_eq!(api(address).method_url("GetMe").path(), format!("/tg/bot{TOKEN}/GetMe"));
    }
}

#[test]
fn an_empty_token_and_an_odd_address_are_refused_at_once() {
    assert!(Api::new(Secret::new("  "), None).is_err());
    assert!(Api::new(Secret::new(TOKEN), Some(Url::parse("mailto:a@b").expect("a URL"))).is_err());
}
