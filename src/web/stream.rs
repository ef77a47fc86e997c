//! The stream of events of one page: every line of the seat's rooms after a position, then whatever comes, in order.
//!
//! The position is the `seq` of the last line the page has, sent as the event id. The stream marks the wake-up as seen
//! *before* it reads the book: a line written while it reads wakes it again, so none is lost; and it always reads from
//! its position on, so none comes twice.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;

use super::demo::Shown;
use super::room::LineView;
use super::{Seated, Web, header};
use crate::channel::room::Toast;
use crate::channel::room::book::Line;

/// How many lines are read at once.
const BATCH: u32 = 200;

/// How often a silent stream says that it lives; proxies close what is silent for a minute.
const ALIVE_EVERY: Duration = Duration::from_secs(20);

/// How long a page waits before it connects again.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// The query of `/room/events`.
#[derive(Deserialize)]
pub(super) struct Position {
    #[serde(default)]
    after: i64,
}

/// The events `line` (with an id), `toast` and, in the demo, `clock`.
pub(super) async fn events(
    State(web): State<Arc<Web>>,
    seated: Seated,
    Query(from): Query<Position>,
    headers: HeaderMap,
) -> Response {
    // The browser repeats the address it began with and says in the header how far it got since.
    let got = header(&headers, "last-event-id").and_then(|id| id.parse().ok());
    let follower = Follower {
        last: got.unwrap_or(from.after),
        ready: VecDeque::from([Event::default().retry(RETRY_AFTER)]),
        wakes: web.room.wakes(),
        toasts: web.room.toasts(),
        clock: web.demo.as_ref().map(|demo| demo.clock.subscribe()),
        seated,
        web,
    };
    let events = stream::unfold(follower, |mut follower| async {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    // nginx would hold the events back to fill its buffer.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    let alive = KeepAlive::new().interval(ALIVE_EVERY);
    ([unbuffered], Sse::new(events).keep_alive(alive)).into_response()
}

/// One open stream.
struct Follower {
    web: Arc<Web>,
    seated: Seated,
    /// The `seq` of the last line handed out.
    last: i64,
    ready: VecDeque<Event>,
    wakes: watch::Receiver<bool>,
    toasts: broadcast::Receiver<Toast>,
    clock: Option<watch::Receiver<Shown>>,
}

impl Follower {
    /// The next event; `None` when the room is closed, the session has ended or the book cannot be read. The page
    /// connects again then and goes on where it was.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if !*self.wakes.borrow_and_update() {
                return None;
            }
            self.read().await?;
            if self.ready.is_empty() {
                self.wait().await?;
            }
        }
    }

    /// Makes the next lines ready, if the session still holds.
    async fn read(&mut self) -> Option<()> {
        let lines = match self.fetch().await {
            Ok(lines) => lines?,
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "a stream broke off");
                return None;
            }
        };
        let account = &self.seated.seat.account;
        for line in lines {
            self.last = line.seq;
            let event = Event::default().event("line").id(line.seq.to_string());
            self.ready.push_back(event.json_data(LineView::of(line, account)).ok()?);
        }
        Some(())
    }

    async fn fetch(&self) -> anyhow::Result<Option<Vec<Line>>> {
        let book = self.web.room.book();
        let Some(seat) = book.seat(&self.seated.session).await? else {
            return Ok(None);
        };
        let lines = book.lines_after(&seat.account, self.last, BATCH).await?;
        Ok(Some(lines))
    }

    /// Waits until there may be something to hand out; `None` when nothing can come any more.
    async fn wait(&mut self) -> Option<()> {
        tokio::select! {
            woken = self.wakes.changed() => woken.ok(),
            toast = self.toasts.recv() => match toast {
                Ok(toast) => self.pass_on(&toast),
                Err(RecvError::Lagged(_)) => Some(()),
                Err(RecvError::Closed) => None,
            },
            now = moved(&mut self.clock) => {
                let event = Event::default().event("clock");
                self.ready.push_back(event.json_data(now?).ok()?);
                Some(())
            }
        }
    }

    fn pass_on(&mut self, toast: &Toast) -> Option<()> {
        if toast.account == self.seated.seat.account {
            let told = json!({ "nonce": toast.nonce, "text": toast.text });
            let event = Event::default().event("toast");
            self.ready.push_back(event.json_data(told).ok()?);
        }
        Some(())
    }
}

/// The demo's time after its next move; never, where there is no demo.
async fn moved(clock: &mut Option<watch::Receiver<Shown>>) -> Option<Shown> {
    match clock {
        Some(clock) => {
            clock.changed().await.ok()?;
            Some(clock.borrow_and_update().clone())
        }
        None => std::future::pending().await,
    }
}
