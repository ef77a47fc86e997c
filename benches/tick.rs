//! How long a tick takes: with a hundred filings due among more and more that are open, and while a round opens for tens
//! of thousands. `cargo bench --bench tick`.

#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod county;

use std::time::{Duration, Instant};

use county::{Size, found, morning, settings};
use duban::config::Settings;
use duban::domain::now::{Now, stamp};
use duban::flow::tick;
use duban::store::Store;
use sqlx::AssertSqlSafe;

/// Ticks that are measured of each size.
const ROUNDS: usize = 60;
/// Filings that are due in each.
const DUE: i64 = 100;

#[tokio::main]
async fn main() {
    println!("tick: 100 filings due of so many open; looks, asks, cards and letters, committed with fsync");
    let mut first = None;
    for open in [1_000, 10_000, 100_000, 1_000_000] {
        let (all, quiet) = hundred_due(open).await;
        let (p50, p99) = (percentile(&all, 50), percentile(&all, 99));
        let ratio = p50.as_secs_f64() / first.get_or_insert(p50).as_secs_f64();
        println!(
            "  {open:>9} open: p50 {p50:>10.2?}  p99 {p99:>10.2?}  ({ratio:.2} times the first); nothing due: p50 {:.2?}",
            percentile(&quiet, 50)
        );
    }
    round_of_forty_thousand().await;
}

fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

/// Ticks until nothing is left to decide; the longest single transaction.
async fn settle(store: &Store, settings: &Settings, now: &Now) -> (Duration, usize) {
    let (mut longest, mut steps) = (Duration::ZERO, 0);
    loop {
        let begun = Instant::now();
        let did = tick::turn(store, settings, now).await.expect("a tick");
        longest = longest.max(begun.elapsed());
        steps += 1;
        if !did {
            return (longest, steps);
        }
    }
}

/// Takes all letters for sent, as delivery would have by then.
async fn deliver(store: &Store) {
    let sent = "update letter set state = 'sent', message = letter_id where state = 'pending'";
    change(store, sent.to_owned()).await;
}

async fn change(store: &Store, sql: String) {
    let mut tx = store.write().await.expect("a write");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.expect("changed");
    tx.commit().await.expect("written");
}

async fn hundred_due(open: i64) -> (Vec<Duration>, Vec<Duration>) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("bench.db")).await.expect("a database");
    let settings = settings();
    let now = morning(&settings);
    let units = 100;
    found(&store, Size { tasks: (open / units).clamp(1, 1_000), units, monthly: false }, &now).await;
    let opened = stamp(now.at() - chrono::Duration::days(20));
    let due_at = stamp(now.end_of("2022-12-15".parse().expect("a day")));
    // As many years of filings as it takes; each is looked at in autumn.
    let sql = format!(
        "with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < {open})
         insert into filing (duty_id, unit_id, period, opened_at, since, due_on, due_at, state, next_look_at)
         select t.tasks + 1 + (i / {units}) % t.tasks, i % {units} + 1, date('2022-12-15', '+' || (i / ({units} * t.tasks)) || ' days'),
                '{opened}', '{opened}', '2022-12-15', '{due_at}', 'open', '2022-11-01T01:00:00.000Z'
         from n, (select count(*) as tasks from task) t where true on conflict do nothing"
    );
    change(&store, sql).await;
    settle(&store, &settings, &now).await;

    let (mut all, mut quiet) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Each round is a day later, and a hundred filings come near their day in it.
        let day = i64::try_from(round).expect("few") + 1;
        let today = settings.calendar.add(now.today(), day);
        let at = Now::new(now.instant_of(today.and_time(settings.policy.card_at)), settings.zone);
        let due = settings.calendar.add(today, 7);
        let first = i64::try_from(round).expect("few") * DUE * 7 % (open - DUE + 1);
        let chosen = format!("filing_id > {first} and filing_id <= {}", first + DUE);
        let made_due = format!(
            "update filing set due_on = '{due}', next_look_at = '{}', cycle = cycle + 1, state = 'open' where {chosen}",
            stamp(at.at())
        );
        change(&store, made_due).await;
        let begun = Instant::now();
        settle(&store, &settings, &at).await;
        all.push(begun.elapsed());
        let begun = Instant::now();
        settle(&store, &settings, &at).await;
        quiet.push(begun.elapsed());
        deliver(&store).await;
        // What was asked is done by the next round.
        change(&store, format!("update filing set state = 'accepted', next_look_at = null where {chosen}"))
            .await;
        settle(&store, &settings, &at).await;
    }
    all.sort();
    quiet.sort();
    store.close().await;
    (all, quiet)
}

/// The monthly round of 500 tasks and 80 units: how long the one writer is held at most, and how long all of it takes.
async fn round_of_forty_thousand() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("bench.db")).await.expect("a database");
    let settings = settings();
    found(&store, Size { tasks: 500, units: 80, monthly: true }, &morning(&settings)).await;
    for (month, opens) in [("June", "2022-06-27"), ("July", "2022-07-26")] {
        let day: chrono::NaiveDate = opens.parse().expect("a day");
        let at = morning(&settings).instant_of(day.and_time(settings.policy.card_at));
        let begun = Instant::now();
        let (longest, steps) = settle(&store, &settings, &Now::new(at, settings.zone)).await;
        println!(
            "round of {month} for 40,000 filings: {:.2?} in {steps} steps, the longest {longest:.2?}",
            begun.elapsed()
        );
        deliver(&store).await;
    }
    store.close().await;
}
