//! One item on a card: light, number, title, and below it what is owed, by when, the last word and by whom.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::card::{Card, CardItem};
use crate::domain::filing::FilingState;
use crate::domain::quantity::Quantity;
use crate::domain::reason::Level;
use crate::domain::schedule::behind;
use crate::wording::card::{Entry, View};
use crate::wording::{day_seen_from, names, short, weekday};

/// Names that are spelled out where several units owe one item.
const NAMES: usize = 12;

/// Whether an item may only be pointed at here.
pub(super) fn is_hidden(item: &CardItem, card: &Card) -> bool {
    item.confidential && !(card.private && card.trusted)
}

/// An item in words. Where it owes one duty only, what it shares with others stands apart, to be said once for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// Light, number and title.
    pub(super) title: String,
    /// Until when, and who owes it.
    pub(super) common: Option<String>,
    /// What else there is to say.
    pub(super) lines: Vec<String>,
}

impl Told {
    /// All of it.
    pub(super) fn whole(&self) -> String {
        self.with(self.common.as_deref())
    }

    /// Without what was said for all.
    pub(super) fn own(&self) -> String {
        self.with(None)
    }

    fn with(&self, common: Option<&str>) -> String {
        let mut text = self.title.clone();
        for line in common.into_iter().chain(self.lines.iter().map(String::as_str)) {
            text.push_str("\n   ");
            text.push_str(line);
        }
        text
    }
}

/// Puts an item into words.
pub(super) fn entry(entry: &Entry<'_>, card: &Card, view: View<'_>) -> Told {
    let only = |title: String| Told { title, common: None, lines: Vec::new() };
    let Some(first) = entry.items.first() else {
        return only(String::new());
    };
    if is_hidden(first, card) {
        return only(format!("{} #{} 有内部事项,请到内网查看", entry.light.word(), entry.task));
    }
    if entry.settled {
        return only(format!("✓ #{} {}{}", entry.task, first.title, settled_words(entry, view.now.today())));
    }
    let title = format!("{} #{} {}", entry.light.word(), entry.task, first.title);
    let mut duties = duty_lines(entry, card, view);
    match duties.as_mut_slice() {
        [(common, own)] => {
            Told { title, common: Some(common.clone()), lines: own.take().into_iter().collect() }
        }
        several => {
            let whole = |(common, own): &mut (String, Option<String>)| match own {
                Some(own) => format!("{common} · {own}"),
                None => common.clone(),
            };
            Told { title, common: None, lines: several.iter_mut().map(whole).collect() }
        }
    }
}

