//! SVG by hand: text, boxes, and a frame with a heading.

use super::{BOTTOM, Heading, ROW, SIDE, TOP, WIDTH};
use crate::documents::draft::Signature;
use crate::wording::typeset;

/// The fonts a reader's own machine may have.
pub const FONTS: &str = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC','WenQuanYi Micro Hei','SimHei',sans-serif";

/// How a text looks: size, colour, where its position is.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    size: u32,
    colour: &'static str,
    anchor: &'static str,
    bold: bool,
}

impl Look {
    /// The title.
    pub const TITLE: Look = Look { size: 46, colour: "#1B2733", anchor: "start", bold: true };
    /// Below the title, and at the foot.
    pub const SMALL: Look = Look { size: 26, colour: "#5A6673", anchor: "start", bold: false };
    /// A name or figure.
    pub const ROW: Look = Look { size: 30, colour: "#1B2733", anchor: "start", bold: false };
    /// A rank.
    pub const MIDDLE: Look = Look { size: 30, colour: "#5A6673", anchor: "middle", bold: false };
    /// Within a bar.
    pub const PART: Look = Look { size: 26, colour: "#FFFFFF", anchor: "middle", bold: true };
    /// What must not be missed.
    pub const MARK: Look = Look { size: 30, colour: "#C00000", anchor: "end", bold: true };
}

/// Opens a picture of so many rows.
pub fn open(heading: &Heading, rows: usize, signature: &Signature) -> String {
    let rows = u32::try_from(rows).unwrap_or_default();
    let height = TOP + rows * ROW + BOTTOM;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" font-family="{FONTS}">
<rect width="{WIDTH}" height="{height}" fill="#FFFFFF"/>
"##
    );
    text(&mut svg, (SIDE, 80), Look::TITLE, &typeset(&heading.title));
    text(&mut svg, (SIDE, 130), Look::SMALL, &typeset(&heading.below));
    if let Some(mark) = signature.mark() {
        text(&mut svg, (WIDTH - SIDE, 130), Look::MARK, &typeset(mark));
    }
    rect(&mut svg, (SIDE, TOP - 22), (WIDTH - 2 * SIDE, 2), "#D5DBE1");
    text(&mut svg, (SIDE, height - 28), Look::SMALL, &typeset(&heading.foot));
    svg
}

/// Closes it.
pub fn close(mut svg: String) -> String {
    svg.push_str("</svg>\n");
    svg
}

/// A box.
pub fn rect(svg: &mut String, (x, y): (u32, u32), (width, height): (u32, u32), colour: &str) {
    svg.push_str(&format!(
        r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="3" fill="{colour}"/>
"#
    ));
}

/// A text.
pub fn text(svg: &mut String, (x, y): (u32, u32), look: Look, words: &str) {
    let Look { size, colour, anchor, bold } = look;
    let weight = if bold { r#" font-weight="bold""# } else { "" };
    let words = escaped(words);
    svg.push_str(&format!(
        r#"<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>{words}</text>
"#
    ));
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

/// What the word of a light means.
pub fn meaning(word: &str) -> &'static str {
    match word {
        "红" => "逾期",
        "黄" => "关注",
        "绿" => "正常",
        "报" => "未定期限",
        "核" => "待核验",
        "结" => "已销号",
        _ => "待定",
    }
}
