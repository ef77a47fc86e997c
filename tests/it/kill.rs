//! Promise R1: what the platform handed over is never lost and never counted twice, whatever is killed whenever.
//!
//! The real binary works on a mixed load and is killed at two hundred random moments, while it starts, hears, decides and sends.
//! `DUBAN_KILLS` says how often instead.

use std::time::Duration;

use super::load::{Load, law};

/// Times it is killed.
const KILLS: u64 = 200;
/// What people do between two kills.
const BETWEEN: usize = 6;

/// Waits for a moment to kill: some time after the start, or some more polls or messages and then a little.
async fn moment(load: &mut Load) {
    let (method, more, little) = match load.dice.roll(4) {
        0 => ("getupdates", 1 + load.dice.roll(2), load.dice.roll(40)),
        1 => ("sendmessage", 1 + load.dice.roll(5), load.dice.roll(20)),
        _ => ("", 0, load.dice.roll(300)),
    };
    if more > 0 {
        let so_far = load.calls(method);
        let more = usize::try_from(more).expect("a small number");
        // Where less is said than that, it is killed idle.
        let called = load.fake.called(method, so_far + more);
        tokio::time::timeout(Duration::from_millis(700), called).await.ok();
    }
    tokio::time::sleep(Duration::from_millis(little)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_counts_once_though_the_bot_is_killed_two_hundred_times() {
    let kills = std::env::var("DUBAN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let mut load = Load::new(20_220_518).await;
    for _ in 0..kills {
        load.push(BETWEEN);
        let bot = load.serve();
        moment(&mut load).await;
        bot.kill();
    }
    let heard = load.calls("getupdates");
    let bot = load.serve();
    // Where the last of those killed left nothing to do, all is done before this one knows what a signal is.
    load.fake.called("getupdates", heard + 1).await;
    load.all_done().await;
    assert!(bot.stop().await.success(), "it did not stop well:\n{}", load.folder.read("serve.log"));
    let figures = law::all_told(&load).await;
    println!("{kills} kills: {figures}");
    assert_eq!(figures.parked, 0, "a letter was put aside");
}
