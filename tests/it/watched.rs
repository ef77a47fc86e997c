//! What watches the bot: `/healthz`, `/metrics`, and the line that the office gets every workday.

use reqwest::{Client, StatusCode};

use super::load::Load;
use super::office::Office;

/// Where the bot serves its page, as its log says.
async fn address(load: &Load) -> String {
    loop {
        let log = load.folder.read("serve.log");
        let plain: String = log.replace("\u{1b}[2m", "").replace("\u{1b}[0m", "").replace("\u{1b}[3m", "");
        if let Some((_, rest)) = plain.split_once("address=")
            && let Some(address) = rest.split_whitespace().next()
        {
            return format!("http://{address}");
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
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
    let (url, client) = (address(&load).await, Client::builder().no_proxy().build().expect("a client"));
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
