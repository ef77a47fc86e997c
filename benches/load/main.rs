//! Replies under load, beside a plain bot of the framework that does the same work: how many are on disk a second, how many
//! are answered, and how many are lost when the process is killed ten times; letters without limits and within them; memory.
//! `cargo bench --bench load`, or one part of it: `cargo bench --bench load -- letters`.

#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

#[path = "../county/mod.rs"]
mod county;
mod letters;
mod memory;
mod plain;
mod server;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use duban::app::demo::PLAN;
use duban::domain::ids::{PostId, TeamId};
use duban::domain::now::Now;
use duban::store::chats::{self, Serves};
use duban::store::history::Cause;
use duban::store::{Store, people};
use server::{LEADER, Server, TOKEN};
use tempfile::TempDir;

/// Replies that wait.
const REPLIES: i64 = 20_000;
/// Times the process is killed.
const KILLS: u64 = 10;
/// Says to this program that it is to be the plain bot: the server's address and the database, or how many letters it is to say
/// to each group, and the database they lie in if they do.
const PLAIN: &str = "DUBAN_LOAD_PLAIN";
/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(5);

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    if let Ok(told) = std::env::var(PLAIN) {
        let mut words = told.split(' ');
        let (url, work) = (words.next().expect("an address"), words.next().expect("work"));
        match work.parse() {
            Ok(each) => runtime.block_on(plain::tell(url, each, words.next().map(Path::new))),
            Err(_) => runtime.block_on(plain::run(url, Path::new(work))),
        }
        return;
    }
    let named: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wants = |part: &str| named.is_empty() || named.iter().any(|word| word == part);
    runtime.block_on(async {
        if wants("replies") {
            measure().await;
        }
        if wants("letters") {
            letters::measure().await;
        }
        if wants("memory") {
            memory::measure().await;
        }
    });
}

async fn measure() {
    println!(
        "load: {REPLIES} replies `#28 完成40%` in {} groups; both bots store with fsync and answer each",
        server::CHATS
    );
    let (ours, theirs) = (Ours::new().await, Theirs::new());
    let speed = [at_full_speed(&ours).await, at_full_speed(&theirs).await];
    println!("  at the pace of the bot, ours to theirs: {:.2} in storing", speed[0] / speed[1]);
    for bot in [&Ours::new().await as &dyn Bot, &Theirs::new()] {
        killed(bot).await;
    }
}

/// A bot that can be started on a server.
trait Bot {
    fn name(&self) -> &'static str;
    fn task(&self) -> i64;
    fn spawn(&self, url: &str) -> Child;
    /// How many replies it has stored, each counted once, and how many of these it has worked off.
    fn stored(&self) -> futures::future::BoxFuture<'_, (i64, i64)>;
}

/// Stored a second.
async fn at_full_speed(bot: &dyn Bot) -> f64 {
    let server = Server::start(REPLIES, bot.task()).await;
    let mut child = bot.spawn(&server.url);
    let begun = Instant::now();
    while server.seen().begun.is_none() {
        assert!(begun.elapsed() < PATIENCE, "{} never polled", bot.name());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let begun = server.seen().begun.unwrap_or(begun);
    let (mut all_stored, mut all_done) = (None, None);
    while all_done.is_none() {
        assert!(begun.elapsed() < PATIENCE, "{} did not come to the end", bot.name());
        tokio::time::sleep(Duration::from_millis(20)).await;
        let (stored, done) = bot.stored().await;
        if stored >= REPLIES && all_stored.is_none() {
            all_stored = Some(begun.elapsed());
        }
        if done >= REPLIES {
            all_done = Some(begun.elapsed());
        }
    }
    let cpu = cpu_seconds(child.id());
    child.kill().expect("it runs");
    child.wait().expect("it ended");
    let rate = |took: Option<Duration>| {
        f64::from(u32::try_from(REPLIES).expect("few")) / took.expect("measured").as_secs_f64()
    };
    println!(
        "  {:<16} on disk {:>8.0}/s  worked off {:>8.0}/s  {:.1} s of CPU, {} answers said by then",
        bot.name(),
        rate(all_stored),
        rate(all_done),
        cpu,
        server.seen().sent
    );
    rate(all_stored)
}

/// Kills it ten times on the way, lets it finish, and counts what is missing.
async fn killed(bot: &dyn Bot) {
    let server = Server::start(REPLIES, bot.task()).await;
    for kill in 0..KILLS {
        let mut child = bot.spawn(&server.url);
        // It is killed a little later each time, while some hundred to some thousand replies are on their way.
        let polled = server.seen().confirmed;
        let waited = Instant::now();
        while server.seen().confirmed == polled && waited.elapsed() < Duration::from_secs(20) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        tokio::time::sleep(Duration::from_millis(20 + kill * 37 % 200)).await;
        child.kill().expect("it runs");
        child.wait().expect("it ended");
    }
    let mut child = bot.spawn(&server.url);
    let waited = Instant::now();
    let (mut before, mut still) = ((-1, -1), 0);
    while still < 10 && waited.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = bot.stored().await;
        still = if now == before && server.seen().all_confirmed.is_some() { still + 1 } else { 0 };
        before = now;
    }
    child.kill().expect("it runs");
    child.wait().expect("it ended");
    println!("  {:<16} killed {KILLS} times: {} of {REPLIES} replies lost", bot.name(), REPLIES - before.1);
}

