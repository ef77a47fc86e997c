//! What is said where the office erases a report.

use chrono::NaiveDateTime;

use crate::domain::ids::TaskNo;
use crate::wording::moment;

/// Says what would be erased, with a button below, and does not repeat the words.
pub fn really_erase(task: TaskNo, by: &str, at: NaiveDateTime) -> String {
    format!(
        "将彻底删除 {by} {} 对 #{task} 的填报。\n\
         原话和附件都不再保留,情况恢复到之前;同一条消息里报的其他事项一并删除。删除后不能恢复。",
        moment(at)
    )
}

/// It is done.
pub fn erased(tasks: &[TaskNo], in_room: bool) -> String {
    let labels: Vec<String> = tasks.iter().map(|task| format!("#{task}")).collect();
    let there = if in_room {
        "聊天室里的原话也已删除。"
    } else {
        "群里的原话机器人删不了,请让发的人撤回。"
    };
    format!("已删除 {} 的这次填报,原话和附件不再保留。{there}", labels.join("、"))
}

/// What stands in the room instead.
pub fn erased_line() -> String {
    "(这条已由督查室删除)".to_owned()
}

/// There is no report whose words are still here.
pub fn nothing_to_erase(label: &str) -> String {
    format!("{label} 没有可删的填报。")
}
