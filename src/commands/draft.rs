//! What goes above the office: only drafted by the bot, sent by the head of the office with one tap (DESIGN section 6.2).

use serde_json::json;

use crate::commands::{Call, Outcome, Trouble};
use crate::domain::card::CardItem;
use crate::domain::ids::{CardId, TaskNo};
use crate::domain::reason::Reason;
use crate::store::history::{self, About};
use crate::store::{asks, cards, letters, people};
use crate::wording::{Spoken, draft, refusal};

/// Sends the draft about a task to the county leader above it; where nobody is bound there, gives it to be told by hand.
pub async fn release(call: &mut Call<'_>, card: CardId, task: TaskNo) -> Outcome {
    let items = open(call, card, task).await?;
    let text = draft::letter(&items, call.now, &call.settings.calendar);
    let superior = people::superior(call.conn, task).await?;
    let confidential = items.iter().any(|item| item.confidential);
    let answer = match superior {
        // Which channel the leader reads is not ours to know here.
        Some((title, Some(chat))) if !confidential => {
            call.tell(chat, Spoken::text(text)).await?;
            draft::released(task, &title)
        }
        Some((title, _)) => draft::by_hand(Some(&title), &text),
        None => draft::by_hand(None, &text),
    };
    settle(call, card, task, "draft_released", &items).await?;
    Ok(Spoken::text(answer))
}

/// Lets the draft about a task be.
pub async fn withhold(call: &mut Call<'_>, card: CardId, task: TaskNo) -> Outcome {
    let items = open(call, card, task).await?;
    settle(call, card, task, "draft_withheld", &items).await?;
    Ok(Spoken::text(draft::withheld(task)))
}

/// The drafts about a task on a card that nobody has decided yet.
async fn open(call: &mut Call<'_>, card: CardId, task: TaskNo) -> Result<Vec<CardItem>, Trouble> {
    let loaded = cards::load(call.conn, card, 1).await?.map(|loaded| loaded.card.items).unwrap_or_default();
    let today = call.now.today();
    let is_open =
        |item: &CardItem| item.task == task && item.reason == Reason::Draft && item.still_holds(today);
    let items: Vec<CardItem> = loaded.into_iter().filter(is_open).collect();
    if items.is_empty() { Err(Trouble::refused(refusal::stale_button())) } else { Ok(items) }
}

async fn settle(
    call: &mut Call<'_>,
    card: CardId,
    task: TaskNo,
    what: &str,
    items: &[CardItem],
) -> sqlx::Result<()> {
    asks::settle(call.conn, card, task, Reason::Draft).await?;
    let owners: Vec<&str> = items.iter().map(|item| item.owner.as_str()).collect();
    let about = About { task: Some(task), filing: None };
    history::add(call.conn, call.cause, about, what, &json!({ "owners": owners })).await?;
    for item in items {
        letters::edit_cards_with(call.conn, item.filing.id, call.now.at()).await?;
    }
    Ok(())
}
