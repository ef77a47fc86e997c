//! Reading files for the house rules: code apart from strings, comments and tests, and the paths that code mentions.

use std::iter::Peekable;
use std::path::Path;
use std::str::Chars;

/// A file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Its path from the top of the repository, with slashes.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl File {
    /// A file that exists only in a test.
    pub fn of(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned() }
    }

    /// Whether its name ends so.
    pub fn has_ending(&self, ending: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|own| own == ending)
    }

    /// Whether it lies in one of these folders or is one of these files.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path
                .strip_prefix(place)
                .is_some_and(|rest| rest.starts_with('/') || rest == ".rs" || rest.is_empty())
        })
    }
}

/// Every text file of the repository, build output and version control left out.
pub fn repository() -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut files, mut folders) = (Vec::new(), vec![top.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let short =
                path.strip_prefix(top).expect("below the top").display().to_string().replace('\\', "/");
            if matches!(short.as_str(), "target" | ".git" | "data") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                files.push(File { path: short, text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// A Rust text taken apart. Both parts have the same lines as the text.
pub struct Parts {
    /// The code: strings and comments are blank.
    pub code: String,
    /// The insides of string literals; everything else is blank.
    pub strings: String,
}

/// What the next character belongs to.
enum Within {
    Code,
    Line,
    Block(u32),
    Text { hashes: Option<usize> },
}

/// Takes a Rust text apart.
pub fn parts(text: &str) -> Parts {
    let mut parts = Parts { code: String::new(), strings: String::new() };
    let mut within = Within::Code;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let mut shown = (' ', ' ');
        within = match within {
            Within::Code => begin(c, &mut rest, &parts.code, &mut shown),
            Within::Line if c == '\n' => Within::Code,
            Within::Block(depth) if c == '/' && rest.peek() == Some(&'*') => Within::Block(depth + 1),
            Within::Block(depth) if c == '*' && rest.next_if_eq(&'/').is_some() => match depth {
                0 => Within::Code,
                _ => Within::Block(depth - 1),
            },
            Within::Text { hashes } => inside(c, hashes, &mut rest, &mut shown),
            other => other,
        };
        let (code, string) = if c == '\n' { ('\n', '\n') } else { shown };
        parts.code.push(code);
        parts.strings.push(string);
    }
    parts
}

/// One character of code, which may begin something else.
fn begin(c: char, rest: &mut Peekable<Chars<'_>>, before: &str, shown: &mut (char, char)) -> Within {
    match c {
        '/' if rest.next_if_eq(&'/').is_some() => return Within::Line,
        '/' if rest.next_if_eq(&'*').is_some() => return Within::Block(0),
        '"' => {
            let hashes = before.len() - before.trim_end_matches('#').len();
            let raw = before.trim_end_matches('#').ends_with('r');
            return Within::Text { hashes: raw.then_some(hashes) };
        }
        // A character literal that could be taken for the beginning of a string.
        '\'' if rest.peek() == Some(&'"') => {
            rest.next();
        }
        '\'' if rest.peek() == Some(&'\\') => {
            rest.next();
            rest.next();
        }
        _ => {}
    }
    shown.0 = c;
    Within::Code
}

/// One character of a string literal.
fn inside(
    c: char,
    hashes: Option<usize>,
    rest: &mut Peekable<Chars<'_>>,
    shown: &mut (char, char),
) -> Within {
    let closed = match hashes {
        Some(hashes) => c == '"' && rest.clone().take(hashes).filter(|c| *c == '#').count() == hashes,
        None => c == '"',
    };
    if closed {
        return Within::Code;
    }
    shown.1 = c;
    // A quote after a backslash ends nothing; a line end after one stays a line end.
    if hashes.is_none() && c == '\\' {
        rest.next_if(|next| *next != '\n');
    }
    Within::Text { hashes }
}

/// The code of a file without its tests: a `#[cfg(test)]` item is left blank.
pub fn without_tests(code: &str) -> String {
    let (mut kept, mut skipping, mut cfg) = (String::new(), false, false);
    for line in code.lines() {
        if line.trim() == "#[cfg(test)]" && !skipping {
            cfg = true;
        } else if cfg {
            // The item itself: one line, or a block that is closed at the margin.
            (cfg, skipping) = (false, !line.trim_end().ends_with(';'));
        } else if !skipping {
            kept.push_str(line);
        } else if line.starts_with('}') {
            skipping = false;
        }
        kept.push('\n');
    }
    kept
}

/// The modules that are declared behind `#[cfg(test)]`, as paths without `.rs`.
pub fn test_modules(file: &File) -> Vec<String> {
    let stem = file.path.trim_end_matches(".rs");
    let folder = match stem.rsplit_once('/') {
        Some((folder, "mod" | "lib" | "main")) => folder,
        _ => stem,
    };
    let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
    let declared = lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]");
    let name = |line: &str| line.strip_suffix(';')?.rsplit_once("mod ").map(|(_, name)| name.to_owned());
    declared.filter_map(|pair| name(pair[1])).map(|name| format!("{folder}/{name}")).collect()
}

/// A path that code mentions, `channel::room::Room`, with its line.
pub type Mention = (usize, String);

/// Every path in `code` that starts at one of `roots` (`crate`), the root cut off; `use` groups are taken apart.
pub fn mentions(code: &str, roots: &[String]) -> Vec<Mention> {
    let mut found = Vec::new();
    for root in roots {
        let start = format!("{root}::");
        for (at, _) in code.match_indices(&start) {
            let before = code[..at].chars().next_back().unwrap_or(' ');
            if before.is_alphanumeric() || before == '_' || before == ':' {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            let mut paths = Vec::new();
            expand(&code[at + start.len()..], "", &mut paths);
            found.extend(paths.into_iter().map(|path| (line, path)));
        }
    }
    found
}

/// Reads one path, or a group of them, at the beginning of `text`; returns how many bytes it took.
fn expand(text: &str, prefix: &str, found: &mut Vec<String>) -> usize {
    let mut at = text.len() - text.trim_start().len();
    if !text[at..].starts_with('{') {
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let word = &text[at..at + text[at..].find(|c| !is_path(c)).unwrap_or(text.len() - at)];
        at += word.len();
        let path = format!("{prefix}{word}");
        if word.ends_with("::") && text[at..].starts_with('{') {
            return at + expand(&text[at..], &path, found);
        }
        found.push(path);
        return at;
    }
    at += 1;
    while at < text.len() {
        at += text[at..].len() - text[at..].trim_start_matches([' ', '\n', ',']).len();
        if text[at..].starts_with('}') || at >= text.len() {
            return at + 1;
        }
        let took = expand(&text[at..], prefix, found);
        // What is no path (`as name`) is stepped over.
        let more = text[at + took..].find([',', '}']).unwrap_or(0);
        at += (took + more).max(1);
    }
    at
}

/// How this file may write the root of the crate: `crate`, and `super` as often as it lies deep.
pub fn roots(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    let depth = inner.split('/').count();
    vec!["crate".to_owned(), "duban".to_owned(), vec!["super"; depth].join("::")]
}
