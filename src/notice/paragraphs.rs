//! The measures of an item without items below it: one, one for every bracket where it has several, or one for every
//! paragraph of a list without numbers.

use crate::notice::container::Place;
use crate::notice::ledger;
use crate::notice::measures::Leaf;
use crate::notice::orders::{decides, parted};
use crate::notice::outline::{Kind, Node};
use crate::notice::prose;
use crate::notice::responsibility::{Assigned, segments};
use crate::notice::sections::{heading_of, is_heading};
use crate::notice::twin::Twin;

/// Fewest characters of a measure.
const MEASURE_MIN: usize = 4;

/// A stretch of text up to the bracket behind it.
struct Stretch {
    text: Twin,
    assigned: Option<Assigned>,
    place: Place,
    /// Whether a paragraph opens with it.
    opens: bool,
}

impl Stretch {
    fn says_nothing_of_who(&self) -> bool {
        self.assigned.as_ref().is_none_or(|assigned| *assigned == Assigned::default())
    }

    fn names_anybody(&self) -> bool {
        self.assigned.as_ref().is_some_and(Assigned::names_anybody)
    }
}

/// The measures of a node without children.
pub(super) fn leaves(node: &Node, minutes: bool) -> Vec<Leaf> {
    whole(node).into_iter().flat_map(|leaf| parted(leaf, minutes)).collect()
}

/// The measures as brackets and paragraphs part them.
fn whole(node: &Node) -> Vec<Leaf> {
    let mut all = stretches(node);
    while all.len() > 1
        && all.last().is_some_and(|last| last.says_nothing_of_who() && closes(last.text.norm()))
    {
        all.pop();
    }
    if node.kind == Kind::Opening {
        return unnumbered(all);
    }
    let said = all.len();
    while all.len() > 1 && all.last().is_some_and(|last| last.says_nothing_of_who() && only_tells(&last.text))
    {
        all.pop();
    }
    if all.len() < said && all.len() == 1 && is_heading(all[0].text.norm()) && !all[0].names_anybody() {
        return Vec::new();
    }
    let headed = all.first().is_some_and(|first| is_heading(first.text.norm()));
    let list = headed && all[0].assigned.is_none() && is_list(&all[1..]);
    let several = all.iter().filter(|one| one.names_anybody()).count() >= 2 && !complement(&all, headed);
    if !several && !list {
        return one(all).into_iter().collect();
    }
    let heading = (headed && all[0].assigned.is_none()).then(|| kept_heading(&all.remove(0).text));
    let mut leaves = if list { each(all) } else { until_bracket(all) };
    for leaf in &mut leaves {
        leaf.path.extend(heading.clone());
    }
    leaves
}

/// The paragraphs of a node, parted at their brackets; a line that only says who answers belongs to what stands before it.
fn stretches(node: &Node) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for (text, place) in &node.texts {
        for (at, segment) in segments(&text.trimmed()).into_iter().enumerate() {
            match all.last_mut() {
                Some(last) if segment.text.is_blank() => {
                    last.assigned.get_or_insert_default().add(segment.assigned.unwrap_or_default());
                }
                _ => all.push(Stretch {
                    text: segment.text,
                    assigned: segment.assigned,
                    place: place.clone(),
                    opens: at == 0,
                }),
            }
        }
    }
    all
}

/// Whether the bracket of a heading and that of its text say different things of one measure.
fn complement(all: &[Stretch], headed: bool) -> bool {
    let [first, second] = all else { return false };
    headed && first.assigned.as_ref().zip(second.assigned.as_ref()).is_some_and(|(a, b)| a.complements(b))
}

/// Whether the paragraphs under a heading are a list without numbers: two or more, each of them whole sentences.
fn is_list(all: &[Stretch]) -> bool {
    let whole = |text: &Twin| {
        let text = text.norm().trim_end();
        let label = text.find(':').is_some_and(|at| text[..at].chars().count() <= 8);
        text.ends_with(['。', ';', '!']) && !label
    };
    let paragraphs: Vec<_> = all.iter().filter(|one| one.opens).collect();
    paragraphs.len() >= 2 && paragraphs.iter().all(|one| whole(&one.text) || one.assigned.is_some())
}

/// All paragraphs as one measure.
fn one(all: Vec<Stretch>) -> Option<Leaf> {
    let mut all = all.into_iter();
    let mut whole = all.next()?;
    for next in all {
        whole.text.push(&Twin::new("\n"));
        whole.text.push(&next.text);
        if let Some(assigned) = next.assigned {
            whole.assigned.get_or_insert_default().add(assigned);
        }
    }
    (whole.text.chars() >= MEASURE_MIN && !names_a_group(whole.text.norm())).then(|| leaf(whole))
}

/// Whether a paragraph closes the document: what everybody is asked to do about it.
fn closes(text: &str) -> bool {
    const OPENS: &str =
        "要求: 工作要求 请各 请认真 请结合 各牵头 各责任 各地各 各单位要 各有关单位 各级各部门要 特此 以上";
    OPENS.split(' ').any(|word| text.trim_start().starts_with(word))
}

