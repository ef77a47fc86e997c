//! Closing words under the last item of a list: no part of it.

use crate::notice::outline::{Kind, Node, Outline};
use crate::notice::responsibility::segments;
use crate::notice::sections::is_heading;
use crate::notice::twin::Twin;

/// What closes a document or a section stands under its last item without being part of it: where the items before it have
/// one paragraph each, so has the last.
pub(super) fn drop_all(outline: &mut Outline) {
    let own: Vec<usize> = outline.nodes.iter().map(own_paragraphs).collect();
    for at in 0..outline.nodes.len() {
        if own[at] >= 2 && closes_a_list(outline, at, &own) {
            let keep = |text: &Twin| segments(text).iter().any(|segment| segment.assigned.is_some());
            let mut first = true;
            outline.nodes[at].texts.retain(|(text, _)| std::mem::take(&mut first) || keep(text));
        }
    }
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
