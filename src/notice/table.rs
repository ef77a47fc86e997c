//! Tables of tasks: one measure a row, whatever the columns are called and whichever cells are merged.

use crate::notice::columns::{Column, column, columns, two_rows};
use crate::notice::container::{Place, Table};
use crate::notice::marker::{inside, marker_at};
use crate::notice::matrix::{is_matrix, wanted};
use crate::notice::measures::Leaf;
use crate::notice::responsibility::{Assigned, LEADER, in_cell};
use crate::notice::terms::{self, Terms};
use crate::notice::twin::Twin;
use crate::notice::units::{is_unit, names};
use crate::notice::verbs::{is_when, verbs};

/// Most rows of titles above the titles of the columns.
const TITLE_ROWS: usize = 8;

/// What stands in a cell that says nothing.
const NOTHING: [&str; 7] = ["-", "—", "/", "无", "——", "--", "\\"];

/// Whether a cell is empty on purpose.
pub(super) fn is_nothing(cell: &str) -> bool {
    NOTHING.contains(&cell.trim())
}

/// The measures of a table, one a row; none if no column holds tasks.
pub fn leaves(table: &Table) -> Vec<Leaf> {
    let mut found = Vec::new();
    let heads: Vec<usize> =
        (0..table.rows.len()).filter(|at| columns(&table.rows[*at].1).is_some()).collect();
    let Some(&first) = heads.first().filter(|at| **at <= TITLE_ROWS) else {
        return found;
    };
    let mut head = columns(&table.rows[first].1).unwrap_or_default();
    let (mut above, mut terms): (Option<String>, Option<Terms>) = (None, None);
    let mut periods = table.rows[first].1.clone();
    let mut before: Vec<String> = vec![String::new(); head.len()];
    for (at, (place, cells)) in table.rows.iter().enumerate().skip(first + 1) {
        let below = at == first + 1 && !table.merged && are_titles(cells);
        if heads.contains(&at) || below {
            let second: Vec<Column> =
                columns(cells).unwrap_or_else(|| cells.iter().map(|cell| column(cell)).collect());
            let spread = below.then(|| spread(&table.rows[first].1, cells)).flatten();
            head = two_rows(&spread.unwrap_or(head), &second);
            periods.clone_from(cells);
            continue;
        }
        if let Some(title) = spanning(cells) {
            // What is spanned and a whole sentence explains the table.
            if let Some(said) = terms::line(&Twin::new(&title)) {
                terms = Some(said);
            } else if !title.ends_with('。') && !title.starts_with(['注', '说', '备']) {
                above = Some(title);
            }
            continue;
        }
        let mut cells = filled(&head, cells, &before, table.merged);
        if is_matrix(&head, &periods)
            && let Some(task) = head.iter().position(|column| *column == Column::Task)
        {
            wanted(&periods, &cells).kept().clone_into(&mut cells[task]);
        }
        let mut leaves = row(&head, &cells, place);
        let steps = steps(&head, &periods, &cells);
        for leaf in &mut leaves {
            leaf.path.splice(0..0, above.clone());
            leaf.assigned.get_or_insert_default().steps.clone_from(&steps);
        }
        if !leaves.is_empty() {
            before = cells;
        }
        match (found.last_mut(), leaves.as_mut_slice()) {
            // The measure spans several rows, each of which names another unit.
            (Some(last), [one]) if is_same(last, one) => {
                last.assigned.get_or_insert_default().add(one.assigned.take().unwrap_or_default());
            }
            _ => found.append(&mut leaves),
        }
    }
    terms::give(terms.as_ref(), &mut found);
    found
}

/// What the columns of a year say, each with its title.
fn steps(head: &[Column], titles: &[String], cells: &[String]) -> Vec<(Twin, Twin)> {
    let all = head.iter().zip(titles).zip(cells);
    all.filter(|((column, _), cell)| **column == Column::Step && !cell.trim().is_empty() && !is_nothing(cell))
        .map(|((_, title), cell)| (Twin::new(title), Twin::new(cell).trimmed()))
        .collect()
}

fn is_same(last: &Leaf, one: &Leaf) -> bool {
    last.text.norm() == one.text.norm()
        && last.numbers == one.numbers
        && last.path == one.path
        && !one.numbers.is_empty()
}

/// Whether every cell that says something is the title of a column.
fn are_titles(cells: &[String]) -> bool {
    let told: Vec<&String> = cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
    let title = |cell: &&String| {
        column(cell) != Column::Other
            && cell.chars().count() <= 8
            && !cell.contains(|c: char| c.is_ascii_digit())
    };
    told.len() >= 2 && told.iter().all(title)
}

/// The first of two rows of titles, where the file does not tell which of them span several columns: those over which the
/// second row has nothing stand alone, the others head a run of the second row.
fn spread(first: &[String], second: &[String]) -> Option<Vec<Column>> {
    let mut titles = first.iter().map(String::as_str).filter(|title| !title.trim().is_empty());
    let mut wide: Vec<String> = Vec::new();
    let mut run: Option<&str> = None;
    for cell in second {
        if cell.trim().is_empty() {
            run = None;
            wide.push(titles.next().unwrap_or_default().to_owned());
        } else {
            let heading = match run {
                Some(heading) => heading,
                None => titles.next()?,
            };
            run = Some(heading);
            wide.push(String::new());
        }
    }
    let known: Vec<Column> = wide.iter().map(|title| column(title)).collect();
    (titles.next().is_none()).then_some(known)
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
    let lead = head.iter().position(|column| *column == Column::Lead);
    let merged_lead = !merged && lead.is_some_and(|at| filled[at].trim().is_empty());
    for (at, column) in head.iter().enumerate() {
        let takes = match column {
            Column::Category => true,
            Column::Lead => !merged,
            // What else a row lacks stands for several rows where their lead does.
            Column::Responsible | Column::Deadline => merged_lead,
            _ => false,
        };
        if takes && filled[at].trim().is_empty() && at < before.len() {
            filled[at].clone_from(&before[at]);
        }
    }
    filled
}

