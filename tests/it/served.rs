//! A demo that is served over HTTP, as `duban demo` does it.

use std::sync::Arc;

use duban::app::demo::{Demo, STAFF, START};
use duban::app::players::say;
use duban::web::DemoDesk;
use tokio_util::sync::CancellationToken;

/// A demo that is served.
pub struct Served {
    /// The demo.
    pub demo: Arc<Demo>,
    /// Where it is.
    pub url: String,
    stop: CancellationToken,
    running: tokio::task::JoinHandle<anyhow::Result<()>>,
}

impl Served {
    /// On the morning of the notice.
    pub async fn open() -> Served {
        let demo = Arc::new(Demo::open(START.parse().expect("a time"), 0).await.expect("a demo"));
        demo.app.wheel.settle().await.expect("the wheel turns");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, desk) = (CancellationToken::new(), demo.clone() as Arc<dyn DemoDesk>);
        let (served, until) = (demo.clone(), stop.clone());
        let running = tokio::spawn(async move { served.app.run(listener, Some(desk), until).await });
        Served { demo, url, stop, running }
    }

    /// Plays so many workdays, with units that answer.
    pub async fn play(&self, days: usize) {
        for _ in 0..days {
            if !self.demo.play().await.expect("a day") {
                return;
            }
        }
    }

    /// The office draws a board up, which becomes paper 1.
    pub async fn draft(&self) {
        let board = "榜 乡镇排序榜 二季度";
        say(&self.demo, STAFF, "ducha", board, "the-first-draft".to_owned()).await.expect("said");
        self.demo.app.wheel.settle().await.expect("heard");
    }

    /// A session on a seat.
    pub async fn seat(&self, account: &str) -> String {
        self.demo.sit(account).await.expect("a seat").expect("an account")
    }

    /// Stops serving and takes the folder away.
    pub async fn close(self) {
        self.stop.cancel();
        self.running.await.expect("ended").expect("served");
        if let Ok(demo) = Arc::try_unwrap(self.demo) {
            demo.close().await;
        }
    }
}
