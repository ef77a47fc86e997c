//! Posts by name and by who is bound to them; and where nobody is.

use crate::domain::ids::{AccountId, ChatId, PostId};
use crate::store::Connection;

/// Every other name of a unit, with the short one: the full name and the aliases.
pub async fn other_names(conn: &mut Connection) -> sqlx::Result<Vec<(String, String)>> {
    sqlx::query_as(
        "select short, name from unit union select u.short, a.alias from unit u join unit_alias a on a.unit_id = u.unit_id",
    )
    .fetch_all(conn)
    .await
}

/// The accounts of bound people whom the office or their platform calls so.
pub async fn accounts_called(conn: &mut Connection, name: &str) -> sqlx::Result<Vec<AccountId>> {
    let found: Vec<(i64,)> = sqlx::query_as(
        "select a.account_id from account a where a.name = $1
           and (a.role is not null or exists (select 1 from tenure te where te.account_id = a.account_id))
         union select account_id from tenure where name = $1 and ends is null",
    )
    .bind(name)
    .fetch_all(conn)
    .await?;
    Ok(found.into_iter().map(|(account,)| AccountId(account)).collect())
}

/// The chat in which somebody can be told something alone.
pub async fn private_chat(conn: &mut Connection, account: AccountId) -> sqlx::Result<Option<ChatId>> {
    let found: Option<(i64,)> = sqlx::query_as(
        "select c.chat_id from account a join chat c on c.chat_id = a.private_chat_id
         where a.account_id = $1 and c.state = 'open'",
    )
    .bind(account.0)
    .fetch_optional(conn)
    .await?;
    Ok(found.map(|(chat,)| ChatId(chat)))
}

/// The accounts bound to a post itself, away or not; whoever only stands in is none of them.
pub async fn bound_to(conn: &mut Connection, post: PostId) -> sqlx::Result<Vec<AccountId>> {
    let held: Vec<(i64,)> = sqlx::query_as(
        "select account_id from tenure where post_id = $1 and ends is null and leave_id is null order by tenure_id",
    )
    .bind(post.0)
    .fetch_all(conn)
    .await?;
    Ok(held.into_iter().map(|(account,)| AccountId(account)).collect())
}
