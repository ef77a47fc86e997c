//! Which items and which duties a text means.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::commands::reporting::Words;
use crate::domain::filing::Owner;
use crate::domain::ids::{FilingId, TaskNo};
use crate::domain::review::{Said, Status};
use crate::reply::{self, Context, Item, Reading, Which};
use crate::store::filings::Owed;

/// The duties that stand on the message the words are about: task, place, and who owes it.
pub(super) type Shown = BTreeSet<(TaskNo, i64, Owner)>;

/// Reads a text against what the speaker owes.
///
/// Under a card only its items are meant (so 其余 and 都 stay within it), and besides them what is named by its number:
/// a number that does not stand on the card may still be one of theirs.
pub(super) fn understand(words: &Words, owed: &[Owed], shown: &Shown, today: NaiveDate) -> Vec<Reading> {
    let on_card = |owed: &&Owed| shown.is_empty() || shown.iter().any(|(task, ..)| *task == owed.task);
    let asked = |owed: &&Owed| {
        words.task.is_none_or(|task| owed.task == task) && words.seq.is_none_or(|seq| owed.seq == seq)
    };
    let all: Vec<&Owed> = owed.iter().collect();
    let mut named = named(&reply::understand(&words.text, &context(&all, shown, today)));
    named.extend(words.task);
    let live = |task: TaskNo| owed.iter().any(|owed| owed.task == task && !is_settled(owed));
    let in_question = |owed: &&Owed| !is_settled(owed) || (named.contains(&owed.task) && !live(owed.task));
    let mut meant: Vec<&Owed> = owed.iter().filter(asked).filter(on_card).filter(in_question).collect();
    if words.task.is_none() {
        let beside = |owed: &&Owed| named.contains(&owed.task) && !on_card(owed);
        meant.extend(owed.iter().filter(beside).filter(in_question));
    }
    let several = meant.iter().any(|owed| owed.task != meant[0].task);
    let mut readings = reply::understand(&words.text, &context(&meant, shown, today));
    for reading in readings.iter_mut().filter(|reading| several && is_ordinal(reading)) {
        // The card stands in an order of its own; the first one here need not be the first one there.
        reading.which = Which::Unclear;
    }
    readings
}

/// Words taken apart where they name single duties (`#12.2 已办结;#7.3 进展一半`), as the office's lists name them:
/// what follows is about that duty. Words that name none stay whole, and so does a part that goes on to another item by its number.
pub(super) fn by_duty(words: &Words, owed: &[Owed], today: NaiveDate) -> Vec<Words> {
    if words.task.is_some() {
        return vec![words.clone()];
    }
    let cuts = cuts(&words.text, owed);
    if cuts.iter().all(|(_, label)| label.is_none()) {
        return vec![words.clone()];
    }
    let all: Vec<&Owed> = owed.iter().collect();
    let ends = cuts.iter().skip(1).map(|(at, _)| *at).chain([words.text.len()]);
    let part = |(at, end, label): (usize, usize, &Option<Label>)| {
        let whole = Words { text: words.text[at..end].to_owned(), ..words.clone() };
        let Some(label) = label else {
            return whole;
        };
        let text = whole.text[label.length..].trim_start_matches(PARTING).to_owned();
        let beside = named(&reply::understand(&text, &context(&all, &Shown::new(), today)));
        if beside.iter().any(|task| *task != label.task) {
            return whole;
        }
        Words { text, task: Some(label.task), seq: Some(label.seq), ..whole }
    };
    let parts = cuts.iter().zip(ends).map(|((at, label), end)| part((*at, end, label)));
    parts.filter(|part| !part.text.trim_matches(PARTING).is_empty()).collect()
}

/// Where a text is cut, with the duty that stands there: before each duty, and before the next `#` behind its words.
fn cuts(text: &str, owed: &[Owed]) -> Vec<(usize, Option<Label>)> {
    let mut cuts = vec![(0, None)];
    for (at, _) in text.match_indices(['#', '\u{ff03}']) {
        let label = label(&text[at..], owed);
        let is_behind_one = cuts.last().is_some_and(|(_, last): &(usize, Option<Label>)| last.is_some());
        if label.is_some() || is_behind_one {
            cuts.push((at, label));
        }
    }
    cuts
}

