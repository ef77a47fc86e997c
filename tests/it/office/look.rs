//! What there is to see: the chats as people read them, and the ledger behind them.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Row as _};

use super::Office;
use super::cast::chat;
use super::speak::buttons;
use crate::fake_telegram::FakeMessage;

/// The full-width marks that the bot sets in Chinese text, and their ASCII forms.
const MARKS: &str = ",;:?!()";

/// A text with ASCII punctuation, as tests write it.
pub fn plain(text: &str) -> String {
    let ascii = |c: char| {
        let narrow = u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32);
        narrow.filter(|narrow| MARKS.contains(*narrow)).unwrap_or(c)
    };
    text.chars().map(ascii).collect()
}

impl Office {
    /// Everything the bot has said in a chat and that stands there now.
    pub fn messages(&self, place: &str) -> Vec<FakeMessage> {
        let mut said = self.fake.messages(&chat(place));
        for message in &mut said {
            message.text = plain(&message.text);
        }
        said
    }

    /// The whole chat as one text.
    pub fn chat(&self, place: &str) -> String {
        let texts: Vec<String> = self.messages(place).into_iter().map(|message| message.text).collect();
        texts.join("\n--\n")
    }

    /// The bot's last words in a chat.
    pub fn last(&self, place: &str) -> String {
        self.messages(place).pop().map(|message| message.text).unwrap_or_default()
    }

    /// Labels of the buttons below the last message.
    pub fn buttons(&self, place: &str) -> Vec<String> {
        self.messages(place)
            .iter()
            .next_back()
            .into_iter()
            .flat_map(buttons)
            .map(|(label, _)| label)
            .collect()
    }

    /// Every card of a chat.
    pub fn cards(&self, place: &str) -> Vec<FakeMessage> {
        self.messages(place).into_iter().filter(|message| message.text.starts_with('【')).collect()
    }

    /// The newest card of a chat.
    pub fn card(&self, place: &str) -> FakeMessage {
        self.cards(place).pop().unwrap_or_else(|| panic!("no card in {place}: {}", self.chat(place)))
    }

    /// The part of a text that speaks of one item: its line and the indented ones below.
    pub fn item(text: &str, task: i64) -> String {
        let head = format!(" #{task} ");
        let mut lines = text.lines().skip_while(|line| !line.contains(&head));
        let first = lines.next().unwrap_or_default();
        let rest = lines.take_while(|line| line.starts_with("   "));
        std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n")
    }

    /// The first column of a query, as text.
    pub async fn texts(&self, query: &'static str) -> Vec<String> {
        let mut conn = self.store.read().await.expect("a connection");
        let rows = sqlx::query(query).fetch_all(&mut *conn).await.expect("a query");
        rows.iter().map(|row| row.get(0)).collect()
    }

    /// Changes the ledger behind the bot's back, where a story needs another plan than the sample.
    pub async fn alter(&self, statement: &'static str) {
        let mut tx = self.store.write().await.expect("a write");
        sqlx::query(statement).execute(&mut *tx).await.expect("a statement");
        tx.commit().await.expect("written");
    }

    /// The number that a query gives.
    pub async fn count(&self, query: &'static str) -> i64 {
        let mut conn = self.store.read().await.expect("a connection");
        sqlx::query(query).fetch_one(&mut *conn).await.expect("a query").get(0)
    }
}

/// How many incoming events of a database are unread or have failed.
pub fn unread(database: &Path, failures_expected: bool) -> i64 {
    let states = if failures_expected { "state = 'new'" } else { "state in ('new', 'failed')" };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(database).read_only(true);
        let mut conn = options.connect().await.expect("the database is there");
        let query = format!("select count(*) from inbox where {states}");
        sqlx::query(sqlx::AssertSqlSafe(query)).fetch_one(&mut conn).await.expect("a query").get(0)
    })
}
