//! The whole course of an item on one screen: where it stands, and who did what when.

use chrono::NaiveDateTime;
use serde_json::Value;

use crate::domain::light::Light;
use crate::wording::{moment, short};

/// Lines of history that are shown.
pub const LINES: usize = 15;

/// One filing in the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingLine {
    /// Who owes it.
    pub owner: String,
    /// The duty.
    pub duty: String,
    /// For which period or by when, in words.
    pub when: String,
    /// How it looks.
    pub light: Light,
    /// The last word.
    pub last: Option<String>,
    /// Whether it was ever overdue and is not now.
    pub was_overdue: bool,
}

/// Many filings of one duty in one line: how many stand how, the most urgent first.
pub fn summed(group: &[FilingLine]) -> FilingLine {
    let mut lights: Vec<Light> = group.iter().map(|line| line.light).collect();
    lights.sort_by_key(|light| std::cmp::Reverse(*light));
    let mut counts: Vec<(Light, usize)> = Vec::new();
    for light in lights {
        match counts.last_mut() {
            Some((known, count)) if *known == light => *count += 1,
            _ => counts.push((light, 1)),
        }
    }
    let words: Vec<String> = counts.iter().map(|(light, count)| format!("{}{count}", light.word())).collect();
    FilingLine {
        owner: format!("{}家", group.len()),
        duty: group.first().map(|line| line.duty.clone()).unwrap_or_default(),
        when: group.first().map(|line| line.when.clone()).unwrap_or_default(),
        light: counts.first().map_or(Light::Done, |(light, _)| *light),
        last: Some(words.join(" ")),
        was_overdue: false,
    }
}

/// One line of history.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When, on the office's clock.
    pub at: NaiveDateTime,
    /// Who did it.
    pub actor: String,
    /// Whose filing.
    pub owner: Option<String>,
    /// What.
    pub what: String,
    /// The particulars.
    pub detail: Value,
}

/// The head of the course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// `#12 LH-3.2 title`.
    pub label: String,
    /// Lead, team, state.
    pub facts: String,
    /// What the office must know.
    pub note: Option<String>,
    /// The files that came with its reports.
    pub files: Option<String>,
}

/// The course of an item.
pub fn course(head: &Head, filings: &[FilingLine], events: &[Event]) -> String {
    let mut text = format!("{}\n{}", head.label, head.facts);
    if let Some(note) = &head.note {
        text.push_str(&format!("\n注意:{note}"));
    }
    for line in filings.iter().take(LINES) {
        let was = if line.was_overdue { ",曾逾期" } else { "" };
        let last = line.last.as_deref().map(|last| format!(" · {}", short(last, 30))).unwrap_or_default();
        text.push_str(&format!(
            "\n{} {} {}({}){was}{last}",
            line.light.word(),
            line.owner,
            line.duty,
            line.when
        ));
    }
    if filings.len() > LINES {
        text.push_str(&format!("\n……共{}件", filings.len()));
    }
    if let Some(files) = &head.files {
        text.push_str(&format!("\n{files}"));
    }
    if !events.is_empty() {
        text.push_str("\n—— 经过 ——");
    }
    for event in events {
        let owner = event.owner.as_deref().map(|owner| format!("{owner} ")).unwrap_or_default();
        text.push_str(&format!(
            "\n{} {} {owner}{}",
            moment(event.at),
            actor(&event.actor),
            event_words(event)
        ));
    }
    text
}

/// Who acted, as people read it.
pub fn actor(actor: &str) -> &str {
    match actor {
        "clock" => "(系统)",
        "console" => "(后台)",
        name => name,
    }
}

/// What happened, in a few words.
pub fn event_words(event: &Event) -> String {
    let said = |key: &str| event.detail.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let text = short(&said("text"), 30);
    match event.what.as_str() {
        "imported" => "导入".to_owned(),
        "added" => format!("立项:{} {}", said("source"), said("by")),
        "looked_again" => {
            let content = event.detail.get("content").and_then(Value::as_bool) == Some(true);
            if content { "回访:满意" } else { "回访:不满意" }.to_owned()
        }
        "registered" => "录名册".to_owned(),
        "suggestion_decided" => "采纳金点子".to_owned(),
        "visited" => format!("走访{}", said("name")),
        "package_set" => format!("登记包保:{}", said("project")),
        "reported" => format!("填报:{text}"),
        "claimed" => format!("报办结:{text}"),
        "acknowledged" => format!("已知悉:{text}"),
        "undone" => "撤回填报".to_owned(),
        "erased" => "删除了填报的原话".to_owned(),
        "file_added" => format!("发来附件:{}", short(&said("name"), 30)),
        "files_withdrawn" => "撤回附件".to_owned(),
        "closed" => format!("销号{}", bracketed(&said("reason"))),
        "sent_back" => format!("退回{}", bracketed(&said("reason"))),
        "extended" => format!("延期到{}{}", said("to"), bracketed(&said("reason"))),
        "ordered" => "催办".to_owned(),
        "pre_reviewed" => format!("牵头预审:{text}"),
        "assigned" => "分工".to_owned(),
        "term_set" => "定期限".to_owned(),
        "retitled" => format!("改事项名:{}", short(&said("new"), 30)),
        "reworded" => format!("改措施:{}", short(&said("new"), 30)),
        "lead_set" => format!("改牵头单位:{}", said("new")),
        "campaign_set" => format!("定会战 {}至{}", said("starts"), said("ends")),
        "quota_added" => format!("{}报1{}:{}", said("post"), said("measure"), short(&said("title"), 30)),
        "quota_taken_back" => {
            format!("{}撤回1{}:{}", said("post"), said("measure"), short(&said("title"), 30))
        }
        "counted_by_person" => "按人计数,单位不再另报".to_owned(),
        "declined" => "不同意延期".to_owned(),
        "exemption_asked" => format!("申请容错{}", bracketed(&said("reason"))),
        "exempted" => format!("批准容错{}", bracketed(&said("reason"))),
        "exemption_refused" => "没有批准容错".to_owned(),
        "exemption_lifted" => "取消容错".to_owned(),
        "plan_changed" => corrected(&event.detail),
        "task_confirmed" => "启用".to_owned(),
        "task_suspended" => format!("暂停{}", bracketed(&said("reason"))),
        "task_resumed" => format!("恢复{}", bracketed(&said("reason"))),
        "task_voided" => format!("作废{}", bracketed(&said("reason"))),
        "resumed" => format!("恢复,新时限{}", said("to")),
        "decision_undone" | "task_undone" => "撤销上一步处理".to_owned(),
        "task_closed" => "本事项办结".to_owned(),
        "task_reopened" => "本事项恢复在办".to_owned(),
        other => other.to_owned(),
    }
}

/// What a corrected document did to an item or to one of its filings.
fn corrected(detail: &Value) -> String {
    if detail.get("dropped").is_some() {
        return "方案更正:新版不再要求".to_owned();
    }
    let due =
        |key: &str| detail.pointer(&format!("/due/{key}")).and_then(Value::as_str).unwrap_or("没有日期");
    if detail.get("due").is_some() {
        return format!("方案更正:{} → {}", due("old"), due("new"));
    }
    let count = |key: &str| detail.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    format!("方案更正:改动{}处", count("fields") + count("duties"))
}

fn bracketed(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("({})", short(text, 40)) }
}