fn settled_words(entry: &Entry<'_>, today: NaiveDate) -> &'static str {
    let mut standings = entry.items.iter().map(|item| &item.filing.standing);
    let mut owed = standings.clone().filter(|standing| standing.state.is_owed());
    if standings.any(|standing| standing.state == FilingState::Claimed) {
        " · 报办结,待核验"
    } else if owed.any(|standing| standing.quiet_until.is_some_and(|until| until >= today)) {
        " · 已知悉"
    } else {
        " · 已报"
    }
}

/// For each duty and period: what, by when and who still owes it; and the last word on it.
fn duty_lines(entry: &Entry<'_>, card: &Card, view: View<'_>) -> Vec<(String, Option<String>)> {
    let mut groups: BTreeMap<(i64, String), Vec<&CardItem>> = BTreeMap::new();
    for item in &entry.items {
        let due = item.filing.standing.due_on.map(|due| due.to_string()).unwrap_or_default();
        groups.entry((item.seq, format!("{}{due}", item.filing.period))).or_default().push(item);
    }
    let mut lines: Vec<DutyLine> = Vec::new();
    for line in groups.into_values().filter_map(|items| duty_line(&items, card, view)) {
        match lines.iter_mut().find(|known| known.is_alike(&line)) {
            Some(known) => known.what.extend(line.what),
            None => lines.push(line),
        }
    }
    lines.into_iter().map(|line| (line.common(), line.own)).collect()
}

/// One duty of an item in words, or several of its rounds that differ in nothing but their period: the month's and the
/// quarter's report are two filings, and one line.
struct DutyLine {
    /// Duty and period, where it comes round and the item has several.
    what: Vec<(String, String)>,
    /// By when, and who owes it.
    rest: String,
    /// The last word on it.
    own: Option<String>,
}

impl DutyLine {
    fn is_alike(&self, other: &DutyLine) -> bool {
        !self.what.is_empty() && !other.what.is_empty() && self.rest == other.rest && self.own == other.own
    }

    fn common(&self) -> String {
        match self.what.as_slice() {
            [] => self.rest.clone(),
            [(duty, period)] => format!("{duty} · {period},{}", self.rest),
            several => {
                let all: Vec<String> =
                    several.iter().map(|(duty, period)| format!("{duty}({period})")).collect();
                format!("{} · {}", all.join("、"), self.rest)
            }
        }
    }
}

fn duty_line(items: &[&CardItem], card: &Card, view: View<'_>) -> Option<DutyLine> {
    let mut open: Vec<&CardItem> =
        items.iter().copied().filter(|item| item.still_holds(view.now.today())).collect();
    open.dedup_by_key(|item| item.filing.id);
    let first = open.first()?;
    let (mut what, mut parts) = (Vec::new(), Vec::new());
    let has_siblings = first.duties > 1 && !first.filing.progress;
    let comes_round = first.filing.is_recurring() && !first.filing.is_overdue(view.now.at());
    if let Some(due) = first.filing.standing.due_on.filter(|_| has_siblings && comes_round) {
        what.push((first.duty.clone(), first.filing.period.chinese()));
        parts.push(format!("{}({})前报", day_seen_from(due, view.now.today()), weekday(due)));
    } else {
        parts.extend(has_siblings.then(|| first.duty.clone()));
        parts.push(due_words(first, view));
    }
    match open.iter().filter(|item| item.missed > 0).count() {
        0 => {}
        all if all == open.len() => parts.push("上期也没报".to_owned()),
        some => parts.push(format!("其中{some}家上期也没报")),
    }
    parts.extend(owner_words(&open, items.len() - open.len(), card));
    let own = if open.len() == 1 { last_words(first, view) } else { None };
    Some(DutyLine { what, rest: parts.join(" · "), own })
}

/// Who still owes it, unless the whole card is for one.
fn owner_words(open: &[&CardItem], answered: usize, card: &Card) -> Option<String> {
    let first = open.first()?;
    let owners: Vec<&str> = open.iter().map(|item| item.owner.as_str()).collect();
    if card.office && first.reason.level() == Level::Post {
        return Some(format!("请转达:{}", names(&owners, NAMES)));
    }
    if !card.office && single_owner(card).is_some() {
        return None;
    }
    if first.team_owned {
        return Some("组内谁报都行".to_owned());
    }
    let done = if answered > 0 { format!("已报{answered}家,") } else { String::new() };
    Some(if owners.len() > NAMES && answered == 0 {
        format!("待报:全部{}家", owners.len())
    } else {
        format!("{done}待报:{}", names(&owners, NAMES))
    })
}

/// The unit that the whole card is for, where it is only one.
pub(super) fn single_owner(card: &Card) -> Option<&str> {
    let first = card.items.first()?;
    (!first.team_owned && card.items.iter().all(|item| item.owner == first.owner))
        .then_some(first.owner.as_str())
}

/// When it is due, seen from today.
fn due_words(item: &CardItem, view: View<'_>) -> String {
    let today = view.now.today();
    let standing = &item.filing.standing;
    let back = if standing.state == FilingState::SentBack { "已退回," } else { "" };
    let Some(due) = standing.due_on else {
        return if back.is_empty() {
            "没有时限,只问进展".to_owned()
        } else {
            "已退回,请补齐再报".to_owned()
        };
    };
    let on = format!("{}({})", day_seen_from(due, today), weekday(due));
    if item.filing.is_overdue(view.now.at()) {
        let late = view.calendar.between(due, today).max(1);
        return format!("{back}逾期{late}个工作日(应{on})");
    }
    if item.filing.is_recurring() {
        let what = if item.filing.progress { "进展," } else { "," };
        return format!("{}{what}{on}前报", item.filing.period.chinese());
    }
    let behind = behind(&item.filing, view.calendar, view.now)
        .map(|lag| format!(",按序时应到{}%", lag.expected))
        .unwrap_or_default();
    let last = view.calendar.on_or_before(due);
    match view.calendar.between(today, due) {
        _ if due == today => format!("{back}今天到期({on}){behind}"),
        0 => format!("{back}{on}到期,今天是到期前最后一个工作日{behind}"),
        left if last != due => {
            let last = format!("{}({})", day_seen_from(last, today), weekday(last));
            format!("{back}{on}到期,那天不上班,请在{last}前办,还有{left}个工作日{behind}")
        }
        left => format!("{back}{on}到期,还有{left}个工作日{behind}"),
    }
}

/// The last report, so that nobody has to look it up.
fn last_words(item: &CardItem, view: View<'_>) -> Option<String> {
    let standing = &item.filing.standing;
    let reported = view.now.date_of(standing.reported_at?);
    let mut said = Vec::new();
    let reached = item.filing.target.as_ref().zip(standing.quantity);
    said.extend(reached.map(|(target, value)| Quantity::new(value, &target.unit).to_string()));
    said.extend(standing.percent.map(|percent| format!("{percent}%")));
    match (&standing.blocker, &standing.last_text) {
        (Some(blocker), _) => said.push(format!("卡在{}", short(blocker, 20))),
        (None, Some(text)) if said.is_empty() => said.push(short(text, 20)),
        _ => {}
    }
    Some(format!("上次{}:{}", day_seen_from(reported, view.now.today()), said.join(",")))
}
