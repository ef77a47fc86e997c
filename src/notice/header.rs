//! The head and foot of a document: title, document number (文号), issuing body, the date under the text and that of
//! publication.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use crate::notice::columns::{Column, column, columns};
use crate::notice::container::{Block, Document};
use crate::notice::deadline::deadlines;
use crate::notice::outline::DATE_LINE;
use crate::notice::twin::Twin;

/// Lines at the head that are searched for a year.
const HEAD_LINES: usize = 15;

/// Most cells of a row that is a line of the head or foot of its sheet.
const ROW_LINES: usize = 2;

/// What stands at the head and foot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// The title of the notice.
    pub title: String,
    /// The document number.
    pub doc_no: String,
    /// The issuing body.
    pub issuer: String,
    /// The date under the text.
    pub signed: Option<NaiveDate>,
    /// The date of publication.
    pub published: Option<NaiveDate>,
    /// The first day of the year that title or number name, where there is no date at all.
    pub year: Option<NaiveDate>,
}

/// A document number (文号).
pub static DOC_NO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[:: (])(\p{Han}{2,14}(?:字|函|电|办|发)?) ?[〔\[【(〈<]((?:19|20)\d\d)[〕\]】)〉] ?第? ?(\d{1,4}) ?号").expect("a pattern")
});

static TITLE_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:通知|意见|方案|决定|通报|函|办法|要点|计划|分解表?|清单|纪要|规划|细则|报告|安排|任务书|一览表|台账|行动|措施|表)(?:\(.{1,12}\))?$").expect("a pattern")
});

static ANNEX: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^附 ?(?:件|表)").expect("a pattern"));

static META: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[•·] ?)?(名称|标题|文件名称|信息名称|文号|发文字号|文件编号|成文日期|成文时间|发布日期|发布时间|发文日期|公开日期|日期|时间|生成日期|印发日期|发布机构|发文机关|发文机构|制发机关) ?: ?(.+)$").expect("a pattern")
});

/// The name of a field in the frame of a page, without a colon.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:索引号|信息索引|主题分类|体裁分类|分类|名称|标题|文件名称|信息名称|文号|发文字号|文件编号|成文日期|成文时间|发布日期|发布时间|发文日期|公开日期|生成日期|印发日期|发布机构|发文机关|发文机构|制发机关|公开方式|有效性|时效性?|关键词|主题词)$").expect("a pattern")
});

/// Reads head and foot.
pub fn header(document: &Document) -> Header {
    let lines: Vec<Twin> = document.blocks.iter().flat_map(lines_of).collect();
    let mut header = Header::default();
    let mut meta_title = None;
    let mut meta_signed = None;
    for line in &lines {
        let Some(found) = META.captures(line.norm()) else { continue };
        let value = found.get(2).map(|value| line.slice(value.range())).unwrap_or_default();
        match &found[1] {
            "名称" | "标题" | "文件名称" | "信息名称" if meta_title.is_none() => {
                meta_title = Some(squeeze(value.kept()));
            }
            "成文日期" | "成文时间" | "印发日期" => {
                meta_signed = meta_signed.or_else(|| date(value.norm()));
            }
            "发布机构" | "发文机关" | "发文机构" | "制发机关" if header.issuer.is_empty() => {
                header.issuer = squeeze(value.kept());
            }
            label if label.ends_with(['期', '间']) => {
                header.published = header.published.or_else(|| date(value.norm()));
            }
            _ => {}
        }
    }
    header.doc_no = doc_no(&lines);
    header.title = title(&lines).or(meta_title).unwrap_or_default();
    header.year = year(&header, &lines);
    let dated = |line: &Twin| DATE_LINE.is_match(dense(line).trim_matches(['(', ')']));
    let signature = lines.iter().position(dated);
    header.signed =
        signature.and_then(|at| date(&dense(&lines[at]))).or(meta_signed).or_else(|| printed(&lines));
    if let Some(body) =
        signature.and_then(|at| at.checked_sub(1)).map(|at| lines[at].kept().trim().to_owned())
        && body.chars().count() <= 30
        && !body.contains('。')
    {
        header.issuer = squeeze(&body);
    }
    header
}

