//! The ledger (台账) as a workbook: 任务清单, 责任清单 and 措施清单 are three views of the same data, so that nobody fills in
//! anything thrice; then the filings of the span, what is held up, what is not counted, and the history.

mod lists;
mod sheet;
mod work;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use crate::assess::facts::Facts;
use crate::assess::sums::Span;
use crate::documents::draft::Signature;
use crate::domain::ids::TaskNo;
use crate::wording::course::Event;
use sheet::Cell;

pub use sheet::ROWS_MAX;

/// What a ledger is made of.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a> {
    /// The facts at the end of the span.
    pub facts: &'a Facts,
    /// The days whose filings and history it lists.
    pub span: Span,
    /// The history of the span.
    pub history: &'a [(TaskNo, Event)],
    /// Who keeps it.
    pub issuer: &'a str,
    /// Whether it is signed.
    pub signature: &'a Signature,
}

/// One list of the workbook.
struct Table {
    /// The name of its sheet.
    name: &'static str,
    /// Its columns: heading and width in characters.
    columns: &'static [(&'static str, f64)],
    /// Its rows.
    rows: Vec<Vec<Cell>>,
}

/// Writes the workbook.
pub fn xlsx(ledger: &Ledger<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = ledger.signature.title("督办台账");
    book.set_properties(&DocProperties::new().set_title(title).set_author(ledger.issuer));
    let mut written = Vec::new();
    for table in tables(ledger) {
        written.push(sheet::write(&table, ledger)?);
    }
    for sheet in written {
        book.push_worksheet(sheet);
    }
    book.save_to_buffer()
}

fn tables(ledger: &Ledger<'_>) -> [Table; 7] {
    let facts = ledger.facts;
    [
        lists::tasks(facts),
        lists::responsibilities(facts),
        lists::measures(facts),
        work::filings(facts, ledger.span),
        work::problems(facts),
        work::exemptions(facts),
        work::history(ledger.history),
    ]
}
