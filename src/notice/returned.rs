//! A ledger of ours that comes back from the office. Every row carries a proof of how it went out, in a hidden column, so that
//! an edit shows, wherever rows and columns stand by then; a ledger is known by it, and not by its name. Values are read, never
//! formulas.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{DutyId, FilingId, TaskNo};
use crate::notice::container::{Block, Document, Place, Table};

/// How the heading of the hidden column begins; the headings of the others follow, as they went out.
const MARK: &str = "督办台账凭据1";

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Key {
    /// A task.
    Task(TaskNo),
    /// A duty.
    Duty(DutyId),
    /// A filing.
    Filing(FilingId),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Task(no) => write!(f, "T{}", no.0),
            Key::Duty(id) => write!(f, "D{}", id.0),
            Key::Filing(id) => write!(f, "F{}", id.0),
        }
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Key, ()> {
        let number = |rest: &str| rest.parse().map_err(|_| ());
        match text.split_at_checked(1).ok_or(())? {
            ("T", rest) => Ok(Key::Task(TaskNo(number(rest)?))),
            ("D", rest) => Ok(Key::Duty(DutyId(number(rest)?))),
            ("F", rest) => Ok(Key::Filing(FilingId(number(rest)?))),
            _ => Err(()),
        }
    }
}

/// How a row went out.
#[derive(Debug, Serialize, Deserialize)]
struct Proof {
    /// What it is about; "" where nothing of it may be edited.
    #[serde(rename = "k")]
    key: String,
    /// The cells that may be edited, by their column.
    #[serde(rename = "o")]
    open: BTreeMap<usize, String>,
    /// Check sums of all cells.
    #[serde(rename = "c")]
    sums: Vec<u32>,
}

/// A cell that came back otherwise than it went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Where it stands now, `任务清单 D5`.
    pub place: String,
    /// What its row is about; `None` where nothing of the row may be edited.
    pub key: Option<Key>,
    /// Its heading.
    pub column: String,
    /// What it was; `None` where it may not be edited.
    pub was: Option<String>,
    /// What it is.
    pub now: String,
}

/// A ledger that came back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Returned {
    /// Cells that differ.
    pub edits: Vec<Edit>,
    /// Rows that never went out, or stand there twice: where they are.
    pub strangers: Vec<String>,
}

impl Returned {
    /// Whether it came back as it went.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.strangers.is_empty()
    }
}

/// The heading of the hidden column.
pub fn mark<'a>(columns: impl Iterator<Item = &'a str>) -> String {
    columns.fold(MARK.to_owned(), |mark, column| format!("{mark}|{column}"))
}

/// The proof of a row: what its cells say, and which of them may be edited.
pub fn proof(key: Option<Key>, cells: &[String], open: &[usize]) -> String {
    let proof = Proof {
        key: key.map(|key| key.to_string()).unwrap_or_default(),
        open: open.iter().map(|at| (*at, plain(&cells[*at]))).collect(),
        sums: cells.iter().map(|cell| sum(cell)).collect(),
    };
    serde_json::to_string(&proof).expect("a proof has string keys only")
}

/// What a cell says, without regard to blanks and line breaks, which every program writes in its own way.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sum(text: &str) -> u32 {
    crc32fast::hash(plain(text).as_bytes())
}

/// Reads a document as a ledger of ours; `None` where it is none.
pub fn read(document: &Document) -> Option<Returned> {
    let sheets: Vec<Sheet<'_>> = document.blocks.iter().filter_map(sheet).collect();
    if sheets.is_empty() {
        return None;
    }
    let mut returned = Returned::default();
    for sheet in sheets {
        sheet.read(&mut returned);
    }
    Some(returned)
}

/// One list of the ledger.
struct Sheet<'a> {
    table: &'a Table,
    /// The row of its headings.
    head: usize,
    /// Where the proofs stand.
    proofs: usize,
    /// Its columns as they went out, and where each stands now.
    columns: Vec<(&'a str, Option<usize>)>,
}

fn sheet(block: &Block) -> Option<Sheet<'_>> {
    let Block::Table(table) = block else {
        return None;
    };
    let (head, proofs) =
        table.rows.iter().enumerate().find_map(|(head, (_, cells))| {
            Some((head, cells.iter().position(|cell| cell.starts_with(MARK))?))
        })?;
    let heads = &table.rows[head].1;
    let at = |name: &str| heads.iter().position(|cell| cell.trim() == name);
    let columns = heads[proofs].split('|').skip(1).map(|name| (name, at(name))).collect();
    Some(Sheet { table, head, proofs, columns })
}

