//! Evidence (佐证): a photo or document that came with a report. Welcome, never required (DESIGN red line 4).

use crate::domain::people::words;

words! {
    /// What became of a file that somebody sent.
    EvidenceState {
        /// Its bytes are still on the platform.
        Wanted = "wanted",
        /// It lies in the folder of files.
        Kept = "kept",
        /// It was not taken.
        Refused = "refused",
        /// Its report was taken back.
        Withdrawn = "withdrawn",
    }
}

/// Which files are taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub size_max: u64,
    /// The ends of names that are taken, in lower case and without the dot.
    pub types: Vec<String>,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// It is larger than so many bytes.
    TooLarge(u64),
    /// Its name does not end as one of those that are taken, or its content is something else than its name says.
    Kind,
    /// There is nothing in it.
    Empty,
    /// The platform has it no more.
    Gone,
}

impl Limits {
    /// Whether a file may be taken by what is known of it; `size` in bytes, where the platform says.
    pub fn check(&self, name: &str, size: Option<u64>) -> Result<(), NotTaken> {
        match size {
            Some(0) => return Err(NotTaken::Empty),
            Some(size) if size > self.size_max => return Err(NotTaken::TooLarge(self.size_max)),
            _ => {}
        }
        let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
        if self.types.contains(&end) { Ok(()) } else { Err(NotTaken::Kind) }
    }
}

/// A name as it may be shown and saved anywhere: the last part of a path, without control characters, not too long.
pub fn plain_name(name: &str) -> String {
    const LONGEST: usize = 80;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let marks = [
        '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}',
        '\u{2069}',
    ];
    let kept: Vec<char> =
        last.chars().filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c) && !marks.contains(c)).collect();
    // The end says what it is, so a long name loses its beginning.
    let from = kept.len().saturating_sub(LONGEST);
    let name: String = kept[from..].iter().collect();
    let name = name.trim_start_matches(|c: char| c == '.' || c.is_whitespace()).trim_end();
    if name.is_empty() { "附件".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn limits() -> Limits {
        Limits { size_max: 1_000, types: vec!["jpg".to_owned(), "pdf".to_owned()] }
    }

    #[test]
    fn what_is_too_large_of_another_kind_or_empty_is_not_taken() {
        assert_eq!(limits().check("验收单.PDF", Some(1_000)), Ok(()));
        assert_eq!(limits().check("现场.jpg", None), Ok(()));
        assert_eq!(limits().check("验收单.pdf", Some(1_001)), Err(NotTaken::TooLarge(1_000)));
        assert_eq!(limits().check("安装.exe", Some(10)), Err(NotTaken::Kind));
        assert_eq!(limits().check("没有后缀", Some(10)), Err(NotTaken::Kind));
        assert_eq!(limits().check("空.pdf", Some(0)), Err(NotTaken::Empty));
    }

    #[test]
    fn a_name_leads_nowhere_and_hides_nothing() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("C:\\表\\验收单.pdf"), "验收单.pdf");
        assert_eq!(plain_name("单\u{202e}fdp.exe"), "单fdp.exe");
        assert_eq!(plain_name("..."), "附件");
    }

    #[test]
    fn a_name_of_dots_and_blanks_is_settled_at_once() {
        assert_eq!(plain_name(". \u{a1}"), "\u{a1}");
        assert_eq!(plain_name(" . .. "), "附件");
    }

    proptest! {
        #[test]
        fn any_name_becomes_one_that_stays_in_its_folder(name in "\\PC*") {
            let plain = plain_name(&name);
            prop_assert!(!plain.is_empty() && !plain.contains(['/', '\\', '\0']) && plain != ".." && plain != ".");
            prop_assert_eq!(plain_name(&plain), plain.clone());
        }
    }
}
