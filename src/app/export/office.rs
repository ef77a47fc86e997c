//! How an office wants its papers: the folder of the settings over what this build was shipped with.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;

use crate::assess::board::Rules;
use crate::documents::bulletin::{TEMPLATES, Templates};
use crate::documents::official::{LAYOUT, Layout};

/// The weights and boards this build was shipped with.
pub const ASSESS: &str = include_str!("../../../config/papers/assess.toml");

/// Layout, templates, weights and boards, all of them checked.
#[derive(Debug)]
pub struct Office {
    /// Page and fonts.
    pub layout: Layout,
    /// The texts.
    pub templates: Templates,
    /// Weights and boards.
    pub rules: Rules,
}

impl Office {
    /// Reads the files of a folder; a file that is not there is as shipped. A mistake is told with file and line.
    pub fn read(folder: &Path) -> anyhow::Result<Office> {
        let own = |name: &str, shipped: &str| text(&folder.join(name), shipped);
        let told = |name: &str| format!("{} is wrong", folder.join(name).display());
        let layout = Layout::read(&own("layout.toml", LAYOUT)?).with_context(|| told("layout.toml"))?;
        let rules = Rules::read(&own("assess.toml", ASSESS)?).with_context(|| told("assess.toml"))?;
        let mut texts = Vec::new();
        for (name, shipped) in TEMPLATES {
            texts.push((name.to_owned(), own(name, shipped)?));
        }
        let templates = Templates::new(texts).with_context(|| folder.display().to_string())?;
        Ok(Office { layout, templates, rules })
    }
}

fn text(path: &Path, shipped: &str) -> anyhow::Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(shipped.to_owned()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
