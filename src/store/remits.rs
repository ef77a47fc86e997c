//! Remits (分管, 战线): the units that a county leader is in charge of.

use serde_json::json;

use crate::domain::ids::{ChatId, PostId, UnitId};
use crate::store::Connection;
use crate::store::history::{self, About, Cause};

/// Sets the units of a post's remit; none takes the remit away.
pub async fn set(conn: &mut Connection, post: PostId, units: &[UnitId], cause: &Cause) -> sqlx::Result<()> {
    sqlx::query("delete from remit where post_id = $1").bind(post.0).execute(&mut *conn).await?;
    for unit in units {
        sqlx::query("insert into remit (post_id, unit_id) values ($1, $2) on conflict do nothing")
            .bind(post.0)
            .bind(unit.0)
            .execute(&mut *conn)
            .await?;
    }
    let detail = json!({ "post": post, "units": units });
    history::add(conn, cause, About::default(), "remit_set", &detail).await
}

/// The units of a post's remit.
pub async fn of_post(conn: &mut Connection, post: PostId) -> sqlx::Result<Vec<UnitId>> {
    let units: Vec<(i64,)> = sqlx::query_as("select unit_id from remit where post_id = $1 order by unit_id")
        .bind(post.0)
        .fetch_all(conn)
        .await?;
    Ok(units.into_iter().map(|(unit,)| UnitId(unit)).collect())
}

/// Every remit: the post's title and the names of its units.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<(String, Vec<String>)>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "select p.title, u.short from remit r join post p on p.post_id = r.post_id join unit u on u.unit_id = r.unit_id
         order by p.post_id, u.unit_id",
    )
    .fetch_all(conn)
    .await?;
    let mut remits: Vec<(String, Vec<String>)> = Vec::new();
    for (title, unit) in rows {
        match remits.last_mut() {
            Some((last, units)) if *last == title => units.push(unit),
            _ => remits.push((title, vec![unit])),
        }
    }
    Ok(remits)
}

/// The posts of county leaders that somebody acts for in a private chat and that are in charge of a team or of units, by
/// that chat.
pub async fn readers(conn: &mut Connection) -> sqlx::Result<Vec<(ChatId, PostId)>> {
    let found: Vec<(i64, i64)> = sqlx::query_as(
        "select c.chat_id, p.post_id from post p join holding te on te.post_id = p.post_id
         join account a on a.account_id = te.account_id join chat c on c.chat_id = a.private_chat_id
         where p.rank = 'county' and c.state = 'open'
           and (exists (select 1 from team t join task k on k.team_id = t.team_id
                        where t.head_post_id = p.post_id and k.state = 'running')
                or exists (select 1 from remit r where r.post_id = p.post_id))
         order by c.chat_id, p.post_id",
    )
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(chat, post)| (ChatId(chat), PostId(post))).collect())
}
