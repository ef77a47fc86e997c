//! Tables whose cells were flattened to one line each, or set apart with blanks, as they are when copied from a page.

use crate::notice::columns::{Column, column, columns};
use crate::notice::container::{Place, Table};
use crate::notice::lines::Piece;
use crate::notice::marker::{Form, marker_at};
use crate::notice::table::is_nothing;
use crate::notice::twin::Twin;
use crate::notice::units::{is_unit, split};
use crate::notice::verbs::is_when;

/// Longest cell of a flattened table, in characters, and most of its cells.
const CELL_MAX: usize = 120;
const ROWS_MAX: usize = 1000;

/// Longest cell that only says how often, in characters.
const EVERY_MAX: usize = 6;

/// Most columns of one without numbers of rows.
const WIDTH_MAX: usize = 8;

/// Puts tables together again whose cells were flattened to one line each, as they are when copied from a page.
pub fn unflatten(pieces: &[Piece]) -> Vec<Piece> {
    let mut whole = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        if let Some((table, read)) = flat_at(&pieces[at..])
            .or_else(|| unnumbered_at(&pieces[at..]))
            .or_else(|| spaced_at(&pieces[at..]))
            .or_else(|| blanked_at(&pieces[at..]))
        {
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
        // The titles come again on every page, behind rows.
        if next > 1
            && (0..width).all(|offset| text(at + offset).is_some_and(|(_, kept, _)| kept == titles[offset]))
        {
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

/// A flattened table without numbers of rows that opens here: every cell fits its column, row after row.
fn unnumbered_at(pieces: &[Piece]) -> Option<(Table, usize)> {
    let opens: Vec<String> = pieces
        .iter()
        .take(WIDTH_MAX)
        .map_while(|piece| match piece {
            Piece::Para(text, _) => Some(text.kept().trim().to_owned()),
            Piece::Table(_) => None,
        })
        .collect();
    if !(3..=opens.len()).any(|width| columns(&opens[..width]).is_some()) {
        return None;
    }
    let lines: Vec<(&Twin, &Place)> = pieces
        .iter()
        .map_while(|piece| match piece {
            Piece::Para(text, place) if text.chars() <= CELL_MAX => Some((text, place)),
            _ => None,
        })
        .take(ROWS_MAX)
        .collect();
    (3..=WIDTH_MAX.min(lines.len())).filter_map(|width| of_width(&lines, width)).max_by_key(|(_, read)| *read)
}

/// The table that these lines are, if it has so many columns.
fn of_width(lines: &[(&Twin, &Place)], width: usize) -> Option<(Table, usize)> {
    let row = |cells: &[(&Twin, &Place)]| -> Vec<String> {
        cells.iter().map(|(text, _)| text.kept().trim().to_owned()).collect()
    };
    let titles = row(&lines[..width]);
    let known = titles.iter().all(|title| column(title) != Column::Other || title.contains('注'));
    let head = columns(&titles).filter(|_| known)?;
    // Cells of units tell rows from other lines.
    let told = head.iter().any(|column| matches!(column, Column::Lead | Column::Responsible));
    let fits = |cells: &[(&Twin, &Place)]| {
        let heading = |text: &Twin| {
            marker_at(text.norm().trim())
                .is_some_and(|marker| matches!(marker.form, Form::Han | Form::Chapter))
        };
        let pair = |(column, (text, _)): (&Column, &(&Twin, &Place))| {
            can_hold(*column, text.norm().trim(), true) && !heading(text)
        };
        cells.len() == width && head.iter().zip(cells).all(pair)
    };
    let rows: Vec<_> = lines[width..].chunks(width).take_while(|cells| fits(cells)).collect();
    let read = width * (rows.len() + 1);
    let all = std::iter::once(&lines[..width]).chain(rows.iter().copied());
    let table = Table { rows: all.map(|cells| (cells[0].1.clone(), row(cells))).collect(), merged: false };
    (told && rows.len() >= 2).then_some((table, read))
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
    let units = split(cell).iter().all(|range| is_unit(&cell[range.clone()]))
        && !acts(cell)
        && !cell.contains(|c: char| c.is_ascii_digit());
    match column {
        Column::Number | Column::Step => true,
        Column::Category => headed && !units && !is_when(cell),
        Column::Task | Column::Measure => {
            // 每日发布预报 is a task, 每日 a deadline.
            let every = cell.starts_with('每') && cell.chars().count() > EVERY_MAX;
            !units && (every || !is_when(cell))
        }
        Column::Target | Column::Leader | Column::Person | Column::Other => !units && !is_when(cell),
        Column::Lead | Column::Responsible | Column::Supporting => units || is_nothing(cell),
        Column::Deadline => is_when(cell) || is_nothing(cell),
    }
}

/// Whether a cell opens with what is done: 招引装配式建筑企业 ends like a unit and is none.
fn acts(cell: &str) -> bool {
    const ACTS: &str = "招引 引进 新建 改造 培育 推进 加快 完善 打造 整治 开展 实施 提升 建立 推动 做好 落实 组织 强化 深化 优化 规范 清理 改善 扶持 支持";
    let office = cell.ends_with(['局', '委', '办']);
    !office && ACTS.split_whitespace().any(|act| cell.starts_with(act))
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

/// A table set with single blanks that opens here, each row with its number, and how many pieces it takes.
fn blanked_at(pieces: &[Piece]) -> Option<(Table, usize)> {
    let words = |piece: &Piece| match piece {
        Piece::Para(text, place) => Some((place.clone(), words(text))),
        Piece::Table(_) => None,
    };
    let (place, titles) = words(pieces.first()?)?;
    let head = columns(&titles).filter(|_| heads_rows(&titles))?;
    let mut rows = vec![(place, titles)];
    for ((place, cells), next) in pieces[1..].iter().map_while(words).zip(1..) {
        if cells.first().and_then(|cell| number(cell)) != Some(next) {
            break;
        }
        rows.push((place, fit(&head, gathered(&head, cells))));
    }
    let read = rows.len();
    (read >= 3).then_some((Table { rows, merged: false }, read))
}

/// Whether the words of a line are the titles of a table with numbered rows.
pub(super) fn heads_rows(words: &[String]) -> bool {
    let known = |title: &String| column(title) != Column::Other || title.contains('注');
    (3..=WIDTH_MAX).contains(&words.len())
        && column(&words[0]) == Column::Number
        && words.iter().all(known)
        && columns(words).is_some()
}

/// The words of a row with more of them than columns: those that the cells behind it do not need are the task's.
fn gathered(head: &[Column], mut words: Vec<String>) -> Vec<String> {
    let task = head.iter().position(|column| *column == Column::Task);
    if let Some(task) = task.filter(|_| words.len() > head.len()) {
        let more = words.len() - head.len();
        let whole = words[task..=task + more].join(" ");
        words.splice(task..=task + more, [whole]);
    }
    words
}

/// The parts of a line between its blanks.
pub(super) fn words(line: &Twin) -> Vec<String> {
    line.kept().split_whitespace().map(str::to_owned).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_set_with_single_blanks_are_a_table() {
        let lines = [
            "序号 建设任务 责任单位 完成时间",
            "1 建成系统，接入终端 2000台 县民政局 9月底前",
            "2 上线平台 县住建局",
        ];
        let pieces: Vec<Piece> =
            lines.iter().map(|line| Piece::Para(Twin::new(line), Place::default())).collect();
        let whole = unflatten(&pieces);
        let [Piece::Table(table)] = whole.as_slice() else { panic!("no table: {whole:?}") };
        let rows: Vec<String> = table.rows.iter().map(|(_, cells)| cells.join("|")).collect();
        assert_eq!(
            rows,
            [
                "序号|建设任务|责任单位|完成时间",
                "1|建成系统，接入终端 2000台|县民政局|9月底前",
                "2|上线平台|县住建局|"
            ]
        );
    }

    #[test]
    fn sentences_with_blanks_are_none() {
        assert!(!heads_rows(&words(&Twin::new("序号 内容"))));
        assert!(!heads_rows(&words(&Twin::new("各乡镇 各单位 请认真落实"))));
    }
}
