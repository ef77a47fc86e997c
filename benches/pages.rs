//! How long the pages take with 500 items, 80 units and a year of reports, and how much a first visit loads.
//! `cargo bench --bench pages`.

#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod county;

use std::sync::Arc;
use std::time::{Duration, Instant};

use county::{Size, found, morning, settings};
use duban::app::{App, book};
use duban::clock::SteppedClock;
use duban::domain::now::{Now, stamp};
use duban::store::Store;
use duban::web;
use sqlx::AssertSqlSafe;

/// Visits of each page.
const VISITS: usize = 40;
/// Months that were reported.
const MONTHS: i64 = 12;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("bench.db")).await.expect("a database");
    let settings = Arc::new(settings());
    let now = morning(&settings);
    found(&store, Size { tasks: 500, units: 80, monthly: true }, &now).await;
    year(&store, &now).await;
    let session = somebody(&store, &now).await;
    let clock = Arc::new(SteppedClock::new(now.at(), 0));
    let app = App::assemble(store, settings, clock, None).await.expect("the bot");
    let router = web::router(app.room.clone(), app.office().expect("the office"), None);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });

    println!(
        "pages: 500 items x 80 units, a year of monthly reports (480,000), 80,000 owed; server time and bytes"
    );
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let cookie = format!("duban_seat={session}");
    let mut extra = 0;
    for asset in ["base.css", "pages.css", "pages.js"] {
        let answer = client.get(format!("{url}/assets/{asset}")).send().await.expect("an answer");
        extra += answer.bytes().await.expect("bytes").len();
    }
    for path in
        ["/", "/tasks", "/tasks?q=%E4%BA%8B%E9%A1%B9&light=yellow", "/tasks?sort=due", "/tasks/7", "/matrix"]
    {
        let mut times = Vec::new();
        let mut size = 0;
        for _ in 0..VISITS {
            let begun = Instant::now();
            let answer = client.get(format!("{url}{path}")).header("cookie", &cookie).send().await;
            let answer = answer.expect("an answer").error_for_status().expect("a page");
            size = answer.bytes().await.expect("bytes").len();
            times.push(begun.elapsed());
        }
        times.sort();
        println!(
            "  {path:<36} p50 {:>8.1?}  p95 {:>8.1?}  {:>4} KB, first load {:>4} KB",
            at(&times, 50),
            at(&times, 95),
            size / 1024,
            (size + extra) / 1024
        );
    }
}

fn at(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

async fn run(store: &Store, sql: String) {
    let mut tx = store.write().await.expect("a write");
    sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.expect("changed");
    tx.commit().await.expect("written");
}

/// A year of the monthly duty, reported by everybody; the present month and the dated duty are owed, some of it stuck.
async fn year(store: &Store, now: &Now) {
    for month in 0..=MONTHS {
        let first = chrono::NaiveDate::from_ymd_opt(2021, 6, 1).expect("a day")
            + chrono::Months::new(month.try_into().expect("few"));
        let (period, opened) = (first.format("%Y-%m").to_string(), format!("{first}T01:00:00.000Z"));
        let due = first + chrono::Duration::days(27);
        let state = if month == MONTHS { "open" } else { "accepted" };
        let reported = if month == MONTHS {
            "null".to_owned()
        } else {
            format!("'{}'", stamp(now.at() - chrono::Duration::days(30 * (MONTHS - month))))
        };
        for sql in [
            format!("insert into duty_round (duty_id, period, opened_at) select duty_id, '{period}', '{opened}' from duty where schedule = 'month'"),
            format!(
                "insert into filing (duty_id, unit_id, period, opened_at, since, due_on, due_at, state, last_text, reported_at, blocker)
                 select d.duty_id, u.unit_id, '{period}', '{opened}', '{opened}', '{due}', '{due}T16:00:00.000Z', '{state}', '本月完成调度,进展顺利', {reported},
                        case when '{state}' = 'open' and u.unit_id = 1 and d.duty_id % 20 = 0 then '卡在资金' end
                 from duty d, unit u where d.schedule = 'month'"
            ),
        ] {
            run(store, sql).await;
        }
    }
    let opened = stamp(now.at() - chrono::Duration::days(20));
    for sql in [
        format!(
            "insert into filing (duty_id, unit_id, period, opened_at, since, due_on, due_at, state)
             select d.duty_id, u.unit_id, '2022-12-15', '{opened}', '{opened}', '2022-12-15', '2022-12-15T16:00:00.000Z', 'open'
             from duty d, unit u where d.schedule = 'due'"
        ),
        "insert into history (at, actor, task_id, filing_id, what, detail)
         select reported_at, '局长', d.task_id, f.filing_id, 'reported', '{\"text\": \"本月完成调度,进展顺利\"}'
         from filing f join duty d on d.duty_id = f.duty_id where f.state = 'accepted' order by f.reported_at, f.filing_id"
            .to_owned(),
        // What was asked for this month.
        format!(
            "insert into ask (filing_id, cycle, due_on, step, level, meant_on, created_at, state)
             select filing_id, 1, coalesce(due_on, ''), 'round:month', 'post', '2022-06-01', '{opened}', 'carded'
             from filing where state = 'open' and period = '2022-06'"
        ),
    ] {
        run(store, sql).await;
    }
}

/// A clerk of the office with a session.
async fn somebody(store: &Store, now: &Now) -> String {
    let mut tx = store.write().await.expect("a write");
    book::note_person(&mut tx, "staff", "值班员").await.expect("a person");
    sqlx::query("update account set role = 'staff' where external_id = 'staff'")
        .execute(&mut *tx)
        .await
        .expect("a role");
    let session = book::open_session(&mut tx, "staff", now.at()).await.expect("a session");
    tx.commit().await.expect("written");
    session
}
