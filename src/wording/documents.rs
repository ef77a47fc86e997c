//! What is said about documents that the office sends to become a plan.

use std::collections::{BTreeMap, BTreeSet};

use crate::notice::findings::{Finding, Kind};
use crate::notice::reading::Reading;
use crate::wording::intake;
use crate::wording::short;

/// Findings that are named in the short sheet.
const NAMED: usize = 6;

/// A document has come and is being read.
pub fn received(name: &str) -> String {
    format!("收到《{}》,正在读,读完给核对单。", short(name, 40))
}

/// It could not be fetched or handled.
pub fn could_not(name: &str) -> String {
    format!("《{}》没有读成,请重新发一次;还不行请在后台导入。", short(name, 40))
}

/// It was read, but its draft has mistakes.
pub fn has_mistakes(lines: &[String]) -> String {
    let shown: Vec<&str> = lines.iter().take(NAMED).map(String::as_str).collect();
    format!("文件读出来了,但有{}处对不上,没有导入:\n{}", lines.len(), shown.join("\n"))
}

/// The verification sheet in short: what was read, and what has to be looked at, the blocking first.
pub fn summary(reading: &Reading, findings: &[Finding]) -> String {
    let duties: usize = reading.measures.iter().map(|measure| measure.duties.len()).sum();
    let mut text = format!(
        "【核对单】{}\n{} · 事项{}项,要求{duties}条",
        short(&reading.header.title, 60),
        if reading.header.doc_no.is_empty() { "没有文号" } else { &reading.header.doc_no },
        reading.measures.len(),
    );
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for finding in findings {
        *kinds.entry(finding.kind).or_default() += 1;
    }
    text.push_str(&format!("\n要看的 {}处:", findings.len()));
    let counted: Vec<String> = kinds.iter().map(|(kind, count)| format!("{}{count}", name(*kind))).collect();
    text.push_str(&counted.join("、"));
    let mut first: Vec<&Finding> = findings.iter().collect();
    first.sort_by_key(|finding| !finding.kind.blocks());
    // The same doubt about several items is one thing to look at.
    let mut told = BTreeSet::new();
    first.retain(|finding| told.insert((finding.kind, finding.words.as_str())));
    for finding in first.iter().take(NAMED) {
        text.push_str(&format!(
            "\n· {}({})→{}",
            intake::finding(finding),
            intake::place(finding),
            intake::answer(finding)
        ));
    }
    text.push_str("\n导入后全部先待启用,不会催任何人;有疑问的逐条定,没疑问的一次启用。");
    text
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::HeadingCount => "标题数不符",
        Kind::Numbering => "编号不连",
        Kind::PassedOver => "没列入的段落",
        Kind::Dates => "成文日期",
        Kind::Historic => "早于成文日",
        Kind::Vague => "没有具体时限",
        Kind::Rhythm => "频次特殊",
        Kind::Undated => "没有时限",
        Kind::UndatedTarget => "指标没有时限",
        Kind::DoubtfulTarget => "疑似不是指标",
        Kind::NoBase => "缺总数",
        Kind::NoOwner => "没有责任单位",
        Kind::UnclearUnit => "单位没点名",
        Kind::UnknownUnit => "名册里没有",
        Kind::NameVariants => "一个单位两个名",
        Kind::OtherExecutor => "正文另有执行者",
        Kind::NotChased => "不直接催",
        Kind::Vacant => "空岗",
        Kind::SeveralSeats => "一人多岗",
        Kind::Duplicate => "疑似重复",
    }
}

/// The line to the whole sheet.
pub fn whole_sheet(name: &str) -> String {
    format!("《{}》的完整核对单", short(name, 40))
}

/// What the file with the whole sheet is called.
pub fn sheet_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("核对单-{}.txt", short(stem, 40))
}

/// It is a plan now.
pub fn loaded(tasks: usize, blocked: usize, open: usize) -> String {
    format!(
        "已导入{tasks}项,全部待启用,现在不催任何人。\n没有疑问的一次启用:发“启用 全部”(有疑问的{blocked}项会留着)。\n逐条定疑问:发“核对”,还有{open}处。"
    )
}

/// The same was loaded before.
pub fn known() -> String {
    "这份文件以前导入过,没有变化。".to_owned()
}

/// It will not be loaded.
pub fn dismissed() -> String {
    "好的,没有导入。".to_owned()
}

/// It is being loaded.
pub fn loading() -> String {
    "正在导入……".to_owned()
}

/// One open finding in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// Its number.
    pub id: i64,
    /// The item.
    pub task: Option<String>,
    /// Where it stands.
    pub place: String,
    /// What was found.
    pub words: String,
    /// What is proposed.
    pub proposal: String,
}

/// One page of what waits.
pub fn findings(lines: &[FindingLine], total: usize, page: usize) -> String {
    if total == 0 {
        return "核对单上的都定了。没有启用的发“启用 全部”。".to_owned();
    }
    let mut text = format!("待核对 {total}处(第{page}页)");
    for line in lines {
        let task = line.task.as_deref().map(|task| format!("{task} ")).unwrap_or_default();
        text.push_str(&format!("\n[{}] {task}{}({})→{}", line.id, line.words, line.place, line.proposal));
    }
    text.push_str("\n按建议:核对 编号 同意(可写 3-9)。也可写:日期、每月、单位名、不要、作废。");
    text
}

/// Findings were decided.
pub fn decided(ids: &[i64], left: usize) -> String {
    let labels: Vec<String> = ids.iter().map(|id| format!("[{id}]")).collect();
    format!("已定 ✓ {},还有{left}处。", labels.join(" "))
}

/// What the workbook with everything that waits is called.
pub const SHEET: &str = "核对单";

/// The line to the workbook.
pub fn fill_in(count: usize) -> String {
    format!("核对单{count}处:在“决定”一列填好,把表发回这里。")
}

/// A filled sheet has come back.
pub fn filled_in(count: usize) -> String {
    format!("核对单收到,填了{count}处决定。按表定吗?")
}

/// A sheet has come back as it went.
pub fn nothing_filled_in() -> String {
    "核对单的“决定”一列还没有填,没有改动。".to_owned()
}

/// What was written into the sheet took effect, and what could not.
pub fn decided_by_sheet(done: &[i64], failed: &[String], left: usize) -> String {
    let mut text = format!("按表定了{}处,还有{left}处。", done.len());
    for why in failed.iter().take(NAMED) {
        text.push_str(&format!("\n没定成 {why}"));
    }
    if failed.len() > NAMED {
        text.push_str(&format!("\n……还有{}处没定成", failed.len() - NAMED));
    }
    text
}

/// There is no such finding.
pub fn no_such_finding(id: i64) -> String {
    format!("没有待定的[{id}]。发“核对”看编号。")
}

/// The proposal needs a word from the office.
pub fn needs_a_word(id: i64, example: &str) -> String {
    format!("[{id}]要给个答复才能定,比如:核对 {id} {example};不用管就写:核对 {id} 不要")
}
