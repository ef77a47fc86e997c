//! The tasks that somebody sees, each with its light.

use std::collections::BTreeMap;

use super::Viewer;
use super::lights::{Lamp, of_task};
use crate::assess::sums::TaskLight;
use crate::domain::ids::TaskNo;
use crate::domain::light::soon_until;
use crate::domain::schedule::behind;
use crate::domain::sight::Sight;
use crate::store::Connection;
use crate::store::overview::{self, Item};
use crate::web::office::Office;

/// A task with its light.
pub(in crate::web) struct Seen {
    /// The task.
    pub(in crate::web) item: Item,
    /// How it looks.
    pub(in crate::web) light: TaskLight,
    /// How that is drawn.
    pub(in crate::web) lamp: Lamp,
}

impl Seen {
    /// What it is listed under: its team, or the chapter of the notice.
    pub(super) fn group(&self) -> &str {
        let chapter = self.item.section.split('·').next().unwrap_or_default();
        self.item.team.as_ref().map_or(chapter, |(_, short)| short)
    }
}

/// What the tasks are listed under, in the order of the plan.
pub(super) fn groups(all: &[Seen]) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for one in all {
        if !groups.iter().any(|known| known == one.group()) {
            groups.push(one.group().to_owned());
        }
    }
    groups
}

/// The tasks of a sight that the viewer may be told, in the order of the plan; what was dropped is left out.
pub(in crate::web) async fn seen(
    conn: &mut Connection,
    office: &Office,
    viewer: &Viewer,
    sight: &Sight,
) -> sqlx::Result<Vec<Seen>> {
    let now = office.now();
    let calendar = &office.settings.calendar;
    let soon = soon_until(now.today(), calendar);
    let mut lagging: BTreeMap<TaskNo, i64> = BTreeMap::new();
    for owed in overview::measured(conn, sight).await? {
        if behind(&owed.filing, calendar, &now).is_some() {
            *lagging.entry(owed.task).or_default() += 1;
        }
    }
    let items = overview::items(conn, sight, (now.at(), soon)).await?;
    let told = items.into_iter().filter(|item| viewer.may_tell(item.confidential));
    Ok(told
        .filter_map(|mut item| {
            item.glance.pressing += lagging.get(&item.no).copied().unwrap_or_default();
            let light = item.glance.light(item.state)?;
            Some(Seen { light, lamp: of_task(light), item })
        })
        .collect())
}
