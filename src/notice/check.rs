//! The checks on a plan file before anything is stored: every mistake at once, and what the office still has to decide.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::period::Cadence;
use crate::domain::task::{Hold, hold_for};
use crate::notice::file::{Draft, Duty, Roster, Task};

/// A mistake that keeps a file from being imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Mistake {
    /// Which entry: `task LH-3.2`, `post fgj.head`.
    pub place: String,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// Something the office has to decide before anyone is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The date lies before the notice's own.
    Historic {
        /// Code of the task.
        task: String,
        /// The duty.
        duty: String,
        /// The date.
        due: String,
    },
    /// A vague word stands in place of a date.
    Vague {
        /// Code of the task.
        task: String,
        /// The duty.
        duty: String,
        /// The word.
        word: String,
    },
    /// The words name no unit.
    Unsettled {
        /// Code of the task.
        task: String,
        /// The words.
        words: String,
    },
    /// The item is not confirmed.
    Unconfirmed {
        /// Code of the task.
        task: String,
    },
    /// The notice leaves the post blank.
    Vacant {
        /// Title of the post.
        post: String,
    },
    /// The items say nearly the same.
    Linked {
        /// Code of the one.
        task: String,
        /// Code of the other.
        other: String,
    },
    /// Nothing says when: asked for progress only.
    Undated {
        /// How many duties.
        count: usize,
    },
}

/// Checks a plan together with the roster it is bound to.
pub fn mistakes(draft: &Draft, roster: &Roster) -> Vec<Mistake> {
    let mut found = roster_mistakes(roster);
    let names = Names::of(roster);
    let codes: BTreeSet<_> = draft.tasks.iter().map(|task| task.code.as_str()).collect();
    found.extend(twice("task", draft.tasks.iter().map(|task| task.code.as_str())));
    for task in &draft.tasks {
        found.extend(task_mistakes(task, &names, &codes));
    }
    found
}

/// What the office has to decide, in the order of the notice.
pub fn findings(draft: &Draft) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(plan) = &draft.plan else {
        return found;
    };
    let mut undated = 0;
    for task in &draft.tasks {
        if !task.confirmed {
            found.push(Finding::Unconfirmed { task: task.code.clone() });
        }
        for words in &task.unsettled {
            found.push(Finding::Unsettled { task: task.code.clone(), words: words.clone() });
        }
        for other in task.links.iter().filter(|other| **other > task.code) {
            found.push(Finding::Linked { task: task.code.clone(), other: other.clone() });
        }
        for duty in &task.duties {
            match hold_for(duty.schedule(), duty.vague.is_some(), plan.issued) {
                Some(Hold::Historic) => found.push(Finding::Historic {
                    task: task.code.clone(),
                    duty: duty.text.clone(),
                    due: duty.due.map(|day| day.to_string()).unwrap_or_default(),
                }),
                Some(Hold::Vague) => found.push(Finding::Vague {
                    task: task.code.clone(),
                    duty: duty.text.clone(),
                    word: duty.vague.clone().unwrap_or_default(),
                }),
                None if duty.schedule() == crate::domain::task::Schedule::Undated => undated += 1,
                None => {}
            }
        }
    }
    if undated > 0 {
        found.push(Finding::Undated { count: undated });
    }
    let vacant = draft.roster.iter().flat_map(|roster| &roster.posts).filter(|post| post.vacant);
    found.extend(vacant.map(|post| Finding::Vacant { post: post.title.clone() }));
    found
}

/// The codes and names a plan may refer to.
struct Names<'a> {
    units: BTreeSet<&'a str>,
    groups: BTreeSet<&'a str>,
    teams: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(roster: &'a Roster) -> Names<'a> {
        Names {
            units: roster.units.iter().map(|unit| unit.code.as_str()).collect(),
            groups: roster.groups.iter().map(|group| group.name.as_str()).collect(),
            teams: roster.teams.iter().map(|team| team.code.as_str()).collect(),
        }
    }
}