/// What stands between the name of a duty and the words on it.
const PARTING: [char; 9] = [' ', '\n', ':', ',', ';', '\u{ff1a}', '\u{ff0c}', '\u{ff1b}', '、'];

/// A duty by its number, and the length of that in bytes.
struct Label {
    task: TaskNo,
    seq: i64,
    length: usize,
}

/// The duty that a text opens with, of an item in which they have a part. `#1.5万亩` names none, since a measure follows.
fn label(text: &str, owed: &[Owed]) -> Option<Label> {
    let rest = text.trim_start_matches(['#', '\u{ff03}']);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (task, seq) = rest[..end].split_once('.')?;
    let (task, seq) = (TaskNo(task.parse().ok()?), seq.parse().ok()?);
    let after = rest[end..].trim_start_matches('号');
    let is_duty = owed.iter().any(|one| one.task == task && (1..=one.duties).contains(&seq));
    (is_duty && !is_measure(after)).then(|| Label { task, seq, length: text.len() - after.len() })
}

/// Whether a unit of measure follows a number: `#1.5万亩`.
fn is_measure(after: &str) -> bool {
    after.starts_with([
        '万', '亿', '千', '百', '公', '亩', '米', '吨', '元', '户', '人', '%', '个', '台', '套', '项',
    ])
}

/// Whether a filing only takes a second word: routine, and counted on receipt.
fn is_settled(owed: &Owed) -> bool {
    owed.filing.standing.state.is_settled()
}

/// The items that a text names by their number.
fn named(readings: &[Reading]) -> BTreeSet<TaskNo> {
    let by_number = |reading: &&Reading| match reading.which {
        Which::Item(no) => reading.text.contains(&no.to_string()),
        Which::Foreign(_) | Which::Unclear => false,
    };
    let number = |reading: &Reading| match reading.which {
        Which::Item(no) | Which::Foreign(no) => TaskNo(no),
        Which::Unclear => TaskNo(0),
    };
    readings.iter().filter(by_number).map(number).collect()
}

/// Whether an item was named by its place only (第一项).
fn is_ordinal(reading: &Reading) -> bool {
    let Which::Item(no) = reading.which else {
        return false;
    };
    let place = [
        "第",
        "前一",
        "后一",
        "最后一",
        "头一",
        "前面那",
        "后面那",
        "前两",
        "后两",
        "前三",
        "后三",
        "前者",
        "后者",
    ];
    let by_place = place.iter().any(|word| reading.text.contains(word))
        && reading.text.contains(['项', '条', '个', '者', '那']);
    by_place && !reading.text.contains(&no.to_string())
}

pub(super) fn context(owed: &[&Owed], shown: &Shown, today: NaiveDate) -> Context {
    let mut items: Vec<Item> = Vec::new();
    for one in owed {
        let item = Item {
            no: one.task.0,
            code: one.code.clone(),
            title: title_of(one, owed, shown),
            target: one.filing.target.clone(),
            due: one.filing.standing.due_on.filter(|_| !one.filing.is_recurring()),
        };
        match items.iter_mut().find(|known| known.no == item.no) {
            Some(known) => {
                known.target = known.target.take().or(item.target);
                known.due = known.due.or(item.due);
            }
            None => items.push(item),
        }
    }
    Context { today, items }
}

/// What an item is called in the reply: the duty where only one is in question, for 宣讲已办结 finishes that duty and
/// only a part of the task.
fn title_of(one: &Owed, owed: &[&Owed], shown: &Shown) -> String {
    let work = || owed.iter().filter(|owed| owed.task == one.task && !owed.filing.progress);
    let any_on_card = work().any(|owed| is_on_card(owed, shown));
    let mut duties: Vec<&str> = work()
        .filter(|owed| !any_on_card || is_on_card(owed, shown))
        .map(|owed| owed.duty_text.as_str())
        .collect();
    duties.dedup();
    match duties.as_slice() {
        [duty] => (*duty).to_owned(),
        _ => one.title.clone(),
    }
}

