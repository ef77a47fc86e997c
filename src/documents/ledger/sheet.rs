//! One sheet: a title, a header that stays in sight and on every printed page, filters, widths, lights in colour and words.

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{Ledger, Table};
use crate::domain::light::Light;
use crate::wording::papers::light_name;
use crate::wording::{day, typeset};

/// Rows a sheet can hold below its header; what is more is counted in the last one.
pub const ROWS_MAX: usize = 1_048_000;
/// The sheet's title.
const TITLE_ROW: u32 = 0;
/// The headings.
const HEAD_ROW: u32 = 1;
/// Characters that make a spreadsheet take a text for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Excel's code for A4.
const A4: u8 = 9;
/// Height of a line, in points.
const LINE: f64 = 14.5;
/// Lines a row may take before its text is cut off on paper.
const LINES_MAX: f64 = 12.0;
/// Characters an Excel cell can hold.
const CELL_MAX: usize = 32_000;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Number(i64),
    /// An amount.
    Amount(f64),
    /// A day.
    Day(NaiveDate),
    /// A light.
    Light(Light),
    /// Nothing.
    Empty,
}

impl Cell {
    /// Words, or nothing.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    /// A count, empty where it is 0.
    pub fn count(count: usize) -> Cell {
        if count == 0 { Cell::Empty } else { Cell::Number(i64::try_from(count).unwrap_or(i64::MAX)) }
    }

    /// A day, if there is one.
    pub fn day(day: Option<NaiveDate>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }
}

/// The looks of a sheet.
struct Looks {
    title: Format,
    head: Format,
    words: Format,
    inert: Format,
    middle: Format,
    date: Format,
}

impl Looks {
    fn new() -> Looks {
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00A6_A6A6))
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
            .set_font_name("宋体")
            .set_font_size(10);
        Looks {
            title: Format::new()
                .set_font_name("方正小标宋简体")
                .set_font_size(16)
                .set_align(FormatAlign::VerticalCenter),
            head: cell
                .clone()
                .set_font_name("黑体")
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00D9_E1F2)),
            inert: cell.clone().set_quote_prefix(),
            middle: cell.clone().set_align(FormatAlign::Center),
            date: cell.clone().set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
            words: cell,
        }
    }

    fn light(&self, light: Light) -> Format {
        let (back, ink) = match light {
            Light::Red => (0x00F8_CBAD, 0x009C_0006),
            Light::Yellow => (0x00FF_EB9C, 0x007F_6000),
            Light::Green => (0x00C6_EFCE, 0x0000_6100),
            Light::Claimed => (0x00DD_EBF7, 0x001F_4E79),
            Light::Undated => (0x00ED_EDED, 0x0040_4040),
            Light::Done => (0x00FF_FFFF, 0x0040_4040),
        };
        self.middle.clone().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(ink))
    }
}

/// Writes one list.
pub fn write(table: &Table, ledger: &Ledger<'_>) -> Result<Worksheet, XlsxError> {
    let looks = Looks::new();
    let mut sheet = Worksheet::new();
    sheet.set_name(table.name)?;
    heads(&mut sheet, table, ledger, &looks)?;
    for (at, row) in table.rows.iter().take(ROWS_MAX).enumerate() {
        let row_at = HEAD_ROW + 1 + u32::try_from(at).unwrap_or(u32::MAX - HEAD_ROW - 1);
        for (column, cell) in (0u16..).zip(row) {
            put(&mut sheet, (row_at, column), cell, &looks)?;
        }
        sheet.set_row_height(row_at, LINE * lines(table, row))?;
    }
    if let Some(left) = table.rows.len().checked_sub(ROWS_MAX).filter(|left| *left > 0) {
        let row = HEAD_ROW + 1 + u32::try_from(ROWS_MAX).unwrap_or_default();
        sheet.write_string(row, 0, typeset(&format!("另有{left}行装不下,缩短期间再导出")))?;
    }
    pages(&mut sheet, table, ledger)?;
    Ok(sheet)
}

/// Lines that the longest text of a row takes in its column; not every program works that out by itself.
fn lines(table: &Table, row: &[Cell]) -> f64 {
    let of = |(cell, (_, width)): (&Cell, &(&str, f64))| match cell {
        Cell::Text(text) => {
            // A Chinese character is as wide as two figures.
            let units: u32 = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            (f64::from(units) / (width - 1.0)).ceil()
        }
        _ => 1.0,
    };
    row.iter().zip(table.columns).map(of).fold(1.0, f64::max).min(LINES_MAX)
}

fn heads(sheet: &mut Worksheet, table: &Table, ledger: &Ledger<'_>, looks: &Looks) -> Result<(), XlsxError> {
    let today = ledger.facts.now.today();
    let mark = ledger.signature.mark().map(|mark| format!(" 〔{mark}〕")).unwrap_or_default();
    let title = format!("{} 截至{}年{}{mark}", table.name, today.format("%Y"), day(today));
    sheet.write_string_with_format(TITLE_ROW, 0, typeset(&title), &looks.title)?;
    sheet.set_row_height(TITLE_ROW, 28)?;
    sheet.set_row_height(HEAD_ROW, 24)?;
    for (column, (heading, width)) in (0u16..).zip(table.columns) {
        sheet.write_string_with_format(HEAD_ROW, column, *heading, &looks.head)?;
        sheet.set_column_width(column, *width)?;
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => {
            let text: String = text.chars().take(CELL_MAX).collect();
            // Written as text in any case; the mark keeps it text when somebody edits the cell or saves it as CSV.
            let look = if text.starts_with(FORMULA) { &looks.inert } else { &looks.words };
            sheet.write_string_with_format(row, column, text, look)?
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of a county")]
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, &looks.middle)?,
        Cell::Amount(amount) => sheet.write_number_with_format(row, column, *amount, &looks.middle)?,
        Cell::Day(day) => sheet.write_datetime_with_format(row, column, *day, &looks.date)?,
        Cell::Light(light) => {
            sheet.write_string_with_format(row, column, light_name(*light), &looks.light(*light))?
        }
        Cell::Empty => sheet.write_blank(row, column, &looks.words)?,
    };
    Ok(())
}

/// Frozen header and filters on the screen; A4 across, as wide as the page, the header on every page.
fn pages(sheet: &mut Worksheet, table: &Table, ledger: &Ledger<'_>) -> Result<(), XlsxError> {
    let last_column = u16::try_from(table.columns.len().max(1) - 1).unwrap_or_default();
    let rows = u32::try_from(table.rows.len().min(ROWS_MAX)).unwrap_or_default();
    let last_row = HEAD_ROW + rows.max(1);
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    sheet.autofilter(HEAD_ROW, 0, last_row, last_column)?;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(TITLE_ROW, HEAD_ROW)?;
    sheet.set_print_area(TITLE_ROW, 0, last_row, last_column)?;
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    let mark = ledger.signature.mark().unwrap_or_default();
    sheet.set_header(format!("&L&9{}&R&9{}", ledger.issuer, typeset(mark)));
    sheet.set_footer("&C&9第 &P 页 共 &N 页");
    Ok(())
}
