//! 企困台账: what enterprises have asked for, who solves it, and whether they are content.

use std::collections::BTreeMap;

use super::sheet::Cell;
use super::{List, Row, open};
use crate::assess::facts::{Facts, Item, Task};
use crate::domain::ids::TaskNo;
use crate::domain::light::Light;
use crate::domain::origin::Source;
use crate::wording::papers;

/// 企困台账: one row a need.
pub const NEEDS: List = List {
    name: "企困台账",
    columns: &[
        ("编号", 6.0),
        ("企业", 18.0),
        ("困难", 30.0),
        ("主办单位", 22.0),
        ("时限", 11.0),
        ("亮灯", 12.0),
        ("办理情况", 34.0),
        ("回访", 8.0),
        ("销号", 11.0),
    ],
};

/// The rows of the 企困台账.
pub fn needs(facts: &Facts) -> impl Iterator<Item = Row> {
    let mut by_task: BTreeMap<TaskNo, Vec<&Item>> = BTreeMap::new();
    for item in facts.newest() {
        by_task.entry(item.task).or_default().push(item);
    }
    let all = facts.tasks.iter().filter(|(_, task)| task.source == Source::Need);
    let row = move |(no, task): (&TaskNo, &Task)| {
        let items = by_task.get(no).map(Vec::as_slice).unwrap_or_default();
        let due = items.iter().filter_map(|item| item.filing.standing.due_on).max();
        let lit = items.iter().map(|item| facts.light(item)).max().filter(|_| task.closed_on.is_none());
        let words = items.iter().filter_map(|item| item.filing.standing.last_text.as_deref());
        let words = if task.confidential { String::new() } else { words.collect::<Vec<&str>>().join(";") };
        Row::from(vec![
            Cell::Number(no.0),
            Cell::text(task.by_whom.clone().unwrap_or_default()),
            Cell::text(&task.title),
            Cell::text(open::units(facts, task)),
            Cell::day(due),
            Cell::Light(lit.unwrap_or(Light::Done)),
            Cell::text(words),
            Cell::text(task.content.map(papers::content).unwrap_or_default()),
            Cell::day(task.closed_on),
        ])
    };
    all.map(row)
}
