//! Boards and progress as pictures: one SVG for a page, and drawn as PNG for a chat, legible on a phone.

mod draw;
mod paint;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::assess::sums::Lights;
use crate::documents::draft::Signature;
use crate::wording::typeset;

pub use paint::{NoPicture, chinese_font, png};

/// Width of a picture; a phone shows it at about a third.
const WIDTH: u32 = 1080;
/// Height of a row.
const ROW: u32 = 64;
/// Where rows begin.
const TOP: u32 = 176;
/// Room at the sides.
const SIDE: u32 = 40;
/// Room below.
const BOTTOM: u32 = 72;
/// Room for what stands at the end of a bar.
const FIGURE: u32 = 190;
/// The narrowest part of a bar: its word and number fit in.
const PART: u32 = 60;
/// Where bars begin, right of the names.
const BARS: u32 = 380;

/// One row of a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Before the name.
    pub rank: String,
    /// The name.
    pub name: String,
    /// How long the bar is, in thousandths of the longest.
    pub length: u64,
    /// What stands at its end.
    pub figure: String,
    /// The colour of the bar, `#C00000`.
    pub colour: String,
}

/// The words around a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The title.
    pub title: String,
    /// The line below it.
    pub below: String,
    /// The line at the foot.
    pub foot: String,
}

/// A board.
pub fn board(heading: &Heading, bars: &[Bar], signature: &Signature) -> String {
    let mut svg = draw::open(heading, bars.len(), signature);
    for (at, bar) in (0u32..).zip(bars) {
        let y = TOP + at * ROW;
        draw::text(&mut svg, (SIDE + 36, y + 42), draw::Look::MIDDLE, &bar.rank);
        draw::text(&mut svg, (SIDE + 84, y + 42), draw::Look::ROW, &bar.name);
        let room = u64::from(WIDTH - SIDE - BARS - FIGURE);
        let length = u32::try_from(room * bar.length.min(1000) / 1000).unwrap_or_default().max(2);
        draw::rect(&mut svg, (BARS, y + 14), (length, ROW - 28), &bar.colour);
        draw::text(&mut svg, (BARS + length + 12, y + 42), draw::Look::ROW, &bar.figure);
    }
    draw::close(svg)
}

/// Progress: for each team its tasks by light, each part with its number, so that the colours are not needed.
pub fn progress(heading: &Heading, teams: &[(String, Lights)], signature: &Signature) -> String {
    let mut svg = draw::open(heading, teams.len() + 1, signature);
    let longest = teams.iter().map(|(_, lights)| lights.all()).max().unwrap_or_default().max(1);
    let shown = |lights: &Lights| parts(lights).into_iter().filter(|(count, ..)| *count > 0).count();
    let most = u32::try_from(teams.iter().map(|(_, lights)| shown(lights)).max().unwrap_or_default());
    let room = i64::from((WIDTH - SIDE - BARS).saturating_sub(PART * most.unwrap_or_default()));
    for (at, (name, lights)) in (0u32..).zip(teams) {
        let y = TOP + at * ROW;
        draw::text(&mut svg, (SIDE, y + 42), draw::Look::ROW, &format!("{name} {}", lights.all()));
        let mut x = BARS;
        for (count, colour, word) in parts(lights).into_iter().filter(|(count, ..)| *count > 0) {
            let width = PART + u32::try_from(room * count / longest).unwrap_or_default();
            draw::rect(&mut svg, (x, y + 12), (width, ROW - 24), colour);
            draw::text(&mut svg, (x + width / 2, y + 41), draw::Look::PART, &format!("{word}{count}"));
            x += width;
        }
    }
    let y = TOP + u32::try_from(teams.len()).unwrap_or_default() * ROW;
    let mut legend = String::new();
    for (_, _, word) in parts(&Lights::default()) {
        let _ = write!(legend, "{word}={} ", draw::meaning(word));
    }
    draw::text(&mut svg, (SIDE, y + 42), draw::Look::SMALL, &typeset(legend.trim_end()));
    draw::close(svg)
}

/// The parts of a bar: how many, in which colour, and its word.
fn parts(lights: &Lights) -> [(i64, &'static str, &'static str); 7] {
    [
        (lights.red, "#D64545", "红"),
        (lights.yellow, "#B7791F", "黄"),
        (lights.green, "#3C9D5B", "绿"),
        (lights.undated, "#7289A3", "报"),
        (lights.claimed, "#4A7FC1", "核"),
        (lights.closed, "#5E6B78", "结"),
        (lights.waiting, "#8C8C8C", "待"),
    ]
}
