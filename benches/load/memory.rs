//! How much memory the running bot takes with very many items.

use std::process::Child;
use std::time::Duration;

use crate::county::{Size, found, morning, settings};
use crate::server::Server;
use crate::{Bot as _, Ours};

/// Items that run.
const ITEMS: i64 = 100_000;

pub async fn measure() {
    let small = Ours::new().await;
    let few = resident(&small).await;
    // A folder with settings and an empty database of its own.
    let large = Ours::empty().await;
    found(&large.store, Size { tasks: ITEMS, units: 1, monthly: false }, &morning(&settings())).await;
    let mut tx = large.store.write().await.expect("a write");
    for sql in [
        "update plan set ends = '2040-12-31'",
        "insert into filing (duty_id, unit_id, period, opened_at, since, due_on, due_at, state)
         select duty_id, 1, '2040-12-15', '2022-05-20T01:00:00.000Z', '2022-05-20T01:00:00.000Z', '2040-12-15',
                '2040-12-15T10:00:00.000Z', 'open' from duty where schedule = 'due'",
    ] {
        sqlx::query(sql).execute(&mut *tx).await.expect("changed");
    }
    tx.commit().await.expect("written");
    let many = resident(&large).await;
    println!(
        "memory: {few} with the sample plan, {many} with {ITEMS} items of two duties and an open filing each"
    );
}

/// What the bot holds once it has turned for a while, and the most it held.
async fn resident(bot: &Ours) -> String {
    let server = Server::start(0, bot.task).await;
    let mut child = bot.spawn(&server.url);
    tokio::time::sleep(Duration::from_secs(12)).await;
    let told = [status(&child, "VmRSS:"), status(&child, "VmHWM:")];
    child.kill().expect("it runs");
    child.wait().expect("it ended");
    format!("{} MB (at most {} MB)", told[0], told[1])
}

/// A line of what Linux tells about a process, in MB; 0 elsewhere.
fn status(child: &Child, line: &str) -> u64 {
    let told = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = told.lines().find_map(|of| of.strip_prefix(line)).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or_default() / 1024
}
