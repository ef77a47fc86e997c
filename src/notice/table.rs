//! Tables of tasks: one measure a row, whatever the columns are called and whichever cells are merged.

use crate::notice::columns::{Column, columns, two_rows};
use crate::notice::container::{Place, Table};
use crate::notice::marker::marker_at;
use crate::notice::measures::Leaf;
use crate::notice::responsibility::{Assigned, in_cell};
use crate::notice::twin::Twin;
use crate::notice::units::{is_unit, names};
use crate::notice::verbs::verbs;

/// Most rows of titles above the titles of the columns.
const TITLE_ROWS: usize = 8;

/// What stands in a cell that says nothing.
const NOTHING: [&str; 7] = ["-", "—", "/", "无", "——", "--", "\\"];

/// The measures of a table, one a row; none if no column holds tasks.
pub fn leaves(table: &Table) -> Vec<Leaf> {
    let mut found = Vec::new();
    let heads: Vec<usize> =
        (0..table.rows.len()).filter(|at| columns(&table.rows[*at].1).is_some()).collect();
    let Some(&first) = heads.first().filter(|at| **at <= TITLE_ROWS) else {
        return found;
    };
    let mut head = columns(&table.rows[first].1).unwrap_or_default();
    let mut above: Option<String> = None;
    let mut before: Vec<String> = vec![String::new(); head.len()];
    for (at, (place, cells)) in table.rows.iter().enumerate().skip(first + 1) {
        if heads.contains(&at) {
            head = two_rows(&head, &columns(cells).unwrap_or_default());
            continue;
        }
        if let Some(title) = spanning(cells) {
            // What is spanned and a whole sentence explains the table.
            if !title.ends_with('。') && !title.starts_with(['注', '说', '备']) {
                above = Some(title);
            }
            continue;
        }
        let cells = filled(&head, cells, &before, table.merged);
        if let Some(mut leaf) = row(&head, &cells, place) {
            leaf.path.splice(0..0, above.clone());
            found.push(leaf);
            before = cells;
        }
    }
    found
}

/// The text of a row that one cell spans: a heading of those below, or a remark.
fn spanning(cells: &[String]) -> Option<String> {
    let mut told: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    told.dedup();
    match told.as_slice() {
        [one] if cells.len() > 1 => Some((*one).to_owned()),
        _ => None,
    }
}

/// A row with what its empty cells take from the row before: headings always, units where the file does not tell what is
/// merged. A cell with a dash is empty on purpose.
fn filled(head: &[Column], cells: &[String], before: &[String], merged: bool) -> Vec<String> {
    let mut filled = cells.to_vec();
    filled.resize(head.len(), String::new());
    for (at, column) in head.iter().enumerate() {
        let takes = match column {
            Column::Category => true,
            Column::Lead | Column::Responsible => !merged,
            _ => false,
        };
        if takes && filled[at].trim().is_empty() && at < before.len() {
            filled[at].clone_from(&before[at]);
        }
    }
    filled
}

fn row(head: &[Column], cells: &[String], place: &Place) -> Option<Leaf> {
    let mut assigned = Assigned::default();
    let (mut path, mut text, mut target, mut number) = (Vec::new(), None, None, None);
    if cells.iter().any(|cell| ["合计", "总计", "小计"].contains(&cell.trim())) {
        return None;
    }
    for (column, cell) in head.iter().zip(cells) {
        let cell = Twin::new(cell).trimmed();
        if cell.is_blank() || NOTHING.contains(&cell.norm()) {
            continue;
        }
        match column {
            Column::Number => number = cell.norm().trim_end_matches(['.', '、']).parse::<f64>().ok(),
            Column::Category => path.push(cell.kept().replace('\n', "")),
            Column::Task => text = Some(without_marker(&cell)),
            Column::Lead | Column::Responsible | Column::Supporting => units(&cell, &mut assigned, *column),
            Column::Person => {
                assigned.persons.extend(names(&cell).into_iter().map(|name| ("责任人".to_owned(), name)));
            }
            Column::Deadline => assigned.deadline = Some(cell),
            Column::Target => target = Some(cell),
            Column::Measure | Column::Other => {}
        }
    }
    // A row without a measure of its own is the task that its heading or target names.
    let text = text.or_else(|| target.take()).filter(|text| text.chars() >= 2)?;
    assigned.target = target;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number of a row")]
    let numbers = number.filter(|number| (0.0..1e6).contains(number)).map(|number| number as u32);
    path.dedup();
    Some(Leaf {
        numbers: numbers.into_iter().collect(),
        path,
        text,
        assigned: Some(assigned),
        group: None,
        place: place.clone(),
        part: 0,
    })
}

/// The units of a cell; `牵头:甲;配合:乙` in one cell and `甲牵头,乙配合` are told apart.
fn units(cell: &Twin, assigned: &mut Assigned, column: Column) {
    match (in_cell(cell).or_else(|| verbs(cell)), column) {
        (Some(inner), _) => assigned.add(inner),
        (None, Column::Lead) => assigned.lead.extend(units_of(cell)),
        (None, Column::Supporting) => assigned.supporting.extend(units_of(cell)),
        (None, _) => assigned.list(units_of(cell)),
    }
}

/// The names of a cell; where units and persons stand together, the units.
fn units_of(cell: &Twin) -> Vec<String> {
    let all = names(cell);
    let unit = |name: &String| is_unit(Twin::new(name).norm());
    if all.iter().any(unit) {
        all.into_iter().filter(|name| unit(name) || name.chars().count() > 4).collect()
    } else {
        all
    }
}

fn without_marker(text: &Twin) -> Twin {
    let len = marker_at(text.norm()).map_or(0, |marker| marker.len);
    text.slice(len..text.norm().len()).trimmed()
}
