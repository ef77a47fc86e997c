//! The settings: `config/duban.toml`, checked as a whole, so that every mistake is told at once with file, line, key and
//! what would be right.

mod file;
mod limits;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::evidence::Limits;
use crate::domain::period::Cadence;
use crate::domain::workdays::{Shift, Workdays};
use crate::rules::policy::{Files, Policy, Round};
use crate::rules::timing::Timing;
use file::{File, RoundText};
pub use limits::Speed;

/// The settings this build was shipped with.
pub const DEFAULTS: &str = include_str!("../config/duban.toml");
/// The holiday table this build was shipped with.
pub const HOLIDAYS: &str = include_str!("../config/holidays.toml");

/// Checked settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The office's time zone.
    pub zone: Tz,
    /// The workdays.
    pub calendar: Workdays,
    /// How the office wants to be spoken for.
    pub policy: Policy,
    /// Where the database lies.
    pub database: PathBuf,
    /// Where files lie that came with reports.
    pub files: PathBuf,
    /// Where the key of sealed telephone numbers lies, outside the database.
    pub phone_key: PathBuf,
    /// Which of them are taken.
    pub evidence: Limits,
    /// How long the words of what came in are kept after they were heard; `None` for good.
    pub keep: Option<TimeDelta>,
    /// Where layout, templates, weights and boards lie.
    pub papers: PathBuf,
    /// Where the room listens.
    pub listen: String,
    /// How long a session in the browser lasts.
    pub session: TimeDelta,
    /// The address of the room's page as people reach it, for links on invitations.
    pub address: Option<String>,
    /// What whoever asks for `/metrics` from another machine has to show.
    pub metrics_token: Option<String>,
    /// Whether Telegram is wanted.
    pub telegram: bool,
    /// Its token, where the file has one.
    pub telegram_token: Option<String>,
    /// The bot's name there, without the @, for links on invitations.
    pub telegram_name: Option<String>,
    /// Another Bot API server.
    pub telegram_api_url: Option<String>,
    /// How fast it may be spoken on.
    pub telegram_speed: Speed,
}

/// One mistake in a file of settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file.
    pub file: String,
    /// The line, counted from 1; 0 where it is not known.
    pub line: usize,
    /// The key, `round.opens`.
    pub key: String,
    /// What is wrong and what would be right.
    pub what: String,
}

/// Everything that is wrong with the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the settings have {} mistake(s):", self.0.len())?;
        for Mistake { file, line, key, what } in &self.0 {
            writeln!(f, "  {file}:{line}: {key}: {what}")?;
        }
        Ok(())
    }
}

/// Where the settings lie if nothing else is said. That file may be missing.
pub const USUAL: &str = "config/duban.toml";
/// The end of the week for which an agenda is drawn up.
const AGENDA_UNTIL: &str = "last_workday 23:59";
/// What the settings this build was shipped with are called.
const BUILT_IN: &str = "(built in)";

/// Reads the settings of `path`; where [`USUAL`] is missing, those this build was shipped with.
pub fn load(path: &Path) -> Result<Settings, Mistakes> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => read(&text, &name, Some(path)),
        Err(error) if error.kind() == ErrorKind::NotFound && path == Path::new(USUAL) => Ok(shipped()),
        Err(error) => Err(one(&name, 0, "", &format!("cannot be read: {error}"))),
    }
}

/// The settings this build was shipped with, for the demo.
pub fn shipped() -> Settings {
    read(DEFAULTS, BUILT_IN, None).expect("the shipped settings are checked by a test")
}

/// Reads settings over the shipped ones: a file needs to hold only what differs. Both are read as one text, the shipped
/// one last, so that a mistake points at the file and line where the value stands.
fn read(text: &str, name: &str, path: Option<&Path>) -> Result<Settings, Mistakes> {
    let all = Texts { own: text, name };
    let shipped = format!("{}\n{DEFAULTS}", " ".repeat(text.len()));
    let own = DeTable::parse(text).map_err(|error| all.syntax(&error))?;
    let mut table = DeTable::parse(&shipped).expect("the shipped settings are checked by a test");
    overlay(table.get_mut(), own.into_inner());
    let file = File::deserialize(toml::Deserializer::from(table)).map_err(|error| all.syntax(&error))?;
    let mut check = Check { all, found: Vec::new() };
    let settings = check.settings(file, path);
    if check.found.is_empty() { Ok(settings) } else { Err(Mistakes(check.found)) }
}

