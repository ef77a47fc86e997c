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

/// Puts so many letters to each group on disk: what is to be said survives a crash.
pub async fn fill(path: &Path, each: i64) {
    let pool = open(path).await;
    sqlx::query(
        "create table letter (id integer primary key, chat integer, text text, state text default 'pending', message integer)",
    )
    .execute(&pool)
    .await
    .expect("a table");
    let mut tx = pool.begin().await.expect("a write");
    for n in 0..server::CHATS * each {
        sqlx::query("insert into letter (chat, text) values ($1, $2)")
            .bind(server::chat(n % server::CHATS))
            .bind(letters::TEXT)
            .execute(&mut *tx)
            .await
            .expect("a letter");
    }
    tx.commit().await.expect("written");
    pool.close().await;
}

/// Says so many letters to each group, one after the other in each and all groups at once, and waits to be killed: from memory,
/// or from a database in which each is marked before it goes and when it has gone.
pub async fn tell(url: &str, each: i64, database: Option<&Path>) {
    let bot = Bot::new(TOKEN).set_api_url(url.parse().expect("an address"));
    let pool = match database {
        Some(database) => Some(open(database).await),
        None => None,
    };
    let groups = (0..server::CHATS).map(|n| {
        let (bot, pool) = (bot.clone(), pool.clone());
        tokio::spawn(async move {
            for nth in 0..each {
                let letter = nth * server::CHATS + n + 1;
                if let Some(pool) = &pool {
                    mark(pool, letter, "sending", None).await;
                }
                let said = bot.send_message(ChatId(server::chat(n)), letters::TEXT).await.expect("said");
                if let Some(pool) = &pool {
                    mark(pool, letter, "sent", Some(said.id.0)).await;
                }
            }
        })
    });
    futures::future::join_all(groups).await;
    std::future::pending::<()>().await;
}

async fn mark(pool: &SqlitePool, letter: i64, state: &str, message: Option<i32>) {
    sqlx::query("update letter set state = $2, message = $3 where id = $1")
        .bind(letter)
        .bind(state)
        .bind(message)
        .execute(pool)
        .await
        .expect("marked");
}

fn percent(text: &str) -> Option<i64> {
    text.split_once("完成")?.1.strip_suffix('%')?.parse().ok()
}
