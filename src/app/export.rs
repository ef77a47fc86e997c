//! `duban export`: papers written to files. All of them are drafts, but for those that the head has signed in chat: nothing is
//! signed at the console.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::app::demo::{Demo, START};
use crate::commands::press::{self, Press};
use crate::config::Settings;
use crate::documents::draft::Signature;
use crate::domain::ids::PaperId;
use crate::domain::now::Now;
use crate::domain::paper::Form;
use crate::store::{Store, signing};

pub use crate::commands::press::{Front, Office, Order};
pub use crate::domain::paper::PaperKind as Paper;

/// Writes a paper; tells where it lies.
pub async fn of_store(
    store: &Store,
    settings: &Settings,
    now: &Now,
    order: &Order,
) -> anyhow::Result<String> {
    let office = Office::read(&settings.papers)?;
    let mut conn = store.read().await?;
    let path = Signature::Draft.path(&order.out);
    let unwritten = || format!("cannot write {}", path.display());
    let half = half_of(&path);
    let mut out = BufWriter::new(File::create(&half).with_context(unwritten)?);
    let done = Press { settings, office: &office, order, now }.draft(&mut conn, &mut out).await;
    let done = done.and_then(|()| out.flush().with_context(unwritten));
    if done.is_err() {
        // It is of no use to anybody, and why there is no paper is said below.
        let _ = std::fs::remove_file(&half);
    }
    done?;
    std::fs::rename(&half, &path).with_context(unwritten)?;
    Ok(format!("已写入 {}(草稿,签发后才能用)", path.display()))
}

/// Writes a paper that was drawn up in chat, as it was then. What nobody has signed is a draft here too.
pub async fn of_paper(
    store: &Store,
    settings: &Settings,
    now: &Now,
    (id, out): (PaperId, &Path),
) -> anyhow::Result<String> {
    let end = out.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    let form: Form = end.parse().context("how a paper's file ends says its form")?;
    let mut conn = store.read().await?;
    let paper = signing::get(&mut conn, id).await?.with_context(|| format!("there is no paper {id}"))?;
    let (_, bytes) = press::print(&mut conn, settings, now, (id, form)).await?;
    let path = press::signature(&paper, now).path(out);
    let half = half_of(&path);
    std::fs::write(&half, bytes)
        .and_then(|()| std::fs::rename(&half, &path))
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(format!("已写入 {}", path.display()))
}

/// Where a paper is written before it is put in its place whole: half a paper never stands where one stood.
fn half_of(path: &Path) -> PathBuf {
    path.with_added_extension("part")
}

/// The same on the sample plan, after everybody has been silent from the notice to that day.
pub async fn of_sample(settings: &Settings, order: &Order) -> anyhow::Result<String> {
    let demo = Demo::open(START.parse()?, 0).await?;
    let evening = order.as_of.and_hms_opt(18, 0, 0).context("no such hour")?;
    demo.go_to(evening).await?;
    demo.clock.set(demo.now().end_of(order.as_of));
    let said = of_store(demo.store(), settings, &demo.now(), order).await;
    demo.close().await;
    said
}
