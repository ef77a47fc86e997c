//! A mixed load for the real binary: replies, edits and taps of people in many chats, and the rounds of a plan that runs now.

pub mod law;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use duban::clock::{Clock as _, SystemClock};
use duban::domain::ids::{PostId, TeamId};
use duban::store::chats::{self, Serves};
use duban::store::history::Cause;
use duban::store::{Connection, Store, people};
use serde_json::{Value, json};

use super::binary::{Folder, Serving};
use super::fake_telegram::{FakeChat, FakeKind, FakeTelegram};

/// The first event's `update_id`.
pub const FIRST: i64 = 500_001;
/// Chats that people write in.
const CHATS: i64 = 50;
/// The leader's account.
const LEADER: i64 = 4_001;
/// Settings without quiet hours and limits, so that whenever the test runs everything goes at once.
const SETTINGS: &str = "holidays = \"config/always.toml\"
[speak]
card_at = \"00:00\"
from = \"00:00\"
until = \"23:59\"
self_check = \"\"
[web]
listen = \"127.0.0.1:0\"
[telegram]
per_second = 100000
per_chat_second = 100000
per_group_minute = 6000000
";

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// From 0 to below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        // Knuth's MMIX generator; its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Said how far the item is, in a message of its own.
    Reply,
    /// Said it anew in an earlier message.
    Edit,
    /// Tapped a button of a card.
    Tap,
}

/// One event of the load.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    pub deed: Deed,
    pub chat: i64,
    pub message: i64,
}

/// The load, with everything it works on.
pub struct Load {
    pub fake: FakeTelegram,
    pub folder: Folder,
    pub store: Store,
    pub events: Vec<Event>,
    pub dice: Dice,
    task: i64,
    replies: Vec<i64>,
}

impl Load {
    /// An office with people, chats and a plan that runs; nothing was said yet.
    pub async fn new(seed: u64) -> Load {
        let (fake, folder) = (FakeTelegram::start().await, Folder::new());
        fake.set_now(SystemClock.now());
        let today = SystemClock.now().date_naive();
        folder.write("config/duban.toml", SETTINGS);
        folder.write("config/always.toml", &always(today));
        folder.write("config/sanhang/plan.toml", &running(&folder.read("config/sanhang/plan.toml"), today));
        let at = format!("{}T09:00", today - Days::new(60));
        folder.run(&["import", "config/sanhang/plan.toml", "--at", &at]).well();
        let store = folder.store().await;
        let task = bind(&store).await;
        Load { fake, folder, store, events: Vec::new(), dice: Dice(seed), task, replies: Vec::new() }
    }

    /// Starts the bot.
    pub fn serve(&self) -> Serving {
        self.folder.serve(&self.fake, "info,sqlx=warn")
    }

