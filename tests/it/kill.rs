//! Promise R1: what the platform handed over is never lost and never counted twice, whatever is killed whenever.
//!
//! The real binary works off a thousand waiting replies and is killed ten times at it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use duban::clock::{Clock as _, SystemClock};
use duban::store::chats::{self, Serves};
use duban::store::history::Cause;
use duban::store::{Store, people};
use serde_json::json;

use super::binary::Folder;
use super::fake_telegram::{FakeChat, FakeKind, FakeTelegram};

/// Replies that wait when the bot starts.
const REPLIES: i64 = 1_000;
/// The first one's `update_id`.
const FIRST: i64 = 500_001;
/// Times it is killed.
const KILLS: usize = 10;
/// Chats the leader writes in, so that the limits of one chat hold nothing up.
const CHATS: i64 = 50;
/// The leader's account.
const LEADER: i64 = 4_001;
/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// From 0 to below `sides`.
    fn roll(&mut self, sides: u64) -> u64 {
        // Knuth's MMIX generator; its high bits are the good ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn chat(n: i64) -> FakeChat {
    FakeChat {
        id: -1_000_000 - n % CHATS,
        kind: FakeKind::Supergroup,
        title: format!("群{}", n % CHATS),
        topic: None,
    }
}

/// What the `n`th reply says.
fn percent(n: i64) -> i64 {
    n % 98 + 1
}

/// Binds the leader to a post of a team and one of the chats to that team; gives the number of the team's first item
/// and the filing that is owed for it.
async fn bind(store: &Store) -> (i64, i64) {
    let mut tx = store.write().await.expect("a write");
    let (task, filing, team, post): (i64, i64, i64, i64) = sqlx::query_as(
        "select t.task_id, f.filing_id, t.team_id, p.post_id from task t
         join duty d on d.task_id = t.task_id and d.progress = 0 join filing f on f.duty_id = d.duty_id
         join team_post tp on tp.team_id = t.team_id join post p on p.post_id = tp.post_id
         where t.code = 'JK-1'",
    )
    .fetch_one(&mut *tx)
    .await
    .expect("the item, its filing and who answers for it");
    let named = people::Named { channel: "telegram", external: &LEADER.to_string(), name: "甲" };
    let account = people::note(&mut tx, named).await.expect("an account");
    let cause = Cause::console(SystemClock.now());
    people::appoint(&mut tx, account, duban::domain::ids::PostId(post), &cause).await.expect("a tenure");
    let first = chat(0);
    let external = first.id.to_string();
    let named = chats::Named {
        channel: "telegram",
        external: &external,
        topic: "",
        group: true,
        title: &first.title,
    };
    let bound = chats::note(&mut tx, named).await.expect("a chat");
    let team = Serves::Team(duban::domain::ids::TeamId(team));
    chats::bind(&mut tx, bound.id, team, &cause).await.expect("a binding");
    tx.commit().await.expect("a commit");
    (task, filing)
}

/// The `n`th reply waits at the platform; each chat has its own count of messages.
fn push(fake: &FakeTelegram, task: i64, n: i64) {
    let FakeChat { id, title, .. } = chat(n);
    fake.push_raw(json!({
        "update_id": FIRST + n,
        "message": {
            "message_id": message(n), "date": SystemClock.now().timestamp(),
            "chat": { "id": id, "type": "supergroup", "title": title },
            "from": { "id": LEADER, "is_bot": false, "first_name": "甲" },
            "text": format!("#{task} 完成{}%", percent(n)),
        },
    }));
}

/// The id that the `n`th reply has in its chat.
fn message(n: i64) -> i64 {
    10_000 + n / CHATS
}

/// Waits for a moment to kill: some more polls or some more messages, and then a little.
async fn moment(fake: &FakeTelegram, dice: &mut Dice, kill: usize) -> String {
    // The replies come in ten polls. First it is killed around them, then while it answers.
    let (method, more) = if kill < KILLS * 6 / 10 {
        ("getupdates", 1 + dice.roll(2))
    } else {
        ("sendmessage", 3 + dice.roll(20))
    };
    let so_far = calls(fake, method);
    fake.called(method, so_far + usize::try_from(more).expect("a small number")).await;
    let little = dice.roll(2) * dice.roll(150);
    tokio::time::sleep(Duration::from_millis(little)).await;
    format!("{more} {method} and {little} ms later")
}

fn calls(fake: &FakeTelegram, method: &str) -> usize {
    fake.calls().iter().filter(|call| call.method == method).count()
}

