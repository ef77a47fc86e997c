//! What is said of a document that was read: the verification sheet (核对单), and why a file cannot be read.

use std::collections::BTreeMap;

use crate::domain::period::Cadence;
use crate::notice::container::{Place, Refusal};
use crate::notice::duty::{Duty, Turn};
use crate::notice::findings::{Answer, Finding, Kind};
use crate::notice::reading::{Measure, Reading};
use crate::wording::{names, short};

/// Names shown of a list of units.
const NAMES: usize = 3;

/// Why a file cannot be read, and what would help.
pub fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Empty => "文件是空的,没有可读的文字。".to_owned(),
        Refusal::TooLarge => {
            "文件太大(或解压后太大),最大50MB。请只保留通知正文和任务表;台账请缩短期间再导出。".to_owned()
        }
        Refusal::Encrypted => "文件加了密码,请先去掉密码再导入。".to_owned(),
        Refusal::Foreign(kind) => {
            format!("这是{kind},读不了。请用 docx、doc、txt、xlsx、xls 或 toml 文件。")
        }
        Refusal::Damaged => "文件损坏,打不开。请用Word或WPS重新另存一份。".to_owned(),
        Refusal::Secret => "文件带有密级标志,不能导入这里。请走机要渠道。".to_owned(),
        Refusal::NoTasks => {
            "没有读出任务:找不到带编号或责任单位的举措,也没有任务表。请核对是不是选错了文件。".to_owned()
        }
    }
}

/// There is no roster to bind the units to.
pub fn no_roster() -> String {
    "文件已读,没有导入:要有名册(同一文件夹里的 roster.toml)才能对上单位。先用 --dry-run 看核对单。".to_owned()
}

/// The verification sheet of a document.
pub fn sheet(reading: &Reading, findings: &[Finding]) -> String {
    let duties: usize = reading.measures.iter().map(|measure| measure.duties.len()).sum();
    let mut text = format!("核对单 · {}", or(&reading.header.title, "(没有标题)"));
    text.push_str(&format!(
        "\n文号:{} 成文:{}",
        or(&reading.header.doc_no, "没有"),
        reading.header.signed.map_or_else(|| "没有写".to_owned(), |day| day.to_string())
    ));
    text.push_str(&format!("\n事项 {} 项,可核对的要求 {duties} 条:", reading.measures.len()));
    for (section, count) in sections(reading) {
        text.push_str(&format!("\n  {section}  {count}项"));
    }
    text.push_str(&format!("\n\n请办公室看 {} 处:", findings.len()));
    for (number, one) in (1..).zip(findings) {
        text.push_str(&format!("\n{number}. {}", finding(one)));
        text.push_str(&format!("\n   {} → {}", place(one), answer(one)));
    }
    text.push_str("\n\n事项:");
    for measure in &reading.measures {
        text.push_str(&format!("\n{}", line(measure)));
    }
    text
}

/// How many measures every top section has, in order.
fn sections(reading: &Reading) -> Vec<(String, usize)> {
    let mut order: Vec<String> = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for measure in &reading.measures {
        let section = measure.path.iter().take(2).map(|part| short(part, 24)).collect::<Vec<_>>().join(" · ");
        let section = if section.is_empty() { "(没有分节)".to_owned() } else { section };
        if !order.contains(&section) {
            order.push(section.clone());
        }
        *counts.entry(section).or_default() += 1;
    }
    order
        .into_iter()
        .map(|section| {
            let count = counts[&section];
            (section, count)
        })
        .collect()
}

/// One measure in a line, and its duties in another.
fn line(measure: &Measure) -> String {
    let who = if measure.lead.is_empty() { &measure.responsible } else { &measure.lead };
    let who: Vec<&str> = who.iter().map(String::as_str).collect();
    let who = if who.is_empty() { "无人".to_owned() } else { names(&who, NAMES) };
    let duties: Vec<String> = measure.duties.iter().map(duty).filter(|said| !said.is_empty()).collect();
    let duties = if duties.is_empty() { "没有时限".to_owned() } else { duties.join(";") };
    format!("  {} {}\n    {who} | {duties}", measure.code, short(&measure.text, 32))
}