fn overlay<'a>(base: &mut DeTable<'a>, over: DeTable<'a>) {
    for (key, value) in over {
        let (span, value) = (value.span(), value.into_inner());
        match (base.get_mut(key.get_ref().as_ref()).map(Spanned::get_mut), value) {
            (Some(DeValue::Table(base)), DeValue::Table(over)) => overlay(base, over),
            (_, value) => {
                base.insert(key, Spanned::new(span, value));
            }
        }
    }
}

/// The office's text, and behind it the shipped one.
#[derive(Clone, Copy)]
struct Texts<'a> {
    own: &'a str,
    name: &'a str,
}

impl Texts<'_> {
    /// File and line of a place in the two.
    fn place(&self, offset: usize) -> (&str, usize) {
        match offset.checked_sub(self.own.len() + 1) {
            Some(offset) => (BUILT_IN, line_of(DEFAULTS, offset)),
            None => (self.name, line_of(self.own, offset)),
        }
    }

    fn syntax(&self, error: &toml::de::Error) -> Mistakes {
        let (file, line) = error.span().map_or((self.name, 0), |span| self.place(span.start));
        one(file, line, "toml", error.message())
    }
}

fn one(file: &str, line: usize, key: &str, what: &str) -> Mistakes {
    Mistakes(vec![Mistake { file: file.to_owned(), line, key: key.to_owned(), what: what.to_owned() }])
}

fn line_of(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or(text).matches('\n').count() + 1
}

/// Collects mistakes instead of stopping at the first.
struct Check<'a> {
    all: Texts<'a>,
    found: Vec<Mistake>,
}

