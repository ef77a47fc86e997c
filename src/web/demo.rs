//! The desk of the demo: take any seat, and move the clock.

use std::sync::Arc;

use axum::extract::{Json, State};
use axum::http::StatusCode;
use futures::future::BoxFuture;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{Mutex, watch};

use super::{Fault, Web};
use crate::channel::room::book::Seat;

/// How far to move the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// One hour.
    Hour,
    /// One day.
    Day,
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
}

/// The desk with what the pages need around it.
pub(super) struct Demo {
    pub(super) desk: Arc<dyn DemoDesk>,
    /// The time after the last move, for all open pages.
    pub(super) clock: watch::Sender<String>,
    /// Two visitors who move the clock at once do it one after the other.
    moving: Mutex<()>,
}

impl Demo {
    pub(super) fn new(desk: Arc<dyn DemoDesk>) -> Self {
        let clock = watch::Sender::new(desk.now());
        Self { desk, clock, moving: Mutex::new(()) }
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
pub(super) async fn sit(State(web): State<Arc<Web>>, Json(sit): Json<Sit>) -> Result<Json<Value>, Fault> {
    let session = demo(&web)?.desk.sit(&sit.account).await?;
    let session = session.ok_or_else(|| Fault::say(StatusCode::NOT_FOUND, "没有这个席位"))?;
    Ok(Json(json!({ "seat": session })))
}

/// Answers `{"now": text}` once everything on the way has been said.
pub(super) async fn clock(State(web): State<Arc<Web>>, Json(by): Json<Move>) -> Result<Json<Value>, Fault> {
    let demo = demo(&web)?;
    let _one_at_a_time = demo.moving.lock().await;
    // In a task of its own: a visitor who reloads the page must not stop the clock in the middle of a step.
    let desk = demo.desk.clone();
    tokio::spawn(async move { desk.advance(by.step).await }).await.map_err(anyhow::Error::from)??;
    let now = demo.desk.now();
    demo.clock.send_replace(now.clone());
    Ok(Json(json!({ "now": now })))
}

fn demo(web: &Web) -> Result<&Demo, Fault> {
    let missing = || Fault::say(StatusCode::NOT_FOUND, "未开启演示");
    web.demo.as_ref().ok_or_else(missing)
}
