//! Why the bot speaks. Every reminder carries one; a new rule is one more variant, and the compiler then points at the
//! wording it needs.

use crate::domain::people::words;
use crate::domain::period::Cadence;

words! {
    /// Who hears a reason (the escalation ladder of DESIGN section 6.2).
    Level {
        /// Those who owe it.
        Post = "post",
        /// The head of the unit, in private.
        Head = "head",
        /// The office.
        Office = "office",
    }
}

/// One reason to speak about a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// A round opened it.
    Round(Cadence),
    /// So many workdays before the due day.
    Before(u8),
    /// Today is the due day.
    DueToday,
    /// So many workdays after the due day.
    Overdue(u8),
    /// A round's filing is due next workday and nothing has come.
    NotFiled,
    /// A round's due moment passed and nothing has come: told once, one level up.
    Missed,
    /// The silence goes on: told one level up.
    Escalated(Level),
    /// Even the office got it no further: a draft for the county leader above, which the head of the office releases.
    Draft,
    /// The unit claims it is done: the office decides.
    Claimed,
    /// The unit asks for more time: the office decides.
    ExtensionAsked,
    /// The unit asks that it be not counted (容错): the office decides.
    ExemptionAsked,
    /// The office ordered a reminder (催办).
    Ordered,
    /// Not a word about it for so many workdays, either way.
    Silent(u16),
}

impl Reason {
    /// The word that makes a repeated decision harmless: unique for a filing within a cycle and due date.
    pub fn step(self) -> String {
        match self {
            Reason::Round(cadence) => format!("round-{}", cadence.as_str()),
            Reason::Before(days) => format!("before-{days}"),
            Reason::DueToday => "due".to_owned(),
            Reason::Overdue(days) => format!("overdue-{days}"),
            Reason::NotFiled => "not-filed".to_owned(),
            Reason::Missed => "missed".to_owned(),
            Reason::Escalated(level) => format!("escalated-{}", level.as_str()),
            Reason::Draft => "draft".to_owned(),
            Reason::Claimed => "claimed".to_owned(),
            Reason::ExtensionAsked => "extension".to_owned(),
            Reason::ExemptionAsked => "exemption".to_owned(),
            Reason::Ordered => "ordered".to_owned(),
            Reason::Silent(days) => format!("silent-{days}"),
        }
    }

    /// Reads a [`Reason::step`]; whatever follows an `@` only tells one asking from the next.
    pub fn from_step(step: &str) -> Option<Reason> {
        let word = step.split('@').next()?;
        let after = |prefix: &str| word.strip_prefix(prefix);
        Some(match word {
            "due" => Reason::DueToday,
            "not-filed" => Reason::NotFiled,
            "missed" => Reason::Missed,
            "draft" => Reason::Draft,
            "claimed" => Reason::Claimed,
            "extension" => Reason::ExtensionAsked,
            "exemption" => Reason::ExemptionAsked,
            "ordered" => Reason::Ordered,
            _ => {
                if let Some(cadence) = after("round-") {
                    Reason::Round(cadence.parse().ok()?)
                } else if let Some(days) = after("before-") {
                    Reason::Before(days.parse().ok()?)
                } else if let Some(days) = after("overdue-") {
                    Reason::Overdue(days.parse().ok()?)
                } else if let Some(days) = after("silent-") {
                    Reason::Silent(days.parse().ok()?)
                } else {
                    Reason::Escalated(after("escalated-")?.parse().ok()?)
                }
            }
        })
    }

    /// Who hears it.
    pub fn level(self) -> Level {
        match self {
            Reason::Missed => Level::Head,
            Reason::Escalated(level) => level,
            Reason::Draft | Reason::Claimed | Reason::ExtensionAsked | Reason::ExemptionAsked => {
                Level::Office
            }
            _ => Level::Post,
        }
    }

    /// Which of two reasons is to be said first; more is more urgent.
    pub fn urgency(self) -> u8 {
        match self {
            Reason::Escalated(Level::Office) => 9,
            Reason::Escalated(_) | Reason::Missed => 8,
            Reason::Overdue(_) => 7,
            Reason::DueToday => 6,
            Reason::NotFiled => 5,
            Reason::Ordered
            | Reason::Draft
            | Reason::Claimed
            | Reason::ExtensionAsked
            | Reason::ExemptionAsked => 4,
            Reason::Before(days) if days <= 3 => 3,
            Reason::Before(_) => 2,
            Reason::Round(_) | Reason::Silent(_) => 1,
        }
    }

    /// Whether it may be said again in the same cycle, on another day.
    pub fn is_repeated(self) -> bool {
        matches!(self, Reason::Ordered | Reason::Silent(_))
    }

    /// Whether it asks the office for a decision rather than somebody for a report.
    pub fn is_for_review(self) -> bool {
        matches!(self, Reason::Draft | Reason::Claimed | Reason::ExtensionAsked | Reason::ExemptionAsked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_reads_back_from_its_step() {
        let all = [
            Reason::Round(Cadence::Quarter),
            Reason::Before(7),
            Reason::DueToday,
            Reason::Overdue(3),
            Reason::NotFiled,
            Reason::Missed,
            Reason::Escalated(Level::Head),
            Reason::Escalated(Level::Office),
            Reason::Draft,
            Reason::Claimed,
            Reason::ExtensionAsked,
            Reason::ExemptionAsked,
            Reason::Ordered,
            Reason::Silent(25),
        ];
        for reason in all {
            assert_eq!(Reason::from_step(&reason.step()), Some(reason));
        }
        assert_eq!(Reason::from_step("ordered@2022-06-27T01:00:00.000Z"), Some(Reason::Ordered));
        assert_eq!(Reason::from_step("shout"), None);
    }
}
