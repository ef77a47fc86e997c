//! How long it takes to foresee a year of 500 tasks and 80 units. `cargo bench --bench preview`.

#![expect(clippy::disallowed_methods, reason = "a bench measures time")]

mod county;

use std::time::Instant;

use county::{Size, found, morning, settings};
use duban::rules::preview::{Assume, preview};
use duban::store::{Store, facts};

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("bench.db")).await.expect("a database");
    let settings = settings();
    let now = morning(&settings);
    found(&store, Size { tasks: 500, units: 80, monthly: true }, &now).await;
    let begun = Instant::now();
    let facts = facts::read(&mut store.read().await.expect("a reader"), &now).await.expect("the facts");
    println!("preview of a year, 500 tasks × 80 units; reading the facts: {:.2?}", begun.elapsed());
    let until = now.at() + chrono::Duration::days(365);
    for assume in Assume::ALL {
        let begun = Instant::now();
        let found = preview(&facts, &settings.policy, &settings.calendar, (&now, until), *assume);
        let items: usize = found.cards.iter().map(|card| card.items.len()).sum();
        println!(
            "  {:<13} {:>8.2?}  {} cards with {items} items",
            assume.as_str(),
            begun.elapsed(),
            found.cards.len()
        );
    }
    store.close().await;
}
