//! Gathers the clauses of a message by item: a clause that names no item belongs to the one named before.

mod marks;
mod roll;

use std::collections::HashMap;
use std::ops::Range;

use super::address::{Address, Lead, Named};
use super::normalise::Folded;
use super::split::{Clause, clauses};
use super::{Context, Which, quote};
use marks::{counts_items, is_form_of_address, is_mention, list_marker, marked};
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

/// A part in the making: its items may depend on what the rest of the message names.
struct Draft {
    target: Target,
    clauses: Vec<Clause>,
    whole: Vec<Range<usize>>,
}

#[derive(Clone, PartialEq)]
enum Target {
    /// Named by nothing so far.
    Open,
    These(Vec<Which>),
    /// Named only to be left out of 其余.
    Excepted(Vec<Which>),
    All,
    Rest,
}

/// The parts of a message, in its order.
pub(super) fn parts(folded: &Folded, context: &Context) -> Vec<Part> {
    let unquoted = quote::strip(folded.text());
    let address = Address::of(context);
    let mut gathering = Gathering {
        text: folded.text(),
        address: &address,
        context,
        drafts: Vec::new(),
        waiting: Vec::new(),
        by_number: false,
        by_order: false,
        counted: false,
    };
    let all: Vec<Clause> = unquoted
        .lines
        .into_iter()
        .flat_map(|line| clauses(folded.text(), line, &|text| address.opens(text)))
        .collect();
    let marks: Vec<usize> =
        all.iter().filter_map(|clause| marked(&folded.text()[clause.span.clone()])).collect();
    gathering.by_order = counts_items(&marks, context);
    gathering.counted = marks.len() > 1 && marks.iter().copied().eq(1..=marks.len());
    for clause in all {
        gathering.place(clause);
    }
    if !gathering.waiting.is_empty() {
        let target = Target::These(std::mem::take(&mut gathering.waiting));
        gathering.drafts.push(Draft { target, clauses: Vec::new(), whole: Vec::new() });
    }
    let only = only(context, &unquoted.quoted);
    finish(folded, gathering.drafts, &only, context)
}

/// A message on the way to its parts.
struct Gathering<'a> {
    text: &'a str,
    address: &'a Address<'a>,
    context: &'a Context,
    drafts: Vec<Draft>,
    /// Items that were named and of which nothing has been said yet.
    waiting: Vec<Which>,
    /// The message goes by numbers: then one word of a title is too little to name another item.
    by_number: bool,
    /// Its lines are counted as the items are: 1.已完成;2.正在推进;3.未启动.
    by_order: bool,
    /// Its lines are counted from one.
    counted: bool,
}

impl Gathering<'_> {
    /// Puts one clause where it belongs.
    fn place(&mut self, mut clause: Clause) {
        let words = &self.text[clause.span.clone()];
        if is_mention(words) || is_form_of_address(words) {
            return;
        }
        let counter = list_marker(words);
        // 1、3号项目:主体完工: the first number counts the lines, the second is the item's.
        if self.counted && counter > 0 && self.address.lead(&words[counter..]).is_some() {
            clause.span.start += counter;
        }
        let words = &self.text[clause.span.clone()];
        let marker = list_marker(words);
        let lead = self.address.lead(words).filter(|lead| !self.is_list(lead, words, marker));
        if let Some(Lead { named: Named::Except(which), body, end }) = lead {
            return except(&mut self.drafts, clause, which, (body, end), self.text);
        }
        let (target, body, end) = if let Some(lead) = lead {
            (self.named(lead.named, words), lead.body, lead.end)
        } else {
            let (target, heading) = self.by_title(&words[marker..]);
            (self.or_by_order(target, words), marker + heading, words.len())
        };
        let inner = Clause { span: clause.span.start + body..clause.span.start + end, ..clause.clone() };
        let bare = self.text[inner.span.clone()]
            .chars()
            .all(|c| !c.is_alphanumeric() && !"%√✓✔✅☑×✗❌👌".contains(c));
        match target {
            Target::These(which) if bare => self.waiting.extend(which),
            Target::These(which) => {
                let which = std::mem::take(&mut self.waiting).into_iter().chain(which).collect();
                add(&mut self.drafts, Target::These(which), inner, clause.span);
            }
            Target::Open if !self.waiting.is_empty() => {
                let which = std::mem::take(&mut self.waiting);
                add(&mut self.drafts, Target::These(which), inner, clause.span);
            }
            target => add(&mut self.drafts, target, inner, clause.span),
        }
    }

    /// Whom a clause means that opens with a name for them.
    fn named(&mut self, named: Named, words: &str) -> Target {
        match named {
            Named::These(which) => {
                self.by_number = true;
                Target::These(which)
            }
            Named::All if named_before(&self.drafts) => open_target(&self.drafts, &mut self.waiting),
            Named::All => Target::All,
            Named::Rest => rest_target(&self.drafts, words),
            Named::Except(which) => Target::Excepted(which),
        }
    }

    /// The item that a list's own number means, where the title tells none.
    fn or_by_order(&self, target: Target, words: &str) -> Target {
        let place = self.by_order.then(|| marked(words)).flatten();
        match place.and_then(|place| self.context.items.get(place.checked_sub(1)?)) {
            Some(item) if target == Target::Open => Target::These(vec![Which::Item(item.no)]),
            _ => target,
        }
    }

    /// Whether a number that looks like an item's only counts the lines: 1、公路……, where the title tells another item.
    fn is_list(&self, lead: &Lead, words: &str, marker: usize) -> bool {
        let Named::These(which) = &lead.named else {
            return false;
        };
        marker > 0
            && lead.body <= marker
            && matches!(self.by_title(&words[marker..]), (Target::These(titled), _) if titled != *which)
    }

    /// The items whose titles a clause speaks of, and the bytes of the heading (公路开工:) before what it says. Once the
    /// message goes by numbers, two own words are asked for.
    fn by_title(&self, words: &str) -> (Target, usize) {
        if self.context.items.len() < 2 {
            return (Target::Open, 0);
        }
        let hits = self.address.titles.spoken_of(words);
        let heading = words.find(':').map_or(0, |colon| colon + 1);
        let headed = heading > 0 && !self.address.titles.spoken_of(&words[..heading]).is_empty();
        let heading = if headed { heading } else { 0 };
        let least = if self.by_number && !headed { 2 } else { 1 };
        let item = |place: usize| Which::Item(self.context.items[place].no);
        let Some((_, most)) = hits.first().copied().filter(|(_, count)| *count >= least) else {
            let opened = self.address.titles.opened_by(words).filter(|_| !self.by_number && hits.is_empty());
            return (opened.map_or(Target::Open, |place| Target::These(vec![item(place)])), 0);
        };
        let joined = words.contains(['、', '和', '与', '及']);
        let best: Vec<usize> = hits
            .iter()
            .filter(|(_, count)| *count == most || joined && *count >= least.max(1))
            .map(|(place, _)| *place)
            .collect();
        let target = match best.as_slice() {
            [one] => Target::These(vec![item(*one)]),
            many if joined => Target::These(many.iter().map(|place| item(*place)).collect()),
            _ => Target::These(vec![Which::Unclear]),
        };
        (target, heading)
    }
}

