//! Gathers the clauses of a message by item: a clause that names no item belongs to the one named before.

mod drafts;
mod each;
mod marks;
mod place;
mod roll;
mod topic;

use std::collections::{HashMap, HashSet};

use super::address::Address;
use super::normalise::Folded;
use super::split::{Clause, clauses};
use super::{Context, Which, echo, quote};
pub(super) use marks::{list_marker, marked};

use drafts::{Draft, Target};
use marks::counts_items;
use place::{Gathering, Manner};
use roll::Roll;

/// What a message says of one item, or of several at once.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// The items.
    pub which: Vec<Which>,
    /// Whether the message named them.
    pub named: bool,
    /// The clauses, without the references.
    pub clauses: Vec<Clause>,
    /// The words as written, references included.
    pub text: String,
}

impl Part {
    /// Whether it only says that its items stand as those before.
    pub fn echoes(&self, folded: &Folded) -> bool {
        matches!(self.clauses.as_slice(), [clause] if echo::is_echo(&folded.text()[clause.span.clone()]))
    }

    /// Adds what is said of the same items elsewhere.
    fn join(&mut self, more: Part) {
        self.named |= more.named;
        self.clauses.extend(more.clauses);
        if !more.text.is_empty() {
            self.text.push(';');
            self.text.push_str(&more.text);
        }
    }
}

/// What the parts say of each item together, in the order in which the items come up: 都完了,取暖全通上了 says two things of
/// one item.
pub(super) fn by_item(parts: Vec<Part>) -> Vec<(Which, Part)> {
    let mut items: Vec<(Which, Part)> = Vec::new();
    let mut places: HashMap<Which, usize> = HashMap::new();
    for part in parts {
        for which in part.which.clone() {
            if let Some(place) = places.get(&which) {
                items[*place].1.join(part.clone());
            } else {
                places.insert(which.clone(), items.len());
                items.push((which, part.clone()));
            }
        }
    }
    items
}

/// The parts of a message, in its order.
pub(super) fn parts(folded: &Folded, context: &Context) -> Vec<Part> {
    let unquoted = quote::strip(folded.text());
    let mut address = Address::of(context);
    let mut spoken = None;
    let all: Vec<Clause> = unquoted
        .lines
        .into_iter()
        .flat_map(|line| clauses(folded.text(), line, &|text| address.opens(text)))
        .flat_map(|clause| address.numbered_off(folded.text(), clause))
        .flat_map(|clause| address.titles.turns(folded.text(), &clause, &mut spoken))
        .collect();
    let words: Vec<&str> = all.iter().map(|clause| &folded.text()[clause.span.clone()]).collect();
    address.learn(&words);
    let marks: Vec<usize> = words.iter().filter_map(|words| marked(words)).collect();
    let of_all = context.items.len() > 1 && words.iter().any(|words| topic::speaks_of_all(words, context.items.len()))
        // 12号前都能完成: the day, or the item?
        && !context.items.iter().any(|item| folded.text().contains(&format!("{}号前", item.no)));
    let mut gathering = Gathering {
        text: folded.text(),
        address: &address,
        context,
        drafts: Vec::new(),
        waiting: Vec::new(),
        named: HashSet::new(),
        of_all,
        unclaimed: 0,
        void: 0,
        manner: Manner {
            by_number: false,
            by_order: counts_items(&marks, context),
            counted: marks.len() > 1 && marks.iter().copied().eq(1..=marks.len()),
        },
    };
    for clause in all {
        gathering.place(clause);
    }
    if !gathering.waiting.is_empty() {
        let target = Target::These(std::mem::take(&mut gathering.waiting));
        gathering.drafts.push(Draft { target, clauses: Vec::new(), whole: Vec::new() });
    }
    leading(&mut gathering.drafts, folded.text());
    let only = only(context, &unquoted.quoted);
    let roll = Roll::of(&mut gathering.drafts, gathering.void, of_all, context);
    finish(folded, gathering.drafts, &only, &roll)
}

/// 针都打完了,五万二千头一头没漏: what opens a sentence belongs to the item that the sentence comes to.
fn leading(drafts: &mut Vec<Draft>, text: &str) {
    let [first, second, ..] = drafts.as_mut_slice() else { return };
    let one = matches!(&second.target, Target::These(which) if which.len() == 1);
    let same = first.clauses.last().is_some_and(|clause| !clause.closes) && !second.clauses.is_empty();
    let told = first.clauses.iter().all(|clause| {
        let words = &text[clause.span.clone()];
        words.contains('了') && !words.contains(['不', '没', '两', '吗'])
    });
    if first.target == Target::Open && one && same && told {
        first.target = second.target.clone();
        let rest = drafts.remove(1);
        drafts[0].clauses.extend(rest.clauses);
        drafts[0].whole.extend(rest.whole);
    }
}

/// Resolves 全部 and 其余, and gives what names no item to the only one there is.
fn finish(folded: &Folded, drafts: Vec<Draft>, only: &Which, roll: &Roll) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut places: HashMap<Vec<Which>, usize> = HashMap::new();
    for draft in drafts {
        let before = parts.last().map(|part: &Part| part.which.as_slice());
        let Some((which, named)) = roll.call(&draft, only, before) else {
            continue;
        };
        let ends = draft.whole.first().zip(draft.whole.last());
        let text = ends.map_or("", |(first, last)| folded.original(first.start, last.end));
        // 三个完成了两个, and it is not told which: the clause stays whole.
        let whole = matches!(draft.target, Target::Some(count) if !roll.counts_rest(count));
        let mut clauses = draft.clauses;
        for (clause, span) in clauses.iter_mut().zip(&draft.whole).filter(|_| whole) {
            clause.span.clone_from(span);
        }
        let part = Part { which, named, clauses, text: text.to_owned() };
        if let Some(place) = places.get(&part.which) {
            parts[*place].join(part);
        } else {
            places.insert(part.which.clone(), parts.len());
            parts.push(part);
        }
    }
    parts
}

/// The item meant where none is named: the only one of the context, or the only one of the quoted card lines.
fn only(context: &Context, quoted: &[i64]) -> Which {
    match (context.items.as_slice(), quoted) {
        ([item], _) => Which::Item(item.no),
        (items, [no]) if items.iter().any(|item| item.no == *no) => Which::Item(*no),
        _ => Which::Unclear,
    }
}
