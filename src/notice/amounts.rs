//! The unit of the amounts in a table, where it does not stand beside them: a line above it (单位:亿元), or a column of its
//! own (计量单位).

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::columns::{Column, column};
use crate::notice::container::Table;
use crate::notice::lines::Piece;
use crate::notice::twin::Twin;

/// Most rows that may stand above the titles of the columns.
const HEAD_ROWS: usize = 8;

/// How far above a table the line with its unit may stand, in paragraphs.
const ABOVE: usize = 2;

static ABOVE_IT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\(?(?:计量|金额)?单位 ?: ?(?P<units>[^():。]{1,20})\)?$").expect("a pattern")
});

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:百|千|十)?(?:万|亿)?(?:美元|元|个|户|家|人次|人|名|亩|吨|公里|千米|台|辆|件|项|处|座|条|套|间|所|平方米|立方米|公顷|株|头|只|场|篇|篇次|床|张|%|个百分点)$")
        .expect("a pattern")
});

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[≥≤>]?\d+(?:\.\d+)?$").expect("a pattern"));

/// Writes the unit of amounts into the titles of their columns, or behind the amounts themselves.
pub(super) fn with_units(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut done: Vec<Piece> = Vec::new();
    for mut piece in pieces {
        if let Piece::Table(table) = &mut piece {
            let above = done.iter().rev().take(ABOVE).find_map(|before| match before {
                Piece::Para(text, _) => units_in(text.norm()),
                Piece::Table(_) => None,
            });
            fill(table, above);
        }
        done.push(piece);
    }
    done
}

/// The units that a line gives (单位:亿元、个).
fn units_in(line: &str) -> Option<Vec<String>> {
    let found = ABOVE_IT.captures(line.trim())?;
    let units: Vec<String> = found["units"].split(['、', ',', '/', ' ']).map(str::to_owned).collect();
    units.iter().all(|unit| UNIT.is_match(unit)).then_some(units)
}

fn fill(table: &mut Table, above: Option<Vec<String>>) {
    let amount = |cell: &str| AMOUNT.is_match(norm(cell).as_str());
    let Some(head) = (0..table.rows.len().min(HEAD_ROWS)).find(|at| {
        let cells = &table.rows[*at].1;
        let told = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
        let next = table.rows.get(at + 1).map(|(_, cells)| cells.as_slice()).unwrap_or_default();
        told >= 3 && !cells.iter().any(|cell| amount(cell)) && next.iter().any(|cell| amount(cell))
    }) else {
        return;
    };
    let inside =
        table.rows[..head].iter().flat_map(|(_, cells)| cells).find_map(|cell| units_in(&norm(cell)));
    let width = table.rows[head].1.len();
    let all = |table: &Table, at: usize, fits: &dyn Fn(&str) -> bool| {
        let cells = table.rows[head + 1..].iter().filter_map(|(_, cells)| cells.get(at));
        let told: Vec<String> =
            cells.map(|cell| norm(cell)).filter(|cell| !"-—/".contains(cell.as_str())).collect();
        !told.is_empty() && told.iter().all(|cell| fits(cell))
    };
    let own = (0..width).find(|at| {
        norm(&table.rows[head].1[*at]).ends_with("单位") && all(table, *at, &|cell| UNIT.is_match(cell))
    });
    if let Some(own) = own {
        "备注".clone_into(&mut table.rows[head].1[own]);
        for (_, cells) in &mut table.rows[head + 1..] {
            let unit = cells.get(own).map(|cell| norm(cell)).unwrap_or_default();
            for cell in cells.iter_mut().skip(own + 1).filter(|cell| amount(cell)) {
                cell.push_str(&unit);
            }
        }
    } else if let Some(units) = above.or(inside) {
        for at in 0..width {
            let title = norm(&table.rows[head].1[at]);
            if column(&title) != Column::Number
                && !title.contains('(')
                && all(table, at, &|cell| AMOUNT.is_match(cell))
            {
                let unit = unit_for(&title, &units);
                table.rows[head].1[at] = format!("{title}({unit})");
            }
        }
    }
}

/// Which of several units an amount has, by what it counts.
fn unit_for<'a>(title: &str, units: &'a [String]) -> &'a str {
    let rate = ["率", "增速", "比重", "增长", "增幅"].iter().any(|word| title.contains(word));
    let counted = ["项目", "企业", "个数", "户", "数量", "家数"].iter().any(|word| title.contains(word))
        && !["投资", "资金", "额"].iter().any(|word| title.contains(word));
    let money = |unit: &&String| unit.ends_with('元');
    let fits = |unit: &&String| if rate { unit.contains('%') } else { money(unit) != counted };
    units.iter().find(fits).or(units.first()).map_or("", String::as_str)
}

fn norm(cell: &str) -> String {
    Twin::new(cell).norm().chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(above: Option<&str>, rows: &[&str]) -> String {
        let rows = rows.iter().map(|row| {
            (crate::notice::container::Place::default(), row.split('|').map(str::to_owned).collect())
        });
        let mut table = Table { rows: rows.collect(), merged: false };
        fill(&mut table, above.and_then(units_in));
        table.rows.iter().map(|(_, cells)| cells.join("|")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_unit_above_a_table_goes_to_its_columns() {
        assert_eq!(
            of(Some("单位:万元、个"), &["镇|固定资产投资|新增企业", "马店镇|52000|3", "何家镇|38000|2"]),
            "镇|固定资产投资(万元)|新增企业(个) 马店镇|52000|3 何家镇|38000|2"
        );
        assert_eq!(of(None, &["镇|投资|企业", "马店镇|52000|3"]), "镇|投资|企业 马店镇|52000|3");
    }

    #[test]
    fn a_column_of_units_goes_behind_the_amounts() {
        assert_eq!(
            of(None, &["指标|计量单位|目标值|牵头单位", "总产值|亿元|120|县统计局", "增速|%|8|县工信局"]),
            "指标|备注|目标值|牵头单位 总产值|亿元|120亿元|县统计局 增速|%|8%|县工信局"
        );
    }
}
