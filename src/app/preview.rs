//! `duban preview`: a span of days foreseen, as text, JSON or a calendar.

use std::path::Path;

use anyhow::Context as _;

use crate::app::demo::{Demo, START};
use crate::commands::Trouble;
use crate::commands::preview::{Wish, foresee};
use crate::config::Settings;
use crate::documents::{calendar, machine};
use crate::domain::now::Now;
use crate::store::Store;
use crate::wording::{preview, typeset};

/// How the preview is wanted.
#[derive(Debug, Clone, Copy)]
pub enum Form<'a> {
    /// To be read.
    Text,
    /// For machines.
    Json,
    /// Written to this file, for a calendar program.
    Calendar(&'a Path),
}

/// Foresees the days of a wish; returns what is to be printed.
pub async fn of_store(
    store: &Store,
    settings: &Settings,
    now: &Now,
    wish: &Wish,
    form: Form<'_>,
) -> anyhow::Result<String> {
    // A span of the past is foreseen from its own first morning.
    let first = now.instant_of(wish.from.and_time(chrono::NaiveTime::MIN));
    let start = Now::new(now.at().min(first), now.zone());
    let mut conn = store.read().await?;
    let (found, facts) = match foresee(&mut conn, settings, &start, wish).await {
        Ok(found) => found,
        Err(Trouble::Refused(why)) => anyhow::bail!("{}", typeset(&why)),
        Err(Trouble::Broken(error)) => return Err(error),
    };
    let span = (wish.from, wish.until);
    match form {
        Form::Text => Ok(typeset(&preview::text(&found, &facts, span, wish.assume))),
        Form::Json => Ok(machine::json(&found, &facts, wish.assume)),
        Form::Calendar(path) => {
            std::fs::write(path, calendar::ics(&found, &facts, now))
                .with_context(|| format!("cannot write {}", path.display()))?;
            Ok(typeset(&format!("{}张卡已写入 {}", found.cards.len(), path.display())))
        }
    }
}

/// The same on the sample plan, from the morning of its notice and with everybody bound.
pub async fn of_sample(wish: &Wish, form: Form<'_>) -> anyhow::Result<String> {
    let demo = Demo::open(START.parse()?, 0).await?;
    let said = of_store(demo.store(), demo.settings(), &demo.now(), wish, form).await;
    demo.close().await;
    said
}
