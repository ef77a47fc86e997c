//! A room behind a line that breaks again and again while people write: every message stands there once, in its order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use duban::app::demo::HEAD;
use duban::app::players::say;
use fantoccini::Locator;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::driver::{Driver, WIDE};
use crate::served::Served;

/// A proxy whose connections can be cut.
struct Proxy {
    url: String,
    open: Arc<AtomicBool>,
    cut: watch::Sender<()>,
}

impl Proxy {
    /// In front of a server.
    async fn before(url: &str) -> Proxy {
        let target = url.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (open, cut) = (Arc::new(AtomicBool::new(true)), watch::Sender::new(()));
        let (lets, cuts) = (open.clone(), cut.clone());
        tokio::spawn(async move {
            while let Ok((mut near, _)) = listener.accept().await {
                if !lets.load(Ordering::Relaxed) {
                    continue;
                }
                let (target, mut cut) = (target.clone(), cuts.subscribe());
                tokio::spawn(async move {
                    let Ok(mut far) = TcpStream::connect(target).await else { return };
                    tokio::select! {
                        _ = copy_bidirectional(&mut near, &mut far) => {}
                        _ = cut.changed() => {}
                    }
                });
            }
        });
        Proxy { url, open, cut }
    }

    /// Breaks every connection off, and lets none through until it is mended.
    fn breaks(&self) {
        self.open.store(false, Ordering::Relaxed);
        self.cut.send_replace(());
    }

    fn mended(&self) {
        self.open.store(true, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_written_while_the_line_is_cut_comes_once_and_in_order() {
    let Some(driver) = Driver::start() else { return };
    let served = Served::open().await;
    let proxy = Proxy::before(&served.url).await;
    let browser = driver.browser(WIDE).await;
    browser.goto(&format!("{}/room", proxy.url)).await.expect("the room");
    let seat = Locator::Css("#chooser [data-account='office.staff']");
    let seat = browser.wait().for_element(seat).await.expect("a seat");
    seat.click().await.expect("taken");
    browser.wait().for_element(Locator::Css("#me")).await.expect("seated");
    browser.execute("location.hash = '#ducha'", vec![]).await.expect("the office's room");

    // Forty messages: some arrive, some are written while nothing goes through, the line breaks in the midst of others.
    for at in 0..40 {
        match at % 10 {
            3 => proxy.breaks(),
            6 => {
                tokio::time::sleep(Duration::from_millis(300)).await;
                proxy.mended();
            }
            8 => tokio::time::sleep(Duration::from_millis(1500)).await,
            9 => {
                proxy.breaks();
                proxy.mended();
            }
            _ => {}
        }
        say(&served.demo, HEAD, "ducha", &format!("第{at}句"), format!("sentence-{at}")).await.expect("said");
    }
    let last = Locator::XPath("//*[@id='lines']//*[contains(text(), '第39句')]");
    let came = browser.wait().at_most(Duration::from_secs(20)).for_element(last).await;
    assert!(came.is_ok(), "the last message never came");
    let mut shown = Vec::new();
    for line in browser.find_all(Locator::Css("#lines .line .text")).await.expect("lines") {
        let text = line.text().await.expect("a text");
        if text.starts_with('第') && text.ends_with('句') {
            shown.push(text);
        }
    }
    let said: Vec<String> = (0..40).map(|at| format!("第{at}句")).collect();
    assert_eq!(shown, said);
    browser.close().await.expect("closed");
    served.close().await;
}
