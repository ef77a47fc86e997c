//! The room's book, kept in the store.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::future::BoxFuture;

use crate::channel::room::NAME;
use crate::channel::room::book::{Book, Line, NewLine, NoSuchRoom, RoomInfo, Seat, private_chat};
use crate::channel::{Button, ChatKind};
use crate::clock::Clock;
use crate::commands::bind;
use crate::domain::now::Now;
use crate::store::files::Files;
use crate::store::history::Cause;
use crate::store::{Connection, Store, chats, invites, people, room};

/// Keeps the room's lines, rooms and sessions.
pub struct StoreBook {
    store: Store,
    files: Files,
    clock: Arc<dyn Clock>,
    session: TimeDelta,
}

impl StoreBook {
    /// A book on a database and a folder of files; sessions last so long.
    pub fn new(store: Store, files: Files, clock: Arc<dyn Clock>, session: TimeDelta) -> StoreBook {
        StoreBook { store, files, clock, session }
    }

    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        Now::new(self.clock.now(), chrono_tz::UTC).at()
    }
}

/// Makes a person of the room known: the account and the chat it has alone with the bot.
pub async fn note_person(
    conn: &mut Connection,
    account: &str,
    name: &str,
) -> sqlx::Result<crate::domain::ids::AccountId> {
    let id = people::note(conn, people::Named { channel: NAME, external: account, name }).await?;
    let external = private_chat(account);
    let named = chats::Named { channel: NAME, external: &external, topic: "", group: false, title: name };
    let chat = chats::note(conn, named).await?;
    people::set_private_chat(conn, id, chat.id).await?;
    Ok(id)
}

fn line_of(line: room::Line) -> anyhow::Result<Line> {
    let buttons: Vec<Vec<Button>> = serde_json::from_str(&line.buttons)?;
    Ok(Line {
        seq: line.seq,
        id: line.id,
        chat: line.chat,
        author: line.author.map(|(account, name)| Seat { account, name }),
        text: line.text,
        buttons,
        files: serde_json::from_str(&line.files)?,
        reply_to: line.reply_to,
        at: line.at,
        edited: line.edited,
    })
}

