//! `duban token`: tokens with which another system reads over the interface. A token is shown once, when it is made.

use anyhow::{Context as _, ensure};

use crate::config::Settings;
use crate::domain::now::Now;
use crate::store::history::Cause;
use crate::store::{Store, invites, people, tokens};
use crate::wording::command as wording;

/// Bytes of chance in a token.
const SECRET: usize = 32;
/// The longest name, in characters.
const NAME_MAX: usize = 40;

/// What is done with tokens.
#[derive(Debug, clap::Subcommand)]
pub enum TokenCommand {
    /// Makes a token and shows it, this once.
    New {
        /// What the other system is called.
        name: String,
        /// Whose part it reads; without it, what the office's lists show.
        #[arg(long)]
        unit: Option<String>,
    },
    /// Lists the tokens in use.
    List,
    /// Takes a token out of use, at once.
    Revoke {
        /// What the other system is called.
        name: String,
    },
}

/// Runs the command; gives what is said.
pub async fn run(settings: &Settings, now: &Now, command: TokenCommand) -> anyhow::Result<String> {
    let store = Store::open(&settings.database).await?;
    let said = match command {
        TokenCommand::New { name, unit } => {
            make(&store, now, &name, unit.as_deref()).await.map(|token| wording::token_made(&name, &token))
        }
        TokenCommand::List => list(&store, now).await,
        TokenCommand::Revoke { name } => revoke(&store, now, &name).await,
    };
    store.close().await;
    said
}

/// Makes a token for a system; gives the token, which is kept nowhere.
pub async fn make(store: &Store, now: &Now, name: &str, unit: Option<&str>) -> anyhow::Result<String> {
    let length = name.chars().count();
    ensure!((1..=NAME_MAX).contains(&length), "a name has 1 to {NAME_MAX} characters");
    let mut bytes = [0_u8; SECRET];
    getrandom::fill(&mut bytes).context("no chance to be had from the system")?;
    let secret = bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    let mut tx = store.write().await?;
    let unit = match unit {
        Some(unit) => Some(
            people::unit_by_name(&mut tx, unit)
                .await?
                .with_context(|| format!("no unit is called {unit}"))?
                .id,
        ),
        None => None,
    };
    let taken = tokens::all(&mut tx).await?.iter().any(|token| token.name == name);
    ensure!(!taken, "there is a token called {name}; revoke it first");
    let cause = Cause::console(now.at());
    let id = tokens::add(&mut tx, (name, &invites::digest(&secret)), unit, &cause).await?;
    tx.commit().await?;
    Ok(format!("duban_{id}_{secret}"))
}

async fn list(store: &Store, now: &Now) -> anyhow::Result<String> {
    let all = tokens::all(&mut *store.read().await?).await?;
    let lines: Vec<_> = all
        .iter()
        .map(|token| {
            let unit = token.unit.as_ref().map(|(_, short)| short.as_str());
            (token.name.as_str(), unit, now.date_of(token.created_at))
        })
        .collect();
    Ok(wording::tokens(&lines))
}

/// Takes a token out of use.
pub async fn revoke(store: &Store, now: &Now, name: &str) -> anyhow::Result<String> {
    let mut tx = store.write().await?;
    let found = tokens::revoke(&mut tx, name, &Cause::console(now.at())).await?;
    tx.commit().await?;
    ensure!(found, "no token is called {name}; see `duban token list`");
    Ok(wording::token_revoked(name))
}
