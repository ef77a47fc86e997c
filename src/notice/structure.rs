//! Findings about the build of a document: counts, numbers, sections that were passed over, seats without a name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::chinese::number_at;
use crate::notice::container::Place;
use crate::notice::findings::{Answer, Finding, Kind};
use crate::notice::groups::Seat;
use crate::notice::outline::{Kind as NodeKind, Node, Outline};
use crate::notice::reading::Reading;
use crate::notice::sections::{Section, heading_of, of};
use crate::notice::twin::Twin;

/// A number of items that a heading promises.
static PROMISE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[(（](?:共)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:项|条|个|件|大项|方面|类)[^()]{0,6}[)）]",
    )
    .expect("a pattern")
});

/// What stands in place of a name that is not known yet.
const NO_NAME: [&str; 6] = ["×××", "XXX", "xxx", "(待任)", "(空缺)", "(待定)"];

pub(super) fn findings(reading: &Reading, outline: &Outline) -> Vec<Finding> {
    let mut found = Vec::new();
    let under = under_headings(reading);
    for (at, node) in outline.nodes.iter().enumerate() {
        let Some((text, place)) = node.texts.first() else { continue };
        let heading = heading_of(text.norm());
        found.extend(promise(&under, heading, place));
        found.extend(gaps(outline, node));
        let top =
            node.parent.is_none() && matches!(node.kind, NodeKind::Item(..)) && !node.children.is_empty();
        let is_held = || {
            let above = |one: &String| text.kept().starts_with(one.as_str());
            reading.measures.iter().any(|measure| measure.path.iter().any(above))
        };
        if top && matches!(of(heading), Section::None | Section::Unlikely) && !is_held() {
            let count = outline.nodes[at].children.len();
            found.push(
                Finding::at(place.clone(), Kind::PassedOver, heading, Answer::Right)
                    .against(count.to_string()),
            );
        }
    }
    found.extend(seats(reading));
    found
}

/// How many measures stand under each heading, in half width.
fn under_headings(reading: &Reading) -> BTreeMap<String, usize> {
    let mut under: BTreeMap<String, usize> = BTreeMap::new();
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for measure in &reading.measures {
        let headings: BTreeSet<&String> = measure.path.iter().collect();
        for heading in headings {
            let norm = known.entry(heading).or_insert_with(|| Twin::new(heading).norm().to_owned());
            *under.entry(norm.clone()).or_default() += 1;
        }
    }
    under
}

/// The heading says how many items there are; counted are the measures under it.
fn promise(under: &BTreeMap<String, usize>, heading: &str, place: &Place) -> Option<Finding> {
    let said = PROMISE.captures(heading).filter(|_| heading.chars().count() <= 40)?;
    let said = usize::try_from(number_at(&said[1])?.whole()?).ok()?;
    let listed = under.get(heading).copied().unwrap_or_default();
    let finding = Finding::at(place.clone(), Kind::HeadingCount, heading, Answer::Right);
    (listed > 0 && listed != said).then(|| finding.against(listed.to_string()))
}

/// Numbers of the items below that do not count on.
fn gaps(outline: &Outline, node: &Node) -> Option<Finding> {
    let numbered = node.children.iter().filter_map(|at| match outline.nodes[*at].kind {
        NodeKind::Item(form, number) if number > 0 => Some((*at, form, number)),
        _ => None,
    });
    let mut last: Option<(crate::notice::marker::Form, u32)> = None;
    for (at, form, number) in numbered {
        let jump = last.is_some_and(|(before, last)| before == form && number != last + 1);
        if jump {
            let (text, place) = outline.nodes[at].texts.first()?;
            let finding = Finding::at(place.clone(), Kind::Numbering, heading_of(text.norm()), Answer::Right);
            return Some(finding.against(number.to_string()));
        }
        last = Some((form, number));
    }
    None
}

/// Seats of the work groups that stand empty, and people who hold several.
fn seats(reading: &Reading) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for group in &reading.groups {
        for seat in &group.people {
            match seat.name.as_deref().filter(|name| !is_no_name(name)) {
                None => found.push(vacant(&group.name, seat)),
                Some(name) => by_name.entry(name).or_default().push(&group.name),
            }
        }
    }
    for (name, groups) in by_name.into_iter().filter(|(_, groups)| groups.len() > 1) {
        let place = reading.groups.first().map(|group| group.place.clone()).unwrap_or_default();
        found.push(Finding::at(place, Kind::SeveralSeats, name, Answer::Right).against(groups.join("、")));
    }
    found
}

fn vacant(group: &str, seat: &Seat) -> Finding {
    let words = format!("{group}{}:{}", seat.role, seat.post);
    Finding::at(seat.place.clone(), Kind::Vacant, words, Answer::Await).against(seat.post.clone())
}

fn is_no_name(name: &str) -> bool {
    NO_NAME.contains(&name)
}
