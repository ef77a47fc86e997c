//! The only file that knows all: wires store, channels, wheel and web, starts them and stops them.

pub mod backup;
pub mod book;
pub mod console;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod import;
pub mod phones;
pub mod players;
pub mod preview;
pub mod story;
pub mod tokens;
pub mod understand;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::channel::room::Room;
use crate::channel::telegram::{Secret, Telegram};
use crate::channel::{Channel, Inbox, Pace};
use crate::clock::Clock;
use crate::commands;
use crate::config::{Settings, Speed};
use crate::domain::now::Now;
use crate::flow::intake::Intake;
use crate::flow::{Wheel, delivery};
use crate::store::Store;
use crate::store::files::Files;
use crate::web;
use crate::web::demo::DemoDesk;
use crate::web::office::Office;

/// Environment variable with the bot's token.
pub const TOKEN_VARIABLE: &str = "DUBAN_TELEGRAM_TOKEN";
/// Environment variable with the address of another Bot API server.
pub const API_URL_VARIABLE: &str = "DUBAN_TELEGRAM_API_URL";

/// How long the end may take: what manages services kills after ten seconds what has not stopped.
const FINISH_MAX: Duration = Duration::from_secs(8);

/// The bot, put together and not yet running.
pub struct App {
    /// The wheel.
    pub wheel: Arc<Wheel>,
    /// The built-in chat.
    pub room: Arc<Room>,
    inbox: Arc<dyn Inbox>,
}

impl App {
    /// Puts the bot together on an open database.
    pub async fn assemble(
        store: Store,
        settings: Arc<Settings>,
        clock: Arc<dyn Clock>,
        telegram: Option<Telegram>,
    ) -> anyhow::Result<App> {
        let interrupted = take_back(&store, &Now::new(clock.now(), settings.zone)).await?;
        if interrupted > 0 {
            tracing::warn!(
                letters = interrupted,
                "letters were under way when the bot stopped; they go again"
            );
        }
        let wake = Arc::new(Notify::new());
        let inbox: Arc<dyn Inbox> = Arc::new(Intake::new(store.clone(), clock.clone(), wake.clone()));
        let files = Files::at(&settings.files);
        let book = Arc::new(book::StoreBook::new(store.clone(), files, clock.clone(), settings.session));
        let room_clock = clock.clone();
        let room = Room::new(book, inbox.clone(), Arc::new(move || room_clock.now()));
        let mut channels: Vec<Arc<dyn Channel>> = vec![room.clone()];
        if let Some(telegram) = telegram {
            channels.push(Arc::new(telegram.with_commands(menu())));
        }
        let wheel = Arc::new(Wheel::new(store, settings, clock, channels, wake));
        Ok(App { wheel, room, inbox })
    }

    /// What the pages read from.
    pub fn office(&self) -> anyhow::Result<Office> {
        let rules = export::Office::read(&self.wheel.settings.papers)?.rules;
        Ok(Office {
            store: self.wheel.store.clone(),
            settings: self.wheel.settings.clone(),
            clock: self.wheel.clock.clone(),
            health: self.wheel.health.clone(),
            rules: Arc::new(rules),
        })
    }

    /// Runs until `stop`: channels listen, the wheel turns, the page is served. What is under way is finished, if that takes no
    /// longer than eight seconds.
    pub async fn run(
        &self,
        listener: TcpListener,
        demo: Option<Arc<dyn DemoDesk>>,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        let mut tasks = JoinSet::new();
        for channel in &self.wheel.channels {
            tasks.spawn(channel.clone().listen(self.inbox.clone(), stop.clone()));
        }
        let wheel = self.wheel.clone();
        let turning = stop.clone();
        tasks.spawn(async move { wheel.run(turning).await });
        let router = web::router(self.room.clone(), self.office()?, demo);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
        let ending = async {
            let served = served.await;
            stop.cancel();
            while let Some(ended) = tasks.join_next().await {
                if let Err(error) = ended {
                    tracing::error!(%error, "a part of the bot ended badly");
                }
            }
            served.context("the page could not be served")
        };
        let too_long = async {
            stop.cancelled().await;
            tokio::time::sleep(FINISH_MAX).await;
        };
        tokio::select! {
            ended = ending => ended,
            () = too_long => {
                // As after a crash: what is under way goes again at the next start.
                tracing::warn!("what was under way did not end in time and was left");
                Ok(())
            }
        }
    }
}

/// Opens the port of the page.
pub async fn listen(address: &str) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen on {address}; is it in use? set web.listen to another one")
    })?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

async fn take_back(store: &Store, now: &Now) -> anyhow::Result<u64> {
    let mut tx = store.write().await?;
    let count = delivery::take_back_unfinished(&mut tx, now).await?;
    tx.commit().await?;
    Ok(count)
}

/// The menu of commands, as the platform shows it.
fn menu() -> Vec<(String, String)> {
    commands::ALL
        .iter()
        .map(|command| {
            let chinese = command.chinese().first().copied().unwrap_or_default();
            (command.name().to_owned(), format!("{chinese}:{}", command.help()))
        })
        .collect()
}

/// Telegram as the settings and the environment want it; the environment goes first.
pub fn telegram(settings: &Settings) -> anyhow::Result<Option<Telegram>> {
    let from_environment = std::env::var(TOKEN_VARIABLE).ok().filter(|token| !token.trim().is_empty());
    if !settings.telegram && from_environment.is_none() {
        return Ok(None);
    }
    let token = from_environment.or_else(|| settings.telegram_token.clone()).with_context(|| {
        format!("telegram.enabled is true but there is no token: set {TOKEN_VARIABLE}, or telegram.token in the settings")
    })?;
    let url = std::env::var(API_URL_VARIABLE).ok().or_else(|| settings.telegram_api_url.clone());
    let url = url
        .filter(|url| !url.trim().is_empty())
        .map(|url| {
            url.parse()
                .with_context(|| format!("telegram.api_url `{url}` is no address; write http://host:port"))
        })
        .transpose()?;
    let Speed { per_second, per_chat_second, per_group_minute } = settings.telegram_speed;
    let pace = Pace { per_second, per_chat_second, per_group_minute };
    Ok(Some(Telegram::new(Secret::new(&token), url)?.with_pace(Some(pace))))
}

/// Serves until Ctrl-C or SIGTERM.
pub async fn serve(settings: Settings) -> anyhow::Result<()> {
    let _lock = console::lock(&settings.database)?;
    let store = Store::open(&settings.database).await?;
    let telegram = telegram(&settings)?;
    let (listener, address) = listen(&settings.listen).await?;
    let with_telegram = telegram.is_some();
    let app = App::assemble(store.clone(), Arc::new(settings), Arc::new(crate::clock::SystemClock), telegram)
        .await?;
    let stop = CancellationToken::new();
    stop_on_signal(stop.clone())?;
    tracing::info!(%address, telegram = with_telegram, database = %store.path().display(), "duban serves");
    app.run(listener, None, stop).await?;
    store.close().await;
    tracing::info!("duban has stopped");
    Ok(())
}

/// Cancels `stop` on Ctrl-C or SIGTERM, from this call on.
pub fn stop_on_signal(stop: CancellationToken) -> anyhow::Result<()> {
    let mut interrupted = signal(SignalKind::interrupt()).context("cannot wait for Ctrl-C")?;
    let mut terminated = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
        stop.cancel();
    });
    Ok(())
}
