//! A roster out of a workbook: units, their posts, who is missing, and the work groups they sit in, by the titles of the
//! columns. Posts are kept, never names: of a person only whether there is one counts. Telephone numbers are not read.

mod build;
mod codes;
mod kinds;
mod titles;

use std::collections::BTreeMap;

use crate::notice::container::{Block, Document, Place, Table};
use crate::notice::file::Roster;
use crate::notice::twin::Twin;
use titles::{Title, titles};

/// Most rows of titles above the titles of the columns.
const TITLE_ROWS: usize = 8;

/// What stands in a cell that says nothing.
const NOTHING: [&str; 6] = ["-", "—", "/", "——", "--", "无"];

/// What stands in place of a name where nobody holds the post.
const VACANT: [&str; 6] = ["空缺", "空岗", "暂缺", "待定", "缺", "待任"];

/// A roster that was read, with what the office has to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    /// What will be on record: everything of the file, with what was known of the same units before.
    pub roster: Roster,
    /// Codes of the units that the file names, in its order.
    pub units: Vec<String>,
    /// Codes of the posts that it names.
    pub posts: Vec<String>,
    /// Codes of units and posts that were not known before.
    pub new: Vec<String>,
    /// What has to be looked at.
    pub findings: Vec<Finding>,
}

/// Something about a roster that the office has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Nobody holds the post.
    Vacant {
        /// Its title.
        post: String,
    },
    /// One person on several posts.
    Doubled {
        /// The name, as the file has it; it is shown and not kept.
        name: String,
        /// The titles.
        posts: Vec<String>,
    },
    /// Several persons on one post.
    Shared {
        /// The title.
        post: String,
        /// How many.
        persons: usize,
    },
    /// A work group that is not known.
    NewTeam {
        /// Its name.
        team: String,
    },
    /// Two names that may mean one unit.
    LooksLike {
        /// The one.
        unit: String,
        /// The other.
        other: String,
    },
    /// Another name that is one of another unit already.
    AliasTaken {
        /// The unit of the row.
        unit: String,
        /// The name.
        alias: String,
    },
    /// No unit of the file is the one that runs the supervision.
    NoOffice,
    /// A unit without any post: nobody of it can be bound.
    NoPost {
        /// Its name.
        unit: String,
    },
    /// A row that names a person or post, and no unit.
    NoUnit {
        /// Where.
        place: Place,
    },
    /// A kind that is not understood; the name decides.
    UnknownKind {
        /// The unit.
        unit: String,
        /// The words.
        words: String,
    },
    /// Columns with telephone numbers or accounts, which are not kept.
    NotKept {
        /// Titles of the columns.
        columns: Vec<String>,
    },
}

/// One row of the table.
#[derive(Debug, Clone, Default)]
struct Row {
    place: Place,
    unit: String,
    short: String,
    aliases: Vec<String>,
    kind: String,
    post: String,
    /// The name, or that the post is vacant; none where the table has no such column.
    person: Option<String>,
    liaison: Option<String>,
    teams: Vec<String>,
    role: String,
}

/// Reads the rosters of a document; `None` if it holds none. `known` is the roster on record: its codes are kept.
pub fn read(document: &Document, known: &Roster) -> Option<Read> {
    let mut rows = Vec::new();
    let mut not_kept: Vec<String> = Vec::new();
    let mut found = false;
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        let Some(head) = head(table) else { continue };
        found = true;
        let (_, cells) = &table.rows[head];
        let apart = cells.iter().filter(|cell| matches!(titles::title(cell), Title::Phone | Title::Account));
        for title in apart.filter(|title| !not_kept.contains(title)).cloned().collect::<Vec<_>>() {
            not_kept.push(title);
        }
        rows.extend(of_table(table, head));
    }
    found.then(|| {
        let mut read = build::build(&rows, known);
        if !not_kept.is_empty() {
            read.findings.push(Finding::NotKept { columns: not_kept });
        }
        read
    })
}

/// The row of titles of a roster.
fn head(table: &Table) -> Option<usize> {
    (0..table.rows.len().min(TITLE_ROWS)).find(|at| titles(&table.rows[*at].1).is_some())
}

fn of_table(table: &Table, head: usize) -> Vec<Row> {
    let mut columns = titles(&table.rows[head].1).unwrap_or_default();
    let mut rows: Vec<Row> = Vec::new();
    for (place, cells) in table.rows.iter().skip(head + 1) {
        // Titles are printed again on every page.
        if let Some(again) = titles(cells) {
            columns = again;
            continue;
        }
        let mut told: Vec<&str> =
            cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        told.dedup();
        let heading = told.len() == 1
            && cells.len() > 2
            && cells.iter().filter(|cell| !cell.trim().is_empty()).count() > 1;
        if told.is_empty() || heading || told[0].starts_with(['注', '说']) {
            continue;
        }
        let mut row = of_cells(&columns, cells);
        row.place = place.clone();
        let says = !row.post.is_empty() || row.person.as_ref().is_some_and(|name| !name.is_empty());
        // A unit that is written once stands for the rows below it.
        if row.unit.is_empty()
            && says
            && let Some(above) = rows.last()
        {
            row.unit.clone_from(&above.unit);
            if row.teams.is_empty() && !table.merged {
                row.teams.clone_from(&above.teams);
            }
        }
        if !row.unit.is_empty() || says {
            rows.push(row);
        }
    }
    rows
}

fn of_cells(columns: &[Title], cells: &[String]) -> Row {
    let mut by_title: BTreeMap<Title, Vec<String>> = BTreeMap::new();
    for (title, cell) in columns.iter().zip(cells) {
        let cell = tidy(cell);
        let kept = if NOTHING.contains(&cell.as_str()) { String::new() } else { cell };
        by_title.entry(*title).or_default().push(kept);
    }
    let all = |title: Title| by_title.get(&title).cloned().unwrap_or_default();
    let first = |title: Title| all(title).into_iter().find(|cell| !cell.is_empty());
    let list = |title: Title| {
        let split = |cell: String| {
            let parts = cell.split(['、', ',', ';', '/', '\n']).map(|part| part.trim().to_owned());
            parts.filter(|part| !part.is_empty()).collect::<Vec<_>>()
        };
        all(title).into_iter().flat_map(split).collect::<Vec<_>>()
    };
    let person =
        |title: Title| by_title.contains_key(&title).then(|| nobody(first(title).unwrap_or_default()));
    Row {
        place: Place::default(),
        unit: first(Title::Unit).unwrap_or_default().replace('\n', ""),
        short: first(Title::Short).unwrap_or_default(),
        aliases: list(Title::Alias),
        kind: first(Title::Kind).unwrap_or_default(),
        post: first(Title::Post).unwrap_or_default().replace('\n', ""),
        person: person(Title::Person),
        liaison: person(Title::Liaison),
        teams: list(Title::Team),
        role: first(Title::Role).unwrap_or_default(),
    }
}

/// A cell in half width, without the blanks that centre a name of two characters.
fn tidy(cell: &str) -> String {
    let twin = Twin::new(cell).tight().trimmed();
    twin.norm().to_owned()
}

/// Empty where the cell says that nobody holds the post.
fn nobody(name: String) -> String {
    if VACANT.iter().any(|word| name.trim_matches(['(', ')']) == *word) { String::new() } else { name }
}

#[cfg(test)]
mod tests;
