//! What a layout file says: who signs, the page, and the fonts with what stands in for them.

use docx_rs::RunFonts;
use serde::Deserialize;

/// A layout.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Who signs papers.
    pub issuer: String,
    /// What stands where the seal goes on an unsigned paper.
    pub seal: String,
    /// The page.
    pub page: Page,
    /// 标题.
    pub title: Face,
    /// 正文.
    pub body: Face,
    /// 一级标题.
    pub heading: Face,
    /// 二级标题.
    pub subheading: Face,
    /// 页码.
    pub number: Face,
    /// Tables.
    pub table: Face,
}

/// The page, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// 天头.
    pub top: f64,
    /// 订口.
    pub binding: f64,
    /// Width of the text block.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Lines a page.
    pub lines: u16,
    /// Characters a line.
    pub characters: u16,
}

/// A font and its size.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// Its name.
    pub font: String,
    /// What stands in where it is missing, the best first.
    pub instead: Vec<String>,
    /// Points.
    pub size: u16,
}

impl Layout {
    /// Reads a layout; the error names the line.
    pub fn read(text: &str) -> Result<Layout, toml::de::Error> {
        toml::from_str(text)
    }

    /// The font table of a document: every font once, with the names of what may stand in for it.
    pub fn font_table(&self) -> String {
        let faces = [&self.title, &self.body, &self.heading, &self.subheading, &self.number, &self.table];
        let mut fonts: Vec<&Face> = Vec::new();
        for face in faces {
            if fonts.iter().all(|known| known.font != face.font) {
                fonts.push(face);
            }
        }
        let mut xml = String::from(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
        );
        for face in fonts {
            let (name, instead) = (escaped(&face.font), escaped(&face.instead.join(",")));
            xml.push_str(&format!(
                r#"<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>"#
            ));
        }
        xml.push_str("</w:fonts>");
        xml
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

impl Face {
    /// The size as documents count it.
    pub fn half_points(&self) -> usize {
        usize::from(self.size) * 2
    }

    /// The font for every script: figures among Chinese are set in it, too.
    pub fn fonts(&self) -> RunFonts {
        RunFonts::new().ascii(&self.font).hi_ansi(&self.font).east_asia(&self.font).hint("eastAsia")
    }
}
