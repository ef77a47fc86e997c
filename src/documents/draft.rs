//! Whether a paper is signed. What is not, says so wherever it is seen: in its header, in its body and in its file name
//! (DESIGN red line 2).

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

/// The mark of everything that nobody has signed.
pub const DRAFT: &str = "草稿";

/// Whether a paper is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signature {
    /// Nobody has signed it.
    Draft,
    /// No paper that goes out under a name, and nothing to sign: a page to work with, sheets for handing out.
    Working,
    /// Somebody has.
    Signed {
        /// Who, by post.
        by: String,
        /// When.
        on: NaiveDate,
    },
}

impl Signature {
    /// What stands in header and body; `None` where it is signed.
    pub fn mark(&self) -> Option<&'static str> {
        match self {
            Signature::Draft => Some("草稿,未经签发,不得外传"),
            Signature::Working | Signature::Signed { .. } => None,
        }
    }

    /// A title with the mark.
    pub fn title(&self, title: &str) -> String {
        match self {
            Signature::Draft => format!("{title}({DRAFT})"),
            Signature::Working | Signature::Signed { .. } => title.to_owned(),
        }
    }

    /// Where a paper is to be written: an unsigned one gets the mark into its name, wherever somebody wanted it.
    pub fn path(&self, wanted: &Path) -> PathBuf {
        let stem = wanted.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if *self != Signature::Draft || stem.contains(DRAFT) {
            return wanted.to_owned();
        }
        let end = wanted.extension().map(|end| format!(".{}", end.to_string_lossy())).unwrap_or_default();
        wanted.with_file_name(format!("{stem}-{DRAFT}{end}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsigned_paper_is_called_a_draft_wherever_it_is_wanted() {
        let draft = Signature::Draft;
        assert_eq!(draft.path(Path::new("out/通报.docx")), Path::new("out/通报-草稿.docx"));
        assert_eq!(draft.path(Path::new("通报-草稿.docx")), Path::new("通报-草稿.docx"));
        let signed = Signature::Signed { by: "督查室负责人".to_owned(), on: NaiveDate::default() };
        assert_eq!(signed.path(Path::new("out/通报.docx")), Path::new("out/通报.docx"));
    }
}
