//! Asks the platform who the bot is, for whoever checks the set-up.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use teloxide::payloads::GetMe;

use super::api::{Api, CALL_TIMEOUT, Failure};

/// What the platform says of the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// Its name, without the @.
    pub name: String,
    /// Whether it hears everything that is said in groups (privacy mode off).
    pub hears_all: bool,
    /// The platform's clock when it answered.
    pub at: Option<DateTime<Utc>>,
}

/// Why it says nothing. No text in it holds the token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAsked {
    /// It does not know the token.
    #[error("the token is not accepted")]
    WrongToken,
    /// It cannot be reached, or answers something else.
    #[error("{0}")]
    NoAnswer(String),
}

pub(super) async fn who(api: &Api) -> Result<Who, NotAsked> {
    #[derive(Deserialize)]
    struct User {
        username: String,
        #[serde(default)]
        can_read_all_group_messages: bool,
    }
    match api.call::<_, User>(&GetMe::new(), CALL_TIMEOUT).await {
        Ok(answer) => {
            let User { username, can_read_all_group_messages } = answer.result;
            Ok(Who { name: username, hears_all: can_read_all_group_messages, at: answer.at })
        }
        Err(Failure::Answered { code: 401 | 404, .. }) => Err(NotAsked::WrongToken),
        Err(failure) => Err(NotAsked::NoAnswer(failure.to_string())),
    }
}
