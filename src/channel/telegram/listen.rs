//! Our own `getUpdates` loop: an offset moves only after the inbox has the batch on disk.
//!
//! teloxide's stock listener moves it as soon as a batch has arrived, which loses up to a hundred replies if the process
//! is killed then.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use teloxide::payloads::{GetMe, GetUpdates, GetUpdatesSetters as _, SetMyCommands};
use teloxide::types::{AllowedUpdate, BotCommand};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::api::{Answer, Api, CALL_TIMEOUT, Failure};
use super::backoff::Backoff;
use super::translate::{Me, read, update_id};
use crate::channel::{Inbox, Incoming};

/// How long Telegram holds a poll open while there is nothing, in seconds. Short enough for firewalls that cut quiet
/// connections.
const POLL_SECONDS: u32 = 10;

/// How long we wait for the answer of a poll.
const POLL_TIMEOUT: Duration = Duration::from_secs(POLL_SECONDS as u64 + 7);

/// Updates in one poll (Telegram's maximum).
const POLL_LIMIT: u8 = 100;

/// The pause after an empty answer: a proxy that does not hold polls open must not make us spin.
const IDLE_PAUSE: Duration = Duration::from_millis(100);

/// What is asked for, on every poll: Telegram remembers the last list it was given, by whomever.
const ALLOWED: [AllowedUpdate; 4] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::MyChatMember,
];

/// Fetches updates until `stop`. A batch that is being stored when `stop` comes is stored to its end.
pub(super) async fn listen(
    (api, up): (Api, Arc<AtomicBool>),
    commands: Vec<BotCommand>,
    inbox: Arc<dyn Inbox>,
    stop: CancellationToken,
) {
    let Some(me) = stop.run_until_cancelled(introduce(&api, commands)).await else {
        return;
    };
    info!(channel = super::NAME, bot = me.username, "listening");
    up.store(true, Ordering::Relaxed);
    let mut listener = Listener { api, up, me, inbox, offset: None, backoff: Backoff::new() };
    while let Some(polled) = stop.run_until_cancelled(listener.poll()).await {
        let pause = listener.take(polled).await;
        if stop.run_until_cancelled(tokio::time::sleep(pause)).await.is_none() {
            return;
        }
    }
}

struct Listener {
    api: Api,
    /// Whether the last poll was answered.
    up: Arc<AtomicBool>,
    me: Me,
    inbox: Arc<dyn Inbox>,
    /// The first update that is not on disk yet, as far as this process knows. Asking for it confirms those before.
    offset: Option<i32>,
    backoff: Backoff,
}

impl Listener {
    /// Takes what a poll brought and says how long to wait before the next.
    async fn take(&mut self, polled: Result<Answer<Vec<Value>>, Failure>) -> Duration {
        self.up.store(polled.is_ok(), Ordering::Relaxed);
        let failure = match polled {
            Ok(answer) if answer.result.is_empty() => return self.reset(IDLE_PAUSE),
            Ok(answer) if self.hand_over(&answer).await => return self.reset(Duration::ZERO),
            Ok(_) => None,
            Err(failure) => Some(failure),
        };
        failure.iter().for_each(complain);
        self.backoff.next(failure.as_ref())
    }

    /// All is well again: the next failure waits short.
    fn reset(&mut self, pause: Duration) -> Duration {
        self.backoff = Backoff::new();
        pause
    }

    async fn poll(&self) -> Result<Answer<Vec<Value>>, Failure> {
        let mut payload = GetUpdates::new().timeout(POLL_SECONDS).limit(POLL_LIMIT).allowed_updates(ALLOWED);
        payload.offset = self.offset;
        self.api.call(&payload, POLL_TIMEOUT).await
    }

    /// Gives a batch to the inbox and says whether it is on disk; only then the offset moves.
    async fn hand_over(&mut self, answer: &Answer<Vec<Value>>) -> bool {
        let Some(last) = answer.result.iter().filter_map(update_id).max() else {
            warn!(channel = super::NAME, "updates without an id cannot be acknowledged");
            return false;
        };
        let batch = understand(&answer.result, &self.me, answer.at);
        if let Err(error) = self.inbox.receive(batch).await {
            warn!(
                channel = super::NAME,
                error = self.api.redact(&format!("{error:#}")),
                "not stored, will ask again"
            );
            return false;
        }
        self.offset = Some(last.saturating_add(1));
        true
    }
}

/// In the order in which people acted, whatever the order in which it came: a correction is no correction before what it
/// corrects.
fn understand(updates: &[Value], me: &Me, received: Option<DateTime<Utc>>) -> Vec<Incoming> {
    let mut in_order: Vec<&Value> = updates.iter().collect();
    in_order.sort_by_key(|update| update_id(update));
    in_order.into_iter().filter_map(|update| read(update, me, received)).collect()
}

/// Learns who the bot is, however long that takes, and publishes its commands.
async fn introduce(api: &Api, commands: Vec<BotCommand>) -> Me {
    #[derive(Deserialize)]
    struct User {
        id: i64,
        username: String,
    }
    let mut backoff = Backoff::new();
    let me = loop {
        match api.call::<_, User>(&GetMe::new(), CALL_TIMEOUT).await {
            Ok(Answer { result: User { id, username }, .. }) => break Me { id, username },
            Err(failure) => {
                complain(&failure);
                tokio::time::sleep(backoff.next(Some(&failure))).await;
            }
        }
    };
    if !commands.is_empty()
        && let Err(failure) = api.call::<_, IgnoredAny>(&SetMyCommands::new(commands), CALL_TIMEOUT).await
    {
        warn!(channel = super::NAME, error = %failure, "the menu of commands was not updated");
    }
    me
}

/// Logs a failed call, with what a person can do about it.
fn complain(failure: &Failure) {
    let advice = match failure {
        Failure::Answered { code: 401 | 404, .. } => "the token is not accepted: check it with @BotFather",
        Failure::Answered { code: 409, .. } => {
            "somebody else receives for this bot (a second instance or a webhook): stop it; once after a restart is normal"
        }
        _ => "will ask again",
    };
    warn!(channel = super::NAME, error = %failure, "{advice}");
}
