//! Understands what leaders answer in their own words: free Chinese text in, readings out. Pure.
//!
//! ```text
//! text ─ normalise (matching copy) ─ quote (card lines out) ─ split (clauses) ─ address (which items)
//!      ─ tokens (words, dates, figures) ─ intent (signs of a clause) ─ weigh (one verdict an item)
//! ```
//!
//! The worst error is to take "not done" for done. So a finish counts only if every other word of its clause is known
//! to be harmless, or if it is the end of this kind of work (批文拿到了 of a permit) and nothing of the clause limits
//! it; and only if no other clause of the same item speaks against it.

mod address;
mod amount;
mod answered;
mod blocker;
mod echo;
mod elsewhere;
mod figures;
mod gather;
mod heard;
mod hindered;
mod intent;
mod lexicon;
mod measure;
mod normalise;
mod putting_off;
mod quote;
mod reference;
mod sensitive;
mod signs;
mod split;
mod title;
mod titles;
mod tokens;
mod view;
mod weigh;
mod when;
mod words;

#[cfg(test)]
mod tests;

pub use measure::whole_points;
pub use putting_off::puts_off;
pub use sensitive::{Sensitive, sensitive};

use chrono::NaiveDate;

use crate::domain::quantity::Quantity;
use gather::Part;
use heard::{disowned, is_all_talk, is_talk, is_under_way};
use normalise::Folded;
use title::TitleWords;
use view::Facts;
use weigh::{Read, weigh};

/// What the reply may be about.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// The day the reply was written, in the office's time zone.
    pub today: NaiveDate,
    /// The items shown on the card, in its order; or those the person owes.
    pub items: Vec<Item>,
}

impl Context {
    /// A single item of which nothing is known.
    pub fn of_some_item(today: NaiveDate) -> Context {
        let item = Item { no: 1, code: String::new(), title: String::new(), target: None, due: None };
        Context { today, items: vec![item] }
    }
}

/// One item a reply may be about.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its short number: `#12`.
    pub no: i64,
    /// Its stable code: `CS-1`; may be empty.
    pub code: String,
    /// Its title; may be empty.
    pub title: String,
    /// What is to be reached, if that can be counted.
    pub target: Option<Quantity>,
    /// When it is due.
    pub due: Option<NaiveDate>,
}

/// Which item a reading is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Which {
    /// An item of the context, by its number.
    Item(i64),
    /// A number the person named that is not in the context.
    Foreign(i64),
    /// Several are possible: to be asked back.
    Unclear,
}

/// What is said of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The item as titled is claimed to be finished.
    Done,
    /// More time is asked for, or a finish named after the due date.
    Extend,
    /// An obstacle holds now, or help is asked for.
    Blocked,
    /// It has not begun, and no obstacle is named.
    NotStarted,
    /// Under way.
    OnTrack,
    /// The same as last time.
    NoChange,
    /// Received, or a bare promise.
    Ack,
    /// A question.
    Query,
    /// An item was named, but what was said of it is not understood.
    None,
}

/// What a reply says of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The item.
    pub which: Which,
    /// What is said of it.
    pub status: Status,
    /// Progress of the whole item, 0 to 100, as told: to the second decimal.
    pub percent: Option<f64>,
    /// The amount reached so far, in the target's unit where there is one.
    pub quantity: Option<Quantity>,
    /// The day an extension asks for; only with [`Status::Extend`].
    pub new_due: Option<NaiveDate>,
    /// The day promised by an acknowledgement: 周五报; only with [`Status::Ack`].
    pub until: Option<NaiveDate>,
    /// The obstacle, in the writer's words.
    pub blocker: Option<String>,
    /// The unit whose help is needed, as named.
    pub needs: Option<String>,
    /// The clauses as written.
    pub text: String,
}

/// Reads a message; an empty list means chatter, nothing to record.
///
/// One reading an item, in the order of the message. Linear in the length of the text; what lies past 64 KB is not read.
pub fn understand(text: &str, context: &Context) -> Vec<Reading> {
    let folded = Folded::of(text);
    if is_bare_question(folded.text()) {
        return vec![Reading::of_question(text, context)];
    }
    if is_forwarded(folded.text()) {
        return Vec::new();
    }
    let parts = gather::by_item(gather::parts(&folded, context));
    let (readings, echoes): (Vec<Reading>, Vec<bool>) = parts
        .iter()
        .filter_map(|(which, part)| Some((reading(&folded, part, which, context)?, part.echoes(&folded))))
        .unzip();
    let readings = echo::copied(readings, &echoes);
    // A greeting or a receipt before the reports adds nothing to them.
    let told = readings.iter().any(|reading| {
        !matches!(reading.status, Status::Ack | Status::None)
            || reading.which != Which::Unclear && reading.status == Status::Ack
    });
    // 根据县委部署,我局高度重视: a preface to what is said of the items.
    let named = parts.iter().any(|(which, part)| part.named && matches!(which, Which::Item(_)));
    let denied: Vec<Which> =
        readings.iter().filter(|reading| reading.denies()).map(|it| it.which.clone()).collect();
    readings
        .into_iter()
        .filter(|reading| !(told && reading.which == Which::Unclear && reading.status == Status::Ack))
        .filter(|reading| !(named && reading.which == Which::Unclear && reading.says_little()))
        .map(|reading| match reading.status {
            // A false "done" is the worst error: where two parts of a message disagree about an item, it is under way.
            Status::Done if denied.contains(&reading.which) => Reading { status: Status::OnTrack, ..reading },
            _ => reading,
        })
        .collect()
}

