//! The preview in words: day by day, card by card, who hears what and why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::domain::card::{CardKind, Front};
use crate::domain::ids::TaskNo;
use crate::domain::reason::Reason;
use crate::rules::preview::{Assume, Facts, Planned, PlannedItem, Preview};
use crate::wording::reason::reason_word;
use crate::wording::{day, names, short, weekday};

/// Names that are spelled out where nobody can be reached.
const NAMES: usize = 12;

/// Everything that is sent from one day to another.
pub fn text(found: &Preview, facts: &Facts, (from, until): (NaiveDate, NaiveDate), assume: Assume) -> String {
    let mut text = head(found, (from, until), assume);
    for (on, cards) in by_day(found) {
        text.push_str(&format!("\n\n{}年{} {}", on.format("%Y"), day(on), weekday(on)));
        for (receivers, time, rest) in alike(&cards, facts) {
            text.push_str(&format!("\n{time} {}{rest}", receivers.join("、")));
        }
    }
    text.push_str(&unreachable(found, facts));
    text.push_str(&legend(found, facts));
    text
}

/// The same for a chat: a line a day and card, cut where a phone would scroll too far.
pub fn brief(
    found: &Preview,
    facts: &Facts,
    span: (NaiveDate, NaiveDate),
    assume: Assume,
    lines: usize,
) -> String {
    let mut text = head(found, span, assume);
    let mut left = lines;
    let mut on = None;
    for card in &found.cards {
        if left == 0 {
            text.push_str("\n……后面还有,缩短天数或加上编号、工作组、岗位再看。");
            break;
        }
        left -= 1;
        let date = card.at.date();
        if on != Some(date) {
            text.push_str(&format!("\n{} {}", day(date), weekday(date)));
            on = Some(date);
        }
        let reasons: Vec<String> = reasons(&card.items).into_iter().map(|(word, _)| word).collect();
        text.push_str(&format!(
            "\n  {} {} · {} · {}",
            card.at.format("%H:%M"),
            receiver(card, facts),
            what(card),
            reasons.join(";")
        ));
    }
    text.push_str(&unreachable(found, facts));
    text
}

fn head(found: &Preview, (from, until): (NaiveDate, NaiveDate), assume: Assume) -> String {
    let assumed = match assume {
        Assume::Silence => "按没有人答复来算(最多会发这些)",
        Assume::DoneOnTime => "按都按时报、按期办结来算(最少会发这些)",
    };
    let people: BTreeSet<_> = found.cards.iter().flat_map(|card| &card.ears).collect();
    let mut per_day: BTreeMap<_, usize> = BTreeMap::new();
    for card in &found.cards {
        for ear in &card.ears {
            *per_day.entry((card.at.date(), *ear)).or_default() += 1;
        }
    }
    let most = per_day.values().max().copied().unwrap_or(0);
    format!(
        "【预演】{}年{}至{}年{},{assumed}:共{}张卡,{}人会收到,一人一天最多{most}张",
        from.format("%Y"),
        day(from),
        until.format("%Y"),
        day(until),
        found.cards.len(),
        people.len(),
    )
}

fn by_day(found: &Preview) -> BTreeMap<NaiveDate, Vec<&Planned>> {
    let mut days: BTreeMap<NaiveDate, Vec<&Planned>> = BTreeMap::new();
    for card in &found.cards {
        days.entry(card.at.date()).or_default().push(card);
    }
    days
}

/// The cards of a day; those that say the same at the same time are told together, with all their receivers.
fn alike(cards: &[&Planned], facts: &Facts) -> Vec<(Vec<String>, String, String)> {
    let mut told: Vec<(Vec<String>, String, String)> = Vec::new();
    for card in cards {
        let time = card.at.format("%H:%M").to_string();
        let rest = format!(" · {}{}", what(card), reason_lines(card));
        match told.iter_mut().find(|(_, at, known)| *at == time && *known == rest) {
            Some((receivers, ..)) => receivers.push(receiver(card, facts)),
            None => told.push((vec![receiver(card, facts)], time, rest)),
        }
    }
    told
}

