//! What the pages read from: the office's database, settings and clock.

use std::sync::Arc;

use crate::assess::board::Rules;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::now::Now;
use crate::health::Health;
use crate::store::Store;

/// The office behind the pages.
#[derive(Clone)]
pub struct Office {
    /// The database.
    pub store: Store,
    /// The settings.
    pub settings: Arc<Settings>,
    /// The clock; in the demo it can be moved.
    pub clock: Arc<dyn Clock>,
    /// What is measured of the bot.
    pub health: Arc<Health>,
    /// Weights and boards, for drafts.
    pub rules: Arc<Rules>,
}

impl Office {
    /// Now, on the office's wall.
    pub fn now(&self) -> Now {
        Now::new(self.clock.now(), self.settings.zone)
    }
}
