//! Telephone numbers, as they lie here: sealed.

use serde_json::json;
use sqlx::Row as _;

use crate::domain::ids::PostId;
use crate::domain::now::stamp;
use crate::store::Connection;
use crate::store::history::{self, About, Cause};

/// A sealed number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// The post's code, which it was sealed for.
    pub code: String,
    /// The post.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The enterprise or project that the post looks after; empty for the post itself.
    pub about: String,
    /// The number.
    pub sealed: Vec<u8>,
    /// Whether it stands on the public list.
    pub published: bool,
}

/// Keeps a number; an older one of the same post for the same goes.
pub async fn keep(
    conn: &mut Connection,
    (post, about): (PostId, &str),
    sealed: &[u8],
    published: bool,
    cause: &Cause,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into phone (post_id, about, sealed, published, noted_at) values ($1, $2, $3, $4, $5)
         on conflict (post_id, about) do update set sealed = $3, published = $4, noted_at = $5",
    )
    .bind(post.0)
    .bind(about)
    .bind(sealed)
    .bind(published)
    .bind(stamp(cause.at))
    .execute(&mut *conn)
    .await?;
    let detail = json!({ "post": post, "about": about, "published": published });
    history::add(conn, cause, About::default(), "phone_kept", &detail).await
}

/// Every number, unit by unit.
pub async fn all(conn: &mut Connection) -> sqlx::Result<Vec<Phone>> {
    sqlx::query(
        "select p.code, p.title, u.short, h.about, h.sealed, h.published from phone h
         join post p on p.post_id = h.post_id join unit u on u.unit_id = p.unit_id
         order by u.unit_id, p.post_id, h.about",
    )
    .try_map(|row: sqlx::sqlite::SqliteRow| {
        Ok(Phone {
            code: row.try_get("code")?,
            title: row.try_get("title")?,
            unit: row.try_get("short")?,
            about: row.try_get("about")?,
            sealed: row.try_get("sealed")?,
            published: row.try_get("published")?,
        })
    })
    .fetch_all(conn)
    .await
}

/// Whoever leaves a post takes the number along.
pub async fn forget(conn: &mut Connection, post: PostId) -> sqlx::Result<()> {
    sqlx::query("delete from phone where post_id = $1").bind(post.0).execute(conn).await?;
    Ok(())
}
