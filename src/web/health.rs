//! Whether the bot is alive and able, for whatever watches it: `/healthz` for anybody, `/metrics` for this machine or with a token.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, FORWARDED, VIA};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use super::office::Office;
use super::{Web, header};
use crate::health::Stock;
use crate::store::{inbox, letters};

/// How long the one writer may be busy before the database counts as stuck.
const WRITER_MAX: Duration = Duration::from_secs(5);
/// Room on the disk below which the bot is not able, in bytes: some days of an office.
const DISK_MIN: u64 = 64 << 20;
/// The text that Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// 200 `ok`, or 503 with what is wrong, a line each. Says nothing about anybody: all may ask.
pub(super) async fn healthz(State(web): State<Arc<Web>>) -> (StatusCode, String) {
    let mut wrong = Vec::new();
    match tokio::time::timeout(WRITER_MAX, web.office.store.can_write()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::error!(%error, "the database takes nothing");
            wrong.push("the database takes nothing".to_owned());
        }
        Err(_) => wrong.push("the database is held by somebody".to_owned()),
    }
    if web.room.book().line(0).await.is_err() {
        wrong.push("the book cannot be read".to_owned());
    }
    if free(&web.office).is_some_and(|free| free < DISK_MIN) {
        wrong.push("the disk is full".to_owned());
    }
    // The demo and tests turn the wheel themselves.
    if web.demo.is_none() {
        wrong.extend(web.office.health.stuck().map(|which| format!("{} has stopped", which.name())));
    }
    if wrong.is_empty() {
        return (StatusCode::OK, "ok\n".to_owned());
    }
    (StatusCode::SERVICE_UNAVAILABLE, wrong.join("\n") + "\n")
}

/// Room left beside the database, in bytes; `None` where the system does not say.
fn free(office: &Office) -> Option<u64> {
    let folder = office.store.path().parent().filter(|folder| !folder.as_os_str().is_empty());
    let found = rustix::fs::statvfs(folder.unwrap_or(Path::new("."))).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// What is measured, for Prometheus. For programs on this machine, and for whoever shows the token of the settings.
pub(super) async fn metrics(State(web): State<Arc<Web>>, request: Request) -> Response {
    if !may_read(&web.office, &request) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match stock(&web.office).await {
        Ok(stock) => {
            let said = web.office.health.tell(&stock, free(&web.office).unwrap_or_default());
            ([(CONTENT_TYPE, OPEN_METRICS)], said).into_response()
        }
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the measures cannot be told");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn stock(office: &Office) -> anyhow::Result<Stock> {
    let mut conn = office.store.read().await?;
    let letters = letters::counts(&mut conn, office.now().at()).await?;
    Ok(Stock {
        letters: (letters.pending, letters.parked, letters.unknown),
        inbox: inbox::counts(&mut conn).await?,
    })
}

fn may_read(office: &Office, request: &Request) -> bool {
    let from = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let here = from.is_some_and(|ConnectInfo(from)| from.ip().to_canonical().is_loopback());
    // What a proxy on this machine passes on comes from anywhere.
    (here && !is_passed_on(request.headers())) || shows_token(office, request.headers())
}

fn is_passed_on(headers: &HeaderMap) -> bool {
    ["x-forwarded-for", "x-real-ip", FORWARDED.as_str(), VIA.as_str()]
        .into_iter()
        .any(|name| headers.contains_key(name))
}

fn shows_token(office: &Office, headers: &HeaderMap) -> bool {
    let shown = header(headers, AUTHORIZATION.as_str()).and_then(|value| value.strip_prefix("Bearer "));
    // Compared as hashes, so that how long it takes says nothing.
    matches!((shown, &office.settings.metrics_token), (Some(shown), Some(token))
        if Sha256::digest(shown) == Sha256::digest(token))
}
