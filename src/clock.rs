//! The one place where time comes from. Everything below receives it as a value.

use std::sync::Mutex;
use std::time::Instant;

use chrono::{DateTime, Duration, Utc};

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock that the others are kept from reading"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// Measures how long something takes, whatever is done to the clocks meanwhile. Nothing is decided by it.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins.
    #[expect(clippy::disallowed_methods, reason = "measures, and is read here only")]
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// How long it runs.
    pub fn elapsed(&self) -> std::time::Duration {
        self.0.elapsed()
    }
}

/// A clock that stands still until it is moved: for the demo and for tests. With a speed it also runs by itself.
#[derive(Debug)]
pub struct SteppedClock {
    state: Mutex<Stepped>,
}

#[derive(Debug, Clone, Copy)]
struct Stepped {
    shown: DateTime<Utc>,
    since: DateTime<Utc>,
    speed: i32,
}

impl SteppedClock {
    /// A clock that shows `at`, and runs `speed` times as fast as the machine's (0 stands still).
    pub fn new(at: DateTime<Utc>, speed: i32) -> SteppedClock {
        SteppedClock { state: Mutex::new(Stepped { shown: at, since: SystemClock.now(), speed }) }
    }

    /// Sets the clock.
    pub fn set(&self, at: DateTime<Utc>) {
        let mut state = self.lock();
        state.shown = at;
        state.since = SystemClock.now();
    }

    /// Moves the clock on.
    pub fn advance(&self, by: Duration) {
        let to = self.now() + by;
        self.set(to);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Stepped> {
        // A panic elsewhere cannot leave two numbers half written.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Clock for SteppedClock {
    fn now(&self) -> DateTime<Utc> {
        let state = *self.lock();
        state.shown + (SystemClock.now() - state.since) * state.speed
    }
}
