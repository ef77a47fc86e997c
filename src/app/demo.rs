//! The demo: the sample plan at the notice's date, in a database of its own, with a clock that can be moved and every
//! seat free to take. The bot itself is the same as under `serve`.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Duration, NaiveDateTime, Timelike as _, Utc};
use futures::future::BoxFuture;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use crate::app::players::Players;
use crate::app::{App, book, console, listen, stop_on_signal};
use crate::channel::room::book::Seat;
use crate::clock::{Clock as _, SteppedClock};
use crate::config::{self, Settings};
use crate::domain::now::Now;
use crate::domain::people::{Rank, Role};
use crate::notice::file;
use crate::store::history::Cause;
use crate::store::{Store, cards, people, room};
use crate::web::demo::{DemoDesk, How};
use crate::wording::{self, typeset};

/// The sample plan.
pub const PLAN: &str = include_str!("../../config/sanhang/plan.toml");
/// Its roster.
pub const ROSTER: &str = include_str!("../../config/sanhang/roster.toml");
/// Account of the office's staff in the demo.
pub const STAFF: &str = "office.staff";
/// Account of the office's head in the demo.
pub const HEAD: &str = "office.head";
/// The morning of the notice, on the office's clock.
pub const START: &str = "2022-05-18T09:00:00";
/// Days that "to the next card" looks ahead.
const LOOK_AHEAD_DAYS: i64 = 120;

/// Demos of this process; each has a folder of its own.
static DEMOS: AtomicU32 = AtomicU32::new(0);

/// A demo, ready to be used.
pub struct Demo {
    /// The bot.
    pub app: App,
    /// The clock.
    pub clock: Arc<SteppedClock>,
    players: Mutex<Players>,
    store: Store,
    folder: PathBuf,
    settings: Arc<Settings>,
}

