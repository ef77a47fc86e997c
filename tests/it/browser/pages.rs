//! The pages in a browser: filters, the course of an item, a phone's width, what a screen reader meets; and every link.

use std::collections::{BTreeSet, VecDeque};
use std::path::Path;
use std::time::Duration;

use fantoccini::{Client, Locator};
use serde_json::Value;

use super::driver::{Driver, NARROW, WIDE};
use crate::served::Served;

/// Every page of the menu, one task and one paper.
pub const PAGES: [(&str, &str); 10] = [
    ("overview", "/"),
    ("tasks", "/tasks"),
    ("task", "/tasks/16"),
    ("matrix", "/matrix"),
    ("calendar", "/calendar"),
    ("papers", "/papers"),
    ("paper", "/papers/1"),
    ("people", "/people"),
    ("findings", "/findings"),
    ("delivery", "/delivery"),
];

/// Opens a browser in which somebody has a session.
pub async fn seated(driver: &Driver, size: (u32, u32), served: &Served, account: &str) -> Client {
    let browser = driver.browser(size).await;
    // As a tab of the demo's room does it.
    let session = served.seat(account).await;
    browser.goto(&format!("{}/?seat={session}", served.url)).await.expect("there");
    browser
}

async fn text(browser: &Client, css: &str) -> String {
    browser.find(Locator::Css(css)).await.expect(css).text().await.expect("a text")
}

/// The address after a click that leads away from one, once the browser has gone: on a busy machine it has only been told to.
async fn left(browser: &Client, from: &str) -> reqwest::Url {
    let mut url = browser.current_url().await.expect("an address");
    for _ in 0..200 {
        if url.as_str() != from {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        url = browser.current_url().await.expect("an address");
    }
    url
}

/// The accessibility checker, where it was installed (`npm install --prefix target/axe axe-core`).
fn axe() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/node_modules/axe-core/axe.min.js");
    let script = std::fs::read_to_string(&path).ok();
    if script.is_none() {
        eprintln!("skipped: axe-core is not in target/axe, so nobody checks how accessible the pages are");
    }
    script
}

/// What the checker takes for serious.
async fn serious(browser: &Client, axe: &str) -> Vec<String> {
    browser.execute(axe, vec![]).await.expect("the checker");
    let run =
        "const done = arguments[arguments.length - 1]; axe.run().then((found) => done(found.violations))";
    let found = browser.execute_async(run, vec![]).await.expect("a check");
    let heavy = |one: &&Value| matches!(one["impact"].as_str(), Some("serious" | "critical"));
    let told = |one: &Value| format!("{}: {} {}", one["id"], one["help"], one["nodes"][0]["html"]);
    found.as_array().expect("a list").iter().filter(heavy).map(told).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_live_in_the_address_and_an_item_tells_its_course() {
    let Some(driver) = Driver::start() else { return };
    let served = Served::open().await;
    served.play(8).await;
    let browser = seated(&driver, WIDE, &served, "office.staff").await;

    browser.goto(&format!("{}/tasks", served.url)).await.expect("the list");
    let search = browser.find(Locator::Css("input[name=q]")).await.expect("the search");
    search.send_keys("公路").await.expect("typed");
    browser.find(Locator::Css(".filter button")).await.expect("the button").click().await.expect("asked");
    let url = left(&browser, &format!("{}/tasks", served.url)).await;
    assert!(url.query_pairs().any(|(key, value)| key == "q" && value == "公路"), "{url}");
    let list = text(&browser, "table.tasks tbody").await;
    assert!(list.contains("公路") && list.lines().count() < 12, "{list}");

    browser.goto(&format!("{}/tasks?group=财税组&sort=due", served.url)).await.expect("the list");
    assert!(text(&browser, "h1").await.contains("9项"), "nine items of the team");

    browser.goto(&format!("{}/tasks/7", served.url)).await.expect("the item");
    let course = text(&browser, ".course").await;
    assert!(course.contains("填报") && course.contains("提醒"), "{course}");
    browser.find(Locator::LinkText("填报")).await.expect("a kind").click().await.expect("chosen");
    left(&browser, &format!("{}/tasks/7", served.url)).await;
    let reports = text(&browser, ".course ol").await;
    assert!(reports.contains("填报") && !reports.contains("每周例行"), "{reports}");

    // Tables sort by their headings, from the keyboard too.
    browser.goto(&format!("{}/people", served.url)).await.expect("the posts");
    let heading = browser.find(Locator::Css("thead th button")).await.expect("a heading");
    heading.send_keys("\u{e007}").await.expect("pressed");
    let sorted = browser.find(Locator::Css("th[aria-sort=ascending]")).await;
    assert!(sorted.is_ok(), "the column is sorted");
    browser.close().await.expect("closed");
    served.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_fits_a_phone_and_is_accessible() {
    let Some(driver) = Driver::start() else { return };
    let served = Served::open().await;
    served.play(8).await;
    served.draft().await;
    let checker = axe();
    for size in [WIDE, NARROW] {
        let browser = seated(&driver, size, &served, "office.staff").await;
        for (name, path) in PAGES.into_iter().chain([("room", "/room")]) {
            browser.goto(&format!("{}{path}", served.url)).await.expect("a page");
            let over = settled_overhang(&browser).await;
            assert_eq!(over, 0, "{name} at {} px is wider than the window", size.0);
            if let Some(axe) = &checker {
                let found = serious(&browser, axe).await;
                assert_eq!(found, [""; 0], "{name} at {} px", size.0);
            }
        }
        browser.close().await.expect("closed");
    }
    served.close().await;
}

/// By how much a page is wider than the window, once the browser has laid it out: on a busy machine the first answer may be older
/// than the style.
async fn settled_overhang(browser: &Client) -> Value {
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let mut over = browser.execute(wide, vec![]).await.expect("a width");
    for _ in 0..50 {
        if over == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        over = browser.execute(wide, vec![]).await.expect("a width");
    }
    over
}

/// Where the links of a page lead to, on this server.
fn links(page: &str) -> BTreeSet<String> {
    let hrefs = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let ours = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("//"));
    ours.map(|href| href.replace("&amp;", "&").split('#').next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_link_leads_nowhere() {
    let served = Served::open().await;
    served.play(2).await;
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    for account in ["office.staff", "fgj.head"] {
        let session = served.seat(account).await;
        let mut known: BTreeSet<String> = BTreeSet::from(["/".to_owned()]);
        let mut ahead: VecDeque<String> = known.iter().cloned().collect();
        while let Some(path) = ahead.pop_front() {
            let url = format!("{}{path}", served.url);
            let answer = client.get(url).header("cookie", format!("duban_seat={session}")).send().await;
            let answer = answer.expect("an answer");
            assert!(answer.status().is_success(), "{account}: {path} answers {}", answer.status());
            let is_page = answer.headers()["content-type"].to_str().is_ok_and(|kind| kind.contains("html"));
            if is_page && known.len() < 600 {
                for link in links(&answer.text().await.expect("a text")) {
                    if known.insert(link.clone()) {
                        ahead.push_back(link);
                    }
                }
            }
        }
        assert!(known.len() > 30, "{account} found only {} pages", known.len());
    }
    served.close().await;
}
