//! The ledger of a year of a large county: how long it takes, and the most memory it needs. `cargo bench --bench ledger`, or with
//! another number of items: `cargo bench --bench ledger -- 50`.

#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod county;

use std::time::Instant;

use chrono::Duration;
use county::{Size, found, morning, settings};
use duban::app::export::{Order, Paper, of_store};
use duban::domain::now::{Now, stamp};
use duban::store::Store;
use sqlx::AssertSqlSafe;

/// Months whose filings stand in the ledger.
const MONTHS: i64 = 12;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let tasks = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(500);
    runtime.block_on(year(tasks, 80));
}

/// Writes the filings of a year, each with a line of history, and exports the ledger.
async fn year(tasks: i64, units: i64) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("bench.db")).await.expect("a database");
    let (settings, now) = (settings(), morning(&settings()));
    found(&store, Size { tasks, units, monthly: true }, &now).await;
    let later = Now::new(now.at() + Duration::days(365), now.zone());
    let at = stamp(now.at());
    let mut tx = store.write().await.expect("a write");
    for sql in [
        format!(
            "with recursive m(i) as (select 1 union all select i + 1 from m where i < {MONTHS})
             insert into filing (duty_id, unit_id, team_id, period, opened_at, since, due_on, due_at, state, last_text, next_look_at)
             select d.duty_id, u.unit_id, null, printf('2022-%02d', m.i), '{at}', '{at}', printf('2022-%02d-28', m.i), printf('2022-%02d-28T15:59:59.000Z', m.i), 'accepted', '本月推进正常,按序时完成,没有困难', null
             from duty d, unit u, m where d.seq = 1"
        ),
        format!(
            "insert into history (at, actor, task_id, filing_id, what, detail)
             select '{at}', '局长', d.task_id, f.filing_id, 'reported', '{{\"text\":\"本月推进正常,按序时完成\"}}' from filing f join duty d on d.duty_id = f.duty_id"
        ),
    ] {
        sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.expect("filings");
    }
    tx.commit().await.expect("written");
    let out = folder.path().join("ledger.xlsx");
    let order = Order::of(Paper::Ledger, "2022".parse().expect("a year"), later.today()).expect("an order");
    let before = peak();
    let begun = Instant::now();
    of_store(&store, &settings, &later, &Order { out: out.clone(), ..order }).await.expect("a ledger");
    let bytes = std::fs::metadata(folder.path().join("ledger-草稿.xlsx")).expect("a file").len();
    println!(
        "{tasks} items × {units} units × {MONTHS} months = {} filings: {:.1?}, {} MB of file, peak {} MB (before {} MB)",
        tasks * units * MONTHS,
        begun.elapsed(),
        bytes >> 20,
        peak(),
        before
    );
}

/// The most memory that this process has had, in MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
