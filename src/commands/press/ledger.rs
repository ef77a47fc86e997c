//! The ledger from the facts, a stretch of tasks and a piece of history after the other.

use std::io::{Seek, Write};

use chrono::{DateTime, NaiveTime, Utc};

use super::Press;
use crate::assess::facts::Facts;
use crate::documents::draft::Signature;
use crate::documents::ledger::{Ledger, Writing};
use crate::domain::ids::TaskNo;
use crate::domain::now::Now;
use crate::store::papers::Line;
use crate::store::{Connection, papers};
use crate::wording::course::Event;

/// Lines of history that are in memory at once.
const HISTORY_CHUNK: i64 = 5000;

impl Press<'_> {
    /// Writes the ledger as a workbook, by what was known at a moment. It is never signed: it goes on with the work.
    pub async fn ledger(
        &self,
        conn: &mut Connection,
        at: DateTime<Utc>,
        out: impl Write + Seek + Send,
    ) -> anyhow::Result<()> {
        let frame = self.frame_at(conn, at).await?;
        let (span, issuer) = (self.order.span, self.office.layout.issuer.as_str());
        let mut writing =
            Writing::begin(Ledger { now: frame.now, span, issuer, signature: &Signature::Draft })?;
        for stretch in papers::stretches(&frame) {
            let mut part = frame.stretch(stretch);
            let items = papers::items(conn, &frame.now, stretch).await?;
            part.items = items.into_iter().filter(|item| part.tasks.contains_key(&item.task)).collect();
            part.veil();
            writing.tasks(&part)?;
        }
        self.history(conn, &frame, &mut writing).await?;
        Ok(writing.end(&frame, out)?)
    }

    async fn history(
        &self,
        conn: &mut Connection,
        frame: &Facts,
        writing: &mut Writing<'_>,
    ) -> anyhow::Result<()> {
        let span = self.order.span;
        let from = self.now.instant_of(span.from.and_time(NaiveTime::MIN));
        let until = self.now.end_of(span.until).min(frame.now.at());
        let mut after = 0;
        loop {
            let lines = papers::history(conn, (from, until), (after, HISTORY_CHUNK)).await?;
            let Some((last, _)) = lines.last() else {
                return Ok(());
            };
            after = *last;
            let told = lines.into_iter().map(|(_, line)| line);
            let told = told.filter(|line| frame.tasks.contains_key(&line.task));
            writing.history(&told.map(|line| event(line, &frame.now)).collect::<Vec<_>>())?;
        }
    }
}

fn event(line: Line, now: &Now) -> (TaskNo, Event) {
    let Line { at, actor, task, owner, what, detail } = line;
    (task, Event { at: now.local_of(at), actor, owner, what, detail })
}
