//! Papers read back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{Data, Reader as _, Xlsx};

use crate::office::look::plain;

/// The parts of a document by name.
pub fn docx(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a document");
    let names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut parts = BTreeMap::new();
    for name in names {
        let mut text = String::new();
        if archive.by_name(&name).expect("a part").read_to_string(&mut text).is_ok() {
            parts.insert(name, text);
        }
    }
    parts
}

/// The words of a document: a line a paragraph, cells parted by `|`.
pub fn text(parts: &BTreeMap<String, String>) -> String {
    let xml = &parts["word/document.xml"];
    let (mut text, mut rest) = (String::new(), xml.as_str());
    while let Some(at) = rest.find('<') {
        let end = rest[at..].find('>').map_or(rest.len(), |end| at + end + 1);
        text.push_str(&rest[..at]);
        match &rest[at..end] {
            "</w:tc>" => {
                text = text.trim_end_matches('\n').to_owned();
                text.push('|');
            }
            "</w:p>" | "</w:tr>" => text.push('\n'),
            _ => {}
        }
        rest = &rest[end..];
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    plain(&lines.collect::<Vec<_>>().join("\n")).replace("&quot;", "\"").replace("&amp;", "&")
}

/// The sheets of a workbook: name and rows of texts.
pub fn xlsx(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let cell = |data: &Data| data.to_string();
    let names = book.sheet_names();
    let sheet = |name: String| {
        let formulas = book.worksheet_formula(&name).expect("a sheet");
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{name} has a formula");
        let range = book.worksheet_range(&name).expect("a sheet");
        let rows = range.rows().map(|row| row.iter().map(cell).collect()).collect();
        (name, rows)
    };
    names.into_iter().map(sheet).collect()
}
