//! A board on its way from the draft to the group, at its page, in a browser; and whoever drew it up cannot sign it.

use std::time::Duration;

use chrono::NaiveDateTime;
use duban::app::demo::{HEAD, STAFF};
use duban::app::players::say;
use fantoccini::{Client, Locator};

use super::driver::{Driver, WIDE};
use super::pages::seated;
use crate::served::Served;

/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// The clock goes to a moment, and everything due by then is said.
async fn at(served: &Served, local: &str) {
    let local: NaiveDateTime = local.parse().expect("a time");
    served.demo.clock.set(served.demo.now().instant_of(local));
    served.demo.app.wheel.settle().await.expect("the wheel turns");
}

/// Somebody says something in a room of the demo.
async fn says(served: &Served, account: &str, chat: &str, text: &str) {
    let nonce = format!("said-{}-{}", account.replace('.', "-"), text.len());
    say(&served.demo, account, chat, text, nonce).await.expect("said");
    served.demo.app.wheel.settle().await.expect("heard");
}

async fn opens(browser: &Client, served: &Served, paper: i64) {
    browser.goto(&format!("{}/papers/{paper}", served.url)).await.expect("the paper");
}

async fn text(browser: &Client, css: &str) -> String {
    browser.find(Locator::Css(css)).await.expect(css).text().await.expect("a text")
}

/// Presses the button of an act and gives what the desk answers.
async fn acts(browser: &Client, act: &str) -> String {
    let button = format!("form[data-act={act}] button");
    browser.find(Locator::Css(&button)).await.expect("the button").click().await.expect("pressed");
    let answer = Locator::Css("#answer:not(:empty)");
    let found = browser.wait().at_most(PATIENCE).for_element(answer).await.expect("an answer");
    found.text().await.expect("a text")
}

/// A clerk draws a board up, and the head a bulletin.
async fn drafts(served: &Served) {
    for (at, unit) in ["东风镇", "永胜镇", "新华镇"].into_iter().enumerate() {
        let (report, close) =
            (format!("代报 {unit} #16.4 已办结 {at}"), format!("销号 16.4 {unit} 齐全{at}{at}"));
        says(served, STAFF, "ducha", &report).await;
        says(served, STAFF, "ducha", &close).await;
    }
    at(served, "2022-07-04T10:00:00").await;
    says(served, STAFF, "ducha", "榜 乡镇排序榜 二季度").await;
    says(served, HEAD, "ducha", "通报 2022年二季度").await;
}

/// Whoever drew a paper up is offered no signature, and a forged order is refused like any other.
async fn no_own_draft_is_signed(served: &Served, head: &Client) {
    opens(head, served, 2).await;
    assert!(text(head, ".refused").await.contains("拟稿人不能签自己拟的稿"));
    assert!(head.find(Locator::Css("form[data-act=sign]")).await.is_err(), "no button");
    let forged = "const done = arguments[arguments.length - 1];
        fetch('/papers/2', { method: 'POST', headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ act: 'sign', nonce: 'forged-order' }) }).then((a) => a.json()).then((a) => done(a.text))";
    let answer = head.execute_async(forged, vec![]).await.expect("an answer");
    assert!(answer.as_str().expect("a text").contains("拟稿人不能签"), "{answer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_head_signs_a_board_at_its_page_and_nobody_signs_an_own_draft() {
    let Some(driver) = Driver::start() else { return };
    let served = Served::open().await;
    drafts(&served).await;
    let head = seated(&driver, WIDE, &served, HEAD).await;
    no_own_draft_is_signed(&served, &head).await;

    // A clerk sees the board and may not release it.
    let staff = seated(&driver, WIDE, &served, STAFF).await;
    opens(&staff, &served, 1).await;
    assert!(text(&staff, ".refused").await.contains("负责人"));

    // The head reads the draft, releases it for objection, and has to wait.
    head.goto(&format!("{}/papers", served.url)).await.expect("the papers");
    head.find(Locator::LinkText("2022年二季度乡镇排序榜"))
        .await
        .expect("the board")
        .click()
        .await
        .expect("opened");
    assert!(text(&head, ".paper").await.contains("草稿"));
    let said = acts(&head, "release").await;
    assert!(said.contains("已公示"), "{said}");
    assert!(text(&head, ".refused").await.contains("公示期"));

    // A unit objects; the office answers at the page.
    says(&served, "dongfeng.head", "private:dongfeng.head", "申诉 1 宣讲在五月就办完了").await;
    opens(&staff, &served, 1).await;
    assert!(text(&staff, "#objections").await.contains("待答复1条"));
    staff
        .find(Locator::Css("input[name=why]"))
        .await
        .expect("the field")
        .send_keys("核对无误")
        .await
        .expect("typed");
    let said = acts(&staff, "answer").await;
    assert!(said.contains("已答复"), "{said}");

    // After the days of objection it is signed, handed out to a group, and taken back.
    at(&served, "2022-07-11T10:00:00").await;
    opens(&head, &served, 1).await;
    let said = acts(&head, "sign").await;
    assert!(said.contains("已签发"), "{said}");
    assert!(text(&head, "h1").await.contains("已签发"));
    opens(&head, &served, 1).await;
    let said = acts(&head, "publish").await;
    assert!(said.contains("已发布"), "{said}");
    opens(&head, &served, 1).await;
    head.find(Locator::Css("form[data-act=withdraw] input"))
        .await
        .expect("the field")
        .send_keys("数据有误")
        .await
        .expect("typed");
    let said = acts(&head, "withdraw").await;
    assert!(said.contains("已撤回"), "{said}");
    head.close().await.expect("closed");
    staff.close().await.expect("closed");
    served.close().await;
}
