//! Posts and whoever holds them: who is bound, where nobody is home, who is away, and who follows on which day.

use std::sync::Arc;

use axum::extract::State;
use minijinja::{Value, context};

use super::{Answer, Viewer, Web, page_for, render};
use crate::domain::people::{Chase, Rank};
use crate::domain::tenure::LeaveState;
use crate::store::health::{self, Staffed};
use crate::store::{handovers, leaves, posts};
use crate::wording::day_seen_from;

/// The page.
pub(super) async fn page(State(web): State<Arc<Web>>, viewer: Viewer) -> Answer {
    let page = page_for(&viewer, "/people")?;
    let now = web.office.now();
    let mut conn = web.office.store.read().await?;
    let staff = health::staff(&mut conn).await?;
    let vacant = staff.iter().filter(|post| post.vacant).count();
    let unbound = staff.iter().filter(|post| is_unbound(post)).count();
    let rows: Vec<Value> = staff
        .into_iter()
        .map(|post| {
            let since = post.since.map(|at| day_seen_from(now.date_of(at), now.today()));
            let state = state(&post);
            context! {
                unit => post.unit, title => post.title, rank => rank(post.rank), chase => chase(post.chase),
                holders => post.holders, since, teams => post.teams, state, vacant => post.vacant,
            }
        })
        .collect();
    let home = posts::nobody_home(&mut conn).await?;
    let vacancies: Vec<Value> = home
        .vacant
        .into_iter()
        .map(|one| context! { title => one.title, stands_in => one.stands_in, items => one.items })
        .collect();
    let day = |on| day_seen_from(on, now.today());
    let leaves: Vec<Value> = leaves::to_come(&mut conn)
        .await?
        .into_iter()
        .map(|one| {
            let running = one.state == LeaveState::Running;
            let deputy = one.deputy.map(|(_, title)| title);
            context! { title => one.title, from => day(one.days.0), until => day(one.days.1), running, deputy }
        })
        .collect();
    let handovers: Vec<Value> = handovers::planned(&mut conn)
        .await?
        .into_iter()
        .map(|one| context! { title => one.title, name => one.name, on => day(one.starts_on) })
        .collect();
    let (unreachable, via_office) = (home.unreachable, home.via_office);
    let with = context! { rows, vacant, unbound, vacancies, leaves, handovers, unreachable, via_office };
    render(&web, &viewer, ("people.html", page), with)
}

/// Whether somebody should sit there and nobody does.
fn is_unbound(post: &Staffed) -> bool {
    !post.vacant && post.holders.is_none() && post.chase == Chase::Direct
}

fn state(post: &Staffed) -> (&'static str, &'static str) {
    match post {
        Staffed { vacant: true, .. } => ("waiting", "空缺"),
        Staffed { holders: None, .. } if is_unbound(post) => ("yellow", "未绑定"),
        Staffed { holders: None, .. } => ("closed", "不直接催办"),
        Staffed { reached: false, .. } => ("yellow", "收不到私信"),
        _ => ("green", "已绑定"),
    }
}

fn rank(rank: Rank) -> &'static str {
    match rank {
        Rank::Head => "主要负责人",
        Rank::Deputy => "副职",
        Rank::Liaison => "联络员",
        Rank::County => "县领导",
    }
}

fn chase(chase: Chase) -> &'static str {
    match chase {
        Chase::Direct => "直接提醒",
        Chase::ViaOffice => "由督查室转",
        Chase::Never => "不催办",
    }
}
