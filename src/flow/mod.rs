//! The wheel: tick → outbox → delivery → channel, and channel → inbox → desk → outbox.
//!
//! Each step does one small thing and says whether it did something. Production runs them in loops that wait to be
//! woken; tests and the demo call [`Wheel::settle`]. The write transaction is never held across a network call.

pub mod delivery;
pub mod desk;
pub mod intake;
mod pace;
mod taps;
pub mod tick;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::{Mutex, Notify};
use tokio_util::sync::CancellationToken;

use crate::channel::Channel;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::now::Now;
use crate::store::{Store, letters};

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
    pace: pace::Paces,
    wake: Arc<Notify>,
    turning: Mutex<()>,
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
        Wheel {
            store,
            settings,
            clock,
            channels,
            pace,
            wake,
            turning: Mutex::new(()),
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
        while self.turn().await?.did {}
        Ok(())
    }

    /// One turn: everybody does one piece of work. A failure of one does not keep the others from theirs.
    async fn turn(&self) -> anyhow::Result<Turned> {
        // One turn at a time: whoever moves the demo's clock turns the same wheel.
        let _turning = self.turning.lock().await;
        let heard = desk::step(self).await;
        let ticked = tick::step(self).await;
        let sent = delivery::step(self).await;
        let wait = match &sent {
            Ok(delivery::Turn::Waits(wait)) => *wait,
            _ => LOOK_AGAIN,
        };
        let did = matches!(heard, Ok(true))
            || matches!(ticked, Ok(true))
            || matches!(sent, Ok(delivery::Turn::Sent));
        let forgotten = if did { Ok(()) } else { self.forget().await };
        match heard.and(ticked).and(sent.map(|_| false)).and(forgotten) {
            Err(error) if !did => Err(error),
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "a step of the wheel failed");
                Ok(Turned { did, wait })
            }
            Ok(()) => Ok(Turned { did, wait }),
        }
    }

    /// Sees to it that words of which nothing came are nowhere on disk any more.
    async fn forget(&self) -> anyhow::Result<()> {
        if self.to_forget.load(Ordering::Relaxed) && self.store.empty_log().await? {
            self.to_forget.store(false, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Turns until `stop`; what is under way is finished first, what waits stays for the next start.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            // Taken before looking: what comes in while we look wakes us at once.
            let woken = self.wake.notified();
            let wait = match self.turn().await {
                Ok(turned) if turned.did => continue,
                Ok(turned) => turned.wait.min(LOOK_AGAIN),
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "the wheel stopped turning; trying again");
                    self.free_letters().await;
                    AFTER_FAILURE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = woken => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// After a failure nothing is under way any more: letters that were go again.
    async fn free_letters(&self) {
        let freed = async {
            let mut tx = self.store.write().await?;
            letters::take_back_unfinished(&mut tx).await?;
            tx.commit().await
        };
        if let Err(error) = freed.await {
            tracing::error!(%error, "letters that were under way could not be freed");
        }
    }
}

/// What a turn came to.
struct Turned {
    did: bool,
    /// How long to wait where nothing was done.
    wait: Duration,
}
