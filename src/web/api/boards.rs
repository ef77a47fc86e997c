//! Boards that were signed. What nobody has signed leaves the office by no way (DESIGN red line 2).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Json;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::Wrong;
use super::token::Reader;
use crate::commands::press::{Drawn, reopen};
use crate::domain::filing::Owner;
use crate::domain::paper::{PaperKind, PaperState};
use crate::store::signing::{self, Paper};
use crate::web::Web;

/// Papers that are looked through, the newest first.
const NEWEST: i64 = 200;

/// A signed board.
#[derive(Serialize)]
pub(super) struct BoardView {
    paper: i64,
    title: String,
    version: i64,
    signed_by: String,
    signed_at: DateTime<Utc>,
    known_at: DateTime<Utc>,
    sha256: String,
    rows: Vec<RowView>,
}

/// A row of it.
#[derive(Serialize)]
struct RowView {
    rank: usize,
    unit: String,
    /// In tenths, so that no digit is lost.
    tenths: u64,
    rests_on: usize,
    named: Option<String>,
}

/// The answer.
#[derive(Serialize)]
pub(super) struct Boards {
    boards: Vec<BoardView>,
}

/// The signed boards, the newest first. Of a unit's token each shows only the unit's own row.
pub(super) async fn list(State(web): State<Arc<Web>>, reader: Reader) -> Result<Json<Boards>, Wrong> {
    let mut conn = web.office.store.read().await?;
    let mut boards = Vec::new();
    for paper in signing::newest(&mut conn, NEWEST).await? {
        let signed = paper.signed.clone().filter(|_| paper.state == PaperState::Signed);
        let (PaperKind::Board, Some(signed)) = (paper.kind, signed) else { continue };
        // What was erased is nowhere any more.
        if let Some((_, drawn)) = reopen(&mut conn, &paper).await? {
            boards.push(view(paper, signed, drawn, &reader));
        }
    }
    Ok(Json(Boards { boards }))
}

fn view(paper: Paper, signed: (String, DateTime<Utc>), drawn: Drawn, reader: &Reader) -> BoardView {
    let seen = drawn.rows.into_iter().filter(|own| reader.sight.sees(Owner::Unit(own.row.unit)));
    let rows = seen.map(|own| RowView {
        rank: own.row.rank,
        unit: own.row.name,
        tenths: own.row.figure.tenths,
        rests_on: own.row.figure.votes,
        named: Some(own.end_word).filter(|word| !word.is_empty()),
    });
    BoardView {
        paper: paper.id.0,
        title: paper.title,
        version: paper.version,
        signed_by: signed.0,
        signed_at: signed.1,
        known_at: paper.known_at,
        sha256: paper.sha256,
        rows: rows.collect(),
    }
}
