//! The lines and sessions of the built-in chat room.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::domain::now::stamp;
use crate::store::invites::digest;
use crate::store::{Connection, rows};

/// A line as it lies in the database; `buttons` is JSON that only the room understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place in the order of lines and edits.
    pub seq: i64,
    /// Its number.
    pub id: i64,
    /// The chat.
    pub chat: String,
    /// The account and shown name; `None` for the bot.
    pub author: Option<(String, String)>,
    /// The text.
    pub text: String,
    /// The buttons, as JSON.
    pub buttons: String,
    /// The files, as JSON.
    pub files: String,
    /// The line it answers.
    pub reply_to: Option<i64>,
    /// When it was said.
    pub at: DateTime<Utc>,
    /// Whether it was changed since.
    pub edited: bool,
}

/// A line to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLine<'a> {
    /// The chat.
    pub chat: &'a str,
    /// The account and shown name; `None` for the bot.
    pub author: Option<(&'a str, &'a str)>,
    /// The text.
    pub text: &'a str,
    /// The buttons, as JSON.
    pub buttons: &'a str,
    /// The files, as JSON.
    pub files: &'a str,
    /// The line it answers.
    pub reply_to: Option<i64>,
    /// The same nonce twice is the same line.
    pub nonce: Option<&'a str>,
}

/// Selects what [`line_of`] reads.
macro_rules! select_lines {
    ($tail:literal) => {
        concat!(
            "select l.line_id, l.seq, l.chat, l.author, l.author_name, l.text, l.buttons, l.files, l.reply_to, l.at, l.edited
             from room_line l ",
            $tail
        )
    };
}

/// The rooms an account may see: its own, those of its posts' units and teams, and the office's for office staff.
macro_rules! rooms_of_account {
    ($tail:literal) => {
        concat!(
            "with me as (select account_id, role from account where channel = 'room' and external_id = $1),
                  mine as (select te.post_id, p.unit_id, p.rank from tenure te join post p on p.post_id = te.post_id
                           join me on me.account_id = te.account_id where te.ends is null),
                  seen as (
                    select c.chat_id from chat c where c.channel = 'room' and c.external_id = 'private:' || $1
                    union select c.chat_id from chat c, me where c.channel = 'room' and c.office = 1 and me.role in ('admin', 'head', 'staff')
                    union select cu.chat_id from chat_unit cu join mine on mine.unit_id = cu.unit_id where mine.rank <> 'county'
                    union select ct.chat_id from chat_team ct join team_post tp on tp.team_id = ct.team_id join mine on mine.post_id = tp.post_id
                    union select ct.chat_id from chat_team ct join team t on t.team_id = ct.team_id join mine on mine.post_id = t.head_post_id) ",
            $tail
        )
    };
}

fn line_of(row: &SqliteRow) -> sqlx::Result<Line> {
    let author: Option<String> = row.try_get("author")?;
    let name: Option<String> = row.try_get("author_name")?;
    Ok(Line {
        seq: row.try_get("seq")?,
        id: row.try_get("line_id")?,
        chat: row.try_get("chat")?,
        author: author.zip(name),
        text: row.try_get("text")?,
        buttons: row.try_get("buttons")?,
        files: row.try_get("files")?,
        reply_to: row.try_get("reply_to")?,
        at: rows::instant(row, "at")?,
        edited: row.try_get("edited")?,
    })
}

/// Whether there is such a chat in the room.
pub async fn has_chat(conn: &mut Connection, chat: &str) -> sqlx::Result<bool> {
    let (count,): (i64,) =
        sqlx::query_as("select count(*) from chat where channel = 'room' and external_id = $1")
            .bind(chat)
            .fetch_one(conn)
            .await?;
    Ok(count > 0)
}

