//! The bulletin (周小结, 月调度, 季通报, 年底通报): facts put into an office's own words by its templates, in three lengths.
//!
//! A template is text with marks (see [`read`](crate::documents::official::read)) and minijinja; what it may name is [`told::Told`]. A template that
//! is broken or names what is not there is reported with file and line, and nothing is written.

mod told;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

use crate::domain::people::words;
use crate::domain::period::{Cadence, Period};
use crate::wording::typeset;

pub use told::{Burden, Quotas, Sources, Told};

words! {
    /// How long a bulletin is.
    Length {
        /// The whole paper.
        Full = "full",
        /// Half a page.
        Half = "half",
        /// A hundred characters to be read aloud.
        Spoken = "spoken",
    }
}

/// Characters of what is read aloud.
pub const SPOKEN_MAX: usize = 100;

/// The templates this build was shipped with: name and text.
pub const TEMPLATES: [(&str, &str); 10] = [
    ("week.txt", include_str!("../../config/papers/week.txt")),
    ("month.txt", include_str!("../../config/papers/month.txt")),
    ("quarter.txt", include_str!("../../config/papers/quarter.txt")),
    ("year.txt", include_str!("../../config/papers/year.txt")),
    ("half.txt", include_str!("../../config/papers/half.txt")),
    ("spoken.txt", include_str!("../../config/papers/spoken.txt")),
    ("slip.txt", include_str!("../../config/papers/slip.txt")),
    ("visit.txt", include_str!("../../config/papers/visit.txt")),
    ("board.txt", include_str!("../../config/papers/board.txt")),
    ("parts.txt", include_str!("../../config/papers/parts.txt")),
];

/// A template that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct BrokenTemplate {
    /// Its file.
    pub file: String,
    /// The line, counted from 1; 0 where it is not known.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// Templates as an office has them.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// Checks templates; each is a name and a text.
    pub fn new(texts: impl IntoIterator<Item = (String, String)>) -> Result<Templates, BrokenTemplate> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        for (name, text) in texts {
            let broken = |error: minijinja::Error| of(&error, &name);
            environment.add_template_owned(name.clone(), text).map_err(broken)?;
        }
        Ok(Templates { environment })
    }

    /// Those this build was shipped with.
    pub fn shipped() -> Result<Templates, BrokenTemplate> {
        Templates::new(TEMPLATES.map(|(name, text)| (name.to_owned(), text.to_owned())))
    }

    /// Puts anything into the words of a template, which calls it `paper`.
    pub fn text(&self, name: &str, paper: &impl Serialize) -> Result<String, BrokenTemplate> {
        let broken = |error: minijinja::Error| of(&error, name);
        let template = self.environment.get_template(name).map_err(broken)?;
        let text = template.render(context! { paper => Serde(paper) }).map_err(broken)?;
        Ok(typeset(text.trim()))
    }
}

fn of(error: &minijinja::Error, name: &str) -> BrokenTemplate {
    let what = error
        .detail()
        .map_or_else(|| error.kind().to_string(), |detail| format!("{}: {detail}", error.kind()));
    BrokenTemplate {
        file: error.name().unwrap_or(name).to_owned(),
        line: error.line().unwrap_or_default(),
        what,
    }
}

/// Keeps whole sentences, as many as can be read aloud.
pub fn spoken(text: &str) -> String {
    let flat: String = text.lines().map(str::trim).collect();
    let mut kept = String::new();
    for sentence in flat.split_inclusive('。') {
        if kept.chars().count() + sentence.chars().count() > SPOKEN_MAX {
            break;
        }
        kept.push_str(sentence);
    }
    if kept.is_empty() { crate::wording::short(&flat, SPOKEN_MAX) } else { kept }
}

/// The template of a period's bulletin.
pub fn template(period: Period) -> &'static str {
    match period.cadence() {
        Some(Cadence::Week) => "week.txt",
        Some(Cadence::Quarter | Cadence::Half) => "quarter.txt",
        Some(Cadence::Year) => "year.txt",
        Some(Cadence::Month) | None => "month.txt",
    }
}
