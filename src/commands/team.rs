//! `team` (组): a work group at a glance. `remit` (分管): the units that a county leader is in charge of.

use chrono::Duration;
use futures::future::BoxFuture;

use crate::commands::{Call, Command, EVERYBODY, OFFICE, Outcome, READERS, Trouble, posts};
use crate::domain::brief::Scope;
use crate::domain::people::{Rank, Role};
use crate::rules::brief;
use crate::store::brief::{self as open, Whose};
use crate::store::{people, remits, teams};
use crate::wording::{Spoken, command, people as wording, refusal};

/// Words that take a remit away.
const NONE: [&str; 3] = ["无", "清空", "没有"];

/// Shows a work group.
pub struct Team;

impl Command for Team {
    fn name(&self) -> &'static str {
        "team"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["组"]
    }
    fn usage(&self) -> &'static str {
        "组 [工作组]"
    }
    fn help(&self) -> &'static str {
        "看工作组的组长、成员和在办事项"
    }
    fn example(&self) -> &'static str {
        "组 财税组"
    }
    fn who(&self) -> &'static [Role] {
        EVERYBODY
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let name = rest.trim();
            if name.is_empty() {
                return Ok(Spoken::text(wording::teams(&teams::all(call.conn).await?)));
            }
            let unknown = || Trouble::refused(command::nobody_called(name));
            let team = teams::called(call.conn, name).await?.ok_or_else(unknown)?;
            let whose = Whose { whole_teams: vec![team.id], ..Whose::default() };
            // Members see what their group does; outsiders see who is in it.
            let sees = call.asker.teams.contains(&team.id)
                || call.asker.roles.iter().any(|role| READERS.contains(role));
            let scope = if sees { Some(scope(call, &team.short, &whose).await?) } else { None };
            Ok(Spoken::text(wording::team(&team, scope.as_ref(), call.now.today())))
        })
    }
}

async fn scope(call: &mut Call<'_>, name: &str, whose: &Whose) -> Result<Scope, Trouble> {
    let items = open::items(call.conn, whose, false).await?;
    let closed = open::closed_since(call.conn, whose, call.now.at() - Duration::days(7)).await?;
    let brief = brief::draw_up(&items, &call.settings.calendar, call.now);
    Ok(Scope { name: name.to_owned(), closed, brief })
}

/// Sets and shows remits.
pub struct Remit;

impl Command for Remit {
    fn name(&self) -> &'static str {
        "remit"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["分管"]
    }
    fn usage(&self) -> &'static str {
        "分管 [县领导岗位 单位…]"
    }
    fn help(&self) -> &'static str {
        "定县领导分管哪些单位(战线),每周发一张只读汇总;不写看已定的"
    }
    fn example(&self) -> &'static str {
        "分管 县长 县财政局 县审计局"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if rest.trim().is_empty() {
                return Ok(Spoken::text(wording::remits(&remits::all(call.conn).await?)));
            }
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let (post, rest) = posts::take(call, rest).await?.ok_or_else(usage)?;
            if post.rank != Rank::County {
                return Err(Trouble::refused(wording::remit_of_county_only(&post.title)));
            }
            let names: Vec<&str> = rest
                .split(|c: char| c.is_whitespace() || ",、;".contains(c))
                .filter(|name| !name.is_empty())
                .collect();
            let (mut units, mut shown) = (Vec::new(), Vec::new());
            for name in names.iter().filter(|name| !NONE.contains(*name)) {
                let unit = people::unit_by_name(call.conn, name).await?;
                let unit = unit.ok_or_else(|| Trouble::refused(command::nobody_called(name)))?;
                units.push(unit.id);
                shown.push(unit.short);
            }
            if names.is_empty() {
                return Err(usage());
            }
            remits::set(call.conn, post.id, &units, call.cause).await?;
            Ok(Spoken::text(wording::remit_set(&post.title, &shown)))
        })
    }
}
