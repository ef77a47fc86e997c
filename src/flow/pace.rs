//! The platforms' limits, kept before the platform complains. The counting is governor's.
//!
//! governor can only take, not ask, so what a refused chat costs at the limit over all is kept small: the limit over all
//! is asked first, and a chat that was refused is not asked again before its time.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::{Clock as _, DefaultClock};
use governor::state::{InMemoryState, NotKeyed};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};

use crate::channel::{Channel, Pace};
use crate::domain::ids::ChatId;

/// What may be sent now, by platform.
pub(super) struct Paces {
    by_channel: HashMap<&'static str, Limits>,
    clock: DefaultClock,
}

struct Limits {
    all: RateLimiter<NotKeyed, InMemoryState, DefaultClock>,
    chat: DefaultKeyedRateLimiter<ChatId>,
    group: DefaultKeyedRateLimiter<ChatId>,
    /// Chats that were refused, and until when.
    resting: Mutex<HashMap<ChatId, Instant>>,
}

impl Paces {
    pub(super) fn of(channels: &[Arc<dyn Channel>]) -> Paces {
        let limits = |channel: &Arc<dyn Channel>| {
            channel.manners().pace.map(|pace| (channel.name(), Limits::of(pace)))
        };
        Paces { by_channel: channels.iter().filter_map(limits).collect(), clock: DefaultClock::default() }
    }

    /// Lets one message through and counts it, or says how long it has to wait.
    pub(super) fn take(&self, channel: &str, chat: ChatId, group: bool) -> Result<(), Duration> {
        match self.by_channel.get(channel) {
            None => Ok(()),
            Some(limits) => {
                let now = self.clock.now();
                limits.take(chat, group, now).map_err(|until| until.duration_since(now))
            }
        }
    }
}

impl Limits {
    fn of(pace: Pace) -> Limits {
        // A bucket that is full at first lets what it holds and what flows in through in its first window; the two
        // together keep to the limit. So over all a few at once, which saves a commit each, and the rest evenly; and in a
        // group half of the minute's share at once and the other half spread over the minute.
        let one = NonZeroU32::MIN;
        let at_once = NonZeroU32::new(pace.per_second.get() / 6).unwrap_or(one);
        let steady = NonZeroU32::new(pace.per_second.get() - at_once.get()).unwrap_or(one);
        let half = NonZeroU32::new(pace.per_group_minute.get() / 2).unwrap_or(one);
        let spread =
            Quota::with_period(Duration::from_mins(1) / half.get()).unwrap_or(Quota::per_minute(half));
        Limits {
            all: RateLimiter::direct(Quota::per_second(steady).allow_burst(at_once)),
            chat: RateLimiter::keyed(Quota::per_second(pace.per_chat_second).allow_burst(one)),
            group: RateLimiter::keyed(spread.allow_burst(half)),
            resting: Mutex::default(),
        }
    }

    fn take(&self, chat: ChatId, group: bool, now: Instant) -> Result<(), Instant> {
        // A panic elsewhere cannot leave the map half written.
        let mut resting = self.resting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(until) = resting.get(&chat).copied().filter(|until| *until > now) {
            return Err(until);
        }
        self.all.check().map_err(|refused| earliest(&refused))?;
        let taken = self.chat.check_key(&chat).map_err(|refused| earliest(&refused));
        let taken = if group && taken.is_ok() {
            self.group.check_key(&chat).map_err(|refused| earliest(&refused))
        } else {
            taken
        };
        match taken {
            Ok(()) => resting.remove(&chat),
            Err(until) => resting.insert(chat, until),
        };
        taken
    }
}

fn earliest(refused: &NotUntil<Instant>) -> Instant {
    refused.earliest_possible()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(per_second: u32) -> Limits {
        let count = |n| NonZeroU32::new(n).expect("more than none");
        Limits::of(Pace {
            per_second: count(per_second),
            per_chat_second: count(1),
            per_group_minute: count(20),
        })
    }

    #[test]
    fn one_busy_chat_does_not_use_up_what_the_others_may_send() {
        let (limits, now) = (limits(1_000_000), DefaultClock::default().now());
        assert_eq!(limits.take(ChatId(1), true, now), Ok(()));
        let until = limits.take(ChatId(1), true, now).expect_err("one a second");
        // Asked again before its time, it costs nothing and gets the same answer.
        assert_eq!(limits.take(ChatId(1), true, now), Err(until));
        assert!(limits.take(ChatId(2), true, DefaultClock::default().now()).is_ok());
    }

    #[test]
    fn what_the_limit_over_all_holds_back_is_not_counted_against_the_chat() {
        let (limits, now) = (limits(1), DefaultClock::default().now());
        assert_eq!(limits.take(ChatId(1), false, now), Ok(()));
        assert!(limits.take(ChatId(2), false, now).is_err(), "one a second over all");
        assert!(limits.resting.lock().expect("whole").get(&ChatId(2)).is_none());
    }
}
