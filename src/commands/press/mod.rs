//! The press: draws up papers from the facts and prints them. What a paper tells is frozen when it is drawn up; printing it,
//! as a draft or signed, adds nothing but the signature.

mod boards;
mod bulletin;
mod kept;
mod ledger;
mod office;
mod print;
pub mod wish;

use std::io::{Seek, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::assess::board::Own;
use crate::assess::facts::Facts;
use crate::assess::sums::Span;
use crate::config::Settings;
use crate::documents::bulletin::Length;
use crate::documents::draft::Signature;
use crate::documents::frozen::Frozen;
use crate::domain::ids::{TaskNo, UnitId};
use crate::domain::now::Now;
use crate::domain::paper::{Form, PaperKind};
use crate::domain::period::Period;
use crate::store::{Connection, papers as facts, people, remits};
use crate::wording::signing as wording;

pub use kept::{blocks, changes, forms, reopen};
pub use office::Office;
pub use print::{frozen, print, signature};

/// A front (战线) as it was when a paper was asked for: what is set anew later changes nothing about that paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Front {
    /// The title of the county leader's post.
    pub post: String,
    /// The units that the post is in charge of.
    pub units: Vec<UnitId>,
}

impl Front {
    /// The front of a post, by its title or code; without units where none were set. `None` where no post is called so.
    pub async fn find(conn: &mut Connection, name: &str) -> sqlx::Result<Option<Front>> {
        match people::post_by_name(conn, name).await? {
            Some((id, post)) => Ok(Some(Front { post, units: remits::of_post(conn, id).await? })),
            None => Ok(None),
        }
    }
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Which paper.
    pub paper: PaperKind,
    /// Of which period, where it is of one.
    pub period: Option<Period>,
    /// The days it is about.
    pub span: Span,
    /// By what was known at the end of this day.
    pub as_of: NaiveDate,
    /// A bulletin's length.
    pub length: Length,
    /// Only what belongs to this team.
    pub team: Option<String>,
    /// Only what the units of this front owe; of a bulletin only.
    #[serde(default)]
    pub front: Option<Front>,
    /// The board's name.
    pub board: Option<String>,
    /// Slips of this item only.
    pub task: Option<TaskNo>,
    /// Slips for this unit only.
    pub unit: Option<String>,
    /// What a second visit found: the slip is the one that follows it (回访单).
    #[serde(default)]
    pub visit: Option<String>,
    /// Where it is written, where it is; a draft gets the mark into its name.
    #[serde(skip)]
    pub out: PathBuf,
}

impl Order {
    /// A paper of a period, by what was known at its end; a board by what is known today: what the office verified or entered
    /// after the period's end is about the period all the same.
    pub fn of(paper: PaperKind, period: Period, today: NaiveDate) -> Option<Order> {
        let (from, until) = period.first_day().zip(period.last_day())?;
        let (length, out) = (Length::Full, PathBuf::new());
        let (team, front, board, task, unit, visit) = (None, None, None, None, None, None);
        let as_of = if paper == PaperKind::Board { today } else { until.min(today) };
        Some(Order {
            paper,
            period: Some(period),
            span: Span { from, until },
            as_of,
            length,
            team,
            front,
            board,
            task,
            unit,
            visit,
            out,
        })
    }

    /// What it is about, so that a second draft is a second version of the same.
    pub fn subject(&self) -> String {
        let period =
            self.period.map_or_else(|| format!("{}/{}", self.span.from, self.span.until), |p| p.to_string());
        let task = self.task.map(|task| format!("#{task}"));
        let front = self.front.as_ref().map(|front| front.post.clone());
        let parts = [self.board.clone(), self.team.clone(), front, task, self.unit.clone()];
        let length = Some(self.length.as_str().to_owned()).filter(|_| self.length != Length::Full);
        let visit = self.visit.as_ref().map(|_| "visit".to_owned());
        let parts: Vec<String> = parts.into_iter().chain([length, visit]).flatten().collect();
        format!("{} {period} {}", self.paper.as_str(), parts.join(" ")).trim_end().to_owned()
    }

    /// What it is called.
    pub fn title(&self) -> String {
        wording::title(self.paper, &self.period_name(), &self.named())
    }

