//! The pages that the bot serves itself: the room, its stream of events, health, and the desk of the demo.
//!
//! Everything comes from this server and nothing is inline, so the strict content policy below costs nothing. A request
//! that changes something must come from one of our own pages.

mod api;
pub mod demo;
mod files;
mod health;
pub mod office;
mod pages;
mod room;
mod stream;
#[cfg(test)]
mod tests;

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Query, Request};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use minijinja::Environment;
use serde::Deserialize;

use self::demo::Demo;
pub use self::demo::{DemoDesk, How};
use self::office::Office;
use crate::channel::room::book::Seat;
use crate::channel::room::{Refusal, Room, RoomError};
/// The cookie that holds the session token.
const COOKIE_NAME: &str = "duban_seat";

/// The header that holds the session token in the demo, where every tab has a seat of its own.
const SEAT_HEADER: &str = "x-duban-seat";

/// The largest body of a request, in bytes: the longest text with every character escaped.
const BODY_MAX: usize = 64 * 1024;

/// Codes that may be tried at the door in a minute, by everybody together: they are handed out one by one, and a proxy in front
/// hides who tries.
const TRIES: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// What the browser may load and where it may be shown.
const CONTENT_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'; object-src 'none'";

/// What the handlers share.
struct Web {
    room: Arc<Room>,
    demo: Option<Demo>,
    office: Office,
    /// Codes that are tried at the door.
    tries: DefaultDirectRateLimiter,
    /// Questions over the interface.
    gate: api::Gate,
    pages: Environment<'static>,
}

/// The room and the pages of an office. With a `demo` desk anybody may take any seat and move the clock.
pub fn router(room: Arc<Room>, office: Office, demo: Option<Arc<dyn DemoDesk>>) -> Router {
    let mut acts = Router::new()
        .route("/room/enter", post(room::enter))
        .route("/room/leave", post(room::leave))
        .route("/room/say", post(room::say))
        .route("/room/edit", post(room::edit))
        .route("/room/tap", post(room::tap))
        .route("/papers/{id}", post(pages::acts::act));
    if demo.is_some() {
        acts = acts
            .route("/demo/sit", post(demo::sit))
            .route("/demo/clock", post(demo::clock))
            .route("/demo/play", post(demo::play));
    }
    let reads = Router::new()
        .merge(pages::routes())
        .merge(api::routes())
        .route("/room", get(room::page))
        .route("/room/state", get(room::state))
        .route("/room/lines", get(room::lines))
        .route("/room/events", get(stream::events))
        .route("/room/file/{line}/{place}", get(files::give))
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/assets/{name}", get(room::asset));
    let upload_max = usize::try_from(office.settings.evidence.size_max).unwrap_or(usize::MAX);
    let uploads = Router::new()
        .route("/room/file", post(files::bring))
        .layer(from_fn(files::own_uploads_only))
        .layer(DefaultBodyLimit::max(upload_max));
    let web = Web {
        room,
        demo: demo.map(Demo::new),
        office,
        tries: RateLimiter::direct(Quota::per_minute(TRIES)),
        gate: api::Gate::new(),
        pages: room::pages(),
    };
    acts.layer(from_fn(own_pages_only))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .merge(uploads)
        .merge(reads)
        .layer(map_response(with_safe_headers))
        .with_state(Arc::new(web))
}

/// Refuses a request that another site's page made the browser send.
async fn own_pages_only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let is_json =
        header(headers, CONTENT_TYPE.as_str()).is_some_and(|kind| kind.starts_with("application/json"));
    if !is_json {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    if !is_same_origin(headers) {
        return Fault::say(StatusCode::FORBIDDEN, "请从本页面操作").into_response();
    }
    next.run(request).await
}

