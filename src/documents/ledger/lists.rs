//! The three lists: what is to be done, who answers for it, and by which steps.

use std::collections::BTreeMap;

use super::sheet::Cell;
use super::{List, Row, open};
use crate::assess::facts::{Duty, Facts, Item, Task};
use crate::assess::sums::{Lights, TaskLight};
use crate::domain::filing::{FilingState, Owner};
use crate::domain::ids::{DutyId, TaskNo, TeamId, UnitId};
use crate::domain::light::Light;
use crate::domain::origin::Source;
use crate::notice::returned::Key;
use crate::wording::papers;

/// How many filings stand how.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    settled: usize,
    claimed: usize,
    owed: usize,
    overdue: usize,
    was_overdue: usize,
    light: Option<Light>,
}

impl Counts {
    fn of<'a>(facts: &Facts, items: impl Iterator<Item = &'a Item>) -> Counts {
        let mut counts = Counts::default();
        for item in items {
            let light = facts.light(item);
            match item.filing.standing.state {
                FilingState::Accepted => counts.settled += 1,
                FilingState::Claimed => counts.claimed += 1,
                FilingState::Open | FilingState::SentBack => counts.owed += 1,
                FilingState::Exempt | FilingState::Void => continue,
            }
            counts.overdue += usize::from(light == Light::Red);
            counts.was_overdue += usize::from(item.filing.was_overdue);
            counts.light = counts.light.max(Some(light));
        }
        counts
    }

    fn cells(&self) -> Vec<Cell> {
        [self.settled, self.claimed, self.owed, self.overdue, self.was_overdue].map(Cell::count).to_vec()
    }
}

fn light(light: Option<Light>) -> Cell {
    light.map_or(Cell::Empty, Cell::Light)
}

/// 任务清单: one row a task.
pub const TASKS: List = List { name: "任务清单", columns: TASK_COLUMNS };
const TASK_COLUMNS: &[(&str, f64)] = &[
    ("编号", 6.0),
    ("代码", 8.0),
    ("来源", 6.0),
    ("板块", 10.0),
    (open::TITLE, 28.0),
    (open::LEAD, 13.0),
    ("工作组", 10.0),
    (open::UNITS, 24.0),
    ("状态", 8.0),
    ("亮灯", 12.0),
    ("已结", 6.0),
    ("待核验", 7.0),
    ("未结", 6.0),
    ("逾期", 6.0),
    ("曾逾期", 7.0),
    ("最近到期", 11.0),
    ("说明", 26.0),
];

/// The rows of the 任务清单.
pub fn tasks(facts: &Facts) -> impl Iterator<Item = Row> {
    let lights = facts.task_lights();
    let mut by_task: BTreeMap<TaskNo, Vec<&Item>> = BTreeMap::new();
    for item in facts.newest() {
        by_task.entry(item.task).or_default().push(item);
    }
    let row = move |(no, task): (&TaskNo, &Task)| {
        let items = by_task.get(no).map(Vec::as_slice).unwrap_or_default();
        let counts = Counts::of(facts, items.iter().copied());
        let owed = items.iter().filter(|item| item.filing.standing.state.is_owed() && !item.filing.progress);
        let next = owed.filter_map(|item| item.filing.standing.due_on).min();
        let mut cells = vec![
            Cell::Number(no.0),
            Cell::text(&task.code),
            Cell::text(task.source.chinese()),
            Cell::text(&task.section),
            Cell::text(&task.title),
            Cell::text(task.lead.map(|unit| unit_name(facts, unit)).unwrap_or_default()),
            Cell::text(task.team.map(|team| team_name(facts, team)).unwrap_or_default()),
            Cell::text(open::units(facts, task)),
            Cell::text(papers::task_state(task.state)),
            match lights.get(no) {
                Some(TaskLight::Closed) => Cell::Light(Light::Done),
                other => light(other.and_then(|light| light.light())),
            },
        ];
        cells.extend(counts.cells());
        cells.extend([Cell::day(next), Cell::text(task.note.clone().unwrap_or_default())]);
        let key = Key::Task(*no);
        Row { key: Some(key), cells, open: open::of_row(facts, key, TASK_COLUMNS) }
    };
    facts.tasks.iter().map(row)
}

fn unit_name(facts: &Facts, unit: UnitId) -> String {
    facts.owner(Owner::Unit(unit)).to_owned()
}

fn team_name(facts: &Facts, team: TeamId) -> String {
    facts.owner(Owner::Team(team)).to_owned()
}

/// How the filings of each who answers for a task stand.
pub(super) type Answers = BTreeMap<(Owner, TaskNo), Counts>;

/// Counts the filings of each who answers for one of these tasks.
pub fn count(facts: &Facts, answers: &mut Answers) {
    let mut items: BTreeMap<(Owner, TaskNo), Vec<&Item>> = BTreeMap::new();
    for item in facts.newest() {
        items.entry((item.filing.owner, item.task)).or_default().push(item);
    }
    answers.extend(items.into_iter().map(|(who, items)| (who, Counts::of(facts, items.into_iter()))));
}

/// 责任清单: one row for each who answers for a task.
pub const RESPONSIBILITIES: List = List {
    name: "责任清单",
    columns: &[
        ("责任单位", 16.0),
        ("性质", 9.0),
        ("负责岗位", 20.0),
        ("角色", 11.0),
        ("编号", 6.0),
        ("事项", 36.0),
        ("亮灯", 12.0),
        ("已结", 6.0),
        ("待核验", 7.0),
        ("未结", 6.0),
        ("逾期", 6.0),
        ("曾逾期", 7.0),
    ],
};

