//! The verification sheet (核对单) as a workbook: the office writes its decisions into the last column and sends it back.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use crate::notice::decisions::{DECISION, NUMBER};

/// One thing to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub id: i64,
    /// The item, `#12 title`.
    pub task: String,
    /// Where it stands in the document.
    pub place: String,
    /// What was found.
    pub words: String,
    /// What is proposed.
    pub proposal: String,
}

/// Headings and widths of the columns, in characters.
const COLUMNS: [(&str, f64); 6] =
    [(NUMBER, 8.0), ("事项", 30.0), ("位置", 16.0), ("发现", 44.0), ("建议", 30.0), (DECISION, 26.0)];

/// How the last column is filled in.
const HOW: &str = "填“决定”一列后发回:同意、日期(7月15日)、每月、单位名、不要、作废;不填的不变。";

/// The workbook. Text is always written as text, so that nothing in it is a formula.
pub fn workbook(title: &str, rows: &[Row]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("核对单")?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    let head = wrapped.clone().set_bold().set_background_color(Color::RGB(0x00DD_E6F0));
    let asked = wrapped.clone().set_background_color(Color::RGB(0x00FF_F8E1));
    sheet.merge_range(0, 0, 0, 5, title, &Format::new().set_bold().set_font_size(14.0))?;
    sheet.merge_range(1, 0, 1, 5, HOW, &Format::new().set_text_wrap())?;
    for (column, (name, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?.write_string_with_format(2, column, name, &head)?;
    }
    for (line, row) in (3u32..).zip(rows) {
        sheet.write_string_with_format(line, 0, row.id.to_string(), &wrapped)?;
        for (column, text) in (1u16..).zip([&row.task, &row.place, &row.words, &row.proposal]) {
            sheet.write_string_with_format(line, column, text, &wrapped)?;
        }
        sheet.write_blank(line, 5, &asked)?;
    }
    sheet.set_freeze_panes(3, 0)?.set_repeat_rows(2, 2)?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::{container, decisions};

    #[test]
    fn what_is_not_filled_in_decides_nothing_and_a_formula_is_text() {
        let row = Row {
            id: 3,
            task: "=1+1".to_owned(),
            place: "第5行".to_owned(),
            words: "“定期”没有频次".to_owned(),
            proposal: "请定".to_owned(),
        };
        let bytes = workbook("核对单", &[row]).expect("a workbook");
        let document = container::open(&bytes).expect("it opens");
        assert_eq!(decisions::of(&document), Some(Vec::new()));
    }
}
