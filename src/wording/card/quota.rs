//! What is left of the yearly numbers, on a private card of its own or below what is more urgent.

use crate::domain::card::Card;
use crate::domain::quota::Counter;
use crate::wording::card::View;
use crate::wording::{day_seen_from, quota, weekday};

/// Lines of one card.
const LINES: usize = 12;

pub(super) fn text(counters: &[Counter], card: &Card, view: View<'_>) -> String {
    let mut text = format!(
        "【年度个人任务】{} · {} {}{}",
        card.chat,
        day_seen_from(card.day, view.now.today()),
        weekday(card.day),
        if card.late { "(因故晚发)" } else { "" },
    );
    text.push_str(&lines(counters));
    text
}

/// The same below the items of a card.
pub(super) fn below(counters: &[Counter]) -> String {
    format!("\n◆ 年度个人任务{}", lines(counters))
}

fn lines(counters: &[Counter]) -> String {
    let mut text = String::new();
    for counter in counters.iter().take(LINES) {
        text.push_str(&format!("\n{}", quota::line(counter)));
    }
    if counters.len() > LINES {
        text.push_str(&format!("\n……共{}人,发“课题”看全部。", counters.len()));
    }
    text.push_str("\n完成一题就发:课题 题目。发“课题”看已报的。年底前够数就行。");
    text
}
