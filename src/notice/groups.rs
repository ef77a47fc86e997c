//! Work groups (工作专班, 推进组) of an annex: their heads and deputies, and whether a post stands there without a name.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::container::Place;
use crate::notice::outline::{Kind, Outline};
use crate::notice::sections::heading_of;
use crate::notice::twin::Twin;
use crate::notice::units::names;

/// A work group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name, without 及职责 and the like.
    pub name: String,
    /// Its people, in order.
    pub people: Vec<Seat>,
    /// Where it stands.
    pub place: Place,
}

/// One line of a group's list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// 组长, 副组长.
    pub role: String,
    /// The name without inner blanks; None where the post stands alone.
    pub name: Option<String>,
    /// The post.
    pub post: String,
    /// Where it stands.
    pub place: Place,
}

static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:(?:主要)?(?:组成|成员)(?:人员|单位|名单)?)?(?:[、及和与]*(?:其|主要|工作|任务|相关)*(?:职责|任务|分工)(?:任务|分工|清单)?)*$").expect("a pattern")
});

/// Whether what stands under a label are tasks.
pub fn is_task_label(label: &str) -> bool {
    ["任务", "工作", "举措", "措施", "事项"].iter().any(|word| label.contains(word))
        && !label.contains("职责")
}

/// Whether what stands under a label node are tasks: the list of tasks of a group, or of one that has none the list of its
/// duties (职责). Those of an office are how it serves the others.
pub fn holds_tasks(outline: &Outline, at: usize) -> bool {
    let node = &outline.nodes[at];
    if is_task_label(&node.label) {
        return true;
    }
    let Some(parent) = node.parent.map(|parent| &outline.nodes[parent]) else { return false };
    let heading = parent.texts.first().map_or("", |(text, _)| heading_of(text.norm()));
    let group = (heading.contains("专班") || heading.ends_with('组'))
        && !heading.contains("办公室")
        && !heading.contains("领导小组");
    let lists = parent.children.iter().any(|child| {
        let child = &outline.nodes[*child];
        child.kind == Kind::Label && is_task_label(&child.label)
    });
    node.label.contains("职责") && group && !lists && node.children.len() > 1
}

/// The member units (成员单位) of a group.
pub fn members(outline: &Outline, at: usize) -> Vec<String> {
    let labels = outline.nodes[at].children.iter().map(|child| &outline.nodes[*child]);
    let members = labels.filter(|label| label.kind == Kind::Label && label.label.starts_with("成员"));
    members.flat_map(|label| label.texts.iter().flat_map(|(text, _)| names(text))).collect()
}

/// Whether a label introduces people.
fn is_people_label(label: &str) -> bool {
    !is_task_label(label) && !label.contains("职责")
}

/// Whether a sentence says who sits at the head of a group: 组长由县公安局局长担任.
fn seats_somebody(text: &str) -> bool {
    ["组长由", "主任由", "任组长", "组长为", "总指挥由", "召集人由"].iter().any(|words| text.contains(words))
}

/// The name of the group that a node is, if it is one: it has people of its own.
pub fn group_name(outline: &Outline, at: usize, heading: &str) -> Option<String> {
    let node = &outline.nodes[at];
    let has_people = node.children.iter().any(|child| {
        let child = &outline.nodes[*child];
        child.kind == Kind::Label && is_people_label(&child.label)
    });
    let has_people = has_people || node.texts.iter().skip(1).any(|(text, _)| seats_somebody(text.norm()));
    let named = heading.contains('组')
        || heading.contains("专班")
        || heading.contains("办公室")
        || heading.contains("指挥部");
    // Under a heading that sets the groups up, one is there without any people: 二、专班设置及职责.
    let set_up = heading.ends_with('组')
        && node.parent.and_then(|parent| outline.nodes[parent].texts.first()).is_some_and(|(above, _)| {
            let above = heading_of(above.norm());
            ["专班", "工作组", "分组", "组织机构"].iter().any(|word| above.contains(word))
                && ["设置", "设立", "组成", "职责", "分工"].iter().any(|word| above.contains(word))
        });
    if !((has_people || set_up) && named && matches!(node.kind, Kind::Item(..))) {
        return None;
    }
    let kept = node.texts.first().map(|(text, _)| text.clone())?;
    let norm = kept.norm();
    let name_end = norm.find(heading)? + heading.len();
    let name = kept.slice(norm.find(heading)?..name_end);
    let bare = norm_tail(name.norm());
    Some(name.kept_at(0..bare).trim().to_owned())
}

/// The bytes of a heading without 成员及职责 at its end.
fn norm_tail(heading: &str) -> usize {
    let cut = heading.split(['(', ':']).next().unwrap_or(heading).trim_end();
    TAIL.find(cut).map_or(cut.len(), |tail| if tail.start() == 0 { cut.len() } else { tail.start() })
}

/// The groups of a document with their people; a list of people right under the title of an annex is one as well.
pub fn groups(outline: &Outline) -> Vec<Group> {
    let mut found = Vec::new();
    for part in &outline.parts {
        let people = seats(outline, &part.roots);
        if let Some(place) = people.first().map(|seat| seat.place.clone()) {
            found.push(Group { name: part.title.clone(), people, place });
        }
    }
    for (at, node) in outline.nodes.iter().enumerate() {
        let heading = node.texts.first().map(|(text, _)| heading_of(text.norm()).to_owned());
        let Some(name) = heading.and_then(|heading| group_name(outline, at, &heading)) else { continue };
        let place = node.texts.first().map(|(_, place)| place.clone()).unwrap_or_default();
        found.push(Group { name, people: seats(outline, &node.children), place });
    }
    found
}

/// The heads and deputies among these nodes; the members are units and not persons.
fn seats(outline: &Outline, nodes: &[usize]) -> Vec<Seat> {
    let labels = nodes.iter().map(|at| &outline.nodes[*at]).filter(|node| node.kind == Kind::Label);
    let heads = labels.filter(|label| is_people_label(&label.label) && !label.label.starts_with('成'));
    heads
        .flat_map(|label| label.texts.iter().filter_map(|(text, place)| seat(&label.label, text, place)))
        .collect()
}

/// Reads `甘  棠  县政府副县长`; a post alone has no name before it.
fn seat(role: &str, line: &Twin, place: &Place) -> Option<Seat> {
    let norm = line.norm();
    let bare = norm.trim();
    if bare.is_empty() || bare.ends_with('。') {
        return None;
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let seat =
        |name: Option<String>, post: String| Seat { role: role.to_owned(), name, post, place: place.clone() };
    if looks_like_post(words[0]) {
        return Some(seat(None, bare.to_owned()));
    }
    // A name of two characters is set with a gap between them.
    let gapped = words.len() >= 2 && words[0].chars().count() == 1 && words[1].chars().count() == 1;
    let (name, rest) =
        if gapped { (words[..2].concat(), &words[2..]) } else { (words[0].to_owned(), &words[1..]) };
    Some(seat(Some(name), rest.join(" ")))
}

/// Whether a word is a post and no name: names have at most four characters and end in none of these.
fn looks_like_post(word: &str) -> bool {
    let ends = [
        "长",
        "主任",
        "书记",
        "常委",
        "局长",
        "负责人",
        "主席",
        "部长",
        "委员",
        "经理",
        "成员",
        "领导",
        "同志",
    ];
    word.chars().count() > 4 || word.chars().count() > 2 && ends.iter().any(|end| word.ends_with(end))
}
