//! The wheel: tick → outbox → delivery → channel, and channel → inbox → desk → outbox.
//!
//! Each step does one small thing and says whether it did something. Production runs them in loops that wait to be
//! woken; tests and the demo call [`Wheel::settle`]. The write transaction is never held across a network call.

pub mod delivery;
pub mod desk;
pub mod documents;
mod edits;
mod endings;
pub mod evidence;
pub mod front;
pub mod intake;
mod pace;
mod people;
mod taps;
mod texts;
pub mod tick;
mod upkeep;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::futures::Notified;
use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;

use crate::channel::Channel;
use crate::clock::{Clock, Stopwatch};
use crate::config::Settings;
use crate::domain::now::Now;
use crate::flow::delivery::Turn;
use crate::health::{Health, Loop};
use crate::store::Store;
use crate::store::files::Files;

/// How long the wheel waits before it looks again without being woken: polling is the guarantee, waking the haste.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// The wait after a failure of our own, so that a broken disk does not fill the log.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// Everything the wheel turns with.
pub struct Wheel {
    /// The database.
    pub store: Store,
    /// The office's settings.
    pub settings: Arc<Settings>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The platforms.
    pub channels: Vec<Arc<dyn Channel>>,
    /// The folder of files.
    pub files: Files,
    /// What is measured of it.
    pub health: Arc<Health>,
    pace: pace::Paces,
    wake: Arc<Notify>,
    /// Rung when there may be letters to send.
    outgoing: Notify,
    /// Rung when there may be files to fetch.
    arrived: Notify,
    deciding: Mutex<()>,
    sending: Mutex<()>,
    /// Whether the last turn of delivery failed: letters may count as under way that are not. Freeing them may fail, too,
    /// and is tried until it succeeds.
    interrupted: AtomicBool,
    /// What became of letters and could not be noted yet.
    unnoted: Mutex<Vec<delivery::Outcome>>,
    /// Whether words that are not kept may still lie in the database's log; so after a start.
    to_forget: AtomicBool,
}

impl Wheel {
    /// Puts the wheel together. `wake` is rung whenever something came in.
    pub fn new(
        store: Store,
        settings: Arc<Settings>,
        clock: Arc<dyn Clock>,
        channels: Vec<Arc<dyn Channel>>,
        wake: Arc<Notify>,
    ) -> Wheel {
        let pace = pace::Paces::of(&channels);
        let files = Files::at(&settings.files);
        Wheel {
            store,
            settings,
            clock,
            channels,
            files,
            health: Arc::default(),
            pace,
            wake,
            outgoing: Notify::new(),
            arrived: Notify::new(),
            deciding: Mutex::new(()),
            sending: Mutex::new(()),
            interrupted: AtomicBool::new(false),
            unnoted: Mutex::default(),
            to_forget: AtomicBool::new(true),
        }
    }

    /// Reads the clock, once a turn.
    pub fn now(&self) -> Now {
        Now::new(self.clock.now(), self.settings.zone)
    }

    /// A platform by its name.
    pub fn channel(&self, name: &str) -> Option<&dyn Channel> {
        self.channels.iter().find(|channel| channel.name() == name).map(AsRef::as_ref)
    }

    /// Does everything there is to do now: until nobody has anything left.
    pub async fn settle(&self) -> anyhow::Result<()> {
        loop {
            // All of it is decided before anything is sent, so that a card holds everything there is to say.
            while self.decide().await? {}
            while evidence::step(self).await? {}
            while upkeep::forget(self).await? {}
            while Box::pin(documents::step(self)).await? {}
            if self.send().await? != Turn::Sent {
                return self.forget().await;
            }
        }
    }

    /// Turns until `stop`; what is under way is finished first, what waits stays for the next start. Deciding and sending
    /// turn beside each other, so that a slow platform keeps nobody from being heard.
    pub async fn run(&self, stop: CancellationToken) {
        tokio::join!(self.keep_deciding(&stop), self.keep_sending(&stop), self.keep_fetching(&stop));
    }

