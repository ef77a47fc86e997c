//! From the outline to the leaf measures, each with who answers for it: brackets cover the siblings before them, headings
//! hand down what they say.

use crate::notice::container::Place;
use crate::notice::groups;
use crate::notice::ledger::{each, is_done};
use crate::notice::marker::Form;
use crate::notice::outline::{Kind, Node, Outline};
use crate::notice::paragraphs::{self, cover, kept_heading};
use crate::notice::prose;
use crate::notice::responsibility::{Assigned, segments};
use crate::notice::rules::is_stretch;
use crate::notice::sections::{Section, heading_of, is_frame, is_steps, of};
use crate::notice::table;
use crate::notice::terms;
use crate::notice::twin::Twin;
use crate::notice::units::{are_units, names};

/// A leaf measure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Leaf {
    /// The numbers above it and its own.
    pub numbers: Vec<u32>,
    /// The headings above it.
    pub path: Vec<String>,
    /// Its text without number and bracket.
    pub text: Twin,
    /// Who answers for it.
    pub assigned: Option<Assigned>,
    /// The work group whose task it is.
    pub group: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// The part of the document.
    pub part: usize,
}

/// The leaf measures of a document, in order.
pub fn leaves(outline: &Outline) -> Vec<Leaf> {
    let walker = Walker { outline, minutes: are_minutes(outline) };
    let by_part: Vec<Vec<Leaf>> = (0..outline.parts.len()).map(|part| walker.part(part)).collect();
    // Where a plan follows the covering notice, the notice itself only asks to carry it out.
    let later = by_part.iter().skip(1).any(|leaves| !leaves.is_empty());
    let mut all: Vec<Leaf> = Vec::new();
    for (part, leaves) in by_part.into_iter().enumerate() {
        let cover = part == 0 && outline.parts[0].signed && later;
        all.extend(
            leaves.into_iter().filter(|leaf| (!cover || answered(leaf)) && !is_done(leaf.text.norm())),
        );
    }
    all
}

/// Whether a document says at its head that it is minutes.
fn are_minutes(outline: &Outline) -> bool {
    let opening = outline.nodes.first().filter(|node| node.kind == Kind::Opening);
    opening.is_some_and(|node| node.texts.iter().any(|(text, _)| text.norm().contains("纪要")))
}

/// Whether somebody answers for a measure, in a bracket or in its sentences.
fn answered(leaf: &Leaf) -> bool {
    let said = || prose::assigned(&leaf.text.tight());
    leaf.assigned.is_some() || said().is_some_and(|said| said.lead.iter().any(|lead| !lead.starts_with('各')))
}

/// Whether a measure of a section that holds none as a rule is one all the same: an aim that a bracket gives to somebody,
/// or a step of a campaign that one body is told to do. What guarantees the plan is no task, whoever is named for it.
fn is_given(leaf: &Leaf, heading: &str) -> bool {
    let bracket = leaf.assigned.as_ref().is_some_and(Assigned::names_anybody);
    let told = || {
        let said = prose::assigned(&leaf.text.tight());
        bracket || said.is_some_and(|said| !said.lead.iter().all(|lead| is_everybody(lead)))
    };
    bracket && heading.contains("目标") || is_steps(heading) && told()
}

/// Whether a name is that of all bodies of a kind, as a campaign sets all of them going (各乡镇, 各单位).
fn is_everybody(name: &str) -> bool {
    const ALL: [&str; 7] = ["乡", "镇", "街", "村", "部门", "单位", "地"];
    name.starts_with('各') && ALL.iter().any(|word| name.contains(word))
}

/// The node of units, or of a stretch of the year, that head the list of what is to be done.
const UNIT: Kind = Kind::Item(Form::Named, 0);

struct Walker<'a> {
    outline: &'a Outline,
    /// Whether the document is minutes (纪要).
    minutes: bool,
}