fn task_mistakes(task: &Task, names: &Names<'_>, codes: &BTreeSet<&str>) -> Vec<Mistake> {
    let place = format!("task {}", task.code);
    let mistake = |what: String| Mistake { place: place.clone(), what };
    let mut found = Vec::new();
    if let Some(lead) = task.lead.as_deref().filter(|lead| !names.units.contains(lead)) {
        found.push(mistake(format!("lead `{lead}` is no unit of the roster")));
    }
    if let Some(team) = task.team.as_deref().filter(|team| !names.teams.contains(team)) {
        found.push(mistake(format!("team `{team}` is not in the roster")));
    }
    for one in task
        .responsible
        .iter()
        .filter(|one| !names.units.contains(one.as_str()) && !names.groups.contains(one.as_str()))
    {
        found.push(mistake(format!("responsible `{one}` is neither a unit nor a group of the roster")));
    }
    for other in task.links.iter().filter(|other| !codes.contains(other.as_str())) {
        found.push(mistake(format!("links to `{other}`, which is not in the plan")));
    }
    if task.team.is_none() && task.responsible.is_empty() && task.unsettled.is_empty() {
        found.push(mistake("nobody owes it: give `responsible` or `team`".to_owned()));
    }
    if task.duties.is_empty() {
        found.push(mistake("has no [[task.duty]]: say what is to be done".to_owned()));
    }
    found.extend(task.duties.iter().filter_map(duty_mistake).map(mistake));
    found
}

fn duty_mistake(duty: &Duty) -> Option<String> {
    let said = [duty.every.is_some(), duty.due.is_some(), duty.vague.is_some(), duty.on_event];
    if said.iter().filter(|said| **said).count() > 1 {
        return Some(format!("duty `{}`: give only one of every, due, vague, on_event", duty.text));
    }
    if duty.each.is_some() && (duty.every != Some(Cadence::Year) || duty.target.is_none()) {
        return Some(format!(
            "duty `{}`: each counts a yearly number: give every = \"year\" and a target",
            duty.text
        ));
    }
    let target = duty.target.as_ref()?;
    (!target.value.is_finite() || target.value <= 0.0)
        .then(|| format!("duty `{}`: a target must be a number above 0", duty.text))
}

fn roster_mistakes(roster: &Roster) -> Vec<Mistake> {
    let units: BTreeSet<_> = roster.units.iter().map(|unit| unit.code.as_str()).collect();
    let posts: BTreeSet<_> = roster.posts.iter().map(|post| post.code.as_str()).collect();
    let mut found: Vec<Mistake> = twice("unit", roster.units.iter().map(|unit| unit.code.as_str()));
    found.extend(twice("post", roster.posts.iter().map(|post| post.code.as_str())));
    found.extend(twice("team", roster.teams.iter().map(|team| team.code.as_str())));
    found.extend(shared_aliases(roster));
    let mut missing = |place: String, kind: &str, code: &str, known: &BTreeSet<&str>| {
        if !known.contains(code) {
            found.push(Mistake { place, what: format!("{kind} `{code}` is not in the roster") });
        }
    };
    missing("office".to_owned(), "unit", &roster.office, &units);
    for post in &roster.posts {
        missing(format!("post {}", post.code), "unit", &post.unit, &units);
    }
    for team in &roster.teams {
        for post in team.head.iter().chain(&team.deputies) {
            missing(format!("team {}", team.code), "post", post, &posts);
        }
    }
    for group in &roster.groups {
        for unit in &group.units {
            missing(format!("group {}", group.name), "unit", unit, &units);
        }
    }
    for room in &roster.rooms {
        for unit in &room.units {
            missing(format!("room {}", room.code), "unit", unit, &units);
        }
    }
    found
}

/// One alias must lead to one unit.
fn shared_aliases(roster: &Roster) -> Vec<Mistake> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for unit in &roster.units {
        for alias in &unit.aliases {
            if let Some(other) = owners.insert(alias, &unit.code).filter(|other| *other != unit.code) {
                found.push(Mistake {
                    place: format!("unit {}", unit.code),
                    what: format!("alias `{alias}` belongs to `{other}` too"),
                });
            }
        }
    }
    found
}

fn twice<'a>(kind: &str, codes: impl Iterator<Item = &'a str>) -> Vec<Mistake> {
    let mut seen = BTreeSet::new();
    codes
        .filter(|code| !seen.insert(*code))
        .map(|code| Mistake { place: format!("{kind} {code}"), what: "stands there twice".to_owned() })
        .collect()
}