/// The measures of a row: one, or those that its cell numbers.
fn row(head: &[Column], cells: &[String], place: &Place) -> Vec<Leaf> {
    let mut assigned = Assigned::default();
    let (mut path, mut text, mut target, mut number) = (Vec::new(), None, None, None);
    if cells.iter().any(|cell| ["合计", "总计", "小计"].contains(&cell.trim())) {
        return Vec::new();
    }
    for (column, cell) in head.iter().zip(cells) {
        let cell = Twin::new(cell).trimmed();
        if cell.is_blank() || is_nothing(cell.norm()) {
            continue;
        }
        match column {
            Column::Number => number = cell.norm().trim_end_matches(['.', '、']).parse::<f64>().ok(),
            Column::Category => path.push(cell.kept().replace('\n', "")),
            Column::Task => text = Some(cell),
            Column::Lead | Column::Responsible | Column::Supporting => units(&cell, &mut assigned, *column),
            Column::Leader => persons(&cell, LEADER, &mut assigned),
            Column::Person => persons(&cell, "责任人", &mut assigned),
            Column::Deadline => match &mut assigned.deadline {
                Some(before) => {
                    before.push(&Twin::new("、"));
                    before.push(&cell);
                }
                None => assigned.deadline = Some(cell),
            },
            Column::Target => target = Some(cell),
            // Without a column for it, a remark may say by when.
            Column::Other if !head.contains(&Column::Deadline) && is_term(cell.norm()) => {
                assigned.deadline.get_or_insert(cell);
            }
            Column::Measure | Column::Step | Column::Other => {}
        }
    }
    // A row without a measure of its own is the task that its heading or target names.
    let Some(text) = text.or_else(|| target.take()) else { return Vec::new() };
    assigned.target = target;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number of a row")]
    let number = number.filter(|number| (0.0..1e6).contains(number)).map(|number| number as u32);
    path.dedup();
    let measures = numbered(&text);
    let several = measures.len() > 1;
    let leaf = |(at, text): (u32, Twin)| Leaf {
        numbers: number.into_iter().chain(several.then_some(at)).collect(),
        path: path.clone(),
        text,
        assigned: Some(assigned.clone()),
        group: None,
        place: place.clone(),
        part: 0,
    };
    (1..).zip(measures).filter(|(_, text)| text.chars() >= 2).map(leaf).collect()
}

/// Whether a remark says by when and nothing else (5月底前, 长期坚持).
fn is_term(remark: &str) -> bool {
    is_when(remark)
        && ["前", "底", "内", "末", "完成", "坚持", "推进", "改", "日", "月"]
            .iter()
            .any(|end| remark.ends_with(end))
}

/// The measures that a cell numbers at the start of its lines or inside them; the whole cell where it numbers none.
fn numbered(cell: &Twin) -> Vec<Twin> {
    let own = marker_at(cell.norm());
    let opens: Vec<usize> = match own {
        Some(_) => inside(&cell.norm().replace('\n', ";"), own.as_ref())
            .iter()
            .map(|(range, _)| range.start)
            .collect(),
        None => Vec::new(),
    };
    let ends = opens.iter().copied().chain([cell.norm().len()]);
    let starts = [0].into_iter().chain(opens.iter().copied());
    starts.zip(ends).map(|(start, end)| without_marker(&cell.slice(start..end))).collect()
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

/// The persons of a cell, with their role.
fn persons(cell: &Twin, role: &str, assigned: &mut Assigned) {
    assigned.persons.extend(names(cell).into_iter().map(|name| (role.to_owned(), name)));
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
    let text = text.trimmed();
    let len = marker_at(text.norm()).map_or(0, |marker| marker.len);
    text.slice(len..text.norm().len()).trimmed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The deadline of the only row under these titles.
    fn deadline(titles: &[&str], cells: &[&str]) -> Option<String> {
        let row = |cells: &[&str]| (Place::default(), cells.iter().map(|cell| (*cell).to_owned()).collect());
        let table = Table { rows: vec![row(titles), row(cells)], merged: false };
        leaves(&table).pop()?.assigned?.deadline.map(|said| said.norm().to_owned())
    }

    #[test]
    fn a_remark_says_by_when_where_no_column_does() {
        let titles = ["工作任务", "责任单位", "备注"];
        assert_eq!(deadline(&titles, &["修订预案", "县应急局", "5月底前"]).as_deref(), Some("5月底前"));
        assert_eq!(deadline(&titles, &["修订预案", "县应急局", "2026年新增事项"]), None);
        let titles = ["工作任务", "完成时限", "备注"];
        assert_eq!(deadline(&titles, &["修订预案", "6月底前", "5月底前"]).as_deref(), Some("6月底前"));
    }
}
