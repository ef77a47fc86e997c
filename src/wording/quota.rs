//! Yearly numbers by person, in words.

use crate::domain::quota::Counter;
use crate::wording::short;

/// Lines of a list before it is cut.
const LINES: usize = 30;

/// `县财政局局长 #10.2:今年1/2题,还差1题`.
pub fn line(counter: &Counter) -> String {
    let Counter { title, label, need, measure, done, .. } = counter;
    let left = match counter.left() {
        0 => "够了".to_owned(),
        left => format!("还差{left}{measure}"),
    };
    format!("{title} {label}:今年{}/{need}{measure},{left}", done.len())
}

/// One person's counter with what was brought in.
pub fn own(counter: &Counter) -> String {
    let mut text = line(counter);
    for (at, title) in counter.done.iter().enumerate() {
        text.push_str(&format!("\n  {}. {}", at + 1, short(title, 40)));
    }
    text
}

/// The office's list: those who lack something, most first.
pub fn all(counters: &[Counter]) -> String {
    let mut lacking: Vec<&Counter> = counters.iter().filter(|counter| counter.left() > 0).collect();
    lacking.sort_by_key(|counter| std::cmp::Reverse(counter.left()));
    let mut text = format!("年度个人任务:{}人,够数的{}人", counters.len(), counters.len() - lacking.len());
    for counter in lacking.iter().take(LINES) {
        text.push_str(&format!("\n{}", line(counter)));
    }
    if lacking.len() > LINES {
        text.push_str(&format!("\n……还有{}人,写上岗位再查。", lacking.len() - LINES));
    }
    text
}

/// Something was brought in.
pub fn added(counter: &Counter, title: &str) -> String {
    format!("已记 ✓ {}\n{}\n记错了发:课题 撤回", short(title, 40), line(counter))
}

/// The newest was taken back.
pub fn taken_back(counter: &Counter, title: &str) -> String {
    format!("已撤回:{}\n{}", short(title, 40), line(counter))
}

/// There is nothing to take back.
pub fn nothing_to_take_back() -> String {
    "今年还没有报过,没有可撤回的。".to_owned()
}

/// Nobody owes such a number here.
pub fn none_here() -> String {
    "没有按人头计数的年度任务要您报。".to_owned()
}

/// Several numbers fit.
pub fn which(labels: &[&str]) -> String {
    format!("有{}项按人头计数的任务,请写明编号:课题 {} 题目", labels.len(), labels.join("或"))
}

/// The same thing was brought in before.
pub fn known(title: &str) -> String {
    format!("“{}”今年已经报过了,没有重复记。", short(title, 30))
}
