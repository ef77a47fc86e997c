//! One item by unit in words: who has filed and who has not, the urgent first.

use crate::domain::ids::TaskNo;
use crate::wording::names;

/// Names of one cell that are spelled out.
const NAMES: usize = 15;

/// How a unit stands with a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Owed, and its time is over.
    Overdue,
    /// Returned by the office.
    SentBack,
    /// Held up.
    Stuck,
    /// Not a word yet.
    Silent,
    /// Something was reported.
    UnderWay,
    /// Waits for the office.
    Claimed,
    /// Settled.
    Filed,
    /// Exempt or dropped.
    NotCounted,
}

impl Cell {
    fn word(self) -> &'static str {
        match self {
            Cell::Overdue => "红 逾期没报",
            Cell::SentBack => "退回待补",
            Cell::Stuck => "有困难",
            Cell::Silent => "还没报",
            Cell::UnderWay => "在办",
            Cell::Claimed => "待核验",
            Cell::Filed => "✓ 已报",
            Cell::NotCounted => "不计",
        }
    }
}

/// One duty with how every unit stands with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The duty.
    pub duty: String,
    /// For which period, or by when.
    pub when: String,
    /// How each unit stands.
    pub cells: Vec<(Cell, String)>,
}

/// The matrix of an item.
pub fn matrix(task: TaskNo, title: &str, rows: &[Row]) -> String {
    let mut text = format!("#{task} {title}");
    if rows.is_empty() {
        text.push_str("\n还没有要报的。");
    }
    for row in rows {
        let filed = row.cells.iter().filter(|(cell, _)| matches!(cell, Cell::Filed | Cell::Claimed)).count();
        let counted = row.cells.iter().filter(|(cell, _)| *cell != Cell::NotCounted).count();
        text.push_str(&format!("\n◆ {}({}) 报了{filed}/{counted}家", row.duty, row.when));
        let mut cells: Vec<Cell> = row.cells.iter().map(|(cell, _)| *cell).collect();
        cells.sort_unstable();
        cells.dedup();
        for cell in cells {
            let owners: Vec<&str> =
                row.cells.iter().filter(|(one, _)| *one == cell).map(|(_, owner)| owner.as_str()).collect();
            text.push_str(&format!("\n{} {}家:{}", cell.word(), owners.len(), names(&owners, NAMES)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_urgent_stand_first_and_what_is_not_counted_is_not_counted() {
        let cells = [
            (Cell::Filed, "甲局"),
            (Cell::Silent, "乙局"),
            (Cell::Overdue, "丙局"),
            (Cell::NotCounted, "丁局"),
            (Cell::Filed, "戊局"),
        ];
        let cells = cells.into_iter().map(|(cell, owner)| (cell, owner.to_owned())).collect();
        let row = Row { duty: "月调度".to_owned(), when: "6月".to_owned(), cells };
        assert_eq!(
            matrix(TaskNo(5), "重点项目", &[row]),
            "#5 重点项目\n◆ 月调度(6月) 报了2/4家\n红 逾期没报 1家:丙局\n还没报 1家:乙局\n✓ 已报 2家:甲局、戊局\n不计 1家:丁局"
        );
    }
}
