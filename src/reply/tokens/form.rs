//! Answers in a form: 存在困难:无, 是否完成:否. The field and its answer are one word.

use crate::reply::lexicon::Class;

/// Fields that ask for an obstacle, help or more time; 无 or 否 behind one denies it.
const TROUBLES: [&str; 16] = [
    "存在困难",
    "存在问题",
    "存在的困难",
    "存在的问题",
    "困难问题",
    "困难",
    "问题",
    "需协调事项",
    "需要协调事项",
    "需协调解决事项",
    "需协调",
    "协调事项",
    "是否延期",
    "是否需要延期",
    "是否有困难",
    "有无困难",
];

/// Fields that ask whether it is finished.
const FINISHES: [&str; 4] = ["是否完成", "是否已完成", "是否办结", "完成与否"];

/// Fields that ask how it stands; what follows says so.
const STATES: [&str; 9] =
    ["完成情况", "进展情况", "办理情况", "工作进展", "落实情况", "完成比例", "完成进度", "当前进度", "进展"];

/// Fields that ask when it will be finished.
const TERMS: [&str; 8] = [
    "预计完成时间",
    "拟完成时间",
    "计划完成时间",
    "预计完成日期",
    "预计办结时间",
    "预计完成时限",
    "预计时间",
    "完成时限",
];

/// The field that a text opens with, together with a bare yes or no; its classes and bytes.
pub(super) fn at(rest: &str) -> Option<(&'static [Class], usize)> {
    let answered = |fields: &[&str], answers: &[&str]| {
        let after = field(rest, fields)?;
        let answer = answers.iter().find(|answer| after.starts_with(**answer))?;
        let tail = &after[answer.len()..];
        let ends = !tail.starts_with(|c: char| c.is_alphanumeric());
        ends.then(|| rest.len() - tail.len())
    };
    let class = |classes: &'static [Class], len: Option<usize>| len.map(|len| (classes, len));
    class(&[Class::Fine], answered(&TROUBLES, &["暂无", "没有", "无", "否", "没"]))
        .or_else(|| class(&[Class::Finish, Class::Already], answered(&FINISHES, &["已完成", "是"])))
        .or_else(|| class(&[Class::Not, Class::Ongoing], answered(&FINISHES, &["未完成", "否", "没有"])))
        .or_else(|| class(&[Class::Until], field(rest, &TERMS).map(|after| rest.len() - after.len())))
        .or_else(|| class(&[Class::Filler], field(rest, &STATES).map(|after| rest.len() - after.len())))
}

/// What stands behind a field and its colon.
fn field<'a>(rest: &'a str, fields: &[&str]) -> Option<&'a str> {
    fields.iter().find_map(|field| {
        let after = rest.strip_prefix(field)?.trim_start().strip_prefix(':')?;
        Some(after.trim_start())
    })
}
