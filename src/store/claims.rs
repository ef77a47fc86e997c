//! Claims to a post (我是…), until the office has decided.

use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::{AccountId, ChatId, PostId};
use crate::domain::now::stamp;
use crate::store::Connection;
use crate::store::history::{self, About, Cause};

/// A claim that waits for the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its row.
    pub id: i64,
    /// Who claims.
    pub account: AccountId,
    /// The name on the platform.
    pub name: String,
    /// The post.
    pub post: PostId,
    /// Its title.
    pub title: String,
    /// Where it was said.
    pub chat: ChatId,
}

/// Notes a claim. `None` where the same one waits already.
pub async fn add(
    conn: &mut Connection,
    (account, post, chat): (AccountId, PostId, ChatId),
    cause: &Cause,
) -> sqlx::Result<Option<i64>> {
    let made: Option<(i64,)> = sqlx::query_as(
        "insert into claim (account_id, post_id, chat_id, state, asked_at) values ($1, $2, $3, 'open', $4)
         on conflict do nothing returning claim_id",
    )
    .bind(account.0)
    .bind(post.0)
    .bind(chat.0)
    .bind(stamp(cause.at))
    .fetch_optional(&mut *conn)
    .await?;
    if made.is_some() {
        let detail = json!({ "account": account, "post": post, "chat": chat });
        history::add(conn, cause, About::default(), "post_claimed", &detail).await?;
    }
    Ok(made.map(|(id,)| id))
}

/// Decides a claim. `None` where somebody has decided it already.
pub async fn decide(
    conn: &mut Connection,
    id: i64,
    agreed: bool,
    cause: &Cause,
) -> sqlx::Result<Option<Claim>> {
    let decided = sqlx::query(
        "update claim set state = $2, decided_at = $3, decided_by = $4 where claim_id = $1 and state = 'open'",
    )
    .bind(id)
    .bind(if agreed { "agreed" } else { "refused" })
    .bind(stamp(cause.at))
    .bind(cause.account.map(|account| account.0))
    .execute(&mut *conn)
    .await?;
    if decided.rows_affected() == 0 {
        return Ok(None);
    }
    let what = if agreed { "claim_agreed" } else { "claim_refused" };
    history::add(conn, cause, About::default(), what, &json!({ "claim": id })).await?;
    sqlx::query(
        "select c.claim_id, c.account_id, a.name, c.post_id, p.title, c.chat_id
         from claim c join account a on a.account_id = c.account_id join post p on p.post_id = c.post_id
         where c.claim_id = $1",
    )
    .bind(id)
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Claim {
            id: row.try_get("claim_id")?,
            account: AccountId(row.try_get("account_id")?),
            name: row.try_get("name")?,
            post: PostId(row.try_get("post_id")?),
            title: row.try_get("title")?,
            chat: ChatId(row.try_get("chat_id")?),
        })
    })
    .fetch_optional(conn)
    .await
}

/// Whether a chat serves the unit of a post, or a team in which the post sits.
pub async fn is_heard_in(conn: &mut Connection, post: PostId, chat: ChatId) -> sqlx::Result<bool> {
    let (count,): (i64,) = sqlx::query_as(
        "select count(*) from post p where p.post_id = $1 and p.rank <> 'county' and (
            p.unit_id in (select unit_id from chat_unit where chat_id = $2)
            or p.post_id in (select tp.post_id from team_post tp join chat_team ct on ct.team_id = tp.team_id
                             where ct.chat_id = $2))",
    )
    .bind(post.0)
    .bind(chat.0)
    .fetch_one(conn)
    .await?;
    Ok(count > 0)
}

/// The liaison's post of a unit; made where the roster has none, since a liaison suffices to be spoken to.
pub async fn liaison_post(
    conn: &mut Connection,
    unit: crate::domain::ids::UnitId,
    cause: &Cause,
) -> sqlx::Result<PostId> {
    let known: Option<(i64,)> = sqlx::query_as(
        "select post_id from post where unit_id = $1 and rank = 'liaison' order by post_id limit 1",
    )
    .bind(unit.0)
    .fetch_optional(&mut *conn)
    .await?;
    if let Some((post,)) = known {
        return Ok(PostId(post));
    }
    let (post,): (i64,) = sqlx::query_as(
        "insert into post (code, unit_id, title, rank) select code || '.liaison', unit_id, short || '联络员', 'liaison'
         from unit where unit_id = $1 returning post_id",
    )
    .bind(unit.0)
    .fetch_one(&mut *conn)
    .await?;
    history::add(conn, cause, About::default(), "post_made", &json!({ "post": post, "unit": unit })).await?;
    Ok(PostId(post))
}
