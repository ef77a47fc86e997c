//! What one writes who follows the framework's own examples: a dispatcher whose handler reads the reply, stores it in the
//! same kind of database with the same care for the disk, and answers.

use std::path::Path;

use duban::domain::now::Now;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row as _, SqlitePool};
use teloxide::dispatching::UpdateFilterExt as _;
use teloxide::prelude::{Bot, ChatId, Dispatcher, Message, Requester as _, Update};
use teloxide::{RequestError, dptree};

use crate::letters;
use crate::server::{self, TOKEN};

/// The database, with one writer and durable commits.
pub async fn open(path: &Path) -> SqlitePool {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
    sqlx::query(
        "create table if not exists report (chat integer, message integer, percent integer, text text, at text)",
    )
    .execute(&pool)
    .await
    .expect("a table");
    pool
}

/// How many replies it has stored, each counted once.
pub async fn stored(pool: &SqlitePool) -> i64 {
    let row =
        sqlx::query("select count(*) from (select distinct chat, message from report)").fetch_one(pool).await;
    row.expect("a count").get(0)
}

/// Runs until it is killed.
pub async fn run(url: &str, database: &Path) {
    let pool = open(database).await;
    let bot = Bot::new(TOKEN).set_api_url(url.parse().expect("an address"));
    let handler = Update::filter_message().endpoint(move |bot: Bot, message: Message| {
        let pool = pool.clone();
        async move {
            let text = message.text().unwrap_or_default().to_owned();
            let Some(percent) = percent(&text) else {
                return Ok::<(), RequestError>(());
            };
            sqlx::query("insert into report values ($1, $2, $3, $4, $5)")
                .bind(message.chat.id.0)
                .bind(message.id.0)
                .bind(percent)
                .bind(&text)
                .bind(duban::domain::now::stamp(Now::new(message.date, chrono_tz::Asia::Shanghai).at()))
                .execute(&pool)
                .await
                .expect("stored");
            bot.send_message(message.chat.id, format!("已记 ✓ {percent}%")).await?;
            Ok(())
        }
    });
    Dispatcher::builder(bot, dptree::entry().branch(handler)).build().dispatch().await;
}

/// Says so many letters to each group, one after the other in each and all groups at once, and waits to be killed.
pub async fn tell(url: &str, each: i64) {
    let bot = Bot::new(TOKEN).set_api_url(url.parse().expect("an address"));
    let groups = (0..server::CHATS).map(|n| {
        let bot = bot.clone();
        tokio::spawn(async move {
            for _ in 0..each {
                bot.send_message(ChatId(server::chat(n)), letters::TEXT).await.expect("said");
            }
        })
    });
    futures::future::join_all(groups).await;
    std::future::pending::<()>().await;
}

fn percent(text: &str) -> Option<i64> {
    text.split_once("完成")?.1.strip_suffix('%')?.parse().ok()
}
