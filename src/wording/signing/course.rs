//! The list of papers, and the course of one: drafted, shown, signed, sent where; and what has changed since.

use chrono::NaiveDateTime;

use super::{ObjectionLine, Told, verdict_of};
use crate::domain::paper::PaperState;
use crate::wording::{moment, short};

/// Where a paper stands.
pub fn state(state: PaperState) -> &'static str {
    match state {
        PaperState::Draft => "草稿",
        PaperState::Released => "公示中",
        PaperState::Signed => "已签发",
        PaperState::Withdrawn => "已撤回",
        PaperState::Replaced => "已重拟",
    }
}

/// The newest papers.
pub fn list(papers: &[(Told<'_>, PaperState)]) -> String {
    if papers.is_empty() {
        return "还没有文件。拟稿:通报 二季度;榜 乡镇排序榜 二季度;督办单 12 县财政局".to_owned();
    }
    let line = |(told, stands): &(Told<'_>, PaperState)| format!("{} · {}", told.name(), state(*stands));
    let lines: Vec<String> = papers.iter().map(line).collect();
    format!("文件\n{}\n看一份:文件 编号", lines.join("\n"))
}

/// Everything about one paper.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    /// The paper.
    pub told: Told<'a>,
    /// Where it stands.
    pub state: PaperState,
    /// Who drew it up, when, by what was known when.
    pub drafted: (&'a str, NaiveDateTime, NaiveDateTime),
    /// Who signed it, and when.
    pub signed: Option<(&'a str, NaiveDateTime)>,
    /// Who took it back, and why.
    pub withdrawn: Option<(&'a str, &'a str)>,
    /// Objections to it.
    pub objections: Vec<ObjectionLine<'a>>,
    /// Where it was handed out to: chat, state, and when.
    pub sent: Vec<(&'a str, &'a str, Option<NaiveDateTime>)>,
    /// What it proposes: what, whose, and whether it is to be.
    pub follow_ups: Vec<(&'static str, &'a str, Option<bool>)>,
    /// What has changed since: name, then, now.
    pub changes: Vec<(String, String, String)>,
}

/// The course of a paper.
pub fn course(course: &Course<'_>) -> String {
    let told = &course.told;
    let (by, at, known) = course.drafted;
    let mut text = format!(
        "{} · {}\n校验码 {}\n拟稿:{by} {}(数据截至{})",
        told.name(),
        state(course.state),
        told.check(),
        moment(at),
        moment(known)
    );
    if let Some((by, at)) = course.signed {
        text.push_str(&format!("\n签发:{by} {}", moment(at)));
    }
    for one in &course.objections {
        let answer = one.answer.map_or("待答复".to_owned(), |(upheld, words)| {
            format!("{},{}", verdict_of(upheld), short(words, 30))
        });
        text.push_str(&format!("\n申诉{} {}:{}({answer})", one.id, one.unit, short(one.words, 30)));
    }
    for (chat, how, at) in &course.sent {
        let at = at.map(|at| format!(" {}", moment(at))).unwrap_or_default();
        text.push_str(&format!("\n发往 {chat}:{}{at}", sent(how)));
    }
    for (what, unit, agreed) in &course.follow_ups {
        let state = agreed.map_or("待定", |agreed| if agreed { "已安排" } else { "不安排" });
        text.push_str(&format!("\n{what} {unit}:{state}"));
    }
    if let Some((by, why)) = course.withdrawn {
        text.push_str(&format!("\n撤回:{by}({why})"));
    }
    text.push_str(&changed(&course.changes));
    text
}

/// What became of a signed paper on its way to a chat.
pub fn sent(how: &str) -> &'static str {
    match how {
        "sent" => "已送达",
        "unknown" => "不知到没到,请人工核实",
        "parked" => "没送出去,请人工核实",
        "dropped" => "没有发",
        _ => "在发",
    }
}

/// What has changed since a paper was drawn up; the paper itself stays as it was.
pub fn changed(changes: &[(String, String, String)]) -> String {
    const SHOWN: usize = 8;
    if changes.is_empty() {
        return String::new();
    }
    let shown: Vec<String> =
        changes.iter().take(SHOWN).map(|(name, then, now)| format!("{name} {then}→{now}")).collect();
    let more = if changes.len() > SHOWN { format!("等{}处", changes.len()) } else { String::new() };
    format!("\n成稿后情况有变(原件不改):{}{more}", shown.join(";"))
}