/// Browsers send `Sec-Fetch-Site` over https and to localhost only; over plain http on the intranet there is `Origin`.
fn is_same_origin(headers: &HeaderMap) -> bool {
    if let Some(site) = header(headers, "sec-fetch-site") {
        return site == "same-origin";
    }
    let origin = header(headers, ORIGIN.as_str()).and_then(|origin| origin.split_once("://"));
    matches!((origin, header(headers, HOST.as_str())), (Some((_, from)), Some(host)) if from == host)
}

async fn with_safe_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// Who asks. A request without a valid session is answered 401 before the handler sees it.
struct Seated {
    seat: Seat,
    session: String,
}

#[derive(Deserialize)]
struct SeatQuery {
    seat: Option<String>,
}

impl FromRequestParts<Arc<Web>> for Seated {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Fault> {
        let no_seat = || Fault::say(StatusCode::UNAUTHORIZED, "请先进入聊天室");
        let session = session_of(parts, web.demo.is_some()).ok_or_else(no_seat)?;
        let seat = web.room.book().seat(&session).await?.ok_or_else(no_seat)?;
        Ok(Self { seat, session })
    }
}

/// The session token of a request: from the cookie; in the demo first from what the tab says, by header or (a stream of
/// events cannot set headers) in the query.
fn session_of(parts: &Parts, demo: bool) -> Option<String> {
    if demo {
        let by_tab = header(&parts.headers, SEAT_HEADER).map(str::to_owned).or_else(|| seat_in_query(parts));
        if by_tab.is_some() {
            return by_tab;
        }
    }
    let cookies = parts.headers.get_all(COOKIE).iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| (name == COOKIE_NAME).then(|| value.to_owned()))
}

/// The seat that an address of the demo names.
fn seat_in_query(parts: &Parts) -> Option<String> {
    Query::<SeatQuery>::try_from_uri(&parts.uri).ok()?.0.seat
}

/// The cookie of a session, for so many seconds, or until the browser is closed.
fn cookie_for(headers: &HeaderMap, session: &str, age: Option<i64>) -> String {
    // On an intranet without https a secure cookie would never come back.
    let https = header(headers, ORIGIN.as_str()).is_some_and(|origin| origin.starts_with("https://"));
    let secure = if https { "; Secure" } else { "" };
    let age = age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    format!("{COOKIE_NAME}={session}; HttpOnly; SameSite=Strict; Path=/{age}{secure}")
}

/// An answer that tells the person what is wrong.
struct Fault {
    status: StatusCode,
    text: &'static str,
}

impl Fault {
    fn say(status: StatusCode, text: &'static str) -> Self {
        Self { status, text }
    }
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        tracing::error!(error = format!("{error:#}"), "a request to the room failed");
        Self::say(StatusCode::SERVICE_UNAVAILABLE, "系统忙,请稍后再试")
    }
}

impl From<RoomError> for Fault {
    fn from(error: RoomError) -> Self {
        match error {
            RoomError::Failed(error) => error.into(),
            RoomError::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let (status, text) = match refusal {
            Refusal::NoRoom => (StatusCode::NOT_FOUND, "没有这个会话"),
            Refusal::NoLine => (StatusCode::NOT_FOUND, "没有这条消息"),
            Refusal::NotYours => (StatusCode::FORBIDDEN, "只能修改自己的消息"),
            Refusal::NoFile => (StatusCode::NOT_FOUND, "没有这个文件"),
            Refusal::TooManyFiles => (StatusCode::UNPROCESSABLE_ENTITY, "一次最多发9个文件"),
            Refusal::NoButton => (StatusCode::CONFLICT, "这个按钮已失效"),
            Refusal::Empty => (StatusCode::UNPROCESSABLE_ENTITY, "内容不能为空"),
            Refusal::TooLong => (StatusCode::UNPROCESSABLE_ENTITY, "内容过长,最多4000字"),
            Refusal::BadNonce => (StatusCode::UNPROCESSABLE_ENTITY, "请求有误,请刷新页面"),
        };
        Self::say(status, text)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let body = Json(serde_json::json!({ "error": self.text }));
        (self.status, body).into_response()
    }
}
