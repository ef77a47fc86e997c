//! A paper as it is kept: what it tells, before any template puts it into words. Printed again it says the same, whatever has
//! become of the facts since; only the signature is added when it is printed.

use chrono::Datelike as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::assess::sums::Lights;
use crate::documents::bulletin::{BrokenTemplate, Templates, spoken};
use crate::documents::draft::Signature;
use crate::documents::official::{self, Block, Layout, Unwritten};
use crate::documents::picture::{self, Bar, Heading, NoPicture};
use crate::domain::paper::Form;
use crate::wording::{day, typeset};

/// What a paper tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    /// The template that puts it into words.
    pub template: String,
    /// Whether it is a hundred characters to be read aloud.
    pub spoken: bool,
    /// Its sheets, each on a page of its own: several slips, one of all else, none of a chart.
    pub sheets: Vec<Sheet>,
    /// Its picture.
    pub picture: Option<Picture>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// A title in a colour: words and `C00000`.
    pub banner: Option<(String, String)>,
    /// What the template calls `paper`.
    pub told: Value,
}

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// A board: the words around it and its rows.
    Board(Heading, Vec<Bar>),
    /// Progress: the words around it and each team's tasks by light.
    Progress(Heading, Vec<(String, Lights)>),
}

/// Why a paper could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum Unprinted {
    /// A template is wrong.
    #[error(transparent)]
    Template(#[from] BrokenTemplate),
    /// The document could not be put together.
    #[error(transparent)]
    Document(#[from] Unwritten),
    /// The picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] NoPicture),
    /// It has no such form.
    #[error("this paper is not written as .{0}")]
    Form(&'static str),
}

impl Frozen {
    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.sheets.is_empty() && self.picture.is_none()
    }

    /// Prints it.
    pub fn print(
        &self,
        form: Form,
        (templates, layout): (&Templates, &Layout),
        signature: &Signature,
    ) -> Result<Vec<u8>, Unprinted> {
        let blocks = || self.blocks((templates, layout), signature);
        match (form, &self.picture) {
            (Form::Docx, _) if !self.sheets.is_empty() => Ok(official::docx(&blocks()?, layout, signature)?),
            (Form::Txt, None) => {
                let mark = signature.mark().map(|mark| format!("【{mark}】\n")).unwrap_or_default();
                Ok(format!("{}{}\n", typeset(&mark), official::plain(&blocks()?)).into_bytes())
            }
            (Form::Svg, Some(picture)) => Ok(picture.svg(signature).into_bytes()),
            (Form::Png, Some(picture)) => Ok(picture::png(&picture.svg(signature))?),
            (form, _) => Err(Unprinted::Form(form.as_str())),
        }
    }

    /// Puts it into words.
    pub fn blocks(
        &self,
        (templates, layout): (&Templates, &Layout),
        signature: &Signature,
    ) -> Result<Vec<Block>, BrokenTemplate> {
        let mut blocks = Vec::new();
        for sheet in &self.sheets {
            if !blocks.is_empty() {
                blocks.push(Block::Page);
            }
            if let Some((title, colour)) = &sheet.banner {
                blocks.push(Block::Banner(title.clone(), colour.clone()));
            }
            let text = templates.text(&self.template, &signed(&sheet.told, layout, signature))?;
            blocks.extend(official::read(&if self.spoken { spoken(&text) } else { text }));
        }
        Ok(blocks)
    }
}

/// What a template is told about the signature: who and when; until then, what stands in the seal's place.
fn signed(told: &Value, layout: &Layout, signature: &Signature) -> Value {
    let mut told = told.clone();
    let (signer, on, seal) = match signature {
        Signature::Draft | Signature::Working => ("", String::new(), layout.seal.as_str()),
        Signature::Signed { by, on } => (by.as_str(), format!("{}年{}", on.year(), day(*on)), ""),
    };
    told["signer"] = Value::from(signer);
    told["signed_on"] = Value::from(on);
    told["seal"] = Value::from(seal);
    told
}

impl Picture {
    fn svg(&self, signature: &Signature) -> String {
        match self {
            Picture::Board(heading, bars) => picture::board(heading, bars, signature),
            Picture::Progress(heading, teams) => picture::progress(heading, teams, signature),
        }
    }
}
