//! Upkeep: old words are forgotten, and the office is told once a workday how the bot is.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;

use crate::commands::call;
use crate::flow::Wheel;
use crate::store::{chats, inbox, letters, people, self_check};
use crate::wording::Spoken;
use crate::wording::command::{self, HowItIs};

/// Events that are emptied in one transaction: some milliseconds of the one writer.
const CHUNK: i64 = 200;
/// What counts as lately where the office was never told before.
const LATELY: TimeDelta = TimeDelta::days(1);

/// Empties the next old events. True if there was one.
pub(super) async fn forget(wheel: &Wheel) -> anyhow::Result<bool> {
    let Some(keep) = wheel.settings.keep else {
        return Ok(false);
    };
    let before = wheel.now().at() - keep;
    if !inbox::has_old(&mut *wheel.store.read().await?, before).await? {
        return Ok(false);
    }
    let mut tx = wheel.store.write().await?;
    let emptied = inbox::empty_old(&mut tx, before, CHUNK).await?;
    tx.commit().await?;
    wheel.to_forget.store(true, Ordering::Relaxed);
    Ok(emptied > 0)
}

/// Tells the office how the bot is, if it is time and it was not told today. True if it did.
pub(super) async fn tell(wheel: &Wheel) -> anyhow::Result<bool> {
    let now = wheel.now();
    if !wheel.settings.policy.may_tell_how_it_is(&now, &wheel.settings.calendar) {
        return Ok(false);
    }
    let mut reader = wheel.store.read().await?;
    if self_check::told(&mut reader, now.today()).await? {
        return Ok(false);
    }
    let Some(office) = chats::office(&mut reader).await? else {
        return Ok(false);
    };
    let since = self_check::last(&mut reader).await?.unwrap_or(now.at() - LATELY);
    let letters = letters::counts(&mut reader, since).await?;
    let (_, failed) = inbox::counts(&mut reader).await?;
    let line = HowItIs {
        on: now.today(),
        due: self_check::due(&mut reader, now.today()).await?,
        sent: letters.sent,
        failed: letters.to_look_at() + failed,
        unbound: (
            people::unbound_posts(&mut reader).await?.len(),
            people::unreachable_units(&mut reader).await?.len(),
        ),
    };
    drop(reader);
    let mut tx = wheel.store.write().await?;
    let first = self_check::note(&mut tx, now.today(), now.at()).await?;
    if first {
        let body = call::body_of(&Spoken::text(command::how_it_is(&line)), None);
        letters::answer(&mut tx, office, None, &body, now.at()).await?;
    }
    tx.commit().await?;
    Ok(first)
}