fn lines_of(block: &Block) -> Vec<Twin> {
    match block {
        Block::Line(line) => vec![Twin::new(&line.text).trimmed()],
        Block::Table(table) => table
            .rows
            .iter()
            .filter(|(_, cells)| columns(cells).is_none())
            .flat_map(|(_, cells)| row_lines(cells))
            .map(|cell| Twin::new(&cell.replace('\n', "")))
            .collect(),
    }
}

/// The lines that a row of a table is: a label with its value (文号: …), or a row with hardly more than one cell.
fn row_lines(cells: &[String]) -> Vec<String> {
    let mut told: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    told.dedup();
    let is_label = |cell: &str| cell.ends_with([':', '\u{ff1a}']);
    if told.iter().any(|cell| is_label(cell)) {
        let pair = |two: &[&str]| (is_label(two[0]) && !is_label(two[1])).then(|| two.concat());
        return told.windows(2).filter_map(pair).map(|line| line.split_whitespace().collect()).collect();
    }
    // 文号 and its value stand side by side in the frame of a page.
    let is_name = |cell: &str| FIELD.is_match(&dense(&Twin::new(cell)));
    if told.len() >= 2 && is_name(told[0]) {
        let pair =
            |two: &[&str]| (is_name(two[0]) && !is_name(two[1])).then(|| format!("{}:{}", two[0], two[1]));
        return told.windows(2).filter_map(pair).collect();
    }
    let field = |cell: &&str| META.is_match(Twin::new(cell).norm());
    if told.len() <= ROW_LINES || told.iter().all(field) {
        told.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// The number in a line of its own or behind its label; a number inside a sentence is another document's.
/// The number of minutes and circulars that stands in a line of its own: 〔2026〕17号, 第5期.
static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\(?(?:[〔\[](?:19|20)\d\d[〕\]] ?第? ?\d{1,4} ?[号期]|第 ?\d{1,4} ?期)\)?$")
        .expect("a pattern")
});

fn doc_no(lines: &[Twin]) -> String {
    // Of several fields in one line, the one with the number counts.
    let fields = |line: &Twin| -> Vec<Twin> {
        line.kept().split(['\t', '\u{3000}']).map(|field| Twin::new(field).trimmed()).collect()
    };
    for line in lines.iter().flat_map(|line| [line.clone()].into_iter().chain(fields(line))) {
        let Some(found) = DOC_NO.captures(line.norm()) else { continue };
        let (Some(body), Some(whole)) = (found.get(1), found.get(0)) else { continue };
        let rest = format!("{}{}", &line.norm()[..body.start()], &line.norm()[whole.end()..]);
        if is_frame(&rest) {
            return in_brackets(&squeeze(line.kept_at(body.start()..whole.end())));
        }
    }
    let head = lines.iter().take_while(|line| !is_addressee(line.norm())).take(HEAD_LINES);
    let issue = head.map(Twin::trimmed).find(|line| ISSUE.is_match(line.norm()));
    issue.map(|line| squeeze(line.kept())).unwrap_or_default()
}

/// Whether what stands around a number in its line is a label, brackets or a date, and no sentence.
fn is_frame(rest: &str) -> bool {
    static FRAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\s(•·]*(?:(?:发 ?文 ?字 ?号|文 ?号|文件编号|发文号|号) *:?)?[\s(]*(?:\d{4}年\d{1,2}月\d{1,2}日)?(?:签发人:?.{0,8})?(?:[,、;] ?共 ?\d{1,3} ?[项条件])?(?:附 ?件 ?\d{0,2})?[\s)]*$").expect("a pattern")
    });
    FRAME.is_match(rest)
}

/// A number with both of its brackets alike, as a page that was read off may not have them.
fn in_brackets(number: &str) -> String {
    let number = &number.replace('\u{fe5d}', "〔").replace('\u{fe5e}', "〕");
    match number.chars().find(|c| "〔【[(\u{ff08}\u{ff3b}".contains(*c)) {
        Some('〔') => number.replace([')', '\u{ff09}', ']', '】'], "〕"),
        _ => number.clone(),
    }
}

