//! Rows into a roster: units under their codes, posts with their rank, teams with their posts.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{code, letters, spelled};
use super::kinds::{by_name, by_role, by_title, default_title, kind};
use super::{Finding, Read, Row};
use crate::domain::people::{Rank, UnitKind};
use crate::notice::file::{Group, Post, Roster, Team, Unit};
use crate::notice::naming::reads_as;
use crate::notice::roll::{Named, Roll};

/// Groups that a notice speaks of, with the kinds of their units.
const GROUPS: [(&str, &[UnitKind]); 2] =
    [("各乡镇", &[UnitKind::Township]), ("县直各部门", &[UnitKind::Office, UnitKind::Department])];

/// A roster that is being made, over what is known.
struct Making {
    read: Read,
    /// Names on every post, for those that are doubled; never kept.
    names: BTreeMap<String, Vec<String>>,
}

pub(super) fn build(rows: &[Row], known: &Roster) -> Read {
    let read = Read {
        roster: known.clone(),
        units: Vec::new(),
        posts: Vec::new(),
        new: Vec::new(),
        findings: Vec::new(),
    };
    let mut making = Making { read, names: BTreeMap::new() };
    // Every unit first: its short name, which the titles of its posts open with, may stand in a later row.
    let units: Vec<Option<String>> = rows.iter().map(|row| making.named(row)).collect();
    for (row, unit) in rows.iter().zip(&units) {
        let Some(unit) = unit else { continue };
        for post in making.posts(row, unit) {
            for team in &row.teams {
                making.sit(team, &post, row, !known.teams.is_empty());
            }
        }
    }
    making.office();
    making.groups();
    making.look();
    making.read
}

impl Making {
    /// The code of the unit of a row, if it names one.
    fn named(&mut self, row: &Row) -> Option<String> {
        // 各乡镇 names nobody in particular.
        if row.unit.is_empty() || row.unit.starts_with('各') {
            self.read.findings.push(Finding::NoUnit { place: row.place.clone() });
            return None;
        }
        Some(self.unit(row))
    }

    /// The code of the unit of a row; new where nobody knows it.
    fn unit(&mut self, row: &Row) -> String {
        let kind = kind(&row.kind);
        if let (None, false) = (kind, row.kind.is_empty()) {
            self.read.findings.push(Finding::UnknownKind { unit: row.unit.clone(), words: row.kind.clone() });
        }
        let found = match Roll::new(&self.read.roster).find(&row.unit) {
            Some(Named::Unit(code)) => Some(code.to_owned()),
            _ => None,
        };
        let code = found.unwrap_or_else(|| {
            let is_free = !row.short.is_empty() && !self.names_besides("").contains(&row.short);
            let short = if is_free { &row.short } else { &row.unit };
            let taken = self.read.roster.units.iter().map(|unit| unit.code.clone()).collect();
            let code = code(short, &taken);
            self.read.roster.units.push(Unit {
                code: code.clone(),
                name: row.unit.clone(),
                short: short.clone(),
                aliases: Vec::new(),
                kind: by_name(&row.unit),
                chase: None,
                sample: false,
            });
            self.read.new.push(code.clone());
            code
        });
        let (free, taken): (Vec<String>, Vec<String>) =
            row.aliases.iter().cloned().partition(|alias| match Roll::new(&self.read.roster).find(alias) {
                Some(Named::Unit(other)) => other == code,
                _ => true,
            });
        let others = self.names_besides(&code);
        let short_taken = others.contains(&row.short).then(|| row.short.clone());
        for alias in taken.into_iter().chain(short_taken) {
            self.read.findings.push(Finding::AliasTaken { unit: row.unit.clone(), alias });
        }
        if let Some(unit) = self.read.roster.units.iter_mut().find(|unit| unit.code == code) {
            unit.sample = false;
            unit.kind = kind.unwrap_or(unit.kind);
            let mut more: Vec<String> = free;
            if !row.short.is_empty() && row.short != unit.short && !others.contains(&row.short) {
                more.push(std::mem::replace(&mut unit.short, row.short.clone()));
            }
            more.push(row.unit.clone());
            // A name that another unit has by itself tells the two apart no more.
            for name in more.into_iter().filter(|name| !others.contains(name)) {
                learn(unit, name);
            }
        }
        if !self.read.units.contains(&code) {
            self.read.units.push(code.clone());
        }
        code
    }

