//! What the office has to look at before a document that was read becomes a plan: each with a stable key, its place in the
//! text and the answer that is proposed. The words for people are in `wording::intake`.

use chrono::Datelike as _;

use crate::notice::container::Place;
use crate::notice::file::Roster;
use crate::notice::outline::Outline;
use crate::notice::reading::{Measure, Reading};
use crate::notice::{doubts, likeness, naming, structure};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A heading says 10 items and 9 are listed.
    HeadingCount,
    /// Numbers of siblings do not count on.
    Numbering,
    /// A section with items was taken for aims or guarantees.
    PassedOver,
    /// The dates of signature and publication differ, or there is none.
    Dates,
    /// The date lies before the document's own.
    Historic,
    /// 定期, 第一时间: a number is wanted.
    Vague,
    /// 每日, 每半月: no round comes so often.
    Rhythm,
    /// No date and no cadence, counted by section.
    Undated,
    /// A target without a date.
    UndatedTarget,
    /// A number that may be none to reach.
    DoubtfulTarget,
    /// 全覆盖, 每名: how many there are is not written.
    NoBase,
    /// Nobody answers for it.
    NoOwner,
    /// 有关部门: nobody in particular.
    UnclearUnit,
    /// The roster does not know the name.
    UnknownUnit,
    /// Two names that look like one unit's.
    NameVariants,
    /// The text names a unit that the bracket does not.
    OtherExecutor,
    /// A party organ, a body of a higher level or a company: not chased directly, never ranked.
    NotChased,
    /// A post without a name.
    Vacant,
    /// One person in several seats.
    SeveralSeats,
    /// Two measures that say nearly the same.
    Duplicate,
}

impl Kind {
    /// Whether the item has to wait until it is decided: whom to ask, or by when, is open.
    pub fn blocks(self) -> bool {
        matches!(
            self,
            Kind::Historic
                | Kind::Vague
                | Kind::Rhythm
                | Kind::DoubtfulTarget
                | Kind::NoOwner
                | Kind::UnclearUnit
                | Kind::UnknownUnit
                | Kind::OtherExecutor
        )
    }

    /// The word that machines read.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::HeadingCount => "heading_count",
            Kind::Numbering => "numbering",
            Kind::PassedOver => "passed_over",
            Kind::Dates => "dates",
            Kind::Historic => "historic",
            Kind::Vague => "vague",
            Kind::Rhythm => "rhythm",
            Kind::Undated => "no_deadline",
            Kind::UndatedTarget => "target_without_date",
            Kind::DoubtfulTarget => "doubtful_target",
            Kind::NoBase => "no_base",
            Kind::NoOwner => "no_owner",
            Kind::UnclearUnit => "unclear_unit",
            Kind::UnknownUnit => "unknown_unit",
            Kind::NameVariants => "name_variants",
            Kind::OtherExecutor => "other_executor",
            Kind::NotChased => "not_chased",
            Kind::Vacant => "vacant",
            Kind::SeveralSeats => "several_seats",
            Kind::Duplicate => "duplicate",
        }
    }
}

/// What the office is proposed to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Right as it was read.
    Right,
    /// Give a date.
    GiveDate,
    /// Give a cadence or a number of days.
    GiveTerm,
    /// Done with proof, another date, or void.
    DoneMovedOrVoid,
    /// Is it a number to reach or not.
    TargetOrNot,
    /// Give the number of those it is about.
    GiveBase,
    /// Name who answers.
    NameOwner,
    /// Take this unit of the roster.
    Take(String),
    /// They are one unit.
    SameUnit,
    /// Report once for both.
    Link,
    /// Wait until somebody holds the post.
    Await,
    /// Ask for progress only, at the plan's cadence.
    ProgressOnly,
    /// Through the office only.
    ViaOffice,
}

impl Answer {
    /// The word it is kept as, and what it is about; `words` are those of the finding.
    pub fn word(&self, words: &str) -> String {
        match self {
            Answer::Right => "right",
            Answer::GiveDate => "date",
            Answer::GiveTerm => "term",
            Answer::DoneMovedOrVoid => "moved",
            Answer::TargetOrNot => "target",
            Answer::GiveBase => "base",
            Answer::NameOwner => "owner",
            Answer::Take(unit) => return format!("take {unit}"),
            Answer::SameUnit => return format!("same {words}"),
            Answer::Link => "link",
            Answer::Await => "await",
            Answer::ProgressOnly => "progress",
            Answer::ViaOffice => "office",
        }
        .to_owned()
    }
}

/// Something for the office to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: Kind,
    /// The code of the measure, where it is about one.
    pub task: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// The words of the text.
    pub words: String,
    /// What it is held against: the other measure, the number that was counted, the unit's other name.
    pub other: String,
    /// What is proposed.
    pub answer: Answer,
}

impl Finding {
    /// A finding about a measure.
    pub(super) fn of(measure: &Measure, kind: Kind, words: impl Into<String>, answer: Answer) -> Finding {
        Finding {
            kind,
            task: Some(measure.code.clone()),
            place: measure.place.clone(),
            words: words.into(),
            other: String::new(),
            answer,
        }
    }

    /// A finding about the document.
    pub(super) fn at(place: Place, kind: Kind, words: impl Into<String>, answer: Answer) -> Finding {
        Finding { kind, task: None, place, words: words.into(), other: String::new(), answer }
    }

    /// The same with what it is held against.
    #[must_use]
    pub(super) fn against(mut self, other: impl Into<String>) -> Finding {
        self.other = other.into();
        self
    }

    /// A key that stays the same as long as the text does: what was decided once is not asked again.
    pub fn key(&self) -> String {
        let words: String = self.words.chars().filter(|c| c.is_alphanumeric()).take(24).collect();
        format!("{}/{}/{words}", self.kind.as_str(), self.task.as_deref().unwrap_or("-"))
    }
}

/// Everything that the office has to look at, by kind in the order of [`Kind`], within a kind in the order of the text.
pub fn findings(reading: &Reading, outline: &Outline, roster: Option<&Roster>) -> Vec<Finding> {
    let mut found = structure::findings(reading, outline);
    found.extend(dates(reading));
    found.extend(doubts::findings(reading));
    found.extend(naming::findings(reading, roster));
    found.extend(likeness::findings(reading));
    found.sort_by(|a, b| (a.kind, &a.place).cmp(&(b.kind, &b.place)));
    found.dedup_by_key(|one| one.key());
    found
}

/// The dates of the document, and dates that had passed when it was issued.
fn dates(reading: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let head = Place { sheet: None, line: 1 };
    match (reading.header.signed, reading.header.published) {
        (Some(signed), Some(published)) if signed != published => {
            let finding = Finding::at(head, Kind::Dates, signed.to_string(), Answer::Right);
            found.push(finding.against(published.to_string()));
        }
        (None, _) => found.push(
            Finding::at(head, Kind::Dates, "", Answer::GiveDate).against(reading.issued.year().to_string()),
        ),
        _ => {}
    }
    for measure in &reading.measures {
        for duty in &measure.duties {
            if let Some(due) =
                duty.due.filter(|due| reading.header.signed.is_some_and(|signed| *due < signed))
            {
                let finding =
                    Finding::of(measure, Kind::Historic, duty.text.clone(), Answer::DoneMovedOrVoid);
                found.push(finding.against(due.to_string()));
            }
        }
    }
    found
}
