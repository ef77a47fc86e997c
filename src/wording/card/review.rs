//! The review card: what units claim or ask for, for the office to decide in one place.

use chrono::NaiveDate;

use crate::domain::card::{Card, CardItem};
use crate::domain::filing::FilingState;
use crate::domain::ids::CardId;
use crate::domain::reason::Reason;
use crate::domain::tap::Tap;
use crate::wording::card::line::{Told, is_hidden};
use crate::wording::card::{BUTTONS, Entry, Shown, View};
use crate::wording::{Choice, Spoken, day_seen_from, names, short, without_number};

/// Names that are spelled out where several units owe one item.
const NAMES: usize = 6;

pub(super) fn render(card: &Card, shown: &[Shown<'_>], view: View<'_>) -> Spoken {
    let today = view.now.today();
    // One question with one row of buttons, however many duties or owners it is about.
    let asked: Vec<&CardItem> = shown
        .iter()
        .filter_map(|(entry, _)| entry.items.iter().copied().find(|item| item.still_holds(today)))
        .collect();
    let count = if asked.is_empty() { String::new() } else { format!(" · {}项", asked.len()) };
    let mut text = format!("【待核验】{} · {}{count}", card.chat, day_seen_from(card.day, today));
    for (_, told) in shown {
        text.push('\n');
        text.push_str(&told.whole());
    }
    if asked.is_empty() {
        text.push_str("\n都处理了。");
    } else {
        text.push_str("\n也可回复:销号 编号 意见;退回 编号 原因;延期 编号 日期");
    }
    let buttons = |item: &&CardItem| review_buttons(item, card.id, today);
    let told = asked.iter().filter(|item| !is_hidden(item, card));
    Spoken { text, choices: told.take(BUTTONS).map(buttons).collect() }
}

/// One claim or request.
pub(super) fn entry(entry: &Entry<'_>, card: &Card, view: View<'_>) -> Told {
    if let Some(first) = entry.items.first().filter(|item| item.reason == Reason::Draft) {
        let title = if is_hidden(first, card) {
            format!("核 #{} 有内部事项,请到内网查看", first.task)
        } else {
            draft_line(&entry.items, first, view)
        };
        return Told { title, common: None, lines: Vec::new() };
    }
    let title = match entry.items.first() {
        Some(first) if is_hidden(first, card) => format!("核 #{} 有内部事项,请到内网查看", first.task),
        Some(first) => review_line(first, &entry.items, view.now.today()),
        None => String::new(),
    };
    Told { title, common: None, lines: Vec::new() }
}

/// A draft for the county leader: one line for all who owe the item.
fn draft_line(items: &[&CardItem], first: &CardItem, view: View<'_>) -> String {
    let open: Vec<&str> = items
        .iter()
        .filter(|item| item.still_holds(view.now.today()))
        .map(|item| item.owner.as_str())
        .collect();
    if open.is_empty() {
        return format!("✓ #{} {} · 已处理", first.task, first.title);
    }
    let due = items.iter().filter_map(|item| item.filing.standing.due_on).min();
    let late = due.map(|due| view.calendar.between(due, view.now.today()).max(1)).unwrap_or_default();
    format!(
        "核 #{} {} · {}逾期{late}个工作日,督查室过问后仍没办结。拟报分管县领导,由负责人签发",
        first.task,
        first.title,
        names(&open, NAMES)
    )
}

/// What one unit claims or asks for in one message, about one duty of an item or several.
fn review_line(item: &CardItem, together: &[&CardItem], today: NaiveDate) -> String {
    let standing = &item.filing.standing;
    let duty = duties(together);
    let words = standing
        .last_text
        .as_deref()
        .map(|text| format!(":{}", short(without_number(text, item.task), 40)))
        .unwrap_or_default();
    let what = match (item.still_holds(today), item.reason) {
        (false, _) => {
            let word = match standing.state {
                FilingState::Accepted => "已销号",
                FilingState::SentBack => "已退回",
                FilingState::Exempt => "已容错",
                _ => "已处理",
            };
            return format!("✓ #{} {}{duty} · {} · {word}", item.task, item.title, item.owner);
        }
        (true, Reason::ExtensionAsked) => {
            let to = standing.asked_due.map(|day| day_seen_from(day, today)).unwrap_or_default();
            format!("申请延期到{to}{words}")
        }
        (true, Reason::ExemptionAsked) => {
            format!("申请容错:{}", short(standing.asked_exempt.as_deref().unwrap_or_default(), 40))
        }
        (true, _) => format!("报办结{words}"),
    };
    // An item of a whole team says nothing about who speaks for it.
    let by =
        item.reporter.as_deref().filter(|_| item.team_owned).map(|by| format!("({by})")).unwrap_or_default();
    let opinion = item.pre_review.as_deref().filter(|_| item.reason == Reason::Claimed);
    let opinion = opinion.map(|opinion| format!(" · 牵头预审:{}", short(opinion, 30))).unwrap_or_default();
    let files = if item.files > 0 { format!(" · 佐证{}份", item.files) } else { String::new() };
    format!("核 #{} {}{duty} · {}{by}{what}{files}{opinion}", item.task, item.title, item.owner)
}

/// `(报本季销号事项,二季度)`: which duties of the item, where it has several, and which period, where they come round.
fn duties(together: &[&CardItem]) -> String {
    let name = |item: &&CardItem| {
        let duty = (item.duties > 1).then(|| item.duty.clone());
        let period = item.filing.is_recurring().then(|| item.filing.period.chinese());
        let parts: Vec<String> = duty.into_iter().chain(period).collect();
        parts.join(",")
    };
    let mut names: Vec<String> = together.iter().map(name).filter(|name| !name.is_empty()).collect();
    names.dedup();
    if names.is_empty() { String::new() } else { format!("({})", names.join(";")) }
}

fn review_buttons(item: &CardItem, card: CardId, today: NaiveDate) -> Vec<Choice> {
    let story = Choice::new(format!("#{} 看全程", item.task), Tap::Story(item.task));
    let mut buttons = decisions(item, card, today, story);
    if item.files > 0 {
        buttons.push(Choice::new(format!("佐证{}份", item.files), Tap::Evidence(item.task)));
    }
    buttons
}

fn decisions(item: &CardItem, card: CardId, today: NaiveDate, story: Choice) -> Vec<Choice> {
    match (item.reason, item.filing.standing.asked_due) {
        (Reason::Draft, _) => vec![
            Choice::new(format!("#{} 报县领导", item.task), Tap::Release(card, item.task)),
            Choice::new("先不报", Tap::Withhold(card, item.task)),
            story,
        ],
        (Reason::ExtensionAsked, Some(to)) => {
            let grant = format!("#{} 同意延到{}", item.task, day_seen_from(to, today));
            vec![
                Choice::new(grant, Tap::Grant(item.filing.id)),
                Choice::new("不同意", Tap::Decline(item.filing.id)),
                story,
            ]
        }
        (Reason::ExemptionAsked, _) => vec![
            Choice::new(format!("#{} 同意容错", item.task), Tap::Exempt(item.filing.id)),
            Choice::new("不同意", Tap::RefuseExempt(item.filing.id)),
            story,
        ],
        _ => vec![
            Choice::new(format!("#{} 销号", item.task), Tap::Close(item.filing.id)),
            Choice::new(format!("#{} 退回", item.task), Tap::SendBack(item.filing.id)),
            story,
        ],
    }
}
