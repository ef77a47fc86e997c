//! The ledger (台账) as a workbook: 任务清单, 责任清单 and 措施清单 are three views of the same data, so that nobody fills in
//! anything thrice; then the filings of the span, what is held up, what enterprises asked for, what is not
//! counted, and the history.

pub mod back;
mod lists;
mod needs;
pub mod open;
mod sheet;
mod work;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::assess::facts::Facts;
use crate::assess::sums::Span;
use crate::documents::draft::Signature;
use crate::domain::ids::TaskNo;
use crate::notice::returned::Key;
use crate::wording::course::Event;
use sheet::{Cell, Sheet};

/// What a ledger is made of.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a> {
    /// The facts at the end of the span.
    pub facts: &'a Facts,
    /// The days whose filings and history it lists.
    pub span: Span,
    /// Who keeps it.
    pub issuer: &'a str,
    /// Whether it is signed.
    pub signature: &'a Signature,
}

/// One list of the workbook. Its rows are made while they are written: of a large county they are millions.
struct Table<'a> {
    /// The name of its sheet.
    name: &'static str,
    /// Its columns: heading and width in characters.
    columns: &'static [(&'static str, f64)],
    /// Its rows.
    rows: Box<dyn Iterator<Item = Row> + 'a>,
}

/// One row of a list.
struct Row {
    /// What it is about, where something of it may be edited.
    key: Option<Key>,
    /// Its cells.
    cells: Vec<Cell>,
    /// The columns that may be edited.
    open: Vec<usize>,
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Row {
        Row { key: None, cells, open: Vec::new() }
    }
}

/// The workbook while it is written. What is written of a sheet leaves the memory row by row, and the history, which may be
/// longer than all else, is handed in piece by piece.
pub struct Writing<'a> {
    book: Workbook,
    ledger: Ledger<'a>,
    history: Sheet,
}

impl<'a> Writing<'a> {
    /// Writes all lists but the history.
    pub fn begin(ledger: Ledger<'a>) -> Result<Writing<'a>, XlsxError> {
        let mut book = Workbook::new();
        let title = ledger.signature.title("督办台账");
        book.set_properties(&DocProperties::new().set_title(title).set_author(ledger.issuer));
        for Table { name, columns, rows } in tables(&ledger) {
            let page = book.add_worksheet_with_constant_memory()?;
            let mut sheet = Sheet::begin(page, (name, columns), &ledger)?;
            for row in rows {
                sheet.add(page, &row)?;
            }
            sheet.end(page, &ledger)?;
        }
        let page = book.add_worksheet_with_constant_memory()?;
        let history = Sheet::begin(page, (work::HISTORY, work::HISTORY_COLUMNS), &ledger)?;
        Ok(Writing { book, ledger, history })
    }

    /// Writes the next lines of the history.
    pub fn history(&mut self, lines: &[(TaskNo, Event)]) -> Result<(), XlsxError> {
        let page = self.book.worksheet_from_name(work::HISTORY)?;
        lines.iter().try_for_each(|line| self.history.add(page, &work::history(line)))
    }

    /// The whole.
    pub fn end(mut self) -> Result<Vec<u8>, XlsxError> {
        self.history.end(self.book.worksheet_from_name(work::HISTORY)?, &self.ledger)?;
        self.book.save_to_buffer()
    }
}

fn tables<'a>(ledger: &Ledger<'a>) -> [Table<'a>; 8] {
    let facts = ledger.facts;
    [
        lists::tasks(facts),
        lists::responsibilities(facts),
        lists::measures(facts),
        lists::sources(facts),
        work::filings(facts, ledger.span),
        work::problems(facts),
        needs::needs(facts),
        work::exemptions(facts),
    ]
}
