//! Stable codes out of Chinese names: 县发改局 is `fgj`, whoever reads it and whenever.

use std::collections::BTreeSet;

use pinyin::ToPinyin as _;
use sha2::{Digest as _, Sha256};

/// The code of a name: its initials, where those are taken the whole of it in letters, and where that is taken too with a
/// mark of its own.
pub(super) fn code(name: &str, taken: &BTreeSet<String>) -> String {
    let core = name.strip_prefix('县').filter(|rest| rest.chars().count() > 1).unwrap_or(name);
    let initials: String = letters(core).iter().filter_map(|word| word.chars().next()).collect();
    if initials.len() >= 2 && !taken.contains(&initials) {
        return initials;
    }
    spelled(&letters(core).concat(), name, taken)
}

/// Letters as a code, with a mark of the name where they are too few or taken.
pub(super) fn spelled(letters: &str, name: &str, taken: &BTreeSet<String>) -> String {
    let digest: String = Sha256::digest(name.as_bytes()).iter().fold(String::new(), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    });
    let marks = (4..).map(|length| match digest.get(..length) {
        Some(mark) => format!("{letters}-{mark}"),
        None => format!("{letters}-{digest}{length}"),
    });
    let free = |code: &String| code.len() >= 2 && !taken.contains(code);
    [letters.to_owned()].into_iter().chain(marks).find(free).unwrap_or_default()
}

/// The letters of every character; what is neither Chinese nor a letter nor a figure has none.
pub(super) fn letters(name: &str) -> Vec<String> {
    let one = |c: char| match c.to_pinyin() {
        Some(sound) => Some(sound.plain().replace('ü', "v")),
        None if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase().to_string()),
        None => None,
    };
    name.chars().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_the_name_alone_and_never_given_twice() {
        let mut taken = BTreeSet::new();
        let mut given = |name: &str| {
            let code = code(name, &taken);
            taken.insert(code.clone());
            code
        };
        assert_eq!(given("县发改局"), "fgj");
        assert_eq!(given("县妇干局"), "fuganju", "its initials are taken");
        assert!(given("县妇干局").starts_with("fuganju-"));
        assert_eq!(given("4S中心"), "4szx");
        assert!(given("——").len() > 2);
    }
}
