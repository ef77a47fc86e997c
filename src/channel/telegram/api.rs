//! One call to the Bot API, with teloxide's payloads and our own reading of the answer.
//!
//! teloxide's `send()` is not used, for three reasons: on HTTP 5xx it sleeps ten seconds inside the call and would hold
//! up every other chat; it drops the error code; and a message it cannot read in the answer looks like one that was
//! never sent. So [`teloxide::Bot`] holds token, address and HTTP client, its payload types write the request, and the
//! few fields we need are read here.

#[cfg(test)]
mod tests;
mod transfer;

use std::error::Error as _;
use std::fmt;
use std::iter::successors;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Utc};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap};
use reqwest::{StatusCode, Url, redirect};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use teloxide::Bot;
use teloxide::requests::Payload;

pub(super) use self::transfer::Fetched;
use super::secret::{Secret, redact};

/// How long an ordinary call may take.
pub(super) const CALL_TIMEOUT: Duration = Duration::from_secs(17);

/// How long an idle connection is kept: shorter than firewalls and the platform keep it, because a request into a
/// connection that the other side just closed has an unknown outcome.
const IDLE_MAX: Duration = Duration::from_secs(20);

/// How much of an unreadable answer is worth a place in the log, in characters.
const EXCERPT_MAX: usize = 160;

/// The way to the Bot API. No `Debug`: [`Bot`] would print its token.
#[derive(Clone)]
pub(super) struct Api {
    bot: Bot,
    token: Secret,
}

/// What a call brought back.
#[derive(Debug)]
pub(super) struct Answer<R> {
    /// The `result` field.
    pub result: R,
    /// The platform's clock when it answered (the `Date` header).
    pub at: Option<DateTime<Utc>>,
}

/// Why a call brought nothing back. No text in it holds the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failure {
    /// The platform said no.
    Answered {
        /// `error_code`, or the HTTP status where it is missing.
        code: u16,
        /// The platform's words.
        description: String,
        /// `parameters.retry_after`, in seconds.
        retry_after: Option<u64>,
        /// `parameters.migrate_to_chat_id`.
        migrate_to: Option<i64>,
    },
    /// An answer came that is not the platform's: a proxy, a login page, a cut-off body.
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// Its beginning.
        excerpt: String,
    },
    /// No connection: the request never left.
    NotSent(String),
    /// The request left and no answer came.
    NoAnswer(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answered { code, description, .. } => write!(f, "{code}: {description}"),
            Self::Unreadable { status, excerpt } => {
                write!(f, "unreadable answer with status {status}: {excerpt}")
            }
            Self::NotSent(why) => write!(f, "no connection: {why}"),
            Self::NoAnswer(why) => write!(f, "no answer: {why}"),
        }
    }
}

#[derive(Deserialize)]
struct Envelope<R> {
    ok: bool,
    result: Option<R>,
    error_code: Option<u16>,
    description: Option<String>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize, Default)]
struct Parameters {
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

impl Api {
    /// Fails on an empty token and on an address that cannot have a path; `url` is `None` for the public Bot API.
    pub fn new(token: Secret, url: Option<Url>) -> anyhow::Result<Self> {
        ensure!(!token.expose().is_empty(), "the Telegram token is empty");
        let client = teloxide::net::default_reqwest_settings()
            .timeout(CALL_TIMEOUT)
            .pool_idle_timeout(IDLE_MAX)
            // A redirect would carry the token, which is part of the path, to another host.
            .redirect(redirect::Policy::none())
            .build()
            .context("the HTTP client for Telegram cannot be built")?;
        let mut bot = Bot::with_client(token.expose(), client);
        if let Some(url) = url {
            ensure!(!url.cannot_be_a_base(), "the Telegram address must look like https://host, not {url}");
            bot = bot.set_api_url(url);
        }
        Ok(Self { bot, token })
    }

    /// Calls one method and reads its result as `R`, which names only the fields that are needed.
    pub async fn call<P, R>(&self, payload: &P, timeout: Duration) -> Result<Answer<R>, Failure>
    where
        P: Payload + Serialize + Sync,
        R: DeserializeOwned,
    {
        let body = serde_json::to_vec(payload).expect("payloads are plain structs and always serialize");
        let request = self.bot.client().post(self.method_url(P::NAME)).timeout(timeout);
        let response = request
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await
            .map_err(|error| self.network(error))?;
        let (status, at) = (response.status(), date(response.headers()));
        let body = response.bytes().await.map_err(|error| self.network(error))?;
        self.read(status, &body).map(|result| Answer { result, at })
    }

    /// `text` without the token.
    pub fn redact(&self, text: &str) -> String {
        redact(text, &self.token)
    }

    fn method_url(&self, method: &str) -> Url {
        let mut url = self.bot.api_url();
        url.path_segments_mut()
            .expect("checked when it was made")
            .pop_if_empty()
            .push(&format!("bot{}", self.bot.token()))
            .push(method);
        url
    }

    fn read<R: DeserializeOwned>(&self, status: StatusCode, body: &[u8]) -> Result<R, Failure> {
        match serde_json::from_slice::<Envelope<R>>(body) {
            Ok(Envelope { ok: true, result: Some(result), .. }) => Ok(result),
            Ok(Envelope { ok: false, error_code, description, parameters, .. }) => {
                let parameters = parameters.unwrap_or_default();
                Err(Failure::Answered {
                    code: error_code.unwrap_or(status.as_u16()),
                    description: self.redact(&description.unwrap_or_default()),
                    retry_after: parameters.retry_after,
                    migrate_to: parameters.migrate_to_chat_id,
                })
            }
            _ => Err(Failure::Unreadable { status: status.as_u16(), excerpt: self.excerpt(body) }),
        }
    }

    /// The beginning of `body` on one line. Masked first: cut first, half a token could be left.
    fn excerpt(&self, body: &[u8]) -> String {
        let text = self.redact(&String::from_utf8_lossy(body));
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        line.chars().take(EXCERPT_MAX).collect()
    }

    fn network(&self, error: reqwest::Error) -> Failure {
        let never_left = error.is_connect() || error.is_builder();
        let why = self.redact(&chain(&error.without_url()));
        if never_left { Failure::NotSent(why) } else { Failure::NoAnswer(why) }
    }
}

/// An error with all its causes: the outermost one alone says no more than "error sending request".
fn chain(error: &reqwest::Error) -> String {
    let causes = successors(error.source(), |&cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get(DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(|at| at.to_utc())
}