/// Who hears a card.
pub fn receiver(card: &Planned, facts: &Facts) -> String {
    let title = facts.chats.get(&card.chat).map_or("", String::as_str);
    let private = facts.audiences.get(&card.chat).is_some_and(|audience| audience.private);
    match (private, card.ears.len()) {
        (true, _) => format!("{title}(私信)"),
        (false, 0) => title.to_owned(),
        (false, ears) => format!("{title}({ears}人)"),
    }
}

/// How much stands on a card.
pub fn what(card: &Planned) -> String {
    let kind = match card.kind {
        CardKind::Reminder => "",
        CardKind::Review => "待核验",
    };
    let tasks: BTreeSet<TaskNo> = card.items.iter().map(|item| item.task).collect();
    let late = if card.late { ",晚发" } else { "" };
    let front = match card.front {
        Some(Front::Agenda) => "周会议题单",
        Some(Front::Quota) => "年度个人任务",
        Some(Front::Collected) => "牵头汇总",
        Some(Front::Handover) => "交接包",
        Some(Front::Summary) => "每周一览",
        None => return format!("{kind}{}项{late}", tasks.len()),
    };
    match tasks.len() {
        0 => format!("{front}{late}"),
        tasks => format!("{front},另有{tasks}项{late}"),
    }
}

/// The reasons of a card, one line each.
fn reason_lines(card: &Planned) -> String {
    let mut text = String::new();
    for (word, tasks) in reasons(&card.items) {
        let tasks: Vec<String> = tasks
            .into_iter()
            .map(
                |(task, owners)| {
                    if owners > 1 { format!("#{task}({owners}家)") } else { format!("#{task}") }
                },
            )
            .collect();
        text.push_str(&format!("\n      {word}:{}", tasks.join(" ")));
    }
    text
}

/// The reasons on a card, the most urgent first, with the tasks of each and how many owe them.
pub fn reasons(items: &[PlannedItem]) -> Vec<(String, BTreeMap<TaskNo, usize>)> {
    let mut owners: BTreeMap<Reason, BTreeMap<TaskNo, BTreeSet<_>>> = BTreeMap::new();
    for item in items {
        owners.entry(item.reason).or_default().entry(item.task).or_default().insert(item.owner);
    }
    let mut all: Vec<_> = owners.into_iter().collect();
    all.sort_by_key(|(reason, _)| (std::cmp::Reverse(reason.urgency()), *reason));
    let counted = |tasks: BTreeMap<TaskNo, BTreeSet<_>>| {
        tasks.into_iter().map(|(task, owners)| (task, owners.len())).collect()
    };
    all.into_iter().map(|(reason, tasks)| (reason_word(reason), counted(tasks))).collect()
}

fn unreachable(found: &Preview, facts: &Facts) -> String {
    let owners: BTreeSet<&str> = found
        .unreachable
        .iter()
        .filter_map(|(_, owner)| facts.owners.get(owner))
        .map(|owner| owner.name.as_str())
        .collect();
    if owners.is_empty() {
        return String::new();
    }
    let owners: Vec<&str> = owners.into_iter().collect();
    format!("\n\n还没有绑定群和人,收不到的:{}", names(&owners, NAMES))
}

/// What the numbers stand for; the confidential ones only by number.
fn legend(found: &Preview, facts: &Facts) -> String {
    let tasks: BTreeSet<TaskNo> =
        found.cards.iter().flat_map(|card| &card.items).map(|item| item.task).collect();
    let mut text = String::new();
    for task in tasks {
        let title = facts.tasks.get(&task).filter(|task| !task.confidential).map(|task| task.title.as_str());
        text.push_str(&format!("\n#{task} {}", short(title.unwrap_or("内部事项"), 40)));
    }
    if text.is_empty() { text } else { format!("\n\n编号对应的事项:{text}") }
}
