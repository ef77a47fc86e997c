//! Evidence: the bytes of files that people sent are fetched from their platform and kept, beside everything else and
//! never within a transaction.

use std::time::Duration;

use chrono::TimeDelta;

use crate::channel::FetchError;
use crate::commands::call;
use crate::domain::evidence::NotTaken;
use crate::flow::Wheel;
use crate::store::evidence::{self, Wanted};
use crate::store::{erase, letters};
use crate::wording::{Spoken, files as wording};

/// Files that are fetched in one turn.
const TURN: i64 = 8;
/// Tries of one file before it is given up.
const TRIES: i64 = 8;
/// The wait after the first try; it doubles.
const WAIT: Duration = Duration::from_secs(5);

/// What came of a file.
enum Fetched {
    Kept { sha256: String, size: u64 },
    Refused(NotTaken),
    Later(String),
}

/// Fetches the next files. True if there was one.
pub async fn step(wheel: &Wheel) -> anyhow::Result<bool> {
    let now = wheel.now();
    let wanted = evidence::wanted(&mut *wheel.store.read().await?, now.at(), TURN).await?;
    for file in &wanted {
        let fetched = fetch(wheel, file).await?;
        note(wheel, file, fetched).await?;
    }
    Ok(erase(wheel).await? || !wanted.is_empty())
}

/// Removes the files that were erased and that nobody else needs. True if there was one.
async fn erase(wheel: &Wheel) -> anyhow::Result<bool> {
    let gone = erase::files(&mut *wheel.store.read().await?).await?;
    for sha256 in &gone {
        wheel.files.remove(sha256).await?;
        let mut tx = wheel.store.write().await?;
        erase::file_is_gone(&mut tx, sha256).await?;
        tx.commit().await?;
    }
    Ok(!gone.is_empty())
}

async fn fetch(wheel: &Wheel, file: &Wanted) -> anyhow::Result<Fetched> {
    let limits = &wheel.settings.evidence;
    // What is known before is told before: nothing is fetched to be thrown away.
    if let Err(why) = limits.check(&file.name, file.size) {
        return Ok(Fetched::Refused(why));
    }
    let Some(channel) = wheel.channel(&file.channel) else {
        return Ok(Fetched::Later(format!("the channel {} is not running", file.channel)));
    };
    let bytes = match channel.fetch(&file.source, limits.size_max).await {
        Ok(bytes) => bytes,
        Err(FetchError::TooLarge) => return Ok(Fetched::Refused(NotTaken::TooLarge(limits.size_max))),
        Err(FetchError::Gone { .. }) => return Ok(Fetched::Refused(NotTaken::Gone)),
        Err(FetchError::Later { why }) => return Ok(Fetched::Later(why)),
    };
    let size = u64::try_from(bytes.len())?;
    if let Err(why) = limits.check(&file.name, Some(size)) {
        return Ok(Fetched::Refused(why));
    }
    if infer::is_app(&bytes) {
        // A program under the name of a picture.
        return Ok(Fetched::Refused(NotTaken::Kind));
    }
    Ok(Fetched::Kept { sha256: wheel.files.keep(bytes).await?, size })
}

/// Notes what came of a file; whoever sent one that is not taken is told why.
async fn note(wheel: &Wheel, file: &Wanted, fetched: Fetched) -> anyhow::Result<()> {
    let now = wheel.now();
    let mut tx = wheel.store.write().await?;
    match fetched {
        Fetched::Kept { sha256, size } => evidence::kept(&mut tx, file, &sha256, size).await?,
        Fetched::Later(why) if file.attempts + 1 < TRIES => {
            let doubled = WAIT * 2u32.saturating_pow(u32::try_from(file.attempts).unwrap_or(0));
            let again = now.at() + TimeDelta::from_std(doubled)?;
            tracing::warn!(
                file = file.name,
                attempt = file.attempts + 1,
                why,
                "a file could not be fetched yet"
            );
            evidence::not_kept(&mut tx, file, Some(again), &why).await?;
        }
        Fetched::Later(why) => refuse(&mut tx, wheel, file, (NotTaken::Gone, &why)).await?,
        Fetched::Refused(why) => refuse(&mut tx, wheel, file, (why, "not taken")).await?,
    }
    tx.commit().await?;
    Ok(())
}

async fn refuse(
    conn: &mut crate::store::Connection,
    wheel: &Wheel,
    file: &Wanted,
    (why, note): (NotTaken, &str),
) -> anyhow::Result<()> {
    tracing::info!(file = file.name, ?why, note, "a file was not taken");
    evidence::not_kept(conn, file, None, note).await?;
    let told = wording::not_taken(&file.name, why, &wheel.settings.evidence);
    let body = call::body_of(&Spoken::text(told), None);
    letters::answer(conn, file.chat, None, &body, wheel.now().at()).await?;
    Ok(())
}
