//! The command line: parse, then one call each.

mod backup;
mod export;
mod import;
mod phones;
mod preview;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{NaiveDate, NaiveDateTime};
use clap::{Parser, Subcommand};

use crate::app::console::{self, Mode};
use crate::app::doctor::{self, Finding};
use crate::app::{self, demo, story, tokens};
use crate::clock::{Clock as _, SystemClock};
use crate::config::{self, Settings};
use crate::domain::now::Now;
use crate::domain::people::Role;
use crate::store::Store;
use crate::wording::{self, typeset};

/// 督办机器人: chases government tasks in the group chats where the work is discussed.
#[derive(Debug, Parser)]
#[command(name = "duban", version)]
pub struct Cli {
    /// The settings.
    #[arg(long, global = true, default_value = config::USUAL)]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Opens the sample plan in a chat room in the browser, with a clock that can be moved.
    Demo {
        /// Where the clock starts, in the office's zone.
        #[arg(long, default_value = "2022-05-18T09:00", value_parser = local_time)]
        at: NaiveDateTime,
        /// How many times faster than real time the clock runs; 0 stands still until it is moved.
        #[arg(long, default_value_t = 0)]
        speed: i32,
        /// Where the page listens.
        #[arg(long, default_value = "127.0.0.1:8420")]
        listen: String,
        /// Plays a short office story to the terminal and ends.
        #[arg(long)]
        script: bool,
    },
    /// Runs the bot.
    Serve,
    /// Imports a plan, a roster or an edited ledger, after printing what the office has to decide.
    Import {
        /// An official document (.docx, .doc, .txt), a table of tasks, a roster or a ledger of ours (.xlsx, .xls) or a .toml file. Units are
        /// looked up in `roster.toml` beside it, else in the roster on record.
        file: PathBuf,
        /// Only checks.
        #[arg(long)]
        dry_run: bool,
        /// Applies another version of a plan that is in the database; without it the differences are only shown.
        #[arg(long, conflicts_with = "dry_run")]
        apply: bool,
        /// For machines: what was read, as JSON.
        #[arg(long, requires = "dry_run")]
        json: bool,
        /// The moment of the import, in the office's zone; for trying things out.
        #[arg(long, value_parser = local_time)]
        at: Option<NaiveDateTime>,
    },
    /// Shows what would be sent at a moment: each card, its receiver and reasons.
    Tick {
        /// The moment, in the office's zone.
        #[arg(long, value_parser = local_time)]
        at: NaiveDateTime,
        /// Nothing is kept or sent. (Sending is what `serve` is for.)
        #[arg(long, required = true)]
        dry_run: bool,
    },
    /// Foresees every card from one day to another: who will hear what, and why. Nothing is kept or sent.
    Preview(preview::PreviewArgs),
    /// Shows how a text would be understood. Nothing is kept.
    Understand {
        /// The text, as a leader would write it.
        #[arg(required_unless_present = "jsonl")]
        text: Option<String>,
        /// The unit that says it, by name or code: what it owes now is what the text may be about.
        #[arg(long)]
        unit: Option<String>,
        /// Reads lines `{"text": …, "context": {"tasks": [{"no", "title", "target": {"value", "unit"}, "due"}], "now"}}` from
        /// standard input, and writes an array of readings for each.
        #[arg(long, conflicts_with_all = ["text", "unit"])]
        jsonl: bool,
    },
    /// Writes a paper: ledger, bulletin, slips, a board or the progress chart, a draft that says so unless it is signed; or the
    /// calendar of what will be sent.
    Export(export::ExportArgs),
    /// Makes a one-time code for the first administrator, or for another role in the office.
    Invite {
        /// admin, head, staff or observer.
        role: Role,
    },
    /// Telephone numbers of posts: kept sealed, published on a list of their own, never said in a chat.
    #[command(subcommand)]
    Phones(phones::PhonesCommand),
    /// Tokens with which another system reads over the interface.
    #[command(subcommand)]
    Token(tokens::TokenCommand),
    /// Checks settings, token, database, bindings and holiday data.
    Doctor,
    /// Copies database and files to a folder while the bot runs, and reads the copy back.
    Backup(backup::BackupArgs),
    /// Puts a backup where the settings want database and files; overwrites nothing.
    Restore(backup::RestoreArgs),
}

