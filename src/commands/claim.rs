//! "我是县发改局局长" in a chat that serves the unit: the office is asked, and agrees with one tap. A stranger anywhere else
//! learns nothing.

use crate::commands::{Call, Outcome, Trouble, bind, posts};
use crate::domain::ids::PostId;
use crate::domain::tap::Tap;
use crate::store::invites::Grant;
use crate::store::{chats, claims, history::Cause, people};
use crate::wording::{Choice, Spoken, joining as wording, refusal};

/// How the sentence opens.
const OPENS: &str = "我是";
/// How the post of a liaison ends.
const LIAISON: &str = "联络员";

/// Hears the sentence, in half width; `None` where it is another one, or said where it counts nothing.
pub async fn hear(
    call: &mut Call<'_>,
    sender: people::Named<'_>,
    text: &str,
) -> Result<Option<Spoken>, Trouble> {
    let Some(named) = text.trim().strip_prefix(OPENS).filter(|_| call.chat.group) else {
        return Ok(None);
    };
    let Some(post) = post_in(call, named.trim_end_matches(['.', '。', '!', '!', '~'])).await? else {
        return Ok(None);
    };
    if !claims::is_heard_in(call.conn, post, call.chat.id).await? {
        return Ok(None);
    }
    let title = people::title_of_post(call.conn, post).await?;
    if call.asker.posts.contains(&title) {
        return Ok(Some(Spoken::text(wording::bound_already(&title))));
    }
    let Some(office) = chats::office(call.conn).await? else {
        return Ok(None);
    };
    let account = people::note(call.conn, sender).await?;
    let cause = Cause { account: Some(account), ..call.cause.clone() };
    let Some(claim) = claims::add(call.conn, (account, post, call.chat.id), &cause).await? else {
        return Ok(Some(Spoken::text(wording::claim_waits(&title))));
    };
    let held = !people::holders(call.conn, post).await?.is_empty();
    let text = wording::claimed(sender.name, &title, &call.chat.title, held);
    let choices =
        vec![vec![Choice::new("是本人,绑定", Tap::Admit(claim)), Choice::new("不是", Tap::Deny(claim))]];
    call.tell(office, Spoken { text, choices }).await?;
    Ok(Some(Spoken::text(wording::claim_asked(&title))))
}

/// The post that the words name and nothing else.
async fn post_in(call: &mut Call<'_>, words: &str) -> Result<Option<PostId>, Trouble> {
    if let Some((post, "")) = posts::take(call, words).await? {
        return Ok(Some(post.id));
    }
    let Some(unit) = words.trim().strip_suffix(LIAISON) else {
        return Ok(None);
    };
    match people::unit_by_name(call.conn, unit).await? {
        Some(unit) => Ok(Some(claims::liaison_post(call.conn, unit.id, call.cause).await?)),
        None => Ok(None),
    }
}

/// The office agrees to a claim, or does not.
pub async fn decide(call: &mut Call<'_>, claim: i64, agreed: bool) -> Outcome {
    let stale = || Trouble::refused(refusal::stale_button());
    let claim = claims::decide(call.conn, claim, agreed, call.cause).await?.ok_or_else(stale)?;
    if agreed {
        let granted =
            bind::grant_to_person(call.conn, claim.account, Grant::Post(claim.post), call.cause).await?;
        let told = granted.unwrap_or_default();
        call.tell(claim.chat, Spoken::text(wording::claim_agreed(&claim.name, &told))).await?;
    }
    Ok(Spoken::text(wording::claim_decided(&claim.name, &claim.title, agreed)))
}
