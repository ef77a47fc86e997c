//! The pieces of what a template may name: lines, rows and counts.

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use crate::assess::digest::{Digest, Followed, Group, Hurdle, Since, Target};
use crate::assess::facts::Facts;
use crate::assess::sums::{Filed, Lights};
use crate::domain::filing::Owner;
use crate::domain::quota::Counter;
use crate::wording::{day, names, short};

/// Characters of a quoted reason.
const QUOTED: usize = 40;
/// Reasons that are quoted for one line.
const REASONS: usize = 4;
/// Names that are spelled out before they become a number.
pub(super) const NAMES: usize = 10;

/// Yearly numbers by person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Quotas {
    /// People who owe one.
    pub people: usize,
    /// Those who have it.
    pub enough: usize,
    /// What is still owed by all.
    pub left: usize,
}

/// Tasks by light, of one team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Sum {
    name: String,
    all: i64,
    red: i64,
    yellow: i64,
    green: i64,
    undated: i64,
    claimed: i64,
    closed: i64,
    waiting: i64,
}

/// A light and how it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Changed {
    pub(super) now: i64,
    /// `增3`, `减1`, `持平`; empty where there was nothing before.
    pub(super) change: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    label: String,
    title: String,
    text: String,
    due: String,
    count: usize,
    owners: String,
    /// Reasons as told: `县财政局称“……”`, joined by `;`; empty where nobody gave one.
    reasons: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    label: String,
    title: String,
    owner: String,
    words: String,
    needs: String,
    asked: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Number {
    label: String,
    title: String,
    owner: String,
    reached: String,
    percent: u8,
    /// Empty where the elapsed workdays are no measure.
    expected: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Closed {
    label: String,
    title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct FiledOf {
    owed: i64,
    accepted: i64,
    claimed: i64,
    missing: i64,
    open: i64,
    exempt: i64,
    /// Accepted of a hundred owed, rounded down.
    percent: i64,
}

impl FiledOf {
    pub(super) fn of(filed: Filed) -> FiledOf {
        let Filed { owed, accepted, claimed, missing, open, exempt } = filed;
        let percent = if owed > 0 { accepted * 100 / owed } else { 0 };
        FiledOf { owed, accepted, claimed, missing, open, exempt, percent }
    }
}

/// `2022年6月30日`.
pub(super) fn full_day(date: NaiveDate) -> String {
    format!("{}年{}", date.year(), day(date))
}

pub(super) fn change(by: i64) -> String {
    match by {
        0 => "持平".to_owned(),
        by if by > 0 => format!("增{by}"),
        by => format!("减{}", -by),
    }
}

/// Words of a person in one line, without what a template could take for a mark.
pub(super) fn flat(text: &str) -> String {
    short(text, QUOTED).replace('|', "/")
}

pub(super) fn closed(digest: &Digest) -> Vec<Closed> {
    let one = |(no, title): &(_, String)| Closed { label: format!("#{no}"), title: flat(title) };
    digest.closed.iter().map(one).collect()
}

pub(super) fn lines(groups: &[Group]) -> Vec<Line> {
    groups.iter().map(line).collect()
}

pub(super) fn line(group: &Group) -> Line {
    let owners: Vec<&str> = group.owners.iter().map(String::as_str).collect();
    let told = |(owner, words): &(String, String)| format!("{owner}反映“{}”", flat(words));
    let reasons: Vec<String> = group.reasons.iter().take(REASONS).map(told).collect();
    Line {
        label: group.label.clone(),
        title: flat(&group.title),
        text: flat(&group.text),
        due: group.due.map(day).unwrap_or_default(),
        count: owners.len(),
        owners: names(&owners, NAMES),
        reasons: reasons.join(";"),
    }
}

pub(super) fn followed(all: &[Followed], since: Since) -> Vec<Line> {
    all.iter().filter(|one| one.since == since).flat_map(|one| lines(&one.groups)).collect()
}

/// The same words about the same item are told once, with everybody who says so.
pub(super) fn problems(hurdles: &[Hurdle]) -> Vec<Problem> {
    let mut groups: Vec<Vec<&Hurdle>> = Vec::new();
    for hurdle in hurdles {
        let is_same = |group: &&mut Vec<&Hurdle>| {
            let one = group[0];
            one.task == hurdle.task
                && (&one.words, &one.needs, one.asked) == (&hurdle.words, &hurdle.needs, hurdle.asked)
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.push(hurdle),
            None => groups.push(vec![hurdle]),
        }
    }
    groups.iter().map(|group| problem(group)).collect()
}

pub(super) fn problem(group: &[&Hurdle]) -> Problem {
    let hurdle = group[0];
    let mut owners: Vec<&str> = group.iter().map(|one| one.owner.as_str()).collect();
    owners.sort_unstable();
    owners.dedup();
    let is_one = group.iter().all(|one| one.label == hurdle.label);
    Problem {
        label: if is_one { hurdle.label.clone() } else { format!("#{}", hurdle.task) },
        title: flat(&hurdle.title),
        owner: names(&owners, NAMES),
        words: hurdle.words.as_deref().map(flat).unwrap_or_default(),
        needs: hurdle.needs.as_deref().map(flat).unwrap_or_default(),
        asked: hurdle.asked.map(day).unwrap_or_default(),
    }
}

pub(super) fn number(target: &Target) -> Number {
    Number {
        label: target.label.clone(),
        title: flat(&target.title),
        owner: target.owner.clone(),
        reached: target.reached.clone(),
        percent: target.percent,
        expected: target.expected.map(|expected| format!("{expected}%")).unwrap_or_default(),
    }
}

pub(super) fn teams(facts: &Facts) -> Vec<Sum> {
    let name = |team: Option<_>| team.map_or("各单位举措", |team| facts.owner(Owner::Team(team)));
    facts.lights_by_team().into_iter().map(|(team, lights)| sum(name(team), lights)).collect()
}

/// What comes from where; the sums are those of all items.
pub(super) fn sources(facts: &Facts) -> Vec<Sum> {
    facts.lights_by_source().into_iter().map(|(source, lights)| sum(source.chinese(), lights)).collect()
}

fn sum(name: &str, lights: Lights) -> Sum {
    Sum {
        name: name.to_owned(),
        all: lights.all(),
        red: lights.red,
        yellow: lights.yellow,
        green: lights.green,
        undated: lights.undated,
        claimed: lights.claimed,
        closed: lights.closed,
        waiting: lights.waiting,
    }
}

pub(super) fn quotas(counters: &[Counter]) -> Quotas {
    let enough = counters.iter().filter(|counter| counter.left() == 0).count();
    Quotas { people: counters.len(), enough, left: counters.iter().map(Counter::left).sum() }
}
