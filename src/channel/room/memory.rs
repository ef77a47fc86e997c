//! A book in memory, for tests.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::{BoxFuture, FutureExt, ready};

use super::book::{Book, Line, NewLine, NoSuchRoom, RoomInfo, Seat, private_chat};
use crate::channel::{Button, ChatKind};

/// Rooms are given; a session token is the account itself; the only invite code is `code`.
pub struct Memory {
    groups: Vec<(RoomInfo, Vec<String>)>,
    seats: Mutex<Vec<Seat>>,
    state: Mutex<State>,
    /// Found by their place instead of a hash.
    files: Mutex<Vec<Vec<u8>>>,
}

struct State {
    start: DateTime<Utc>,
    seq: i64,
    lines: Vec<(Line, Option<String>)>,
}

impl Memory {
    /// A book whose first line is said at `start`, each further one a minute later.
    pub fn new(start: DateTime<Utc>) -> Self {
        Self {
            groups: Vec::new(),
            seats: Mutex::default(),
            state: Mutex::new(State { start, seq: 0, lines: Vec::new() }),
            files: Mutex::default(),
        }
    }

    /// Adds a group with its members' accounts, who get a seat each.
    pub fn group(mut self, chat: &str, title: &str, members: &[&str]) -> Self {
        let info = RoomInfo { chat: chat.to_owned(), title: title.to_owned(), kind: ChatKind::Group };
        for account in members {
            self.sit(account, account);
        }
        let members = members.iter().map(|&account| account.to_owned()).collect();
        self.groups.push((info, members));
        self
    }

    /// Gives an account a seat under a name.
    pub fn sit(&self, account: &str, name: &str) {
        let mut seats = self.seats.lock().expect("no poison");
        if !seats.iter().any(|seat| seat.account == account) {
            let (account, name) = (account.to_owned(), name.to_owned());
            seats.push(Seat { account, name });
        }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        self.state.lock().expect("no poison").lines.len()
    }

    fn rooms_of(&self, account: &str) -> Vec<RoomInfo> {
        let private =
            RoomInfo {
                chat: private_chat(account), title: "督办机器人".to_owned(), kind: ChatKind::Private
            };
        let member = |(_, members): &&(RoomInfo, Vec<String>)| members.iter().any(|m| m == account);
        let groups = self.groups.iter().filter(member);
        std::iter::once(private).chain(groups.map(|(info, _)| info.clone())).collect()
    }

    fn exists(&self, chat: &str) -> bool {
        let seats = self.seats.lock().expect("no poison");
        self.groups.iter().any(|(info, _)| info.chat == chat)
            || seats.iter().any(|seat| private_chat(&seat.account) == chat)
    }

    fn add(&self, new: NewLine) -> anyhow::Result<Line> {
        if !self.exists(&new.chat) {
            return Err(NoSuchRoom { chat: new.chat }.into());
        }
        let mut state = self.state.lock().expect("no poison");
        let known = |(_, nonce): &&(Line, Option<String>)| nonce.is_some() && *nonce == new.nonce;
        if let Some((line, _)) = state.lines.iter().find(known) {
            return Ok(line.clone());
        }
        state.seq += 1;
        let said_before = i64::try_from(state.lines.len())?;
        let line = Line {
            seq: state.seq,
            id: said_before + 1,
            chat: new.chat,
            author: new.author,
            text: new.text,
            buttons: new.buttons,
            files: new.files,
            reply_to: new.reply_to,
            at: state.start + TimeDelta::minutes(said_before),
            edited: false,
        };
        state.lines.push((line.clone(), new.nonce));
        Ok(line)
    }

    fn change(&self, id: i64, text: String, buttons: Vec<Vec<Button>>) -> Option<Line> {
        let mut state = self.state.lock().expect("no poison");
        state.seq += 1;
        let seq = state.seq;
        let (line, _) = state.lines.iter_mut().find(|(line, _)| line.id == id)?;
        (line.seq, line.text, line.buttons, line.edited) = (seq, text, buttons, true);
        Some(line.clone())
    }

    fn pick(&self, wanted: impl Fn(&Line) -> bool) -> Vec<Line> {
        let state = self.state.lock().expect("no poison");
        let lines = state.lines.iter().map(|(line, _)| line);
        lines.filter(|line| wanted(line)).cloned().collect()
    }
}

fn at_once<T: Send + 'static>(value: T) -> BoxFuture<'static, anyhow::Result<T>> {
    ready(Ok(value)).boxed()
}

impl Book for Memory {
    fn append(&self, line: NewLine) -> BoxFuture<'_, anyhow::Result<Line>> {
        ready(self.add(line)).boxed()
    }

    fn edit(
        &self,
        id: i64,
        text: String,
        buttons: Vec<Vec<Button>>,
    ) -> BoxFuture<'_, anyhow::Result<Option<Line>>> {
        at_once(self.change(id, text, buttons))
    }

    fn line(&self, id: i64) -> BoxFuture<'_, anyhow::Result<Option<Line>>> {
        at_once(self.pick(|line| line.id == id).pop())
    }

    fn lines_after(&self, account: &str, seq: i64, limit: u32) -> BoxFuture<'_, anyhow::Result<Vec<Line>>> {
        let rooms = self.rooms_of(account);
        let seen = |line: &Line| rooms.iter().any(|room| room.chat == line.chat);
        let mut lines = self.pick(|line| line.seq > seq && seen(line));
        lines.sort_by_key(|line| line.seq);
        lines.truncate(limit as usize);
        at_once(lines)
    }

    fn recent(&self, chat: &str, limit: u32) -> BoxFuture<'_, anyhow::Result<Vec<Line>>> {
        let mut lines = self.pick(|line| line.chat == chat);
        let older = lines.len().saturating_sub(limit as usize);
        at_once(lines.split_off(older))
    }

    fn rooms(&self, account: &str) -> BoxFuture<'_, anyhow::Result<Vec<RoomInfo>>> {
        at_once(self.rooms_of(account))
    }

    fn seat(&self, session: &str) -> BoxFuture<'_, anyhow::Result<Option<Seat>>> {
        let seats = self.seats.lock().expect("no poison");
        at_once(seats.iter().find(|seat| seat.account == session).cloned())
    }

    fn enter(&self, code: &str, name: &str) -> BoxFuture<'_, anyhow::Result<Option<String>>> {
        let valid = code == "code";
        if valid {
            self.sit("guest", name);
        }
        at_once(valid.then(|| "guest".to_owned()))
    }

    fn keep(&self, bytes: Vec<u8>) -> BoxFuture<'_, anyhow::Result<String>> {
        let mut files = self.files.lock().expect("no poison");
        files.push(bytes);
        at_once(format!("{}", files.len() - 1))
    }

    fn kept(&self, sha256: &str) -> BoxFuture<'_, anyhow::Result<Option<Vec<u8>>>> {
        let files = self.files.lock().expect("no poison");
        at_once(sha256.parse::<usize>().ok().and_then(|n| files.get(n).cloned()))
    }

    fn leave(&self, session: &str) -> BoxFuture<'_, anyhow::Result<()>> {
        let mut seats = self.seats.lock().expect("no poison");
        seats.retain(|seat| seat.account != session);
        at_once(())
    }

    fn leave_everywhere(&self, account: &str) -> BoxFuture<'_, anyhow::Result<()>> {
        self.leave(account)
    }
}
