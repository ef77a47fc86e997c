//! The matrix: items by units, each cell how the unit stands with the item now.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use minijinja::{Value, context};

use super::items::{Seen, groups, seen};
use super::lights::{Lamp, of_task};
use super::tasks::{Filter, matching};
use super::{Answer, Viewer, Web, page_for, render};
use crate::domain::ids::{TaskNo, UnitId};
use crate::domain::light::soon_until;
use crate::domain::sight::Sight;
use crate::domain::task::TaskState;
use crate::store::matrix::{self, Cell};
use crate::store::tasks as stored;

/// The most items of one matrix; a wider choice is asked to be narrowed.
const ROWS: usize = 60;

/// The page.
pub(super) async fn page(
    State(web): State<Arc<Web>>,
    viewer: Viewer,
    Query(filter): Query<Filter>,
) -> Answer {
    let page = page_for(&viewer, "/matrix")?;
    let now = web.office.now();
    let mut conn = web.office.store.read().await?;
    let all = seen(&mut conn, &web.office, &viewer, &viewer.sight).await?;
    let groups = groups(&all);
    let found = matching(&mut conn, all, &filter).await?;
    let running = |one: &Seen| one.item.state == TaskState::Running && one.item.units > 0;
    let items: Vec<Seen> = found.into_iter().filter(running).collect();
    let cut = items.len() > ROWS;
    let items = &items[..items.len().min(ROWS)];
    let numbers: Vec<TaskNo> = items.iter().map(|one| one.item.no).collect();
    let soon = soon_until(now.today(), &web.office.settings.calendar);
    let mut cells: BTreeMap<(TaskNo, UnitId), Cell> = BTreeMap::new();
    for (task, unit, cell) in matrix::cells(&mut conn, &numbers, (now.at(), soon)).await? {
        cells.insert((task, unit), cell);
    }
    let wanted = |unit: &(UnitId, String)| cells.keys().any(|(_, known)| *known == unit.0);
    let units: Vec<(UnitId, String)> = matrix::units(&mut conn).await?.into_iter().filter(wanted).collect();
    let mut rows = Vec::new();
    for one in items {
        let leads = match &viewer.sight {
            Sight::All => true,
            Sight::Own { units, .. } => stored::is_led_by(&mut conn, one.item.no, units).await?,
        };
        rows.push(row(one, &units, &cells, (&viewer, leads)));
    }
    let with = context! {
        units => units.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>(), rows, groups, cut,
        most => ROWS, filter => filter.value(),
    };
    render(&web, &viewer, ("matrix.html", page), with)
}

/// One item. Whoever sees only their own part sees other units' cells where their unit leads the item.
fn row(
    one: &Seen,
    units: &[(UnitId, String)],
    cells: &BTreeMap<(TaskNo, UnitId), Cell>,
    (viewer, leads): (&Viewer, bool),
) -> Value {
    let mine = |unit: UnitId| leads || viewer.sight.sees(crate::domain::filing::Owner::Unit(unit));
    let lamps: Vec<Option<Value>> = units
        .iter()
        .map(|(unit, name)| {
            let cell = cells.get(&(one.item.no, *unit)).filter(|_| mine(*unit))?;
            let lamp = lamp(cell)?;
            Some(context! { lamp, unit => name.clone(), owed => cell.glance.owed() })
        })
        .collect();
    context! { no => one.item.no.0, title => one.item.title.clone(), lamp => one.lamp, lamps }
}

fn lamp(cell: &Cell) -> Option<Lamp> {
    cell.glance.light(TaskState::Running).map(of_task)
}
