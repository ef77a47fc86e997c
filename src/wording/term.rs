//! Answers to the office when it sets a term.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::wording::{day_seen_from, weekday};

/// Nothing of an item waits for a term.
pub fn nothing_waits(task: TaskNo) -> String {
    format!("#{task} 没有等着定时限的要求。已经在催的,改期用:延期 {task} 日期")
}

/// Several duties wait: which is meant.
pub fn which(labels: &[String]) -> String {
    format!("有{}条要定时限,请写明哪一条:{}", labels.len(), labels.join("、"))
}

/// A day as a term.
pub fn due(day: NaiveDate, today: NaiveDate) -> String {
    format!("{}({})前", day_seen_from(day, today), weekday(day))
}

/// A term was set.
pub fn set(label: &str, duty: &str, term: &str, opened: u64, draft: bool) -> String {
    let then = match (draft, opened) {
        (true, _) => ",事项确认后开始催".to_owned(),
        (false, 0) => String::new(),
        (false, opened) => format!(",开出应报件{opened}件"),
    };
    format!("已定 ✓ {label} {duty}:{term}{then}")
}

/// Nothing of an item can become a campaign.
pub fn no_campaign(task: TaskNo) -> String {
    format!("#{task} 没有还没定日子的要求,不能再定会战;改期用:延期 {task} 日期")
}

/// A campaign was set.
pub fn campaign(
    task: TaskNo,
    (starts, ends): (NaiveDate, NaiveDate),
    days: i64,
    filings: usize,
    today: NaiveDate,
) -> String {
    format!(
        "已定 ✓ #{task} 会战{days}天:{}起,{}({})止,{filings}件都按这天到期。每周的周会议题单上有倒计时和剩余家数。",
        day_seen_from(starts, today),
        day_seen_from(ends, today),
        weekday(ends),
    )
}
