//! Puts the clauses of a message, one by one, where they belong.

use std::collections::HashSet;
use std::ops::Range;

use super::drafts::{Draft, Target, add, except, named_before, open_target, rest_target};
use super::marks::{is_form_of_address, is_mention, list_marker, marked};
use super::topic;
use crate::domain::chinese::number::scale_at;
use crate::domain::quantity::Quantity;
use crate::reply::address::{self, Address, Lead, Named};
use crate::reply::figures::amount_at;
use crate::reply::split::Clause;
use crate::reply::{Context, Which};

/// Bytes of a first clause that are searched for the units of targets, and how many targets.
const COUNTS: usize = 60;
const TARGETS: usize = 12;

/// The least goal that names its item: smaller numbers stand for anything.
const GOAL: f64 = 5.0;

/// Bytes of the head of a clause that are compared with titles.
const HEAD: usize = 18;

/// A message on the way to its parts.
pub(super) struct Gathering<'a> {
    pub text: &'a str,
    pub address: &'a Address<'a>,
    pub context: &'a Context,
    pub drafts: Vec<Draft>,
    /// Items that were named and of which nothing has been said yet.
    pub waiting: Vec<Which>,
    /// Items that have been named so far.
    pub named: HashSet<Which>,
    /// A clause that speaks of all may do so.
    pub of_all: bool,
    /// Clauses at the end of the last draft that named nothing.
    pub unclaimed: usize,
    /// Drafts before this one were taken back, if their items come up again.
    pub void: usize,
    /// How it names items.
    pub manner: Manner,
}

/// How a message names items.
pub(super) struct Manner {
    /// By numbers: then one word of a title is too little to name another item.
    pub by_number: bool,
    /// Its lines are counted as the items are: 1.已完成;2.正在推进;3.未启动.
    pub by_order: bool,
    /// Its lines are counted from one.
    pub counted: bool,
}

