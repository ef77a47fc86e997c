//! Telegram, over teloxide's types and with our own loop for receiving.
//!
//! Reading order: [`secret`] (the token), `api` (one call), `listen` with `translate`, `wire` and `backoff` (what comes
//! in), `send` with `verdict` (what goes out), `files`.

mod api;
mod backoff;
mod check;
mod files;
mod listen;
pub mod secret;
mod send;
mod translate;
mod verdict;
mod wire;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use reqwest::Url;
use teloxide::types::BotCommand;
use tokio_util::sync::CancellationToken;

use self::api::Api;
pub use self::check::{NotAsked, Who};
pub use self::secret::Secret;
pub use self::translate::{Me, read};
use super::{Act, Address, Channel, FetchError, Inbox, Manners, Pace, SendError, Sent};

/// [`Channel::name`] of Telegram.
pub const NAME: &str = "telegram";

/// The longest text of one message, in characters (`sendMessage.text`).
const TEXT_MAX: usize = 4096;

/// What Telegram's own FAQ allows a bot: 30 messages a second, one a second in a chat, 20 a minute in a group.
const PACE: Pace = Pace {
    per_second: NonZeroU32::new(30).expect("not zero"),
    per_chat_second: NonZeroU32::MIN,
    per_group_minute: NonZeroU32::new(20).expect("not zero"),
};

/// One bot on Telegram. No `Debug`: what it holds would print the token.
pub struct Telegram {
    api: Api,
    up: Arc<AtomicBool>,
    commands: Vec<BotCommand>,
    pace: Option<Pace>,
}

impl Telegram {
    /// A bot by its token; `api_url` is for a Bot API server of one's own. Connects to nothing yet. Fails on an empty
    /// token and on an address without a host.
    pub fn new(token: Secret, api_url: Option<Url>) -> anyhow::Result<Self> {
        Ok(Self {
            api: Api::new(token, api_url)?,
            up: Arc::default(),
            commands: Vec::new(),
            pace: Some(PACE),
        })
    }

    /// The commands that Telegram offers in its menu: Latin name without slash, and what it does.
    #[must_use]
    pub fn with_commands(mut self, commands: Vec<(String, String)>) -> Self {
        self.commands = commands.into_iter().map(|(name, help)| BotCommand::new(name, help)).collect();
        self
    }

    /// Asks the platform who the bot is.
    pub async fn who(&self) -> Result<Who, NotAsked> {
        check::who(&self.api).await
    }

    /// Another pace than Telegram's own servers ask for; `None` for a Bot API server that sets no limits.
    #[must_use]
    pub fn with_pace(mut self, pace: Option<Pace>) -> Self {
        self.pace = pace;
        self
    }
}

impl Channel for Telegram {
    fn name(&self) -> &'static str {
        NAME
    }

    fn manners(&self) -> Manners {
        Manners { text_max: TEXT_MAX, pace: self.pace, trusted: false }
    }

    fn is_up(&self) -> bool {
        self.up.load(Ordering::Relaxed)
    }

    fn send<'a>(&'a self, to: &'a Address, act: &'a Act) -> BoxFuture<'a, Result<Sent, SendError>> {
        send::send(&self.api, to, act).boxed()
    }

    fn fetch<'a>(&'a self, file: &'a str, max: u64) -> BoxFuture<'a, Result<Vec<u8>, FetchError>> {
        files::fetch(&self.api, file, max).boxed()
    }

    fn listen(self: Arc<Self>, inbox: Arc<dyn Inbox>, stop: CancellationToken) -> BoxFuture<'static, ()> {
        listen::listen((self.api.clone(), self.up.clone()), self.commands.clone(), inbox, stop).boxed()
    }
}
