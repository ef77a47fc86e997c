//! What somebody wrote: an order by name or in plain words, a line that was asked for, a report, or talk.

use unicode_normalization::UnicodeNormalization as _;

use crate::channel::{Attachment, Sender};
use crate::commands::reporting::{self, Speaker, Words, line};
use crate::commands::{self, Call, Parsed, Trouble, plain};
use crate::domain::people::Person;
use crate::flow::{edits, taps};
use crate::reply;
use crate::store::history::Cause;
use crate::store::{evidence, people};
use crate::wording::{Spoken, refusal};

/// A text, with what decides how it is heard.
pub(super) struct Said<'a> {
    pub(super) text: &'a str,
    pub(super) addressed: bool,
    pub(super) edited: bool,
    pub(super) came: Came<'a>,
    pub(super) sender: &'a Sender,
    pub(super) channel: &'a str,
}

/// The files that came with a text.
pub(super) struct Came<'a> {
    pub(super) files: &'a [Attachment],
    pub(super) album: Option<&'a str>,
}

/// Hears a text.
pub(super) async fn hear(call: &mut Call<'_>, said: &Said<'_>) -> Result<Option<Spoken>, Trouble> {
    let on_our_message = call.heard.about.is_some();
    let for_us = said.addressed
        || on_our_message
        || reply::opens_with_item(said.text)
        || goes_with_earlier(call, said).await?
        || is_a_notice(call, said);
    if said.edited {
        return edits::reword(call, said, for_us).await;
    }
    if edits::is_correction(said.text) && !call.asker.is_stranger() && !call.chat.office {
        return edits::correct(call, said, for_us).await;
    }
    // Orders are read in half width; what is reported is kept as it was written.
    let folded: String = said.text.nfkc().collect();
    let sender = people::Named { channel: said.channel, external: &said.sender.id, name: &said.sender.name };
    if let Some(claim) = commands::hear_claim(call, sender, &folded).await? {
        return Ok(Some(claim));
    }
    if !for_us && !call.chat.office {
        return Ok(None);
    }
    match commands::parse(&folded, call.asker) {
        Parsed::Command(command, rest) => order(call, command, rest, said).await.map(Some),
        Parsed::Unknown(word, near) if !call.asker.is_stranger() => {
            Err(Trouble::refused(refusal::unknown_command(word, near)))
        }
        // In the office's own chat orders need no address; talk there is talk.
        Parsed::Unknown(..) | Parsed::NotOne => match plain::read(&folded, call.asker) {
            Some(plain::Order { command, rest }) => order(call, command, &rest, said).await.map(Some),
            None if !for_us => Ok(None),
            None => report(call, said).await,
        },
    }
}

/// Whether somebody of the office put a document, and nothing else, into the office's own chat: a notice to be chased.
fn is_a_notice(call: &Call<'_>, said: &Said<'_>) -> bool {
    let documents = said.came.files.iter().any(|file| commands::is_document(&file.name));
    call.chat.office && call.asker.is_office() && said.text.is_empty() && documents
}

/// Whether a file without words belongs to an album whose first file was meant for us.
async fn goes_with_earlier(call: &mut Call<'_>, said: &Said<'_>) -> sqlx::Result<bool> {
    match said.came.album {
        Some(album) if said.text.is_empty() => {
            Ok(!evidence::of_album(call.conn, call.chat.id, album).await?.is_empty())
        }
        _ => Ok(false),
    }
}

/// Runs a command. Whoever redeems a code becomes an account by it.
pub(super) async fn order(
    call: &mut Call<'_>,
    command: &dyn commands::Command,
    rest: &str,
    said: &Said<'_>,
) -> Result<Spoken, Trouble> {
    if !(call.asker.is_stranger() && command.name() == "bind") {
        if call.asker.is_stranger() && call.chat.group {
            // A stranger learns nothing, not even that there is a bot.
            return Ok(Spoken::default());
        }
        return commands::run(command, call, rest).await;
    }
    let named = people::Named { channel: said.channel, external: &said.sender.id, name: &said.sender.name };
    let account = people::note(call.conn, named).await?;
    let asker = Person { account, ..call.asker.clone() };
    let cause = Cause { account: Some(account), ..call.cause.clone() };
    let mut known = Call {
        conn: call.conn,
        now: call.now,
        settings: call.settings,
        asker: &asker,
        chat: call.chat,
        trusted: call.trusted,
        heard: call.heard,
        cause: &cause,
        files: call.files,
    };
    commands::run(command, &mut known, rest).await
}

/// Hears a report. `None` where nothing was said about any item.
pub(super) async fn report(call: &mut Call<'_>, said: &Said<'_>) -> Result<Option<Spoken>, Trouble> {
    if call.asker.is_stranger() {
        let hint = !call.chat.group;
        return Ok(hint.then(|| Spoken::text(refusal::stranger())));
    }
    if let Some((card, _)) = call.heard.about.as_ref().and_then(|about| about.card)
        && said.text.trim() == taps::REST
    {
        return taps::rest_unchanged(call, card).await.map(Some);
    }
    let words = Words {
        files: said.came.files.to_vec(),
        album: said.came.album.map(str::to_owned),
        ..words_of(call, said.text)
    };
    let speaker = Speaker::of(call.asker);
    if let Some(awaited) = line::answered(call, &speaker, &words).await? {
        return line::hear(call, &speaker, awaited, words).await;
    }
    let brings = words.files.iter().any(|file| commands::is_document(&file.name));
    if call.asker.is_office() && speaker.owners.is_empty() && brings {
        // Whoever runs the office reports nothing: a document of theirs is a notice to be chased.
        return commands::receive_documents(call, &words.files).await.map(Some);
    }
    if speaker.owners.is_empty() && call.chat.group {
        // The office talks among itself; it reports nothing of its own.
        return Ok(None);
    }
    let answer = reporting::hear(call, &speaker, &words).await?;
    // Silence would leave somebody who spoke to us alone wondering; in a group it is the polite answer to chatter.
    let expects = !call.chat.group && !speaker.owners.is_empty();
    Ok(answer.or_else(|| expects.then(|| Spoken::text(refusal::not_understood(None)))))
}

pub(super) fn words_of(call: &Call<'_>, text: &str) -> Words {
    let card = call.heard.about.as_ref().and_then(|about| about.card).map(|(card, part)| (card, Some(part)));
    Words { text: text.to_owned(), card, ..Words::default() }
}
