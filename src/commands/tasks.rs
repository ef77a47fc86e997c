//! `tasks` and `held`: lists of items, and what waits for the office.

use std::collections::BTreeSet;

use futures::future::BoxFuture;

use crate::assess::sums::TaskLight;
use crate::commands::sight::{lit, sight};
use crate::commands::{Call, Command, EVERYBODY, Outcome, READERS, Trouble, find, many};
use crate::domain::ids::TaskNo;
use crate::domain::light::Light;
use crate::domain::now::stamp;
use crate::domain::people::Role;
use crate::domain::task::{TaskState, duty_label};
use crate::store::{overview, people, tasks};
use crate::wording::lists::{self, HeldLine, TaskLine};
use crate::wording::{Spoken, command};

/// Lists items: one's own, or by unit, team or state.
pub struct Tasks;

impl Command for Tasks {
    fn name(&self) -> &'static str {
        "tasks"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["清单"]
    }
    fn usage(&self) -> &'static str {
        "清单 [单位|工作组|红|黄|绿|受阻|待核验|全部]"
    }
    fn help(&self) -> &'static str {
        "看事项清单"
    }
    fn example(&self) -> &'static str {
        "清单 财税组"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (words, page) = many::page_of(rest.trim());
            let (heading, mut found) = list(call, words).await?;
            found.retain(|task| call.may_tell(task.confidential));
            let lines: Vec<TaskLine> = found.iter().map(line_of).collect();
            find::paged(call, self, (&heading, words), &lines, page).await
        })
    }
}

async fn list(call: &mut Call<'_>, filter: &str) -> Result<(String, Vec<tasks::Task>), Trouble> {
    let now = stamp(call.now.at());
    let reads_all = call.asker.roles.iter().any(|role| READERS.contains(role));
    if filter.is_empty() && !reads_all {
        return Ok(("您的事项".to_owned(), own(call, &now).await?));
    }
    if matches!(filter, "" | "全部") {
        let all = if reads_all { tasks::all(call.conn, &now).await? } else { own(call, &now).await? };
        return Ok(("事项".to_owned(), all));
    }
    if let Some(look) = Look::called(filter) {
        return Ok((look.heading().to_owned(), looking(call, look).await?));
    }
    if let Some(unit) = people::unit_by_name(call.conn, filter).await? {
        if !reads_all && !call.asker.units.contains(&unit.id) {
            return Err(Trouble::refused(command::nobody_called(filter)));
        }
        return Ok((unit.short, tasks::of_unit(call.conn, unit.id, &now).await?));
    }
    match people::team_by_name(call.conn, filter).await? {
        Some((team, short)) if reads_all || call.asker.teams.contains(&team) => {
            Ok((short, tasks::of_team(call.conn, team, &now).await?))
        }
        _ => Err(Trouble::refused(command::nobody_called(filter))),
    }
}

/// How items look that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Lit(Light),
    Stuck,
}

impl Look {
    fn called(word: &str) -> Option<Look> {
        Some(match word.trim_end_matches('灯').trim_end_matches('色') {
            "红" | "逾期" => Look::Lit(Light::Red),
            "黄" => Look::Lit(Light::Yellow),
            "绿" => Look::Lit(Light::Green),
            "核" | "待核验" | "待销号" => Look::Lit(Light::Claimed),
            "受阻" | "困难" | "有困难" => Look::Stuck,
            _ => return None,
        })
    }

    fn heading(self) -> &'static str {
        match self {
            Look::Lit(Light::Red) => "逾期事项(红)",
            Look::Lit(Light::Yellow) => "快到期、受阻或落后的事项(黄)",
            Look::Lit(Light::Claimed) => "待核验的事项(核)",
            Look::Lit(_) => "正常推进的事项(绿)",
            Look::Stuck => "受阻的事项",
        }
    }
}

/// The items that look so, by the same light as on the pages.
async fn looking(call: &mut Call<'_>, look: Look) -> Result<Vec<tasks::Task>, Trouble> {
    let sight = sight(call.asker);
    let numbers: BTreeSet<TaskNo> = match look {
        Look::Lit(wanted) => {
            let lit = lit(call.conn, &sight, &call.settings.calendar, call.now).await?;
            let wanted = TaskLight::Lit(wanted);
            lit.into_iter().filter(|(_, light)| *light == wanted).map(|(item, _)| item.no).collect()
        }
        Look::Stuck => overview::stuck(call.conn, &sight).await?.into_iter().map(|owed| owed.task).collect(),
    };
    let mut all = tasks::all(call.conn, &stamp(call.now.at())).await?;
    all.retain(|task| numbers.contains(&task.no));
    Ok(all)
}

pub(super) async fn own(call: &mut Call<'_>, now: &str) -> sqlx::Result<Vec<tasks::Task>> {
    let mut found = Vec::new();
    for unit in &call.asker.units {
        found.extend(tasks::of_unit(call.conn, *unit, now).await?);
    }
    for team in &call.asker.teams {
        found.extend(tasks::of_team(call.conn, *team, now).await?);
    }
    found.sort_by_key(|task| task.no);
    found.dedup_by_key(|task| task.no);
    Ok(found)
}

pub(super) fn line_of(task: &tasks::Task) -> TaskLine {
    TaskLine {
        task: task.no,
        title: task.title.clone(),
        state: task.state,
        counts: (task.owed, task.claimed, task.overdue),
    }
}

/// Lists what the office has to decide before anyone is asked.
pub struct Held;

impl Command for Held {
    fn name(&self) -> &'static str {
        "held"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["待定"]
    }
    fn usage(&self) -> &'static str {
        "待定"
    }
    fn help(&self) -> &'static str {
        "看哪些要先由督查室定时限、定单位"
    }
    fn example(&self) -> &'static str {
        "待定"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let now = stamp(call.now.at());
            let mut held = tasks::held(call.conn).await?;
            held.retain(|held| call.may_tell(held.confidential));
            let lines: Vec<HeldLine> = held
                .into_iter()
                .map(|held| HeldLine {
                    label: format!("{} {}", duty_label(held.task, held.seq, 2), held.title),
                    duty: held.duty,
                    hold: held.hold,
                    word: held.word,
                })
                .collect();
            let mut all = tasks::all(call.conn, &now).await?;
            all.retain(|task| call.may_tell(task.confidential));
            let drafts: Vec<TaskLine> =
                all.iter().filter(|task| task.state == TaskState::Draft).map(line_of).collect();
            let unsettled = tasks::unsettled(call.conn).await?;
            Ok(Spoken::text(lists::held(&lines, &drafts, &unsettled)))
        })
    }
}