impl Sheet<'_> {
    fn read(&self, returned: &mut Returned) {
        let mut seen = BTreeSet::new();
        for (place, cells) in &self.table.rows[self.head + 1..] {
            let proof = cells.get(self.proofs).filter(|proof| seen.insert(proof.as_str()));
            match proof.and_then(|proof| serde_json::from_str::<Proof>(proof).ok()) {
                Some(proof) => returned.edits.extend(self.edits(&proof, (place, cells))),
                None => returned.strangers.push(format!("{}第{}行", named(place), place.line)),
            }
        }
    }

    fn edits(&self, proof: &Proof, (place, cells): (&Place, &[String])) -> Vec<Edit> {
        let differs = |(at, (name, column)): (usize, &(&str, Option<usize>))| {
            let column = (*column)?;
            let now = plain(cells.get(column).map_or("", String::as_str));
            let differs = proof.sums.get(at).is_some_and(|known| *known != sum(&now));
            differs.then(|| Edit {
                place: format!("{} {}{}", named(place), letters(column), place.line),
                key: proof.key.parse().ok(),
                column: (*name).to_owned(),
                was: proof.open.get(&at).cloned(),
                now,
            })
        };
        self.columns.iter().enumerate().filter_map(differs).collect()
    }
}

fn named(place: &Place) -> &str {
    place.sheet.as_deref().unwrap_or_default()
}

/// A column as spreadsheets call it: A to Z, then AA.
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", letters(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const COLUMNS: [&str; 3] = ["编号", "事项", "状态"];

    fn went_out(key: i64, title: &str, state: &str) -> Vec<String> {
        let cells = [key.to_string(), title.to_owned(), state.to_owned()];
        let proof = proof(Some(Key::Task(TaskNo(key))), &cells, &[1]);
        cells.into_iter().chain([proof]).collect()
    }

    fn ledger(rows: Vec<Vec<String>>) -> Document {
        let head = COLUMNS.iter().map(|name| (*name).to_owned()).chain([mark(COLUMNS.into_iter())]);
        let rows = std::iter::once(head.collect()).chain(rows).zip(2..);
        let rows =
            rows.map(|(cells, line)| (Place { sheet: Some("任务清单".to_owned()), line }, cells)).collect();
        Document { blocks: vec![Block::Table(Table { rows, merged: true })] }
    }

    fn edits(rows: Vec<Vec<String>>) -> Vec<String> {
        let returned = read(&ledger(rows)).expect("a ledger");
        let edit = |one: &Edit| format!("{} {} {:?}→{}", one.place, one.column, one.was, one.now);
        returned.edits.iter().map(edit).chain(returned.strangers.clone()).collect()
    }

    #[test]
    fn an_edit_shows_with_its_place_and_whether_it_is_allowed() {
        let mut one = went_out(12, "修路", "在办");
        "修一条路".clone_into(&mut one[1]);
        let mut other = went_out(13, "架桥", "在办");
        "已销号".clone_into(&mut other[2]);
        assert_eq!(
            edits(vec![one, other]),
            ["任务清单 B3 事项 Some(\"修路\")→修一条路", "任务清单 C4 状态 None→已销号"]
        );
    }

    #[test]
    fn rows_that_were_added_or_copied_are_named_and_nothing_else() {
        let row = went_out(12, "修路", "在办");
        let new = ["99", "新的一项", "", ""].map(str::to_owned).to_vec();
        assert_eq!(edits(vec![row.clone(), row, new]), ["任务清单第4行", "任务清单第5行"]);
    }

    #[test]
    fn rows_may_be_sorted_and_columns_moved_or_dropped() {
        let rows = [went_out(13, "架桥", "在办"), went_out(12, "修路", "在办")];
        let mut moved = ledger(rows.to_vec());
        let Block::Table(table) = &mut moved.blocks[0] else { unreachable!() };
        for (_, cells) in &mut table.rows {
            cells.swap(0, 1);
            cells.remove(2);
        }
        assert_eq!(read(&moved), Some(Returned::default()));
    }

    #[test]
    fn another_table_is_no_ledger_of_ours() {
        let mut document = ledger(vec![]);
        let Block::Table(table) = &mut document.blocks[0] else { unreachable!() };
        table.rows[0].1.truncate(3);
        assert_eq!(read(&document), None);
    }

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    proptest! {
        #[test]
        fn what_was_not_edited_does_not_differ(rows in prop::collection::vec(("\\PC*", "\\PC*"), 0..6)) {
            let rows = rows.iter().zip(1..).map(|((title, state), no)| went_out(no, title, state));
            prop_assert_eq!(edits(rows.collect()), Vec::<String>::new());
        }

        #[test]
        fn any_proof_is_read_or_not(proof in "\\PC*") {
            let row = vec!["1".to_owned(), "修路".to_owned(), String::new(), proof];
            prop_assert!(edits(vec![row]).len() <= 3);
        }
    }
}