impl Walker<'_> {
    fn node(&self, at: usize) -> &Node {
        &self.outline.nodes[at]
    }

    fn part(&self, part: usize) -> Vec<Leaf> {
        let found = &self.outline.parts[part];
        let mut leaves = Vec::new();
        let mut children: Vec<Vec<Leaf>> = found.roots.iter().map(|at| self.walk(*at, true)).collect();
        self.cover_roots(&found.roots, &mut children);
        let table = self.outline.nodes.iter().any(|node| node.kind == Kind::Table);
        let any = children.iter().flatten().any(|leaf| leaf.assigned.is_some() || leaf.group.is_some());
        for (root, children) in found.roots.iter().zip(&mut children) {
            let bare = !children.iter().any(|leaf| leaf.assigned.is_some() || leaf.group.is_some());
            let alone = self.node(*root).children.is_empty() && self.node(*root).kind != Kind::Table;
            // A paragraph that nobody answers for, among sections that say who does, opens or closes the text.
            if (any || table && self.heading(*root).contains("目标"))
                && bare
                && alone
                && (of(&self.heading(*root)) != Section::Tasks || self.heading(*root).contains("目标"))
                && children.iter().all(|leaf| prose::assigned(&leaf.text.tight()).is_none())
            {
                continue;
            }
            leaves.append(children);
        }
        terms::give(found.terms.as_ref(), &mut leaves);
        let title = found.title.clone();
        for leaf in &mut leaves {
            leaf.part = part;
            if let Some(deadline) = &found.deadline {
                leaf.assigned.get_or_insert_default().deadline.get_or_insert_with(|| deadline.clone());
            }
            if found.annex && !title.is_empty() {
                leaf.path.insert(0, title.clone());
            }
        }
        leaves
    }

    /// A bracket covers the items before it at the head of a part as well, unless they are its sections.
    fn cover_roots(&self, roots: &[usize], children: &mut [Vec<Leaf>]) {
        let mut said: Option<Assigned> = None;
        for (root, leaves) in roots.iter().zip(children).rev() {
            let section = matches!(self.node(*root).kind, Kind::Item(Form::Han | Form::Chapter, _));
            let [leaf] = leaves.as_mut_slice() else {
                said = None;
                continue;
            };
            if section || leaf.group.is_some() {
                said = None;
            } else if leaf.assigned.as_ref().is_some_and(Assigned::names_anybody) {
                said.clone_from(&leaf.assigned);
            } else if let Some(said) = &said {
                leaf.assigned.get_or_insert_default().inherit(said);
            }
        }
    }

    fn heading(&self, at: usize) -> String {
        let text = self.node(at).texts.first();
        text.map(|(text, _)| heading_of(segments(text)[0].text.norm()).to_owned()).unwrap_or_default()
    }

    /// The leaves of a node and below, with who answers for them as far as the node itself tells.
    fn walk(&self, at: usize, outer: bool) -> Vec<Leaf> {
        let node = self.node(at);
        let heading = self.heading(at);
        if node.kind == Kind::Label && !groups::holds_tasks(self.outline, at) {
            return Vec::new();
        }
        let framed = if outer { of(&heading) == Section::None } else { is_frame(&heading) };
        let framed = framed && matches!(node.kind, Kind::Item(..));
        if framed && node.children.is_empty() {
            return Vec::new();
        }
        if let Some(table) = &node.table {
            let mut leaves = table::leaves(table);
            terms::give(node.terms.as_ref(), &mut leaves);
            return leaves;
        }
        let group = groups::group_name(self.outline, at, &heading);
        let number = match node.kind {
            Kind::Item(_, 0) => Some(self.place_among(at)),
            Kind::Item(_, number) => Some(number),
            _ => None,
        };
        let mut leaves =
            if node.children.is_empty() { paragraphs::leaves(node, self.minutes) } else { self.below(at) };
        let answered = leaves.iter().any(|leaf| leaf.assigned.is_some() || leaf.group.is_some());
        if outer && !answered && of(&heading) == Section::Unlikely {
            return Vec::new();
        }
        if framed {
            leaves.retain(|leaf| is_given(leaf, &heading));
        }
        terms::give(node.terms.as_ref(), &mut leaves);
        for leaf in &mut leaves {
            leaf.numbers.splice(0..0, number);
            if leaf.group.is_none() {
                leaf.group.clone_from(&group);
            }
        }
        leaves
    }

    /// The place of a bullet among its siblings, from 1.
    fn place_among(&self, at: usize) -> u32 {
        let node = self.node(at);
        let siblings =
            node.parent.map_or(&self.outline.parts[node.part].roots, |parent| &self.node(parent).children);
        // Nodes are numbered in the order of the text.
        let before = siblings.partition_point(|other| *other < at);
        u32::try_from(before + 1).unwrap_or(u32::MAX)
    }

    /// The leaves below a node with children.
    fn below(&self, at: usize) -> Vec<Leaf> {
        let node = self.node(at);
        let own = match node.texts.first() {
            // Units that head the list of what they are to do lead it.
            Some((heading, _)) if node.kind == UNIT && are_units(heading) => {
                Assigned { lead: names(heading), ..Assigned::default() }
            }
            // So does a stretch of the year say by when.
            Some((heading, _)) if says_when(node.kind, heading.norm().trim()) => {
                Assigned { deadline: Some(heading.clone()), ..Assigned::default() }
            }
            _ => said(&node.texts[..node.texts.len().min(1)]),
        };
        let mut lines = said(node.texts.get(1..).unwrap_or_default());
        if !lines.lead.is_empty() && lines.responsible.is_empty() {
            lines.responsible = groups::members(self.outline, at);
        }
        // Under a work group that names its units, the bracket of one task is that task's alone.
        let group = node.parent.filter(|_| node.kind == Kind::Label);
        let above = group.map(|at| said(self.node(at).texts.get(1..).unwrap_or_default()));
        // So it is under any group: what it has to do without a bracket is its own.
        let grouped = [Some(at), node.parent].into_iter().flatten();
        let grouped =
            grouped.filter_map(|at| groups::group_name(self.outline, at, &self.heading(at))).count() > 0;
        let silent = !grouped
            && ![Some(&own), Some(&lines), above.as_ref()].into_iter().flatten().any(Assigned::names_anybody);
        let mut all: Vec<Leaf> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        for child in &node.children {
            let single = self.node(*child).children.is_empty();
            if !single {
                open.clear();
            }
            for leaf in self.walk(*child, false) {
                all.push(leaf);
                let last = all.len() - 1;
                let names = all[last].assigned.as_ref().is_some_and(Assigned::names_anybody);
                if !names {
                    open.push(last);
                } else if single && silent {
                    // A bracket behind says nothing of what names somebody in its own sentences.
                    open.retain(|at| prose::assigned(&all[*at].text.tight()).is_none());
                    cover(&mut all, &open, last);
                    open.clear();
                }
            }
        }
        hand_down(&mut all, &own, &lines);
        let heading = node.texts.first().map(|(text, _)| segments(text).swap_remove(0).text);
        let heading = heading.map(|text| kept_heading(&text)).filter(|heading| !heading.is_empty());
        if let Some(heading) = heading.filter(|_| matches!(node.kind, Kind::Item(..))) {
            for leaf in &mut all {
                leaf.path.insert(0, heading.clone());
            }
        }
        all
    }
}

