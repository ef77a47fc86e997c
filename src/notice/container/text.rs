//! Plain text: UTF-8 with or without a mark, UTF-16 with one, else GB18030. Rows set with tabs or bars become tables.

use super::{Block, Document, MAX_CHARS, Place, Refusal, Table};

/// Fewest rows and cells of what is taken for a table.
const TABLE_MIN: usize = 3;

/// Longest heading between two rows, in characters.
const HEADING_MAX: usize = 30;

/// Reads the lines of a text.
pub(super) fn lines(bytes: &[u8]) -> Result<Document, Refusal> {
    let text = decode(bytes)?;
    if text.chars().nth(MAX_CHARS).is_some() {
        return Err(Refusal::TooLarge);
    }
    let mut document = Document::default();
    let text = mended(&text);
    let all: Vec<&str> = text.split('\n').collect();
    let mut at = 0;
    while at < all.len() {
        let rows = table_at(&all[at..]);
        if rows.is_empty() {
            document.line(all[at], at + 1);
            at += 1;
            continue;
        }
        let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let mut table = Table::default();
        let mut read = 0;
        for (offset, mut cells) in rows {
            cells.resize(width, String::new());
            table.rows.push((Place { sheet: None, line: at + offset + 1 }, cells));
            read = offset + 1;
        }
        document.blocks.push(Block::Table(table));
        at += read;
    }
    Ok(document)
}

/// Most lines that one row was broken into.
const BROKEN_MAX: usize = 4;

/// Joins the rows of a copied table whose cells hold breaks: a row with too few tabs, and lines behind it that have just those
/// which it lacks.
fn mended(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let tabs = |line: &str| line.matches('\t').count();
    let (mut whole, mut at, mut width) = (Vec::new(), 0, 0);
    while at < lines.len() {
        let here = tabs(lines[at]);
        width = width.max(here);
        let mut sum = here;
        let more = lines[at + 1..].iter().take(BROKEN_MAX).take_while(|line| {
            let goes_on = sum < width && tabs(line) < width && !line.trim().is_empty();
            sum += if goes_on { tabs(line) } else { 0 };
            goes_on
        });
        let more = more.count();
        let joins = here > 0 && more > 0 && sum == width;
        let end = at + 1 + if joins { more } else { 0 };
        whole.push(lines[at..end].concat());
        // A line of its own ends a table, unless it heads the rows below it.
        if here == 0 && lines.get(at + 1).is_none_or(|next| tabs(next) == 0) {
            width = 0;
        }
        at = end;
    }
    whole.join("\n")
}

/// The rows of a table that opens here, with how many lines below each stands; none if it is no table.
fn table_at(lines: &[&str]) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    for (offset, line) in lines.iter().enumerate() {
        let ruled = line.trim().chars().all(|c| "+-=|: \u{2500}\u{2502}".contains(c));
        if ruled && !rows.is_empty() {
            continue;
        }
        match cells(line) {
            Some(cells) if !ruled => rows.push((offset, cells)),
            None if heads_rows(line, lines.get(offset + 1), &rows) => {
                rows.push((offset, vec![line.trim().replace('\t', " ")]));
            }
            _ => break,
        }
    }
    if rows.len() >= TABLE_MIN { rows } else { Vec::new() }
}

/// Whether a line between two rows heads those below it: short, and the next row is no second head.
fn heads_rows(line: &str, next: Option<&&str>, rows: &[(usize, Vec<String>)]) -> bool {
    let short = (1..=HEADING_MAX).contains(&line.trim().chars().count());
    let next = next.and_then(|next| cells(next));
    let head = rows.first().map(|(_, cells)| cells);
    short && next.is_some_and(|next| head.is_some_and(|head| head.len() == next.len() && *head != next))
}

/// The cells of a line set with tabs or bars.
fn cells(line: &str) -> Option<Vec<String>> {
    let line = line.trim_end_matches(['\r', ' ']);
    let bar =
        ['|', '\u{ff5c}', '\u{2502}'].into_iter().find(|bar| line.matches(*bar).count() + 1 >= TABLE_MIN);
    let parts: Vec<&str> = match bar {
        Some(bar) => line.trim().trim_start_matches(bar).trim_end_matches(bar).split(bar).collect(),
        None if line.matches('\t').count() + 1 >= TABLE_MIN => line.split('\t').collect(),
        None => return None,
    };
    Some(parts.iter().map(|part| part.trim().to_owned()).collect())
}

fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let (text, broken) = if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(&bytes[mark..])
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        (text.into(), false)
    } else {
        encoding_rs::GB18030.decode_without_bom_handling(bytes)
    };
    let strange =
        text.chars().filter(|c| *c == '\u{fffd}' || (c.is_control() && !"\t\r\n\u{c}".contains(*c))).count();
    // One character in fifty that cannot be read is a damaged text; more is none at all.
    if strange * 50 > text.chars().count() || (broken && strange == 0) {
        return Err(Refusal::Foreign("二进制文件"));
    }
    Ok(text.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}', '\u{2028}'], "\n"))
}
