//! A paper that is kept, opened again: what was asked for, what it tells, and what has become of its numbers since.

use super::print::signature;
use super::{Drawn, Office, Order, Press, frozen};
use crate::config::Settings;
use crate::documents::official::Block;
use crate::documents::picture::chinese_font;
use crate::domain::now::Now;
use crate::domain::paper::{Form, PaperKind};
use crate::store::Connection;
use crate::store::signing::{self, Paper};

/// What was asked for and what was drawn up; `None` where its words were erased.
pub async fn reopen(conn: &mut Connection, paper: &Paper) -> anyhow::Result<Option<(Order, Drawn)>> {
    let kept = signing::kept(conn, paper.id).await?;
    if kept.frozen.is_empty() {
        return Ok(None);
    }
    let drawn = Drawn {
        frozen: frozen(&kept)?,
        rows: serde_json::from_str(&kept.own_rows)?,
        figures: serde_json::from_str(&kept.figures)?,
        known_at: paper.known_at,
    };
    Ok(Some((serde_json::from_str(&kept.wish)?, drawn)))
}

/// In which forms a paper is shown: as a document, a board as a picture too where the machine has a font for it.
pub fn forms(order: &Order, drawn: &Drawn) -> Vec<Form> {
    let document = (!drawn.frozen.sheets.is_empty()).then_some(Form::Docx);
    let picture = drawn.frozen.picture.as_ref().filter(|_| chinese_font().is_some()).map(|_| Form::Png);
    let workbook = (order.paper == PaperKind::Ledger).then_some(Form::Xlsx);
    [document, picture, workbook].into_iter().flatten().collect()
}

/// What it says, by the templates of the day it was drawn up.
pub async fn blocks(
    conn: &mut Connection,
    paper: &Paper,
    drawn: &Drawn,
    now: &Now,
) -> anyhow::Result<Vec<Block>> {
    let kept = signing::kept(conn, paper.id).await?;
    let office = Office::of(serde_json::from_str(&kept.form)?, &paper.title)?;
    Ok(drawn.frozen.blocks((&office.templates, &office.layout), &signature(paper, now))?)
}

/// What has changed about a paper's numbers since it was drawn up, by what is known now: name, then, now.
pub async fn changes(
    conn: &mut Connection,
    (settings, office, now): (&Settings, &Office, &Now),
    (order, then): (&Order, &Drawn),
) -> anyhow::Result<Vec<(String, String, String)>> {
    let today = Order { as_of: now.today(), ..order.clone() };
    let press = Press { settings, office, now, order: &today };
    let figures = press.draw(conn).await?.figures;
    let find = |name: &str| figures.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let gone = if order.paper == PaperKind::Slip { "不再需要督办" } else { "无" };
    let changed = then.figures.iter().filter_map(|(name, value)| {
        let now = find(name).unwrap_or(gone);
        (now != value).then(|| (name.clone(), value.clone(), now.to_owned()))
    });
    Ok(changed.collect())
}
