//! Intake: whatever a channel hands over is on disk before the channel may tell its platform so (law L2).

use std::sync::Arc;

use futures::future::BoxFuture;
use tokio::sync::Notify;

use crate::channel::{Inbox, Incoming};
use crate::clock::Clock;
use crate::domain::now::Now;
use crate::store::Store;
use crate::store::inbox::{self, NewEvent};

/// Stores what comes in and rings the desk.
pub struct Intake {
    store: Store,
    clock: Arc<dyn Clock>,
    wake: Arc<Notify>,
}

impl Intake {
    /// An intake that rings `wake`.
    pub fn new(store: Store, clock: Arc<dyn Clock>, wake: Arc<Notify>) -> Intake {
        Intake { store, clock, wake }
    }

    /// The whole batch in one durable commit; events that are there already stay as they are.
    async fn keep(&self, batch: Vec<Incoming>) -> anyhow::Result<()> {
        let at = Now::new(self.clock.now(), chrono_tz::UTC).at();
        let mut events = Vec::new();
        for incoming in &batch {
            events.push(NewEvent {
                channel: &incoming.channel,
                event: &incoming.event,
                said_at: incoming.at,
                body: serde_json::to_string(incoming)?,
            });
        }
        let mut tx = self.store.write().await?;
        inbox::add_all(&mut tx, &events, at).await?;
        tx.commit().await?;
        self.wake.notify_one();
        Ok(())
    }
}

impl Inbox for Intake {
    fn receive(&self, batch: Vec<Incoming>) -> BoxFuture<'_, anyhow::Result<()>> {
        Box::pin(self.keep(batch))
    }
}
