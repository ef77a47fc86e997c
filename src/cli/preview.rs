//! `duban preview`: which days are foreseen, and how that is told.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{now, say};
use crate::app;
use crate::app::preview::Form;
use crate::commands::preview::Wish;
use crate::config::Settings;
use crate::domain::ids::TaskNo;
use crate::rules::preview::Assume;
use crate::store::Store;
use crate::wording::{self, typeset};

/// What `preview` is asked.
#[derive(Debug, clap::Args)]
pub(super) struct PreviewArgs {
    /// The first day, in the office's zone.
    #[arg(long)]
    pub(super) from: NaiveDate,
    /// The last day.
    #[arg(long)]
    pub(super) to: NaiveDate,
    /// Only what whoever holds this post hears, by title or code.
    #[arg(long)]
    pub(super) post: Option<String>,
    /// Only items of this team.
    #[arg(long)]
    pub(super) team: Option<String>,
    /// Only this item.
    #[arg(long)]
    pub(super) task: Option<i64>,
    /// `silence`: nobody ever answers, the most that can be sent. `done-on-time`: everything is, the least.
    #[arg(long, default_value = "silence")]
    pub(super) assume: Assume,
    /// For machines.
    #[arg(long, conflicts_with = "ics")]
    pub(super) json: bool,
    /// Writes an iCalendar file.
    #[arg(long)]
    pub(super) ics: Option<PathBuf>,
}

/// Foresees the days, by the database or by the sample plan where there is none.
pub(super) async fn preview(settings: &Settings, args: PreviewArgs) -> anyhow::Result<()> {
    anyhow::ensure!(args.from <= args.to, "--from must not lie after --to");
    let wish = Wish {
        from: args.from,
        until: args.to,
        post: args.post,
        team: args.team,
        task: args.task.map(TaskNo),
        assume: args.assume,
    };
    let form = match &args.ics {
        Some(path) => Form::Calendar(path),
        None if args.json => Form::Json,
        None => Form::Text,
    };
    if !settings.database.exists() {
        if matches!(form, Form::Text) {
            say(&typeset(&wording::command::dry_run_on_sample()));
        }
        say(&app::preview::of_sample(&wish, form).await?);
        return Ok(());
    }
    let store = Store::open(&settings.database).await?;
    let said = app::preview::of_store(&store, settings, &now(settings, None), &wish, form).await;
    store.close().await;
    say(&said?);
    Ok(())
}