/// Adds a line; a nonce that is there already gives the line it stands for.
pub async fn append(conn: &mut Connection, line: NewLine<'_>, at: DateTime<Utc>) -> sqlx::Result<Line> {
    sqlx::query(
        "insert into room_line (seq, chat, author, author_name, text, buttons, files, reply_to, at, nonce)
         values ((select coalesce(max(seq), 0) + 1 from room_line), $1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (nonce) do update set nonce = excluded.nonce
         returning line_id, seq, chat, author, author_name, text, buttons, files, reply_to, at, edited",
    )
    .bind(line.chat)
    .bind(line.author.map(|(account, _)| account))
    .bind(line.author.map(|(_, name)| name))
    .bind(line.text)
    .bind(line.buttons)
    .bind(line.files)
    .bind(line.reply_to)
    .bind(stamp(at))
    .bind(line.nonce)
    .try_map(|row| line_of(&row))
    .fetch_one(conn)
    .await
}

/// Replaces text and buttons of a line; `None` where there is none.
pub async fn edit(conn: &mut Connection, id: i64, text: &str, buttons: &str) -> sqlx::Result<Option<Line>> {
    sqlx::query(
        "update room_line set text = $2, buttons = $3, edited = 1, seq = (select max(seq) + 1 from room_line)
         where line_id = $1
         returning line_id, seq, chat, author, author_name, text, buttons, files, reply_to, at, edited",
    )
    .bind(id)
    .bind(text)
    .bind(buttons)
    .try_map(|row| line_of(&row))
    .fetch_optional(conn)
    .await
}

/// One line.
pub async fn line(conn: &mut Connection, id: i64) -> sqlx::Result<Option<Line>> {
    sqlx::query(select_lines!("where l.line_id = $1"))
        .bind(id)
        .try_map(|row| line_of(&row))
        .fetch_optional(conn)
        .await
}

/// Lines after `seq` of the rooms an account may see, in order.
pub async fn lines_after(
    conn: &mut Connection,
    account: &str,
    seq: i64,
    limit: u32,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query(rooms_of_account!(
        "select l.line_id, l.seq, l.chat, l.author, l.author_name, l.text, l.buttons, l.files, l.reply_to, l.at, l.edited
         from room_line l
         where l.seq > $2 and l.chat in (select c.external_id from chat c join seen on seen.chat_id = c.chat_id)
         order by l.seq limit $3"
    ))
    .bind(account)
    .bind(seq)
    .bind(limit)
    .try_map(|row| line_of(&row))
    .fetch_all(conn)
    .await
}

/// Lines after `seq` of every room, in order: for the demo's terminal.
pub async fn all_after(conn: &mut Connection, seq: i64) -> sqlx::Result<Vec<(Line, String)>> {
    sqlx::query(
        "select l.line_id, l.seq, l.chat, l.author, l.author_name, l.text, l.buttons, l.files, l.reply_to, l.at, l.edited, c.title
         from room_line l join chat c on c.channel = 'room' and c.external_id = l.chat
         where l.seq > $1 order by l.seq",
    )
    .bind(seq)
    .try_map(|row| Ok((line_of(&row)?, row.try_get("title")?)))
    .fetch_all(conn)
    .await
}

/// The last lines of a chat, the oldest first.
pub async fn recent(conn: &mut Connection, chat: &str, limit: u32) -> sqlx::Result<Vec<Line>> {
    let mut lines: Vec<Line> =
        sqlx::query(select_lines!("where l.chat = $1 order by l.line_id desc limit $2"))
            .bind(chat)
            .bind(limit)
            .try_map(|row| line_of(&row))
            .fetch_all(conn)
            .await?;
    lines.reverse();
    Ok(lines)
}

/// The rooms an account may see: chat, title, whether it is a group. The office's first, its own last.
pub async fn rooms(conn: &mut Connection, account: &str) -> sqlx::Result<Vec<(String, String, bool)>> {
    sqlx::query_as(rooms_of_account!(
        "select c.external_id, c.title, c.kind = 'group' from chat c join seen on seen.chat_id = c.chat_id
         order by c.office desc, c.kind, c.chat_id"
    ))
    .bind(account)
    .fetch_all(conn)
    .await
}

/// The account and name that hold a session which was opened after `since`.
pub async fn seat(
    conn: &mut Connection,
    token: &str,
    since: DateTime<Utc>,
) -> sqlx::Result<Option<(String, String)>> {
    sqlx::query_as(
        "select s.account, coalesce((select p.title from tenure te join post p on p.post_id = te.post_id
                                     where te.account_id = a.account_id and te.ends is null order by te.tenure_id limit 1), a.name)
         from room_session s join account a on a.channel = 'room' and a.external_id = s.account
         where s.token_hash = $1 and s.ended_at is null and s.opened_at > $2",
    )
    .bind(digest(token))
    .bind(stamp(since))
    .fetch_optional(conn)
    .await
}

/// Opens a session.
pub async fn open_session(
    conn: &mut Connection,
    token: &str,
    account: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query("insert into room_session (token_hash, account, opened_at) values ($1, $2, $3)")
        .bind(digest(token))
        .bind(account)
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn end_session(conn: &mut Connection, token: &str, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update room_session set ended_at = $2 where token_hash = $1 and ended_at is null")
        .bind(digest(token))
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends every session of an account.
pub async fn end_sessions_of(conn: &mut Connection, account: &str, at: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query("update room_session set ended_at = $2 where account = $1 and ended_at is null")
        .bind(account)
        .bind(stamp(at))
        .execute(conn)
        .await?;
    Ok(())
}
