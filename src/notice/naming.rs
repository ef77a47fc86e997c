//! Findings about who: nobody, nobody in particular, names that the roster does not know or that look alike, units that are
//! not chased directly.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::notice::file::Roster;
use crate::notice::findings::{Answer, Finding, Kind};
use crate::notice::reading::{Measure, Reading};
use crate::notice::roll::Roll;
use crate::notice::twin::Twin;

/// Names that mean nobody in particular.
static UNCLEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("有关|相关|涉及|各责任|责任(?:单位|部门)$|成员单位").expect("a pattern"));

/// Organs and bodies that the government's office does not chase, and companies.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("纪委|监委|县委|市委|组织部|宣传部|统战部|政法委|人大|政协|法院|检察院|人武部|税务局|供电|国网|银行|支行|移动|联通|电信|铁塔|公司|集团|气象局|消防|海关|邮政|分局$|总工会|团委|妇联|残联|工商联|工商业联合会|驻").expect("a pattern")
});

/// Most names that are held against each other.
const NAMES_MAX: usize = 300;

/// A unit that a sentence names as the one who does it.
static DOER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"由(?P<who>[\p{Han}、()]{3,40}?)(?:对|负责|牵头|组织|实施|承担|会同|共同|按|定期|每)")
        .expect("a pattern")
});

pub(super) fn findings(reading: &Reading, roster: Option<&Roster>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut names: BTreeMap<String, &Measure> = BTreeMap::new();
    for measure in &reading.measures {
        let all = || measure.lead.iter().chain(&measure.responsible).chain(&measure.supporting);
        if all().next().is_none() {
            found.push(Finding::of(measure, Kind::NoOwner, start(&measure.text), Answer::NameOwner));
        }
        for name in all().filter(|name| measure.group.as_ref() != Some(name)) {
            if UNCLEAR.is_match(name) {
                found.push(Finding::of(measure, Kind::UnclearUnit, name.clone(), Answer::NameOwner));
            } else {
                names.entry(plain(name)).or_insert(measure);
            }
        }
        found.extend(other_executor(measure));
    }
    found.extend(apart(&names));
    match roster.map(Roll::new) {
        Some(roll) => found.extend(unknown(&names, &roll)),
        None => found.extend(variants(&names)),
    }
    found
}

/// The text says who does it, and the bracket does not name them.
fn other_executor(measure: &Measure) -> Option<Finding> {
    let text = Twin::new(&measure.text).tight();
    let who = DOER.captures(text.norm())?.name("who")?;
    let said = crate::notice::units::names(&text.slice(who.range()));
    let known = |name: &String| {
        let mut all = measure.lead.iter().chain(&measure.responsible).chain(&measure.supporting);
        all.any(|one| {
            plain(one).contains(name.as_str())
                || name.contains(plain(one).as_str())
                || reads_as(name, &plain(one))
        })
    };
    let strange: Vec<String> = said.into_iter().filter(|name| is_named(name) && !known(name)).collect();
    (!strange.is_empty())
        .then(|| Finding::of(measure, Kind::OtherExecutor, strange.join("、"), Answer::NameOwner))
}

/// Whether a name is that of one body, and not 各单位 or a person's post.
fn is_named(name: &str) -> bool {
    let ends = ["局", "委", "机关", "办", "办公室", "部", "院", "公司", "银行", "中心", "会"];
    ends.iter().any(|end| name.ends_with(end)) && !name.starts_with(['各', '市', '省', '本'])
}

/// Units that the office does not chase directly, in one finding.
fn apart(names: &BTreeMap<String, &Measure>) -> Option<Finding> {
    let mut all: Vec<(&String, &&Measure)> = names.iter().filter(|(name, _)| APART.is_match(name)).collect();
    all.sort_by_key(|(_, measure)| measure.place.line);
    let words: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let place = all.first()?.1.place.clone();
    Some(Finding::at(place, Kind::NotChased, words.join("、"), Answer::ViaOffice))
}

/// Names that the roster does not know, with the unit that looks most like it.
fn unknown(names: &BTreeMap<String, &Measure>, roll: &Roll<'_>) -> Vec<Finding> {
    let strange = names.iter().filter(|(name, _)| roll.find(name).is_none());
    strange
        .map(|(name, measure)| {
            let near = roll.nearest(name);
            let answer = near.map_or(Answer::NameOwner, |unit| Answer::Take(unit.to_owned()));
            Finding::of(measure, Kind::UnknownUnit, name.clone(), answer).against(near.unwrap_or_default())
        })
        .collect()
}

/// Without a roster: names of which one is short for another.
fn variants(names: &BTreeMap<String, &Measure>) -> Vec<Finding> {
    let mut found = Vec::new();
    let all: Vec<(&String, &&Measure)> = names.iter().take(NAMES_MAX).collect();
    for (at, (name, measure)) in all.iter().enumerate() {
        for (other, _) in all.iter().skip(at + 1) {
            let (short, long) =
                if name.chars().count() < other.chars().count() { (name, other) } else { (other, name) };
            if reads_as(short, long) {
                let finding = Finding::of(measure, Kind::NameVariants, (*short).clone(), Answer::SameUnit);
                found.push(finding.against((*long).clone()));
            }
        }
    }
    found
}

/// Whether a short name is made of the characters of a long one, with its end: 县营商环境局 of 县营商环境建设监督局.
pub(super) fn reads_as(short: &str, long: &str) -> bool {
    let (shorter, last) = (short.chars().count(), short.chars().next_back());
    if shorter < 3 || shorter >= long.chars().count() || last != long.chars().next_back() {
        return false;
    }
    let (short, long) = (short.trim_start_matches('县'), long.trim_start_matches('县'));
    let mut rest = long.chars();
    short.chars().next() == long.chars().next() && short.chars().all(|c| rest.any(|other| other == c))
}

/// A name in half width, as it is compared.
pub(super) fn plain(name: &str) -> String {
    Twin::new(name).norm().replace(' ', "")
}

fn start(text: &str) -> String {
    text.chars().take(24).collect()
}
