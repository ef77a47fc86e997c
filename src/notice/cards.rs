//! Tables that are forms: a label and what it says side by side, one form for each problem (整改措施 | 1.…; 牵头单位 | 县住建局). They
//! read like the lines of a list of problems, and are made such lines.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::container::{Place, Table};
use crate::notice::lines::Piece;
use crate::notice::table;
use crate::notice::twin::Twin;

/// Longest label of a form, in characters.
const LABEL_MAX: usize = 12;

/// The label of what is to be done.
static MEASURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:具体|主要)?(?:整改|工作|落实|办理|解决|治理)(?:措施|举措)$").expect("a pattern")
});

/// Labels of who answers and by when.
static WHO: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:单位|部门|时限|期限|时间|领导|责任人)$").expect("a pattern"));

/// Puts the lines of forms in the place of their tables.
pub fn unfold(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut unfolded = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Table(table) if is_card(&table) => unfolded.extend(lines(&table)),
            other => unfolded.push(other),
        }
    }
    unfolded
}

/// The cells of a row that say something; one that spans several columns stands there once.
fn told(cells: &[String]) -> Vec<&str> {
    let mut told: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    told.dedup();
    told
}

/// The labels of a row: every other cell, from the first.
fn labels(cells: &[String]) -> Vec<String> {
    let told = told(cells);
    if told.len() < 2 {
        return Vec::new();
    }
    let bare = |cell: &&str| cell.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    told.iter().step_by(2).map(bare).collect()
}

fn is_card(table: &Table) -> bool {
    let labels: Vec<String> = table.rows.iter().flat_map(|(_, cells)| labels(cells)).collect();
    labels.iter().any(|label| MEASURES.is_match(label))
        && labels.iter().any(|label| WHO.is_match(label))
        && labels.iter().all(|label| label.chars().count() <= LABEL_MAX)
        && table::leaves(table).is_empty()
}

fn lines(table: &Table) -> Vec<Piece> {
    let mut lines: Vec<Piece> = Vec::new();
    for (place, cells) in &table.rows {
        let mut said: Vec<String> = Vec::new();
        for pair in told(cells).chunks(2) {
            match pair {
                [label, value] if value.contains('\n') => {
                    said.push(format!("{label}："));
                    said.extend(value.split('\n').map(str::to_owned));
                }
                [label, value] => said.push(format!("{label}：{value}")),
                // A cell over the whole width heads the form.
                [alone] => said.push((*alone).to_owned()),
                _ => {}
            }
        }
        let para = |line: String| Piece::Para(Twin::new(&line).trimmed(), Place::clone(place));
        lines.extend(said.into_iter().filter(|line| !line.trim().is_empty()).map(para));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[&[&str]]) -> Vec<String> {
        let rows = rows
            .iter()
            .map(|cells| (Place::default(), cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>()));
        let table = Table { rows: rows.collect(), merged: true };
        let line = |piece: &Piece| match piece {
            Piece::Para(text, _) => text.norm().to_owned(),
            Piece::Table(_) => "表".to_owned(),
        };
        unfold(vec![Piece::Table(table)]).iter().map(line).collect()
    }

    #[test]
    fn a_form_becomes_the_lines_of_a_problem() {
        let form: [&[&str]; 4] = [
            &[
                "问题一：污水收集有短板",
                "问题一：污水收集有短板",
                "问题一：污水收集有短板",
                "问题一：污水收集有短板",
            ],
            &[
                "整改措施",
                "1.普查管网。\n2.改造接口。",
                "1.普查管网。\n2.改造接口。",
                "1.普查管网。\n2.改造接口。",
            ],
            &["牵头单位", "县住建局", "配合单位", "县财政局"],
            &["整改时限", "6月底前", "6月底前", "6月底前"],
        ];
        let lines = [
            "问题一:污水收集有短板",
            "整改措施:",
            "1.普查管网。",
            "2.改造接口。",
            "牵头单位:县住建局",
            "配合单位:县财政局",
            "整改时限:6月底前",
        ];
        assert_eq!(of(&form), lines);
    }

    #[test]
    fn a_table_of_tasks_is_no_form() {
        let table: [&[&str]; 3] = [
            &["序号", "整改措施", "责任单位"],
            &["1", "普查管网", "县住建局"],
            &["2", "改造接口", "县住建局"],
        ];
        assert_eq!(of(&table), ["表"]);
        assert_eq!(of(&[&["姓名", "单位"], &["甲", "县住建局"]]), ["表"]);
    }
}
