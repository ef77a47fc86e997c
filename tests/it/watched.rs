//! What watches the bot: `/healthz`, `/metrics`, and the line that the office gets every workday.

use std::sync::Arc;
use std::time::Duration;

use duban::channel::telegram::NAME;
use duban::channel::{Act, Address, Channel, FetchError, Inbox, Manners, SendError, Sent};
use duban::clock::SystemClock;
use duban::config;
use duban::domain::now::Now;
use duban::flow::Wheel;
use duban::health::{Health, Loop};
use duban::store::{Store, chats, letters};
use futures::FutureExt as _;
use futures::future::{BoxFuture, pending};
use reqwest::{Client, StatusCode};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::load::Load;
use super::office::Office;

/// A platform whose calls never come back.
struct Deaf;

impl Channel for Deaf {
    fn name(&self) -> &'static str {
        NAME
    }

    fn manners(&self) -> Manners {
        Manners { text_max: 4096, pace: None, trusted: false }
    }

    fn send<'a>(&'a self, _to: &'a Address, _act: &'a Act) -> BoxFuture<'a, Result<Sent, SendError>> {
        pending().boxed()
    }

    fn fetch<'a>(&'a self, _file: &'a str, _max: u64) -> BoxFuture<'a, Result<Vec<u8>, FetchError>> {
        pending().boxed()
    }

    fn listen(self: Arc<Self>, _inbox: Arc<dyn Inbox>, _stop: CancellationToken) -> BoxFuture<'static, ()> {
        pending().boxed()
    }
}

#[tokio::test]
async fn a_loop_that_hangs_is_told_from_the_one_that_turns() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("office.db")).await.expect("a database");
    let at = Now::new(duban::clock::Clock::now(&SystemClock), chrono_tz::UTC).at();
    let mut tx = store.write().await.expect("a write");
    let chat = chats::Named { channel: NAME, external: "-1", topic: "", group: true, title: "群" };
    let chat = chats::note(&mut tx, chat).await.expect("a chat");
    letters::answer(&mut tx, chat.id, None, "{\"text\":\"已记\"}", at).await.expect("a letter");
    tx.commit().await.expect("a commit");
    let (settings, wake) = (Arc::new(config::shipped()), Arc::new(Notify::new()));
    let mut wheel = Wheel::new(store, settings, Arc::new(SystemClock), vec![Arc::new(Deaf)], wake.clone());
    let health = Arc::new(Health::with_patience(Duration::from_secs(1)));
    wheel.health = health.clone();
    let turning = tokio::spawn(async move { wheel.run(CancellationToken::new()).await });
    // Something comes in now and then, so that whoever decides has a reason to turn.
    for _ in 0..30 {
        wake.notify_one();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(health.stuck().collect::<Vec<_>>(), [Loop::Sending]);
    turning.abort();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_bot_says_how_it_is_to_this_machine_and_to_whoever_shows_the_token() {
    let mut load = Load::new(51).await;
    let settings =
        load.folder.read("config/duban.toml").replace("[web]", "[web]\nmetrics_token = \"geheim\"");
    load.folder.write("config/duban.toml", &settings);
    let bot = load.serve();
    load.push_replies(30);
    load.all_done().await;
    let (url, client) = (load.page().await, Client::builder().no_proxy().build().expect("a client"));
    let health = client.get(format!("{url}/healthz")).send().await.expect("an answer");
    assert_eq!((health.status(), health.text().await.expect("text").as_str()), (StatusCode::OK, "ok\n"));

    let metrics = || client.get(format!("{url}/metrics"));
    let told = metrics().send().await.expect("an answer").text().await.expect("text");
    for line in [
        "duban_letters_total{outcome=\"sent\"} ",
        "duban_letters_now{state=\"waiting\"} 0",
        "duban_inbox_now{state=\"waiting\"} 0",
        "duban_channel_up{name=\"telegram\"} 1",
        "duban_tick_seconds_count ",
        "duban_loop_idle_seconds{name=\"deciding\"} ",
        "duban_disk_free_bytes ",
        "# EOF",
    ] {
        assert!(told.contains(line), "{line} is not in:\n{told}");
    }
    assert!(!told.contains('甲') && !told.contains("群1"), "it says something about somebody");
    // What a proxy passes on comes from anywhere.
    let passed_on = || metrics().header("x-forwarded-for", "10.0.0.1");
    assert_eq!(passed_on().send().await.expect("an answer").status(), StatusCode::FORBIDDEN);
    assert_eq!(
        passed_on().bearer_auth("falsch").send().await.expect("an answer").status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(passed_on().bearer_auth("geheim").send().await.expect("an answer").status(), StatusCode::OK);

    // Somebody holds the database: alive, and not able.
    let held = load.store.write().await.expect("a write");
    let health = client.get(format!("{url}/healthz")).send().await.expect("an answer");
    assert_eq!(health.status(), StatusCode::SERVICE_UNAVAILABLE);
    held.rollback().await.expect("given back");
    assert!(bot.stop().await.success());
}

#[tokio::test]
async fn the_office_is_told_once_a_workday_how_the_bot_is() {
    let mut settings = duban::config::shipped();
    settings.policy.self_check = chrono::NaiveTime::from_hms_opt(11, 0, 0);
    let office = Office::with_everybody("2022-06-24 08:00", settings).await;
    let told =
        "select json_extract(body, '$.text') from letter where body like '%每日自检%' order by letter_id";
    office.sleep_until("2022-06-24 10:59").await;
    assert!(office.texts(told).await.is_empty(), "it was told before its time");
    // A Friday, a weekend and a Monday, with a restart.
    office.wait_until("2022-06-26 20:00").await;
    assert_eq!(office.texts(told).await.len(), 1);
    office.wait_until("2022-06-27 12:00").await;
    let lines = office.texts(told).await;
    let [first, second] = &lines[..] else { panic!("{lines:?}") };
    assert!(first.starts_with("【每日自检】6月24日：到期未报") && first.contains("失败0条"), "{first}");
    assert!(second.starts_with("【每日自检】6月27日"), "{second}");
}

#[tokio::test]
async fn old_words_are_forgotten_and_do_not_count_again() {
    let office = Office::open("2022-06-24 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office.says("县发改局局长", "财税组", "#28 完成60%,其余等财政局拨款").await;
    let kept = "select event || ' ' || state from inbox where body like '%等财政局拨款%'";
    let before = office.texts(kept).await;
    assert_eq!(before.len(), 1, "the words are not in the inbox");
    office.sleep_until("2022-07-26 09:00").await;
    assert_eq!(office.texts(kept).await.len(), 1, "forgotten too early");
    office.sleep_until("2022-07-28 09:00").await;
    assert!(office.texts(kept).await.is_empty(), "still in the inbox");
    let (ids, reports) =
        ("select event || ' ' || state from inbox where body = ''", "select count(*) || '' from report");
    assert!(office.texts(ids).await.contains(&before[0]), "its id is gone");
    let counted = office.texts(reports).await;
    office.hear_again().await;
    assert_eq!(office.texts(reports).await, counted);
}
