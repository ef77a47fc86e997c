//! What goes out: letters a second and a CPU second where no limit holds them back, beside a plain bot that says the same, from
//! memory, and from a database that survives a crash as ours does; and how near a backlog for sixty groups comes to what Telegram's limits allow.

use std::time::{Duration, Instant};

use duban::store::Store;
use sqlx::AssertSqlSafe;

use crate::server::{self, CHATS, Server};
use crate::{Bot, Ours, PATIENCE, Theirs, cpu_seconds};

/// Letters without limits.
const MANY: i64 = CHATS * 333;
/// Letters to each group within limits.
const EACH: i64 = 30;
/// The best that the limits allow for these: twenty to each group in the first minute, the rest at thirty a second.
const BEST: Duration = Duration::from_secs(79);

/// What one letter says.
pub const TEXT: &str = "已记 ✓ #28 进展 60%(上次 40%)";

pub async fn measure() {
    println!("letters: {MANY} in {CHATS} groups without limits; ours from the outbox on disk");
    let ours = Ours::new().await;
    write(&ours.store, MANY / CHATS).await;
    let ours_does = sent(&ours, MANY).await;
    let on_disk = sent(&Theirs::remembering(MANY / CHATS).await, MANY).await;
    let in_memory = sent(&Theirs::telling(MANY / CHATS), MANY).await;
    println!(
        "  per CPU second, ours to theirs: {:.2} where both keep on disk what was said, {:.2} to theirs from memory",
        ours_does / on_disk,
        ours_does / in_memory
    );
    let ours = Ours::with("").await;
    write(&ours.store, EACH).await;
    within_limits(&ours).await;
}

/// So many letters to each group, written in turns.
async fn write(store: &Store, each: i64) {
    let mut tx = store.write().await.expect("a write");
    for n in 0..CHATS {
        let chat = server::chat(n);
        let sql = format!(
            "insert into chat (channel, external_id, kind, title) values ('telegram', '{chat}', 'group', '群{n}') on conflict do nothing"
        );
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.expect("a chat");
    }
    let sql = format!(
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < {each})
         insert into letter (chat_id, kind, body, priority, not_before, created_at)
         select chat_id, 'answer', json_object('text', '{TEXT}'), 1, '2022-05-18T01:00:00.000Z', '2022-05-18T01:00:00.000Z'
         from n, chat where kind = 'group' and channel = 'telegram' order by i, chat_id"
    );
    sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.expect("letters");
    tx.commit().await.expect("written");
}

/// Lets the bot say so many. Gives how many a CPU second.
async fn sent(bot: &dyn Bot, count: i64) -> f64 {
    let server = Server::start(0, bot.task()).await;
    let mut child = bot.spawn(&server.url);
    let said = all_said(&server, count).await;
    let cpu = cpu_seconds(child.id());
    child.kill().expect("it runs");
    child.wait().expect("it ended");
    let took = said.last().expect("some").1 - said[0].1;
    let count = f64::from(u32::try_from(count).expect("few"));
    println!(
        "  {:<16} {:>8.0} letters/s  {:>8.0} per CPU second",
        bot.name(),
        count / took.as_secs_f64(),
        count / cpu
    );
    count / cpu
}

async fn all_said(server: &Server, count: i64) -> Vec<(i64, Instant)> {
    let begun = Instant::now();
    loop {
        let said = server.said();
        if i64::try_from(said.len()).expect("few") >= count {
            return said;
        }
        assert!(begun.elapsed() < PATIENCE, "only {} of {count} were said", said.len());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn within_limits(bot: &dyn Bot) {
    let server = Server::start(0, bot.task()).await;
    let mut child = bot.spawn(&server.url);
    let said = all_said(&server, EACH * CHATS).await;
    child.kill().expect("it runs");
    child.wait().expect("it ended");
    let took = said.last().expect("some").1 - said[0].1;
    let all: Vec<Instant> = said.iter().map(|(_, at)| *at).collect();
    let of =
        |n: i64| said.iter().filter(move |(chat, _)| *chat == server::chat(n)).map(|(_, at)| *at).collect();
    let chats: Vec<Vec<Instant>> = (0..CHATS).map(of).collect();
    let (second, minute) = (Duration::from_secs(1), Duration::from_mins(1));
    let most_of_chat = |length| chats.iter().map(|chat| most(chat, length)).max().unwrap_or_default();
    println!(
        "limits: {EACH} letters to each of {CHATS} groups in {:.1} s, {:.1} % of the optimum of {} s; at most {} in a second (30), in a chat {} a second (1) and {} a minute (20)",
        took.as_secs_f64(),
        100.0 * BEST.as_secs_f64() / took.as_secs_f64(),
        BEST.as_secs(),
        most(&all, second),
        most_of_chat(second),
        most_of_chat(minute)
    );
}

/// The most in any window of a length.
fn most(of: &[Instant], length: Duration) -> usize {
    let within =
        |(n, first): (usize, &Instant)| of[n..].iter().take_while(|at| **at - *first < length).count();
    of.iter().enumerate().map(within).max().unwrap_or_default()
}
