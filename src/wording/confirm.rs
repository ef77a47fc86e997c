//! What is said where a leader stands behind what the liaison reports.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::domain::review::{Said, Status};
use crate::wording::{day_seen_from, short, without_number};

/// Asks the leader.
pub fn please_confirm(liaison: &str, items: &[(TaskNo, Said)], today: NaiveDate) -> String {
    let lines: Vec<String> = items
        .iter()
        .map(|(task, said)| {
            let words = short(without_number(&said.text, *task), 40);
            format!("#{task} {}:“{words}”", outcome(said, today))
        })
        .collect();
    format!("{liaison}代报,您同意后计入:\n{}", lines.join("\n"))
}

fn outcome(said: &Said, today: NaiveDate) -> String {
    match said.status {
        Status::Done => "报办结".to_owned(),
        Status::Extend => match said.new_due {
            Some(to) => format!("申请延到{}", day_seen_from(to, today)),
            None => "申请延期".to_owned(),
        },
        Status::Blocked => "有困难".to_owned(),
        Status::NotStarted => "还没开始".to_owned(),
        Status::NoChange => "无变化".to_owned(),
        Status::Ack => "知道了".to_owned(),
        Status::OnTrack => said.percent.map_or_else(|| "有进展".to_owned(), |percent| format!("{percent}%")),
    }
}

/// Tells the liaison that the report waits.
pub fn waits_for(leader: &str, items: &[(TaskNo, Said)], today: NaiveDate) -> String {
    let lines: Vec<String> =
        items.iter().map(|(task, said)| format!("#{task} {}", outcome(said, today))).collect();
    format!("已请{leader}确认,同意后计入:{}。", lines.join(" · "))
}

/// Tells the liaison that the leader has agreed.
pub fn agreed(tasks: &[TaskNo], leader: &str) -> String {
    format!("{leader}已同意,{}已计入。", numbers(tasks))
}

/// Tells the liaison that the leader has not.
pub fn not_agreed(tasks: &[TaskNo], leader: &str) -> String {
    format!("{leader}说{}报得不对,没有计入。请核实后再报。", numbers(tasks))
}

/// Tells the leader what became of a report that was not agreed to.
pub fn sent_back_to(liaison: &str, tasks: &[TaskNo]) -> String {
    format!("没有计入,已退给{liaison}:{}。", numbers(tasks))
}

fn numbers(tasks: &[TaskNo]) -> String {
    let labels: Vec<String> = tasks.iter().map(|task| format!("#{task}")).collect();
    labels.join("、")
}
