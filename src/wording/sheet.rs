//! The verification sheet (核对单) that an import prints, and what the console says.

use crate::notice::check::Finding;

/// One finding in a line, with what the office has to do.
fn finding(finding: &Finding) -> String {
    match finding {
        Finding::Historic { task, duty, due } => {
            format!("{task} {duty}:{due} 早于成文日。请定:已完成补证、改期,还是作废(定之前不催)")
        }
        Finding::Vague { task, duty, word } => {
            format!("{task} {duty}:只写了“{word}”,请定日期或频次(定之前不催)")
        }
        Finding::Unsettled { task, words } => format!("{task}:“{words}”没有点名,请核对责任单位"),
        Finding::Unconfirmed { task } => format!("{task}:还没有确认,不会催办"),
        Finding::Vacant { post } => format!("{post}:空缺,有人接任后再绑定"),
        Finding::Linked { task, other } => format!("{task} 与 {other} 意思相近,请看是否只报一次"),
        Finding::Undated { count } => format!("没有写时限的要求 {count} 条:只按频次问进展,永远不算逾期"),
    }
}

/// The sheet.
pub fn sheet(title: &str, tasks: usize, duties: usize, findings: &[Finding]) -> String {
    let mut text = format!(
        "核对单 · {title}\n事项 {tasks} 项,可核对的要求 {duties} 条;需要办公室定的 {} 处:",
        findings.len()
    );
    for one in findings {
        text.push_str("\n - ");
        text.push_str(&finding(one));
    }
    text
}