    fn named(&self) -> wording::Named<'_> {
        wording::Named {
            period: self.period,
            board: self.board.as_deref(),
            team: self.team.as_deref(),
            front: self.front.as_ref().map(|front| front.post.as_str()),
            task: self.task,
            unit: self.unit.as_deref(),
            visits: self.visit.is_some(),
        }
    }

    /// `2022年二季度`, or the days.
    fn period_name(&self) -> String {
        wording::period_name(self.period, (self.span.from, self.span.until))
    }

    /// How the file ends.
    fn end(&self) -> String {
        let end = self.out.extension().map(|end| end.to_string_lossy().to_lowercase());
        end.unwrap_or_default()
    }
}

/// A paper as it was drawn up.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// What it tells.
    pub frozen: Frozen,
    /// A board's rows, each with what it rests on.
    pub rows: Vec<Own>,
    /// Its numbers, by name, to be held against later ones.
    pub figures: Vec<(String, String)>,
    /// By what was known at this instant.
    pub known_at: DateTime<Utc>,
}

/// What every paper needs at hand.
#[derive(Clone, Copy)]
pub struct Press<'a> {
    /// The office's settings.
    pub settings: &'a Settings,
    /// Its layout, templates and rules.
    pub office: &'a Office,
    /// Now.
    pub now: &'a Now,
    /// What is wanted.
    pub order: &'a Order,
}

impl Press<'_> {
    /// Draws a paper up. A ledger is not drawn up: it is printed from the facts as they stood.
    pub async fn draw(&self, conn: &mut Connection) -> anyhow::Result<Drawn> {
        let facts = self.facts(conn, self.order.as_of).await?;
        match self.order.paper {
            PaperKind::Slip => self.slips(conn, &facts).await,
            PaperKind::Board => self.board(conn, &facts).await,
            PaperKind::Bulletin | PaperKind::Ledger => self.bulletin(conn, &facts).await,
            PaperKind::Chart => Ok(self.chart(&facts)),
        }
    }

    /// Prints a paper straight to a file, unsigned.
    pub async fn draft(
        &self,
        conn: &mut Connection,
        mut out: impl Write + Seek + Send,
    ) -> anyhow::Result<()> {
        if self.order.paper == PaperKind::Ledger {
            return self.ledger(conn, self.moment(self.order.as_of), out).await;
        }
        let form: Form = self.order.end().parse().context("how a paper's file ends says its form")?;
        let drawn = self.draw(conn).await?;
        anyhow::ensure!(
            !drawn.frozen.is_empty(),
            "nothing calls for a slip: nothing of it is due soon, behind or overdue"
        );
        let office = (&self.office.templates, &self.office.layout);
        Ok(out.write_all(&drawn.frozen.print(form, office, &Signature::Draft)?)?)
    }

    /// The facts at the last moment of a day, or now while the day is not over; without what may not be told.
    async fn facts(&self, conn: &mut Connection, day: NaiveDate) -> anyhow::Result<Facts> {
        self.facts_at(conn, self.moment(day)).await
    }

    /// The last moment of a day, or now while the day is not over.
    fn moment(&self, day: NaiveDate) -> DateTime<Utc> {
        (self.now.end_of(day) - TimeDelta::milliseconds(1)).min(self.now.at())
    }

    async fn facts_at(&self, conn: &mut Connection, at: DateTime<Utc>) -> anyhow::Result<Facts> {
        let at = Now::new(at, self.now.zone());
        let facts = facts::read(conn, &at, &self.settings.calendar).await?;
        self.told(conn, facts).await
    }

    /// The same without the filings.
    async fn frame_at(&self, conn: &mut Connection, at: DateTime<Utc>) -> anyhow::Result<Facts> {
        let at = Now::new(at, self.now.zone());
        let frame = facts::frame(conn, &at, &self.settings.calendar).await?;
        self.told(conn, frame).await
    }

    /// Of the facts, what this paper may tell and is about.
    async fn told(&self, conn: &mut Connection, mut facts: Facts) -> anyhow::Result<Facts> {
        facts.veil();
        if let Some(name) = &self.order.team {
            let team = people::team_by_name(conn, name).await?;
            facts.keep_team(team.with_context(|| format!("no team is called {name}"))?.0);
        }
        if let Some(front) = &self.order.front {
            facts.keep_front(&front.units);
        }
        Ok(facts)
    }
}
