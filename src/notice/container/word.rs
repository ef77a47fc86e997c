//! Word documents, old and new: paragraphs with the numbers that Word keeps apart from the text, and tables.

use super::beside::{Beside, han};
use super::{Document, MAX_CHARS, Place, Refusal, Table};

/// Reads paragraphs and tables in their order.
pub(super) fn blocks(bytes: &[u8]) -> Result<Document, Refusal> {
    let read = undoc::parse_bytes(bytes).map_err(|error| match error.kind() {
        undoc::ErrorKind::Encrypted => Refusal::Encrypted,
        _ if error.to_string().contains("decompression bomb") => Refusal::TooLarge,
        _ => Refusal::Damaged,
    })?;
    let beside = if bytes.starts_with(b"PK") { Beside::of(bytes) } else { Beside::default() };
    // The old format does not tell which cells are merged, and its tables come in pieces.
    let merged = bytes.starts_with(b"PK");
    let deep = is_deep(&read);
    let mut reader = Reader { document: Document::default(), beside, merged, deep, line: 0, chars: 0 };
    for block in read.sections.iter().flat_map(|section| &section.content) {
        match block {
            undoc::Block::Paragraph(paragraph) => reader.paragraph(paragraph),
            undoc::Block::Table(table) => reader.table(table),
            _ => {}
        }
        if reader.chars > MAX_CHARS {
            return Err(Refusal::TooLarge);
        }
    }
    Ok(reader.document)
}

struct Reader {
    document: Document,
    beside: Beside,
    merged: bool,
    /// Whether lists have several levels, and no paragraph has the outermost number typed in.
    deep: bool,
    line: usize,
    chars: usize,
}

impl Reader {
    fn paragraph(&mut self, paragraph: &undoc::Paragraph) {
        for text in self.text_of(paragraph).split('\n').filter(|text| *text != "---") {
            self.line += 1;
            self.chars += text.chars().count();
            self.document.line(text, self.line);
        }
    }

    /// A paragraph with its number in front, where Word counts it.
    fn text_of(&mut self, paragraph: &undoc::Paragraph) -> String {
        let text = paragraph.plain_text();
        if text.trim().is_empty() {
            return text;
        }
        if let Some(number) = self.beside.next_number(&text) {
            return format!("{number}{text}");
        }
        match paragraph.list_info.as_ref().map(|list| (list.number, list.level)) {
            Some((Some(number), level)) => format!("{}{text}", self.marker(number, level)),
            Some((None, _)) => format!("• {text}"),
            None => text,
        }
    }

    /// The number of a list whose form the file does not tell: that of an official outline, where the list has levels.
    fn marker(&self, number: u32, level: u8) -> String {
        match (self.deep, level) {
            (true, 0) => format!("{}、", han(number.into())),
            (true, 1) => format!("({})", han(number.into())),
            (false, 0) | (true, 2) => format!("{number}."),
            _ => format!("({number})"),
        }
    }

    /// A table with merged cells written into each of their places.
    fn table(&mut self, table: &undoc::Table) {
        let columns = table.cell_columns();
        let width = table.column_count();
        let going_on = self.beside.next_table();
        let mut rows: Vec<(Place, Vec<String>)> = (1..=table.rows.len())
            .map(|at| (Place { sheet: None, line: self.line + at }, vec![String::new(); width]))
            .collect();
        self.line += table.rows.len();
        for (at, (row, starts)) in table.rows.iter().zip(&columns).enumerate() {
            for (index, (cell, &start)) in row.cells.iter().zip(starts).enumerate() {
                let paragraphs: Vec<String> = cell.content.iter().map(|text| self.text_of(text)).collect();
                let above = at.checked_sub(1).and_then(|above| rows[above].1.get(start)).cloned();
                let text = match above {
                    Some(above) if goes_on(&going_on, at, row.cells.len(), index) => above,
                    _ => paragraphs.join("\n"),
                };
                self.chars += text.chars().count();
                let down = at..(at + cell.row_span.max(1) as usize).min(rows.len());
                let across = start.min(width)..(start + cell.col_span.max(1) as usize).min(width);
                for (_, cells) in &mut rows[down] {
                    cells[across.clone()].fill(text.clone());
                }
            }
        }
        self.document.add(Table { rows, merged: self.merged });
    }
}

/// Whether a cell goes on with the one above. Where the reader has merged cells by itself, its row has fewer of them.
fn goes_on(rows: &[Vec<bool>], row: usize, cells: usize, index: usize) -> bool {
    rows.get(row).is_some_and(|row| row.len() == cells && row.get(index) == Some(&true))
}

/// Whether the lists of a document have several levels that make its outline.
fn is_deep(document: &undoc::Document) -> bool {
    let paragraphs = || {
        document.sections.iter().flat_map(|section| &section.content).filter_map(|block| match block {
            undoc::Block::Paragraph(paragraph) => Some(paragraph),
            _ => None,
        })
    };
    let levels = paragraphs().any(|paragraph| {
        paragraph.list_info.as_ref().is_some_and(|list| list.number.is_some() && list.level > 0)
    });
    levels && !paragraphs().any(|paragraph| paragraph.plain_text().trim_start().starts_with("一、"))
}
