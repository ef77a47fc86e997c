//! An office to tell stories about: the real bot on a temporary database, a clock moved by hand, and Telegram played by
//! the fake over real HTTP. Nothing happens by itself: whoever says something or moves the clock also turns the wheel.

mod cast;
pub mod look;
mod speak;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Duration, NaiveDateTime, TimeDelta, Timelike as _, Utc};
use duban::app::App;
use duban::app::console::{self, Mode};
use duban::app::demo::{PLAN, ROSTER};
use duban::app::{export, import};
use duban::channel::telegram::{Secret, Telegram};
use duban::channel::{Channel as _, Inbox};
use duban::clock::{Clock as _, SteppedClock};
use duban::config::{self, Settings};
use duban::domain::now::Now;
use duban::flow::intake::Intake;
use duban::notice::file;
use duban::store::Store;
use duban::wording::typeset;
use tempfile::TempDir;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::fake_telegram::FakeTelegram;

/// The first and the last hour of the day at which anything can be due; the hours between are all lived through.
const DAY: std::ops::RangeInclusive<u32> = 8..=18;

/// A running office.
pub struct Office {
    pub fake: FakeTelegram,
    pub store: Store,
    app: App,
    clock: Arc<SteppedClock>,
    settings: Arc<Settings>,
    folder: TempDir,
    listening: Listening,
    /// Whether a failure of ours is part of the story.
    failures_expected: AtomicBool,
}

/// The loop that fetches what people say.
struct Listening {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Office {
    /// Opens with the sample plan, everybody on their posts and every chat bound. `at` is the office's local time.
    pub async fn open(at: &str) -> Office {
        let office = Office::with_nobody_bound(at).await;
        cast::bind_everybody(&office).await;
        office
    }

    /// Opens with the sample plan on the day it came, and nobody bound to anything.
    pub async fn with_nobody_bound(at: &str) -> Office {
        // Most stories are about one chat, in June; what the budget pushes off and the yearly numbers have stories of their own.
        let mut settings = config::shipped();
        settings.policy.quota_months = vec![9, 11];
        (settings.policy.cards_a_day, settings.policy.group_cards_a_day) = (3, 2);
        Office::with_settings(at, settings).await
    }

    /// Opens with settings of its own and everybody bound.
    pub async fn with_everybody(at: &str, settings: Settings) -> Office {
        let office = Office::with_settings(at, settings).await;
        cast::bind_everybody(&office).await;
        office
    }

    /// Opens with settings of its own and nobody bound.
    pub async fn with_settings(at: &str, settings: Settings) -> Office {
        let folder = tempfile::tempdir().expect("a folder");
        let mut settings = Settings { files: folder.path().join("files"), ..settings };
        if settings.policy.self_check == config::shipped().policy.self_check {
            // The line of every day is in no story but its own.
            settings.policy.self_check = None;
        }
        let settings = Arc::new(settings);
        let start = Now::new(DateTime::UNIX_EPOCH, settings.zone).instant_of(local(at));
        let clock = Arc::new(SteppedClock::new(start, 0));
        let store = Store::open(&folder.path().join("office.db")).await.expect("a database");
        let mut draft = file::read(PLAN).expect("the sample plan");
        draft.roster = file::read(ROSTER).expect("the sample roster").roster;
        let now = Now::new(start, settings.zone);
        let text = format!("{PLAN}{ROSTER}");
        console::import(&store, &now, &draft, &text, Mode::Load).await.expect("the sample plan is right");
        let fake = FakeTelegram::start().await;
        fake.set_now(start);
        let (app, listening) = start_bot(&fake, &store, &clock, &settings).await;
        let failures_expected = AtomicBool::new(false);
        Office { fake, store, app, clock, settings, folder, listening, failures_expected }
    }

    /// Stops the bot as a crash would, and starts it again on the same database.
    pub async fn restart(&mut self) {
        self.listening.stop.cancel();
        (self.app, self.listening) = start_bot(&self.fake, &self.store, &self.clock, &self.settings).await;
        self.settle().await;
    }

    /// Now.
    pub fn now(&self) -> Now {
        Now::new(self.clock.now(), self.settings.zone)
    }

    /// Lets time pass until then, hour by hour through the days, and turns the wheel at each.
    pub async fn wait_until(&self, at: &str) {
        let target = self.now().instant_of(local(at));
        while let Some(next) = self.next_hour(target) {
            self.set(next);
            self.settle().await;
        }
        self.set(target);
        self.settle().await;
    }

    /// The bot is down until then: the clock jumps and nobody turns the wheel on the way.
    pub async fn sleep_until(&self, at: &str) {
        self.set(self.now().instant_of(local(at)));
        self.settle().await;
    }

    /// Lets minutes pass.
    pub async fn minutes_pass(&self, minutes: i64) {
        self.set(self.clock.now() + TimeDelta::minutes(minutes));
        self.settle().await;
    }

    /// Lets everything that was said arrive, and turns the wheel until nobody has anything left to do.
    pub async fn settle(&self) {
        self.fake.all_confirmed().await;
        self.app.wheel.settle().await.expect("the wheel turns");
        if !self.failures_expected.load(Ordering::Relaxed) {
            let failed = self.texts("select coalesce(note, '') from inbox where state = 'failed'").await;
            assert!(failed.is_empty(), "an event could not be handled: {failed:?}");
        }
    }

    /// Fetches what Telegram hands out a second time, as after an offset that was lost.
    pub async fn hear_again(&self) {
        let stop = CancellationToken::new();
        let task = tokio::spawn(
            Arc::new(telegram(&self.fake)).listen(inbox(&self.store, &self.clock), stop.clone()),
        );
        self.fake.all_confirmed().await;
        stop.cancel();
        task.await.expect("stops without a panic");
        self.settle().await;
    }