impl Gathering<'_> {
    /// Puts one clause where it belongs.
    pub fn place(&mut self, mut clause: Clause) {
        let words = &self.text[clause.span.clone()];
        if topic::corrects(words) {
            self.void = self.drafts.len();
        }
        if is_mention(words) || is_form_of_address(words) {
            return;
        }
        let counter = list_marker(words);
        // 1、3号项目:主体完工: the first number counts the lines, the second is the item's.
        if self.manner.counted && counter > 0 && self.address.lead(&words[counter..]).is_some() {
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
            // 3.光伏未启动: the number counted the line, if the title tells another item.
            if matches!(&target, Target::These(which) if self.waiting.len() == 1 && *which != self.waiting) {
                self.waiting.clear();
            }
            // 三件里头就那个招聘会开完了
            let count = if heading == 0 { address::roll_call(&words[marker..]) } else { heading };
            (self.or_by_order(target, words), marker + count, words.len())
        };
        // 上周报的都不变,只有林下参涨了: before anything is named, all are meant.
        let every = target == Target::Open
            && self.waiting.is_empty()
            && !named_before(&self.drafts)
            && self.context.items.len() > 1
            && self.of_all
            && topic::speaks_of_all(words, self.context.items.len());
        let target = if every { Target::All } else { target };
        let inner = Clause { span: clause.span.start + body..clause.span.start + end, ..clause.clone() };
        let bare = self.text[inner.span.clone()]
            .chars()
            .all(|c| !c.is_alphanumeric() && !"%√✓✔✅☑×✗❌👌".contains(c));
        if self.place_each(&target, &inner, &clause) || self.place_in_order(&target, &inner, &clause) {
            return;
        }
        self.settle(target, inner, clause, bare);
    }

    /// Adds a clause to the draft of its items; one that is a bare name waits for what is said of it.
    fn settle(&mut self, target: Target, inner: Clause, clause: Clause, bare: bool) {
        match target {
            Target::These(which) if bare => self.waiting.extend(which),
            Target::These(which) => {
                let which: Vec<Which> = std::mem::take(&mut self.waiting).into_iter().chain(which).collect();
                let ahead = self.ahead_of(&which);
                self.name(&which);
                for (before, whole) in ahead {
                    add(&mut self.drafts, Target::These(which.clone()), before, whole);
                }
                add(&mut self.drafts, Target::These(which), inner, clause.span);
            }
            Target::Open if !self.waiting.is_empty() => {
                let which = std::mem::take(&mut self.waiting);
                add(&mut self.drafts, Target::These(which), inner, clause.span);
            }
            target => {
                self.unclaimed = if target == Target::Open { self.unclaimed + 1 } else { 0 };
                add(&mut self.drafts, target, inner, clause.span);
                return;
            }
        }
        self.unclaimed = 0;
    }

    /// 晒场漏雨没法晒,急需两台烘干机: what opened the sentence without a name, taken back from the item before, if the
    /// sentence comes to an item that has not been spoken of.
    fn ahead_of(&mut self, which: &[Which]) -> Vec<(Clause, Range<usize>)> {
        let fresh = !self.manner.by_number && !which.iter().any(|one| self.has_named(one));
        let Some(last) = self.drafts.last_mut().filter(|_| fresh && self.unclaimed > 0) else {
            return Vec::new();
        };
        let first = last.clauses.len().saturating_sub(self.unclaimed);
        let opens = first > 0 && last.clauses[first - 1].closes;
        let goes_on = last.clauses.last().is_some_and(|clause| !clause.closes);
        let apart = last.clauses[first..].iter().rposition(|clause| clause.closes).map(|at| first + at + 1);
        let first = apart.unwrap_or(first);
        if !goes_on || !(opens || apart.is_some()) || first == 0 {
            return Vec::new();
        }
        last.clauses.drain(first..).zip(last.whole.drain(first..)).collect()
    }

    /// Whom a clause means that opens with a name for them.
    fn named(&mut self, named: Named, words: &str) -> Target {
        match named {
            Named::These(which) => {
                self.manner.by_number = true;
                Target::These(which)
            }
            // 两项均已超额完成, behind each of them.
            Named::All(Some(count)) if count == self.context.items.len() => Target::All,
            Named::All(_) if named_before(&self.drafts) => open_target(&self.drafts, &mut self.waiting),
            Named::All(_) => Target::All,
            Named::Some(count) => Target::Some(count),
            Named::Rest => rest_target(&self.drafts, words),
            Named::Except(which) => Target::Excepted(which),
        }
    }

    /// The item that a list's own number means, where the title tells none.
    fn or_by_order(&self, target: Target, words: &str) -> Target {
        let place = self.manner.by_order.then(|| marked(words)).flatten();
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
        let preface = heading > 0 && address::is_preface(&words[..heading - 1]);
        let heading = if headed || preface { heading } else { 0 };
        let least = if self.manner.by_number && !headed { 2 } else { 1 };
        let item = |place: usize| Which::Item(self.context.items[place].no);
        let Some((_, most)) = hits.first().copied().filter(|(_, count)| *count >= least) else {
            let said = if preface { &words[heading..] } else { words };
            let opened =
                self.address.titles.opened_by(said).filter(|_| !self.manner.by_number && hits.is_empty());
            let opened = opened.or_else(|| self.by_unit(said)).or_else(|| self.by_goal(said));
            let before = if preface { heading } else { 0 };
            return match opened {
                Some(place) => (Target::These(vec![item(place)]), before),
                None if hits.is_empty() => self.by_topic(words),
                None => (Target::Open, 0),
            };
        };
        let joined = words.contains(['、', '和', '与', '及', '跟', '都']);
        let mut best: Vec<usize> = hits
            .iter()
            .filter(|(_, count)| *count == most || joined && *count >= least.max(1))
            .map(|(place, _)| *place)
            .collect();
        if words.contains("分别") {
            best.sort_by_key(|place| self.address.titles.first_word(words, *place));
        }
        let target = match best.as_slice() {
            [one] => Target::These(vec![item(*one)]),
            many if joined => Target::These(many.iter().map(|place| item(*place)).collect()),
            _ => Target::These(vec![Which::Unclear]),
        };
        (target, heading)
    }

    /// Notes items as named.
    pub(super) fn name(&mut self, which: &[Which]) {
        self.named.extend(which.iter().cloned());
    }

    /// Whether the message has spoken of an item so far.
    fn has_named(&self, which: &Which) -> bool {
        self.named.contains(which)
    }

    /// Whether a clause that opens with words which several titles share speaks of another item than the one before.
    fn turns_to(&self, shared: &[usize]) -> bool {
        let Some(last) = self.drafts.last() else {
            return true;
        };
        let closed = last.clauses.last().is_none_or(|clause| clause.closes);
        let item = |place: &usize| Which::Item(self.context.items[*place].no);
        let among = match &last.target {
            Target::These(which) => shared.iter().any(|place| which.contains(&item(place))),
            _ => false,
        };
        closed || !among
    }

    /// The item not yet spoken of that the start of a sentence hints at.
    fn hinted(&self, words: &str) -> Option<usize> {
        let opens =
            self.drafts.last().is_none_or(|draft| draft.clauses.last().is_none_or(|last| last.closes));
        let place = self.address.titles.hinted(words).filter(|_| opens && self.waiting.is_empty())?;
        (!self.has_named(&Which::Item(self.context.items[place].no))).then_some(place)
    }

    /// The only item whose target is counted as the first clause counts: 又栽了300亩.
    fn by_unit(&self, words: &str) -> Option<usize> {
        if named_before(&self.drafts) || !self.waiting.is_empty() {
            return None;
        }
        let head = &words[..words.floor_char_boundary(COUNTS)];
        let bare = |unit: &str| unit[scale_at(unit).map_or(0, |(_, len)| len)..].to_owned();
        let counted = |unit: &str| {
            head.char_indices().any(|(at, _)| {
                amount_at(&head[at..], Some(unit)).is_some_and(|(amount, _)| bare(&amount.unit) == bare(unit))
            })
        };
        let targets = self.context.items.iter().enumerate();
        let units = targets.filter_map(|(place, item)| Some((place, item.target.as_ref()?.unit.as_str())));
        let mut places = units.take(TARGETS).filter(|(_, unit)| counted(unit));
        let place = places.next()?.0;
        places.next().is_none().then_some(place)
    }

    /// The only item whose goal a clause names: 批了8亿, 前十个月22亿里完成18.9.
    fn by_goal(&self, words: &str) -> Option<usize> {
        let head = &words[..words.floor_char_boundary(COUNTS)];
        let named = |goal: &Quantity| {
            let figure = |at: usize| {
                let (amount, _) = amount_at(&head[at..], Some(&goal.unit))?;
                amount.of_kind(&goal.unit).to_unit(&goal.unit)
            };
            let opens = |at: usize| !head[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
            head.char_indices()
                .filter(|(at, _)| opens(*at))
                .filter_map(|(at, _)| figure(at))
                .any(|told| (told.value - goal.value).abs() < 1e-6)
        };
        let targets = self.context.items.iter().enumerate().take(TARGETS);
        let mut places = targets
            .filter(|(_, item)| item.target.as_ref().is_some_and(|goal| goal.value >= GOAL && named(goal)));
        let place = places.next()?.0;
        places.next().is_none().then_some(place)
    }

    /// What a clause turns to that no title alone explains.
    fn by_topic(&self, words: &str) -> (Target, usize) {
        let opened = address::opener(words);
        let words = &words[opened..];
        let shared = self.address.titles.shared_by(words);
        let turns = self.turns_to(&shared);
        let topic = topic::topic(words);
        let firm = topic.as_ref().is_some_and(|topic| topic.firm);
        let heading = topic.as_ref().map_or(0, |topic| topic.heading);
        let heading = if heading > 0 { opened + heading } else { 0 };
        let like = topic.filter(|topic| topic.firm || !self.manner.by_number);
        let like = like.and_then(|topic| {
            let place = self.address.titles.like(topic.name, &[])?;
            // 护坡也码完了 is not the 护林房, whatever letter they share.
            let sure = topic.firm || !words.contains('了') || self.address.titles.covers(place, topic.name);
            sure.then_some(place)
        });
        // 路通车了,标线也划了: one character is too little to go back to an item.
        let known = |place: &usize| self.has_named(&Which::Item(self.context.items[*place].no));
        if let Some(place) = like.filter(|place| firm || !known(place)) {
            return (Target::These(vec![Which::Item(self.context.items[place].no)]), heading);
        }
        // 退役军人那两个都弄好了
        if shared.len() > 1 && topic::plural(words) {
            let which = shared.into_iter().map(|place| Which::Item(self.context.items[place].no));
            return (Target::These(which.collect()), 0);
        }
        if let Some(place) = self.hinted(words) {
            return (Target::These(vec![Which::Item(self.context.items[place].no)]), 0);
        }
        if !shared.is_empty() && (turns || firm) {
            let head = &words[..words.floor_char_boundary(HEAD)];
            if let Some(place) = self.address.titles.like(head, &shared) {
                return (Target::These(vec![Which::Item(self.context.items[place].no)]), 0);
            }
            let which = shared.into_iter().map(|place| Which::Item(self.context.items[place].no));
            return (Target::OneOf(which.collect()), 0);
        }
        if firm { (Target::Topic, heading) } else { (Target::Open, 0) }
    }
}
