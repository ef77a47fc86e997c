//! What the bot measures of itself: whether its loops turn, how long a tick takes, what becomes of letters. Numbers only, and
//! nothing about anybody.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use crate::clock::Stopwatch;

/// A loop that has not turned for so long is stuck: a turn of deliveries over a platform that answers nothing takes little
/// more than a minute.
const STUCK: Duration = Duration::from_mins(3);

/// What turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loop {
    /// Hears what came in and decides what is to be said.
    Deciding,
    /// Sends it.
    Sending,
}

impl Loop {
    const ALL: [Loop; 2] = [Loop::Deciding, Loop::Sending];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Loop::Deciding => "deciding",
            Loop::Sending => "sending",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Named {
    name: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct State {
    state: &'static str,
}

/// What stands in the database when somebody asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stock {
    /// Letters to go, and letters that somebody has to look at: those that did not go, and those of which nobody knows.
    pub letters: (i64, i64, i64),
    /// Events to be heard, and events that failed.
    pub inbox: (i64, i64),
}

/// The measures. Shared by the loops that fill them and the page that shows them.
pub struct Health {
    registry: Registry,
    since: Stopwatch,
    /// How long a loop may take for a turn.
    patience: Duration,
    /// When each loop turned last, in milliseconds since the start.
    turned: [AtomicU64; 2],
    tick: Histogram,
    letters: Family<Outcome, Counter>,
    channels: Family<Named, Gauge<i64, AtomicI64>>,
    idle: Family<Named, Gauge<f64, AtomicU64>>,
    letters_now: Family<State, Gauge>,
    inbox_now: Family<State, Gauge>,
    disk_free: Gauge,
}

impl Default for Health {
    fn default() -> Health {
        Health::with_patience(STUCK)
    }
}

impl Health {
    /// Measures of loops that count as stuck once they have not turned for so long.
    pub fn with_patience(patience: Duration) -> Health {
        let mut health = Health {
            registry: Registry::with_prefix("duban"),
            since: Stopwatch::start(),
            patience,
            turned: [AtomicU64::new(0), AtomicU64::new(0)],
            tick: Histogram::new(exponential_buckets(0.001, 4.0, 8)),
            letters: Family::default(),
            channels: Family::default(),
            idle: Family::default(),
            letters_now: Family::default(),
            inbox_now: Family::default(),
            disk_free: Gauge::default(),
        };
        health.register();
        health
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register_with_unit(
            "tick",
            "How long deciding what is due took",
            Unit::Seconds,
            self.tick.clone(),
        );
        registry.register("letters", "Tries to send a letter, by what became of them", self.letters.clone());
        registry.register("channel_up", "Whether a platform answered last time", self.channels.clone());
        registry.register_with_unit(
            "loop_idle",
            "Since a loop turned last",
            Unit::Seconds,
            self.idle.clone(),
        );
        registry.register("letters_now", "Letters by state", self.letters_now.clone());
        registry.register("inbox_now", "Events that came in, by state", self.inbox_now.clone());
        registry.register_with_unit(
            "disk_free",
            "Room left beside the database",
            Unit::Bytes,
            self.disk_free.clone(),
        );
    }

    /// A loop has turned without a failure.
    pub fn turned(&self, which: Loop) {
        let now = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.turned[which as usize].store(now, Ordering::Relaxed);
    }

    /// Since a loop turned last.
    fn idle(&self, which: Loop) -> Duration {
        let last = Duration::from_millis(self.turned[which as usize].load(Ordering::Relaxed));
        self.since.elapsed().saturating_sub(last)
    }

    /// The loops that are stuck.
    pub fn stuck(&self) -> impl Iterator<Item = Loop> {
        Loop::ALL.into_iter().filter(|which| self.idle(*which) > self.patience)
    }

    /// A tick took so long.
    pub fn ticked(&self, took: Duration) {
        self.tick.observe(took.as_secs_f64());
    }

    /// A letter was tried, with this outcome.
    pub fn tried(&self, outcome: &'static str) {
        self.letters.get_or_create(&Outcome { outcome }).inc();
    }

    /// Whether a platform answers.
    pub fn channel(&self, name: &'static str, up: bool) {
        self.channels.get_or_create(&Named { name }).set(up.into());
    }

    /// All of it in the text that Prometheus reads.
    pub fn tell(&self, stock: &Stock, disk_free: u64) -> String {
        for which in Loop::ALL {
            self.idle.get_or_create(&Named { name: which.name() }).set(self.idle(which).as_secs_f64());
        }
        let (waiting, parked, unknown) = stock.letters;
        for (state, count) in [("waiting", waiting), ("parked", parked), ("unknown", unknown)] {
            self.letters_now.get_or_create(&State { state }).set(count);
        }
        for (state, count) in [("waiting", stock.inbox.0), ("parked", stock.inbox.1)] {
            self.inbox_now.get_or_create(&State { state }).set(count);
        }
        self.disk_free.set(i64::try_from(disk_free).unwrap_or(i64::MAX));
        let mut said = String::new();
        // Writing to a string cannot fail.
        text::encode(&mut said, &self.registry).unwrap_or_default();
        said
    }
}
