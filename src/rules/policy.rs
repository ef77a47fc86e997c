//! The office's settings that rules go by (`config/duban.toml`, checked by `config`).

use chrono::NaiveTime;

use crate::domain::now::Now;
use crate::domain::people::words;
use crate::domain::period::Cadence;
use crate::domain::workdays::Workdays;
use crate::rules::timing::Timing;

/// How the office wants to be spoken for.
#[derive(Debug, Clone)]
pub struct Policy {
    /// When the day's card goes out.
    pub card_at: NaiveTime,
    /// The first moment of the day at which the bot may speak unasked.
    pub speak_from: NaiveTime,
    /// The moment from which it is quiet.
    pub speak_until: NaiveTime,
    /// When the office is told on workdays how the bot is; `None` for never.
    pub self_check: Option<NaiveTime>,
    /// Reminder cards a person gets on one workday at most, group and private together (DESIGN red line 3).
    pub cards_a_day: u32,
    /// How many of them in groups.
    pub group_cards_a_day: u32,
    /// Workdays before the due day on which a dated filing is named, most first.
    pub before: Vec<u8>,
    /// Workdays after it, least first.
    pub after: Vec<u8>,
    /// Workdays of grace before the head of the unit hears of it, and after that before the office does.
    pub grace_head: u8,
    /// See [`Policy::grace_head`].
    pub grace_office: u8,
    /// Workdays after that, before a draft for the county leader is laid before the head of the office; 0 for never.
    pub grace_above: u8,
    /// A report this many workdays old or younger saves its writer the next early nudge.
    pub fresh_workdays: u8,
    /// Workdays without a word, either way, after which an item is asked about; 0 for never.
    pub silent_workdays: u16,
    /// Minutes in which claims are collected into one card for the office.
    pub review_minutes: u32,
    /// Which reports of a liaison wait for the leader.
    pub confirmed: Confirmed,
    /// When the office gets the agenda of the week's meeting.
    pub agenda: Timing,
    /// How many days ahead it names what is due.
    pub agenda_days: u16,
    /// The months in which people are told what is left of their yearly numbers, 1 to 12.
    pub quota_months: Vec<u32>,
    /// The rounds, one a cadence.
    pub rounds: Vec<Round>,
}

words! {
    /// What of a liaison's reports counts only once the leader has agreed (一把手第一责任人).
    Confirmed {
        /// All of them count at once.
        Nothing = "nothing",
        /// Claims and requests for more time wait.
        Claims = "claims",
        /// All of them wait.
        Everything = "everything",
    }
}

words! {
    /// Who answers a round.
    Files {
        /// Everybody whom the item binds; the team, while nobody is assigned.
        Responsible = "responsible",
        /// The lead unit for all of them.
        Lead = "lead",
    }
}

/// One recurring ask.
#[derive(Debug, Clone)]
pub struct Round {
    /// How often.
    pub cadence: Cadence,
    /// When it opens and is due.
    pub timing: Timing,
    /// Who answers it.
    pub files: Files,
    /// Whether the lead unit is told what the others filed, when it has ended.
    pub summary: bool,
}

impl Policy {
    /// Whether the bot may speak unasked now: on workdays, outside the quiet hours.
    pub fn may_speak(&self, now: &Now, calendar: &Workdays) -> bool {
        let time = now.local().time();
        calendar.is_workday(now.today()) && time >= self.speak_from && time < self.speak_until
    }

    /// Whether the day's line about the bot itself is to be said by now.
    pub fn may_tell_how_it_is(&self, now: &Now, calendar: &Workdays) -> bool {
        self.may_speak(now, calendar) && self.self_check.is_some_and(|at| now.local().time() >= at)
    }

    /// The round of a cadence.
    pub fn round(&self, cadence: Cadence) -> Option<&Round> {
        self.rounds.iter().find(|round| round.cadence == cadence)
    }
}