/// Waits until the desk has heard everything.
async fn all_heard(store: &Store) {
    let heard = async {
        loop {
            let mut conn = store.read().await.expect("a reader");
            let (open,): (i64,) = sqlx::query_as("select $1 - count(*) from inbox where state <> 'new'")
                .bind(REPLIES)
                .fetch_one(&mut *conn)
                .await
                .expect("a count");
            if open <= 0 {
                return;
            }
            drop(conn);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.expect("everything is heard by now");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_replies_count_once_each_though_the_bot_is_killed_ten_times() {
    let (fake, folder) = (FakeTelegram::start().await, Folder::new());
    folder.import();
    let store = folder.store().await;
    let (task, filing) = bind(&store).await;
    (0..REPLIES).for_each(|n| push(&fake, task, n));
    let mut dice = Dice(20_220_518);
    for kill in 0..KILLS {
        let bot = folder.serve(&fake, "info,sqlx=warn");
        let when = moment(&fake, &mut dice, kill).await;
        bot.kill();
        println!("kill {}: {when}, {} replies unconfirmed", kill + 1, fake.waiting());
    }
    let polls = calls(&fake, "getupdates");
    let bot = folder.serve(&fake, "info,sqlx=warn");
    fake.called("getupdates", polls + 1).await;
    fake.all_confirmed().await;
    all_heard(&store).await;
    let said = calls(&fake, "sendmessage");
    assert!(bot.stop().await.success(), "it did not stop well:\n{}", folder.read("serve.log"));
    let after = calls(&fake, "sendmessage") - said;
    assert!(
        after <= 5,
        "told to stop, it still said {after} things instead of leaving them to the next start"
    );

    every_reply_counts_once(&store, filing).await;
    what_was_said_twice_was_interrupted(&store, &fake).await;
}

/// One row in the inbox, one report, one line of history, one answer for each reply.
async fn every_reply_counts_once(store: &Store, filing: i64) {
    let mut conn = store.read().await.expect("a reader");
    let rows: Vec<(String, String, i64, Option<i64>, i64, i64)> = sqlx::query_as(
        "select i.event, i.state, (select count(*) from report r where r.inbox_id = i.inbox_id and r.filing_id = $1),
                (select percent from report r where r.inbox_id = i.inbox_id and r.filing_id = $1),
                (select count(*) from history h where h.inbox_id = i.inbox_id and h.filing_id = $1 and h.what = 'reported'),
                (select count(*) from letter l where l.inbox_id = i.inbox_id and l.kind = 'answer')
         from inbox i where i.channel = 'telegram' order by i.inbox_id",
    )
    .bind(filing)
    .fetch_all(&mut *conn)
    .await
    .expect("rows");
    let expected: Vec<_> = (0..REPLIES)
        .map(|n| ((FIRST + n).to_string(), "done".to_owned(), 1, Some(percent(n)), 1, 1))
        .collect();
    let wrong: Vec<_> =
        rows.iter().zip(&expected).filter(|(row, expected)| row != expected).take(5).collect();
    assert_eq!(wrong, [], "event, state, reports, per cent, lines of history, answers");
    assert_eq!(rows.len(), expected.len(), "replies in the inbox");
    let stands: (i64, i64) = sqlx::query_as("select version, percent from filing where filing_id = $1")
        .bind(filing)
        .fetch_one(&mut *conn)
        .await
        .expect("the filing");
    assert_eq!(stands, (REPLIES, percent(REPLIES - 1)), "changes of the filing, and what it says in the end");
}

/// A second copy exists only of letters that were under way at a kill; in each chat the answers stand in order.
async fn what_was_said_twice_was_interrupted(store: &Store, fake: &FakeTelegram) {
    let mut conn = store.read().await.expect("a reader");
    let letters: Vec<(String, i64, String)> = sqlx::query_as(
        "select i.event, l.attempts, l.state from letter l join inbox i on i.inbox_id = l.inbox_id
         where l.kind = 'answer'",
    )
    .fetch_all(&mut *conn)
    .await
    .expect("letters");
    let letters: HashMap<i64, (i64, String)> = letters
        .into_iter()
        .map(|(event, attempts, state)| (event.parse::<i64>().expect("an id") - FIRST, (attempts, state)))
        .collect();
    let mut copies: BTreeMap<i64, i64> = BTreeMap::new();
    for one in 0..CHATS {
        let said: Vec<i64> =
            fake.messages(&chat(one)).iter().filter_map(|message| message.reply_to).collect();
        assert!(said.is_sorted(), "the answers in chat {one} are out of order: {said:?}");
        for reply_to in said {
            *copies.entry((reply_to - message(0)) * CHATS + one).or_default() += 1;
        }
    }
    let sent: BTreeSet<i64> =
        letters.iter().filter(|(_, (_, state))| state == "sent").map(|(n, _)| *n).collect();
    for n in &sent {
        assert!(copies.contains_key(n), "the answer to reply {n} counts as sent and was never said");
    }
    let twice: Vec<(&i64, &i64)> = copies.iter().filter(|(_, copies)| **copies > 1).collect();
    for (n, copies) in &twice {
        assert!(letters[n].0 >= **copies, "reply {n} was answered {copies} times in {} tries", letters[n].0);
    }
    let interrupted = letters.values().filter(|(attempts, _)| *attempts > 1).count();
    println!(
        "{REPLIES} replies, {KILLS} kills: {} answers said, {interrupted} letters interrupted, {} said twice",
        copies.len(),
        twice.len()
    );
    assert!(twice.len() <= interrupted);
}
