//! Edited messages: a new version of what was said before.

use unicode_normalization::UnicodeNormalization as _;

use crate::channel::{Incoming, What};
use crate::commands::reporting::{self, Speaker};
use crate::commands::{self, Call, Parsed, Trouble};
use crate::flow::desk::{Said, order, report, words_of};
use crate::store::{inbox, reports};
use crate::wording::{Spoken, heard};

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

/// The words of a stored event.
fn words_in(body: &str) -> Option<String> {
    let incoming: Incoming = serde_json::from_str(body).ok()?;
    match incoming.what {
        What::Text { text, .. } => Some(text),
        _ => None,
    }
}