/// The rows of the 责任清单, unit by unit and then team by team.
pub fn responsibilities<'a>(facts: &'a Facts, answers: &'a Answers) -> impl Iterator<Item = Row> + 'a {
    let counts = move |owner, no| answers.get(&(owner, no)).copied().unwrap_or_default();
    let units = facts.units.iter().flat_map(move |(id, unit)| {
        let is_theirs = |task: &Task| task.units.contains(id) || task.lead == Some(*id);
        facts.tasks.iter().filter(move |(_, task)| is_theirs(task)).map(move |(no, task)| {
            let role = papers::role(task.lead == Some(*id), task.units.contains(id));
            let head = unit.head.clone().unwrap_or_default();
            let who = [unit.short.clone(), papers::unit_kind(unit.kind).to_owned(), head, role.to_owned()];
            answer(who, (*no, task), &counts(Owner::Unit(*id), *no))
        })
    });
    let teams = facts.teams.iter().flat_map(move |(id, team)| {
        facts.tasks.iter().filter(|(_, task)| task.team == Some(*id)).map(move |(no, task)| {
            let head = team.head.clone().unwrap_or_default();
            let role = if task.units.is_empty() { "全组" } else { "组内分工" };
            let who = [team.short.clone(), "工作组".to_owned(), head, role.to_owned()];
            answer(who, (*no, task), &counts(Owner::Team(*id), *no))
        })
    });
    units.chain(teams)
}

fn answer(who: [String; 4], (no, task): (TaskNo, &Task), counts: &Counts) -> Row {
    let mut row: Vec<Cell> = who.into_iter().map(Cell::text).collect();
    row.extend([Cell::Number(no.0), Cell::text(&task.title), light(counts.light)]);
    row.extend(counts.cells());
    Row::from(row)
}

/// 措施清单: one row a duty.
pub const MEASURES: List = List { name: "措施清单", columns: MEASURE_COLUMNS };
const MEASURE_COLUMNS: &[(&str, f64)] = &[
    ("编号", 8.0),
    ("事项", 26.0),
    (open::TEXT, 30.0),
    (open::TERM, 14.0),
    ("目标", 9.0),
    ("怎么算完成", 11.0),
    ("亮灯", 12.0),
    ("已结", 6.0),
    ("待核验", 7.0),
    ("未结", 6.0),
    ("逾期", 6.0),
    ("曾逾期", 7.0),
    ("待督查室定", 20.0),
];

/// The rows of the 措施清单.
pub fn measures(facts: &Facts) -> impl Iterator<Item = Row> {
    let mut items: BTreeMap<DutyId, Vec<&Item>> = BTreeMap::new();
    for item in facts.newest() {
        items.entry(item.duty).or_default().push(item);
    }
    let mut duties: Vec<(DutyId, &Duty)> =
        facts.duties.iter().filter(|(_, duty)| !duty.progress).map(|(id, duty)| (*id, duty)).collect();
    duties.retain(|(_, duty)| facts.tasks.contains_key(&duty.task));
    duties.sort_by_key(|(_, duty)| (duty.task, duty.seq));
    let row = move |(id, duty): (DutyId, &Duty)| {
        let counts = Counts::of(facts, items.get(&id).into_iter().flatten().copied());
        let mut cells = vec![
            Cell::text(duty.label()),
            Cell::text(facts.title(duty.task)),
            Cell::text(&duty.text),
            Cell::text(papers::schedule(duty)),
            Cell::text(duty.target.as_ref().map(ToString::to_string).unwrap_or_default()),
            Cell::text(if duty.reviewed { "督查室核验" } else { "收到即算" }),
            light(counts.light),
        ];
        cells.extend(counts.cells());
        cells.push(Cell::text(papers::hold(duty)));
        let key = Key::Duty(id);
        Row { key: Some(key), cells, open: open::of_row(facts, key, MEASURE_COLUMNS) }
    };
    duties.into_iter().map(row)
}

/// 来源统计: one row a source, and the sum.
pub const SOURCES: List = List {
    name: "来源统计",
    columns: &[
        ("来源", 14.0),
        ("合计", 10.0),
        ("已销号", 10.0),
        ("红 逾期", 10.0),
        ("黄 关注", 10.0),
        ("绿 正常", 10.0),
        ("未定期限", 10.0),
        ("待核验", 10.0),
        ("待定", 10.0),
    ],
};

/// The rows of the 来源统计.
pub fn sources(by_source: &BTreeMap<Source, Lights>) -> impl Iterator<Item = Row> {
    let row = |name: &str, lights: Lights| {
        let Lights { red, yellow, green, undated, claimed, closed, waiting } = lights;
        let counts = [lights.all(), closed, red, yellow, green, undated, claimed, waiting];
        let cells = std::iter::once(Cell::text(name)).chain(counts.map(Cell::Number));
        Row::from(cells.collect::<Vec<_>>())
    };
    let sum = by_source.values().copied().sum();
    let rows = by_source.iter().map(move |(source, lights)| row(source.chinese(), *lights));
    rows.chain(std::iter::once(row("合计", sum)))
}
