//! Whether the server is up and can read its book, for whatever watches it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use super::Web;

/// 200 `ok`, or 503 while the book cannot be read. Says nothing else: anybody may ask.
pub(super) async fn healthz(State(web): State<Arc<Web>>) -> (StatusCode, &'static str) {
    match web.room.book().line(0).await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the book cannot be read\n"),
    }
}
