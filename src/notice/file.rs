//! The TOML files: a plan with its tasks and duties, and a roster with units, posts, teams and rooms.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

use crate::domain::people::{Chase, Rank, UnitKind};
use crate::domain::period::Cadence;
use crate::domain::quantity::Quantity;
use crate::domain::quota::Grade;
use crate::domain::task::Schedule;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The plan, where the file has one.
    pub plan: Option<Plan>,
    /// Its tasks, in the order of the notice.
    pub tasks: Vec<Task>,
    /// The roster, where the file has one.
    pub roster: Option<Roster>,
}

/// Either file, or both in one: which it is shows in what stands in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnyFile {
    plan: Option<Plan>,
    #[serde(default)]
    task: Vec<Task>,
    office: Option<String>,
    #[serde(default)]
    unit: Vec<Unit>,
    #[serde(default)]
    post: Vec<Post>,
    #[serde(default)]
    team: Vec<Team>,
    #[serde(default)]
    group: Vec<Group>,
    #[serde(default)]
    room: Vec<Room>,
}

/// The head of a plan file.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Stable name of the plan.
    pub code: String,
    /// Title of the notice.
    pub title: String,
    /// Document number (文号).
    pub doc_no: String,
    /// The day on the notice.
    #[serde(deserialize_with = "day")]
    pub issued: NaiveDate,
    /// The day the plan ends.
    #[serde(deserialize_with = "day")]
    pub ends: NaiveDate,
    /// How often an item without any cadence is asked for progress.
    #[serde(default)]
    pub default_cadence: DefaultCadence,
    /// The plan's own graces, where it is more or less patient than the settings.
    #[serde(default)]
    pub ladder: Ladder,
}

/// Graces of the escalation ladder, in workdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// After the last nudge, before the head of the unit hears of it.
    pub head: Option<u8>,
    /// After that, before the office does.
    pub office: Option<u8>,
}

/// How often an item without any cadence is asked for progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "CadenceOrNone")]
pub struct DefaultCadence(pub Option<Cadence>);

#[derive(Deserialize)]
#[serde(untagged)]
enum CadenceOrNone {
    Cadence(Cadence),
    None(NoneWord),
}

#[derive(Deserialize)]
enum NoneWord {
    #[serde(rename = "none")]
    None,
}

impl From<CadenceOrNone> for DefaultCadence {
    fn from(word: CadenceOrNone) -> DefaultCadence {
        match word {
            CadenceOrNone::Cadence(cadence) => DefaultCadence(Some(cadence)),
            CadenceOrNone::None(NoneWord::None) => DefaultCadence(None),
        }
    }
}

impl DefaultCadence {
    /// The word the database keeps.
    pub fn as_str(self) -> &'static str {
        self.0.map_or("none", Cadence::as_str)
    }
}

/// One item.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// Stable code within the plan.
    pub code: String,
    /// Where it stands in the notice.
    pub section: String,
    /// What it is about, short enough for a phone.
    pub title: String,
    /// Code of the lead unit.
    pub lead: Option<String>,
    /// Code of the team, for items that the notice gives to a team as a whole.
    pub team: Option<String>,
    /// Codes of units or names of groups that owe it.
    #[serde(default)]
    pub responsible: Vec<String>,
    /// Words that name no unit (有关部门): a question for the office.
    #[serde(default)]
    pub unsettled: Vec<String>,
    /// Whether the office has confirmed it; nobody is asked before.
    #[serde(default)]
    pub confirmed: bool,
    /// Whether it may be told in private on a trusted channel only.
    #[serde(default)]
    pub confidential: bool,
    /// Codes of near duplicates.
    #[serde(default)]
    pub links: Vec<String>,
    /// What the office must know.
    pub note: Option<String>,
    /// What is to be done.
    #[serde(rename = "duty", default)]
    pub duties: Vec<Duty>,
}

/// One checkable obligation.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// What is to be done, in short.
    pub text: String,
    /// How often, if it recurs.
    pub every: Option<Cadence>,
    /// By when, if a day is written.
    #[serde(default, deserialize_with = "day_or_none")]
    pub due: Option<NaiveDate>,
    /// Where it starts, for duties whose progress is to be held against the elapsed workdays.
    #[serde(default, deserialize_with = "day_or_none")]
    pub starts: Option<NaiveDate>,
    /// The vague word that stands in place of a day.
    pub vague: Option<String>,
    /// Whether it is only registered when it happens.
    #[serde(default)]
    pub on_event: bool,
    /// What it wants to reach.
    pub target: Option<Quantity>,
    /// Whose number the target is, where every person of a grade owes it, not the unit as a whole.
    pub each: Option<Grade>,
    /// Whether the office verifies it; by default where there is a date or a target.
    pub review: Option<bool>,
}

impl Duty {
    /// When it is owed.
    pub fn schedule(&self) -> Schedule {
        match (self.every, self.due) {
            (Some(cadence), _) => Schedule::Every(cadence),
            (None, Some(due)) => Schedule::Due(due),
            (None, None) if self.on_event => Schedule::OnEvent,
            (None, None) => Schedule::Undated,
        }
    }

    /// Whether the office verifies it (DESIGN section 11, What is reviewed).
    pub fn reviewed(&self) -> bool {
        self.review.unwrap_or(self.due.is_some() || self.target.is_some())
    }
}

/// A roster.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roster {
    /// Code of the unit that runs the supervision.
    pub office: String,
    /// Units.
    pub units: Vec<Unit>,
    /// Posts.
    pub posts: Vec<Post>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Named sets of units.
    pub groups: Vec<Group>,
    /// Rooms of the built-in chat.
    pub rooms: Vec<Room>,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Stable code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Name on cards.
    pub short: String,
    /// Every other usual name.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What kind of body it is.
    pub kind: UnitKind,
    /// How it may be chased; by default what its kind says.
    pub chase: Option<Chase>,
    /// Whether it only stands for illustration.
    #[serde(default)]
    pub sample: bool,
}

/// A post.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// Stable code.
    pub code: String,
    /// Code of its unit.
    pub unit: String,
    /// What it is called.
    pub title: String,
    /// Its standing.
    pub rank: Rank,
    /// Whether the notice leaves it blank.
    #[serde(default)]
    pub vacant: bool,
    /// Whether it only stands for illustration.
    #[serde(default)]
    pub sample: bool,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Stable code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Name on cards.
    pub short: String,
    /// Code of the post that heads it.
    pub head: Option<String>,
    /// Codes of the posts that answer its items.
    #[serde(default)]
    pub deputies: Vec<String>,
}

/// A named set of units.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Codes of its units.
    pub units: Vec<String>,
}

/// A room of the built-in chat.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Stable code.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Codes of the units that meet here.
    #[serde(default)]
    pub units: Vec<String>,
    /// Code of the team that meets here.
    pub team: Option<String>,
    /// Whether it is the office's own.
    #[serde(default)]
    pub office: bool,
}

/// Reads a file. The error names line and column, as the TOML reader found it.
pub fn read(text: &str) -> Result<Draft, toml::de::Error> {
    let file: AnyFile = toml::from_str(text)?;
    let roster = file.office.map(|office| Roster {
        office,
        units: file.unit,
        posts: file.post,
        teams: file.team,
        groups: file.group,
        rooms: file.room,
    });
    Ok(Draft { plan: file.plan, tasks: file.task, roster })
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let value = toml::value::Datetime::deserialize(deserializer)?;
    value
        .to_string()
        .parse()
        .map_err(|_| serde::de::Error::custom(format!("`{value}` is no day; write 2022-05-18")))
}

fn day_or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    day(deserializer).map(Some)
}