/// Whom 其余 means: after 剩两户 the rest of that work; 其余均已完成 in one breath with an item may be either, so we ask.
fn rest_target(drafts: &[Draft], words: &str) -> Target {
    let Some(last) = drafts.last() else {
        return Target::Rest;
    };
    let one_breath = last.clauses.last().is_some_and(|clause| !clause.closes);
    if !one_breath || !matches!(last.target, Target::These(_)) {
        return Target::Rest;
    }
    let finished = ["完成", "落实", "到位"].iter().any(|word| words.contains(word));
    let items = ["办结", "销号", "任务", "事项", "项"].iter().any(|word| words.contains(word));
    if finished && !items {
        return Target::These(vec![Which::Unclear]);
    }
    Target::Rest
}

/// 除8号还在办外: what is said of the excepted, then everything else.
fn except(
    drafts: &mut Vec<Draft>,
    clause: Clause,
    which: Vec<Which>,
    (body, end): (usize, usize),
    text: &str,
) {
    let start = clause.span.start;
    let of_these = Clause { span: start + body..start + end, closes: true, asks: false };
    if text[of_these.span.clone()].trim().is_empty() {
        drafts.push(Draft { target: Target::Excepted(which), clauses: Vec::new(), whole: Vec::new() });
    } else {
        add(drafts, Target::These(which), of_these, clause.span.clone());
    }
    let rest = &text[start + end..clause.span.end];
    let skip =
        ["以外", "之外", "外"].iter().find(|word| rest.starts_with(**word)).map_or(0, |word| word.len());
    let others = Clause { span: start + end + skip..clause.span.end, ..clause.clone() };
    let clauses = if text[others.span.clone()].trim().is_empty() { Vec::new() } else { vec![others] };
    drafts.push(Draft { target: Target::Rest, clauses, whole: vec![clause.span] });
}

/// Whether anything has been named so far.
fn named_before(drafts: &[Draft]) -> bool {
    drafts.iter().any(|draft| draft.target != Target::Open)
}

/// Whom 都 means once items have been named: those.
fn open_target(drafts: &[Draft], waiting: &mut Vec<Which>) -> Target {
    if waiting.is_empty() {
        drafts.last().map_or(Target::Open, |draft| draft.target.clone())
    } else {
        Target::These(std::mem::take(waiting))
    }
}

/// Adds a clause to the draft of its items; one that names none joins the draft before.
fn add(drafts: &mut Vec<Draft>, target: Target, inner: Clause, whole: Range<usize>) {
    match drafts.last_mut() {
        Some(last) if target == Target::Open || last.target == target => {
            last.clauses.push(inner);
            last.whole.push(whole);
        }
        _ => drafts.push(Draft { target, clauses: vec![inner], whole: vec![whole] }),
    }
}

/// Resolves 全部 and 其余, and gives what names no item to the only one there is.
fn finish(folded: &Folded, drafts: Vec<Draft>, only: &Which, context: &Context) -> Vec<Part> {
    let roll = Roll::of(&drafts, context);
    let mut parts: Vec<Part> = Vec::new();
    let mut places: HashMap<Vec<Which>, usize> = HashMap::new();
    for draft in drafts {
        let Some((which, named)) = roll.call(&draft, only) else {
            continue;
        };
        let ends = draft.whole.first().zip(draft.whole.last());
        let text = ends.map_or("", |(first, last)| folded.original(first.start, last.end));
        let part = Part { which, named, clauses: draft.clauses, text: text.to_owned() };
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