impl Check<'_> {
    fn mistake<T>(&mut self, at: &Spanned<T>, key: &str, what: impl Into<String>) {
        let (file, line) = self.all.place(at.span().start);
        self.found.push(Mistake { file: file.to_owned(), line, key: key.to_owned(), what: what.into() });
    }

    fn settings(&mut self, file: File, path: Option<&Path>) -> Settings {
        let zone = file.zone.get_ref().parse().unwrap_or_else(|_| {
            self.mistake(&file.zone, "zone", "is no time zone; write for example \"Asia/Shanghai\"");
            Tz::UTC
        });
        let calendar = self.calendar(&file.holidays, path);
        let policy = self.policy(&file);
        let evidence = self.evidence(&file.evidence);
        let keep = self.keep(&file.keep.inbox_days);
        let telegram_speed = self.speed(&file.telegram);
        Settings {
            zone,
            calendar,
            policy,
            database: file.database,
            files: file.files,
            phone_key: file.phone_key,
            papers: file.papers,
            evidence,
            keep,
            listen: file.web.listen,
            session: TimeDelta::days(file.web.session_days.into()),
            address: file.web.address,
            metrics_token: file.web.metrics_token.filter(|token| !token.trim().is_empty()),
            telegram: file.telegram.enabled,
            telegram_token: file.telegram.token,
            telegram_name: file.telegram.name.map(|name| name.trim_start_matches('@').to_owned()),
            telegram_api_url: file.telegram.api_url,
            telegram_speed,
        }
    }

    fn calendar(&mut self, at: &Spanned<PathBuf>, path: Option<&Path>) -> Workdays {
        let empty = || Workdays::new([], []);
        let text = match path {
            None => HOLIDAYS.to_owned(),
            Some(_) => match std::fs::read_to_string(at.get_ref()) {
                Ok(text) => text,
                Err(error) => {
                    let file = at.get_ref().display();
                    self.mistake(at, "holidays", format!("{file} cannot be read: {error}"));
                    return empty();
                }
            },
        };
        Workdays::from_toml(&text).unwrap_or_else(|error| {
            self.mistake(at, "holidays", format!("{}: {error}", at.get_ref().display()));
            empty()
        })
    }

    fn policy(&mut self, file: &File) -> Policy {
        let card_at = self.time(&file.speak.card_at, "speak.card_at");
        let speak_from = self.time(&file.speak.from, "speak.from");
        let speak_until = self.time(&file.speak.until, "speak.until");
        if !(speak_from <= card_at && card_at < speak_until) {
            self.mistake(&file.speak.card_at, "speak.card_at", "must lie between speak.from and speak.until");
        }
        let self_check = (!file.speak.self_check.get_ref().is_empty())
            .then(|| self.time(&file.speak.self_check, "speak.self_check"));
        if self_check.is_some_and(|at| at < speak_from || at >= speak_until) {
            let right = "must lie between speak.from and speak.until, or be \"\" for never";
            self.mistake(&file.speak.self_check, "speak.self_check", right);
        }
        for (at, key) in [
            (&file.speak.cards_a_day, "speak.cards_a_day"),
            (&file.speak.group_cards_a_day, "speak.group_cards_a_day"),
        ] {
            if *at.get_ref() == 0 {
                self.mistake(at, key, "must be at least 1, or nobody ever hears anything");
            }
        }
        if !file.nudge.before.get_ref().is_sorted_by(|a, b| a > b) {
            self.mistake(&file.nudge.before, "nudge.before", "must go down, for example [7, 3, 1]");
        }
        if !file.nudge.after.get_ref().is_sorted_by(|a, b| a < b) {
            self.mistake(&file.nudge.after, "nudge.after", "must go up, for example [1, 3]");
        }
        let months = &file.quota.months;
        if !months.get_ref().iter().all(|month| (1..=12).contains(month)) {
            self.mistake(months, "quota.months", "must be months from 1 to 12, for example [6, 9, 11]");
        }
        Policy {
            card_at,
            speak_from,
            speak_until,
            self_check,
            cards_a_day: *file.speak.cards_a_day.get_ref(),
            group_cards_a_day: *file.speak.group_cards_a_day.get_ref(),
            before: file.nudge.before.get_ref().clone(),
            after: file.nudge.after.get_ref().clone(),
            grace_head: file.ladder.head,
            grace_office: file.ladder.office,
            grace_above: file.ladder.above,
            fresh_workdays: file.nudge.fresh,
            silent_workdays: file.nudge.silent,
            review_minutes: file.speak.review_minutes,
            confirmed: file.speak.leader_confirms,
            agenda: self.agenda(&file.agenda.opens),
            agenda_days: file.agenda.days,
            quota_months: months.get_ref().clone(),
            rounds: self.rounds(&file.round),
        }
    }

    fn time(&mut self, at: &Spanned<String>, key: &str) -> NaiveTime {
        NaiveTime::parse_from_str(at.get_ref(), "%H:%M").unwrap_or_else(|_| {
            self.mistake(at, key, "is no time of day; write for example \"09:00\"");
            NaiveTime::MIN
        })
    }

    fn agenda(&mut self, at: &Spanned<String>) -> Timing {
        let of = |opens: &str| {
            let timing = Timing::new(opens, AGENDA_UNTIL, Shift::Before)?;
            timing.check(Cadence::Week).map(|()| timing)
        };
        of(at.get_ref()).unwrap_or_else(|error| {
            self.mistake(at, "agenda.opens", error.to_string());
            of("first_workday 09:00").expect("every week has a first workday")
        })
    }

    fn rounds(&mut self, texts: &[RoundText]) -> Vec<Round> {
        let mut rounds: Vec<Round> = Vec::new();
        for text in texts {
            let cadence = *text.every.get_ref();
            if rounds.iter().any(|round| round.cadence == cadence) {
                self.mistake(&text.every, "round.every", format!("{} stands there twice", cadence.as_str()));
            }
            let timing = Timing::new(text.opens.get_ref(), text.due.get_ref(), text.shift);
            match timing.and_then(|timing| timing.check(cadence).map(|()| timing)) {
                Ok(timing) => {
                    let files = text.files.unwrap_or(Files::Responsible);
                    rounds.push(Round { cadence, timing, files, summary: text.summary });
                }
                Err(error) => self.mistake(&text.opens, "round.opens/due", error.to_string()),
            }
        }
        rounds
    }
}
