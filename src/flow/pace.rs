//! The platforms' limits, kept before the platform complains: so many messages in any window of time, over all, in a chat and
//! in a group.
//!
//! Counted here and not by governor, which the pages use: its leaky bucket keeps to "20 in any minute" only if ten may come
//! at once and ten flow in later, which is half of what a group may hear in the long run. A list of moments keeps to it
//! exactly, and gives all of it.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::channel::{Channel, Pace};
use crate::clock::Stopwatch;
use crate::domain::ids::ChatId;

/// What messages may gain on each other on their way, and still arrive within the limit.
const MARGIN: Duration = Duration::from_millis(20);
/// Chats that are remembered before those are forgotten that have been quiet for longer than any window.
const MANY: usize = 1_000;

/// What may be sent now, by platform.
pub(super) struct Paces {
    by_channel: HashMap<&'static str, Mutex<Limits>>,
    since: Stopwatch,
}

impl Paces {
    pub(super) fn of(channels: &[Arc<dyn Channel>]) -> Paces {
        let limits = |channel: &Arc<dyn Channel>| {
            channel.manners().pace.map(|pace| (channel.name(), Mutex::new(Limits::of(pace))))
        };
        Paces { by_channel: channels.iter().filter_map(limits).collect(), since: Stopwatch::start() }
    }

    /// Lets one message through and counts it, or says how long it has to wait.
    pub(super) fn take(&self, channel: &str, chat: ChatId, group: bool) -> Result<(), Duration> {
        match self.by_channel.get(channel) {
            None => Ok(()),
            // A panic elsewhere cannot leave a list of moments half written.
            Some(limits) => {
                limits.lock().unwrap_or_else(PoisonError::into_inner).take(chat, group, self.since.elapsed())
            }
        }
    }
}

/// At most so many in any window of a length; moments are told as time since the start.
struct Window {
    most: usize,
    length: Duration,
    /// Those of the last window, the oldest first.
    taken: VecDeque<Duration>,
}

impl Window {
    fn new(most: NonZeroU32, length: Duration) -> Window {
        let most = usize::try_from(most.get()).unwrap_or(usize::MAX);
        Window { most, length: length + MARGIN, taken: VecDeque::new() }
    }

    /// Whether anything of the last window is in it.
    fn runs(&self, now: Duration) -> bool {
        self.taken.back().is_some_and(|last| *last + self.length > now)
    }

    /// How long the next has to wait.
    fn wait(&mut self, now: Duration) -> Duration {
        while self.taken.front().is_some_and(|first| *first + self.length <= now) {
            self.taken.pop_front();
        }
        match self.taken.front() {
            Some(first) if self.taken.len() >= self.most => (*first + self.length).saturating_sub(now),
            _ => Duration::ZERO,
        }
    }
}

struct Limits {
    pace: Pace,
    all: Window,
    /// By the second, and by the minute.
    chats: HashMap<ChatId, (Window, Window)>,
}

impl Limits {
    fn of(pace: Pace) -> Limits {
        Limits { pace, all: Window::new(pace.per_second, Duration::from_secs(1)), chats: HashMap::new() }
    }

    /// Counts one message for everything it counts for, or for nothing.
    fn take(&mut self, chat: ChatId, group: bool, now: Duration) -> Result<(), Duration> {
        if self.chats.len() > MANY {
            self.chats.retain(|_, (second, minute)| second.runs(now) || minute.runs(now));
        }
        let pace = self.pace;
        let (second, minute) = self.chats.entry(chat).or_insert_with(|| {
            let second = Window::new(pace.per_chat_second, Duration::from_secs(1));
            (second, Window::new(pace.per_group_minute, Duration::from_mins(1)))
        });
        let of_group = if group { minute.wait(now) } else { Duration::ZERO };
        let wait = self.all.wait(now).max(second.wait(now)).max(of_group);
        if !wait.is_zero() {
            return Err(wait);
        }
        for window in [Some(&mut self.all), Some(second), group.then_some(minute)].into_iter().flatten() {
            window.taken.push_back(now);
        }
        Ok(())
    }
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
        let (mut limits, now) = (limits(2), Duration::from_secs(5));
        assert_eq!(limits.take(ChatId(1), true, now), Ok(()));
        for _ in 0..100 {
            assert_eq!(limits.take(ChatId(1), true, now), Err(Duration::from_secs(1) + MARGIN));
        }
        assert_eq!(limits.take(ChatId(2), true, now), Ok(()));
    }

    #[test]
    fn what_the_limit_over_all_holds_back_is_not_counted_against_the_chat() {
        let (mut limits, now) = (limits(1), Duration::ZERO);
        assert_eq!(limits.take(ChatId(1), false, now), Ok(()));
        assert!(limits.take(ChatId(2), false, now).is_err(), "one a second over all");
        assert!(limits.chats[&ChatId(2)].0.taken.is_empty());
    }

    #[test]
    fn what_is_past_is_forgotten_in_groups_and_with_persons() {
        let mut limits = limits(1000);
        for n in 0..200_u32 {
            for (chat, group) in [(ChatId(1), true), (ChatId(2), false)] {
                let _ = limits.take(chat, group, Duration::from_secs(2) * n);
            }
        }
        let kept = |chat: i64| {
            let (second, minute) = &limits.chats[&ChatId(chat)];
            second.taken.len() + minute.taken.len()
        };
        assert!(kept(1) <= 21 && kept(2) <= 1, "{} {}", kept(1), kept(2));
    }

    /// Sixty groups with thirty letters each, asked every five milliseconds of a made-up clock.
    #[test]
    fn a_backlog_drains_at_what_the_limits_allow_and_never_faster() {
        let (mut limits, mut left) = (limits(30), [30_u32; 60]);
        let (mut sent, mut now): (Vec<(usize, Duration)>, _) = (Vec::new(), Duration::ZERO);
        while left.iter().any(|left| *left > 0) {
            // The oldest letter first, as delivery goes: the groups' letters were written in turns.
            let mut heads: Vec<usize> = (0..60).filter(|n| left[*n] > 0).collect();
            heads.sort_by_key(|n| 30 - left[*n]);
            for n in heads {
                if limits.take(ChatId(i64::try_from(n).expect("few")), true, now).is_ok() {
                    left[n] -= 1;
                    sent.push((n, now));
                }
            }
            now += Duration::from_millis(5);
        }
        let most = |of: &[Duration], length: Duration| {
            let within =
                |first: &Duration| of.iter().filter(|at| *at >= first && **at < *first + length).count();
            of.iter().map(within).max().unwrap_or_default()
        };
        let (second, minute) = (Duration::from_secs(1), Duration::from_mins(1));
        let all: Vec<Duration> = sent.iter().map(|(_, at)| *at).collect();
        assert_eq!(most(&all, second), 30);
        for n in 0..60 {
            let own: Vec<Duration> = sent.iter().filter(|(of, _)| *of == n).map(|(_, at)| *at).collect();
            assert_eq!((most(&own, second), most(&own, minute)), (1, 20));
        }
        // No faster: 20 of each within the first minute, then the other 600, thirty a second.
        let best = minute + 19 * second;
        let took = sent.last().expect("some").1;
        assert!(took >= best && took < best + best * 3 / 100, "{took:?} for {best:?}");
    }
}
