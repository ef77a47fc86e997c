//! The filings of a span, what is held up, what is not counted, and the history.

use super::sheet::Cell;
use super::{List, Row, open};
use crate::assess::digest::{Hurdle, hurdles};
use crate::assess::facts::{Facts, Item};
use crate::assess::sums::Span;
use crate::domain::filing::FilingState;
use crate::domain::ids::TaskNo;
use crate::notice::returned::Key;
use crate::wording::course::{self, Event};

/// 应报件: one row a filing.
pub const FILINGS: List = List {
    name: "应报件",
    columns: &[
        ("编号", 8.0),
        ("事项", 24.0),
        ("要求", 22.0),
        ("单位", 14.0),
        ("期", 8.0),
        (open::DUE, 11.0),
        ("亮灯", 12.0),
        ("进展%", 7.0),
        ("完成量", 8.0),
        ("最近填报", 24.0),
        ("填报日", 11.0),
        ("卡在哪", 16.0),
        ("延期", 6.0),
        ("退回", 6.0),
        ("曾逾期", 7.0),
    ],
};

/// The filings that were due in the span or have no day, the latter in their present round.
pub fn filings(facts: &Facts, span: Span) -> impl Iterator<Item = Row> {
    let newest: std::collections::BTreeSet<_> =
        facts.newest().into_iter().map(|item| item.filing.id).collect();
    let belongs = |item: &&Item| match item.filing.standing.due_on {
        Some(due) => span.contains(due) || due > span.until,
        None => newest.contains(&item.filing.id),
    };
    let mut items: Vec<&Item> = facts.items.iter().filter(belongs).collect();
    items.sort_by_key(|item| (item.task, item.duty, item.filing.period, item.filing.id));
    items.into_iter().map(|item| filing(facts, item))
}

/// The column of the day among those of a filing.
const DUE_AT: usize = 5;

fn filing(facts: &Facts, item: &Item) -> Row {
    let standing = &item.filing.standing;
    let reached = standing.quantity.filter(|_| item.filing.target.is_some());
    let cells = vec![
        Cell::text(facts.label(item)),
        Cell::text(facts.title(item.task)),
        Cell::text(facts.text(item.duty)),
        Cell::text(facts.owner(item.filing.owner)),
        Cell::text(item.filing.period.chinese()),
        Cell::day(standing.due_on),
        Cell::Light(facts.light(item)),
        standing.percent.map_or(Cell::Empty, |percent| Cell::Number(percent.into())),
        reached.map_or(Cell::Empty, Cell::Amount),
        Cell::text(standing.last_text.clone().unwrap_or_default()),
        Cell::day(standing.reported_at.map(|at| facts.now.date_of(at))),
        Cell::text(standing.blocker.clone().unwrap_or_default()),
        Cell::count(usize::try_from(standing.extensions).unwrap_or_default()),
        Cell::count(item.course.returns as usize),
        Cell::text(if item.filing.was_overdue { "是" } else { "" }),
    ];
    let open = open::due(facts, item).map(|_| DUE_AT).into_iter().collect();
    Row { key: Some(Key::Filing(item.filing.id)), cells, open }
}

/// 问题清单: what is held up or asks for more time.
pub const PROBLEMS: List = List {
    name: "问题清单",
    columns: &[
        ("编号", 8.0),
        ("事项", 34.0),
        ("单位", 16.0),
        ("卡在哪", 40.0),
        ("需谁协调", 18.0),
        ("申请延到", 12.0),
        ("应报日", 12.0),
        ("亮灯", 12.0),
    ],
};

/// The rows of the 问题清单.
pub fn problems(facts: &Facts) -> impl Iterator<Item = Row> {
    let row = |hurdle: Hurdle| {
        Row::from(vec![
            Cell::text(hurdle.label),
            Cell::text(hurdle.title),
            Cell::text(hurdle.owner),
            Cell::text(hurdle.words.unwrap_or_default()),
            Cell::text(hurdle.needs.unwrap_or_default()),
            Cell::day(hurdle.asked),
            Cell::day(hurdle.due),
            Cell::Light(hurdle.light),
        ])
    };
    hurdles(facts).into_iter().map(row)
}

/// 容错清单: what is not counted, with the office's approval.
pub const EXEMPTIONS: List = List {
    name: "容错清单",
    columns: &[
        ("编号", 8.0),
        ("事项", 34.0),
        ("要求", 34.0),
        ("单位", 16.0),
        ("期", 10.0),
        ("应报日", 12.0),
        ("最近填报", 40.0),
    ],
};

/// The rows of the 容错清单.
pub fn exemptions(facts: &Facts) -> impl Iterator<Item = Row> {
    let exempt = facts.items.iter().filter(|item| item.filing.standing.state == FilingState::Exempt);
    let row = move |item: &Item| {
        Row::from(vec![
            Cell::text(facts.label(item)),
            Cell::text(facts.title(item.task)),
            Cell::text(facts.text(item.duty)),
            Cell::text(facts.owner(item.filing.owner)),
            Cell::text(item.filing.period.chinese()),
            Cell::day(item.filing.standing.due_on),
            Cell::text(item.filing.standing.last_text.clone().unwrap_or_default()),
        ])
    };
    exempt.map(row)
}

/// 经过: who did what when.
pub const HISTORY: List = List {
    name: "经过",
    columns: &[("时间", 17.0), ("谁", 20.0), ("编号", 6.0), ("单位", 16.0), ("做了什么", 70.0)],
};

/// One line of the history.
pub fn history((task, event): &(TaskNo, Event)) -> Row {
    Row::from(vec![
        Cell::text(event.at.format("%Y-%m-%d %H:%M").to_string()),
        Cell::text(course::actor(&event.actor)),
        Cell::Number(task.0),
        Cell::text(event.owner.clone().unwrap_or_default()),
        Cell::text(course::event_words(event)),
    ])
}
