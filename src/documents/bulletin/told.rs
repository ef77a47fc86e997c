//! What a template may name. Numbers are numbers; days, names and lists of names are ready to be printed, and no words of a
//! person can be taken for a mark.

mod rows;

use chrono::Datelike as _;
use serde::Serialize;

use crate::assess::digest::{Digest, Since};
use crate::assess::facts::Facts;
use crate::assess::sums::Lights;
use crate::documents::bulletin::Length;
use crate::domain::period::Period;
use crate::domain::quota::Counter;
use crate::wording::signing::bulletin;
use crate::wording::{day, names};
use rows::{
    Changed, Closed, FiledOf, Line, NAMES, Number, Problem, Sum, change, closed, followed, full_day, lines,
    number, problems, quotas, sources, teams,
};

pub use rows::Quotas;

/// What a bulletin is drawn up from.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// The facts at the end of the period.
    pub facts: &'a Facts,
    /// What they amount to.
    pub digest: &'a Digest,
    /// The period.
    pub period: Period,
    /// The yearly numbers by person.
    pub counters: &'a [Counter],
    /// What the bot itself asked of people.
    pub burden: Burden,
    /// Who signs.
    pub issuer: &'a str,
    /// The team or front it is about; empty where it is about everything.
    pub whose: &'a str,
}

/// What the bot asked of people in the period (减负账).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Burden {
    /// People who heard something.
    pub people: usize,
    /// Cards, counted once for each who heard one.
    pub cards: i64,
    /// The most that one person heard.
    pub most: i64,
    /// Reports made.
    pub answers: i64,
}

/// What a template may name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// The file of the full text.
    #[serde(skip)]
    template: &'static str,
    kind: &'static str,
    plan: String,
    doc_no: String,
    year: i32,
    period: String,
    from: String,
    until: String,
    today: String,
    issuer: String,
    team: String,
    first: bool,
    all: i64,
    red: Changed,
    yellow: Changed,
    green: Changed,
    undated: Changed,
    claimed: Changed,
    closed_all: Changed,
    waiting: i64,
    filed: FiledOf,
    closed: Vec<Closed>,
    accepted: Vec<Line>,
    lagging: Vec<Line>,
    hurdles: Vec<Problem>,
    settled: Vec<Line>,
    eased: Vec<Line>,
    still: Vec<Line>,
    targets: Vec<Number>,
    held: String,
    held_count: usize,
    teams: Vec<Sum>,
    sources: Vec<Sum>,
    quotas: Quotas,
    burden: Burden,
}

impl Told {
    /// The template that puts it into words at this length.
    pub fn template_of(&self, length: Length) -> &'static str {
        match length {
            Length::Full => self.template,
            Length::Half => "half.txt",
            Length::Spoken => "spoken.txt",
        }
    }

    /// Draws it up.
    pub fn new(from: Sources<'_>) -> Told {
        let Sources { facts, digest, period, counters, .. } = from;
        let (lights, before) = (&digest.lights, digest.before.as_ref());
        let changed = |of: fn(&Lights) -> i64| Changed {
            now: of(lights),
            change: before.map(|before| change(of(lights) - of(before))).unwrap_or_default(),
        };
        let plan = facts.tasks.values().next().map(|task| task.plan.clone());
        let part = |since| followed(&digest.followed, since);
        Told {
            template: super::template(period),
            kind: bulletin(Some(period)),
            plan: plan.as_ref().map(|plan| plan.title.clone()).unwrap_or_default(),
            doc_no: plan.map(|plan| plan.doc_no).unwrap_or_default(),
            year: digest.span.until.year(),
            period: match period {
                // No period of the plan, but days somebody has chosen.
                Period::Day(_) | Period::Once => {
                    format!("{}至{}", day(digest.span.from), day(digest.span.until))
                }
                period => period.chinese(),
            },
            from: day(digest.span.from),
            until: day(digest.span.until),
            today: full_day(facts.now.today()),
            issuer: from.issuer.to_owned(),
            team: from.whose.to_owned(),
            first: before.is_none(),
            all: lights.all(),
            red: changed(|lights| lights.red),
            yellow: changed(|lights| lights.yellow),
            green: changed(|lights| lights.green),
            undated: changed(|lights| lights.undated),
            claimed: changed(|lights| lights.claimed),
            closed_all: changed(|lights| lights.closed),
            waiting: lights.waiting,
            filed: FiledOf::of(digest.filed),
            closed: closed(digest),
            accepted: lines(&digest.accepted),
            lagging: lines(&digest.lagging),
            hurdles: problems(&digest.hurdles),
            settled: part(Since::Settled),
            eased: part(Since::Eased),
            still: part(Since::Still),
            targets: digest.targets.iter().map(number).collect(),
            held: names(&digest.held.iter().map(String::as_str).collect::<Vec<_>>(), NAMES * 2),
            held_count: digest.held.len(),
            teams: teams(facts),
            sources: sources(facts),
            quotas: quotas(counters),
            burden: from.burden,
        }
    }
}