    /// Files come beside everything else: a large one holds up nobody's answer.
    async fn keep_fetching(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let woken = self.arrived.notified();
            let wait = match stop.run_until_cancelled(self.fetch()).await {
                Some(Ok(true)) => {
                    self.outgoing.notify_one();
                    continue;
                }
                Some(Ok(false)) => LOOK_AGAIN,
                Some(Err(error)) => failed(error),
                None => return,
            };
            rest(stop, woken, wait).await;
        }
    }

    /// Takes files and documents a step further, and forgets what is old.
    async fn fetch(&self) -> anyhow::Result<bool> {
        Ok(evidence::step(self).await?
            || Box::pin(documents::step(self)).await?
            || upkeep::forget(self).await?)
    }

    async fn keep_deciding(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            // Taken before looking: what comes in while we look wakes us at once.
            let woken = self.wake.notified();
            let decided = self.decide().await;
            if decided.is_ok() {
                self.health.turned(Loop::Deciding);
            }
            let wait = match decided {
                Ok(true) => continue,
                Ok(false) => self.forget().await.map_or_else(failed, |()| LOOK_AGAIN),
                Err(error) => failed(error),
            };
            rest(stop, woken, wait).await;
        }
    }

    async fn keep_sending(&self, stop: &CancellationToken) {
        while !stop.is_cancelled() {
            let woken = self.outgoing.notified();
            let sent = self.send().await;
            if sent.is_ok() {
                self.health.turned(Loop::Sending);
            }
            for channel in &self.channels {
                self.health.channel(channel.name(), channel.is_up());
            }
            let wait = match sent {
                Ok(Turn::Sent) => continue,
                Ok(Turn::Waits(wait)) => wait.min(LOOK_AGAIN),
                Ok(Turn::Idle) => LOOK_AGAIN,
                Err(error) => failed(error),
            };
            rest(stop, woken, wait).await;
        }
    }

    /// The desk, the tick and the day's line about the bot do one piece of work each; a failure of one does not keep the
    /// others from their own. True if there was any work.
    async fn decide(&self) -> anyhow::Result<bool> {
        // One at a time: whoever moves the demo's clock turns the same wheel.
        let _deciding = self.deciding.lock().await;
        let heard = desk::step(self).await;
        let watch = Stopwatch::start();
        let ticked = tick::step(self).await;
        self.health.ticked(watch.elapsed());
        let told = upkeep::tell(self).await;
        let did = [&heard, &ticked, &told].into_iter().any(|step| matches!(step, Ok(true)));
        if did {
            self.outgoing.notify_one();
            self.arrived.notify_one();
        }
        heard.and(ticked).and(told).map(|_| did)
    }

    async fn send(&self) -> anyhow::Result<Turn> {
        let _sending = self.sending.lock().await;
        if self.interrupted.load(Ordering::Relaxed) {
            delivery::note(self, Vec::new()).await?;
            self.free_letters().await?;
            self.interrupted.store(false, Ordering::Relaxed);
        }
        let sent = delivery::step(self).await;
        self.interrupted.store(sent.is_err(), Ordering::Relaxed);
        sent
    }

    /// Sees to it that words of which nothing came are nowhere on disk any more.
    async fn forget(&self) -> anyhow::Result<()> {
        if self.to_forget.load(Ordering::Relaxed) && self.store.empty_log().await? {
            self.to_forget.store(false, Ordering::Relaxed);
        }
        Ok(())
    }

    /// After a failure nothing is under way any more: letters that were go again.
    async fn free_letters(&self) -> anyhow::Result<()> {
        let mut tx = self.store.write().await?;
        delivery::take_back_unfinished(&mut tx, &self.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Logs a failure of our own, and how long to wait after it.
#[expect(clippy::needless_pass_by_value, reason = "handed over by map_or_else")]
fn failed(error: anyhow::Error) -> Duration {
    tracing::error!(error = format!("{error:#}"), "the wheel stopped turning; trying again");
    AFTER_FAILURE
}

/// Waits to be woken or told to stop, at most so long.
async fn rest(stop: &CancellationToken, woken: Notified<'_>, wait: Duration) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = woken => {}
        () = tokio::time::sleep(wait) => {}
    }
}
