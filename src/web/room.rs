//! The page of the room and what it asks for.

use std::sync::Arc;

use axum::extract::{Json, Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use chrono::{DateTime, Utc};
use minijinja::{Environment, context};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Fault, Seated, Web, cookie_for};
use crate::channel::room::book::Line;
use crate::channel::room::{Rewording, Tapping, Words};
use crate::channel::{Button, ChatKind};

/// How many lines of each room an opening page gets.
const LINES: u32 = 50;

/// How many lines a page may ask for.
const LINES_MAX: u32 = 500;

/// The longest name somebody may enter with, in characters.
const NAME_MAX: usize = 40;

/// The media type of scripts.
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The templates, ready to be filled.
pub(super) fn pages() -> Environment<'static> {
    let mut pages = Environment::new();
    pages.add_template("room.html", include_str!("room.html")).expect("the template was tried by the tests");
    super::pages::add_to(&mut pages);
    pages
}

/// The style and the script of the page.
pub(super) async fn asset(Path(name): Path<String>) -> Response {
    let (kind, text) = match name.as_str() {
        "base.css" => ("text/css; charset=utf-8", include_str!("base.css")),
        "pages.css" => ("text/css; charset=utf-8", include_str!("pages/pages.css")),
        "pages.js" => (SCRIPT, include_str!("pages/pages.js")),
        "room.css" => ("text/css; charset=utf-8", include_str!("room.css")),
        "room.js" => (SCRIPT, include_str!("room.js")),
        "lines.js" => (SCRIPT, include_str!("lines.js")),
        "files.js" => (SCRIPT, include_str!("files.js")),
        "page.js" => (SCRIPT, include_str!("page.js")),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], text).into_response()
}

/// The page is the same for everybody and asks for its state itself: the cookie is not sent with a click on a link from
/// another site, but with what the page then asks for.
pub(super) async fn page(State(web): State<Arc<Web>>) -> Result<Html<String>, Fault> {
    let mut groups: Vec<(String, Vec<minijinja::Value>)> = Vec::new();
    if let Some(demo) = &web.demo {
        for (group, seat) in demo.desk.seats().await? {
            let seat = context! { account => seat.account, name => seat.name };
            match groups.last_mut().filter(|(last, _)| *last == group) {
                Some((_, seats)) => seats.push(seat),
                None => groups.push((group, vec![seat])),
            }
        }
    }
    let html = web
        .pages
        .get_template("room.html")
        .and_then(|page| page.render(context! { demo => web.demo.is_some(), groups => groups }));
    Ok(Html(html.map_err(anyhow::Error::from)?))
}

/// The body of `/room/enter`.
#[derive(Deserialize)]
pub(super) struct Entry {
    code: String,
    name: String,
}

/// Redeems an invite code and sets the cookie.
pub(super) async fn enter(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Json(entry): Json<Entry>,
) -> Result<Response, Fault> {
    let (code, name) = (entry.code.trim(), entry.name.trim());
    let name_fits = (1..=NAME_MAX).contains(&name.chars().count());
    if !name_fits || name.chars().any(char::is_control) {
        let text = "请填写姓名,不超过40字";
        return Err(Fault::say(StatusCode::UNPROCESSABLE_ENTITY, text));
    }
    if web.tries.check().is_err() {
        return Err(Fault::say(StatusCode::TOO_MANY_REQUESTS, "试得太多,请过一分钟再试"));
    }
    let session = web.room.book().enter(code, name).await?;
    let Some(session) = session else {
        return Err(Fault::say(StatusCode::FORBIDDEN, "邀请码无效或已使用"));
    };
    let age = web.office.settings.session.num_seconds();
    Ok(with_cookie(&headers, &session, age))
}

/// The body of `/room/leave`.
#[derive(Deserialize)]
pub(super) struct Leaving {
    /// Whether every other device is signed out too.
    #[serde(default)]
    everywhere: bool,
}

/// Ends the session, or all of the person's, and takes the cookie back.
pub(super) async fn leave(
    State(web): State<Arc<Web>>,
    seated: Seated,
    headers: HeaderMap,
    Json(leaving): Json<Leaving>,
) -> Result<Response, Fault> {
    if leaving.everywhere {
        web.room.book().leave_everywhere(&seated.seat.account).await?;
    } else {
        web.room.book().leave(&seated.session).await?;
    }
    Ok(with_cookie(&headers, "", 0))
}

