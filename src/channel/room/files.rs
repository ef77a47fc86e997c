//! Files in the room: brought in by a person or handed over by the bot, each once by its hash.

use futures::future::BoxFuture;

use super::book::{Kept, NewLine, Seat};
use super::hear::{Refusal, RoomError};
use super::{Room, later};
use crate::channel::{FetchError, SendError, Sent, Speech};

/// The most files of one line.
pub const FILES_MAX: usize = 9;

impl Room {
    /// Keeps a file that a person brings in. It belongs to no line yet.
    pub async fn bring(&self, name: String, bytes: Vec<u8>) -> Result<Kept, RoomError> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let sha256 = self.book.keep(bytes).await?;
        Ok(Kept { sha256, name, size })
    }

    /// The file at a place of a line that this seat may see, with its bytes.
    pub async fn file(&self, seat: &Seat, line: i64, place: usize) -> Result<(Kept, Vec<u8>), RoomError> {
        let (line, _) = self.seen_line(seat, line).await?;
        let file = line.files.into_iter().nth(place).ok_or(Refusal::NoFile)?;
        let bytes = self.book.kept(&file.sha256).await?.ok_or(Refusal::NoFile)?;
        Ok((file, bytes))
    }

    /// Whether every one of these files is here, as the page says.
    pub(super) async fn all_here(&self, files: &[Kept]) -> Result<(), RoomError> {
        if files.len() > FILES_MAX {
            return Err(Refusal::TooManyFiles.into());
        }
        for file in files {
            self.book.kept(&file.sha256).await?.ok_or(Refusal::NoFile)?;
        }
        Ok(())
    }

    pub(super) async fn do_file(
        &self,
        chat: &str,
        speech: &Speech,
        (name, bytes): (&str, &[u8]),
    ) -> Result<Sent, SendError> {
        let file = self.bring(name.to_owned(), bytes.to_vec()).await.map_err(|error| match error {
            RoomError::Failed(error) => later(&error),
            RoomError::Refused(refusal) => SendError::Refused { why: refusal.to_string() },
        })?;
        let line = NewLine {
            chat: chat.to_owned(),
            author: None,
            text: speech.text.clone(),
            buttons: speech.buttons.clone(),
            files: vec![file],
            reply_to: None,
            nonce: None,
        };
        let line = self.book.append(line).await.map_err(|error| later(&error))?;
        self.wake.send_modify(|_| ());
        Ok(Sent { message: Some(line.id.to_string()) })
    }

    pub(super) fn do_fetch<'a>(
        &'a self,
        sha256: &'a str,
        max: u64,
    ) -> BoxFuture<'a, Result<Vec<u8>, FetchError>> {
        Box::pin(async move {
            let gone = || FetchError::Gone { why: "no such file in the room".to_owned() };
            let kept = self.book.kept(sha256).await;
            let bytes =
                kept.map_err(|error| FetchError::Later { why: format!("{error:#}") })?.ok_or_else(gone)?;
            let fits = u64::try_from(bytes.len()).is_ok_and(|size| size <= max);
            if fits { Ok(bytes) } else { Err(FetchError::TooLarge) }
        })
    }
}
