//! Drafts for those above the office, and what the head of the office is told about them.

use crate::domain::card::CardItem;
use crate::domain::ids::TaskNo;
use crate::domain::now::Now;
use crate::domain::workdays::Workdays;
use crate::wording::{day_seen_from, names, short};

/// Names that are spelled out.
const NAMES: usize = 12;

/// What a county leader reads: what is late, whose it is, and the last word; no judgement.
pub fn letter(items: &[CardItem], now: &Now, calendar: &Workdays) -> String {
    let Some(first) = items.first() else {
        return String::new();
    };
    let mut owners: Vec<&str> = items.iter().map(|item| item.owner.as_str()).collect();
    owners.sort_unstable();
    owners.dedup();
    let due = items.iter().filter_map(|item| item.filing.standing.due_on).min();
    let late = due
        .map(|due| {
            let days = calendar.between(due, now.today()).max(1);
            format!("应于{}办结,已逾期{days}个工作日。", day_seen_from(due, now.today()))
        })
        .unwrap_or_default();
    let said = items.iter().find_map(|item| item.filing.standing.last_text.as_deref());
    let said = said.map(|text| format!("\n最近一次报的情况:{}", short(text, 60))).unwrap_or_default();
    format!(
        "【请过问】#{} {}\n责任单位:{}。{late}已提醒责任岗位和单位负责人,督查室也已介入,仍没有办结。{said}",
        first.task,
        first.title,
        names(&owners, NAMES),
    )
}

/// The draft was sent.
pub fn released(task: TaskNo, title: &str) -> String {
    format!("已发 ✓ #{task} 已报{title}")
}

/// The draft is to be told by hand.
pub fn by_hand(title: Option<&str>, text: &str) -> String {
    match title {
        Some(title) => format!("{title}不能在这里私信送达,请当面报告:\n{text}"),
        None => format!("这项没有定分管县领导,请负责人当面报告:\n{text}"),
    }
}

/// The draft was not sent.
pub fn withheld(task: TaskNo) -> String {
    format!("好的,#{task} 不往上报。")
}
