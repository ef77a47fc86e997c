//! The list of tasks, with filters, search and order that live in the address.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Query, State};
use chrono::NaiveDate;
use minijinja::{Value, context};
use serde::Deserialize;

use super::items::{Seen, groups, seen};
use super::lights::{LAMPS, state_word};
use super::{Answer, Viewer, Web, Wrong, page_for, render};
use crate::domain::ids::TaskNo;
use crate::domain::now::Now;
use crate::domain::sight::Sight;
use crate::store::{Connection, overview, people, timeline};
use crate::wording::{day_seen_from, moment, short, without_number};

/// Tasks on one page.
const ROWS: usize = 50;

/// What is wanted, as the address says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(in crate::web) struct Filter {
    /// Words that must all be there.
    pub(in crate::web) q: String,
    /// A light, by its class.
    pub(in crate::web) light: String,
    /// A team, or a chapter of the notice.
    pub(in crate::web) group: String,
    /// A unit, by a name of it.
    pub(in crate::web) unit: String,
    /// `no`, `due`, `owed` or `light`.
    pub(in crate::web) sort: String,
    /// Counted from 1.
    pub(in crate::web) page: usize,
}

impl Filter {
    /// For the templates.
    pub(super) fn value(&self) -> Value {
        context! {
            q => self.q.clone(), light => self.light.clone(), group => self.group.clone(), unit => self.unit.clone(),
            sort => self.sort.clone(),
        }
    }
}

/// The page.
pub(super) async fn page(
    State(web): State<Arc<Web>>,
    viewer: Viewer,
    Query(filter): Query<Filter>,
) -> Answer {
    let page = page_for(&viewer, "/tasks")?;
    let now = web.office.now();
    let mut conn = web.office.store.read().await?;
    let sight = narrowed(&mut conn, &viewer, &filter.unit).await?;
    let all = seen(&mut conn, &web.office, &viewer, &sight).await?;
    let choices = choices(&mut conn, &viewer, &all).await?;
    let mut found = matching(&mut conn, all, &filter).await?;
    order(&mut found, &filter.sort);
    let pages = found.len().div_ceil(ROWS).max(1);
    let at = filter.page.clamp(1, pages);
    let mut rows = Vec::new();
    for one in found.iter().skip((at - 1) * ROWS).take(ROWS) {
        rows.push(row(&mut conn, one, &sight, &now).await?);
    }
    let link = |name: &str, value: &str| link(&filter, name, value);
    let sorts = [("no", "编号"), ("light", "灯"), ("due", "最近时限"), ("owed", "欠报")];
    let with = context! {
        rows, choices, lamps => LAMPS, filter => filter.value(), found => found.len(), at, pages,
        before => (at > 1).then(|| link("page", &(at - 1).to_string())),
        after => (at < pages).then(|| link("page", &(at + 1).to_string())),
        sorts => sorts.map(|(sort, name)| (sort, name, link("sort", sort))),
        sort => if filter.sort.is_empty() { "no".to_owned() } else { filter.sort.clone() },
        filtered => !(filter.q.is_empty() && filter.light.is_empty() && filter.group.is_empty() && filter.unit.is_empty()),
    };
    render(&web, &viewer, ("tasks.html", page), with)
}

/// The viewer's sight, or only a unit's part of it.
pub(in crate::web) async fn narrowed(
    conn: &mut Connection,
    viewer: &Viewer,
    unit: &str,
) -> Result<Sight, Wrong> {
    if unit.is_empty() {
        return Ok(viewer.sight.clone());
    }
    let unit = people::unit_by_name(conn, unit).await?.ok_or(Wrong::Missing)?.id;
    match &viewer.sight {
        Sight::Own { units, .. } if !units.contains(&unit) => Err(Wrong::Missing),
        _ => {
            let teams = people::teams_of_unit(conn, unit).await?;
            Ok(Sight::Own { units: vec![unit], teams })
        }
    }
}

