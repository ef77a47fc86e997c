//! The papers that were drawn up; and the boards as they stand now with what they rest on, which nobody has signed.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use chrono::TimeDelta;
use minijinja::{Value, context};
use serde::Deserialize;

use super::lights::{LAMPS, counts};
use super::{Answer, Viewer, Web, Wrong, page_for, render};
use crate::assess::board::{By, Rule, board, figures};
use crate::assess::facts::Facts;
use crate::assess::score::{Basis, Score, scores};
use crate::assess::sums::Span;
use crate::domain::filing::Owner;
use crate::domain::now::Now;
use crate::domain::period::{Cadence, Period};
use crate::store::{papers, plans};
use crate::wording::day;
use crate::wording::papers::{points, verdict};

/// Quarters that may be chosen, the present one first.
const QUARTERS: usize = 4;

/// What is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    period: Option<String>,
}

/// The page.
pub(super) async fn page(State(web): State<Arc<Web>>, viewer: Viewer, Query(which): Query<Which>) -> Answer {
    let page = page_for(&viewer, "/papers")?;
    let now = web.office.now();
    let mut conn = web.office.store.read().await?;
    let present = Period::containing(Cadence::Quarter, now.today());
    let period = if let Some(text) = &which.period {
        text.parse().map_err(|_| Wrong::Missing)?
    } else {
        // Of the quarter before there is more to see, if the plan was there already.
        let begun = plans::first_import(&mut conn).await?.map(|at| now.date_of(at));
        let before = present.previous().filter(|before| begun.is_some() && before.last_day() >= begun);
        before.unwrap_or(present)
    };
    let (from, until) = period.first_day().zip(period.last_day()).ok_or(Wrong::Missing)?;
    let last = (now.end_of(until) - TimeDelta::milliseconds(1)).min(now.at());
    let at = Now::new(last, now.zone());
    let mut facts = papers::read(&mut conn, &at, &web.office.settings.calendar).await?;
    facts.veil();
    let scores = scores(&facts, Span { from, until }, web.office.rules.score);
    drop(conn);
    let boards: Vec<Value> = web.office.rules.board.iter().map(|rule| drawn(rule, &facts, &scores)).collect();
    let filed = facts.filed_in(Span { from, until });
    let quarters = std::iter::successors(Some(present), |period| period.previous()).take(QUARTERS);
    let quarters: Vec<(String, String)> = quarters.map(|period| (period.to_string(), name(period))).collect();
    let lights: Vec<Value> = LAMPS
        .iter()
        .zip(counts(&facts.lights()))
        .map(|(lamp, count)| context! { lamp => *lamp, count })
        .collect();
    let with = context! {
        kept => super::paper::list(&web.office.store, &now).await?, boards, quarters, period => period.to_string(), name => name(period), until => day(at.today()), lights,
        filed => context! {
            owed => filed.owed, accepted => filed.accepted, claimed => filed.claimed, missing => filed.missing,
            open => filed.open, exempt => filed.exempt,
        },
    };
    render(&web, &viewer, ("papers.html", page), with)
}

fn name(period: Period) -> String {
    let year = period.first_day().map(|day| format!("{}年", day.format("%Y"))).unwrap_or_default();
    format!("{year}{}", period.chinese())
}

fn drawn(rule: &Rule, facts: &Facts, scores: &BTreeMap<Owner, Score>) -> Value {
    // Figures are not entered anywhere yet: such a board is empty and says so.
    let figures = if rule.by == By::Score { figures(scores) } else { BTreeMap::new() };
    let board = board(facts, rule, &figures);
    let most = board.rows.iter().map(|row| row.figure.tenths).max().unwrap_or_default().max(1);
    let rows: Vec<Value> = board
        .rows
        .iter()
        .map(|row| {
            let basis = scores.get(&Owner::Unit(row.unit)).map(|score| score.basis.iter().map(told).collect());
            let basis: Vec<Value> = basis.unwrap_or_default();
            context! {
                rank => row.rank, name => row.name.clone(), points => points(row.figure.tenths), votes => row.figure.votes,
                end => rule.end_word(row.end), width => row.figure.tenths * 1000 / most, basis,
            }
        })
        .collect();
    context! { name => rule.name.clone(), measure => rule.measure.clone(), rows, uncounted => board.uncounted, entered => rule.by == By::Entered }
}

/// What a number rests on.
pub(super) fn told(one: &Basis) -> Value {
    let points = match one.weight {
        0 => "不计".to_owned(),
        weight => format!("{}/{weight}", weight * one.share / 1000),
    };
    context! {
        task => one.task.0, label => one.label.clone(), text => one.text.clone(), due => one.due.map(day), verdict => verdict(one.verdict), points,
    }
}
