//! The whole story in the room, as two people live it.

use std::time::Duration;

use fantoccini::{Client, Locator};

use super::driver::{Driver, WIDE};
use crate::served::Served;

/// The longest that anything may take to show.
const PATIENCE: Duration = Duration::from_secs(20);

/// Takes a seat through the chooser.
async fn sit(browser: &Client, url: &str, account: &str) {
    browser.goto(&format!("{url}/room")).await.expect("the room");
    let seat = format!("#chooser [data-account='{account}']");
    browser.wait().at_most(PATIENCE).for_element(Locator::Css(&seat)).await.expect("a seat");
    browser.find(Locator::Css(&seat)).await.expect("a seat").click().await.expect("taken");
    wait_for(browser, "#me").await;
}

async fn wait_for(browser: &Client, css: &str) {
    browser.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await.expect(css);
}

/// Waits until a text stands in the open room.
async fn reads(browser: &Client, text: &str) {
    let path = format!("//*[@id='lines']//*[contains(text(), '{text}')]");
    let found = browser.wait().at_most(PATIENCE).for_element(Locator::XPath(&path)).await;
    assert!(found.is_ok(), "`{text}` did not come; the page says:\n{}", said(browser).await);
}

async fn said(browser: &Client) -> String {
    let lines = browser.find(Locator::Css("#lines")).await.expect("the lines");
    lines.text().await.expect("a text")
}

async fn opens(browser: &Client, chat: &str) {
    browser.execute(&format!("location.hash = '#{chat}'"), vec![]).await.expect("another room");
}

/// Opens a room and says something in it.
async fn says(browser: &Client, chat: &str, text: &str) {
    opens(browser, chat).await;
    let field = browser.find(Locator::Css("#text")).await.expect("the field");
    field.send_keys(text).await.expect("typed");
    browser.find(Locator::Css("#send")).await.expect("the button").click().await.expect("sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_reports_in_the_room_and_the_office_closes_the_item() {
    let Some(driver) = Driver::start() else { return };
    let served = Served::open().await;
    let (leader, staff) = (driver.browser(WIDE).await, driver.browser(WIDE).await);
    sit(&leader, &served.url, "ysj.head").await;
    sit(&staff, &served.url, "office.staff").await;

    // A report is read back to whoever made it.
    says(&leader, "private:ysj.head", "#16 宣讲已办结").await;
    reads(&leader, "报办结").await;

    // The office reads of it on the page of the item, and closes it in the room.
    says(&staff, "ducha", "销号 16 县营商环境局 材料齐全").await;
    reads(&staff, "已销号").await;
    opens(&leader, "ysj").await;
    reads(&leader, "材料齐全").await;

    // What was cut off comes once, in its place, when the line is back.
    leader.execute("window.stop()", vec![]).await.expect("cut off");
    says(&leader, "private:ysj.head", "#7 周例会已开").await;
    reads(&leader, "#7").await;
    leader.refresh().await.expect("opened again");
    reads(&leader, "#7").await;
    let own = leader.find_all(Locator::Css(".line.own .text")).await.expect("own lines");
    let mut texts = Vec::new();
    for line in own {
        texts.push(line.text().await.expect("a text"));
    }
    assert_eq!(texts, ["#16 宣讲已办结", "#7 周例会已开"]);

    // From the room to the pages, with the seat of the tab.
    leader.find(Locator::LinkText("事项")).await.expect("the link").click().await.expect("followed");
    wait_for(&leader, "table.tasks").await;
    let me = leader.find(Locator::Css(".me")).await.expect("me").text().await.expect("a text");
    assert!(me.contains("县营商环境局"), "{me}");
    leader.close().await.expect("closed");
    staff.close().await.expect("closed");
    served.close().await;
}