impl Book for StoreBook {
    fn append(&self, line: NewLine) -> BoxFuture<'_, anyhow::Result<Line>> {
        Box::pin(async move {
            let mut tx = self.store.write().await?;
            if !room::has_chat(&mut tx, &line.chat).await? {
                return Err(NoSuchRoom { chat: line.chat }.into());
            }
            let buttons = serde_json::to_string(&line.buttons)?;
            let files = serde_json::to_string(&line.files)?;
            let new = room::NewLine {
                chat: &line.chat,
                author: line.author.as_ref().map(|seat| (seat.account.as_str(), seat.name.as_str())),
                text: &line.text,
                buttons: &buttons,
                files: &files,
                reply_to: line.reply_to,
                nonce: line.nonce.as_deref(),
            };
            let kept = room::append(&mut tx, new, self.now()).await?;
            tx.commit().await?;
            line_of(kept)
        })
    }

    fn edit(
        &self,
        id: i64,
        text: String,
        buttons: Vec<Vec<Button>>,
    ) -> BoxFuture<'_, anyhow::Result<Option<Line>>> {
        Box::pin(async move {
            let buttons = serde_json::to_string(&buttons)?;
            let mut tx = self.store.write().await?;
            let kept = room::edit(&mut tx, id, &text, &buttons).await?;
            tx.commit().await?;
            kept.map(line_of).transpose()
        })
    }

    fn line(&self, id: i64) -> BoxFuture<'_, anyhow::Result<Option<Line>>> {
        Box::pin(
            async move { room::line(&mut *self.store.read().await?, id).await?.map(line_of).transpose() },
        )
    }

    fn lines_after(&self, account: &str, seq: i64, limit: u32) -> BoxFuture<'_, anyhow::Result<Vec<Line>>> {
        let account = account.to_owned();
        Box::pin(async move {
            let lines = room::lines_after(&mut *self.store.read().await?, &account, seq, limit).await?;
            lines.into_iter().map(line_of).collect()
        })
    }

    fn recent(&self, chat: &str, limit: u32) -> BoxFuture<'_, anyhow::Result<Vec<Line>>> {
        let chat = chat.to_owned();
        Box::pin(async move {
            let lines = room::recent(&mut *self.store.read().await?, &chat, limit).await?;
            lines.into_iter().map(line_of).collect()
        })
    }

    fn rooms(&self, account: &str) -> BoxFuture<'_, anyhow::Result<Vec<RoomInfo>>> {
        let account = account.to_owned();
        Box::pin(async move {
            let rooms = room::rooms(&mut *self.store.read().await?, &account).await?;
            let kind = |group| if group { ChatKind::Group } else { ChatKind::Private };
            let shown = |title, group| if group { title } else { "督办机器人".to_owned() };
            let room =
                |(chat, title, group)| RoomInfo { chat, title: shown(title, group), kind: kind(group) };
            Ok(rooms.into_iter().map(room).collect())
        })
    }

    fn seat(&self, session: &str) -> BoxFuture<'_, anyhow::Result<Option<Seat>>> {
        let session = session.to_owned();
        Box::pin(async move {
            let seat =
                room::seat(&mut *self.store.read().await?, &session, self.now() - self.session).await?;
            Ok(seat.map(|(account, name)| Seat { account, name }))
        })
    }

    fn enter(&self, code: &str, name: &str) -> BoxFuture<'_, anyhow::Result<Option<String>>> {
        let (code, name) = (code.trim().to_uppercase(), name.trim().to_owned());
        Box::pin(async move {
            let at = self.now();
            let mut tx = self.store.write().await?;
            let Some(grant) = invites::peek(&mut tx, &code, at).await? else {
                return Ok(None);
            };
            let account = bind::new_code()?.to_lowercase();
            let id = note_person(&mut tx, &account, &name).await?;
            let cause = Cause { account: Some(id), actor: name.clone(), inbox: None, at };
            let consumed = invites::consume(&mut tx, &code, id, at).await?;
            let granted = bind::grant_to_person(&mut tx, id, grant, &cause).await?;
            if !consumed || granted.is_none() {
                return Ok(None);
            }
            let token = open_session(&mut tx, &account, at).await?;
            tx.commit().await?;
            Ok(Some(token))
        })
    }

    fn keep(&self, bytes: Vec<u8>) -> BoxFuture<'_, anyhow::Result<String>> {
        Box::pin(async move { self.files.keep(bytes).await })
    }

    fn kept(&self, sha256: &str) -> BoxFuture<'_, anyhow::Result<Option<Vec<u8>>>> {
        let sha256 = sha256.to_owned();
        Box::pin(async move { self.files.get(&sha256).await })
    }

    fn leave(&self, session: &str) -> BoxFuture<'_, anyhow::Result<()>> {
        let session = session.to_owned();
        Box::pin(async move {
            let mut tx = self.store.write().await?;
            room::end_session(&mut tx, &session, self.now()).await?;
            tx.commit().await?;
            Ok(())
        })
    }

    fn leave_everywhere(&self, account: &str) -> BoxFuture<'_, anyhow::Result<()>> {
        let account = account.to_owned();
        Box::pin(async move {
            let mut tx = self.store.write().await?;
            room::end_sessions_of(&mut tx, &account, self.now()).await?;
            tx.commit().await?;
            Ok(())
        })
    }
}

/// Opens a session for an account and gives its token.
pub async fn open_session(
    conn: &mut Connection,
    account: &str,
    at: chrono::DateTime<chrono::Utc>,
) -> anyhow::Result<String> {
    let token = format!("{}{}{}", bind::new_code()?, bind::new_code()?, bind::new_code()?);
    room::open_session(conn, &token, account, at).await?;
    Ok(token)
}
