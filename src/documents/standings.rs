//! A board as a paper: the rows, and below them every filing that a score rests on.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::assess::board::{Board, By, Figure, Row, Rule};
use crate::assess::score::{Basis, Score};
use crate::documents::frozen::Sheet;
use crate::documents::official::Layout;
use crate::domain::filing::Owner;
use crate::domain::ids::UnitId;
use crate::wording::papers::{earned, figure, verdict};
use crate::wording::{day, short};

/// Characters of what a duty asks.
const ASKED: usize = 24;

/// What a board is told with.
#[derive(Debug, Clone, Copy)]
pub struct Standings<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The board.
    pub board: &'a Board,
    /// The scores behind it, where it ranks scores.
    pub scores: &'a BTreeMap<Owner, Score>,
    /// The figures of the period before.
    pub before: &'a BTreeMap<UnitId, Figure>,
    /// `2022年二季度`.
    pub period: &'a str,
    /// `2022年6月30日`.
    pub today: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Told {
    name: String,
    period: String,
    figure: String,
    /// The heading of what a number rests on; empty where nobody votes (amounts).
    votes: &'static str,
    rows: Vec<ToldRow>,
    uncounted: String,
    /// What rests on fewer votes is not ranked; 0 where a score is ranked.
    least: usize,
    basis: Vec<ToldBasis>,
    issuer: String,
    today: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ToldRow {
    rank: usize,
    name: String,
    figure: String,
    /// The figure of the period before; `—` where there is none.
    before: String,
    votes: usize,
    end: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ToldBasis {
    unit: String,
    label: String,
    text: String,
    due: String,
    verdict: String,
    points: String,
}

/// What the template `board.txt` tells of a board.
pub fn sheet(standings: &Standings<'_>, layout: &Layout) -> serde_json::Result<Sheet> {
    let Standings { rule, board, before, period, today, .. } = *standings;
    let by_score = rule.by == By::Score;
    let told = Told {
        name: rule.name.clone(),
        period: period.to_owned(),
        figure: if by_score { "得分".to_owned() } else { rule.measure.clone() },
        votes: match by_score {
            true => "计分要求",
            false if board.rows.iter().all(|one| one.figure.votes == 0) => "",
            false => "评价人次",
        },
        rows: board.rows.iter().map(|one| row(rule, one, before.get(&one.unit))).collect(),
        uncounted: board.uncounted.join("、"),
        least: if by_score { 0 } else { rule.votes },
        basis: board.rows.iter().flat_map(|row| basis(standings, row)).collect(),
        issuer: layout.issuer.clone(),
        today: today.to_owned(),
    };
    Ok(Sheet { banner: None, told: serde_json::to_value(told)? })
}

fn row(rule: &Rule, row: &Row, before: Option<&Figure>) -> ToldRow {
    ToldRow {
        rank: row.rank,
        name: row.name.clone(),
        figure: figure(row.figure.tenths, &rule.measure),
        before: before.map_or_else(|| "—".to_owned(), |before| figure(before.tenths, &rule.measure)),
        votes: row.figure.votes,
        end: rule.end_word(row.end).to_owned(),
    }
}

fn basis(standings: &Standings<'_>, row: &Row) -> Vec<ToldBasis> {
    let score = standings.scores.get(&Owner::Unit(row.unit)).filter(|_| standings.rule.by == By::Score);
    let told = |one: &Basis| ToldBasis {
        unit: row.name.clone(),
        label: one.label.clone(),
        text: short(&one.text, ASKED).replace('|', "/"),
        due: one.due.map(day).unwrap_or_default(),
        verdict: verdict(one.verdict),
        points: earned(one),
    };
    score.into_iter().flat_map(|score| score.basis.iter().map(told)).collect()
}
