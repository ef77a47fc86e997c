//! An inbox that can be out of order, and a channel that listens for it.

use std::sync::{Arc, Mutex};

use duban::channel::{Channel as _, Inbox, Incoming};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::{PROMPT, telegram};
use crate::fake_telegram::FakeTelegram;

/// An inbox in memory that can be out of order for a while.
#[derive(Default)]
pub struct Desk {
    rows: Mutex<Rows>,
}

#[derive(Default)]
pub struct Rows {
    pub stored: Vec<Incoming>,
    pub refused: Vec<Incoming>,
    pub failures_left: usize,
    /// Cancelled as soon as something is stored.
    pub stop_after: Option<CancellationToken>,
}

impl Inbox for Desk {
    fn receive(&self, batch: Vec<Incoming>) -> BoxFuture<'_, anyhow::Result<()>> {
        async move {
            let mut rows = self.rows.lock().expect("no panic inside");
            if rows.failures_left > 0 {
                rows.failures_left -= 1;
                rows.refused.extend(batch);
                anyhow::bail!("the disk is full");
            }
            rows.stored.extend(batch);
            rows.stop_after.iter().for_each(CancellationToken::cancel);
            Ok(())
        }
        .boxed()
    }
}

impl Desk {
    pub fn rows<T>(&self, look: impl FnOnce(&mut Rows) -> T) -> T {
        look(&mut self.rows.lock().expect("no panic inside"))
    }

    pub fn events(&self) -> Vec<String> {
        self.rows(|rows| rows.stored.iter().map(|incoming| incoming.event.clone()).collect())
    }

    pub fn only(&self) -> Incoming {
        self.rows(|rows| {
            assert_eq!(rows.stored.len(), 1);
            rows.stored[0].clone()
        })
    }
}

/// A channel that listens until it is told to stop.
pub struct Ear {
    desk: Arc<Desk>,
    pub stop: CancellationToken,
    pub task: JoinHandle<()>,
}

pub fn listen(fake: &FakeTelegram, desk: &Arc<Desk>) -> Ear {
    let stop = CancellationToken::new();
    let inbox: Arc<dyn Inbox> = Arc::clone(desk) as _;
    let task = tokio::spawn(Arc::new(telegram(fake)).listen(inbox, stop.clone()));
    Ear { desk: Arc::clone(desk), stop, task }
}

impl Ear {
    /// Stops it, which has to happen at once, also in the middle of a long poll.
    pub async fn close(self) -> Arc<Desk> {
        self.stop.cancel();
        tokio::time::timeout(PROMPT, self.task).await.expect("stops at once").expect("without a panic");
        self.desk
    }
}

/// Listens until everything that waits is confirmed.
pub async fn hear_all(fake: &FakeTelegram, desk: &Arc<Desk>) {
    let ear = listen(fake, desk);
    fake.all_confirmed().await;
    ear.close().await;
}
