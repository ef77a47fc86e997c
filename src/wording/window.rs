//! The write-off window (销号窗口) in words.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::wording::{day, names, short};

/// Lines of each part.
const LINES: usize = 20;
/// Names in a line.
const NAMES: usize = 5;

/// An item with claims that wait for the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ripe {
    /// The item.
    pub task: TaskNo,
    /// Its title.
    pub title: String,
    /// Who claims it.
    pub owners: Vec<String>,
    /// The files that came with the claims.
    pub files: i64,
}

/// What is due in the quarter and not claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// The item.
    pub task: TaskNo,
    /// Its title.
    pub title: String,
    /// Who owes it.
    pub owner: String,
    /// Whether its time is over.
    pub overdue: bool,
    /// By when.
    pub due: Option<NaiveDate>,
    /// How far it is.
    pub percent: Option<u8>,
    /// What holds it up.
    pub blocker: Option<String>,
    /// Whether the office has returned it.
    pub sent_back: bool,
}

/// What is ripe and what lacks what.
pub fn window(quarter: &str, ripe: &[Ripe], lacking: &[Lacking]) -> String {
    let mut text = format!("【销号窗口】{quarter}\n◆ 可核验销号 {}项", ripe.len());
    for line in ripe.iter().take(LINES) {
        let owners: Vec<&str> = line.owners.iter().map(String::as_str).collect();
        let files = if line.files > 0 {
            format!(" · 佐证{}份", line.files)
        } else {
            " · 没有佐证".to_owned()
        };
        text.push_str(&format!(
            "\n#{} {} · {}{files}",
            line.task,
            short(&line.title, 16),
            names(&owners, NAMES)
        ));
    }
    more(&mut text, ripe.len());
    text.push_str(&format!("\n◆ 本季该办还没报办结 {}件", lacking.len()));
    let together = together(lacking);
    for (line, owners, lacks) in together.iter().take(LINES) {
        let owners = names(owners, NAMES);
        text.push_str(&format!("\n#{} {} · {owners} · {lacks}", line.task, short(&line.title, 16)));
    }
    more(&mut text, together.len());
    if !ripe.is_empty() {
        let tasks: Vec<String> = ripe.iter().take(8).map(|line| line.task.to_string()).collect();
        text.push_str(&format!("\n一并销号:销号 {} 核验通过", tasks.join(",")));
    }
    text
}

/// Units that lack the same of an item stand in one line.
fn together(lacking: &[Lacking]) -> Vec<(&Lacking, Vec<&str>, String)> {
    let mut lines: Vec<(&Lacking, Vec<&str>, String)> = Vec::new();
    for line in lacking {
        let lacks = lacks(line);
        match lines.iter_mut().find(|(known, _, same)| known.task == line.task && *same == lacks) {
            Some((_, owners, _)) => owners.push(&line.owner),
            None => lines.push((line, vec![&line.owner], lacks)),
        }
    }
    lines
}

fn lacks(line: &Lacking) -> String {
    let mut parts = Vec::new();
    if line.overdue {
        parts.push("红 逾期".to_owned());
    } else if let Some(due) = line.due {
        parts.push(format!("{}前", day(due)));
    }
    if line.sent_back {
        parts.push("退回没补".to_owned());
    }
    parts.extend(line.percent.map(|percent| format!("{percent}%")));
    match &line.blocker {
        Some(blocker) => parts.push(format!("卡在{}", short(blocker, 20))),
        None if line.percent.is_none() && !line.sent_back => parts.push("没报过".to_owned()),
        None => {}
    }
    parts.join(",")
}

fn more(text: &mut String, total: usize) {
    if total > LINES {
        text.push_str(&format!("\n……还有{}", total - LINES));
    }
}