/// Whether the heading of a list says by when what stands below it is due.
fn says_when(kind: Kind, heading: &str) -> bool {
    matches!(kind, Kind::Item(..)) && (is_stretch(heading) || terms::is_heading(heading))
}

/// What some paragraphs say of who answers.
fn said(texts: &[(Twin, Place)]) -> Assigned {
    let mut said = Assigned::default();
    for segment in texts.iter().flat_map(|(text, _)| segments(text)) {
        said.add(segment.assigned.unwrap_or_default());
    }
    said
}

/// What a heading says goes for what stands below it, and fills what is left open there. The lines around the measures go
/// for those that name nobody.
fn hand_down(all: &mut [Leaf], heading: &Assigned, lines: &Assigned) {
    let deadlines = lines.deadline.as_ref().and_then(|said| each(said, all.len()));
    for (at, leaf) in all.iter_mut().enumerate() {
        if *heading == Assigned::default() && *lines == Assigned::default() {
            continue;
        }
        let own = leaf.assigned.get_or_insert_default();
        own.inherit(heading);
        let named = own.names_anybody();
        let mut lines = lines.clone();
        if let Some(parts) = &deadlines {
            lines.deadline = Some(parts[at].clone());
        }
        if named {
            own.deadline = own.deadline.take().or(lines.deadline);
        } else {
            own.inherit(&lines);
        }
    }
}