fn local_time(text: &str) -> Result<NaiveDateTime, String> {
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"];
    let time = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(9, 0, 0);
    time.or_else(day).ok_or_else(|| format!("`{text}` is no time; write 2022-06-27T09:00"))
}

/// Runs the command line.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if let Command::Demo { at, speed, listen, script } = &cli.command {
        if *script || !std::io::stdout().is_terminal() {
            story::play(*at).await?;
        } else {
            demo::run(*at, *speed, listen).await?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Understand { jsonl: true, .. } = &cli.command {
        let bad = app::understand::lines(std::io::stdin().lock(), std::io::stdout().lock())?;
        return Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let settings = config::load(&cli.config)?;
    match cli.command {
        Command::Serve => app::serve(settings).await?,
        Command::Import { file, dry_run, apply, at, .. } if app::import::is_toml(&file) => {
            import::plan(&settings, &file, Mode::of(dry_run, apply), at).await?;
        }
        Command::Import { file, dry_run, apply, json, at } => {
            let mode = Mode::of(dry_run, apply);
            import::document(&settings, &file, (mode, json), &now(&settings, at)).await?;
        }
        Command::Tick { at, .. } => tick(&settings, at).await?,
        Command::Preview(args) => preview::preview(&settings, args).await?,
        Command::Understand { text, unit, .. } => {
            understand(&settings, &text.unwrap_or_default(), unit.as_deref()).await?;
        }
        Command::Export(args) => export::export(&settings, args).await?,
        Command::Invite { role } => invite(&settings, role).await?,
        Command::Phones(command) => phones::run(&settings, command).await?,
        Command::Token(command) => say(&tokens::run(&settings, &now(&settings, None), command).await?),
        Command::Doctor => return Ok(doctor(&settings).await),
        Command::Backup(args) => backup::backup(&settings, args).await?,
        Command::Restore(args) => backup::restore(&settings, args).await?,
        Command::Demo { .. } => {}
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a line. A reader who has left (`| head`) is no failure.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn now(settings: &Settings, at: Option<NaiveDateTime>) -> Now {
    let now = Now::new(SystemClock.now(), settings.zone);
    at.map_or(now, |at| Now::new(now.instant_of(at), settings.zone))
}

async fn tick(settings: &Settings, at: NaiveDateTime) -> anyhow::Result<()> {
    if !settings.database.exists() {
        say(&typeset(&wording::command::dry_run_on_sample()));
        say(&typeset(&demo::dry_tick(at).await?));
        return Ok(());
    }
    let store = Store::open(&settings.database).await?;
    let said = console::dry_tick(&store, settings, &now(settings, Some(at))).await;
    store.close().await;
    say(&typeset(&said?));
    Ok(())
}

async fn understand(settings: &Settings, text: &str, unit: Option<&str>) -> anyhow::Result<()> {
    if !settings.database.exists() {
        say(&app::understand::in_sample(text, unit).await?);
        return Ok(());
    }
    let store = Store::open(&settings.database).await?;
    let said = app::understand::in_store(&store, &now(settings, None), text, unit).await;
    store.close().await;
    say(&said?);
    Ok(())
}

async fn invite(settings: &Settings, role: Role) -> anyhow::Result<()> {
    anyhow::ensure!(
        !matches!(role, Role::Leader | Role::Liaison),
        "leaders and liaisons are invited in chat, by post"
    );
    let store = Store::open(&settings.database).await?;
    let code = console::invite(&store, &now(settings, None), role).await;
    store.close().await;
    let code = code?;
    say(&typeset(&wording::command::console_invite(&code)));
    Ok(())
}

async fn doctor(settings: &Settings) -> ExitCode {
    let findings = doctor::doctor(settings, &now(settings, None)).await;
    for finding in &findings {
        match finding {
            Finding::Fine(text) => say(&format!("好    {}", typeset(text))),
            Finding::Warning(text) => say(&format!("注意  {}", typeset(text))),
            Finding::Broken(text) => say(&format!("不行  {}", typeset(text))),
        }
    }
    if findings.iter().any(|finding| matches!(finding, Finding::Broken(_))) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
