//! Millimetres and points as a document counts them: twentieths of a point.

use docx_rs::{DocGrid, DocGridType, PageMargin};

use super::layout::Page;

/// Twentieths of a point in a millimetre.
const TWIPS: f64 = 1440.0 / 25.4;
/// A4, in millimetres.
const PAPER: (f64, f64) = (210.0, 297.0);
/// The page number stands this far below the text block, in millimetres.
const NUMBER_BELOW: f64 = 7.0;
/// What the page number itself takes, in millimetres.
const NUMBER_HEIGHT: f64 = 5.0;
/// Characters never stand closer than by this many twentieths of a point.
const MOST_CLOSER: i32 = 10;
/// The header stands this far from the edge, in millimetres.
const HEADER: f64 = 20.0;

/// A page in twentieths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// Width and height of the paper.
    pub paper: (u32, u32),
    /// Top, right, bottom, left.
    pub margins: [i32; 4],
    /// From the edge to header and footer.
    pub outside: [i32; 2],
    /// Width of the text block.
    pub width: usize,
    /// From line to line.
    pub line_pitch: usize,
    /// Characters a line.
    characters: u16,
}

#[expect(clippy::cast_possible_truncation, reason = "a sheet of paper is less than 20000 twips")]
fn twips(millimetres: f64) -> i32 {
    (millimetres * TWIPS).round() as i32
}

fn size(millimetres: f64) -> u32 {
    u32::try_from(twips(millimetres)).unwrap_or_default()
}

impl Sheet {
    /// The sheet of a layout.
    pub fn new(page: &Page) -> Sheet {
        let bottom = PAPER.1 - page.top - page.height;
        let right = PAPER.0 - page.binding - page.width;
        let height = usize::try_from(size(PAPER.1) - size(page.top) - size(bottom)).unwrap_or_default();
        Sheet {
            paper: (size(PAPER.0), size(PAPER.1)),
            margins: [page.top, right, bottom, page.binding].map(twips),
            outside: [HEADER, bottom - NUMBER_BELOW - NUMBER_HEIGHT].map(twips),
            width: usize::try_from(size(page.width)).unwrap_or_default(),
            line_pitch: height / usize::from(page.lines.max(1)),
            characters: page.characters.max(1),
        }
    }

    /// Its margins.
    pub fn page_margin(&self) -> PageMargin {
        let [top, right, bottom, left] = self.margins;
        let [header, footer] = self.outside;
        PageMargin { top, left, bottom, right, header, footer, gutter: 0 }
    }

    /// Its grid of lines and characters.
    pub fn grid(&self) -> DocGrid {
        DocGrid::with_empty().grid_type(DocGridType::LinesAndChars).line_pitch(self.line_pitch).char_space(0)
    }

    /// By how much characters of so many points stand closer than their size, so that a line holds as many as the layout
    /// says. Set on the text and not in the grid: LibreOffice gives two cells to what is wider than one.
    pub fn spacing(&self, points: u16) -> i32 {
        let wide = i32::try_from(self.width).unwrap_or_default() / i32::from(self.characters);
        (wide - i32::from(points) * 20).clamp(-MOST_CLOSER, 0)
    }

    /// So many lines, in twentieths of a point.
    pub fn line(&self) -> i32 {
        i32::try_from(self.line_pitch).unwrap_or_default()
    }
}
