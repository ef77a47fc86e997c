//! Where an item comes from (DOMAIN mechanisms 25, 27, 41, 53, 54, 61, 63, 65), and what follows from that.

use chrono::NaiveDate;

use crate::domain::ids::{AccountId, ChatId, TaskNo};
use crate::domain::people::words;

words! {
    /// The kinds of sources. Every item has one; it is counted by it.
    Source {
        /// A notice.
        Plan = "plan",
        /// A leader's written order (签批).
        Instruction = "instruction",
        /// A decision of a meeting (议定).
        Decision = "decision",
        /// Given out otherwise (交办).
        Assigned = "assigned",
        /// What an enterprise needs (企困).
        Need = "need",
        /// A problem that a unit has owned up to (问题清单).
        Problem = "problem",
        /// What an inspection found (明查暗访).
        Inspection = "inspection",
        /// A suggestion that was adopted (金点子).
        Suggestion = "suggestion",
    }
}

words! {
    /// Whose order it is: the four sources that 重点事项督办 counts apart (HH-2.1).
    Level {
        /// 市委
        CityParty = "city_party",
        /// 市政府
        City = "city",
        /// 县委
        CountyParty = "county_party",
        /// 县政府
        County = "county",
        /// Nobody of these.
        Other = "other",
    }
}

impl Source {
    /// Its Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Source::Plan => "方案",
            Source::Instruction => "签批",
            Source::Decision => "议定",
            Source::Assigned => "交办",
            Source::Need => "企困",
            Source::Problem => "问题",
            Source::Inspection => "暗访",
            Source::Suggestion => "金点子",
        }
    }

    /// What the codes of its items begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Source::Plan => "FA",
            Source::Instruction => "QP",
            Source::Decision => "YD",
            Source::Assigned => "JB",
            Source::Need => "QK",
            Source::Problem => "WT",
            Source::Inspection => "AF",
            Source::Suggestion => "JDZ",
        }
    }

    /// The usual term in days, for an order that names none: papers are answered sooner than meetings (a proposal that is read
    /// back, not a rule).
    pub fn usual_days(self) -> u64 {
        match self {
            Source::Instruction | Source::Inspection => 10,
            Source::Need => 15,
            Source::Decision | Source::Assigned => 20,
            Source::Plan | Source::Problem | Source::Suggestion => 30,
        }
    }

    /// Whether it is closed only after a second look at what came of it (回访).
    pub fn needs_second_look(self) -> bool {
        matches!(self, Source::Need | Source::Inspection)
    }

    /// Whether the end is reported to whoever ordered it (办结回呈).
    pub fn is_answered(self) -> bool {
        matches!(self, Source::Instruction | Source::Assigned)
    }

    /// Whether the office may close an item of this source, given what the second look found.
    pub fn may_close(self, content: Option<bool>) -> bool {
        !self.needs_second_look() || content == Some(true)
    }
}

impl Level {
    /// The level of a post or organ as it is written.
    pub fn of(whom: &str) -> Level {
        let has = |words: &[&str]| words.iter().any(|word| whom.contains(word));
        if has(&["市委", "市纪委"]) {
            Level::CityParty
        } else if has(&["市政府", "市长", "市人民政府"]) {
            Level::City
        } else if has(&["县长", "县政府", "县人民政府", "政府办"]) {
            Level::County
        } else if has(&["县委", "书记"]) {
            Level::CountyParty
        } else {
            Level::Other
        }
    }

    /// Its Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            Level::CityParty => "市委",
            Level::City => "市政府",
            Level::CountyParty => "县委",
            Level::County => "县政府",
            Level::Other => "其他",
        }
    }
}

/// Where an item comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The kind.
    pub source: Source,
    /// Who ordered it, asked for it or found it.
    pub by_whom: String,
    /// The day of that.
    pub on: NaiveDate,
    /// What the second look found.
    pub content: Option<bool>,
}

/// An added item as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its number.
    pub task: TaskNo,
    /// What is to be done.
    pub title: String,
    /// Who ordered it, asked for it or found it.
    pub by_whom: String,
    /// Who does it.
    pub owners: String,
    /// Whether it has come to an end.
    pub closed: bool,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
    /// What the second look found.
    pub content: Option<bool>,
}

/// How the items of one source stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The source.
    pub source: Source,
    /// Whose order, for those that are counted by it.
    pub level: Level,
    /// All but the void ones.
    pub all: i64,
    /// Closed.
    pub closed: i64,
    /// Running with something overdue.
    pub overdue: i64,
}

/// What a meeting decided, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// What the meeting is called.
    pub name: String,
    /// When it was.
    pub on: NaiveDate,
    /// What it decided that was not dropped since.
    pub all: i64,
    /// How much of it is done.
    pub closed: i64,
    /// The items still open.
    pub open: Vec<TaskNo>,
}

/// A suggestion as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its number.
    pub id: i64,
    /// Its words.
    pub text: String,
    /// Who made it.
    pub by_whom: String,
    /// The account.
    pub account: Option<AccountId>,
    /// Where the answer goes.
    pub chat: Option<ChatId>,
    /// Whether the office has decided.
    pub decided: bool,
    /// Why it was declined; adopted ones have none.
    pub reason: Option<String>,
}

/// A register with what is left of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The item.
    pub task: TaskNo,
    /// Its title.
    pub title: String,
    /// How many stand on it.
    pub all: usize,
    /// Whom nobody has visited.
    pub left: Vec<String>,
}

/// A project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The item it belongs to.
    pub task: TaskNo,
    /// What it is called.
    pub project: String,
    /// The post that answers for it.
    pub leader: Option<String>,
    /// The post through which the crew is reached.
    pub crew: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_is_read_from_the_post() {
        for (whom, level) in [
            ("市委书记", Level::CityParty),
            ("市长", Level::City),
            ("县委书记", Level::CountyParty),
            ("县委常委、副县长", Level::County),
            ("县长", Level::County),
            ("人大代表", Level::Other),
        ] {
            assert_eq!(Level::of(whom), level, "{whom}");
        }
    }

    #[test]
    fn what_somebody_asked_for_is_closed_only_when_they_are_content() {
        for source in Source::ALL {
            assert!(source.may_close(Some(true)));
            assert_eq!(source.may_close(None), !source.needs_second_look());
            assert_eq!(source.may_close(Some(false)), !source.needs_second_look());
        }
    }

    #[test]
    fn codes_tell_the_sources_apart() {
        let mut prefixes: Vec<&str> = Source::ALL.iter().map(|source| source.prefix()).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        assert_eq!(prefixes.len(), Source::ALL.len());
    }
}
