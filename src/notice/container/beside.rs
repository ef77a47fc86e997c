//! What Word keeps beside the text: the numbers that it counts itself (一、 (一) 1. of an automatic list), which make the
//! outline, and which cells of a table go on with the one above.

use std::collections::{BTreeMap, VecDeque};

use docx_rs::{DocumentChild, Docx, Paragraph, TableCellContent, TableChild, TableRowChild};

/// How far ahead a paragraph is looked for, where the two readers part a text differently.
const AHEAD: usize = 50;

/// What stands beside the text of a document.
#[derive(Debug, Default)]
pub(super) struct Beside {
    /// Paragraphs with a counted number, in order: their text without blanks, and the number as Word shows it.
    waiting: VecDeque<(String, String)>,
    /// For the tables in order, and their rows and cells, whether the cell goes on with the one above.
    tables: VecDeque<Vec<Vec<bool>>>,
}

impl Beside {
    /// Counts through a document; nothing where it has no automatic lists or cannot be read this way.
    pub fn of(bytes: &[u8]) -> Beside {
        // The reader may panic on a damaged part; the text itself is read by another one, so that only this is lost.
        let read = std::panic::catch_unwind(|| docx_rs::read_docx(bytes));
        match read {
            Ok(Ok(docx)) => Counter::new(&docx).count(&docx),
            _ => Beside::default(),
        }
    }

    /// For the rows and cells of the next table, whether they go on with the cell above.
    pub fn next_table(&mut self) -> Vec<Vec<bool>> {
        self.tables.pop_front().unwrap_or_default()
    }

    /// The number of the next paragraph, if it has this text.
    pub fn next_number(&mut self, text: &str) -> Option<String> {
        let text = bare(text);
        let at = self.waiting.iter().take(AHEAD).position(|(waiting, _)| *waiting == text)?;
        self.waiting.drain(..at);
        self.waiting.pop_front().map(|(_, number)| number)
    }
}

/// A level of a list: how its number is written, with what around it (`%1、`), and where it starts.
#[derive(Debug, Clone)]
struct Level {
    format: String,
    text: String,
    start: u64,
}

struct Counter {
    /// Levels by the number of the list's definition.
    lists: BTreeMap<usize, Vec<Level>>,
    /// Definition by list.
    definitions: BTreeMap<usize, usize>,
    /// List and level by style.
    styles: BTreeMap<String, (usize, usize)>,
    counts: BTreeMap<(usize, usize), u64>,
    found: Beside,
}

impl Counter {
    fn new(docx: &Docx) -> Counter {
        let lists = docx.numberings.abstract_nums.iter().map(|list| {
            let levels = list.levels.iter().map(|level| Level {
                format: level.format.val.clone(),
                text: plain(&level.text),
                start: serde_json::to_value(&level.start).ok().and_then(|start| start.as_u64()).unwrap_or(1),
            });
            (list.id, levels.collect())
        });
        let styles = docx.styles.styles.iter().filter_map(|style| {
            let property = style.paragraph_property.numbering_property.as_ref()?;
            let level = property.level.as_ref().map_or(0, |level| level.val);
            Some((style.style_id.clone(), (property.id.as_ref()?.id, level)))
        });
        Counter {
            lists: lists.collect(),
            definitions: docx
                .numberings
                .numberings
                .iter()
                .map(|list| (list.id, list.abstract_num_id))
                .collect(),
            styles: styles.collect(),
            counts: BTreeMap::new(),
            found: Beside::default(),
        }
    }

    fn count(mut self, docx: &Docx) -> Beside {
        for child in &docx.document.children {
            match child {
                DocumentChild::Paragraph(paragraph) => self.paragraph(paragraph),
                DocumentChild::Table(table) => {
                    self.found.tables.push_back(table.rows.iter().map(going_on).collect());
                    self.table(table);
                }
                _ => {}
            }
        }
        self.found
    }

    fn table(&mut self, table: &docx_rs::Table) {
        for TableChild::TableRow(row) in &table.rows {
            for TableRowChild::TableCell(cell) in &row.cells {
                for content in &cell.children {
                    match content {
                        TableCellContent::Paragraph(paragraph) => self.paragraph(paragraph),
                        TableCellContent::Table(table) => self.table(table),
                        _ => {}
                    }
                }
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let text = bare(&paragraph.raw_text());
        if text.is_empty() {
            return;
        }
        let own = paragraph.property.numbering_property.as_ref().and_then(|property| {
            Some((property.id.as_ref()?.id, property.level.as_ref().map_or(0, |level| level.val)))
        });
        let style = || self.styles.get(&paragraph.property.style.as_ref()?.val).copied();
        let Some((list, level)) = own.or_else(style) else { return };
        if let Some(number) = self.number(list, level) {
            self.found.waiting.push_back((text, number));
        }
    }

    /// Counts one on, and writes the number.
    fn number(&mut self, list: usize, level: usize) -> Option<String> {
        let definition = *self.definitions.get(&list)?;
        let levels = self.lists.get(&definition)?;
        let own = levels.get(level)?;
        if own.format == "none" || own.text.is_empty() {
            return None;
        }
        if own.format == "bullet" {
            return Some("• ".to_owned());
        }
        let count = self.counts.entry((definition, level)).or_insert_with(|| own.start.saturating_sub(1));
        *count += 1;
        self.counts.retain(|(other, deeper), _| *other != definition || *deeper <= level);
        let mut text = own.text.clone();
        for (at, level) in levels.iter().enumerate() {
            let count = self.counts.get(&(definition, at)).copied().unwrap_or(level.start);
            // Above the own level, Word writes plain figures where the text mixes several.
            text = text.replace(&format!("%{}", at + 1), &written(count, &level.format));
        }
        Some(text)
    }
}

/// Which cells of a row go on with the one above.
fn going_on(row: &TableChild) -> Vec<bool> {
    let TableChild::TableRow(row) = row;
    let merge = |TableRowChild::TableCell(cell): &TableRowChild| {
        serde_json::to_value(&cell.property).is_ok_and(|property| property["verticalMerge"] == "continue")
    };
    row.cells.iter().map(merge).collect()
}

/// A number as its format wants it.
fn written(count: u64, format: &str) -> String {
    let lower = format.to_lowercase();
    if lower.contains("circle") {
        return u32::try_from(count)
            .ok()
            .filter(|count| (1..=20).contains(count))
            .and_then(|count| char::from_u32(0x245f + count))
            .map_or_else(|| count.to_string(), String::from);
    }
    let numerals = ["chinese", "japanese", "ideograph", "korean", "taiwanese"];
    if numerals.iter().any(|word| lower.contains(word)) { han(count) } else { count.to_string() }
}

/// A number in Chinese numerals, as far as items of documents are counted.
pub(super) fn han(count: u64) -> String {
    if count == 0 || count > 99 {
        return count.to_string();
    }
    let digit = |n: u64| {
        "零一二三四五六七八九".chars().nth(usize::try_from(n).unwrap_or(0)).unwrap_or('零').to_string()
    };
    let tens = match count / 10 {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", digit(tens)),
    };
    if count.is_multiple_of(10) { tens } else { format!("{tens}{}", digit(count % 10)) }
}

/// The text of a level: its type shows it only where it is written out.
fn plain(text: &impl serde::Serialize) -> String {
    serde_json::to_value(text).ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
