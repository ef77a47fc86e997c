//! Delivery of papers: printed when they are sent, and never sent twice by itself once they are signed (promise R3).

use super::Ready;
use crate::channel::{Act, SendError};
use crate::commands::{call, press};
use crate::domain::ids::PaperId;
use crate::domain::now::Now;
use crate::domain::paper::PaperState;
use crate::flow::Wheel;
use crate::store::letters::{self, Letter};
use crate::store::{Connection, chats, signing};
use crate::wording::{Spoken, signing as wording};

/// Prints the paper that a letter carries; without the writer, however long it takes.
pub(super) async fn print(wheel: &Wheel, ready: &Ready) -> Result<Option<Act>, SendError> {
    let (Some(paper), Act::Say(speech)) = (ready.letter.paper.zip(ready.letter.form), &ready.act) else {
        return Ok(None);
    };
    let printed = async {
        let mut conn = wheel.store.read().await?;
        press::print(&mut conn, &wheel.settings, &wheel.now(), paper).await
    };
    match printed.await {
        Ok((name, bytes)) => Ok(Some(Act::File { speech: speech.clone(), name, bytes })),
        Err(error) => Err(SendError::Refused { why: format!("{error:#}") }),
    }
}

/// Whether a paper may still go: what was taken back is not handed out, and a draft that was replaced is not shown.
pub(super) async fn still_stands(
    conn: &mut Connection,
    letter: &Letter,
    paper: PaperId,
) -> sqlx::Result<bool> {
    let state = signing::get(conn, paper).await?.map(|paper| paper.state);
    Ok(match state {
        Some(PaperState::Signed) => true,
        Some(state) => !letter.official && state.is_open(),
        None => false,
    })
}

/// A signed paper that may or may not have arrived waits for somebody to look.
pub(super) async fn park(conn: &mut Connection, letter: &Letter, now: &Now) -> sqlx::Result<()> {
    let chat = chats::title(conn, letter.chat).await?;
    let paper = match letter.paper {
        Some(paper) => signing::get(conn, paper).await?,
        None => None,
    };
    let title = paper.map(|paper| paper.title).unwrap_or_default();
    tell_office_of_parked(conn, &[(title, chat)], now).await
}

/// After a restart or a failure: letters that were under way go again, but for signed papers, of which the office is told.
/// Returns how many go again.
pub async fn take_back_unfinished(conn: &mut Connection, now: &Now) -> sqlx::Result<u64> {
    let parked = letters::park_unfinished(conn).await?;
    tell_office_of_parked(conn, &parked, now).await?;
    letters::take_back_unfinished(conn).await
}

/// Tells the office of signed papers that may or may not have arrived.
async fn tell_office_of_parked(
    conn: &mut Connection,
    parked: &[(String, String)],
    now: &Now,
) -> sqlx::Result<()> {
    let Some(office) = chats::office(conn).await? else {
        return Ok(());
    };
    for (paper, chat) in parked {
        let body = call::body_of(&Spoken::text(wording::fate_unknown(paper, chat)), None);
        letters::answer(conn, office, None, &body, now.at()).await?;
    }
    Ok(())
}