/// Whether a paragraph of minutes tells what was said, and nobody is given anything to do by it.
fn only_tells(text: &Twin) -> bool {
    const ALWAYS: [&str; 7] = ["指出", "听取", "认为", "强调", "学习", "还研究", "研究了"];
    const OFTEN: [&str; 3] = ["要求", "原则同意", "审议"];
    let Some(said) = text.norm().trim_start().strip_prefix("会议") else { return false };
    let opens = |words: &[&str]| words.iter().any(|word| said.starts_with(word));
    let nobody = || prose::assigned(text).is_none_or(|said| said.lead.is_empty());
    opens(&ALWAYS) && !decides(text) || opens(&OFTEN) && nobody()
}

/// Whether a paragraph of minutes gives somebody something to do.
fn is_order(text: &Twin) -> bool {
    let minutes = text.norm().trim_start().starts_with("会议") && !only_tells(text);
    minutes && prose::assigned(&text.tight()).is_some_and(|said| !said.lead.is_empty())
}

/// Whether a text is only the name of a work group, as lists of them have it.
fn names_a_group(text: &str) -> bool {
    text.chars().count() <= 14 && ["组", "专班", "办公室", "指挥部"].iter().any(|end| text.ends_with(end))
}

/// One measure a paragraph; a bracket covers those before it without.
fn each(all: Vec<Stretch>) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut open = Vec::new();
    for one in all.into_iter().filter(|one| one.text.chars() >= MEASURE_MIN && !only_tells(&one.text)) {
        let names = one.names_anybody();
        leaves.push(leaf(one));
        if names {
            let last = leaves.len() - 1;
            cover(&mut leaves, &open, last);
            open.clear();
        } else {
            open.push(leaves.len() - 1);
        }
    }
    number(leaves)
}

/// One measure up to every bracket; what follows the last one goes on with it.
fn until_bracket(all: Vec<Stretch>) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    let mut open: Option<Stretch> = None;
    for next in all {
        let mut whole = open.take().unwrap_or_else(|| Stretch {
            text: Twin::new(""),
            assigned: None,
            place: next.place.clone(),
            opens: true,
        });
        whole.text.push(&next.text);
        whole.assigned = next.assigned;
        if whole.assigned.is_some() {
            leaves.push(leaf(whole));
        } else {
            open = Some(whole);
        }
    }
    if let (Some(rest), Some(last)) = (open, leaves.last_mut()) {
        last.text.push(&rest.text);
    }
    number(leaves)
}

/// Paragraphs of a part without any number: those with a bracket are measures, short ones without are headings.
fn unnumbered(all: Vec<Stretch>) -> Vec<Leaf> {
    let mut heading: Option<String> = None;
    let mut leaves = Vec::new();
    for one in all {
        if one.names_anybody() || is_order(&one.text) {
            let mut leaf = leaf(one);
            leaf.path.extend(heading.clone());
            leaves.push(leaf);
        } else if is_heading(one.text.norm()) {
            heading = Some(kept_heading(&one.text));
        }
    }
    number(leaves)
}

fn leaf(one: Stretch) -> Leaf {
    Leaf {
        numbers: Vec::new(),
        path: Vec::new(),
        text: one.text.trimmed(),
        assigned: one.assigned,
        group: None,
        place: one.place,
        part: 0,
    }
}

/// Numbers for what has none.
fn number(mut leaves: Vec<Leaf>) -> Vec<Leaf> {
    for (number, leaf) in (1..).zip(&mut leaves) {
        leaf.numbers.push(number);
    }
    leaves
}

/// A bracket covers the siblings before it that have none of their own.
pub(super) fn cover(all: &mut [Leaf], open: &[usize], by: usize) {
    let said = all[by].assigned.clone().unwrap_or_default();
    let covered = said.reach.map_or(open.len(), |reach| reach - 1).min(open.len());
    let covered = &open[open.len() - covered..];
    // A deadline may tell one measure from another by their numbers.
    let deadlines = said.deadline.as_ref().and_then(|deadline| ledger::each(deadline, covered.len() + 1));
    for (place, at) in covered.iter().chain([&by]).enumerate() {
        let assigned = all[*at].assigned.get_or_insert_default();
        let own = assigned.deadline.clone().filter(|_| *at != by);
        assigned.inherit(&said);
        if let Some(parts) = &deadlines {
            assigned.deadline = own.or_else(|| Some(parts[place].clone()));
        }
    }
}

/// The heading of a text, as it was written.
pub(super) fn kept_heading(text: &Twin) -> String {
    let norm = text.norm();
    let heading = heading_of(norm);
    let start = norm.find(heading).unwrap_or(0);
    text.kept_at(start..start + heading.len()).trim().to_owned()
}
