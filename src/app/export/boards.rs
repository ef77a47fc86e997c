//! Slips, boards and the progress chart from the facts.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use chrono::Datelike as _;

use super::Desk;
use crate::assess::board::{Board, By, End, Figure, Row, Rule, board, figures};
use crate::assess::facts::{Facts, Item};
use crate::assess::score::scores;
use crate::assess::sums::Span;
use crate::documents::draft::Signature;
use crate::documents::picture::{self, Bar, Heading};
use crate::documents::standings::{self, Standings, points};
use crate::documents::{official, slip};
use crate::domain::filing::Owner;
use crate::domain::ids::UnitId;
use crate::domain::period::Period;
use crate::store::{Connection, people};
use crate::wording::day;

/// Colours of a board's bars: the top, the bottom, all others.
const COLOURS: [&str; 3] = ["#C9372C", "#4A4A4A", "#4A7FC1"];

impl Desk<'_> {
    pub(super) async fn slips(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Vec<u8>> {
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
        let items = facts.newest().into_iter().filter(wanted);
        let office = (&self.office.templates, &self.office.layout);
        let blocks = slip::slips(facts, items, office, &Signature::Draft)?;
        anyhow::ensure!(
            !blocks.is_empty(),
            "nothing calls for a slip: nothing of it is due soon, behind or overdue"
        );
        Ok(official::docx(&blocks, &self.office.layout, &Signature::Draft)?)
    }

    pub(super) async fn board(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Vec<u8>> {
        let rule = self.rule()?;
        let scores = scores(facts, self.order.span, self.office.rules.score);
        // Figures are not entered anywhere yet: such a board is empty and says so.
        let figures = if rule.by == By::Score { figures(&scores) } else { BTreeMap::new() };
        let board = board(facts, rule, &figures);
        if self.order.end() != "docx" {
            return self.drawn(&self.board_picture(facts, rule, &board, &figures));
        }
        let before = self.figures_before(conn, rule).await?;
        let (period, today) = (self.period(), Self::day_of(facts));
        let told = Standings {
            rule,
            board: &board,
            scores: &scores,
            before: &before,
            period: &period,
            today: &today,
        };
        let blocks = standings::blocks(&told, (&self.office.templates, &self.office.layout))?;
        Ok(official::docx(&blocks, &self.office.layout, &Signature::Draft)?)
    }

    /// The figures of the period before, as they were known at its end; none where the days are of no period.
    async fn figures_before(
        &self,
        conn: &mut Connection,
        rule: &Rule,
    ) -> anyhow::Result<BTreeMap<UnitId, Figure>> {
        let before = self.order.period.filter(|_| rule.by == By::Score).and_then(Period::previous);
        let Some((from, until)) = before.and_then(|before| before.first_day().zip(before.last_day())) else {
            return Ok(BTreeMap::new());
        };
        let facts = self.facts(conn, until).await?;
        Ok(figures(&scores(&facts, Span { from, until }, self.office.rules.score)))
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

    fn board_picture(
        &self,
        facts: &Facts,
        rule: &Rule,
        board: &Board,
        figures: &BTreeMap<UnitId, Figure>,
    ) -> String {
        let most = figures.values().map(|figure| figure.tenths).max().unwrap_or_default().max(1);
        let bar = |row: &Row| {
            let word = rule.end_word(row.end);
            let space = if word.is_empty() { "" } else { " " };
            Bar {
                rank: row.rank.to_string(),
                name: row.name.clone(),
                length: row.figure.tenths * 1000 / most,
                figure: format!("{}{space}{word}", points(row.figure.tenths)),
                colour: match row.end {
                    Some(End::Top) => COLOURS[0],
                    Some(End::Bottom) => COLOURS[1],
                    None => COLOURS[2],
                },
            }
        };
        let bars: Vec<Bar> = board.rows.iter().map(bar).collect();
        let foot = if bars.is_empty() {
            "本期没有可以排名的数".to_owned()
        } else {
            format!("只算督查室核定的结果;同分并列;容错不计。截至{}", Self::day_of(facts))
        };
        let below = format!("{} · 单位:{}", self.period(), rule.measure);
        picture::board(&Heading { title: rule.name.clone(), below, foot }, &bars, &Signature::Draft)
    }

    pub(super) fn chart(&self, facts: &Facts) -> anyhow::Result<Vec<u8>> {
        let name = |team: Option<_>| match team {
            Some(team) => facts.owner(Owner::Team(team)).to_owned(),
            None => "各单位举措".to_owned(),
        };
        let teams: Vec<_> =
            facts.lights_by_team().into_iter().map(|(team, lights)| (name(team), lights)).collect();
        let heading = Heading {
            title: "督办事项进展".to_owned(),
            below: format!("{} · 共{}项", self.period(), facts.lights().all()),
            foot: format!("{} · 截至{}", self.office.layout.issuer, Self::day_of(facts)),
        };
        self.drawn(&picture::progress(&heading, &teams, &Signature::Draft))
    }

    /// A picture in the form that the file's name asks for.
    fn drawn(&self, svg: &str) -> anyhow::Result<Vec<u8>> {
        match self.order.end().as_str() {
            "svg" => Ok(svg.as_bytes().to_vec()),
            "png" => Ok(picture::png(svg)?),
            other => bail!("a picture is written as .png or .svg, not as .{other}"),
        }
    }

    /// `2022年二季度`, or the days.
    fn period(&self) -> String {
        let span = self.order.span;
        match self.order.period {
            Some(Period::Year { year }) => format!("{year}年"),
            Some(period) => format!("{}年{}", span.until.year(), period.chinese()),
            None => format!("{}年{}至{}", span.from.year(), day(span.from), day(span.until)),
        }
    }

    fn day_of(facts: &Facts) -> String {
        let today = facts.now.today();
        format!("{}年{}", today.year(), day(today))
    }
}
