//! Ledger and bulletin from the facts.

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, NaiveTime, Utc};

use super::{Drawn, Press};
use crate::assess::digest::digest;
use crate::assess::facts::Facts;
use crate::assess::sums::Filed;
use crate::documents::bulletin::{Burden, Length, Sources, Told};
use crate::documents::draft::Signature;
use crate::documents::frozen::{Frozen, Sheet};
use crate::documents::ledger::{Ledger, Writing};
use crate::domain::period::Period;
use crate::store::{Connection, burden, papers, quotas};
use crate::wording::course::Event;
use crate::wording::signing as wording;

/// Lines of history that are in memory at once.
const HISTORY_CHUNK: i64 = 5000;

impl Press<'_> {
    /// The ledger as a workbook, by what was known at a moment. It is never signed: it goes on with the work.
    pub async fn ledger(&self, conn: &mut Connection, at: DateTime<Utc>) -> anyhow::Result<Vec<u8>> {
        let facts = &self.facts_at(conn, at).await?;
        let span = self.order.span;
        let from = self.now.instant_of(span.from.and_time(NaiveTime::MIN));
        let until = self.now.end_of(span.until).min(facts.now.at());
        let issuer = &self.office.layout.issuer;
        let mut writing = Writing::begin(Ledger { facts, span, issuer, signature: &Signature::Draft })?;
        let mut after = 0;
        loop {
            let lines = papers::history(conn, (from, until), (after, HISTORY_CHUNK)).await?;
            let Some((last, _)) = lines.last() else {
                break;
            };
            after = *last;
            let told = lines.into_iter().map(|(_, line)| line);
            let told = told.filter(|line| facts.tasks.contains_key(&line.task)).map(|line| {
                let event = Event {
                    at: facts.now.local_of(line.at),
                    actor: line.actor,
                    owner: line.owner,
                    what: line.what,
                    detail: line.detail,
                };
                (line.task, event)
            });
            writing.history(&told.collect::<Vec<_>>())?;
        }
        Ok(writing.end()?)
    }

    pub(super) async fn bulletin(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Drawn> {
        let order = self.order;
        let before = match order.span.from.pred_opt() {
            Some(day) => Some(self.facts(conn, day).await?),
            None => None,
        };
        let digest = digest(facts, before.as_ref(), order.span);
        let counters = quotas::of_year(conn, order.span.until.year()).await?.counters();
        let told = Told::new(Sources {
            facts,
            digest: &digest,
            period: order.period.unwrap_or(Period::Day(order.span.until)),
            counters: &counters,
            burden: self.burden(conn).await?,
            issuer: &self.office.layout.issuer,
            team: order.team.as_deref(),
        });
        let sheet = Sheet { banner: None, told: serde_json::to_value(&told)? };
        let template = told.template_of(order.length).to_owned();
        let spoken = order.length == Length::Spoken;
        let frozen = Frozen { template, spoken, sheets: vec![sheet], picture: None };
        Ok(Drawn { frozen, rows: Vec::new(), figures: figures(digest.filed), known_at: facts.now.at() })
    }

    async fn burden(&self, conn: &mut Connection) -> anyhow::Result<Burden> {
        let span = self.order.span;
        let from = self.now.instant_of(span.from.and_time(NaiveTime::MIN));
        let lines = burden::between(conn, from, self.now.end_of(span.until)).await.context("减负账")?;
        Ok(Burden {
            people: lines.iter().filter(|line| line.cards > 0).count(),
            cards: lines.iter().map(|line| line.cards).sum(),
            most: lines.iter().map(|line| line.cards).max().unwrap_or_default(),
            answers: lines.iter().map(|line| line.answers).sum(),
        })
    }
}

/// The numbers of a bulletin that later facts are held against.
pub(super) fn figures(filed: Filed) -> Vec<(String, String)> {
    let Filed { owed, accepted, claimed, missing, open, exempt } = filed;
    let all = [owed, accepted, claimed, missing, open, exempt];
    wording::FILED.iter().zip(all).map(|(name, count)| ((*name).to_owned(), count.to_string())).collect()
}