/// What may be chosen: groups, and units for those who see all.
async fn choices(conn: &mut Connection, viewer: &Viewer, all: &[Seen]) -> sqlx::Result<Value> {
    let groups = groups(all);
    let units: Vec<String> = if viewer.sight.is_all() {
        let posts = people::posts(conn).await?;
        let mut known = BTreeSet::new();
        posts.into_iter().map(|post| post.unit).filter(|unit| known.insert(unit.clone())).collect()
    } else {
        Vec::new()
    };
    Ok(context! { groups, units })
}

/// Those of the tasks that a filter lets through.
pub(in crate::web) async fn matching(
    conn: &mut Connection,
    all: Vec<Seen>,
    filter: &Filter,
) -> sqlx::Result<Vec<Seen>> {
    let mut hits: BTreeMap<&str, BTreeSet<TaskNo>> = BTreeMap::new();
    for word in filter.q.split_whitespace().take(8) {
        hits.insert(word, overview::with_word(conn, word).await?);
    }
    let fits = |one: &Seen| {
        (filter.light.is_empty() || one.lamp.class == filter.light)
            && (filter.group.is_empty() || one.group() == filter.group)
            && hits.values().all(|tasks| tasks.contains(&one.item.no))
    };
    Ok(all.into_iter().filter(|one| fits(one)).collect())
}

fn order(found: &mut [Seen], sort: &str) {
    let urgency = |one: &Seen| LAMPS.iter().position(|lamp| lamp.class == one.lamp.class);
    match sort {
        "due" => found.sort_by_key(|one| one.item.next_due.unwrap_or(NaiveDate::MAX)),
        "owed" => found.sort_by_key(|one| std::cmp::Reverse(one.item.glance.owed())),
        "light" => found.sort_by_key(urgency),
        _ => {}
    }
}

async fn row(conn: &mut Connection, one: &Seen, sight: &Sight, now: &Now) -> sqlx::Result<Value> {
    let item = &one.item;
    let last = timeline::last_report(conn, item.no, sight).await?.map(|(at, owner, text)| {
        let text = short(without_number(&text, item.no), 40);
        context! { at => moment(now.local_of(at)), owner, text }
    });
    Ok(context! {
        no => item.no.0, code => item.code.clone(), title => item.title.clone(), lamp => one.lamp, state => state_word(item.state),
        running => item.state == crate::domain::task::TaskState::Running,
        group => one.group().to_owned(), lead => item.lead.clone(), confidential => item.confidential, units => item.units,
        due => item.next_due.map(|due| day_seen_from(due, now.today())),
        owed => item.glance.owed(), late => item.glance.late, claimed => item.glance.claimed, last,
    })
}

/// The same address with one thing changed; another order or filter begins at the first page.
fn link(filter: &Filter, name: &str, value: &str) -> String {
    let page = filter.page.to_string();
    let now = [
        ("q", filter.q.as_str()),
        ("light", &filter.light),
        ("group", &filter.group),
        ("unit", &filter.unit),
        ("sort", &filter.sort),
        ("page", if name == "sort" || filter.page < 2 { "" } else { &page }),
    ];
    let parts: Vec<String> = now
        .into_iter()
        .map(|(key, old)| (key, if key == name { value } else { old }))
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| format!("{key}={}", crate::web::files::escaped(value)))
        .collect();
    if parts.is_empty() { "/tasks".to_owned() } else { format!("/tasks?{}", parts.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_was_chosen_and_another_order_begins_anew() {
        let filter = Filter { light: "red".to_owned(), sort: "due".to_owned(), page: 3, ..Filter::default() };
        assert_eq!(link(&filter, "page", "4"), "/tasks?light=red&sort=due&page=4");
        assert_eq!(link(&filter, "sort", "owed"), "/tasks?light=red&sort=owed");
        assert_eq!(link(&Filter::default(), "page", ""), "/tasks");
    }
}
