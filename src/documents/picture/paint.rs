//! An SVG as PNG, with a Chinese font of the machine. None is shipped: where none is found, that is said instead of drawing
//! empty boxes.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::draw::FONTS;

/// Families that have Chinese characters, the best legible first.
const FAMILIES: [&str; 12] = [
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Droid Sans Fallback",
    "SimSun",
    "AR PL UMing CN",
    "Noto Serif CJK SC",
];

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// The machine has no Chinese font.
    #[error("no Chinese font is installed; install one, on Debian: apt install fonts-wqy-microhei")]
    NoFont,
    /// The picture is not well-formed, or too large.
    #[error("the picture could not be drawn: {0}")]
    Undrawn(String),
}

/// The Chinese font that pictures are drawn with, if the machine has one.
pub fn chinese_font() -> Option<&'static str> {
    found(&installed())
}

fn installed() -> fontdb::Database {
    let mut fonts = fontdb::Database::new();
    fonts.load_system_fonts();
    fonts
}

fn found(fonts: &fontdb::Database) -> Option<&'static str> {
    let has =
        |family: &&&str| fonts.faces().any(|face| face.families.iter().any(|(name, _)| name == **family));
    FAMILIES.iter().find(has).copied()
}

/// Draws a picture.
pub fn png(svg: &str) -> Result<Vec<u8>, NoPicture> {
    let fonts = installed();
    let family = found(&fonts).ok_or(NoPicture::NoFont)?;
    let undrawn = |error: &dyn std::fmt::Display| NoPicture::Undrawn(error.to_string());
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    let svg = svg.replace(FONTS, &format!("'{family}'"));
    let tree = Tree::from_str(&svg, &options).map_err(|error| undrawn(&error))?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| undrawn(&"it is too large"))?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| undrawn(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_a_chinese_font_is_told_so() {
        assert_eq!(found(&fontdb::Database::new()), None);
        assert!(NoPicture::NoFont.to_string().contains("apt install fonts-wqy-microhei"));
    }
}
