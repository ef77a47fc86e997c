//! Reads the holiday table (`config/holidays.toml`), and says of every mistake where it stands and what would be right.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use toml::Spanned;

use super::{DayKind, SpecialDay, Workdays, is_weekend};

/// Days in the longest range that is taken for a holiday; more is a slip of the pen.
const LONGEST_HOLIDAY: i64 = 31;

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    year: BTreeMap<String, Spanned<Year>>,
}

/// One notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Year {
    notice: Option<String>,
    #[serde(default)]
    off: Vec<Spanned<String>>,
    #[serde(default)]
    work: Vec<Spanned<String>>,
}

/// Reads the whole table, or lists everything that is wrong with it.
pub(super) fn read(text: &str) -> Result<Workdays, TableError> {
    // 1. The shape, where the parser stops at the first mistake.
    let table: Table = toml::from_str(text).map_err(|error| {
        let line = line_at(text, error.span().map_or(0, |span| span.start));
        let fault = Fault::Toml(error.message().to_owned());
        TableError(vec![Problem { line, key: key_at(text, line), fault }])
    })?;

    // 2. The entries, all of them.
    let mut reader = Reader { text, days: BTreeMap::new(), problems: Vec::new() };
    let mut covered = Vec::new();
    for (name, section) in &table.year {
        match name.parse() {
            Ok(year @ 1949..=2200) => {
                covered.push(year);
                reader.section(year, section.get_ref());
            }
            _ => reader.complain(section.span().start, format!("year.{name}"), Fault::Year),
        }
    }

    // 3. In the order of the file, as its author will mend it.
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.line);
    if problems.is_empty() {
        Ok(Workdays::new(reader.days.into_values(), covered))
    } else {
        Err(TableError(problems))
    }
}

struct Reader<'a> {
    text: &'a str,
    days: BTreeMap<NaiveDate, SpecialDay>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn section(&mut self, year: i32, section: &Year) {
        for (kind, key, entries) in
            [(DayKind::Off, "off", &section.off), (DayKind::Work, "work", &section.work)]
        {
            for entry in entries {
                let notice = section.notice.as_deref();
                if let Err(fault) = self.entry(year, kind, entry.get_ref(), notice) {
                    self.complain(entry.span().start, format!("year.{year}.{key}"), fault);
                }
            }
        }
    }

    /// Reads `2022-10-01..2022-10-07 国庆节` into its days.
    fn entry(&mut self, year: i32, kind: DayKind, entry: &str, notice: Option<&str>) -> Result<(), Fault> {
        let (first, last, name) = split(entry).ok_or_else(|| Fault::Entry(entry.to_owned()))?;
        if last < first || (last - first).num_days() >= LONGEST_HOLIDAY {
            return Err(Fault::Range(first, last));
        }
        for date in first.iter_days().take_while(|date| *date <= last) {
            if !belongs_to(date, year) {
                return Err(Fault::Elsewhere(date));
            }
            if kind == DayKind::Work && !is_weekend(date) {
                return Err(Fault::NoWeekend(date));
            }
            let day = SpecialDay { date, kind, name: name.to_owned(), notice: notice.map(str::to_owned) };
            if self.days.insert(date, day).is_some() {
                return Err(Fault::Twice(date));
            }
        }
        Ok(())
    }

    fn complain(&mut self, offset: usize, key: String, fault: Fault) {
        self.problems.push(Problem { line: line_at(self.text, offset), key, fault });
    }
}

/// First day, last day and name of an entry.
fn split(entry: &str) -> Option<(NaiveDate, NaiveDate, &str)> {
    let (days, name) = entry.trim().split_once(char::is_whitespace)?;
    let (first, last) = days.split_once("..").unwrap_or((days, days));
    Some((first.parse().ok()?, last.parse().ok()?, name.trim()))
}

/// A notice arranges its own year, the December before it and the January after it.
fn belongs_to(date: NaiveDate, year: i32) -> bool {
    match date.year() - year {
        0 => true,
        -1 => date.month() == 12,
        1 => date.month() == 1,
        _ => false,
    }
}

/// The line number, from 1, that a byte offset lies on.
fn line_at(text: &str, offset: usize) -> usize {
    let before = text.get(..offset).unwrap_or(text);
    before.matches('\n').count() + 1
}

/// The key or the section header that opens a line, for mistakes that the parser finds before there are keys.
fn key_at(text: &str, line: usize) -> String {
    let line = text.lines().nth(line - 1).unwrap_or_default();
    line.split('=').next().unwrap_or_default().trim().to_owned()
}

/// Everything that is wrong with a holiday table, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError(pub Vec<Problem>);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if n == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for TableError {}

/// One mistake and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line in the file, from 1.
    pub line: usize,
    /// `year.2022.off`, or what opens the line where the file is no TOML.
    pub key: String,
    /// What is wrong.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}行 {}:{}", self.line, self.key, self.fault)
    }
}

/// What can be wrong with a holiday table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The parser's own words: no TOML, an unknown key, a wrong type.
    Toml(String),
    /// A section that names no year.
    Year,
    /// An entry without a date or without a name.
    Entry(String),
    /// A range that runs backwards or for more than a month.
    Range(NaiveDate, NaiveDate),
    /// A day that this year's notice cannot arrange.
    Elsewhere(NaiveDate),
    /// A make-up day from Monday to Friday.
    NoWeekend(NaiveDate),
    /// A day that is listed already.
    Twice(NaiveDate),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Toml(message) => write!(f, "写法有误({message})"),
            Fault::Year => f.write_str("节名应为四位年份,如 [year.2027]"),
            Fault::Entry(entry) => {
                write!(f, "“{entry}”看不懂,应如 \"2022-10-01..2022-10-07 国庆节\" 或 \"2022-10-08 国庆节\"")
            }
            Fault::Range(first, last) => {
                write!(f, "{first} 至 {last} 前后颠倒或超过{LONGEST_HOLIDAY}天")
            }
            Fault::Elsewhere(date) => {
                write!(f, "{date} 不在本年(可含上年12月、下年1月),请放到该年的节里")
            }
            Fault::NoWeekend(date) => write!(f, "{date} 不是周六、周日,不能作补班日"),
            Fault::Twice(date) => write!(f, "{date} 已列过一次,放假、补班只能取一"),
        }
    }
}
