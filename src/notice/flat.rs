//! Tables whose cells were flattened to one line each, or set apart with blanks, as they are when copied from a page.

use crate::notice::columns::{Column, columns};
use crate::notice::container::Table;
use crate::notice::lines::Piece;
use crate::notice::marker::{Form, marker_at};
use crate::notice::table::is_nothing;
use crate::notice::twin::Twin;
use crate::notice::units::{is_unit, split};
use crate::notice::verbs::is_when;

/// Puts tables together again whose cells were flattened to one line each, as they are when copied from a page.
pub fn unflatten(pieces: &[Piece]) -> Vec<Piece> {
    let mut whole = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if let Some((table, read)) = flat_at(&pieces[at..]).or_else(|| spaced_at(&pieces[at..])) {
            whole.push(Piece::Table(table));
            at += read;
        } else {
            whole.push(pieces[at].clone());
            at += 1;
        }
    }
    whole
}

/// A flattened table that opens here, and how many pieces it takes.
fn flat_at(pieces: &[Piece]) -> Option<(Table, usize)> {
    let text = |at: usize| match pieces.get(at) {
        Some(Piece::Para(text, place)) => Some((text.norm().trim(), text.kept().trim(), place)),
        _ => None,
    };
    let titles: Vec<String> = (0..12)
        .map_while(&text)
        .take_while(|(norm, ..)| {
            norm.chars().count() <= 8 && !norm.contains([':', '。']) && norm.parse::<u32>().is_err()
        })
        .map(|(_, kept, _)| kept.to_owned())
        .collect();
    let width = titles.len();
    let head = columns(&titles).filter(|head| width >= 3 && head[0] == Column::Number)?;
    let mut rows = vec![(text(0)?.2.clone(), titles.clone())];
    let mut at = width;
    let mut next = 1;
    while let Some((norm, _, place)) = text(at) {
        if (0..width).all(|offset| text(at + offset).is_some_and(|(_, kept, _)| kept == titles[offset])) {
            at += width;
            continue;
        }
        let other = marker_at(norm).is_some_and(|marker| matches!(marker.form, Form::Han | Form::Chapter));
        if number(norm) != Some(next) || other {
            break;
        }
        let mut cells = vec![norm.to_owned()];
        while let Some((norm, kept, _)) = text(at + cells.len()).filter(|_| cells.len() < width) {
            if number(norm) == Some(next + 1) {
                break;
            }
            cells.push(kept.to_owned());
        }
        at += cells.len();
        rows.push((place.clone(), fit(&head, cells)));
        next += 1;
    }
    (next > 2 && head.len() == width).then_some((Table { rows, merged: false }, at))
}

/// The number of a row that stands alone in its line.
fn number(line: &str) -> Option<u32> {
    line.trim_end_matches(['.', '、']).parse().ok()
}

/// The cells of a row in their columns: where some are missing, because empty or merged cells leave no line behind, what
/// a cell holds tells where it belongs.
fn fit(head: &[Column], mut cells: Vec<String>) -> Vec<String> {
    if cells.len() < head.len()
        && let Some(fitted) = [true, false].iter().find_map(|headed| fit_by_kind(head, &cells, *headed))
    {
        return fitted;
    }
    cells.resize(head.len(), String::new());
    cells
}

/// Every cell in the next column that can hold it, `headed` with a cell for the heading of the row; None if some are left
/// over, or none is the task.
fn fit_by_kind(head: &[Column], cells: &[String], headed: bool) -> Option<Vec<String>> {
    let mut left = cells.iter();
    let mut fitted = Vec::new();
    let mut has_task = false;
    for column in head {
        let rest = left.as_slice();
        let fits = rest.first().is_some_and(|cell| can_hold(*column, cell, headed));
        has_task |= fits && *column == Column::Task;
        fitted.push(if fits { left.next().cloned().unwrap_or_default() } else { String::new() });
    }
    (has_task && left.as_slice().is_empty()).then_some(fitted)
}

/// Whether a cell can stand in a column.
fn can_hold(column: Column, cell: &str, headed: bool) -> bool {
    let cell = Twin::new(cell);
    let cell = cell.norm().trim();
    let units = split(cell).iter().all(|range| is_unit(&cell[range.clone()]));
    match column {
        Column::Number => true,
        Column::Category => headed && !units && !is_when(cell),
        Column::Task | Column::Measure | Column::Target | Column::Person | Column::Other => {
            !units && !is_when(cell)
        }
        Column::Lead | Column::Responsible | Column::Supporting => units || is_nothing(cell),
        Column::Deadline => is_when(cell) || is_nothing(cell),
    }
}

/// A table set with gaps of blanks that opens here, and how many pieces it takes.
fn spaced_at(pieces: &[Piece]) -> Option<(Table, usize)> {
    let cells = |piece: &Piece| match piece {
        Piece::Para(text, place) => Some((place.clone(), gaps(text))),
        Piece::Table(_) => None,
    };
    let (place, titles) = cells(pieces.first()?)?;
    let head = columns(&titles).filter(|_| titles.len() >= 3)?;
    let mut rows = vec![(place, titles)];
    for (place, mut row) in pieces[1..].iter().map_while(cells) {
        // A row has a cell for every column; the last may be empty.
        if row.len() > head.len() || row.len() + 1 < head.len() || row.len() < 3 {
            break;
        }
        row.resize(head.len(), String::new());
        rows.push((place, row));
    }
    let read = rows.len();
    (read >= 3).then_some((Table { rows, merged: false }, read))
}

/// The parts of a line between gaps of two blanks and more.
fn gaps(line: &Twin) -> Vec<String> {
    let norm = line.norm();
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, _) in norm.match_indices("  ") {
        if at >= start && !norm[start..at].trim().is_empty() {
            parts.push(line.kept_at(start..at).trim().to_owned());
        }
        start = start.max(at + 2);
    }
    if !norm[start.min(norm.len())..].trim().is_empty() {
        parts.push(line.kept_at(start..norm.len()).trim().to_owned());
    }
    parts
}
