//! `duban phones`: where numbers come from and where they may go.

use std::path::PathBuf;

use anyhow::Context as _;

use super::{now, say};
use crate::app::phones;
use crate::config::Settings;
use crate::store::Store;
use crate::wording::typeset;

/// What `phones` is asked.
#[derive(Debug, clap::Subcommand)]
pub(super) enum PhonesCommand {
    /// Takes numbers from a table (.xlsx, .docx) with the columns 岗位, 电话 and perhaps 企业或项目, 公布. They are kept sealed;
    /// the key lies in the file that `phone_key` of the settings names.
    Import {
        /// The table.
        file: PathBuf,
    },
    /// Writes the list of those marked 公布 (.docx), a draft.
    Publish {
        /// Where it is written.
        #[arg(long)]
        out: PathBuf,
    },
    /// Shows all numbers on this screen.
    List,
}

/// Does it.
pub(super) async fn run(settings: &Settings, command: PhonesCommand) -> anyhow::Result<()> {
    let store = Store::open(&settings.database).await?;
    let said = match command {
        PhonesCommand::Import { file } => {
            let bytes = std::fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            phones::import(&store, settings, &now(settings, None), &bytes).await
        }
        PhonesCommand::Publish { out } => phones::publish(&store, settings, &out).await,
        PhonesCommand::List => phones::list(&store, settings).await,
    };
    store.close().await;
    say(&typeset(&said?));
    Ok(())
}
