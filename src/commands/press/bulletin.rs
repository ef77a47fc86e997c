//! The bulletin from the facts.

use anyhow::Context as _;
use chrono::{Datelike as _, NaiveTime};

use super::{Drawn, Press};
use crate::assess::digest::digest;
use crate::assess::facts::Facts;
use crate::assess::sums::Filed;
use crate::documents::bulletin::{Burden, Length, Sources, Told};
use crate::documents::frozen::{Frozen, Sheet};
use crate::domain::period::Period;
use crate::store::{Connection, burden, quotas};
use crate::wording::signing as wording;

impl Press<'_> {
    pub(super) async fn bulletin(&self, conn: &mut Connection, facts: &Facts) -> anyhow::Result<Drawn> {
        let order = self.order;
        let before = match order.span.from.pred_opt() {
            Some(day) => Some(self.facts(conn, day).await?),
            None => None,
        };
        let digest = digest(facts, before.as_ref(), order.span);
        let counters = quotas::of_year(conn, order.span.until.year()).await?.counters();
        let front = order.front.as_ref().map(|front| wording::front(&front.post));
        let whose = order.team.clone().or(front).unwrap_or_default();
        let told = Told::new(Sources {
            facts,
            digest: &digest,
            period: order.period.unwrap_or(Period::Day(order.span.until)),
            counters: &counters,
            burden: self.burden(conn).await?,
            issuer: &self.office.layout.issuer,
            whose: &whose,
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
