//! What must hold of a database and of what was said, whatever happened (DESIGN section 7).

use std::collections::BTreeMap;
use std::path::Path;

use duban::store::{Connection, Store, backup};

use super::{CHATS, Deed, FIRST, Load, chat};

/// An event's id, its state, and whether it was answered.
type Heard = (String, String, bool);

/// What came of a load.
#[derive(Debug, Default, Clone, Copy)]
pub struct Figures {
    pub events: usize,
    pub letters: i64,
    /// Tries that did not end well.
    pub in_vain: i64,
    /// Second copies that somebody saw.
    pub twice: usize,
    /// Letters put aside because their fate was unknown too often.
    pub parked: i64,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Figures { events, letters, in_vain, twice, parked } = self;
        write!(
            f,
            "{events} events, {letters} letters, {in_vain} tries in vain, {twice} second copies, {parked} put aside"
        )
    }
}

/// What holds at every moment: each event counts once or not yet, with its report, its history and its answer, whole; and no
/// reason, round or card is there twice.
pub async fn holds(conn: &mut Connection) {
    let broken: Vec<(String, String, i64, i64, i64)> = sqlx::query_as(
        "with e as (select i.event, i.state, json_extract(nullif(i.body, ''), '$.what.kind') as kind,
             (select count(*) from report r where r.inbox_id = i.inbox_id) as reports,
             (select count(*) from history h where h.inbox_id = i.inbox_id and h.what = 'reported') as told,
             (select count(*) from letter l where l.inbox_id = i.inbox_id and l.kind in ('answer', 'toast')) as answers
           from inbox i where i.channel = 'telegram')
         select event, state, reports, told, answers from e
         where (state = 'new' and reports + told + answers > 0)
            or (state = 'done' and kind = 'text' and (reports <> 1 or told <> 1 or answers <> 1))
            or (kind = 'tap' and state <> 'new' and answers not in (1, 2))
            or state = 'failed'",
    )
    .fetch_all(&mut *conn)
    .await
    .expect("rows");
    assert!(broken.is_empty(), "event, state, reports, lines of history, answers: {broken:?}");
    for (what, twice) in [
        ("a filing", "select 1 from filing group by duty_id, unit_id, team_id, period having count(*) > 1"),
        (
            "a reason to speak",
            "select 1 from ask group by filing_id, cycle, due_on, step having count(*) > 1",
        ),
        ("a card", "select 1 from card group by chat_id, kind, slot having count(*) > 1"),
        (
            "a message of a card",
            "select 1 from letter where kind = 'card' group by card_id, part having count(*) > 1",
        ),
        ("a round", "select 1 from history where what = 'round_opened' group by detail having count(*) > 1"),
    ] {
        let found = sqlx::query(twice).fetch_all(&mut *conn).await.expect("rows");
        assert!(found.is_empty(), "{what} is there {} times too often", found.len());
    }
}

/// A copy of the database opens, is whole, and holds. Gives how many events it has heard of.
pub async fn opens(database: &Path) -> i64 {
    let store = Store::open(database).await.expect("it opens");
    let mut conn = store.read().await.expect("a reader");
    holds(&mut conn).await;
    let (events,): (i64,) = sqlx::query_as("select count(*) from inbox where channel = 'telegram'")
        .fetch_one(&mut *conn)
        .await
        .expect("a count");
    drop(conn);
    store.close().await;
    backup::contents(database).await.expect("it is whole");
    events
}

/// What holds once everything was heard and answered: nothing is missing, nothing counts twice, each chat was told in order, and
/// a second copy exists only of what was under way when something happened.
pub async fn all_told(load: &Load) -> Figures {
    let mut conn = load.store.read().await.expect("a reader");
    holds(&mut conn).await;
    let heard: Vec<Heard> = sqlx::query_as(
        "select event, state, exists (select 1 from letter l where l.inbox_id = i.inbox_id and l.kind = 'answer')
         from inbox i where channel = 'telegram' order by inbox_id",
    )
    .fetch_all(&mut *conn)
    .await
    .expect("rows");
    // Also where the platform handed them out in disorder.
    let known: Vec<i64> = heard.iter().map(|(event, ..)| event.parse().expect("an id")).collect();
    let all = i64::try_from(load.events.len()).expect("a small number");
    assert!(known.is_sorted(), "heard in another order than people acted in");
    assert_eq!(known, (FIRST..FIRST + all).collect::<Vec<_>>(), "every event once");
    assert!(heard.iter().all(|(_, state, _)| state != "new" && state != "failed"), "something was not heard");
    let (letters, in_vain, parked): (i64, i64, i64) = sqlx::query_as(
        "select count(*), sum(attempts - (state = 'sent')), count(*) filter (where state in ('parked', 'unknown')) from letter",
    )
    .fetch_one(&mut *conn)
    .await
    .expect("counts");
    let twice = copies(load, &mut conn).await;
    order(load, &heard);
    Figures { events: heard.len(), letters, in_vain, twice, parked }
}

/// Every letter that counts as sent was said, and a second copy is there only of one whose earlier try may have arrived (promise
/// R3). Gives how many second copies there are.
async fn copies(load: &Load, conn: &mut Connection) -> usize {
    let (mut too_many, mut said_in_all, mut sent_in_all) = (Vec::new(), 0, 0);
    for n in 0..CHATS {
        let counts: (i64, i64) = sqlx::query_as(
            "select count(*) filter (where l.state = 'sent'), coalesce(sum(l.doubts), 0) from letter l
             join chat c on c.chat_id = l.chat_id where c.external_id = $1 and l.kind in ('card', 'answer')",
        )
        .bind(chat(n).id.to_string())
        .fetch_one(&mut *conn)
        .await
        .expect("counts");
        let (sent, doubts) =
            (usize::try_from(counts.0).expect("a count"), usize::try_from(counts.1).expect("a count"));
        let said = load.fake.messages(&chat(n)).len();
        if !(sent..=sent + doubts).contains(&said) {
            too_many.push((n, sent, said, doubts));
        }
        said_in_all += said;
        sent_in_all += sent;
    }
    assert!(too_many.is_empty(), "chat, letters sent, messages said, tries in doubt: {too_many:?}");
    said_in_all.saturating_sub(sent_in_all)
}

/// In every chat the answers stand in the order in which was heard; a second copy stands right behind the first.
fn order(load: &Load, heard: &[Heard]) {
    let mut expected: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (event, state, answered) in heard {
        let n = usize::try_from(event.parse::<i64>().expect("an id") - FIRST).expect("ours");
        let event = load.events[n];
        // An edit that changes no words, or comes too late, changes nothing; a reply always counts.
        assert!(state == "done" || event.deed != Deed::Reply, "reply {n} is {state}");
        if *answered && event.deed != Deed::Tap {
            expected.entry(event.chat).or_default().push(event.message);
        }
    }
    for (n, mut expected) in expected {
        let answers = load.fake.messages(&chat(n)).into_iter();
        let mut said: Vec<i64> =
            answers.filter_map(|said| said.reply_to).filter(|to| *to >= 10_000).collect();
        said.dedup();
        expected.dedup();
        assert_eq!(said, expected, "the answers in chat {n} are out of order, or one is missing");
    }
}
