//! Each paper from the facts.

use anyhow::Context as _;
use chrono::{Datelike as _, NaiveTime};

use super::Desk;
use crate::assess::digest::digest;
use crate::assess::facts::Facts;
use crate::documents::bulletin::{Burden, Sources, Told};
use crate::documents::draft::Signature;
use crate::documents::ledger::{Ledger, xlsx};
use crate::documents::official;
use crate::domain::period::Period;
use crate::store::{Connection, burden, papers, quotas};
use crate::wording::course::Event;

impl Desk<'_> {
    pub(super) async fn ledger(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Vec<u8>> {
        let span = self.order.span;
        let from = self.now.instant_of(span.from.and_time(NaiveTime::MIN));
        let until = self.now.end_of(span.until).min(facts.now.at());
        let lines = papers::history(conn, from, until).await?;
        let told = lines.into_iter().filter(|line| facts.tasks.contains_key(&line.task)).map(|line| {
            let event = Event {
                at: facts.now.local_of(line.at),
                actor: line.actor,
                owner: line.owner,
                what: line.what,
                detail: line.detail,
            };
            (line.task, event)
        });
        let history: Vec<_> = told.collect();
        let issuer = &self.office.layout.issuer;
        let signature = &Signature::Draft;
        Ok(xlsx(&Ledger { facts, span, history: &history, issuer, signature })?)
    }

    pub(super) async fn bulletin(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Vec<u8>> {
        let order = self.order;
        let before = match order.span.from.pred_opt() {
            Some(day) => Some(self.facts(conn, day).await?),
            None => None,
        };
        let digest = digest(facts, before.as_ref(), order.span);
        let counters = quotas::of_year(conn, order.span.until.year()).await?.counters();
        let sources = Sources {
            facts,
            digest: &digest,
            period: order.period.unwrap_or(Period::Day(order.span.until)),
            counters: &counters,
            burden: self.burden(conn).await?,
            issuer: &self.office.layout.issuer,
            seal: &self.office.layout.seal,
            team: order.team.as_deref(),
        };
        let blocks = self.office.templates.write(&Told::new(sources), order.length)?;
        match order.end().as_str() {
            "txt" => {
                let mark = Signature::Draft.mark().map(|mark| format!("【{mark}】\n")).unwrap_or_default();
                let text = format!("{}{}\n", crate::wording::typeset(&mark), official::plain(&blocks));
                Ok(text.into_bytes())
            }
            "docx" => Ok(official::docx(&blocks, &self.office.layout, &Signature::Draft)?),
            other => anyhow::bail!("a bulletin is written as .docx or .txt, not as .{other}"),
        }
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
