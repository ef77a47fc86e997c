//! `duban export`: papers written to files. All of them are drafts: signing is an act of the head in chat, never of the console.

mod boards;
mod office;
mod papers;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{NaiveDate, TimeDelta};

use crate::app::demo::{Demo, START};
use crate::assess::facts::Facts;
use crate::assess::sums::Span;
use crate::config::Settings;
use crate::documents::bulletin::Length;
use crate::documents::draft::Signature;
use crate::domain::ids::TaskNo;
use crate::domain::now::Now;
use crate::domain::people::words;
use crate::domain::period::Period;
use crate::store::{Connection, Store, papers as facts, people};

pub use office::Office;

words! {
    /// A paper.
    Paper {
        /// 台账.
        Ledger = "ledger",
        /// 周小结, 月调度, 季通报, 年底通报.
        Bulletin = "bulletin",
        /// 督办单.
        Slip = "slip",
        /// 榜.
        Board = "board",
        /// A picture of the progress.
        Chart = "chart",
    }
}

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Which paper.
    pub paper: Paper,
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
    /// The board's name.
    pub board: Option<String>,
    /// Slips of this item only.
    pub task: Option<TaskNo>,
    /// Slips for this unit only.
    pub unit: Option<String>,
    /// Where it is written; a draft gets the mark into its name.
    pub out: PathBuf,
}

impl Order {
    /// How the file ends.
    fn end(&self) -> String {
        let end = self.out.extension().map(|end| end.to_string_lossy().to_lowercase());
        end.unwrap_or_default()
    }
}

/// Writes a paper; tells where it lies.
pub async fn of_store(
    store: &Store,
    settings: &Settings,
    now: &Now,
    order: &Order,
) -> anyhow::Result<String> {
    let office = Office::read(&settings.papers)?;
    let mut conn = store.read().await?;
    let desk = Desk { settings, office: &office, order, now };
    let bytes = desk.write(&mut conn).await?;
    let path = Signature::Draft.path(&order.out);
    save(&path, &bytes)?;
    Ok(format!("已写入 {}(草稿,签发后才能用)", path.display()))
}

fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// The same on the sample plan, after everybody has been silent from the notice to that day.
pub async fn of_sample(settings: &Settings, order: &Order) -> anyhow::Result<String> {
    let demo = Demo::open(START.parse()?, 0).await?;
    let evening = order.as_of.and_hms_opt(18, 0, 0).context("no such hour")?;
    demo.go_to(evening).await?;
    demo.clock.set(demo.now().end_of(order.as_of));
    let said = of_store(demo.store(), settings, &demo.now(), order).await;
    demo.close().await;
    said
}

/// What every paper needs at hand.
#[derive(Clone, Copy)]
struct Desk<'a> {
    settings: &'a Settings,
    office: &'a Office,
    order: &'a Order,
    now: &'a Now,
}

impl Desk<'_> {
    async fn write(&self, conn: &mut Connection) -> anyhow::Result<Vec<u8>> {
        let facts = self.facts(conn, self.order.as_of).await?;
        match self.order.paper {
            Paper::Ledger => self.ledger(conn, &facts).await,
            Paper::Bulletin => self.bulletin(conn, &facts).await,
            Paper::Slip => self.slips(conn, &facts).await,
            Paper::Board => self.board(conn, &facts).await,
            Paper::Chart => self.chart(&facts),
        }
    }

    /// The facts at the last moment of a day, or now while the day is not over; without what may not be told.
    async fn facts(&self, conn: &mut Connection, day: NaiveDate) -> anyhow::Result<Facts> {
        let last = self.now.end_of(day) - TimeDelta::milliseconds(1);
        let at = Now::new(last.min(self.now.at()), self.now.zone());
        let mut facts = facts::read(conn, &at, &self.settings.calendar).await?;
        facts.veil();
        if let Some(name) = &self.order.team {
            let team = people::team_by_name(conn, name).await?;
            facts.keep_team(team.with_context(|| format!("no team is called {name}"))?.0);
        }
        Ok(facts)
    }
}
