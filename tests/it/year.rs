//! Months in which nobody answers: whatever the rules say together, the office is spoken for considerately.

use std::collections::BTreeMap;

use chrono::{NaiveDateTime, Timelike as _};
use duban::app::demo::Demo;
use duban::config::{self, Settings};
use duban::domain::now::{Now, parse_stamp, stamp};
use duban::rules::preview::{Assume, preview};
use duban::store::{Store, burden, facts};

/// From the notice to the week after the National Day, with its make-up Saturday and Sunday.
const START: &str = "2022-05-18T09:00:00";
const END: &str = "2022-10-10T18:00:00";

fn local(text: &str) -> NaiveDateTime {
    text.parse().expect("a time")
}

async fn strings(store: &Store, sql: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> =
        sqlx::query_as(sql).fetch_all(&mut *store.read().await.expect("a reader")).await.expect(sql);
    rows.into_iter().map(|(text,)| text).collect()
}

/// How many cards everybody has heard since the first morning, by the burden ledger.
async fn ledger(store: &Store, start: &Now) -> BTreeMap<i64, i64> {
    let from = start.at() + chrono::Duration::seconds(1);
    let until = start.instant_of(local(END));
    let mut conn = store.read().await.expect("a reader");
    let lines = burden::between(&mut conn, from, until).await.expect("the ledger");
    lines.into_iter().map(|line| (line.account.0, line.cards)).collect()
}

/// The cards of the preview from that moment on, in the form of [`happened`], and how many of them everybody hears.
async fn foreseen(store: &Store, settings: &Settings, start: &Now) -> (Vec<String>, BTreeMap<i64, i64>) {
    let facts = facts::read(&mut store.read().await.expect("a reader"), start).await.expect("the facts");
    let until = start.instant_of(local(END));
    let found = preview(&facts, &settings.policy, &settings.calendar, (start, until), Assume::Silence);
    let (mut lines, mut ears) = (Vec::new(), BTreeMap::new());
    for card in found.cards {
        for ear in &card.ears {
            *ears.entry(ear.0).or_default() += 1;
        }
        let at = start.instant_of(card.at);
        for item in card.items {
            let owner = &facts.owners[&item.owner].name;
            lines.push(format!(
                "{} {} #{} {} {} {owner} {}",
                stamp(at),
                facts.chats[&card.chat],
                item.task,
                item.duty,
                item.period,
                item.reason.step()
            ));
        }
    }
    lines.sort();
    (lines, ears)
}

/// What the wheel made after the first morning: one line an item.
async fn happened(store: &Store) -> Vec<String> {
    let mut lines = strings(
        store,
        "select k.created_at || ' ' || c.title || ' #' || d.task_id || ' ' || d.duty_id || ' ' || f.period || ' '
                || coalesce(u.short, g.short) || ' '
                || case when instr(a.step, '@') > 0 then substr(a.step, 1, instr(a.step, '@') - 1) else a.step end
         from card k join chat c on c.chat_id = k.chat_id join card_item i on i.card_id = k.card_id
         join ask a on a.ask_id = i.ask_id join filing f on f.filing_id = a.filing_id join duty d on d.duty_id = f.duty_id
         left join unit u on u.unit_id = f.unit_id left join team g on g.team_id = f.team_id
         where k.created_at > '2022-05-18T01:00:00.000Z'",
    )
    .await;
    lines.sort();
    lines
}

/// Names the first day on which two lists differ, instead of printing both.
fn assert_same(foreseen: &[String], happened: &[String]) {
    let differs = foreseen.iter().zip(happened).find(|(a, b)| a != b);
    assert_eq!(differs, None, "foreseen and happened, of {} and {}", foreseen.len(), happened.len());
    assert_eq!(foreseen.len(), happened.len());
}

#[tokio::test]
async fn in_months_of_silence_nobody_is_disturbed_at_a_wrong_time_or_too_often() {
    let demo = Demo::open(local(START), 0).await.expect("a demo");
    demo.go_to(local(START)).await.expect("the first morning");
    let store = Store::open(demo.database()).await.expect("its database");
    let settings = config::shipped();
    let start = demo.now();
    let (foreseen, ears) = foreseen(&store, &settings, &start).await;
    demo.go_to(local(END)).await.expect("five months");
    assert_same(&foreseen, &happened(&store).await);
    assert_eq!(
        ears,
        ledger(&store, &start).await,
        "the cards of everybody, foreseen and in the burden ledger"
    );

    let made = strings(&store, "select created_at from card").await;
    assert!(made.len() > 500, "only {} cards", made.len());
    for at in &made {
        let now = Now::new(parse_stamp(at).expect("a stamp"), settings.zone);
        assert!(settings.policy.may_speak(&now, &settings.calendar), "a card at {}", now.local());
        assert_eq!((now.local().hour(), now.local().minute()), (9, 0), "a card at {}", now.local());
    }
    let golden = ["2022-09-13", "2022-10-08"];
    for day in golden {
        let on_day = made.iter().filter(|at| at.starts_with(day)).count();
        assert!(on_day > 10, "the weekly round of {day} made {on_day} cards");
    }

    let twice = strings(
        &store,
        "select title || ' ' || slot from card join chat on chat.chat_id = card.chat_id where card.kind = 'reminder'
         group by card.chat_id, substr(card.created_at, 1, 10) having count(*) > 1",
    )
    .await;
    assert_eq!(twice, [""; 0], "two cards on one day");

    let unasked = strings(
        &store,
        "select d.text || ' ' || f.period from filing f join duty d on d.duty_id = f.duty_id
         where d.schedule in ('week', 'month', 'quarter') and f.due_at is not null and not exists (
            select 1 from ask a join card_item i on i.ask_id = a.ask_id join card k on k.card_id = i.card_id
            where a.filing_id = f.filing_id and k.created_at < f.due_at)",
    )
    .await;
    assert_eq!(unasked, [""; 0], "opened and never asked before it was due");

    let parked = strings(
        &store,
        "select d.text from duty d join filing f on f.duty_id = d.duty_id where d.hold is not null",
    )
    .await;
    assert_eq!(parked, [""; 0], "what waits for the office was asked of somebody");
    let undated = strings(
        &store,
        "select a.step from ask a join filing f on f.filing_id = a.filing_id join duty d on d.duty_id = f.duty_id
         where (f.due_on is null or d.progress = 1) and (a.step like 'overdue%' or a.step like 'escalated%' or a.step = 'missed')",
    )
    .await;
    assert_eq!(undated, [""; 0], "an item without a date was taken for late");
    let unsent =
        strings(&store, "select kind || ' ' || state from letter where state not in ('sent', 'dropped')")
            .await;
    assert_eq!(unsent, [""; 0]);
    store.close().await;
    demo.close().await;
}