    /// Where the bot serves its page, as its log says.
    pub async fn page(&self) -> String {
        loop {
            let log = self.folder.read("serve.log");
            let plain = log.replace("\u{1b}[2m", "").replace("\u{1b}[0m", "").replace("\u{1b}[3m", "");
            let told = plain.split_once("address=").and_then(|(_, rest)| rest.split_whitespace().next());
            if let Some(address) = told {
                return format!("http://{address}");
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Somebody does so many things: seven in ten are replies, the others edits and taps.
    pub fn push(&mut self, count: usize) {
        for _ in 0..count {
            let deed = match self.dice.roll(20) {
                0..3 if !self.replies.is_empty() => Deed::Edit,
                3..6 if self.card().is_some() => Deed::Tap,
                _ => Deed::Reply,
            };
            self.push_one(deed);
        }
    }

    /// So many replies, and nothing else.
    pub fn push_replies(&mut self, count: usize) {
        (0..count).for_each(|_| self.push_one(Deed::Reply));
    }

    fn push_one(&mut self, deed: Deed) {
        let n = i64::try_from(self.events.len()).expect("a small number");
        let update = FIRST + n;
        // Neighbours never say the same, which would count once.
        let percent = 1 + n * 37 % 97;
        let text = format!("#{} 完成{percent}%", self.task);
        let sender = json!({ "id": LEADER, "is_bot": false, "first_name": "甲" });
        let (event, content) = match deed {
            Deed::Reply => {
                let (chat, message) = (n % CHATS, 10_000 + n);
                self.replies.push(n);
                let said = words(chat, message, &sender, &text);
                (Event { deed, chat, message }, json!({ "message": said }))
            }
            Deed::Edit => {
                let sides = u64::try_from(self.replies.len()).expect("a small number");
                let before = self.replies[usize::try_from(self.dice.roll(sides)).expect("a small number")];
                let (chat, message) = (before % CHATS, 10_000 + before);
                let mut said = words(chat, message, &sender, &text);
                said["edit_date"] = SystemClock.now().timestamp().into();
                (Event { deed, chat, message }, json!({ "edited_message": said }))
            }
            Deed::Tap => {
                let (message, data) = self.card().expect("there is a card");
                let card = words(0, message, &json!({ "id": 1, "is_bot": true, "first_name": "督办" }), "");
                let tap = json!({ "id": format!("tap{update}"), "from": sender, "message": card, "chat_instance": "1", "data": data });
                self.fake.expect_tap(&format!("tap{update}"), chat(0).id);
                (Event { deed, chat: 0, message }, json!({ "callback_query": tap }))
            }
        };
        let mut content: Value = content;
        content["update_id"] = update.into();
        self.fake.push_raw(content);
        self.events.push(event);
    }

    /// A card of the first chat: its message and the button of its first item, which only opens a menu.
    fn card(&self) -> Option<(i64, String)> {
        let opens = |data: &str| data.starts_with("m:");
        self.fake.messages(&chat(0)).into_iter().find_map(|said| {
            let button = said.buttons.iter().flatten().find(|button| opens(&button.data))?;
            Some((said.id, button.data.clone()))
        })
    }

    /// Waits until everything was heard and answered.
    pub async fn all_done(&self) {
        self.fake.all_confirmed().await;
        let expected = i64::try_from(self.events.len()).expect("a small number");
        let done = async {
            loop {
                let mut conn = self.store.read().await.expect("a reader");
                let (heard, under_way): (i64, i64) = sqlx::query_as(
                    "select (select count(*) from inbox where channel = 'telegram' and state <> 'new'),
                            (select count(*) from letter l join chat c on c.chat_id = l.chat_id
                             where l.state in ('pending', 'sending') and c.state = 'open')",
                )
                .fetch_one(&mut *conn)
                .await
                .expect("counts");
                if heard >= expected && under_way == 0 {
                    return;
                }
                drop(conn);
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(std::time::Duration::from_mins(2), done).await.is_err() {
            let log = self.folder.read("serve.log");
            let tail: Vec<&str> = log.lines().rev().take(20).collect();
            panic!("not everything was heard and answered by now:\n{}", tail.join("\n"));
        }
    }

    /// How often a method was called.
    pub fn calls(&self, method: &str) -> usize {
        self.fake.calls().iter().filter(|call| call.method == method).count()
    }
}

/// One of the chats.
pub fn chat(n: i64) -> FakeChat {
    FakeChat { id: -1_000_000 - n, kind: FakeKind::Supergroup, title: format!("群{n}"), topic: None }
}

fn words(of: i64, message: i64, sender: &Value, text: &str) -> Value {
    json!({
        "message_id": message, "date": SystemClock.now().timestamp(), "from": sender, "text": text,
        "chat": { "id": chat(of).id, "type": "supergroup", "title": chat(of).title },
    })
}

/// A table in which every day near today is worked.
fn always(today: NaiveDate) -> String {
    let days = (today - Days::new(40)).iter_days().take(80);
    let weekend = days.filter(|day| chrono::Datelike::weekday(day).num_days_from_monday() > 4);
    let mut years: std::collections::BTreeMap<i32, Vec<String>> = std::collections::BTreeMap::new();
    for day in weekend {
        years.entry(chrono::Datelike::year(&day)).or_default().push(format!("\"{day} 测试\""));
    }
    years.iter().fold(String::new(), |table, (year, days)| {
        table + &format!("[year.{year}]\noff = []\nwork = [{}]\n", days.join(", "))
    })
}

/// The sample plan, moved so that it runs today.
fn running(plan: &str, today: NaiveDate) -> String {
    let ends = today + Days::new(300);
    let line = |line: &str| match line.split_once(" = ") {
        Some(("issued", _)) => format!("issued = {}", today - Days::new(60)),
        Some(("ends", _)) => format!("ends = {ends}"),
        Some(("due", _)) => format!("due = {ends}"),
        _ => line.to_owned(),
    };
    plan.lines().map(|text| line(text) + "\n").collect()
}

/// Binds the leader to a post of a team, and ten chats to the ten teams; gives the number of an item of the first.
async fn bind(store: &Store) -> i64 {
    let mut tx = store.write().await.expect("a write");
    let (task, team, post): (i64, i64, i64) = sqlx::query_as(
        "select t.task_id, t.team_id, tp.post_id from task t join team_post tp on tp.team_id = t.team_id where t.code = 'JK-1'",
    )
    .fetch_one(&mut *tx)
    .await
    .expect("an item and who answers for it");
    let cause = Cause::console(an_hour_ago());
    let named = people::Named { channel: "telegram", external: &LEADER.to_string(), name: "甲" };
    let account = people::note(&mut tx, named).await.expect("an account");
    people::appoint(&mut tx, account, PostId(post), &cause).await.expect("a tenure");
    bind_chat(&mut tx, 0, team, &cause).await;
    let teams: Vec<(i64,)> = sqlx::query_as("select team_id from team where team_id <> $1")
        .bind(team)
        .fetch_all(&mut *tx)
        .await
        .expect("teams");
    for (n, (team,)) in (1..).zip(teams) {
        bind_chat(&mut tx, n, team, &cause).await;
    }
    tx.commit().await.expect("a commit");
    task
}

async fn bind_chat(conn: &mut Connection, n: i64, team: i64, cause: &Cause) {
    let (fake, title) = (chat(n), chat(n).title);
    let external = fake.id.to_string();
    let named =
        chats::Named { channel: "telegram", external: &external, topic: "", group: true, title: &title };
    let bound = chats::note(conn, named).await.expect("a chat");
    chats::bind(conn, bound.id, Serves::Team(TeamId(team)), cause).await.expect("a binding");
}

fn an_hour_ago() -> DateTime<Utc> {
    SystemClock.now() - TimeDelta::hours(1)
}
