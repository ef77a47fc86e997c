//! Near duplicates are answered once: what was said of one item is offered for the item that is linked to it.

use crate::commands::reporting::{Speaker, Words, questions};
use crate::commands::{Call, Trouble};
use crate::domain::ids::TaskNo;
use crate::store::filings::Owed;
use crate::store::tasks;
use crate::wording::heard::{self, Recorded};
use crate::wording::{Spoken, short, without_number};

/// Offers to put the same down for a linked item that the speaker owes too and has not spoken of. Only where one item was
/// spoken of: with several it would not be clear which words are meant.
pub(super) async fn offer(
    call: &mut Call<'_>,
    (speaker, words): (&Speaker, &Words),
    (owed, recorded): (&[Owed], &[Recorded]),
) -> Result<Option<Spoken>, Trouble> {
    let [one] = recorded else {
        return Ok(None);
    };
    let text = without_number(&one.said.text, one.task).to_owned();
    let mut linked: Vec<(TaskNo, String)> = Vec::new();
    for other in tasks::links(call.conn, one.task).await? {
        let open = owed.iter().find(|owed| owed.task == other && !owed.filing.standing.state.is_settled());
        let Some(open) = open.filter(|open| !says(open, &text)) else {
            continue;
        };
        let title = if call.may_tell(open.confidential) { short(&open.title, 14) } else { String::new() };
        linked.push((other, title));
    }
    if linked.is_empty() {
        return Ok(None);
    }
    let option = |(task, _): &(TaskNo, String)| Words {
        text: text.clone(),
        task: Some(*task),
        card: None,
        asked: None,
        ..words.clone()
    };
    let options = linked.iter().map(option).collect();
    let labels = linked.iter().map(|(task, title)| heard::same_for(*task, title)).collect();
    let choices = questions::with_options(call, (speaker, options), labels, words).await?;
    let choices = choices.into_iter().map(|choice| vec![choice]).collect();
    Ok(Some(Spoken { text: heard::is_linked(&linked), choices }))
}

/// Whether this is what was said of the item last.
fn says(owed: &Owed, text: &str) -> bool {
    owed.filing.standing.last_text.as_deref().is_some_and(|last| without_number(last, owed.task) == text)
}