impl Demo {
    /// Starts on the sample plan at a local time, in an empty folder of its own.
    pub async fn open(at: NaiveDateTime, speed: i32) -> anyhow::Result<Demo> {
        let folder = std::env::temp_dir().join(format!(
            "duban-demo-{}-{}",
            std::process::id(),
            DEMOS.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&folder)?;
        // The clock may jump by years, and nobody is to be put out for that.
        let session = Duration::days(36_500);
        let mut settings = Settings { files: folder.join("files"), session, ..config::shipped() };
        // A year in two minutes: the office looks at the pages, and is not told every day how the bot is.
        settings.policy.self_check = None;
        let settings = Arc::new(settings);
        let start = Now::new(DateTime::UNIX_EPOCH, settings.zone).instant_of(at);
        let clock = Arc::new(SteppedClock::new(start, speed));
        let store = Store::open(&folder.join("demo.db")).await?;
        let now = Now::new(start, settings.zone);
        let mut draft = file::read(PLAN)?;
        draft.roster = file::read(ROSTER)?.roster;
        console::import(&store, &now, &draft, &format!("{PLAN}{ROSTER}"), console::Mode::Load).await?;
        seat_everybody(&store, &now).await?;
        let app = App::assemble(store.clone(), settings.clone(), clock.clone(), None).await?;
        Ok(Demo { app, clock, players: Mutex::default(), store, folder, settings })
    }

    /// Now, on the demo's clock.
    pub fn now(&self) -> Now {
        Now::new(self.clock.now(), self.settings.zone)
    }

    /// Moves the clock to a local time, card hour by card hour, so that everything due on the way is said in its turn.
    pub async fn go_to(&self, local: NaiveDateTime) -> anyhow::Result<()> {
        let target = self.now().instant_of(local);
        while let Some(next) = self.next_stop(target) {
            self.clock.set(next);
            self.app.wheel.settle().await?;
        }
        self.clock.set(target.max(self.clock.now()));
        self.app.wheel.settle().await
    }

    /// The next full hour before `target`: no rule of the office is finer than that.
    fn next_stop(&self, target: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let now = self.clock.now();
        let hour = now + Duration::hours(1)
            - Duration::minutes(i64::from(now.minute()))
            - Duration::seconds(i64::from(now.second()));
        (hour < target).then_some(hour)
    }

    async fn go_to_next_card(&self) -> anyhow::Result<()> {
        let before = self.cards().await?;
        let end = self.clock.now() + Duration::days(LOOK_AHEAD_DAYS);
        while let Some(next) = self.next_stop(end) {
            self.clock.set(next);
            self.app.wheel.settle().await?;
            if self.cards().await? > before {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn cards(&self) -> anyhow::Result<i64> {
        Ok(cards::count(&mut *self.store.read().await?).await?)
    }

    /// The lines of all rooms after `seq`, with the title of the room each stands in.
    pub async fn lines_after(&self, seq: i64) -> anyhow::Result<Vec<(room::Line, String)>> {
        Ok(room::all_after(&mut *self.store.read().await?, seq).await?)
    }

    /// Its database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Its settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where its database lies.
    pub fn database(&self) -> &Path {
        self.store.path()
    }

    /// A person of the room, by account.
    pub async fn seat(&self, account: &str) -> anyhow::Result<Seat> {
        let person = people::find(&mut *self.store.read().await?, "room", account).await?;
        let person = person.ok_or_else(|| anyhow::anyhow!("nobody sits on {account}"))?;
        Ok(Seat { account: account.to_owned(), name: person.shown().to_owned() })
    }

    /// Closes the demo and takes its folder away.
    pub async fn close(self) {
        self.store.close().await;
        // The folder is temporary anyway; a leftover harms nobody.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Everybody who holds a post gets a seat in the room; the office gets two.
async fn seat_everybody(store: &Store, now: &Now) -> anyhow::Result<()> {
    let mut tx = store.write().await?;
    let cause = Cause::console(now.at());
    for (account, name, role) in [(STAFF, "督查室值班员", Role::Admin), (HEAD, "督查室负责人", Role::Head)]
    {
        let id = book::note_person(&mut tx, account, name).await?;
        people::set_role(&mut tx, id, role, &cause).await?;
    }
    for post in people::posts(&mut tx).await?.into_iter().filter(|post| !post.vacant) {
        let id = book::note_person(&mut tx, &post.code, &post.title).await?;
        people::appoint(&mut tx, id, post.id, &cause).await?;
    }
    tx.commit().await?;
    Ok(())
}

impl DemoDesk for Demo {
    fn now(&self) -> String {
        let now = Demo::now(self);
        let (year, time) = (now.local().format("%Y"), now.local().format("%H:%M"));
        format!("{year}年{} {} {time}", wording::day(now.today()), wording::weekday(now.today()))
    }

    fn seats(&self) -> BoxFuture<'_, anyhow::Result<Vec<(String, Seat)>>> {
        Box::pin(async move {
            let seat =
                |account: &str, name: &str| Seat { account: account.to_owned(), name: name.to_owned() };
            let office = "督查室".to_owned();
            let mut seats =
                vec![(office.clone(), seat(STAFF, "督查室值班员")), (office, seat(HEAD, "督查室负责人"))];
            let posts = people::posts(&mut *self.store.read().await?).await?;
            let (county, units): (Vec<_>, Vec<_>) =
                posts.into_iter().filter(|post| !post.vacant).partition(|post| post.rank == Rank::County);
            seats.extend(units.into_iter().map(|post| (post.unit, seat(&post.code, &post.title))));
            seats.extend(county.into_iter().map(|post| ("县领导".to_owned(), seat(&post.code, &post.title))));
            Ok(seats)
        })
    }

    fn sit(&self, account: &str) -> BoxFuture<'_, anyhow::Result<Option<String>>> {
        let account = account.to_owned();
        Box::pin(async move {
            let mut tx = self.store.write().await?;
            if people::find(&mut tx, "room", &account).await?.is_none() {
                return Ok(None);
            }
            let token = book::open_session(&mut tx, &account, Demo::now(self).at()).await?;
            tx.commit().await?;
            Ok(Some(token))
        })
    }

    fn play(&self) -> BoxFuture<'_, anyhow::Result<bool>> {
        Box::pin(async move { self.players.lock().await.play_day(self).await })
    }

    fn advance(&self, how: How) -> BoxFuture<'_, anyhow::Result<()>> {
        Box::pin(async move {
            let local = Demo::now(self).local();
            match how {
                How::Hour => self.go_to(local + Duration::hours(1)).await,
                How::Day => self.go_to(local + Duration::days(1)).await,
                How::Week => self.go_to(local + Duration::days(7)).await,
                How::Card => self.go_to_next_card().await,
            }
        })
    }
}

/// What the sample plan would send at a moment, if nobody had answered since the notice.
pub async fn dry_tick(at: NaiveDateTime) -> anyhow::Result<String> {
    let issued: NaiveDateTime = START.parse()?;
    let demo = Demo::open(issued.min(at), 0).await?;
    if at > issued {
        demo.go_to(at - Duration::minutes(1)).await?;
    }
    demo.clock.set(demo.now().instant_of(at));
    let said = console::dry_tick(&demo.store, &demo.settings, &demo.now()).await;
    demo.close().await;
    said
}

/// Runs the demo until Ctrl-C: serves the room, and shows every line in the terminal as well.
pub async fn run(at: NaiveDateTime, speed: i32, address: &str) -> anyhow::Result<()> {
    let demo = Arc::new(Demo::open(at, speed).await?);
    demo.app.wheel.settle().await?;
    let (listener, address) = listen(address).await?;
    println!("duban 演示 · 三航行动样例方案 · {}", DemoDesk::now(demo.as_ref()));
    println!("浏览器打开 http://{address}/");
    println!("{}", typeset("选一个岗位坐下;右上角可以拨时钟:下一小时、下一天、到下一张卡。"));
    println!(
        "{}\n",
        typeset(
            "试试:坐“县发改局局长”,回复卡片“7已办”;再坐“督查室值班员”,发“帮助”“清单”“待定”“欠报”。Ctrl-C 结束。"
        )
    );
    let stop = CancellationToken::new();
    stop_on_signal(stop.clone())?;
    let shown = tokio::spawn(show_lines(demo.clone(), stop.clone()));
    let desk: Arc<dyn DemoDesk> = demo.clone();
    demo.app.run(listener, Some(desk), stop).await?;
    let _ = shown.await;
    demo.store.close().await;
    let _ = std::fs::remove_dir_all(&demo.folder);
    Ok(())
}

/// Prints new lines as they come.
async fn show_lines(demo: Arc<Demo>, stop: CancellationToken) {
    let mut seen = 0;
    let mut wakes = demo.app.room.wakes();
    loop {
        match demo.lines_after(seen).await {
            Ok(lines) => {
                seen = lines.last().map_or(seen, |(line, _)| line.seq);
                print!("{}", shown(&demo.now(), &lines));
            }
            Err(error) => tracing::warn!(%error, "the terminal cannot show the room"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            changed = wakes.changed() => if changed.is_err() { return },
        }
    }
}

/// Rooms whose cards the terminal shows in full; of the others it only says that they got one.
const SHOWN_ROOMS: &[&str] = &["ducha", "fgj", "ysj", "cs"];

/// New lines as the terminal shows them: what is said in full, of the cards those of a few rooms.
pub fn shown(now: &Now, lines: &[(room::Line, String)]) -> String {
    let is_card = |line: &room::Line| line.author.is_none() && line.text.starts_with('\u{3010}');
    let elsewhere = |line: &room::Line| is_card(line) && !SHOWN_ROOMS.contains(&line.chat.as_str());
    let mut text = String::new();
    for (line, title) in lines.iter().filter(|(line, _)| !elsewhere(line)) {
        text.push_str(&shown_line(now, line, title));
    }
    let others: Vec<&str> =
        lines.iter().filter(|(line, _)| elsewhere(line)).map(|(_, title)| title.as_str()).collect();
    if !others.is_empty() {
        let where_to = wording::names(&others, 4);
        let line = format!("── 另有{}个会话收到或更新了卡片:{where_to}\n\n", others.len());
        text.push_str(&typeset(&line));
    }
    text
}

/// One line of the room in text: when, where, who, what, and the buttons in brackets.
fn shown_line(now: &Now, line: &room::Line, title: &str) -> String {
    let who = line.author.as_ref().map_or("督办机器人", |(_, name)| name.as_str());
    let edited = if line.edited { "(更新)" } else { "" };
    let mut text =
        format!("── {} · {title} · {who}{edited}\n{}", wording::moment(now.local_of(line.at)), line.text);
    if let Ok(rows) = serde_json::from_str::<Vec<Vec<crate::channel::Button>>>(&line.buttons) {
        for row in rows {
            let labels: Vec<String> = row.iter().map(|button| format!("[{}]", button.label)).collect();
            text.push('\n');
            text.push_str(&labels.join(" "));
        }
    }
    text.push_str("\n\n");
    text
}
