//! One sheet: a title, a header that stays in sight and on every printed page, filters, widths, lights in colour and words.

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::{Ledger, List, Row, open};
use crate::domain::light::Light;
use crate::notice::returned;
use crate::wording::papers::light_name;
use crate::wording::{day, typeset};

/// The last row that is written; what is more is counted in the one below.
const LAST_ROW: u32 = 1_048_000;
/// The columns with cells that may be edited, by their list.
const OPEN: [(&str, &str); 6] = [
    ("任务清单", open::TITLE),
    ("任务清单", open::LEAD),
    ("任务清单", open::UNITS),
    ("措施清单", open::TEXT),
    ("措施清单", open::TERM),
    ("应报件", open::DUE),
];
/// How they are edited.
const HOW: &str = "浅黄格可改,改好发回督查室";
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
/// Rows of a list that get a height of their own. The library keeps half a kilobyte for each until the end; in a list so long
/// that nobody prints it, the spreadsheet works the heights out by itself.
const TALL_MAX: usize = 20_000;
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

    /// What is read back of it from a workbook.
    fn said(&self) -> String {
        match self {
            Cell::Text(text) => text.chars().take(CELL_MAX).collect(),
            Cell::Number(number) => number.to_string(),
            Cell::Amount(amount) => amount.to_string(),
            Cell::Day(day) => open::said(*day),
            Cell::Light(light) => light_name(*light).to_owned(),
            Cell::Empty => String::new(),
        }
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
    open_head: Format,
    words: Format,
    inert: Format,
    middle: Format,
    date: Format,
    lights: [Format; 6],
    open: [Format; 3],
}

/// Lights in the order of their looks.
const LIGHTS: [Light; 6] =
    [Light::Red, Light::Yellow, Light::Green, Light::Claimed, Light::Undated, Light::Done];

impl Looks {
    fn new() -> Looks {
        let words = Format::new()
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0x00A6_A6A6))
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap()
            .set_font_name("宋体")
            .set_font_size(10);
        let middle = words.clone().set_align(FormatAlign::Center);
        let date = middle.clone().set_num_format("yyyy-mm-dd");
        let inert = words.clone().set_quote_prefix();
        let head = middle.clone().set_font_name("黑体").set_background_color(Color::RGB(0x00D9_E1F2));
        let open = |look: &Format| look.clone().set_background_color(Color::RGB(0x00FF_F8DC));
        Looks {
            title: Format::new()
                .set_font_name("方正小标宋简体")
                .set_font_size(16)
                .set_align(FormatAlign::VerticalCenter),
            open_head: head.clone().set_background_color(Color::RGB(0x00FF_E08A)),
            head,
            lights: LIGHTS.map(|light| lit(&middle, light)),
            open: [open(&words), open(&inert), open(&date)],
            inert,
            middle,
            date,
            words,
        }
    }

    /// The look of a cell. What a spreadsheet would take for a formula is marked as text, so that it stays text when somebody
    /// edits the cell or saves it as CSV.
    fn of(&self, cell: &Cell, is_open: bool) -> &Format {
        match (cell, is_open) {
            (Cell::Text(text), false) if text.starts_with(FORMULA) => &self.inert,
            (Cell::Text(text), true) if text.starts_with(FORMULA) => &self.open[1],
            (Cell::Text(_) | Cell::Empty, false) => &self.words,
            (Cell::Text(_) | Cell::Empty, true) => &self.open[0],
            (Cell::Day(_), false) => &self.date,
            (Cell::Day(_), true) => &self.open[2],
            (Cell::Number(_) | Cell::Amount(_), _) => &self.middle,
            (Cell::Light(light), _) => {
                let at = LIGHTS.iter().position(|known| known == light).unwrap_or_default();
                &self.lights[at]
            }
        }
    }
}

/// A light's look: its own colours.
fn lit(middle: &Format, light: Light) -> Format {
    let (back, ink) = match light {
        Light::Red => (0x00F8_CBAD, 0x009C_0006),
        Light::Yellow => (0x00FF_EB9C, 0x007F_6000),
        Light::Green => (0x00C6_EFCE, 0x0000_6100),
        Light::Claimed => (0x00DD_EBF7, 0x001F_4E79),
        Light::Undated => (0x00ED_EDED, 0x0040_4040),
        Light::Done => (0x00FF_FFFF, 0x0040_4040),
    };
    middle.clone().set_background_color(Color::RGB(back)).set_font_color(Color::RGB(ink))
}

/// A list that is being written, from its first row to its last: what is written is gone from memory.
pub struct Sheet {
    list: List,
    looks: Looks,
    next: u32,
    tall: usize,
    left: usize,
}

impl Sheet {
    /// Writes title and headings.
    pub fn begin(sheet: &mut Worksheet, list: List, ledger: &Ledger<'_>) -> Result<Sheet, XlsxError> {
        let looks = Looks::new();
        sheet.set_name(list.name)?;
        heads(sheet, list, ledger, &looks)?;
        Ok(Sheet { list, looks, next: HEAD_ROW + 1, tall: 0, left: 0 })
    }

