//! What the columns of a table of tasks hold: their titles go by many names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::notice::matrix::measured;
use crate::notice::twin::Twin;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// 序号.
    Number,
    /// 类别, 重点领域: a heading of the rows it spans.
    Category,
    /// 工作任务.
    Task,
    /// 具体措施: what is to be done for the task beside it.
    Measure,
    /// 工作目标.
    Target,
    /// 牵头单位.
    Lead,
    /// 责任单位.
    Responsible,
    /// 配合单位.
    Supporting,
    /// 牵头领导: a person, and the one who leads.
    Leader,
    /// 责任领导, 责任人.
    Person,
    /// 完成时限.
    Deadline,
    /// 一季度, 上半年: what is to be reached by then.
    Step,
    /// 备注 and all else.
    Other,
}

/// Longest title of a column.
const TITLE_MAX: usize = 16;

/// Words that tell what a column holds, the first row that fits counts.
const WORDS: [(Column, &[&str]); 10] = [
    (
        Column::Other,
        &[
            "备注",
            "电话",
            "进展",
            "完成情况",
            "落实情况",
            "现状",
            "说明",
            "依据",
            "来源",
            "督办",
            "督导",
            "存在",
            "资金来源",
            "分值",
            "评分",
            "计分",
            "扣分",
            "得分",
        ],
    ),
    (Column::Number, &["序号", "编号"]),
    (Column::Deadline, &["时限", "时间", "期限", "节点", "日期", "进度", "何时", "时候", "截止", "频次"]),
    (Column::Person, &["领导", "责任人", "负责人", "联系人", "联络员", "县长"]),
    (Column::Lead, &["牵头", "主责", "主办", "主管"]),
    (Column::Supporting, &["会办", "配合", "协办", "协同", "参与", "协助"]),
    (Column::Responsible, &["责任", "单位", "部门", "承办", "落实主体", "谁", "分工"]),
    (Column::Target, &["目标", "指标", "成效", "标准", "成果", "程度", "达到什么", "预期"]),
    (Column::Measure, &["措施", "举措", "做法", "内容", "路径", "具体", "怎么干", "要求", "整改"]),
    (Column::Task, &["任务", "事项", "工作", "项目", "问题", "名称", "干什么", "做什么", "抓什么", "案由"]),
];

/// Words of columns that head the rows beside them.
const CATEGORY: [&str; 14] = [
    "类别", "领域", "板块", "类型", "分类", "方面", "专项", "行动", "战线", "维度", "模块", "大项", "序列",
    "条线",
];

/// The year in the title of a column (2025年目标).
static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^20\d\d年?").expect("a pattern"));

/// A stretch of the year as the title of a column.
static STEP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|前三季度|\d{1,2}月份?|全年)(?:底|末)?前?(?:目标|任务|节点|计划|要求|工作|推进|进度)*$").expect("a pattern")
});

/// The columns of a row of titles; None if it is none.
pub fn columns(cells: &[String]) -> Option<Vec<Column>> {
    let titles: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let is_title = |cell: &str| {
        let digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        (!digit(cell) || !digit(&YEAR.replace(cell, "")))
            && cell.chars().filter(|c| !c.is_whitespace()).count() <= TITLE_MAX
    };
    // 备注, 分值 and the like are known to hold nothing of a task.
    let beside = |title: &str| title.contains('注') || WORDS[0].1.iter().any(|word| title.contains(word));
    let known = titles.iter().filter(|title| column(title) != Column::Other || beside(title)).count();
    // A row of titles is one from end to end; cells of tasks only hold such words here and there.
    if titles.iter().any(|title| !is_title(title)) || known * 3 < titles.len() * 2 {
        return None;
    }
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let told: BTreeSet<Column> = columns.iter().copied().filter(|column| *column != Column::Other).collect();
    let task = told.contains(&Column::Task) || told.contains(&Column::Measure);
    let named = task
        || told.contains(&Column::Category) && told.len() >= 3
        || told.contains(&Column::Target) && (told.len() >= 3 || told.contains(&Column::Lead));
    (named && told.len() >= 2).then(|| settle(columns))
}

