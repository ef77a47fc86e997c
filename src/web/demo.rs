//! The desk of the demo: take any seat, and move the clock.

use std::sync::Arc;

use axum::extract::{Json, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{Mutex, watch};

use super::{Fault, Web, cookie_for};
use crate::channel::room::book::Seat;

/// How far to move the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// One hour.
    Hour,
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// Until the next card has gone out.
    Card,
}

/// What the demo lets a visitor do.
pub trait DemoDesk: Send + Sync {
    /// The demo's local time, as people read it.
    fn now(&self) -> String;

    /// All seats, each with the unit or team it is shown under; seats of one group stand together, the office first.
    fn seats(&self) -> BoxFuture<'_, anyhow::Result<Vec<(String, Seat)>>>;

    /// Opens a session on a seat and gives its token; `None` where there is no such account.
    fn sit(&self, account: &str) -> BoxFuture<'_, anyhow::Result<Option<String>>>;

    /// Moves the clock and does what falls due on the way; done when everything has been said.
    fn advance(&self, how: How) -> BoxFuture<'_, anyhow::Result<()>>;

    /// Plays the next workday, with units that answer by themselves and an office that decides; false once the year is over.
    fn play(&self) -> BoxFuture<'_, anyhow::Result<bool>>;
}

/// The desk with what the pages need around it.
pub(super) struct Demo {
    pub(super) desk: Arc<dyn DemoDesk>,
    /// The time after the last move, for all open pages.
    pub(super) clock: watch::Sender<Shown>,
    /// Two visitors who move the clock at once do it one after the other.
    moving: Mutex<()>,
}

/// What the pages show of the clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Shown {
    now: String,
    /// Whether days are being played.
    playing: bool,
}

impl Demo {
    pub(super) fn new(desk: Arc<dyn DemoDesk>) -> Self {
        let clock = watch::Sender::new(Shown { now: desk.now(), playing: false });
        Self { desk, clock, moving: Mutex::new(()) }
    }

    /// Tells all open pages the time.
    fn show(&self) {
        self.clock.send_modify(|shown| shown.now = self.desk.now());
    }

    /// Plays day after day until somebody stops it or the year is over.
    async fn play(&self) {
        while self.clock.borrow().playing {
            let _one_at_a_time = self.moving.lock().await;
            let goes_on = self.desk.play().await.unwrap_or_else(|error| {
                tracing::error!(error = format!("{error:#}"), "the play broke off");
                false
            });
            self.clock.send_modify(|shown| {
                shown.now = self.desk.now();
                shown.playing &= goes_on;
            });
        }
    }
}

/// The body of `/demo/sit`.
#[derive(Deserialize)]
pub(super) struct Sit {
    account: String,
}

/// The body of `/demo/clock`.
#[derive(Deserialize)]
pub(super) struct Move {
    step: How,
}

/// Answers `{"seat": token}`.
pub(super) async fn sit(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    Json(sit): Json<Sit>,
) -> Result<Response, Fault> {
    let session = demo(&web)?.desk.sit(&sit.account).await?;
    let session = session.ok_or_else(|| Fault::say(StatusCode::NOT_FOUND, "没有这个席位"))?;
    // The cookie is for the pages: every tab of the room has a seat of its own.
    let cookie = cookie_for(&headers, &session, None);
    Ok(([(SET_COOKIE, cookie)], Json(json!({ "seat": session }))).into_response())
}

/// Answers `{"now": text}` once everything on the way has been said.
pub(super) async fn clock(State(web): State<Arc<Web>>, Json(by): Json<Move>) -> Result<Json<Shown>, Fault> {
    let demo = demo(&web)?;
    let _one_at_a_time = demo.moving.lock().await;
    // In a task of its own: a visitor who reloads the page must not stop the clock in the middle of a step.
    let desk = demo.desk.clone();
    tokio::spawn(async move { desk.advance(by.step).await }).await.map_err(anyhow::Error::from)??;
    demo.show();
    let shown = demo.clock.borrow().clone();
    Ok(Json(shown))
}

/// The body of `/demo/play`.
#[derive(Deserialize)]
pub(super) struct Play {
    on: bool,
}

/// Begins to play, or stops after the present day.
pub(super) async fn play(State(web): State<Arc<Web>>, Json(play): Json<Play>) -> Result<Json<Value>, Fault> {
    let demo = demo(&web)?;
    let changed =
        demo.clock.send_if_modified(|shown| std::mem::replace(&mut shown.playing, play.on) != play.on);
    if changed && play.on {
        let web = web.clone();
        tokio::spawn(async move {
            if let Some(demo) = &web.demo {
                demo.play().await;
            }
        });
    }
    Ok(Json(json!({})))
}

fn demo(web: &Web) -> Result<&Demo, Fault> {
    let missing = || Fault::say(StatusCode::NOT_FOUND, "未开启演示");
    web.demo.as_ref().ok_or_else(missing)
}