    /// Whether it is the sheet of this list.
    pub fn is_of(&self, list: List) -> bool {
        self.list.name == list.name
    }

    /// Writes a row.
    pub fn add(&mut self, sheet: &mut Worksheet, row: &Row) -> Result<(), XlsxError> {
        if self.next > LAST_ROW {
            self.left += 1;
            return Ok(());
        }
        let lines = lines(self.list.columns, &row.cells);
        if lines > 1.0 && self.tall < TALL_MAX {
            sheet.set_row_height(self.next, LINE * lines)?;
            self.tall += 1;
        }
        for (at, cell) in row.cells.iter().enumerate() {
            let place = (self.next, u16::try_from(at).unwrap_or_default());
            put(sheet, place, cell, self.looks.of(cell, row.open.contains(&at)))?;
        }
        sheet.write_string(self.next, self.proofs(), proof(row))?;
        self.next += 1;
        Ok(())
    }

    /// Says what found no room, and sets the sheet for screen and paper.
    pub fn end(self, sheet: &mut Worksheet, ledger: &Ledger<'_>) -> Result<(), XlsxError> {
        if self.left > 0 {
            let said = format!("另有{}行装不下,缩短期间再导出", self.left);
            sheet.write_string(self.next, 0, typeset(&said))?;
        }
        pages(sheet, (self.next - 1).max(HEAD_ROW + 1), self.proofs(), ledger)
    }

    /// The hidden column.
    fn proofs(&self) -> u16 {
        u16::try_from(self.list.columns.len()).unwrap_or_default()
    }
}

fn proof(row: &Row) -> String {
    let said: Vec<String> = row.cells.iter().map(Cell::said).collect();
    returned::proof(row.key, &said, &row.open)
}

/// Lines that the longest text of a row takes in its column; not every program works that out by itself.
fn lines(columns: &[(&str, f64)], row: &[Cell]) -> f64 {
    let of = |(cell, (_, width)): (&Cell, &(&str, f64))| match cell {
        Cell::Text(text) => {
            // A Chinese character is as wide as two figures.
            let units: u32 = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            (f64::from(units) / (width - 1.0)).ceil()
        }
        _ => 1.0,
    };
    row.iter().zip(columns).map(of).fold(1.0, f64::max).min(LINES_MAX)
}

fn heads(
    sheet: &mut Worksheet,
    List { name, columns }: List,
    ledger: &Ledger<'_>,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let today = ledger.now.today();
    let mark = ledger.signature.mark().map(|mark| format!(" 〔{mark}〕")).unwrap_or_default();
    let is_open = |column: &str| OPEN.contains(&(name, column));
    let note =
        if columns.iter().any(|(column, _)| is_open(column)) { format!(" {HOW}") } else { String::new() };
    let title = format!("{name} 截至{}年{}{mark}{note}", today.format("%Y"), day(today));
    sheet.set_row_height(TITLE_ROW, 28)?;
    sheet.write_string_with_format(TITLE_ROW, 0, typeset(&title), &looks.title)?;
    sheet.set_row_height(HEAD_ROW, 24)?;
    for (at, (heading, width)) in (0u16..).zip(columns) {
        let look = if is_open(heading) { &looks.open_head } else { &looks.head };
        sheet.write_string_with_format(HEAD_ROW, at, *heading, look)?;
        sheet.set_column_width(at, *width)?;
    }
    let proofs = u16::try_from(columns.len()).unwrap_or_default();
    sheet.write_string(HEAD_ROW, proofs, returned::mark(columns.iter().map(|(heading, _)| *heading)))?;
    sheet.set_column_hidden(proofs)?;
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    look: &Format,
) -> Result<(), XlsxError> {
    match cell {
        // Text is written as text in any case.
        Cell::Text(_) | Cell::Light(_) => sheet.write_string_with_format(row, column, cell.said(), look)?,
        #[expect(clippy::cast_precision_loss, reason = "counts of a county")]
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, look)?,
        Cell::Amount(amount) => sheet.write_number_with_format(row, column, *amount, look)?,
        Cell::Day(day) => sheet.write_datetime_with_format(row, column, *day, look)?,
        Cell::Empty => sheet.write_blank(row, column, look)?,
    };
    Ok(())
}

/// Frozen header and filters on the screen; A4 across, as wide as the page, the header on every page.
fn pages(sheet: &mut Worksheet, last_row: u32, proofs: u16, ledger: &Ledger<'_>) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    // The proofs too: whoever sorts by a filter sorts them along.
    sheet.autofilter(HEAD_ROW, 0, last_row, proofs)?;
    sheet.set_paper_size(A4);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(TITLE_ROW, HEAD_ROW)?;
    sheet.set_print_area(TITLE_ROW, 0, last_row, proofs.saturating_sub(1))?;
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3);
    let mark = ledger.signature.mark().unwrap_or_default();
    sheet.set_header(format!("&L&9{}&R&9{}", ledger.issuer, typeset(mark)));
    sheet.set_footer("&C&9第 &P 页 共 &N 页");
    Ok(())
}
