//! Posts in the words of a command, and codes that bind to them.

use chrono::{DateTime, Duration, Utc};

use crate::commands::bind::new_code;
use crate::commands::{Call, Trouble};
use crate::domain::titles::{Titled, opening};
use crate::store::invites::{self, Grant};
use crate::store::people::{self, PostRow};
use crate::store::posts as names;
use crate::wording::command;

/// How long a code is good.
pub(super) const VALID_DAYS: i64 = 7;

/// Takes a post from the start of a text. Gives it and what follows.
pub(super) async fn take<'t>(
    call: &mut Call<'_>,
    text: &'t str,
) -> Result<Option<(PostRow, &'t str)>, Trouble> {
    let posts = people::posts(call.conn).await?;
    let others = names::other_names(call.conn).await?;
    let titled: Vec<Titled<'_>> =
        posts.iter().map(|post| Titled { code: &post.code, title: &post.title, unit: &post.unit }).collect();
    Ok(opening(&titled, &others, text).map(|(index, rest)| (posts[index].clone(), rest)))
}

/// The post that a text names, and nothing else.
pub(super) async fn named(call: &mut Call<'_>, text: &str) -> Result<PostRow, Trouble> {
    let found = take(call, text).await?.filter(|(_, rest)| rest.is_empty());
    found.map(|(post, _)| post).ok_or_else(|| Trouble::refused(command::nobody_called(text.trim())))
}

/// Makes a one-time code; gives it and until when it is good.
pub(super) async fn code(call: &mut Call<'_>, grant: Grant) -> Result<(String, DateTime<Utc>), Trouble> {
    let code = new_code()?;
    let until = call.now.at() + Duration::days(VALID_DAYS);
    invites::add(call.conn, &code, grant, (call.now.at(), until)).await?;
    Ok((code, until))
}
