//! `duban understand`: shows how a text would be understood, for training staff and for measuring.

use std::io::{BufRead, Write};

use anyhow::{Context as _, bail};

use crate::app::demo::{Demo, START};
use crate::commands::reporting;
use crate::documents::replies;
use crate::domain::now::Now;
use crate::reply::{Context, understand};
use crate::store::{Connection, Store, people};
use crate::wording::{typeset, understood};

/// Reads lines of JSON and writes a line for each; returns how many could not be read. Such a line is answered by its error.
pub fn lines(from: impl BufRead, mut to: impl Write) -> anyhow::Result<usize> {
    let mut bad = 0;
    for (at, line) in from.lines().enumerate() {
        let line = line.with_context(|| format!("line {} cannot be read", at + 1))?;
        let answer = replies::line(&line).unwrap_or_else(|error| {
            bad += 1;
            serde_json::json!({ "error": format!("line {}: {error}", at + 1) }).to_string()
        });
        writeln!(to, "{answer}")?;
    }
    to.flush()?;
    Ok(bad)
}

/// How a text would be understood from a unit, by what it owes now; without a unit, as a word about some item.
pub async fn in_store(store: &Store, now: &Now, text: &str, unit: Option<&str>) -> anyhow::Result<String> {
    let mut conn = store.read().await?;
    let context = context(&mut conn, now, unit).await?;
    Ok(typeset(&understood::readings(&understand(text, &context), now.today())))
}

/// The same on the sample plan.
pub async fn in_sample(text: &str, unit: Option<&str>) -> anyhow::Result<String> {
    let demo = Demo::open(START.parse()?, 0).await?;
    demo.app.wheel.settle().await?;
    let said = in_store(demo.store(), &demo.now(), text, unit).await;
    demo.close().await;
    said
}

async fn context(conn: &mut Connection, now: &Now, unit: Option<&str>) -> anyhow::Result<Context> {
    let Some(name) = unit else {
        return Ok(Context::of_some_item(now.today()));
    };
    let Some(unit) = people::unit_by_name(conn, name).await? else {
        bail!("no unit is called `{name}`; give its name, short name or code");
    };
    Ok(reporting::context_of(conn, unit.id, now.today()).await?)
}
