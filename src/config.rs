//! The settings: `config/duban.toml`, checked as a whole, so that every mistake is told at once with file, line, key and
//! what would be right.

use std::fmt;
use std::path::{Path, PathBuf};

use chrono::NaiveTime;
use chrono_tz::Tz;
use serde::Deserialize;
use toml::Spanned;

use crate::domain::period::Cadence;
use crate::domain::workdays::{Shift, Workdays};
use crate::rules::policy::{Policy, Round};
use crate::rules::timing::Timing;

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
    /// Where the room listens.
    pub listen: String,
    /// Whether Telegram is wanted.
    pub telegram: bool,
    /// Its token, where the file has one.
    pub telegram_token: Option<String>,
    /// Another Bot API server.
    pub telegram_api_url: Option<String>,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    zone: Spanned<String>,
    database: PathBuf,
    holidays: Spanned<PathBuf>,
    speak: Speak,
    nudge: Nudge,
    ladder: Ladder,
    round: Vec<RoundText>,
    web: Web,
    telegram: TelegramText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speak {
    card_at: Spanned<String>,
    from: Spanned<String>,
    until: Spanned<String>,
    cards_a_day: Spanned<u32>,
    review_minutes: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nudge {
    before: Spanned<Vec<u8>>,
    after: Spanned<Vec<u8>>,
    fresh: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ladder {
    head: u8,
    office: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundText {
    every: Spanned<Cadence>,
    opens: Spanned<String>,
    due: Spanned<String>,
    #[serde(default)]
    shift: Shift,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Web {
    listen: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TelegramText {
    enabled: bool,
    token: Option<String>,
    api_url: Option<String>,
}

/// Reads the settings of `path`; where there is no such file, those this build was shipped with.
pub fn load(path: &Path) -> Result<Settings, Mistakes> {
    let name = path.display().to_string();
    match std::fs::read_to_string(path) {
        Ok(text) => read(&text, &name, Some(path)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => read(DEFAULTS, "(built in)", None),
        Err(error) => Err(one(&name, 0, "", &format!("cannot be read: {error}"))),
    }
}

/// The settings this build was shipped with, for the demo.
pub fn shipped() -> Settings {
    read(DEFAULTS, "(built in)", None).expect("the shipped settings are checked by a test")
}

/// Reads settings over the shipped ones: a file needs to hold only what differs.
fn read(text: &str, name: &str, path: Option<&Path>) -> Result<Settings, Mistakes> {
    let own: toml::Table = text.parse().map_err(|error| syntax(&error, text, name))?;
    let merged;
    let text = if path.is_some() {
        let mut base: toml::Table = DEFAULTS.parse().expect("the shipped settings are checked by a test");
        let complete =
            own.keys().all(|key| base.contains_key(key)) && base.keys().all(|key| own.contains_key(key));
        if complete {
            text
        } else {
            overlay(&mut base, own);
            merged = toml::to_string(&base).unwrap_or_default();
            &merged
        }
    } else {
        text
    };
    let file: File = toml::from_str(text).map_err(|error| syntax(&error, text, name))?;
    let mut check = Check { text, name, found: Vec::new() };
    let settings = check.settings(file, path);
    if check.found.is_empty() { Ok(settings) } else { Err(Mistakes(check.found)) }
}

fn overlay(base: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(toml::Value::Table(base)), toml::Value::Table(over)) => overlay(base, over),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

fn one(file: &str, line: usize, key: &str, what: &str) -> Mistakes {
    Mistakes(vec![Mistake { file: file.to_owned(), line, key: key.to_owned(), what: what.to_owned() }])
}

fn syntax(error: &toml::de::Error, text: &str, name: &str) -> Mistakes {
    let line = error.span().map_or(0, |span| line_of(text, span.start));
    one(name, line, "toml", error.message())
}

fn line_of(text: &str, offset: usize) -> usize {
    text.get(..offset).unwrap_or(text).matches('\n').count() + 1
}

/// Collects mistakes instead of stopping at the first.
struct Check<'a> {
    text: &'a str,
    name: &'a str,
    found: Vec<Mistake>,
}

impl Check<'_> {
    fn mistake<T>(&mut self, at: &Spanned<T>, key: &str, what: impl Into<String>) {
        let line = line_of(self.text, at.span().start);
        self.found.push(Mistake { file: self.name.to_owned(), line, key: key.to_owned(), what: what.into() });
    }

    fn settings(&mut self, file: File, path: Option<&Path>) -> Settings {
        let zone = file.zone.get_ref().parse().unwrap_or_else(|_| {
            self.mistake(&file.zone, "zone", "is no time zone; write for example \"Asia/Shanghai\"");
            Tz::UTC
        });
        let calendar = self.calendar(&file.holidays, path);
        let policy = self.policy(&file);
        Settings {
            zone,
            calendar,
            policy,
            database: file.database,
            listen: file.web.listen,
            telegram: file.telegram.enabled,
            telegram_token: file.telegram.token,
            telegram_api_url: file.telegram.api_url,
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
        if *file.speak.cards_a_day.get_ref() == 0 {
            self.mistake(
                &file.speak.cards_a_day,
                "speak.cards_a_day",
                "must be at least 1, or nobody ever hears anything",
            );
        }
        if !file.nudge.before.get_ref().is_sorted_by(|a, b| a > b) {
            self.mistake(&file.nudge.before, "nudge.before", "must go down, for example [7, 3, 1]");
        }
        if !file.nudge.after.get_ref().is_sorted_by(|a, b| a < b) {
            self.mistake(&file.nudge.after, "nudge.after", "must go up, for example [1, 3]");
        }
        Policy {
            card_at,
            speak_from,
            speak_until,
            cards_a_day: *file.speak.cards_a_day.get_ref(),
            before: file.nudge.before.get_ref().clone(),
            after: file.nudge.after.get_ref().clone(),
            grace_head: file.ladder.head,
            grace_office: file.ladder.office,
            fresh_workdays: file.nudge.fresh,
            review_minutes: file.speak.review_minutes,
            rounds: self.rounds(&file.round),
        }
    }

    fn time(&mut self, at: &Spanned<String>, key: &str) -> NaiveTime {
        NaiveTime::parse_from_str(at.get_ref(), "%H:%M").unwrap_or_else(|_| {
            self.mistake(at, key, "is no time of day; write for example \"09:00\"");
            NaiveTime::MIN
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
                Ok(timing) => rounds.push(Round { cadence, timing }),
                Err(error) => self.mistake(&text.opens, "round.opens/due", error.to_string()),
            }
        }
        rounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_settings_are_right() {
        let settings = shipped();
        assert_eq!(settings.policy.rounds.len(), 5);
        assert_eq!(settings.zone, chrono_tz::Asia::Shanghai);
    }

    #[test]
    fn every_mistake_is_told_at_once_with_its_line() {
        let text = DEFAULTS
            .replace("Asia/Shanghai", "Mars/Olympus")
            .replace("[7, 3, 1]", "[1, 3]")
            .replace("0 0 9 * * Mon", "0 0 9 * * 1");
        let mistakes = read(&text, "duban.toml", None).expect_err("three mistakes").0;
        let keys: Vec<_> = mistakes.iter().map(|mistake| mistake.key.as_str()).collect();
        assert_eq!(keys, ["zone", "nudge.before", "round.opens/due"]);
        for mistake in &mistakes {
            let line = text.lines().nth(mistake.line - 1).expect("the line is there");
            let word = mistake.key.rsplit('.').next().expect("a key");
            assert!(
                line.contains(word.split('/').next().expect("a word")),
                "{mistake:?} does not point at its line: {line}"
            );
        }
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let mistakes = read(&DEFAULTS.replace("cards_a_day", "cards_per_day"), "duban.toml", None)
            .expect_err("a mistake");
        assert!(mistakes.to_string().contains("cards_per_day"), "{mistakes}");
    }

    #[test]
    fn a_file_needs_to_hold_only_what_differs() {
        let dir = tempfile::tempdir().expect("a folder");
        let holidays = dir.path().join("days.toml");
        std::fs::write(&holidays, HOLIDAYS).expect("a file");
        let path = dir.path().join("duban.toml");
        std::fs::write(&path, format!("holidays = {holidays:?}\n[web]\nlisten = \"127.0.0.1:9\"\n"))
            .expect("a file");
        let settings = load(&path).expect("settings");
        assert_eq!((settings.listen.as_str(), settings.policy.rounds.len()), ("127.0.0.1:9", 5));
    }
}
