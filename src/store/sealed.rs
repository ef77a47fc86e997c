//! Sealing what must not be read in the database: XChaCha20-Poly1305 with a key from a file that only its owner may read.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce; it stands in front of what is sealed.
const NONCE: usize = 24;
/// What nobody but the owner may do with the file.
const OTHERS: u32 = 0o077;

/// A key. Never printed.
pub struct Key(XChaCha20Poly1305);

impl Key {
    /// Reads the key file; `None` where there is none. Refused where others may read it.
    pub fn read(path: &Path) -> anyhow::Result<Option<Key>> {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let mode = std::fs::metadata(path)?.permissions().mode();
        if mode & OTHERS != 0 {
            bail!("{} can be read by others; run: chmod 600 {}", path.display(), path.display());
        }
        let bytes = bytes_of(text.trim()).with_context(|| format!("{} holds no key", path.display()))?;
        Ok(Some(Key(XChaCha20Poly1305::new(&bytes.into()))))
    }

    /// Reads the key file, and makes it where there is none.
    pub fn read_or_make(path: &Path) -> anyhow::Result<Key> {
        if let Some(key) = Key::read(path)? {
            return Ok(key);
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let bytes: [u8; KEY] = random()?;
        let mut text = String::new();
        for byte in bytes {
            text.push_str(&format!("{byte:02x}"));
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        writeln!(file, "{text}")?;
        file.sync_all()?;
        Ok(Key(XChaCha20Poly1305::new(&bytes.into())))
    }

    /// Seals a text. `of` says whose it is: it opens for nobody else.
    pub fn seal(&self, text: &str, of: &str) -> anyhow::Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random()?;
        let payload = Payload { msg: text.as_bytes(), aad: of.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let mut all = nonce.to_vec();
        all.extend(sealed.map_err(|_| anyhow::anyhow!("it could not be sealed"))?);
        Ok(all)
    }

    /// Opens what was sealed. Fails for another key, another owner, or changed bytes.
    pub fn open(&self, sealed: &[u8], of: &str) -> anyhow::Result<String> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>().context("it is too short")?;
        let payload = Payload { msg: rest, aad: of.as_bytes() };
        let opened = self.0.decrypt(&XNonce::from(*nonce), payload);
        Ok(String::from_utf8(opened.map_err(|_| anyhow::anyhow!("the key does not fit"))?)?)
    }
}

fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("the machine gives no randomness: {error}"))?;
    Ok(bytes)
}

fn bytes_of(hex: &str) -> Option<[u8; KEY]> {
    let mut bytes = [0u8; KEY];
    if hex.len() != 2 * KEY || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_opens_for_its_owner_and_with_its_key_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys/phone.key");
        assert!(Key::read(&path).expect("no file").is_none());
        let key = Key::read_or_make(&path).expect("a key");
        let sealed = key.seal("13912345678", "县发改局局长").expect("sealed");
        assert_ne!(sealed, key.seal("13912345678", "县发改局局长").expect("sealed"), "never twice the same");
        let again = Key::read(&path).expect("the file").expect("the key");
        assert_eq!(again.open(&sealed, "县发改局局长").expect("opened"), "13912345678");
        assert!(again.open(&sealed, "县财政局局长").is_err());
        let other = Key::read_or_make(&folder.path().join("other.key")).expect("a key");
        assert!(other.open(&sealed, "县发改局局长").is_err());
        assert!(key.open(&sealed[..20], "县发改局局长").is_err());
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("phone.key");
        Key::read_or_make(&path).expect("a key");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("a mode");
        let refused = Key::read(&path).err().expect("refused").to_string();
        assert!(refused.contains("chmod 600"), "{refused}");
    }
}
