//! Slips and boards from the facts.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use chrono::Datelike as _;

use super::bulletin::figures as filed;
use super::{Drawn, Press};
use crate::assess::board::{Board, By, End, Figure, Own, Row, Rule, board, figures};
use crate::assess::entered::merged;
use crate::assess::facts::{Facts, Item};
use crate::assess::score::{Score, scores};
use crate::assess::sums::Span;
use crate::documents::frozen::{Frozen, Picture};
use crate::documents::picture::{Bar, Heading};
use crate::documents::slip;
use crate::documents::standings::{self, Standings};
use crate::domain::filing::Owner;
use crate::domain::ids::UnitId;
use crate::domain::period::Period;
use crate::store::{Connection, figures as entered, people};
use crate::wording::day;
use crate::wording::papers::{figure, light_name};

/// Colours of a board's bars: the top, the bottom, all others.
const COLOURS: [&str; 3] = ["#C9372C", "#4A4A4A", "#4A7FC1"];

impl Press<'_> {
    pub(super) async fn slips(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Drawn> {
        let unit = match &self.order.unit {
            Some(name) => {
                let unit = people::unit_by_name(conn, name).await?;
                Some(unit.with_context(|| format!("no unit is called {name}"))?.id)
            }
            None => None,
        };
        let wanted = |item: &&Item| {
            self.order.task.is_none_or(|task| item.task == task)
                && unit.is_none_or(|unit| item.filing.owner == Owner::Unit(unit))
        };
        let items: Vec<&Item> = facts.newest().into_iter().filter(wanted).collect();
        let layout = &self.office.layout;
        let (told, template) = match &self.order.visit {
            Some(words) => (slip::visits(facts, items, layout, words)?, "visit.txt"),
            None => (slip::slips(facts, items, layout)?, "slip.txt"),
        };
        let name = |item: &Item| format!("{} {}", facts.label(item), facts.owner(item.filing.owner));
        let figures = told.iter().map(|(item, _)| (name(item), light_name(facts.light(item)).to_owned()));
        let figures = figures.collect();
        let sheets = told.into_iter().map(|(_, sheet)| sheet).collect();
        let frozen = Frozen { template: template.to_owned(), spoken: false, sheets, picture: None };
        Ok(Drawn { frozen, rows: Vec::new(), figures, known_at: facts.now.at() })
    }

    pub(super) async fn board(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Drawn> {
        let rule = self.rule()?;
        let scores = scores(facts, self.order.span, self.office.rules.score);
        let ranked = match rule.by {
            By::Score => figures(&scores),
            By::Entered => self.entered(conn, rule, (self.order.period, self.order.span), facts).await?,
        };
        let board = board(facts, rule, &ranked);
        let before = self.figures_before(conn, rule, facts).await?;
        let (period, today) = (self.order.period_name(), day_of(facts));
        let told = Standings {
            rule,
            board: &board,
            scores: &scores,
            before: &before,
            period: &period,
            today: &today,
        };
        let sheet = standings::sheet(&told, &self.office.layout)?;
        let picture = Some(self.picture(facts, rule, &board));
        let frozen = Frozen { template: "board.txt".to_owned(), spoken: false, sheets: vec![sheet], picture };
        let figures = board
            .rows
            .iter()
            .map(|row| (row.name.clone(), figure(row.figure.tenths, &rule.measure)))
            .collect();
        Ok(Drawn { frozen, rows: own_rows(&board, rule, &scores), figures, known_at: facts.now.at() })
    }

    pub(super) fn chart(&self, facts: &Facts) -> Drawn {
        let name = |team: Option<_>| match team {
            Some(team) => facts.owner(Owner::Team(team)).to_owned(),
            None => "各单位举措".to_owned(),
        };
        let teams: Vec<_> =
            facts.lights_by_team().into_iter().map(|(team, lights)| (name(team), lights)).collect();
        let heading = Heading {
            title: "督办事项进展".to_owned(),
            below: format!("{} · 共{}项", self.order.period_name(), facts.lights().all()),
            foot: format!("{} · 截至{}", self.office.layout.issuer, day_of(facts)),
        };
        let picture = Some(Picture::Progress(heading, teams));
        let frozen = Frozen { template: String::new(), spoken: false, sheets: Vec::new(), picture };
        Drawn {
            frozen,
            rows: Vec::new(),
            figures: filed(facts.filed_in(self.order.span)),
            known_at: facts.now.at(),
        }
    }

    /// The figures of the period before: scores as they were known at its end; none where the days are of no period.
    async fn figures_before(
        &self,
        conn: &mut Connection,
        rule: &Rule,
        facts: &Facts,
    ) -> anyhow::Result<BTreeMap<UnitId, Figure>> {
        let before = self.order.period.and_then(Period::previous);
        let Some((from, until)) = before.and_then(|before| before.first_day().zip(before.last_day())) else {
            return Ok(BTreeMap::new());
        };
        let span = Span { from, until };
        match rule.by {
            By::Score => {
                let facts = self.facts(conn, until).await?;
                Ok(figures(&scores(&facts, span, self.office.rules.score)))
            }
            By::Entered => self.entered(conn, rule, (before, span), facts).await,
        }
    }

    /// The figures that were entered for some days, as they were known at the moment of the facts.
    async fn entered(
        &self,
        conn: &mut Connection,
        rule: &Rule,
        days: (Option<Period>, Span),
        facts: &Facts,
    ) -> anyhow::Result<BTreeMap<UnitId, Figure>> {
        let entered = entered::of_board(conn, &rule.name, facts.now.at()).await?;
        Ok(merged(&entered, days, rule.over))
    }

    fn rule(&self) -> anyhow::Result<&Rule> {
        let boards = &self.office.rules.board;
        let names = || boards.iter().map(|rule| rule.name.as_str()).collect::<Vec<_>>().join("、");
        match &self.order.board {
            Some(name) => {
                let found = boards.iter().find(|rule| rule.name == *name);
                found.with_context(|| format!("no board is called {name}; there are {}", names()))
            }
            None => bail!("say which board: --board, one of {}", names()),
        }
    }

    fn picture(&self, facts: &Facts, rule: &Rule, board: &Board) -> Picture {
        let all = board.rows.iter().map(|row| row.figure.tenths);
        let most = all.max().unwrap_or_default().max(1);
        let bars: Vec<Bar> = board.rows.iter().map(|row| bar(rule, row, most)).collect();
        let foot = if bars.is_empty() {
            "本期没有可以排名的数".to_owned()
        } else {
            format!("只算督查室核定的结果;同分并列;容错不计。截至{}", day_of(facts))
        };
        let below = format!("{} · 单位:{}", self.order.period_name(), rule.measure);
        Picture::Board(Heading { title: rule.name.clone(), below, foot }, bars)
    }
}

fn bar(rule: &Rule, row: &Row, most: u64) -> Bar {
    let word = rule.end_word(row.end);
    let space = if word.is_empty() { "" } else { " " };
    let colour = match row.end {
        Some(End::Top) => COLOURS[0],
        Some(End::Bottom) => COLOURS[1],
        None => COLOURS[2],
    };
    Bar {
        rank: row.rank.to_string(),
        name: row.name.clone(),
        length: row.figure.tenths * 1000 / most,
        figure: format!("{}{space}{word}", figure(row.figure.tenths, &rule.measure)),
        colour: colour.to_owned(),
    }
}

/// Each row with what it rests on, for the unit alone.
fn own_rows(board: &Board, rule: &Rule, scores: &BTreeMap<Owner, Score>) -> Vec<Own> {
    let own = |row: &Row| {
        let score = scores.get(&Owner::Unit(row.unit)).filter(|_| rule.by == By::Score);
        Own {
            row: row.clone(),
            among: board.rows.len(),
            end_word: rule.end_word(row.end).to_owned(),
            basis: score.map(|score| score.basis.clone()).unwrap_or_default(),
        }
    };
    board.rows.iter().map(own).collect()
}

/// `2022年6月30日`.
pub(super) fn day_of(facts: &Facts) -> String {
    let today = facts.now.today();
    format!("{}年{}", today.year(), day(today))
}
