//! Workbooks, old and new: every sheet is a table, and what is merged stands in each of its cells.

use std::io::Cursor;

use calamine::{Data, Dimensions, Range, Reader as _, Sheets};

use super::{Block, Document, MAX_CELLS, Place, Refusal, Table};

/// Reads every sheet.
pub(super) fn tables(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut book =
        calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let mut document = Document::default();
    let names = book.sheet_names();
    for name in &names {
        let range = book.worksheet_range(name).map_err(|error| refusal(&error))?;
        let merged = merged(&mut book, name);
        let sheet = (names.len() > 1).then(|| name.clone());
        let table = table(&range, &merged, sheet.as_ref())?;
        if !table.rows.is_empty() {
            document.blocks.push(Block::Table(table));
        }
    }
    Ok(document)
}

fn refusal(error: &calamine::Error) -> Refusal {
    let text = error.to_string().to_lowercase();
    if text.contains("password") || text.contains("encrypt") { Refusal::Encrypted } else { Refusal::Damaged }
}

fn merged<RS: std::io::Read + std::io::Seek>(book: &mut Sheets<RS>, name: &str) -> Vec<Dimensions> {
    match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn table(range: &Range<Data>, merged: &[Dimensions], sheet: Option<&String>) -> Result<Table, Refusal> {
    let (Some((top, left)), (height, width)) = (range.start(), range.get_size()) else {
        return Ok(Table::default());
    };
    if height.saturating_mul(width) > MAX_CELLS {
        return Err(Refusal::TooLarge);
    }
    let mut rows: Vec<(Place, Vec<String>)> = range
        .rows()
        .zip(top as usize + 1..)
        .map(|(cells, line)| {
            (Place { sheet: sheet.cloned(), line }, cells.iter().map(text_of).collect::<Vec<_>>())
        })
        .collect();
    for area in merged {
        let Some(text) = range.get_value(area.start).map(text_of).filter(|text| !text.is_empty()) else {
            continue;
        };
        let down = area.start.0.saturating_sub(top) as usize..=area.end.0.saturating_sub(top) as usize;
        let across = area.start.1.saturating_sub(left) as usize..=area.end.1.saturating_sub(left) as usize;
        for (_, cells) in rows.iter_mut().skip(*down.start()).take(down.end() - down.start() + 1) {
            for cell in cells.iter_mut().skip(*across.start()).take(across.end() - across.start() + 1) {
                cell.clone_from(&text);
            }
        }
    }
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(Table { rows, merged: true })
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year}年{month}月{day}日")
        }
        other => other.to_string().trim().to_owned(),
    }
}
