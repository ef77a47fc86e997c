//! The outline of a document: its parts (covering notice, plan, annexes) and in each the tree of its items.

mod builder;

use std::sync::LazyLock;

use regex::Regex;

use self::builder::Builder;
use crate::notice::container::{Place, Table};
use crate::notice::lines::Piece;
use crate::notice::marker::Form;
use crate::notice::tail;
use crate::notice::terms::Terms;
use crate::notice::twin::Twin;

/// A part of the document: the covering notice, the plan, one annex.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Its title, without line breaks.
    pub title: String,
    /// Whether a signature with a date ends it.
    pub signed: bool,
    /// Whether it opens with 附件.
    pub annex: bool,
    /// A deadline that stands under its title and goes for all of it.
    pub deadline: Option<Twin>,
    /// What a line behind its items says of them.
    pub terms: Option<Terms>,
    /// The items without a parent, in order.
    pub roots: Vec<usize>,
}

/// What a node of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The text of a part before its first item.
    Opening,
    /// An item with a number.
    Item(Form, u32),
    /// `组长:`, `职责:`, `重点任务:` and what stands under it.
    Label,
    /// A table.
    Table,
}

/// A node of the outline.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Which part it belongs to.
    pub part: usize,
    /// The node above.
    pub parent: Option<usize>,
    /// The nodes below.
    pub children: Vec<usize>,
    /// Its paragraphs with their places, without its number; of a label, what follows the colon.
    pub texts: Vec<(Twin, Place)>,
    /// The word of a label.
    pub label: String,
    /// The table.
    pub table: Option<Table>,
    /// By when the measures below are due, as a line before or behind them says.
    pub terms: Option<Terms>,
    /// Its depth: a node belongs to the nearest one before it of a smaller depth.
    depth: u32,
}

/// The parts and nodes of a document.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Parts, in order.
    pub parts: Vec<Part>,
    /// Nodes, in order.
    pub nodes: Vec<Node>,
}

/// A date alone in its line (without blanks), or behind the body that issued the text, as it stands under it.
pub static DATE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    let han = "[〇○零Oo0一二三四五六七八九十]";
    Regex::new(&format!(
        r"^(?:[^。,;:]{{2,40}}(?:府|办|室|局|委|会|组|部|院))?(?:\d{{4}}|{han}{{4}})年(?:\d{{1,2}}|{han}{{1,3}})月(?:\d{{1,2}}|{han}{{1,3}})日$"
    ))
    .expect("a pattern")
});

/// Puts paragraphs and tables into their outline.
pub fn outline(pieces: &[Piece]) -> Outline {
    let mut outline = Builder::read(pieces);
    tail::raise_terms(&mut outline);
    tail::drop_all(&mut outline);
    tail::raise_all(&mut outline);
    outline
}
