//! How an office wants its papers: the folder of the settings over what this build was shipped with.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context as _;

use crate::assess::board::Rules;
use crate::documents::bulletin::{TEMPLATES, Templates};
use crate::documents::official::{LAYOUT, Layout};

/// The weights and boards this build was shipped with.
pub const ASSESS: &str = include_str!("../../../config/papers/assess.toml");

/// The files: layout, rules, templates.
fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    [("layout.toml", LAYOUT), ("assess.toml", ASSESS)].into_iter().chain(TEMPLATES)
}

/// Layout, templates, weights and boards, all of them checked.
#[derive(Debug)]
pub struct Office {
    /// Page and fonts.
    pub layout: Layout,
    /// The texts.
    pub templates: Templates,
    /// Weights and boards.
    pub rules: Rules,
    /// The files it was read from, by name: what a paper was drawn up by is kept with it.
    pub texts: BTreeMap<String, String>,
}

impl Office {
    /// Reads the files of a folder; a file that is not there is as shipped. A mistake is told with file and line.
    pub fn read(folder: &Path) -> anyhow::Result<Office> {
        let mut texts = BTreeMap::new();
        for (name, shipped) in files() {
            texts.insert(name.to_owned(), text(&folder.join(name), shipped)?);
        }
        Office::of(texts, &folder.display().to_string())
    }

    /// Checks texts; `place` is where they come from. One that is missing is as shipped.
    pub fn of(texts: BTreeMap<String, String>, place: &str) -> anyhow::Result<Office> {
        let own = |name: &str, shipped: &'static str| texts.get(name).map_or(shipped, String::as_str);
        let told = |name: &str| format!("{place}/{name} is wrong");
        let layout = Layout::read(own("layout.toml", LAYOUT)).with_context(|| told("layout.toml"))?;
        let rules = Rules::read(own("assess.toml", ASSESS)).with_context(|| told("assess.toml"))?;
        let all = TEMPLATES.map(|(name, shipped)| (name.to_owned(), own(name, shipped).to_owned()));
        let templates = Templates::new(all).with_context(|| place.to_owned())?;
        Ok(Office { layout, templates, rules, texts })
    }
}

fn text(path: &Path, shipped: &str) -> anyhow::Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(shipped.to_owned()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
