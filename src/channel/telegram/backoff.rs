//! How long to wait before asking again.

use std::time::Duration;

use super::api::Failure;

/// The first pause after a failure; it doubles up to [`PAUSE_MAX`].
const PAUSE_MIN: Duration = Duration::from_millis(250);

/// The longest pause after a failure.
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Pauses that grow from failure to failure.
pub(super) struct Backoff(Duration);

impl Backoff {
    /// As after a success.
    pub fn new() -> Self {
        Self(PAUSE_MIN)
    }

    /// The next pause: at least what the platform asked for.
    pub fn next(&mut self, failure: Option<&Failure>) -> Duration {
        let asked = match failure {
            Some(Failure::Answered { retry_after: Some(seconds), .. }) => Duration::from_secs(*seconds),
            _ => Duration::ZERO,
        };
        let pause = self.0.max(asked);
        self.0 = (self.0 * 2).min(PAUSE_MAX);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_cap_and_are_never_shorter_than_asked() {
        let mut backoff = Backoff::new();
        let pauses: Vec<_> = (0..9).map(|_| backoff.next(None)).collect();
        assert_eq!(pauses[..3], [PAUSE_MIN, PAUSE_MIN * 2, PAUSE_MIN * 4]);
        assert_eq!(pauses[8], PAUSE_MAX);
        let asked = Failure::Answered {
            code: 429,
            description: String::new(),
            retry_after: Some(77),
            migrate_to: None,
        };
        assert_eq!(backoff.next(Some(&asked)), Duration::from_secs(77));
    }
}
