//! The tasks that somebody sees, each with its light.

use super::Viewer;
use super::lights::{Lamp, of_task};
use crate::assess::sums::TaskLight;
use crate::commands::sight::lit;
use crate::domain::sight::Sight;
use crate::store::Connection;
use crate::store::overview::Item;
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
    let items = lit(conn, sight, &office.settings.calendar, &office.now()).await?;
    let told = items.into_iter().filter(|(item, _)| viewer.may_tell(item.confidential));
    Ok(told.map(|(item, light)| Seen { light, lamp: of_task(light), item }).collect())
}