fn duty(duty: &Duty) -> String {
    let turn = match (duty.turn, duty.due) {
        (_, Some(due)) => format!("{due}前"),
        (Some(Turn::Every(Cadence::Half)), _) => "每半年".to_owned(),
        (Some(Turn::Every(cadence)), _) => format!("每{}", cadence.chinese()),
        (Some(Turn::Ongoing), _) => "长期".to_owned(),
        (Some(Turn::Once) | None, None) => String::new(),
    };
    let much = duty.quantity.as_ref().map(ToString::to_string).unwrap_or_default();
    [turn, much].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Where a finding stands: the measure, the sheet, the line.
pub fn place(finding: &Finding) -> String {
    let at = spot(&finding.place);
    finding.task.as_ref().map_or(at.clone(), |task| format!("{task} {at}"))
}

fn spot(place: &Place) -> String {
    match &place.sheet {
        Some(sheet) => format!("表“{sheet}”第{}行", place.line),
        None => format!("第{}行", place.line),
    }
}

/// A finding in one sentence.
pub fn finding(finding: &Finding) -> String {
    let (words, other) = (short(&finding.words, 40), &finding.other);
    match finding.kind {
        Kind::HeadingCount => format!("“{words}”与实列{other}项不符"),
        Kind::Numbering => format!("编号不连续,跳到了{other}:“{words}”"),
        Kind::PassedOver => format!("“{words}”一节({other}条)当作目标或保障,没有列为事项"),
        Kind::Dates if finding.words.is_empty() => format!("没有成文日期,暂按{other}年算"),
        Kind::Dates => format!("成文日期{words},发布日期{other},以成文日期为准"),
        Kind::Historic => format!("“{words}”的日期{other}早于成文日"),
        Kind::Vague => format!("只写了“{words}”,没有日期或频次"),
        Kind::Rhythm => format!("“{words}”:没有这样的例行提醒,要另定频次"),
        Kind::Undated => format!("“{words}”有{other}项没有写时限"),
        Kind::UndatedTarget => format!("指标{words}没有写完成时间"),
        Kind::DoubtfulTarget => format!("{words}:是要完成的数,还是说法"),
        Kind::NoBase => format!("“{words}”没有写一共多少"),
        Kind::NoOwner => format!("没有写责任单位:“{words}”"),
        Kind::UnclearUnit => format!("“{words}”没有点名"),
        Kind::UnknownUnit if other.is_empty() => format!("名册里没有“{words}”"),
        Kind::UnknownUnit => format!("名册里没有“{words}”,像是{other}"),
        Kind::NameVariants => format!("“{words}”与“{other}”像是同一个单位"),
        Kind::OtherExecutor => format!("正文写由“{words}”做,责任里没有"),
        Kind::NotChased => format!("党群、垂管、企业等不直接催办、不进榜:{words}"),
        Kind::Vacant => format!("有职务没有姓名:“{words}”"),
        Kind::SeveralSeats => format!("{words}在多处任职({other}),提醒并成一张"),
        Kind::Duplicate => format!("与{other}意思相近(“{words}”)"),
    }
}

/// What is proposed.
pub fn answer(finding: &Finding) -> String {
    match &finding.answer {
        Answer::Right => "按读出的算".to_owned(),
        Answer::GiveDate => "请定日期".to_owned(),
        Answer::GiveTerm => "请定天数或频次,定之前不催".to_owned(),
        Answer::DoneMovedOrVoid => "请定:已完成补证、改期,还是作废,定之前不催".to_owned(),
        Answer::TargetOrNot => "请定:算指标,还是不算".to_owned(),
        Answer::GiveBase => "请补总数".to_owned(),
        Answer::NameOwner => "请点名责任单位".to_owned(),
        Answer::Take(unit) => format!("认作{unit}"),
        Answer::SameUnit => "认作同一单位".to_owned(),
        Answer::Link => "关联,只报一次".to_owned(),
        Answer::Await => "空缺,有人接任再绑定".to_owned(),
        Answer::ProgressOnly => "只按月问进展,不算逾期".to_owned(),
        Answer::ViaOffice => "由办公室转".to_owned(),
    }
}

fn or<'a>(text: &'a str, none: &'a str) -> &'a str {
    if text.is_empty() { none } else { text }
}
