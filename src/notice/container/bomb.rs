//! Zip containers are unpacked once for counting only, before any reader holds their content in memory.

use std::io::{Cursor, Read as _, copy, sink};

use super::Refusal;

/// Most bytes that all parts of a container may unpack to.
const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// The part that every document of Office has.
const OFFICE_PART: &str = "[Content_Types].xml";

/// Most parts of a container.
const MAX_PARTS: usize = 10_000;

/// Refuses a zip that is no document of Office, or unpacks to more than is sensible. What it says of its own sizes is not believed.
pub(super) fn refuse(bytes: &[u8]) -> Result<(), Refusal> {
    if !bytes.starts_with(b"PK") {
        return Ok(());
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(Refusal::TooLarge);
    }
    if archive.index_for_name(OFFICE_PART).is_none() {
        return Err(Refusal::Foreign("压缩包"));
    }
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                Refusal::Encrypted
            }
            _ => Refusal::Damaged,
        })?;
        // A part that is damaged is left to the reader, which may not need it.
        let read = copy(&mut part.take(left + 1), &mut sink()).unwrap_or(0);
        left = left.checked_sub(read).ok_or(Refusal::TooLarge)?;
    }
    Ok(())
}
