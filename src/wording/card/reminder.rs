//! The reminder: head, items, how to answer, why it was sent, and the buttons.

use crate::domain::card::Card;
use crate::domain::ids::TaskNo;
use crate::domain::reason::Reason;
use crate::domain::tap::Tap;
use crate::wording::card::line::{Told, is_hidden, single_owner};
use crate::wording::card::{BUTTONS, Entry, Shown, View};
use crate::wording::reason::{reason_word, round_word};
use crate::wording::{Choice, Spoken, day_seen_from, weekday};

/// Buttons in a row.
const ROW: usize = 4;
/// Items from which on what they share is said once.
const SHARED: usize = 3;
/// Reasons that are spelled out.
const REASONS: usize = 6;

pub(super) fn render(card: &Card, shown: &[Shown<'_>], view: View<'_>, front: Option<String>) -> Spoken {
    let open: Vec<&Entry<'_>> = shown.iter().map(|(entry, _)| entry).filter(|entry| !entry.settled).collect();
    let mut text = match front {
        Some(front) if shown.is_empty() => return Spoken::text(front),
        Some(front) => format!("{front}\n◆ 另请办理 {}项", shown.len()),
        None => head(card, shown.len(), open.len(), view),
    };
    text.push_str(&items(shown));
    if open.is_empty() {
        text.push_str("\n都报了,辛苦。");
        return Spoken::text(text);
    }
    let is_told = |entry: &&Entry<'_>| entry.items.iter().any(|item| !is_hidden(item, card));
    let answerable: Vec<&Entry<'_>> = open.iter().copied().filter(is_told).collect();
    if card.office {
        // The office answers nothing itself: it passes on and enters what it hears.
        text.push_str("\n问到情况后这样录入:代报 单位 编号 情况");
        text.push_str(&why(&open, view));
        return Spoken::text(text);
    }
    text.push_str(&how_to_answer(&answerable));
    text.push_str(&why(&open, view));
    Spoken { text, choices: buttons(card, &answerable) }
}

/// The items; what many of them share is said once above them.
fn items(shown: &[Shown<'_>]) -> String {
    let shared =
        |common: &str| shown.iter().filter(|(_, told)| told.common.as_deref() == Some(common)).count();
    let common = shown
        .iter()
        .filter_map(|(_, told)| told.common.as_deref())
        .max_by_key(|common| shared(common))
        .filter(|common| shared(common) >= SHARED);
    let is_shared = |told: &Told| common.is_some() && told.common.as_deref() == common;
    let mut text = String::new();
    let mut together = false;
    for (_, told) in shown {
        if !is_shared(told) {
            text.push_str(&format!("\n{}", told.whole()));
            continue;
        }
        if !together {
            together = true;
            let all: Vec<&Told> = shown.iter().map(|(_, told)| told).filter(|told| is_shared(told)).collect();
            text.push_str(&format!("\n以下{}项 · {}", all.len(), common.unwrap_or_default()));
            for one in all {
                text.push_str(&format!("\n{}", one.own()));
            }
        }
    }
    text
}

fn head(card: &Card, all: usize, open: usize, view: View<'_>) -> String {
    let answered = if open < all { format!(",已报{}项", all - open) } else { String::new() };
    format!(
        "【督办提醒】{} · {} {} · {all}项{answered}{}",
        single_owner(card).filter(|_| !card.office).unwrap_or(&card.chat),
        day_seen_from(card.day, view.now.today()),
        weekday(card.day),
        if card.late { "(因故晚发)" } else { "" },
    )
}

fn buttons(card: &Card, open: &[&Entry<'_>]) -> Vec<Vec<Choice>> {
    let menus: Vec<Choice> = open
        .iter()
        .take(BUTTONS)
        .map(|entry| Choice::new(format!("#{}…", entry.task), Tap::Menu(card.id, entry.task)))
        .collect();
    let mut rows: Vec<Vec<Choice>> = menus.chunks(ROW).map(<[Choice]>::to_vec).collect();
    if !open.is_empty() {
        rows.push(vec![Choice::new("其余无变化", Tap::RestUnchanged(card.id))]);
    }
    rows
}

/// An example made of the numbers that stand on this very card, each with a word that fits it.
fn how_to_answer(open: &[&Entry<'_>]) -> String {
    let mut words: Vec<(TaskNo, &str)> = Vec::new();
    for entry in open.iter().take(3) {
        let routine = entry.items.iter().all(|item| !item.filing.reviewed && !item.filing.progress);
        let said = |word: &str| words.iter().any(|(_, said)| *said == word);
        let word = match routine {
            true => "已办",
            _ if !said("完成60%") => "完成60%",
            _ if !said("办结") => "办结",
            _ => "无变化",
        };
        words.push((entry.task, word));
    }
    if words.is_empty() {
        return String::new();
    }
    let example: Vec<String> = words.into_iter().map(|(task, word)| format!("{task}{word}")).collect();
    format!("\n回复本条就行,比如:{}", example.join(";"))
}

fn why(open: &[&Entry<'_>], view: View<'_>) -> String {
    let mut rounds: Vec<&str> = Vec::new();
    let mut others: Vec<(String, Vec<TaskNo>)> = Vec::new();
    for entry in open {
        for item in entry.items.iter().filter(|item| item.still_holds(view.now.today())) {
            match item.reason {
                Reason::Round(cadence) if rounds.contains(&round_word(cadence)) => {}
                Reason::Round(cadence) => rounds.push(round_word(cadence)),
                // Whoever has reported was not silent: it is late, that is all.
                Reason::Escalated(_) if item.filing.standing.reported_at.is_some() => {
                    add(&mut others, "逾期还没办结,请过问".to_owned(), entry.task);
                }
                reason => add(&mut others, reason_word(reason), entry.task),
            }
        }
    }
    let mut said: Vec<String> = rounds.into_iter().map(str::to_owned).collect();
    said.extend(others.iter().map(|(word, tasks)| {
        let labels: Vec<String> = tasks.iter().take(REASONS).map(|task| format!("#{task}")).collect();
        let more = if tasks.len() > REASONS { format!("等{}项", tasks.len()) } else { String::new() };
        format!("{}{more} {word}", labels.join(" "))
    }));
    format!("\n为何收到:{}。", said.join(";"))
}

fn add(others: &mut Vec<(String, Vec<TaskNo>)>, word: String, task: TaskNo) {
    match others.iter_mut().find(|(known, _)| *known == word) {
        Some((_, tasks)) if tasks.contains(&task) => {}
        Some((_, tasks)) => tasks.push(task),
        None => others.push((word, vec![task])),
    }
}