fn with_cookie(headers: &HeaderMap, session: &str, age: i64) -> Response {
    let cookie = cookie_for(headers, session, Some(age));
    ([(SET_COOKIE, cookie)], Json(json!({}))).into_response()
}

/// A line as the page gets it: like [`Line`], without the accounts of others.
#[derive(Serialize)]
pub(super) struct LineView {
    seq: i64,
    id: i64,
    chat: String,
    author: Option<String>,
    mine: bool,
    text: String,
    buttons: Vec<Vec<Button>>,
    files: Vec<FileView>,
    reply_to: Option<i64>,
    at: DateTime<Utc>,
    edited: bool,
}

/// A file as the page gets it: found by line and place, so its hash stays here.
#[derive(Serialize)]
struct FileView {
    name: String,
    size: u64,
}

impl LineView {
    /// The line as the holder of `account` sees it.
    pub(super) fn of(line: Line, account: &str) -> Self {
        let mine = line.author.as_ref().is_some_and(|seat| seat.account == account);
        Self {
            seq: line.seq,
            id: line.id,
            chat: line.chat,
            author: line.author.map(|seat| seat.name),
            mine,
            text: line.text,
            buttons: line.buttons,
            files: line.files.into_iter().map(|file| FileView { name: file.name, size: file.size }).collect(),
            reply_to: line.reply_to,
            at: line.at,
            edited: line.edited,
        }
    }
}

fn views(lines: Vec<Line>, account: &str) -> Vec<LineView> {
    let view = |line| LineView::of(line, account);
    lines.into_iter().map(view).collect()
}

#[derive(Serialize)]
struct RoomView {
    chat: String,
    title: String,
    kind: ChatKind,
    lines: Vec<LineView>,
}

/// Who I am, my rooms with their last lines, and from where to follow.
pub(super) async fn state(State(web): State<Arc<Web>>, seated: Seated) -> Result<Json<Value>, Fault> {
    let seat = &seated.seat;
    let opening = web.room.opening(seat, LINES).await?;
    let rooms: Vec<RoomView> = opening
        .rooms
        .into_iter()
        .map(|(info, lines)| RoomView {
            chat: info.chat,
            title: info.title,
            kind: info.kind,
            lines: views(lines, &seat.account),
        })
        .collect();
    Ok(Json(json!({
        "me": { "account": seat.account, "name": seat.name },
        "rooms": rooms,
        "after": opening.after,
        "now": web.demo.as_ref().map(|demo| demo.desk.now()),
    })))
}

/// The query of `/room/lines`.
#[derive(Deserialize)]
pub(super) struct Which {
    chat: String,
    limit: Option<u32>,
}

/// The last lines of one room, the oldest first.
pub(super) async fn lines(
    State(web): State<Arc<Web>>,
    seated: Seated,
    Query(which): Query<Which>,
) -> Result<Json<Vec<LineView>>, Fault> {
    let limit = which.limit.unwrap_or(LINES).min(LINES_MAX);
    let lines = web.room.recent(&seated.seat, &which.chat, limit).await?;
    Ok(Json(views(lines, &seated.seat.account)))
}

/// Says something; answers with the line.
pub(super) async fn say(
    State(web): State<Arc<Web>>,
    seated: Seated,
    Json(words): Json<Words>,
) -> Result<Json<LineView>, Fault> {
    let line = web.room.say(&seated.seat, words).await?;
    Ok(Json(LineView::of(line, &seated.seat.account)))
}

/// Gives one's own line new words; answers with the line.
pub(super) async fn edit(
    State(web): State<Arc<Web>>,
    seated: Seated,
    Json(new): Json<Rewording>,
) -> Result<Json<LineView>, Fault> {
    let line = web.room.edit_own(&seated.seat, new).await?;
    Ok(Json(LineView::of(line, &seated.seat.account)))
}

/// Taps a button.
pub(super) async fn tap(
    State(web): State<Arc<Web>>,
    seated: Seated,
    Json(tapping): Json<Tapping>,
) -> Result<Json<Value>, Fault> {
    web.room.tap(&seated.seat, tapping).await?;
    Ok(Json(json!({})))
}
