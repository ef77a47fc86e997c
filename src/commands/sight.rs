//! What somebody may see, by the same lists of roles in chat and on the pages, and how each item of it looks.

use std::collections::BTreeMap;

use crate::assess::sums::TaskLight;
use crate::commands::READERS;
use crate::domain::ids::TaskNo;
use crate::domain::light::soon_until;
use crate::domain::now::Now;
use crate::domain::people::Person;
use crate::domain::schedule::behind;
use crate::domain::sight::Sight;
use crate::domain::workdays::Workdays;
use crate::store::Connection;
use crate::store::overview::{self, Item};

/// How much of the plan a person sees.
pub fn sight(person: &Person) -> Sight {
    if person.roles.iter().any(|role| READERS.contains(role)) {
        return Sight::All;
    }
    Sight::Own { units: person.units.clone(), teams: person.teams.clone() }
}

/// Whether an item may be told with its title and words: the confidential ones only in private on a trusted channel
/// (DESIGN red line 5).
pub fn may_tell(confidential: bool, trusted: bool, group: bool) -> bool {
    !confidential || (trusted && !group)
}

/// The tasks of a sight with the light of each, in the order of the plan; what was dropped is left out.
pub async fn lit(
    conn: &mut Connection,
    sight: &Sight,
    calendar: &Workdays,
    now: &Now,
) -> sqlx::Result<Vec<(Item, TaskLight)>> {
    let mut lagging: BTreeMap<TaskNo, i64> = BTreeMap::new();
    for owed in overview::measured(conn, sight).await? {
        if behind(&owed.filing, calendar, now).is_some() {
            *lagging.entry(owed.task).or_default() += 1;
        }
    }
    let items = overview::items(conn, sight, (now.at(), soon_until(now.today(), calendar))).await?;
    Ok(items
        .into_iter()
        .filter_map(|mut item| {
            item.glance.pressing += lagging.get(&item.no).copied().unwrap_or_default();
            let light = item.glance.light(item.state)?;
            Some((item, light))
        })
        .collect())
}
