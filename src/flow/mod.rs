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
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::channel::Channel;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::now::Now;
use crate::store::Store;

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
        Wheel { store, settings, clock, channels, pace, wake }
    }

    /// Reads the clock, once a turn.
    pub fn now(&self) -> Now {
        Now::new(self.clock.now(), self.settings.zone)
    }

    /// Does everything there is to do now: until nobody has anything left.
    pub async fn settle(&self) -> anyhow::Result<()> {
        loop {
            let heard = desk::step(self).await?;
            let ticked = tick::step(self).await?;
            let sent = delivery::step(self).await?;
            if !heard && !ticked && !sent {
                return Ok(());
            }
        }
    }

    /// Turns until `stop`; what is under way is finished first.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            // Taken before looking: what comes in while we look wakes us at once.
            let woken = self.wake.notified();
            let wait = match self.settle().await {
                Ok(()) if delivery::is_paced(self).await.unwrap_or(false) => delivery::PACED,
                Ok(()) => LOOK_AGAIN,
                Err(error) => {
                    tracing::error!(error = format!("{error:#}"), "the wheel stopped turning; trying again");
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
}
