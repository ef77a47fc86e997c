//! Decisions that the office wrote into the verification sheet: a table that has our columns.

use crate::notice::container::{Block, Document};

/// The column with the number of what is decided.
pub const NUMBER: &str = "编号";
/// The column that the office fills in.
pub const DECISION: &str = "决定";

/// The decisions of a filled sheet, by number; `None` where a document is no such sheet.
pub fn of(document: &Document) -> Option<Vec<(i64, String)>> {
    document.blocks.iter().find_map(|block| {
        let Block::Table(table) = block else {
            return None;
        };
        let head = table.rows.iter().position(|(_, cells)| is_head(cells))?;
        let at = |name: &str| table.rows[head].1.iter().position(|cell| cell.trim() == name);
        let (number, decision) = (at(NUMBER)?, at(DECISION)?);
        let read = |cells: &Vec<String>| {
            let id = cells.get(number)?.trim().parse().ok()?;
            let decided = cells.get(decision)?.trim().to_owned();
            (!decided.is_empty()).then_some((id, decided))
        };
        Some(table.rows[head + 1..].iter().filter_map(|(_, cells)| read(cells)).collect())
    })
}

fn is_head(cells: &[String]) -> bool {
    let has = |name: &str| cells.iter().any(|cell| cell.trim() == name);
    has(NUMBER) && has(DECISION) && has("建议")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::container::{Place, Table};

    fn table(rows: &[&[&str]]) -> Document {
        let rows = rows.iter().zip(1..).map(|(cells, line)| {
            (Place { sheet: None, line }, cells.iter().map(|cell| (*cell).to_owned()).collect())
        });
        Document { blocks: vec![Block::Table(Table { rows: rows.collect(), merged: true })] }
    }

    #[test]
    fn a_filled_sheet_is_known_by_its_columns_wherever_they_stand() {
        let sheet = table(&[
            &["核对单"],
            &["决定", "编号", "建议"],
            &["同意", "3", "按读出的算"],
            &[" ", "4", "请定"],
            &["7月15日", "5", "请定"],
            &["同意", "合计", ""],
        ]);
        assert_eq!(of(&sheet), Some(vec![(3, "同意".to_owned()), (5, "7月15日".to_owned())]));
        assert_eq!(of(&table(&[&["编号", "任务", "责任单位"], &["1", "修路", "县交通局"]])), None);
    }
}
