//! Closing words under the last item of a list: no part of it.

use crate::notice::outline::{Kind, Node, Outline};
use crate::notice::responsibility::segments;
use crate::notice::sections::is_heading;
use crate::notice::twin::Twin;

/// What closes a document or a section stands under its last item without being part of it: where the items before it have
/// one paragraph each, so has the last.
pub(super) fn drop_all(outline: &mut Outline) {
    for at in 0..outline.nodes.len() {
        let node = &outline.nodes[at];
        let own = own_paragraphs(node);
        let first_is_whole = node
            .texts
            .first()
            .is_some_and(|(text, _)| text.norm().trim_end().ends_with(['。', ';', '〕', '】', ')']));
        let siblings = node.parent.map(|parent| outline.nodes[parent].children.clone()).unwrap_or_default();
        let last = siblings.last() == Some(&at);
        let is_head = node.texts.first().is_some_and(|(text, _)| is_heading(text.norm()));
        let alone = node.kind == Kind::Label || siblings.len() == 1 && !is_head;
        let plain = siblings
            .iter()
            .filter(|other| **other != at)
            .all(|other| own_paragraphs(&outline.nodes[*other]) <= 1);
        if own >= 2
            && first_is_whole
            && node.children.is_empty()
            && last
            && (plain && siblings.len() > 1 || alone)
        {
            let keep = |text: &Twin| segments(text).iter().any(|segment| segment.assigned.is_some());
            let mut first = true;
            outline.nodes[at].texts.retain(|(text, _)| std::mem::take(&mut first) || keep(text));
        }
    }
}

/// How many paragraphs of an item say something besides who answers for it.
fn own_paragraphs(node: &Node) -> usize {
    let says = |text: &Twin| segments(text).iter().any(|segment| !segment.text.is_blank());
    node.texts.iter().filter(|(text, _)| says(text)).count()
}