/// What the title of a column says.
pub fn column(title: &str) -> Column {
    let title: String = Twin::new(title).norm().chars().filter(|c| !c.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    if title.is_empty() {
        return Column::Other;
    }
    // Most titles are none, and lines are looked at as titles.
    if has(&["季度", "半年", "全年", "月"]) && STEP.is_match(&title) {
        return Column::Step;
    }
    if title == "序" || title == "号" || title.eq_ignore_ascii_case("no.") {
        return Column::Number;
    }
    if has(&["目标任务", "任务目标"]) {
        return Column::Task;
    }
    if measured(&title).is_some() {
        return Column::Target;
    }
    if title.contains("牵头") && has(&["领导", "县长", "负责人"]) && !has(&["单位", "部门"]) {
        return Column::Leader;
    }
    // Who stands alone in a row does what it says.
    if [
        "单位",
        "单位名称",
        "乡镇",
        "乡镇名称",
        "乡(镇)",
        "镇街",
        "乡镇(街道)",
        "部门",
        "镇(街道)",
        "镇(办)",
        "镇",
        "县区",
        "区县",
        "地区",
    ]
    .contains(&title.as_str())
    {
        return Column::Lead;
    }
    // 责任单位及责任人 names units first.
    let units = has(&["单位", "部门"]);
    let fits = |(column, words): &&(Column, &[&str])| has(words) && !(*column == Column::Person && units);
    let found = WORDS.iter().find(fits).map(|(column, _)| *column);
    match found {
        Some(Column::Task) | None if has(&CATEGORY) && !has(&["任务", "事项"]) => Column::Category,
        Some(column) => column,
        None => Column::Other,
    }
}

/// Where several columns could hold the task, the last one does and those before it are its headings.
fn settle(mut columns: Vec<Column>) -> Vec<Column> {
    let could = |columns: &[Column], kinds: &[Column]| -> Vec<usize> {
        columns.iter().enumerate().filter(|(_, column)| kinds.contains(column)).map(|(at, _)| at).collect()
    };
    let all = could(&columns, &[Column::Task, Column::Measure]);
    let last = all.iter().rev().find(|at| columns[**at] == Column::Measure).or(all.last()).copied();
    for at in all {
        columns[at] = if Some(at) == last { Column::Task } else { Column::Category };
    }
    if last.is_none()
        && let Some(at) = could(&columns, &[Column::Target])
            .first()
            .or(could(&columns, &[Column::Category]).last())
            .copied()
    {
        columns[at] = Column::Task;
    }
    columns
}

/// A second row of titles says more where the first was merged over it.
pub fn two_rows(first: &[Column], second: &[Column]) -> Vec<Column> {
    let first = first.iter().copied().chain(std::iter::repeat(Column::Other));
    first.zip(second).map(|(a, b)| if *b == Column::Other { a } else { *b }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_many_names_are_understood() {
        for (title, wanted) in [
            ("序 号", Column::Number),
            ("牵头单位", Column::Lead),
            ("责任单位及责任人", Column::Responsible),
            ("完成时限", Column::Deadline),
            ("干到什么程度", Column::Target),
            ("谁协助", Column::Supporting),
            ("重点领域", Column::Category),
            ("备注", Column::Other),
            ("一季度", Column::Step),
            ("上半年目标", Column::Step),
            ("季度推进节点", Column::Deadline),
            ("啥时候干完", Column::Deadline),
            ("整改要求", Column::Measure),
            ("整改时限", Column::Deadline),
            ("牵头县领导", Column::Leader),
        ] {
            assert_eq!(column(title), wanted, "{title}");
        }
    }

    #[test]
    fn the_last_of_several_columns_holds_the_task() {
        let cells = ["序号", "工作任务", "具体措施", "责任单位", "时限"].map(str::to_owned);
        let wanted = [Column::Number, Column::Category, Column::Task, Column::Responsible, Column::Deadline];
        assert_eq!(columns(&cells).as_deref(), Some(wanted.as_slice()));
        let cells = ["指标名称", "2024年目标值", "牵头单位"].map(str::to_owned);
        assert_eq!(columns(&cells), Some(vec![Column::Task, Column::Target, Column::Lead]));
        assert_eq!(columns(&["甲".to_owned(), "乙".to_owned()]), None);
    }
}