    /// Every name of the other units.
    fn names_besides(&self, code: &str) -> BTreeSet<String> {
        let others = self.read.roster.units.iter().filter(|unit| unit.code != code);
        others.flat_map(|unit| [&unit.name, &unit.short].into_iter().chain(&unit.aliases)).cloned().collect()
    }

    /// The codes of the posts that a row names.
    fn posts(&mut self, row: &Row, unit: &str) -> Vec<String> {
        let mut found = Vec::new();
        let own = !row.post.is_empty() || row.person.is_some() || !row.role.is_empty();
        if own && (row.liaison.is_none() || !row.post.is_empty() || row.person.is_some()) {
            let title =
                if row.post.is_empty() { default_title(&row.role).to_owned() } else { row.post.clone() };
            let rank = by_role(&row.role).unwrap_or_else(|| by_title(&title, row.post.is_empty()));
            found.push(self.post(unit, (&title, rank), row.person.as_deref()));
        }
        if let Some(name) = &row.liaison {
            self.post(unit, ("联络员", Rank::Liaison), Some(name));
        }
        found
    }

    /// The code of a post; new where nobody knows it.
    fn post(&mut self, unit: &str, (title, rank): (&str, Rank), person: Option<&str>) -> String {
        let names = self.read.roster.units.iter().find(|one| one.code == unit).map(|unit| {
            [&unit.short, &unit.name].into_iter().chain(&unit.aliases).cloned().collect::<Vec<String>>()
        });
        let names = names.unwrap_or_default();
        let short = names.first().map(String::as_str).unwrap_or_default();
        let full = if title.starts_with(short) { title.to_owned() } else { format!("{short}{title}") };
        let single = matches!(rank, Rank::Head | Rank::Liaison);
        let posts = &self.read.roster.posts;
        let mut own = posts.iter().filter(|post| post.unit == unit);
        // The title may open with a name that the unit had before.
        let is_same = |post: &&Post| {
            post.title == full
                || post.title.strip_suffix(title).is_some_and(|opens| names.iter().any(|name| name == opens))
        };
        let same = own.clone().find(is_same).or_else(|| {
            own.find(|post| single && post.rank == rank && !self.read.posts.contains(&post.code))
        });
        let code = same.map(|post| post.code.clone());
        let code = code.unwrap_or_else(|| {
            let taken: BTreeSet<String> = posts.iter().map(|post| post.code.clone()).collect();
            let plain = format!("{unit}.{}", rank.as_str());
            let letters = format!("{unit}.{}", letters(&full).concat());
            if single && !taken.contains(&plain) { plain } else { spelled(&letters, &full, &taken) }
        });
        let vacant = person.is_some_and(str::is_empty);
        let index = self.read.roster.posts.iter().position(|post| post.code == code);
        let seen = self.read.posts.contains(&code);
        if let Some(post) = index.map(|at| &mut self.read.roster.posts[at]) {
            // Of several rows for one post, one with a name is enough; a table without names says nothing about it.
            let was = person.is_none() || seen;
            post.vacant = if was { post.vacant && (vacant || person.is_none()) } else { vacant };
            (post.title, post.rank, post.sample) = (full, rank, false);
        } else {
            let (unit, code) = (unit.to_owned(), code.clone());
            self.read.new.push(code.clone());
            self.read.roster.posts.push(Post { code, unit, title: full, rank, vacant, sample: false });
        }
        if !seen {
            self.read.posts.push(code.clone());
        }
        if let Some(name) = person.filter(|name| !name.is_empty()) {
            self.names.entry(code.clone()).or_default().push(name.split_whitespace().collect());
        }
        code
    }

