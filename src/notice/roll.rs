//! Names of a document looked up in the roster: full names, short names, aliases, and groups such as 各乡镇人民政府.

use crate::notice::file::Roster;
use crate::notice::naming::{plain, reads_as};

/// Likeness of two names above which one is proposed for the other.
const NEAR: f64 = 0.75;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    /// The unit with this code.
    Unit(&'a str),
    /// The group of this name.
    Group(&'a str),
}

/// A roster, by name.
#[derive(Debug)]
pub struct Roll<'a> {
    roster: &'a Roster,
}

impl<'a> Roll<'a> {
    /// A roster, by name.
    pub fn new(roster: &'a Roster) -> Roll<'a> {
        Roll { roster }
    }

    /// What a name stands for.
    pub fn find(&self, name: &str) -> Option<Named<'a>> {
        let name = plain(name);
        let unit = self.roster.units.iter().find(|unit| {
            let mut names = [&unit.name, &unit.short].into_iter().chain(&unit.aliases);
            names.any(|own| bare(&plain(own)) == bare(&name))
        });
        unit.map(|unit| Named::Unit(&unit.code)).or_else(|| self.group(&name))
    }

    /// The code of the team that a work group of the document is.
    pub fn team(&self, group: &str) -> Option<&'a str> {
        let core = |name: &str| {
            name.trim_end_matches('组').trim_end_matches("推进").trim_end_matches("工作").to_owned()
        };
        let team = self.roster.teams.iter().find(|team| {
            let (own, said) = (core(&plain(&team.name)), core(&plain(group)));
            own == said || own.contains(&said) || said.contains(&own)
        });
        team.map(|team| team.code.as_str())
    }

    /// The unit whose name looks most like this one.
    pub fn nearest(&self, name: &str) -> Option<&'a str> {
        let name = plain(name);
        let score = |own: &str| {
            if reads_as(&name, own) || reads_as(own, &name) { 1.0 } else { strsim::jaro_winkler(&name, own) }
        };
        let units = self.roster.units.iter().map(|unit| {
            let names = [&unit.name, &unit.short].into_iter().chain(&unit.aliases);
            (names.map(|own| score(&plain(own))).fold(0.0, f64::max), unit.name.as_str())
        });
        units.filter(|(score, _)| *score >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name)
    }

    /// 各乡(镇)政府 and 县直各部门 under whatever name the roster has for them.
    fn group(&self, name: &str) -> Option<Named<'a>> {
        if !name.contains('各') {
            return None;
        }
        let towns = |text: &str| text.contains(['乡', '镇']);
        let parts = |text: &str| text.contains("部门") || text.contains("单位") || text.contains("机构");
        let same =
            |own: &str| own == name || towns(own) && towns(name) || !towns(name) && parts(own) && parts(name);
        let group = self.roster.groups.iter().find(|group| same(&plain(&group.name)))?;
        Some(Named::Group(&group.name))
    }
}

/// A name without what counties leave away.
fn bare(name: &str) -> &str {
    name.strip_prefix('县').unwrap_or(name)
}
