//! What is said about the life of an item: confirmed, put aside, dropped, exempted, taken back.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::domain::task::{TaskAct, TaskRefusal};
use crate::wording::{day_seen_from, names};

/// Names that are spelled out.
const NAMES: usize = 6;

/// Why an act on an item was not done.
pub fn refused(task: TaskNo, why: TaskRefusal) -> String {
    match why {
        TaskRefusal::NotConfirmed => format!("#{task} 还没启用。先发:启用 {task}"),
        TaskRefusal::Running => format!("#{task} 正在办,不用这一步。"),
        TaskRefusal::Suspended => format!("#{task} 暂停着。要接着办,先发:恢复 {task}"),
        TaskRefusal::Ended => format!("#{task} 已经办结或作废。要重新办,发:重开 {task} 原因"),
    }
}

/// An act that needs a reason.
pub fn why(command: &str, task: TaskNo) -> String {
    format!("{command}要写原因,以后查得到。请这样写:{command} {task} 原因")
}

/// Its term passed while it was put aside.
pub fn resume_when(task: TaskNo) -> String {
    format!("#{task} 的时限在暂停期间已经过了,请给个新时限:恢复 {task} 7月15日")
}

/// Told to the office.
pub fn done(
    act: TaskAct,
    task: TaskNo,
    title: &str,
    reason: &str,
    new_term: Option<(NaiveDate, NaiveDate)>,
) -> String {
    let reason = if reason.is_empty() || new_term.is_some() { String::new() } else { format!("({reason})") };
    let term = new_term.map(|(on, today)| format!(",新时限{}", day_seen_from(on, today))).unwrap_or_default();
    match act {
        TaskAct::Confirm => format!("已启用 ✓ #{task} {title},按时限和周期开始督办。"),
        TaskAct::Suspend => format!("已暂停 ✓ #{task} {title}{reason},恢复前不再催。"),
        TaskAct::Resume => format!("已恢复 ✓ #{task} {title}{term}。"),
        TaskAct::Close => format!("已销号 ✓ #{task} {title}。"),
        TaskAct::Void => format!("已作废 ✓ #{task} {title}{reason},留档不计。"),
        TaskAct::Reopen => format!("已重开 ✓ #{task} {title}{reason}。"),
    }
}

/// Every draft waits for a decision, or there is none.
pub fn nothing_to_confirm(blocked: usize) -> String {
    if blocked > 0 {
        format!("没有可以直接启用的:{blocked}项有疑问,先发“核对”定下来。")
    } else {
        "没有待启用的事项。".to_owned()
    }
}

/// What was done, item by item; many in one line.
pub fn all_done(act: TaskAct, lines: &[String]) -> String {
    const LINES: usize = 5;
    if lines.len() <= LINES || act != TaskAct::Confirm {
        return lines.join("\n");
    }
    format!("已启用 ✓ {}项,按时限和周期开始督办。", lines.len())
}

/// Told to those who owe it.
pub fn told(act: TaskAct, task: TaskNo, title: &str, reason: &str) -> String {
    let reason = if reason.is_empty() { String::new() } else { format!("({reason})") };
    match act {
        TaskAct::Suspend => format!("#{task} {title} 暂停{reason},恢复前不用报。"),
        TaskAct::Resume => format!("#{task} {title} 恢复办理。"),
        TaskAct::Void => format!("#{task} {title} 作废{reason},不用再报。"),
        TaskAct::Reopen => format!("#{task} {title} 重新办理{reason}。"),
        TaskAct::Confirm | TaskAct::Close => format!("#{task} {title}"),
    }
}

/// A unit has asked for an exemption.
pub fn exemption_asked(task: TaskNo, reason: &str) -> String {
    format!("已报督查室:#{task} 申请容错({reason})。批下来之前照常办理、照常提醒。")
}

/// The office approved it.
pub fn exempted(task: TaskNo, owners: &[String]) -> String {
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    format!("已容错 ✓ #{task} · {}。不亮红、不计分,已进容错清单。", names(&owners, NAMES))
}

/// Told to the unit: approved.
pub fn you_are_exempt(task: TaskNo, title: &str, owner: &str) -> String {
    format!("{owner}:#{task} {title} 已批准容错,不用再报,不计分。")
}

/// Told to the unit: not approved.
pub fn you_are_not_exempt(task: TaskNo, title: &str, owner: &str) -> String {
    format!("{owner}:#{task} {title} 的容错申请没有批准,请按原时限办。有困难请直接和督查室联系。")
}

/// The office did not approve it.
pub fn exemption_refused(task: TaskNo, owner: &str) -> String {
    format!("没有批准 #{task} {owner} 的容错申请,已告知。")
}

/// An exemption was taken back.
pub fn exemption_lifted(task: TaskNo, owners: &[String]) -> String {
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    format!("已取消容错 ✓ #{task} · {},重新计入。", names(&owners, NAMES))
}

/// Told to the unit: counted again.
pub fn you_are_counted_again(task: TaskNo, title: &str, owner: &str) -> String {
    format!("{owner}:#{task} {title} 的容错已取消,请接着办。")
}

/// Several units owe the item: which?
pub fn exempt_whom(task: TaskNo, owners: &[&str]) -> String {
    format!(
        "#{task} 有{}家在办,请写明单位:容错 {task} {} 原因",
        owners.len(),
        owners.first().unwrap_or(&"单位")
    )
}

/// One exemption in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExemptLine {
    /// The item.
    pub task: TaskNo,
    /// Its title.
    pub title: String,
    /// Who.
    pub owner: String,
    /// Why, where it is known.
    pub reason: String,
    /// Whether the office has approved it.
    pub approved: bool,
}

/// The list of exemptions (容错清单).
pub fn exemptions(lines: &[ExemptLine]) -> String {
    const LINES: usize = 30;
    if lines.is_empty() {
        return "容错清单:没有。".to_owned();
    }
    let mut text = format!("容错清单 {}件", lines.len());
    for line in lines.iter().take(LINES) {
        let state = if line.approved { "已批" } else { "待批" };
        let reason = if line.reason.is_empty() { String::new() } else { format!(":{}", line.reason) };
        text.push_str(&format!("\n{state} #{} {} · {}{reason}", line.task, line.title, line.owner));
    }
    if lines.len() > LINES {
        text.push_str(&format!("\n……还有{}件", lines.len() - LINES));
    }
    text
}

/// The office's last decision was taken back.
pub fn taken_back(tasks: &[TaskNo]) -> String {
    let labels: Vec<String> = tasks.iter().map(|task| format!("#{task}")).collect();
    format!("已撤销上一步,{} 恢复到之前的情况。", labels.join("、"))
}

/// Told to the owners.
pub fn told_taken_back(task: TaskNo, title: &str) -> String {
    format!("#{task} {title}:督查室撤销了刚才的处理,恢复到之前的情况。")
}

/// There is nothing to take back.
pub fn nothing_to_take_back() -> String {
    "最近没有可撤销的处理。".to_owned()
}
