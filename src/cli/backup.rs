//! `duban backup` and `duban restore`: where to, which, and what is said.

use std::path::PathBuf;

use super::say;
use crate::app::backup::{self, Listing};
use crate::clock::{Clock as _, SystemClock};
use crate::config::Settings;
use crate::wording::{backup as wording, typeset};

/// What `backup` is asked.
#[derive(Debug, clap::Args)]
pub(super) struct BackupArgs {
    /// The folder of backups; best on another disk. Files that are there already are not copied again.
    folder: PathBuf,
    /// Keeps only so many backups in the folder, this one included, and the files they need.
    #[arg(long)]
    keep: Option<usize>,
}

/// What `restore` is asked.
#[derive(Debug, clap::Args)]
pub(super) struct RestoreArgs {
    /// The folder of backups.
    folder: PathBuf,
    /// Which one, by the name that `backup` said; else the newest.
    #[arg(long)]
    name: Option<String>,
    /// Only checks that it is whole.
    #[arg(long)]
    check: bool,
}

/// Makes one.
pub(super) async fn backup(settings: &Settings, args: BackupArgs) -> anyhow::Result<()> {
    let made = backup::backup(settings, &args.folder, args.keep, SystemClock.now()).await?;
    let files = (made.listing.files.len(), made.copied);
    say(&typeset(&wording::made(&made.name, size(&made.listing), files, made.removed)));
    Ok(())
}

/// Puts one back, or checks it.
pub(super) async fn restore(settings: &Settings, args: RestoreArgs) -> anyhow::Result<()> {
    let name = args.name.as_deref();
    if args.check {
        let found = backup::check(&args.folder, name).await?;
        say(&typeset(&wording::whole(&found.name, size(&found.listing), found.listing.files.len())));
        return Ok(());
    }
    let found = backup::restore(settings, &args.folder, name).await?;
    say(&typeset(&wording::restored(&found.name, size(&found.listing), found.listing.files.len())));
    Ok(())
}

/// Rows and tables.
fn size(listing: &Listing) -> (u64, usize) {
    (listing.tables.values().map(|table| table.rows).sum(), listing.tables.len())
}
