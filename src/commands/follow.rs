//! What follows from a signed board: proposed to the heads in private, decided by one of them with a tap.

use crate::assess::follow::proposals;
use crate::commands::papers::{reopened, told};
use crate::commands::press::{Drawn, Order};
use crate::commands::{Call, Outcome, Trouble};
use crate::domain::ids::PaperId;
use crate::domain::paper::{FollowUp, PaperState};
use crate::domain::people::Role;
use crate::domain::period::Period;
use crate::store::signing::{self, Paper, Proposal};
use crate::wording::follow as wording;
use crate::wording::{Spoken, refusal};

/// Proposes what follows from a board that was just signed, to the heads alone.
pub(super) async fn propose(
    call: &mut Call<'_>,
    paper: &Paper,
    (order, drawn): (&Order, &Drawn),
) -> Result<(), Trouble> {
    let before = before(call, order).await?;
    let proposed = proposals(&drawn.rows, &before.map(|drawn| drawn.rows).unwrap_or_default());
    if proposed.is_empty() {
        return Ok(());
    }
    signing::propose(call.conn, paper.id, &proposed).await?;
    let all = signing::proposals(call.conn, paper.id).await?;
    let spoken = wording::proposed(&told(paper), &of_kinds(&all));
    for (_, chat) in signing::heads(call.conn).await? {
        if let Some(chat) = chat {
            call.tell(chat, spoken.clone()).await?;
        }
    }
    Ok(())
}

/// The signed board of the period before.
async fn before(call: &mut Call<'_>, order: &Order) -> Result<Option<Drawn>, Trouble> {
    let Some(period) = order.period.and_then(Period::previous) else {
        return Ok(None);
    };
    let subject = Order { period: Some(period), ..order.clone() }.subject();
    match signing::signed_about(call.conn, &subject).await? {
        Some(paper) => Ok(Some(reopened(call, &paper).await?.1)),
        None => Ok(None),
    }
}

/// The names of whom each kind concerns, in the order of the kinds.
fn of_kinds(all: &[Proposal]) -> Vec<(FollowUp, Vec<&str>)> {
    let names = |kind: FollowUp| -> Vec<&str> {
        all.iter().filter(|one| one.kind == kind).map(|one| one.name.as_str()).collect()
    };
    let kinds = FollowUp::ALL.iter().map(|kind| (*kind, names(*kind)));
    kinds.filter(|(_, names)| !names.is_empty()).collect()
}

/// The head decides all proposals of a kind; those concerned hear of it alone.
pub async fn arrange(call: &mut Call<'_>, id: PaperId, kind: FollowUp, agreed: bool) -> Outcome {
    if !call.asker.roles.contains(&Role::Head) {
        return Err(Trouble::refused(refusal::head_only()));
    }
    let stale = || Trouble::refused(refusal::stale_button());
    let paper = signing::get(call.conn, id).await?.filter(|paper| paper.state == PaperState::Signed);
    let paper = paper.ok_or_else(stale)?;
    let all = signing::proposals(call.conn, id).await?;
    let open: Vec<&Proposal> = all.iter().filter(|one| one.kind == kind && one.agreed.is_none()).collect();
    if open.is_empty() {
        return Err(stale());
    }
    signing::arrange(call.conn, &paper, (kind, agreed), call.cause).await?;
    let mut by_hand = Vec::new();
    for one in open.iter().filter(|_| agreed) {
        match signing::ear_of_unit(call.conn, one.unit).await? {
            Some(chat) => {
                call.tell(chat, Spoken::text(wording::you_are_asked(kind, &paper.title, &one.name))).await?;
            }
            None => by_hand.push(one.name.as_str()),
        }
    }
    let names: Vec<&str> = open.iter().map(|one| one.name.as_str()).collect();
    Ok(Spoken::text(wording::arranged(kind, agreed, &names, &by_hand)))
}
