//! The ledger (台账) as a workbook: 任务清单, 责任清单 and 措施清单 are three views of the same data, so that nobody fills in
//! anything thrice; then the filings of the span, what is held up, what enterprises asked for, what is not
//! counted, and the history.

pub mod back;
mod lists;
mod needs;
pub mod open;
mod sheet;
mod work;

use std::collections::BTreeMap;
use std::io::{Seek, Write};

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::assess::facts::Facts;
use crate::assess::sums::{Lights, Span};
use crate::documents::draft::Signature;
use crate::domain::ids::TaskNo;
use crate::domain::now::Now;
use crate::domain::origin::Source;
use crate::notice::returned::Key;
use crate::wording::course::Event;
use sheet::{Cell, Sheet};

/// What a ledger is about.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a> {
    /// The moment it tells of.
    pub now: Now,
    /// The days whose filings and history it lists.
    pub span: Span,
    /// Who keeps it.
    pub issuer: &'a str,
    /// Whether it is signed.
    pub signature: &'a Signature,
}

/// One list of the workbook.
#[derive(Debug, Clone, Copy)]
struct List {
    /// The name of its sheet.
    name: &'static str,
    /// Its columns: heading and width in characters.
    columns: &'static [(&'static str, f64)],
}

/// All of them, as they lie in the workbook.
const LISTS: [List; 9] = [
    lists::TASKS,
    lists::RESPONSIBILITIES,
    lists::MEASURES,
    lists::SOURCES,
    work::FILINGS,
    work::PROBLEMS,
    needs::NEEDS,
    work::EXEMPTIONS,
    work::HISTORY,
];

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

/// The workbook while it is written. What is written of a list leaves the memory row by row, and neither the filings nor the
/// history are ever wanted whole: of a large county they are more than memory should hold. What remains is counted.
pub struct Writing<'a> {
    book: Workbook,
    ledger: Ledger<'a>,
    sheets: Vec<Sheet>,
    answers: lists::Answers,
    sources: BTreeMap<Source, Lights>,
}

impl<'a> Writing<'a> {
    /// Lays out the lists.
    pub fn begin(ledger: Ledger<'a>) -> Result<Writing<'a>, XlsxError> {
        let mut book = Workbook::new();
        let title = ledger.signature.title("督办台账");
        book.set_properties(&DocProperties::new().set_title(title).set_author(ledger.issuer));
        let begin = |list| Sheet::begin(book.add_worksheet_with_constant_memory()?, list, &ledger);
        let sheets = LISTS.into_iter().map(begin).collect::<Result<_, _>>()?;
        Ok(Writing { book, ledger, sheets, answers: BTreeMap::new(), sources: BTreeMap::new() })
    }

    /// Writes what the lists tell of some tasks: `part` are the facts of these and no others. They come in the order of their
    /// numbers.
    pub fn tasks(&mut self, part: &Facts) -> Result<(), XlsxError> {
        let span = self.ledger.span;
        self.add(lists::TASKS, lists::tasks(part))?;
        self.add(lists::MEASURES, lists::measures(part))?;
        self.add(work::FILINGS, work::filings(part, span))?;
        self.add(work::PROBLEMS, work::problems(part))?;
        self.add(needs::NEEDS, needs::needs(part))?;
        self.add(work::EXEMPTIONS, work::exemptions(part))?;
        lists::count(part, &mut self.answers);
        for (source, lights) in part.lights_by_source() {
            *self.sources.entry(source).or_default() += lights;
        }
        Ok(())
    }

    /// Writes the next lines of the history.
    pub fn history(&mut self, lines: &[(TaskNo, Event)]) -> Result<(), XlsxError> {
        self.add(work::HISTORY, lines.iter().map(work::history))
    }

    /// Writes what adds up over all tasks, and the whole to `out`. `frame` are the facts of all tasks; their filings are not
    /// looked at.
    pub fn end(mut self, frame: &Facts, out: impl Write + Seek + Send) -> Result<(), XlsxError> {
        let answers = std::mem::take(&mut self.answers);
        self.add(lists::RESPONSIBILITIES, lists::responsibilities(frame, &answers))?;
        let sources = std::mem::take(&mut self.sources);
        self.add(lists::SOURCES, lists::sources(&sources))?;
        for (at, sheet) in self.sheets.into_iter().enumerate() {
            sheet.end(self.book.worksheet_from_index(at)?, &self.ledger)?;
        }
        self.book.save_to_writer(out)
    }

    fn add(&mut self, list: List, mut rows: impl Iterator<Item = Row>) -> Result<(), XlsxError> {
        let mut sheets = self.sheets.iter_mut().enumerate();
        let Some((at, sheet)) = sheets.find(|(_, sheet)| sheet.is_of(list)) else {
            return Ok(());
        };
        let page = self.book.worksheet_from_index(at)?;
        rows.try_for_each(|row| sheet.add(page, &row))
    }
}
