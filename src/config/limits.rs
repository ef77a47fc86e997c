//! The settings that are limits: what files are taken, how long words are kept, how fast the bot speaks.

use std::num::NonZeroU32;

use chrono::TimeDelta;
use toml::Spanned;

use super::Check;
use super::file::{EvidenceText, TelegramText};
use crate::domain::evidence::Limits;

/// The shortest time that incoming words are kept, in days: editing a message reaches back two.
const KEEP_MIN: u32 = 3;

/// How fast the bot may speak on a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speed {
    /// Messages a second over all chats.
    pub per_second: NonZeroU32,
    /// Messages a second in one chat.
    pub per_chat_second: NonZeroU32,
    /// Messages a minute in one group.
    pub per_group_minute: NonZeroU32,
}

impl Check<'_> {
    pub(super) fn evidence(&mut self, text: &EvidenceText) -> Limits {
        if *text.size_mb.get_ref() == 0 {
            self.mistake(&text.size_mb, "evidence.size_mb", "must be at least 1, or no file is ever taken");
        }
        let types: Vec<String> = text.types.get_ref().iter().map(|end| end.to_lowercase()).collect();
        if types.iter().any(|end| end.is_empty() || !end.chars().all(|c| c.is_ascii_alphanumeric())) {
            let right = "must be ends of names without the dot, for example [\"jpg\", \"pdf\"]";
            self.mistake(&text.types, "evidence.types", right);
        }
        Limits { size_max: u64::from(*text.size_mb.get_ref()) * 1024 * 1024, types }
    }

    /// How long incoming words are kept; `None` for good.
    pub(super) fn keep(&mut self, days: &Spanned<u32>) -> Option<TimeDelta> {
        match *days.get_ref() {
            0 => None,
            days if days >= KEEP_MIN => Some(TimeDelta::days(days.into())),
            _ => {
                self.mistake(
                    days,
                    "keep.inbox_days",
                    format!("must be at least {KEEP_MIN}, or 0 to keep them for good"),
                );
                None
            }
        }
    }

    pub(super) fn speed(&mut self, text: &TelegramText) -> Speed {
        Speed {
            per_second: self.count(&text.per_second, "telegram.per_second"),
            per_chat_second: self.count(&text.per_chat_second, "telegram.per_chat_second"),
            per_group_minute: self.count(&text.per_group_minute, "telegram.per_group_minute"),
        }
    }

    fn count(&mut self, at: &Spanned<u32>, key: &str) -> NonZeroU32 {
        NonZeroU32::new(*at.get_ref()).unwrap_or_else(|| {
            self.mistake(at, key, "must be at least 1, or nothing is ever sent");
            NonZeroU32::MIN
        })
    }
}