/// Whether a message is nothing but question marks.
fn is_bare_question(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.chars().all(|c| c == '?')
}

/// Whether a message hands on what others said: 转:市里强调,各县务必……
fn is_forwarded(text: &str) -> bool {
    let text = text.trim_start();
    let handed = ["转:", "转发:", "转发 ", "【转发", "[转发"].iter().any(|word| text.starts_with(word));
    handed
        && [
            "强调",
            "要求",
            "务必",
            "各县",
            "各乡",
            "各单位",
            "发布",
            "预警",
            "冷空气",
            "大风",
            "降温",
            "寒潮",
            "暴雨",
            "气象",
            "注意防范",
        ]
        .iter()
        .any(|word| text.contains(word))
}

impl Reading {
    /// A question about the only item there is, or about one that is not clear.
    fn of_question(text: &str, context: &Context) -> Reading {
        let which = match context.items.as_slice() {
            [item] => Which::Item(item.no),
            _ => Which::Unclear,
        };
        Reading {
            which,
            status: Status::Query,
            percent: None,
            quantity: None,
            new_due: None,
            until: None,
            blocker: None,
            needs: None,
            text: text.trim().to_owned(),
        }
    }

    /// Whether it says that something goes on, and nothing more.
    fn says_little(&self) -> bool {
        // 请问, before the item it asks about.
        if self.status == Status::Query && self.text.chars().count() <= 4 {
            return true;
        }
        matches!(self.status, Status::OnTrack | Status::None)
            && self.percent.is_none()
            && self.quantity.is_none()
            && self.blocker.is_none()
    }

    /// Whether it speaks against the item being finished.
    fn denies(&self) -> bool {
        matches!(self.status, Status::Extend | Status::Blocked | Status::NotStarted | Status::OnTrack)
    }
}

/// Whether the text opens with an item reference such as `#12` or `12号`: then unaddressed group talk is meant for us.
pub fn opens_with_item(text: &str) -> bool {
    reference::opens_with_mark(Folded::of(text).text())
}

/// What one part of the message says of one item; None for chatter.
fn reading(folded: &Folded, part: &Part, which: &Which, context: &Context) -> Option<Reading> {
    let item = context.items.iter().find(|item| *which == Which::Item(item.no));
    let title = TitleWords::of(item.map_or("", |item| &item.title));
    let beside: Vec<TitleWords> = context
        .items
        .iter()
        .filter(|other| *which != Which::Item(other.no) && part.which.contains(&Which::Item(other.no)))
        .map(|other| TitleWords::of(&other.title))
        .collect();
    let facts = Facts {
        today: context.today,
        title: &title,
        beside: &beside,
        target: item.and_then(|item| item.target.as_ref()),
        named: part.named,
        due: item.and_then(|item| item.due),
    };
    let mut reads: Vec<Read> = part
        .clauses
        .iter()
        .map(|clause| Read {
            text: folded.original(clause.span.start, clause.span.end).to_owned(),
            copy: folded.text()[clause.span.clone()].trim().to_owned(),
            closes: clause.closes,
            signs: intent::read(&folded.text()[clause.span.clone()], clause.asks, &facts),
        })
        .collect();
    elsewhere::left_out(&mut reads);
    answered::left_out(&mut reads);
    answered::refuted(&mut reads);
    answered::receipts(&mut reads);
    answered::superseded(&mut reads);
    answered::mended(&mut reads);
    if !part.named && is_talk(&reads) || is_all_talk(&reads) || disowned(&reads) {
        return None;
    }
    let verdict = weigh(&reads);
    let goes_on = verdict.status == Status::None && is_under_way(&reads, part.named);
    let status = if goes_on { Status::OnTrack } else { verdict.status };
    if status == Status::None && !part.named {
        return None;
    }
    Some(Reading {
        which: which.clone(),
        status,
        percent: verdict.percent,
        quantity: verdict.quantity,
        new_due: verdict.new_due,
        until: verdict.until,
        blocker: verdict.blocker,
        needs: verdict.needs,
        text: part.text.clone(),
    })
}
