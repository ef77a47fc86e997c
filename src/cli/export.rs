//! `duban export`: what a paper is asked for, and where it goes.

use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context as _;
use chrono::NaiveDate;

use super::preview::{PreviewArgs, preview};
use super::{now, say};
use crate::app;
use crate::app::export::{Front, Order, Paper};
use crate::assess::sums::Span;
use crate::config::Settings;
use crate::documents::bulletin::Length;
use crate::domain::ids::{PaperId, TaskNo};
use crate::domain::period::Period;
use crate::rules::preview::Assume;
use crate::store::Store;
use crate::wording::{self, typeset};

/// What can be written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// What the office hands out.
    Paper(Paper),
    /// What will be sent on which day, for a calendar program.
    Calendar,
}

impl FromStr for Wanted {
    type Err = String;

    fn from_str(text: &str) -> Result<Wanted, String> {
        if text == "calendar" {
            return Ok(Wanted::Calendar);
        }
        let papers = Paper::ALL.iter().map(|paper| paper.as_str());
        let known = || papers.chain(["calendar"]).collect::<Vec<_>>().join(", ");
        text.parse().map(Wanted::Paper).map_err(|_| format!("`{text}` is none of {}", known()))
    }
}

/// What `export` is asked.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// ledger (.xlsx), bulletin (.docx, .txt), slip (.docx), board (.png, .svg, .docx), chart (.png, .svg) or calendar (.ics).
    #[arg(required_unless_present = "number")]
    paper: Option<Wanted>,
    /// A paper that was drawn up in chat, by its number: as it was then, and signed if it was signed.
    #[arg(long, conflicts_with_all = ["paper", "period", "from", "to", "as_of"])]
    number: Option<i64>,
    /// The period: 2022-W26, 2022-06, 2022Q2 or 2022.
    #[arg(long, conflicts_with_all = ["from", "to"], required_unless_present_any = ["from", "number"])]
    period: Option<Period>,
    /// The first day, instead of a period.
    #[arg(long, requires = "to")]
    from: Option<NaiveDate>,
    /// The last day.
    #[arg(long, requires = "from")]
    to: Option<NaiveDate>,
    /// By what was known at the end of this day; the last day of the period if nothing is said, today for boards.
    #[arg(long)]
    as_of: Option<NaiveDate>,
    /// A bulletin's length: full, half or spoken (to be read aloud).
    #[arg(long, default_value = "full")]
    length: Length,
    /// Only what belongs to this team.
    #[arg(long)]
    team: Option<String>,
    /// Of a bulletin: only what the units owe that this county leader is in charge of (战线), by the post's title.
    #[arg(long, conflicts_with = "team")]
    front: Option<String>,
    /// The board's name.
    #[arg(long)]
    board: Option<String>,
    /// Slips of this item only.
    #[arg(long)]
    task: Option<i64>,
    /// Slips for this unit only.
    #[arg(long)]
    unit: Option<String>,
    /// Where the file is written.
    #[arg(long)]
    out: PathBuf,
}

/// Writes a paper from the database, or from the sample plan where there is none.
pub(super) async fn export(settings: &Settings, args: ExportArgs) -> anyhow::Result<()> {
    if let Some(number) = args.number {
        let store = Store::open(&settings.database).await?;
        let now = now(settings, None);
        let said = app::export::of_paper(&store, settings, &now, (PaperId(number), &args.out)).await;
        store.close().await;
        say(&typeset(&said?));
        return Ok(());
    }
    let span = match (args.period, args.from.zip(args.to)) {
        (Some(period), _) => period.first_day().zip(period.last_day()),
        (None, span) => span,
    };
    let (from, until) = span.context("the period has no days")?;
    anyhow::ensure!(from <= until, "--from must not lie after --to");
    let paper = match args.paper.context("say which paper")? {
        Wanted::Paper(paper) => paper,
        Wanted::Calendar => return calendar(settings, args, (from, until)).await,
    };
    anyhow::ensure!(args.front.is_none() || paper == Paper::Bulletin, "--front is for bulletins");
    // A board is about its period by what is known today, as in chat.
    let is_board = paper == Paper::Board && settings.database.exists();
    let known = if is_board { now(settings, None).today() } else { until };
    let mut order = Order {
        paper,
        period: args.period,
        span: Span { from, until },
        as_of: args.as_of.unwrap_or(known),
        length: args.length,
        team: args.team,
        front: None,
        board: args.board,
        task: args.task.map(TaskNo),
        unit: args.unit,
        visit: None,
        out: args.out,
    };
    if !settings.database.exists() {
        anyhow::ensure!(
            args.front.is_none(),
            "--front needs a database of your own: the sample plan has no fronts"
        );
        say(&typeset(&wording::command::dry_run_on_sample()));
        say(&typeset(&app::export::of_sample(settings, &order).await?));
        return Ok(());
    }
    let store = Store::open(&settings.database).await?;
    if let Some(name) = args.front {
        order.front = Some(front(&store, &name).await?);
    }
    let said = app::export::of_store(&store, settings, &now(settings, None), &order).await;
    store.close().await;
    say(&typeset(&said?));
    Ok(())
}

/// The front of a post, which must have units.
async fn front(store: &Store, name: &str) -> anyhow::Result<Front> {
    let front = Front::find(&mut *store.read().await?, name).await?;
    let front = front.with_context(|| format!("no post is called {name}"))?;
    anyhow::ensure!(!front.units.is_empty(), "{name} is in charge of no unit; the order 分管 sets which");
    Ok(front)
}

/// The calendar is the preview of these days in another form.
async fn calendar(
    settings: &Settings,
    args: ExportArgs,
    (from, to): (NaiveDate, NaiveDate),
) -> anyhow::Result<()> {
    let of_papers = args.as_of.is_some() || args.board.is_some() || args.unit.is_some();
    anyhow::ensure!(
        !of_papers,
        "--as-of, --board and --unit are for papers; a calendar takes --team and --task"
    );
    let ExportArgs { team, task, out, .. } = args;
    let (post, assume, json) = (None, Assume::Silence, false);
    preview(settings, PreviewArgs { from, to, post, team, task, assume, json, ics: Some(out) }).await
}
