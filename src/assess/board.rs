//! Boards (榜): who is ranked by what, in which order, by rules that an office writes down. A board is a proposal until it is
//! signed; a unit that the office reaches only through others is never on one (DESIGN section 11, Units).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assess::entered::Over;
use crate::assess::facts::{Facts, Unit};
use crate::assess::score::{Basis, Score, Weights};
use crate::domain::filing::Owner;
use crate::domain::ids::UnitId;
use crate::domain::people::{Chase, UnitKind, words};

words! {
    /// By what a board ranks.
    By {
        /// The score.
        Score = "score",
        /// A number that was entered and checked (招商引资, 窗口评星), of the board's name.
        Entered = "entered",
    }
}

words! {
    /// Which end of the numbers stands first.
    Order {
        /// The largest.
        Falling = "falling",
        /// The smallest.
        Rising = "rising",
    }
}

/// The rules of one board.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What it is called.
    pub name: String,
    /// Which kinds of unit are ranked.
    pub who: Vec<UnitKind>,
    /// By what.
    pub by: By,
    /// How the numbers of several periods become one, where they are entered.
    #[serde(default = "mean")]
    pub over: Over,
    /// Which end stands first.
    #[serde(default = "falling")]
    pub order: Order,
    /// What the number is counted in.
    #[serde(default)]
    pub measure: String,
    /// So many at the top are named (红榜); 0 for none.
    #[serde(default)]
    pub top: usize,
    /// So many at the bottom are named (黑榜); 0 for none.
    #[serde(default)]
    pub bottom: usize,
    /// What being named at either end is called.
    #[serde(default = "ends")]
    pub ends: [String; 2],
    /// With fewer units than this nobody is named at either end.
    #[serde(default)]
    pub at_least: usize,
    /// A number that rests on fewer votes than this is not ranked; votes are counted filings where a score is ranked.
    #[serde(default)]
    pub votes: usize,
    /// Workdays in which a unit may object to its row, once it was shown it.
    #[serde(default = "objection")]
    pub objection: i64,
    /// Units that are not ranked, by short or full name.
    #[serde(default)]
    pub without: Vec<String>,
}

fn ends() -> [String; 2] {
    ["前列".to_owned(), "后列".to_owned()]
}

fn mean() -> Over {
    Over::Mean
}

fn objection() -> i64 {
    2
}

fn falling() -> Order {
    Order::Falling
}

impl Rule {
    /// What a row is proposed for; empty for what stands between the ends.
    pub fn end_word(&self, end: Option<End>) -> &str {
        match end {
            Some(End::Top) => &self.ends[0],
            Some(End::Bottom) => &self.ends[1],
            None => "",
        }
    }
}

/// Weights and boards, as `assess.toml` holds them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// What a score is made of.
    pub score: Weights,
    /// The boards.
    #[serde(default)]
    pub board: Vec<Rule>,
}

impl Rules {
    /// Reads them; the error names line and key.
    pub fn read(text: &str) -> Result<Rules, toml::de::Error> {
        toml::from_str(text)
    }
}

/// What a unit is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The number, in tenths.
    pub tenths: u64,
    /// How many votes or counted filings it rests on.
    pub votes: usize,
}

/// Which end of a board a row is named at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// 红榜.
    Top,
    /// 黑榜.
    Bottom,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its rank; who has the same number shares it.
    pub rank: usize,
    /// The unit.
    pub unit: UnitId,
    /// What it is called.
    pub name: String,
    /// The number.
    pub figure: Figure,
    /// Where it is named.
    pub end: Option<End>,
}

/// What a unit is shown of a board before it is signed: its own row and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The row.
    pub row: Row,
    /// How many units are ranked.
    pub among: usize,
    /// What it is proposed for; empty between the ends.
    pub end_word: String,
    /// The filings behind the number; empty where it was entered.
    pub basis: Vec<Basis>,
}

/// A board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// By rank; who shares one stands by name.
    pub rows: Vec<Row>,
    /// Units of these kinds with nothing that could be counted, or too little of it; of entered numbers only the latter.
    pub uncounted: Vec<String>,
}

/// The figures that scores give.
pub fn figures(scores: &BTreeMap<Owner, Score>) -> BTreeMap<UnitId, Figure> {
    let figure = |(owner, score): (&Owner, &Score)| match owner {
        Owner::Unit(unit) => Some((*unit, Figure { tenths: score.tenths?, votes: score.counted() })),
        Owner::Team(_) => None,
    };
    scores.iter().filter_map(figure).collect()
}

/// Ranks the units of a rule.
pub fn board(facts: &Facts, rule: &Rule, figures: &BTreeMap<UnitId, Figure>) -> Board {
    let (mut rows, mut uncounted) = (Vec::new(), Vec::new());
    for (id, unit) in facts.units.iter().filter(|(_, unit)| may_be_ranked(unit, rule)) {
        match figures.get(id).filter(|figure| figure.votes >= rule.votes) {
            Some(figure) => {
                rows.push(Row { rank: 0, unit: *id, name: unit.short.clone(), figure: *figure, end: None });
            }
            // Nobody has to have a number of those that are entered.
            None if rule.by == By::Entered && !figures.contains_key(id) => {}
            None => uncounted.push(unit.short.clone()),
        }
    }
    uncounted.sort_unstable();
    rows.sort_by(|a, b| {
        let by_number = a.figure.tenths.cmp(&b.figure.tenths);
        let by_number = if rule.order == Order::Falling { by_number.reverse() } else { by_number };
        by_number.then_with(|| a.name.cmp(&b.name))
    });
    rank(&mut rows);
    name_ends(&mut rows, rule);
    Board { rows, uncounted }
}

fn may_be_ranked(unit: &Unit, rule: &Rule) -> bool {
    rule.who.contains(&unit.kind)
        && unit.chase == Chase::Direct
        && !rule.without.iter().any(|name| *name == unit.short || *name == unit.name)
}

/// Who has the same number has the same rank, and the next one counts those before it.
fn rank(rows: &mut [Row]) {
    for at in 0..rows.len() {
        let same = at > 0 && rows[at - 1].figure.tenths == rows[at].figure.tenths;
        rows[at].rank = if same { rows[at - 1].rank } else { at + 1 };
    }
}

/// More than so many times as many as were asked for are a crowd, and no top.
const CROWD: usize = 2;

/// Names both ends. Nobody is picked from a tie by chance: who shares the last place at the top is named as well, unless
/// that would name more than [`CROWD`] times as many as were asked for; who shares the border of the bottom is not. Nobody
/// stands at both ends.
fn name_ends(rows: &mut [Row], rule: &Rule) {
    let all = rows.len();
    if all < rule.at_least {
        return;
    }
    let (first, last) = (rows.first().map(|row| row.figure.tenths), rows.last().map(|row| row.figure.tenths));
    if first == last {
        return;
    }
    let at_top = rows.iter().filter(|row| row.rank <= rule.top).count();
    let top = if at_top > CROWD * rule.top { 0 } else { rule.top };
    let border = all.saturating_sub(rule.bottom);
    let above = border.checked_sub(1).map(|at| rows[at].figure.tenths);
    for (at, row) in rows.iter_mut().enumerate() {
        if row.rank <= top {
            row.end = Some(End::Top);
        } else if at >= border && above != Some(row.figure.tenths) {
            row.end = Some(End::Bottom);
        }
    }
}
