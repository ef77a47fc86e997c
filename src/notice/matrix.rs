//! Tables with a unit in every row and an amount in every column: 城关镇 has to bring in 4.5 亿元 and 6 projects.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::columns::Column;
use crate::notice::twin::Twin;

static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<what>[^()]+)[(](?:单位:)?(?P<unit>(?:百|千|十)?(?:万|亿)?(?:美元|元|个|户|家|人次|人|名|亩|吨|公里|千米|台|辆|件|项|处|座|条|套|间|平方米|立方米|公顷|株|头|只|场|篇|%))[)]$")
        .expect("a pattern")
});

/// What a column wants reached, and in which unit; none if its title is not that of an amount.
pub(super) fn measured(title: &str) -> Option<(String, String)> {
    let title: String = Twin::new(title).norm().chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(found) = MEASURED.captures(&title) {
        return Some((found["what"].to_owned(), found["unit"].to_owned()));
    }
    let what = title.strip_suffix("个数").or_else(|| title.strip_suffix('数'))?;
    let counted = ["项目", "企业", "工程"].iter().any(|end| what.ends_with(end));
    counted.then(|| (what.to_owned(), "个".to_owned()))
}

/// Whether these columns are a matrix: units and amounts, and no task.
pub(super) fn is_matrix(head: &[Column], titles: &[String]) -> bool {
    let has = |column: Column| head.contains(&column);
    let amounts = titles.iter().filter(|title| measured(title).is_some()).count();
    let others = head.iter().zip(titles).filter(|(column, title)| {
        matches!(column, Column::Task | Column::Measure | Column::Category) && measured(title).is_none()
    });
    amounts >= 2 && others.count() == 0 && (has(Column::Lead) || has(Column::Responsible))
}

/// What a row of a matrix wants reached, in words: 到位资金4.5亿元,开工项目4个.
pub(super) fn wanted(titles: &[String], cells: &[String]) -> Twin {
    let said = titles.iter().zip(cells).filter_map(|(title, cell)| {
        let (what, unit) = measured(title)?;
        let amount = Twin::new(cell).norm().trim().to_owned();
        let value: f64 = amount.parse().ok()?;
        (value > 0.0).then(|| format!("{what}{amount}{unit}"))
    });
    Twin::new(&said.collect::<Vec<_>>().join("\u{ff0c}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_put_into_words() {
        let strings = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        let titles = strings(&["序号", "乡镇", "到位资金（亿元）", "签约项目数", "开工项目（个）"]);
        let head = [Column::Number, Column::Lead, Column::Target, Column::Target, Column::Target];
        assert!(is_matrix(&head, &titles));
        let said = wanted(&titles, &strings(&["1", "城关镇", "4.5", "6", "—"]));
        assert_eq!(said.norm(), "到位资金4.5亿元,签约项目6个");
    }
}