    /// Puts a post into a team.
    fn sit(&mut self, name: &str, post: &str, row: &Row, teams_known: bool) {
        let head = row.role.contains("组长") && !row.role.contains('副');
        let found = Roll::new(&self.read.roster).team(name).map(str::to_owned);
        let code = found.unwrap_or_else(|| {
            let taken = self.read.roster.teams.iter().map(|team| team.code.clone()).collect();
            let code = code(name, &taken);
            self.read.roster.teams.push(Team {
                code: code.clone(),
                name: name.to_owned(),
                short: name.to_owned(),
                head: None,
                deputies: Vec::new(),
            });
            if teams_known {
                self.read.findings.push(Finding::NewTeam { team: name.to_owned() });
            }
            code
        });
        let liaison = self.read.roster.posts.iter().any(|one| one.code == post && one.rank == Rank::Liaison);
        if let Some(team) = self.read.roster.teams.iter_mut().find(|team| team.code == code) {
            if head {
                team.head = Some(post.to_owned());
            } else if !liaison && !team.deputies.iter().any(|one| one == post) {
                team.deputies.push(post.to_owned());
            }
        }
    }

    /// Which unit runs the supervision.
    fn office(&mut self) {
        let roster = &mut self.read.roster;
        if roster.units.iter().any(|unit| unit.code == roster.office) {
            return;
        }
        let office = roster.units.iter().find(|unit| unit.kind == UnitKind::Office);
        if office.is_none() {
            self.read.findings.push(Finding::NoOffice);
        }
        roster.office = office.or(roster.units.first()).map(|unit| unit.code.clone()).unwrap_or_default();
    }

    /// 各乡镇 and 县直各部门 are whoever is of that kind; who was in it stays in it.
    fn groups(&mut self) {
        let roster = &mut self.read.roster;
        for (name, kinds) in GROUPS {
            let own: Vec<String> = self.read.units.clone();
            let of_kind = roster
                .units
                .iter()
                .filter(|unit| kinds.contains(&unit.kind) && own.contains(&unit.code))
                .map(|unit| unit.code.clone());
            let units: Vec<String> = of_kind.collect();
            let at = roster.groups.iter().position(|group| group.name == name);
            match at {
                Some(at) => {
                    let group = &mut roster.groups[at];
                    let more: Vec<String> =
                        units.into_iter().filter(|code| !group.units.contains(code)).collect();
                    group.units.extend(more);
                }
                None if !units.is_empty() => roster.groups.push(Group { name: name.to_owned(), units }),
                None => {}
            }
        }
    }

    /// What the office has to look at.
    fn look(&mut self) {
        let roster = &self.read.roster;
        let title = |code: &String| {
            roster
                .posts
                .iter()
                .find(|post| post.code == *code)
                .map(|post| post.title.clone())
                .unwrap_or_default()
        };
        let mut found = Vec::new();
        let vacant = self
            .read
            .posts
            .iter()
            .filter(|code| roster.posts.iter().any(|post| post.code == **code && post.vacant));
        found.extend(vacant.map(|code| Finding::Vacant { post: title(code) }));
        let mut held: BTreeMap<&String, Vec<String>> = BTreeMap::new();
        for (code, names) in &self.names {
            let several: BTreeSet<&String> = names.iter().collect();
            if several.len() > 1 {
                found.push(Finding::Shared { post: title(code), persons: several.len() });
            }
            for name in several {
                held.entry(name).or_default().push(title(code));
            }
        }
        let doubled = held.into_iter().filter(|(_, posts)| posts.len() > 1);
        found.extend(doubled.map(|(name, posts)| Finding::Doubled { name: name.clone(), posts }));
        let named: Vec<&Unit> =
            roster.units.iter().filter(|unit| self.read.units.contains(&unit.code)).collect();
        for (at, unit) in named.iter().enumerate() {
            if !roster.posts.iter().any(|post| post.unit == unit.code) {
                found.push(Finding::NoPost { unit: unit.name.clone() });
            }
            for other in named.iter().skip(at + 1) {
                let alike = reads_as(&unit.name, &other.name) || reads_as(&other.name, &unit.name);
                if alike || unit.short == other.short {
                    let (unit, other) = (unit.name.clone(), other.name.clone());
                    found.push(Finding::LooksLike { unit, other });
                }
            }
        }
        self.read.findings.append(&mut found);
    }
}

/// Another name of a unit.
fn learn(unit: &mut Unit, alias: String) {
    let known = alias == unit.name || alias == unit.short || unit.aliases.contains(&alias);
    if !known && !alias.is_empty() {
        unit.aliases.push(alias);
    }
}
