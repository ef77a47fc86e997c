//! Printing a paper that is kept: what it told when it was drawn up, by the layout and templates of that day.

use std::io::Cursor;
use std::path::Path;

use anyhow::Context as _;

use super::{Office, Order, Press};
use crate::config::Settings;
use crate::documents::draft::Signature;
use crate::documents::frozen::Frozen;
use crate::domain::ids::PaperId;
use crate::domain::now::Now;
use crate::domain::paper::{Form, PaperKind, PaperState};
use crate::store::Connection;
use crate::store::signing::{self, Kept, Paper};

/// Prints a paper: what its file is called, and all of it. What nobody has signed carries the mark of a draft.
pub async fn print(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    (id, form): (PaperId, Form),
) -> anyhow::Result<(String, Vec<u8>)> {
    let paper = signing::get(conn, id).await?.with_context(|| format!("there is no paper {id}"))?;
    let kept = signing::kept(conn, id).await?;
    let signature = signature(&paper, now);
    let name = file_name(&paper.title, form, &signature);
    let bytes = match paper.kind {
        PaperKind::Ledger => {
            let office = Office::of(serde_json::from_str(&kept.form)?, &paper.title)?;
            let order: Order = serde_json::from_str(&kept.wish)?;
            let press = Press { settings, office: &office, order: &order, now };
            let mut out = Cursor::new(Vec::new());
            press.ledger(conn, paper.known_at, &mut out).await?;
            out.into_inner()
        }
        _ => tokio::task::spawn_blocking(move || printed(&kept, form, &signature)).await??,
    };
    Ok((name, bytes))
}

/// Drawing a picture takes its time, and nobody waits for it.
fn printed(kept: &Kept, form: Form, signature: &Signature) -> anyhow::Result<Vec<u8>> {
    let office = Office::of(serde_json::from_str(&kept.form)?, "")?;
    Ok(frozen(kept)?.print(form, (&office.templates, &office.layout), signature)?)
}

/// What a paper tells.
pub fn frozen(kept: &Kept) -> anyhow::Result<Frozen> {
    anyhow::ensure!(!kept.frozen.is_empty(), "the words of this paper were erased");
    Ok(serde_json::from_str(&kept.frozen)?)
}

/// Who has signed a paper, if anybody has.
pub fn signature(paper: &Paper, now: &Now) -> Signature {
    match &paper.signed {
        Some((by, at)) if paper.state == PaperState::Signed => {
            Signature::Signed { by: by.clone(), on: now.date_of(*at) }
        }
        _ => Signature::Draft,
    }
}

/// What a paper's file is called.
fn file_name(title: &str, form: Form, signature: &Signature) -> String {
    let plain: String = title.chars().map(|c| if c.is_whitespace() || c == '/' { '-' } else { c }).collect();
    let name = format!("{plain}.{}", form.as_str());
    signature.path(Path::new(&name)).to_string_lossy().into_owned()
}