fn is_on_card(owed: &Owed, shown: &Shown) -> bool {
    shown.contains(&(owed.task, owed.seq, owed.filing.owner))
}

/// Which filings of a task a report is about.
pub(super) enum Chosen {
    /// These.
    Filings(BTreeSet<FilingId>),
    /// It must be asked which of these duties.
    Ask(Vec<(i64, String)>),
}

/// DESIGN section 11, Which duty: what is said of an item counts for the duties on the card it answers, or else for
/// everything the speaker owes on the item, and for the progress ask with it. A claim to one of several duties has to say
/// which, unless all of them are routine and stand on that card.
pub(super) fn choose(mine: &[&Owed], said: &Said, seq: Option<i64>, shown: &Shown) -> Chosen {
    // A second word on what is settled is heard only where nothing else of the item is open.
    let any_open = mine.iter().any(|owed| !is_settled(owed));
    let mine: Vec<&Owed> = mine.iter().copied().filter(|owed| !any_open || !is_settled(owed)).collect();
    let mut work: Vec<&&Owed> = mine.iter().filter(|owed| !owed.filing.progress).collect();
    work.retain(|owed| seq.is_none_or(|seq| owed.seq == seq));
    let any_on_card = work.iter().any(|owed| is_on_card(owed, shown));
    work.retain(|owed| !any_on_card || is_on_card(owed, shown));
    let named = named_duties(&work, &said.text);
    work.retain(|owed| named.is_empty() || named.contains(&owed.seq));
    let mut duties: Vec<(i64, String)> = work.iter().map(|owed| (owed.seq, owed.duty_text.clone())).collect();
    duties.dedup();
    let routine = any_on_card && work.iter().all(|owed| !owed.filing.reviewed);
    if said.status == Status::Done && duties.len() > 1 && !routine {
        return Chosen::Ask(duties);
    }
    if said.status == Status::Extend {
        return Chosen::Filings(to_extend(&mine, &work));
    }
    let progress = mine.iter().filter(|owed| owed.filing.progress);
    Chosen::Filings(work.into_iter().chain(progress).map(|owed| owed.filing.id).collect())
}

/// More time is asked for what has a day; or else for what is owed once; or else for what comes round, to be refused.
fn to_extend(mine: &[&Owed], work: &[&&Owed]) -> BTreeSet<FilingId> {
    let ids = |wanted: &dyn Fn(&Owed) -> bool| -> BTreeSet<FilingId> {
        work.iter().filter(|owed| wanted(owed)).map(|owed| owed.filing.id).collect()
    };
    let once = |owed: &Owed| !owed.filing.is_recurring();
    let dated = ids(&|owed| once(owed) && owed.filing.standing.due_on.is_some());
    let found = if dated.is_empty() { ids(&once) } else { dated };
    if found.is_empty() { mine.iter().take(1).map(|owed| owed.filing.id).collect() } else { found }
}

/// The duties a text names by words of their own: a pair of characters that stands in one duty of the item only.
fn named_duties(work: &[&&Owed], text: &str) -> BTreeSet<i64> {
    let pairs = |text: &str| -> BTreeSet<(char, char)> {
        let chars: Vec<char> = text.chars().collect();
        chars
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
            .filter(|pair| !pair.0.is_ascii() && !pair.1.is_ascii())
            .collect()
    };
    let said = pairs(text);
    let is_named = |one: &&&Owed| {
        let others = || work.iter().filter(|other| other.seq != one.seq);
        let own = pairs(&one.duty_text);
        own.iter()
            .any(|pair| said.contains(pair) && !others().any(|other| pairs(&other.duty_text).contains(pair)))
    };
    work.iter().filter(|one| is_named(one)).map(|one| one.seq).collect()
}
