//! Edited messages: a new version of what was said before.

use chrono::TimeDelta;
use unicode_normalization::UnicodeNormalization as _;

use crate::channel::{Incoming, What};
use crate::commands::reporting::{self, Speaker, Words};
use crate::commands::{self, Call, Parsed, Trouble};
use crate::flow::texts::{Said, order, report, words_of};
use crate::reply;
use crate::store::{inbox, reports};
use crate::wording::{Spoken, heard, refusal};

/// The word that opens a correction.
const CORRECTION: &str = "更正";
/// How far back a correction reaches.
const CORRECTED: TimeDelta = TimeDelta::hours(24);
/// The same for one in a group that is not addressed to us.
const CORRECTED_UNASKED: TimeDelta = TimeDelta::hours(1);

/// An edited message is a new version: the old reports are taken back, the new words are heard. An edit that changes no
/// words changes nothing, and a command is not given twice by editing it.
pub(super) async fn reword(
    call: &mut Call<'_>,
    said: &Said<'_>,
    for_us: bool,
) -> Result<Option<Spoken>, Trouble> {
    let folded: String = said.text.nfkc().collect();
    let command = match commands::parse(&folded, call.asker) {
        Parsed::Command(command, rest) => Some((command, rest)),
        Parsed::Unknown(..) | Parsed::NotOne => None,
    };
    let before = reports::from_message(call.conn, call.chat.id, &call.heard.message).await?;
    if before.is_empty() {
        return if for_us && command.is_none() { report(call, said).await } else { Ok(None) };
    }
    let old = match before.first().and_then(|report| report.inbox) {
        Some(inbox) => inbox::body(call.conn, inbox).await?,
        None => None,
    };
    if old.and_then(|body| words_in(&body)).as_deref() == Some(said.text) {
        return Ok(None);
    }
    let taken_back = commands::undo::take_back(call, before).await?;
    let anew = if let Some((command, rest)) = command {
        Some(order(call, command, rest, said).await?)
    } else {
        let words = words_of(call, said.text);
        reporting::hear(call, &Speaker::of(call.asker), &words).await?
    };
    Ok(Some(anew.map_or_else(|| Spoken::text(heard::taken_back(&taken_back)), heard::heard_anew)))
}

/// 更正: the newest report of the same person in this chat is taken back, and the words behind it are heard instead. Where it
/// was about one item, these are too, unless they name another.
pub(super) async fn correct(
    call: &mut Call<'_>,
    said: &Said<'_>,
    for_us: bool,
) -> Result<Option<Spoken>, Trouble> {
    let since = call.now.at() - if for_us { CORRECTED } else { CORRECTED_UNASKED };
    let before = reports::last_of(call.conn, (call.asker.account, call.chat.id), since).await?;
    if before.is_empty() {
        return if for_us { report(call, said).await } else { Ok(None) };
    }
    let text = said
        .text
        .trim()
        .trim_start_matches(CORRECTION)
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#');
    let tasks = commands::undo::take_back(call, before).await?;
    let named = reply::opens_with_item(text);
    let task = tasks.first().copied().filter(|_| tasks.len() == 1 && !named);
    let words = Words { task, ..words_of(call, text) };
    let anew = reporting::hear(call, &Speaker::of(call.asker), &words).await?;
    // Nothing understood: what was taken back stands again, for a refusal changes nothing.
    anew.filter(|spoken| !spoken.text.is_empty())
        .map(|spoken| Some(heard::corrected(spoken)))
        .ok_or_else(|| Trouble::refused(refusal::correct_how()))
}

/// Whether a text opens with the word for a correction.
pub(super) fn is_correction(text: &str) -> bool {
    text.trim_start().starts_with(CORRECTION)
}

/// The words of a stored event.
fn words_in(body: &str) -> Option<String> {
    let incoming: Incoming = serde_json::from_str(body).ok()?;
    match incoming.what {
        What::Text { text, .. } => Some(text),
        _ => None,
    }
}
