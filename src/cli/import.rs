//! `duban import`: shows what was read, and loads or applies it where that is asked.

use std::path::Path;

use chrono::NaiveDateTime;

use super::{now, say};
use crate::app;
use crate::app::console::{self, Mode};
use crate::app::import::Opened;
use crate::config::Settings;
use crate::domain::now::Now;
use crate::notice::roster;
use crate::store::Store;
use crate::wording::{self, typeset};

/// Imports a plan or a roster written for us.
pub(super) async fn plan(
    settings: &Settings,
    file: &Path,
    mode: Mode,
    at: Option<NaiveDateTime>,
) -> anyhow::Result<()> {
    let (draft, text) = console::read_files(file)?;
    let store = Store::open(&settings.database).await?;
    let said = console::import(&store, &now(settings, at), &draft, &text, mode).await;
    store.close().await;
    say(&typeset(&said?));
    Ok(())
}

/// Imports an official document, a table of tasks, a roster or an edited ledger.
pub(super) async fn document(
    settings: &Settings,
    file: &Path,
    (mode, json): (Mode, bool),
    now: &Now,
) -> anyhow::Result<()> {
    let on_record = app::import::on_record(&settings.database).await?;
    let intake = match app::import::open(file, &on_record, now.today())? {
        Opened::Document(intake) => intake,
        Opened::Roster(read) => return load_roster(settings, &read, mode).await,
        Opened::Ledger(ledger) => {
            let store = Store::open(&settings.database).await?;
            let said = app::import::load_ledger(&store, settings, now, (&ledger, mode)).await;
            store.close().await;
            say(&typeset(&said?));
            return Ok(());
        }
    };
    if json {
        say(&intake.json());
        return Ok(());
    }
    say(&typeset(&intake.sheet()));
    if mode == Mode::Check {
        say(&typeset("(只核对,没有导入)"));
        return Ok(());
    }
    let store = Store::open(&settings.database).await?;
    let said = intake.load(&store, now, mode).await;
    store.close().await;
    say(&typeset(&said?));
    Ok(())
}

async fn load_roster(settings: &Settings, read: &roster::Read, mode: Mode) -> anyhow::Result<()> {
    say(&typeset(&wording::roster::sheet(read)));
    if mode == Mode::Check {
        say(&typeset(&wording::roster::only_shown()));
        return Ok(());
    }
    let store = Store::open(&settings.database).await?;
    let said = app::import::load_roster(&store, read).await;
    store.close().await;
    say(&typeset(&said?));
    Ok(())
}
