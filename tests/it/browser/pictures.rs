//! Pictures of every page with the played year, for people to look at: `cargo test --test it pictures -- --ignored`. They
//! lie in the tests' folder under target.

use std::path::Path;

use super::driver::{Driver, NARROW, WIDE};
use super::pages::{PAGES, seated};
use crate::served::Served;

/// More workdays than a year has.
const YEAR: usize = 300;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "plays a whole year; it makes pictures and checks nothing"]
async fn pictures_of_every_page() {
    let Some(driver) = Driver::start() else { return };
    let served = Served::open().await;
    let days = std::env::var("DUBAN_DAYS").ok().and_then(|days| days.parse().ok()).unwrap_or(YEAR);
    served.play(days).await;
    served.draft().await;
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).expect("a folder");
    for size in [WIDE, NARROW] {
        for (who, account) in [("staff", "office.staff"), ("leader", "fgj.head")] {
            let browser = seated(&driver, size, &served, account).await;
            for (name, path) in PAGES {
                browser.goto(&format!("{}{path}", served.url)).await.expect("a page");
                let picture = browser.screenshot().await.expect("a picture");
                let file = folder.join(format!("{who}-{name}-{}.png", size.0));
                std::fs::write(file, picture).expect("written");
            }
            browser.close().await.expect("closed");
        }
    }
    served.close().await;
}