/// The lines that make the title: those that end before the addressee, or the first that end like a title.
fn title(lines: &[Twin]) -> Option<String> {
    let end = lines.iter().position(|line| is_addressee(line.norm())).unwrap_or(lines.len().min(40));
    // The titles of columns that were flattened to lines are none of the document's.
    let is_column = |line: &Twin| line.chars() <= 8 && column(line.norm()) != Column::Other;
    let columns = lines.windows(3).position(|three| three.iter().all(is_column));
    let end = end.min(columns.unwrap_or(end));
    let addressed = lines.iter().take(end + 1).any(|line| is_addressee(line.norm()));
    let mut best = None;
    for stop in 0..end {
        if best.is_some() && !addressed && lines[stop].norm().contains('。') {
            break;
        }
        if !TITLE_END.is_match(&dense(&lines[stop])) || META.is_match(lines[stop].norm()) {
            continue;
        }
        let from = (stop.saturating_sub(5)..=stop).find(|from| opens_title(&lines[*from..=stop]));
        if let Some(from) = from {
            best = Some(squeeze(&lines[from..=stop].iter().map(Twin::kept).collect::<String>()));
        }
    }
    best.or_else(|| {
        let plain = |line: &&Twin| {
            !line.is_blank()
                && !META.is_match(line.norm())
                && !DOC_NO.is_match(line.norm())
                && !crate::notice::lines::is_noise(line.norm())
                && !ANNEX.is_match(line.norm())
                && !dense(line).ends_with("文件")
        };
        lines.iter().find(plain).filter(|line| line.chars() <= 60).map(|line| squeeze(line.kept()))
    })
}

/// Whether these lines are a title from its first word on.
fn opens_title(lines: &[Twin]) -> bool {
    let whole: String = lines.iter().map(Twin::norm).collect();
    let plain = lines.iter().all(|line| {
        let text = line.norm();
        line.chars() <= 60
            && !text.is_empty()
            && !text.contains(['。', ';', ':'])
            && !DOC_NO.is_match(text)
            && !META.is_match(text)
            && !DATE_LINE.is_match(&dense(line))
            && !dense(line).ends_with("文件")
            && !ANNEX.is_match(text)
            && !crate::notice::lines::is_noise(text)
            && crate::notice::marker::marker_at(text).is_none()
    });
    plain && whole.chars().count() <= 120
}

fn is_addressee(line: &str) -> bool {
    line.ends_with(':')
        && line.chars().count() >= 4
        && (line.contains(['县', '乡', '镇', '市', '区', '局', '府'])
            || line.contains("单位")
            || line.contains("部门"))
}

/// The date of printing (印发) at the very end.
fn printed(lines: &[Twin]) -> Option<NaiveDate> {
    let line = lines.iter().rev().find(|line| line.norm().trim_end().ends_with("印发"))?;
    date(line.norm())
}

/// The year that number, title or the first lines name.
fn year(header: &Header, lines: &[Twin]) -> Option<NaiveDate> {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(20\d\d)(?: ?年?[—\-~至]+20\d\d)? ?[年〕\])]").expect("a pattern"));
    let head = lines.iter().take(HEAD_LINES).map(Twin::norm);
    let year = [header.doc_no.as_str(), header.title.as_str()]
        .into_iter()
        .chain(head)
        .find_map(|text| YEAR.captures(text));
    NaiveDate::from_ymd_opt(year?[1].parse().ok()?, 1, 1)
}

/// A full date in a text.
fn date(text: &str) -> Option<NaiveDate> {
    let epoch = NaiveDate::from_ymd_opt(2000, 1, 1)?;
    let dense = text.replace(' ', "").replace(['○', '零', 'O', 'o'], "〇");
    deadlines(&dense, epoch, true).first().map(|by| by.day).filter(|day| *day != epoch)
}

fn dense(line: &Twin) -> String {
    line.tight().norm().replace(' ', "")
}

/// A text without blanks.
fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}
