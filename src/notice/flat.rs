//! Tables whose cells were flattened to one line each, or set apart with blanks, as they are when copied from a page.

use crate::notice::columns::{Column, columns};
use crate::notice::container::Table;
use crate::notice::lines::Piece;
use crate::notice::marker::{Form, marker_at};
use crate::notice::twin::Twin;

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
        if norm.parse() != Ok(next) || other {
            break;
        }
        let mut cells = vec![norm.to_owned()];
        while let Some((norm, kept, _)) = text(at + cells.len()).filter(|_| cells.len() < width) {
            if norm.parse() == Ok(next + 1) {
                break;
            }
            cells.push(kept.to_owned());
        }
        at += cells.len();
        cells.resize(width, String::new());
        rows.push((place.clone(), cells));
        next += 1;
    }
    (next > 2 && head.len() == width).then_some((Table { rows, merged: false }, at))
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
