//! `preview`: who will hear what and why, before it is sent (预演).

use chrono::{Duration, NaiveDate};
use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, READERS, Trouble};
use crate::config::Settings;
use crate::domain::ids::TaskNo;
use crate::domain::now::Now;
use crate::domain::people::Role;
use crate::rules::preview::{Assume, Facts, Only, Preview as Found, preview};
use crate::store::{Connection, facts, people};
use crate::wording::lists::LINES;
use crate::wording::{self, Spoken, command, refusal};

/// Days looked ahead where nothing else is asked.
const DAYS: i64 = 7;
/// The furthest look ahead.
const DAYS_MAX: i64 = 400;

/// What somebody wants to foresee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// From the morning of this day.
    pub from: NaiveDate,
    /// Until the evening of this one.
    pub until: NaiveDate,
    /// Only what whoever holds this post hears, by code or title.
    pub post: Option<String>,
    /// Only items of this team.
    pub team: Option<String>,
    /// Only this item.
    pub task: Option<TaskNo>,
    /// What the people are taken to do.
    pub assume: Assume,
}

/// What is foreseen from now on, with the facts that give its parts their names.
pub async fn foresee(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    wish: &Wish,
) -> Result<(Found, Facts), Trouble> {
    let only = only(conn, wish).await?;
    let facts = facts::read(conn, now).await?;
    let span = (now, now.end_of(wish.until));
    let mut found = preview(&facts, &settings.policy, &settings.calendar, span, wish.assume);
    found.cards.retain(|card| card.at.date() >= wish.from);
    let found = only.of(found, &facts);
    Ok((found, facts))
}

async fn only(conn: &mut Connection, wish: &Wish) -> Result<Only, Trouble> {
    let mut only = Only { task: wish.task, ..Only::default() };
    if let Some(name) = &wish.post {
        let Some((post, title)) = people::post_by_name(conn, name).await? else {
            return Err(Trouble::refused(command::nobody_called(name)));
        };
        let holders = people::holders(conn, post).await?;
        if holders.is_empty() {
            return Err(Trouble::refused(command::nobody_on_post(&title)));
        }
        only.ears = Some(holders);
    }
    if let Some(name) = &wish.team {
        let Some((team, _)) = people::team_by_name(conn, name).await? else {
            return Err(Trouble::refused(command::nobody_called(name)));
        };
        only.team = Some(team);
    }
    Ok(only)
}

/// Foresees the next days.
pub struct Preview;

impl Command for Preview {
    fn name(&self) -> &'static str {
        "preview"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["预演"]
    }
    fn usage(&self) -> &'static str {
        "预演 [天数] [#编号] [岗位或工作组] [按期]"
    }
    fn help(&self) -> &'static str {
        "看今后几天会提醒谁、为什么"
    }
    fn example(&self) -> &'static str {
        "预演 14 财税组"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if call.chat.group && !call.chat.office {
                return Err(Trouble::refused(refusal::office_only_here()));
            }
            let wish = read(call, rest).await?;
            let (found, facts) = foresee(call.conn, call.settings, call.now, &wish).await?;
            let span = (wish.from, wish.until);
            Ok(Spoken::text(wording::preview::brief(&found, &facts, span, wish.assume, LINES)))
        })
    }
}

async fn read(call: &mut Call<'_>, rest: &str) -> Result<Wish, Trouble> {
    let today = call.now.today();
    let (post, team, task) = (None, None, None);
    let mut wish =
        Wish { from: today, until: today + Duration::days(DAYS), post, team, task, assume: Assume::Silence };
    for word in rest.split_whitespace() {
        if word == "按期" {
            wish.assume = Assume::DoneOnTime;
        } else if let Ok(days) = word.trim_end_matches('天').parse::<i64>() {
            wish.until = today + Duration::days(days.clamp(0, DAYS_MAX));
        } else if let Ok(task) = word.trim_start_matches('#').trim_end_matches('号').parse() {
            wish.task = Some(TaskNo(task));
        } else if people::team_by_name(call.conn, word).await?.is_some() {
            wish.team = Some(word.to_owned());
        } else {
            wish.post = Some(word.to_owned());
        }
    }
    Ok(wish)
}
