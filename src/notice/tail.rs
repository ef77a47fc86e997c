//! What stands under the last item of a list and is no part of it: closing words, and lines that say who answers for all of it.

use crate::notice::outline::{Kind, Node, Outline};
use crate::notice::responsibility::{Assigned, opens_with_label, segments};
use crate::notice::sections::is_heading;
use crate::notice::terms;
use crate::notice::twin::Twin;

/// What closes a document or a section stands under its last item without being part of it: where the items before it have
/// one paragraph each, so has the last.
pub(super) fn drop_all(outline: &mut Outline) {
    let own: Vec<usize> = outline.nodes.iter().map(own_paragraphs).collect();
    for at in 0..outline.nodes.len() {
        if own[at] >= 2 && closes_a_list(outline, at, &own) {
            let keep = |text: &Twin| segments(text).iter().any(|segment| segment.assigned.is_some());
            let texts = &mut outline.nodes[at].texts;
            // What stands before the line that says who answers is part of the measure.
            let kept = texts.iter().rposition(|(text, _)| keep(text)).unwrap_or(0);
            texts.truncate(kept + 1);
        }
    }
}

/// A line under a list that says who answers, where items of the list have brackets of their own, goes for the others of
/// them: it belongs to what stands above the list.
pub(super) fn raise_all(outline: &mut Outline) {
    for at in 0..outline.nodes.len() {
        let children = &outline.nodes[at].children;
        let Some(last) = children.last().copied().filter(|_| children.len() > 1) else { continue };
        let kept =
            outline.nodes[last].texts.iter().rposition(|(text, _)| !is_line(text)).map_or(0, |at| at + 1);
        let lines = |node: &Node| node.texts.iter().any(|(text, _)| is_line(text));
        let others = &children[..children.len() - 1];
        let alone = !others.iter().any(|child| lines(&outline.nodes[*child]));
        let bracketed = children.iter().any(|child| has_bracket(&outline.nodes[*child]));
        let below =
            outline.nodes[last].children.is_empty() && kept > 0 && kept < outline.nodes[last].texts.len();
        let numbered =
            matches!(outline.nodes[at].kind, Kind::Item(..)) && !outline.nodes[at].texts.is_empty();
        if below && numbered && alone && bracketed {
            let raised = outline.nodes[last].texts.split_off(kept);
            outline.nodes[at].texts.extend(raised);
        }
    }
}

/// A line that says by when several measures are due, before the first or behind the last of them, belongs to what stands
/// above them.
pub(super) fn raise_terms(outline: &mut Outline) {
    for at in 0..outline.nodes.len() {
        let node = &mut outline.nodes[at];
        let mut lines = node.texts.iter().enumerate().skip(1);
        let Some((line, terms)) = lines.find_map(|(line, (text, _))| Some((line, terms::line(text)?))) else {
            continue;
        };
        node.texts.remove(line);
        let (part, above) = (node.part, if node.children.is_empty() { node.parent } else { Some(at) });
        // What the last line of a part says of all is said of its other sections as well.
        let last = outline.nodes.get(at + 1).is_none_or(|next| next.part != part);
        let above = above.filter(|_| !last || terms.names_some());
        match above {
            Some(above) => outline.nodes[above].terms = Some(terms),
            None => outline.parts[part].terms = Some(terms),
        }
    }
}

/// Whether a paragraph only says who answers, with labels or in a bracket.
fn is_line(text: &Twin) -> bool {
    let bare = text.trimmed();
    let opens = opens_with_label(bare.norm()) || bare.norm().starts_with(['(', '〔', '【', '[']);
    opens && segments(&bare).iter().all(|segment| segment.text.is_blank())
}

/// Whether an item names somebody in a bracket of its own.
fn has_bracket(node: &Node) -> bool {
    let named = |text: &Twin| {
        segments(text).iter().any(|segment| {
            !segment.text.is_blank() && segment.assigned.as_ref().is_some_and(Assigned::names_anybody)
        })
    };
    node.texts.iter().any(|(text, _)| named(text))
}

/// Whether an item is the last of a list whose items have one paragraph each, and its first paragraph is a whole one.
fn closes_a_list(outline: &Outline, at: usize, own: &[usize]) -> bool {
    let node = &outline.nodes[at];
    let (Some((first, _)), Some(parent)) = (node.texts.first(), node.parent) else { return false };
    let siblings = &outline.nodes[parent].children;
    if !node.children.is_empty() || siblings.last() != Some(&at) {
        return false;
    }
    let whole = first.norm().trim_end().ends_with(['。', ';', '〕', '】', ')']);
    let alone = node.kind == Kind::Label || siblings.len() == 1 && !is_heading(first.norm());
    let plain = siblings.len() > 1 && siblings.iter().all(|other| *other == at || own[*other] <= 1);
    whole && (plain || alone)
}

/// How many paragraphs of an item say something besides who answers for it.
fn own_paragraphs(node: &Node) -> usize {
    let says = |text: &Twin| segments(text).iter().any(|segment| !segment.text.is_blank());
    node.texts.iter().filter(|(text, _)| says(text)).count()
}
