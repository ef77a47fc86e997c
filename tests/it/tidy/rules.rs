//! The rules themselves. Each gives its breaches as `file:line: what is wrong`.

use super::source::{File, Parts, mentions, parts, roots, test_modules, without_tests};

/// The end of every file.
const LINES_MAX: usize = 400;

/// Modules of ours that do what is forbidden below floor 4, and the wiring above all.
const ABOVE: [&str; 2] = ["app", "cli"];

/// One row of the table of DESIGN.md section 9.
pub struct Row {
    /// The modules it is about.
    pub of: &'static [&'static str],
    /// Paths of ours that they must not mention.
    pub never: &'static [&'static str],
    /// Whether they are pure: no async, no platform, no database.
    pub pure: bool,
}

/// The table, from the ground up.
pub const RULES: &[Row] = &[
    Row {
        of: &["domain"],
        never: &[
            "rules", "reply", "notice", "wording", "config", "clock", "store", "channel", "commands", "flow",
            "web",
        ],
        pure: true,
    },
    Row {
        of: &["rules", "reply", "notice", "assess"],
        never: &["wording", "config", "clock", "store", "channel", "commands", "flow", "web"],
        pure: true,
    },
    Row {
        of: &["clock", "health"],
        never: &["store", "channel", "commands", "flow", "web", "wording"],
        pure: true,
    },
    Row {
        of: &["config", "wording", "documents"],
        never: &["store", "channel", "commands", "flow", "web"],
        pure: true,
    },
    Row { of: &["store"], never: &["channel", "commands", "flow", "web", "wording"], pure: false },
    Row {
        of: &["channel"],
        never: &[
            "domain::task",
            "domain::filing",
            "domain::review",
            "domain::card",
            "rules",
            "reply",
            "notice",
            "wording",
            "store",
            "commands",
            "flow",
            "web",
        ],
        pure: false,
    },
    Row { of: &["commands"], never: &["channel::room", "channel::telegram", "flow", "web"], pure: false },
    Row { of: &["flow"], never: &["channel::room", "channel::telegram", "web"], pure: false },
    Row { of: &["web"], never: &["channel::telegram", "flow"], pure: false },
];

/// Words that no pure module has.
const IMPURE: [&str; 7] = ["async", "await", "tokio", "sqlx", "axum", "reqwest", "teloxide"];

/// Everything that is wrong with these files.
pub fn breaches(files: &[File]) -> Vec<String> {
    let tests: Vec<String> = files.iter().flat_map(test_modules).collect();
    let mut found = Vec::new();
    for file in files {
        let mut say = |line: usize, what: &str| found.push(format!("{}:{line}: {what}", file.path));
        if file.has_ending("rs") {
            let Parts { code, strings } = parts(&file.text);
            shape(file, &code, &mut say);
            let is_test = is_test(file, &tests);
            if file.is_in(&["src"]) && !is_test {
                let code = without_tests(&code);
                imports(file, &code, &mut say);
                laws(file, &code, &mut say);
            }
            if file.is_in(&["src/store"]) {
                sql(&strings, &mut say);
            }
        }
        if file.has_ending("sql") {
            let lines = file.text.lines().map(|line| line.split("--").next().unwrap_or_default());
            sql(&lines.collect::<Vec<_>>().join("\n"), &mut say);
        }
        if file.path == "config/duban.toml" {
            keys(&file.text, &mut say);
        }
        machines(&file.text, &mut say);
    }
    found
}

fn is_test(file: &File, declared: &[String]) -> bool {
    let stem = file.path.trim_end_matches(".rs");
    let named = stem.split('/').any(|part| part == "tests");
    named || declared.iter().any(|module| stem == module || stem.starts_with(&format!("{module}/")))
}

/// A sentence first, an end in sight, nothing unfinished.
fn shape(file: &File, code: &str, say: &mut impl FnMut(usize, &str)) {
    if !file.text.starts_with("//! ") {
        say(1, "opens without a `//!` sentence");
    }
    let lines = file.text.lines().count();
    if lines > LINES_MAX {
        say(lines, &format!("has {lines} lines; {LINES_MAX} are the end"));
    }
    for word in ["todo", "dbg", "unimplemented"] {
        each(code, &format!("{word}!"), |line| say(line, &format!("`{word}!` is unfinished")));
    }
}

