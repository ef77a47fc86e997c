//! One order or report on its way: who said it, where, when, and the transaction it takes effect in.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::channel::{Button, Speech};
use crate::commands::sight::may_tell;
use crate::config::Settings;
use crate::domain::filing::{FilingState, Standing};
use crate::domain::ids::ChatId;
use crate::domain::now::Now;
use crate::domain::people::Person;
use crate::domain::reason::Reason;
use crate::store::chats::Chat;
use crate::store::files::Files;
use crate::store::filings::{self, Owed};
use crate::store::history::Cause;
use crate::store::{Connection, asks, chats, letters};
use crate::wording::{Spoken, refusal, typeset};

/// Why a call did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The person's mistake: the text tells what to do instead. Nothing was changed.
    #[error("refused: {0}")]
    Refused(String),
    /// Our failure.
    #[error(transparent)]
    Broken(#[from] anyhow::Error),
}

impl Trouble {
    /// A refusal with the text the person gets.
    pub fn refused(text: impl Into<String>) -> Trouble {
        Trouble::Refused(text.into())
    }
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Trouble {
        Trouble::Broken(error.into())
    }
}

/// The message a call came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The platform's id of the message.
    pub message: String,
    /// Our message it replies to, or the one whose button was tapped.
    pub about: Option<letters::Said>,
    /// When it was said.
    pub said_at: DateTime<Utc>,
}

/// One order or report.
pub struct Call<'a> {
    /// The transaction.
    pub conn: &'a mut Connection,
    /// Now.
    pub now: &'a Now,
    /// The office's settings.
    pub settings: &'a Settings,
    /// Who speaks.
    pub asker: &'a Person,
    /// Where.
    pub chat: &'a Chat,
    /// Whether the platform may be told confidential items.
    pub trusted: bool,
    /// Which message.
    pub heard: &'a Heard,
    /// For history.
    pub cause: &'a Cause,
    /// The folder of files.
    pub files: &'a Files,
}

/// A call but for its transaction: the same is tried in one of its own, and what is refused there is undone there.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    now: &'a Now,
    settings: &'a Settings,
    asker: &'a Person,
    chat: &'a Chat,
    trusted: bool,
    heard: &'a Heard,
    cause: &'a Cause,
    files: &'a Files,
}

impl<'a> Around<'a> {
    /// The call within that transaction.
    pub(super) fn within<'w>(self, conn: &'w mut Connection) -> Call<'w>
    where
        'a: 'w,
    {
        let Around { now, settings, asker, chat, trusted, heard, cause, files } = self;
        Call { conn, now, settings, asker, chat, trusted, heard, cause, files }
    }
}

impl<'a> Call<'a> {
    /// The call but for its transaction.
    pub(super) fn around(&self) -> Around<'a> {
        let Call { now, settings, asker, chat, trusted, heard, cause, files, .. } = *self;
        Around { now, settings, asker, chat, trusted, heard, cause, files }
    }
}

impl Call<'_> {
    /// Whether an item may be told here with its title and words: the confidential ones only in private on a trusted
    /// channel (DESIGN red line 5).
    pub fn may_tell(&self, confidential: bool) -> bool {
        may_tell(confidential, self.trusted, self.chat.group)
    }

    /// The title of an item, where it may be told here.
    pub fn title_of(&self, owed: &Owed) -> String {
        if self.may_tell(owed.confidential) { owed.title.clone() } else { refusal::INTERNAL.to_owned() }
    }

    /// Writes a new standing of a filing with its line of history, and brings the cards up to date that show it.
    pub async fn change(&mut self, owed: &Owed, after: &Standing, what: (&str, Value)) -> sqlx::Result<()> {
        filings::write(self.conn, owed, after, self.cause, what).await?;
        letters::edit_cards_with(self.conn, owed.filing.id, self.now.at()).await
    }

    /// Asks the office for a decision about a filing as it stands now.
    pub async fn ask_office(&mut self, owed: &Owed, after: &Standing, reason: Reason) -> sqlx::Result<()> {
        let mut filing = owed.filing.clone();
        filing.standing = after.clone();
        asks::forget(self.conn, &filing, reason).await?;
        asks::add(self.conn, &filing, reason, self.now.today(), self.now.at()).await?;
        Ok(())
    }

    /// Puts before the office again what a filing waits for as it stands now: a claim, more time, an exemption.
    pub async fn ask_office_again(&mut self, owed: &Owed, now: &Standing) -> sqlx::Result<()> {
        let was = &owed.filing.standing;
        if now.state == FilingState::Claimed && was.state != FilingState::Claimed {
            self.ask_office(owed, now, Reason::Claimed).await?;
        } else if now.asked_due.is_some() && was.asked_due != now.asked_due {
            self.ask_office(owed, now, Reason::ExtensionAsked).await?;
        } else if now.asked_exempt.is_some() && was.asked_exempt != now.asked_exempt {
            self.ask_office(owed, now, Reason::ExemptionAsked).await?;
        }
        Ok(())
    }

    /// Tells the owner of a filing something, in the owner's own chat, unless this is that chat.
    pub async fn tell_owner(&mut self, owed: &Owed, text: String) -> sqlx::Result<()> {
        let Some(chat) =
            chats::of_owner(self.conn, owed.filing.id).await?.filter(|chat| *chat != self.chat.id)
        else {
            return Ok(());
        };
        // Which channel the owner reads is not ours to know here: confidential news is only pointed at.
        let text = if owed.confidential { refusal::internal_news(owed.task) } else { text };
        self.tell(chat, Spoken::text(text)).await
    }

    /// Writes a letter to a chat.
    pub async fn tell(&mut self, chat: ChatId, spoken: Spoken) -> sqlx::Result<()> {
        let body = body_of(&spoken, None);
        letters::answer(self.conn, chat, self.cause.inbox, &body, self.now.at()).await
    }
}

/// What a channel is given for what wording said.
pub fn speech_of(spoken: &Spoken, reply_to: Option<String>) -> Speech {
    let row = |choices: &Vec<crate::wording::Choice>| {
        choices
            .iter()
            .map(|choice| Button { label: typeset(&choice.label), data: choice.tap.to_string() })
            .collect()
    };
    let buttons = spoken.choices.iter().map(row).collect();
    Speech { text: typeset(&spoken.text), buttons, reply_to, file: None }
}

/// The body of a letter.
pub fn body_of(spoken: &Spoken, reply_to: Option<String>) -> String {
    serde_json::to_string(&speech_of(spoken, reply_to)).expect("a speech has string keys only")
}
