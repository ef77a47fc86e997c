//! The platforms' limits, kept before the platform complains. The counting is governor's.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::clock::DefaultClock;
use governor::state::{InMemoryState, NotKeyed};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::channel::{Channel, Pace};
use crate::domain::ids::ChatId;

/// What may be sent now, by platform.
pub(super) struct Paces {
    by_channel: HashMap<&'static str, Limits>,
}

struct Limits {
    all: RateLimiter<NotKeyed, InMemoryState, DefaultClock>,
    chat: DefaultKeyedRateLimiter<ChatId>,
    group: DefaultKeyedRateLimiter<ChatId>,
}

impl Paces {
    pub(super) fn of(channels: &[Arc<dyn Channel>]) -> Paces {
        let limits = |channel: &Arc<dyn Channel>| {
            channel.manners().pace.map(|pace| (channel.name(), Limits::of(pace)))
        };
        Paces { by_channel: channels.iter().filter_map(limits).collect() }
    }

    /// Whether one more message may go. Asking counts as sending.
    pub(super) fn may_send(&self, channel: &str, chat: ChatId, group: bool) -> bool {
        self.by_channel.get(channel).is_none_or(|limits| limits.may_send(chat, group))
    }
}

impl Limits {
    fn of(pace: Pace) -> Limits {
        // A bucket that is full at first lets twice its size through in its first window. So evenly spread overall, and
        // in a group half of the minute's share at once and the other half spread over the minute.
        let one = NonZeroU32::MIN;
        let half = NonZeroU32::new(pace.per_group_minute.get() / 2).unwrap_or(one);
        let spread =
            Quota::with_period(Duration::from_mins(1) / half.get()).unwrap_or(Quota::per_minute(half));
        Limits {
            all: RateLimiter::direct(Quota::per_second(pace.per_second).allow_burst(one)),
            chat: RateLimiter::keyed(Quota::per_second(pace.per_chat_second).allow_burst(one)),
            group: RateLimiter::keyed(spread.allow_burst(half)),
        }
    }

    /// The tightest first, so that little is counted for a message that stays.
    fn may_send(&self, chat: ChatId, group: bool) -> bool {
        self.chat.check_key(&chat).is_ok()
            && (!group || self.group.check_key(&chat).is_ok())
            && self.all.check().is_ok()
    }
}