/// The CPU time of a process so far, as Linux tells it; 0 elsewhere.
fn cpu_seconds(process: u32) -> f64 {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else {
        return 0.0;
    };
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: f64 = after.split(' ').skip(11).take(2).filter_map(|number| number.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The real binary with the sample plan.
struct Ours {
    folder: TempDir,
    store: Store,
    task: i64,
}

impl Ours {
    /// Without limits.
    async fn new() -> Ours {
        Ours::with(
            "[telegram]\nper_second = 1000000\nper_chat_second = 1000000\nper_group_minute = 1000000\n",
        )
        .await
    }

    /// With these settings more.
    async fn with(settings: &str) -> Ours {
        let mut ours = Ours::empty_with(settings).await;
        let imported = duban(ours.folder.path())
            .args(["import", "config/sanhang/plan.toml", "--at", "2022-05-18T09:00"])
            .output();
        assert!(imported.expect("it runs").status.success(), "the sample plan imports");
        ours.task = bind(&ours.store).await;
        ours
    }

    /// Without any plan.
    async fn empty() -> Ours {
        Ours::empty_with("").await
    }

    async fn empty_with(settings: &str) -> Ours {
        let folder = TempDir::new().expect("a folder");
        let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("config");
        for file in ["holidays.toml", "sanhang/roster.toml"] {
            let to = folder.path().join("config").join(file);
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
            std::fs::copy(shipped.join(file), to).expect("a copy");
        }
        std::fs::write(folder.path().join("config/sanhang/plan.toml"), PLAN).expect("a plan");
        let settings = format!("[web]\nlisten = \"127.0.0.1:0\"\n{settings}");
        std::fs::write(folder.path().join("config/duban.toml"), settings).expect("settings");
        let store = Store::open(&folder.path().join("data/duban.db")).await.expect("a database");
        Ours { folder, store, task: 0 }
    }
}

fn duban(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.env_remove("DUBAN_TELEGRAM_TOKEN").env_remove("DUBAN_TELEGRAM_API_URL");
    command
}

/// Binds the leader to a post of a team; gives the number of the team's first item.
async fn bind(store: &Store) -> i64 {
    let mut tx = store.write().await.expect("a write");
    let (task, team, post): (i64, i64, i64) = sqlx::query_as(
        "select t.task_id, t.team_id, tp.post_id from task t join team_post tp on tp.team_id = t.team_id
         where t.code = 'JK-1' limit 1",
    )
    .fetch_one(&mut *tx)
    .await
    .expect("an item and who answers for it");
    let named = people::Named { channel: "telegram", external: &LEADER.to_string(), name: "甲" };
    let account = people::note(&mut tx, named).await.expect("an account");
    let cause = Cause::console(Now::new(chrono::DateTime::UNIX_EPOCH, chrono_tz::Asia::Shanghai).at());
    people::appoint(&mut tx, account, PostId(post), &cause).await.expect("a tenure");
    let external = server::chat(0).to_string();
    let named =
        chats::Named { channel: "telegram", external: &external, topic: "", group: true, title: "群0" };
    let chat = chats::note(&mut tx, named).await.expect("a chat");
    chats::bind(&mut tx, chat.id, Serves::Team(TeamId(team)), &cause).await.expect("a binding");
    tx.commit().await.expect("written");
    task
}

impl Bot for Ours {
    fn name(&self) -> &'static str {
        "duban"
    }
    fn task(&self) -> i64 {
        self.task
    }
    fn spawn(&self, url: &str) -> Child {
        let mut command = duban(self.folder.path());
        command.arg("serve").env("DUBAN_TELEGRAM_TOKEN", TOKEN).env("DUBAN_TELEGRAM_API_URL", url);
        command.spawn().expect("it starts")
    }
    fn stored(&self) -> futures::future::BoxFuture<'_, (i64, i64)> {
        Box::pin(async {
            let mut conn = self.store.read().await.expect("a reader");
            sqlx::query_as(
                "select count(distinct event), count(distinct case when state = 'done' then event end) from inbox
                 where channel = 'telegram'",
            )
            .fetch_one(&mut *conn)
            .await
            .expect("a count")
        })
    }
}

/// The plain bot: this very program, told to be it.
struct Theirs {
    folder: TempDir,
    /// Letters to each group, where it is to say some, and whether they lie on disk.
    letters: Option<(i64, bool)>,
}

impl Theirs {
    fn new() -> Theirs {
        Theirs { folder: TempDir::new().expect("a folder"), letters: None }
    }

    /// One that says so many letters to each group, from memory.
    fn telling(each: i64) -> Theirs {
        Theirs { letters: Some((each, false)), ..Theirs::new() }
    }

    /// One that keeps on disk what it has said and what not.
    async fn remembering(each: i64) -> Theirs {
        let theirs = Theirs { letters: Some((each, true)), ..Theirs::new() };
        plain::fill(&theirs.database(), each).await;
        theirs
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("plain.db")
    }
}

impl Bot for Theirs {
    fn name(&self) -> &'static str {
        match self.letters {
            None => "plain teloxide",
            Some((_, false)) => "plain, in memory",
            Some((_, true)) => "plain, on disk",
        }
    }
    fn task(&self) -> i64 {
        28
    }
    fn spawn(&self, url: &str) -> Child {
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        let database = self.database().display().to_string();
        let work = match self.letters {
            None => database,
            Some((each, false)) => each.to_string(),
            Some((each, true)) => format!("{each} {database}"),
        };
        command.env(PLAIN, format!("{url} {work}"));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    }
    fn stored(&self) -> futures::future::BoxFuture<'_, (i64, i64)> {
        Box::pin(async {
            let pool = plain::open(&self.database()).await;
            let stored = plain::stored(&pool).await;
            pool.close().await;
            (stored, stored)
        })
    }
}