    /// From here on a failure of ours is part of the story.
    pub fn expects_failures(&self) {
        self.failures_expected.store(true, Ordering::Relaxed);
    }

    /// One turn of the tick alone. True if there was anything to decide.
    pub async fn tick(&self) -> bool {
        duban::flow::tick::step(&self.app.wheel).await.expect("the tick works")
    }

    /// Writes a paper at the console; gives what is said about it.
    pub async fn export(&self, number: i64, name: &str) -> String {
        let out = self.folder.path().join(name);
        let paper = (duban::domain::ids::PaperId(number), out.as_path());
        duban::app::export::of_paper(&self.store, &self.settings, &self.now(), paper).await.expect("a paper")
    }

    /// The ledger of the month as it stands, as `export` writes it.
    pub async fn ledger(&self) -> Vec<u8> {
        let month = format!("{}", self.now().today().format("%Y-%m")).parse().expect("a month");
        let order = export::Order::of(export::Paper::Ledger, month, self.now().today()).expect("a ledger");
        let order = export::Order { out: self.folder.path().join("台账.xlsx"), ..order };
        export::of_store(&self.store, &self.settings, &self.now(), &order).await.expect("a ledger");
        std::fs::read(self.folder.path().join("台账-草稿.xlsx")).expect("a file")
    }

    /// Gives a ledger to `import` at the console; gives what is said about it.
    pub async fn imports(&self, ledger: &[u8], mode: Mode) -> String {
        let path = self.folder.path().join("改过的.xlsx");
        std::fs::write(&path, ledger).expect("a file");
        let opened = import::open(&path, &file::Roster::default(), self.now().today()).expect("can be read");
        let import::Opened::Ledger(ledger) = opened else {
            panic!("not taken for a ledger");
        };
        let said = import::load_ledger(&self.store, &self.settings, &self.now(), (&ledger, mode)).await;
        look::plain(&typeset(&said.expect("a ledger")))
    }

    /// The files of the database and those that came with reports, all bytes of them.
    pub fn bytes_on_disk(&self) -> Vec<u8> {
        let mut all = self.kept_files().concat();
        let files = std::fs::read_dir(self.folder.path()).expect("the folder is there");
        let files = files.map(|file| file.expect("a file").path()).filter(|path| path.is_file());
        all.extend(files.flat_map(|file| std::fs::read(file).expect("can be read")));
        all
    }

    /// The files that came with reports, as they lie in their folder.
    pub fn kept_files(&self) -> Vec<Vec<u8>> {
        let Ok(folders) = std::fs::read_dir(self.folder.path().join("files")) else {
            return Vec::new();
        };
        let within = |folder: std::io::Result<std::fs::DirEntry>| {
            std::fs::read_dir(folder.expect("a folder").path()).expect("can be read")
        };
        let files = folders.flat_map(within).map(|file| file.expect("a file").path());
        files.map(|file| std::fs::read(file).expect("can be read")).collect()
    }

    fn set(&self, at: DateTime<Utc>) {
        self.clock.set(at);
        self.fake.set_now(at);
    }

    /// The next full hour of a day before `target`.
    fn next_hour(&self, target: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let now = self.now();
        let hour = now.local().with_minute(0)?.with_second(0)? + Duration::hours(1);
        let hour = if DAY.contains(&hour.hour()) {
            hour
        } else {
            let day = if hour.hour() < *DAY.start() { hour.date() } else { hour.date().succ_opt()? };
            day.and_hms_opt(*DAY.start(), 0, 0)?
        };
        Some(now.instant_of(hour)).filter(|next| *next < target)
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        self.listening.stop.cancel();
        self.listening.task.abort();
        if std::thread::panicking() {
            return;
        }
        assert_eq!(self.fake.waiting(), 0, "somebody said something that was never fetched");
        let path = self.store.path().to_owned();
        let expected = self.failures_expected.load(Ordering::Relaxed);
        // Dropping cannot await, so another thread looks.
        let looked = std::thread::spawn(move || look::unread(&path, expected)).join();
        assert_eq!(looked.expect("the database can be read"), 0, "an incoming event is unread or has failed");
    }
}

/// The bot on its database, listening to Telegram. The wheel is left to the test.
async fn start_bot(
    fake: &FakeTelegram,
    store: &Store,
    clock: &Arc<SteppedClock>,
    settings: &Arc<Settings>,
) -> (App, Listening) {
    let app = App::assemble(store.clone(), settings.clone(), clock.clone(), Some(telegram(fake)))
        .await
        .expect("everything is there");
    let stop = CancellationToken::new();
    let task = tokio::spawn(Arc::new(telegram(fake)).listen(inbox(store, clock), stop.clone()));
    (app, Listening { stop, task })
}

/// Without limits: how fast Telegram lets us speak is real time, and here time stands still.
fn telegram(fake: &FakeTelegram) -> Telegram {
    let telegram = Telegram::new(Secret::new(fake.token()), Some(fake.url()));
    telegram.expect("a token and an address").with_pace(None)
}

fn inbox(store: &Store, clock: &Arc<SteppedClock>) -> Arc<dyn Inbox> {
    Arc::new(Intake::new(store.clone(), clock.clone(), Arc::new(Notify::new())))
}

/// A time on the office's wall, `2022-06-27 09:00`.
fn local(at: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(at, "%Y-%m-%d %H:%M").expect("a time like 2022-06-27 09:00")
}
