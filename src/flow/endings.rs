//! A plan's end: the office is told once what is left, how to export it, and which groups can be dissolved; so are the groups.

use crate::commands::call;
use crate::domain::now::Now;
use crate::store::endings::{self, Ended};
use crate::store::{Connection, chats, letters};
use crate::wording::{Spoken, joining as wording};

/// Wraps a plan up. Without a chat of the office it waits for one.
pub(super) async fn wrap_up(conn: &mut Connection, now: &Now, ended: &Ended) -> sqlx::Result<()> {
    let groups = endings::idle_groups(conn, now.today()).await?;
    let titles: Vec<String> = groups.iter().map(|(_, title)| title.clone()).collect();
    if let Some(office) = chats::office(conn).await? {
        let text = wording::plan_ended(&ended.title, ended.ends, ended.items, &titles);
        letters::answer(conn, office, None, &call::body_of(&Spoken::text(text), None), now.at()).await?;
    }
    for (chat, _) in &groups {
        let text = wording::group_can_go(&ended.title);
        letters::answer(conn, *chat, None, &call::body_of(&Spoken::text(text), None), now.at()).await?;
    }
    endings::wrap_up(conn, ended, groups.len(), now.at()).await
}