/// The import table.
fn imports(file: &File, code: &str, say: &mut impl FnMut(usize, &str)) {
    let place = |module: &&str| file.is_in(&[&format!("src/{module}")]);
    let Some(row) = RULES.iter().find(|row| row.of.iter().any(place)) else {
        return;
    };
    for (line, path) in mentions(code, &roots(&file.path)) {
        for never in row.never.iter().chain(&ABOVE) {
            if path == *never || path.starts_with(&format!("{never}::")) {
                say(line, &format!("`{}` must not mention `{path}`", row.of.join("`, `")));
            }
        }
    }
    for word in IMPURE.iter().filter(|_| row.pure) {
        each(code, word, |line| say(line, &format!("`{}` must not mention `{word}`", row.of.join("`, `"))));
    }
}

/// What only one place may do.
fn laws(file: &File, code: &str, say: &mut impl FnMut(usize, &str)) {
    if !file.is_in(&["src/store"]) {
        for (line, path) in mentions(code, &["sqlx".to_owned()]) {
            if path.starts_with("query") || path.starts_with("raw_sql") {
                say(line, "SQL belongs into src/store");
            }
        }
    }
    if file.path != "src/flow/delivery.rs" {
        sends(code, say);
    }
    if file.path != "src/clock.rs" {
        for clock in ["Utc::now", "Local::now", "SystemTime::now", "Instant::now"] {
            each(code, clock, |line| say(line, "only src/clock.rs reads the clock; time is a parameter"));
        }
    }
}

/// L1. What a channel is told has an address and an act: two arguments. Other things that send have fewer.
fn sends(code: &str, say: &mut impl FnMut(usize, &str)) {
    let mut at_line = |at: usize| {
        say(code[..at].matches('\n').count() + 1, "L1: only src/flow/delivery.rs sends through a channel");
    };
    for (at, call) in code.match_indices(".send(") {
        if arguments(&code[at + call.len()..]) >= 2 {
            at_line(at);
        }
    }
    for named in ["Channel::send", "Channel>::send"] {
        code.match_indices(named).for_each(|(at, _)| at_line(at));
    }
}

/// How many arguments stand before the parenthesis that closes this call.
fn arguments(text: &str) -> usize {
    let (mut depth, mut count, mut begun) = (0, 0, false);
    for c in text.chars() {
        match c {
            ')' | ']' | '}' if depth == 0 => break,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            begun = false;
        } else if !c.is_whitespace() && !begun {
            (begun, count) = (true, count + 1);
        }
    }
    count
}

/// SQL asks no clock.
fn sql(text: &str, say: &mut impl FnMut(usize, &str)) {
    let lower = text.to_lowercase();
    for word in [
        "'now'",
        "now()",
        "current_timestamp",
        "current_date",
        "current_time",
        "datetime(",
        "strftime(",
        "julianday(",
        "unixepoch(",
    ] {
        for (line, _) in lower.lines().enumerate().filter(|(_, text)| text.contains(word)) {
            say(line + 1, &format!("SQL says `{word}`; time is a parameter"));
        }
    }
}

/// Every key of the settings is explained, by itself or by its table.
fn keys(text: &str, say: &mut impl FnMut(usize, &str)) {
    let (mut explained, mut comment_above) = (Vec::new(), false);
    let (mut table, mut in_explained) = ("", false);
    for (line, text) in (1..).zip(text.lines()) {
        let bare = text.split('#').next().unwrap_or_default().trim();
        let commented = text.contains('#');
        if bare.is_empty() {
            // A blank line does not part a table from its comment.
            comment_above |= commented;
            continue;
        }
        if bare.starts_with('[') {
            table = bare;
            if commented || comment_above {
                explained.push(table);
            }
            in_explained = explained.contains(&table);
        } else if let Some((key, _)) = bare.split_once('=').filter(|_| !commented && !in_explained) {
            say(line, &format!("`{}` has no comment, nor has its table {table}", key.trim()));
        }
        comment_above = false;
    }
}

/// Nothing that is true on one machine only.
fn machines(text: &str, say: &mut impl FnMut(usize, &str)) {
    for folder in ["home", "root", "Users", "work", "tmp", "mnt"] {
        let path = format!("/{folder}/");
        for (line, text) in text.lines().enumerate() {
            let absolute = text
                .match_indices(&path)
                .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || ".-_~$}".contains(c)));
            if absolute {
                say(line + 1, &format!("names the folder {path} of a machine"));
            }
        }
    }
}

/// Calls `hit` with the line of every place where `word` stands by itself.
fn each(code: &str, word: &str, mut hit: impl FnMut(usize)) {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    for (at, _) in code.match_indices(word) {
        let after = code[at + word.len()..].chars().next();
        if !part(code[..at].chars().next_back()) && (word.ends_with('!') || !part(after)) {
            hit(code[..at].matches('\n').count() + 1);
        }
    }
}
