//! The folder of files: each once, under the SHA-256 of its bytes, readable by nobody else on the machine.

use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use sha2::{Digest as _, Sha256};

/// Digits of a hash in hex.
const DIGITS: usize = 64;

/// The folder. Cheap to clone; nothing is made on disk before the first file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// The files of a folder.
    pub fn at(folder: &Path) -> Files {
        Files { folder: folder.to_owned() }
    }

    /// Keeps a file and gives its hash, once it is on disk whole. The same bytes twice are one file.
    pub async fn keep(&self, bytes: Vec<u8>) -> anyhow::Result<String> {
        let sha256 = hash(&bytes);
        let place = self.place(&sha256);
        let shown = place.display().to_string();
        blocking(move || keep_at(&place, &bytes)).await.with_context(|| format!("cannot keep {shown}"))?;
        Ok(sha256)
    }

    /// The bytes of a file; `None` where there is none of this hash.
    pub async fn get(&self, sha256: &str) -> anyhow::Result<Option<Vec<u8>>> {
        if !is_hash(sha256) {
            return Ok(None);
        }
        let place = self.place(sha256);
        let shown = place.display().to_string();
        match blocking(move || std::fs::read(place)).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {shown}")),
        }
    }

    /// Removes a file. One that is not there is removed already.
    pub async fn remove(&self, sha256: &str) -> anyhow::Result<()> {
        if !is_hash(sha256) {
            return Ok(());
        }
        let place = self.place(sha256);
        let shown = place.display().to_string();
        match blocking(move || std::fs::remove_file(place)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("cannot remove {shown}"))
            }
            _ => Ok(()),
        }
    }

    /// The hashes of all files there are, in order.
    pub fn all(&self) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        for folder in entries(&self.folder)? {
            if folder.is_dir() {
                let names = entries(&folder)?
                    .into_iter()
                    .filter_map(|path| path.file_name()?.to_str().map(str::to_owned));
                found.extend(names.filter(|name| is_hash(name)));
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// Two digits make a folder, so that none grows too long to be listed.
    fn place(&self, sha256: &str) -> PathBuf {
        self.folder.join(&sha256[..2]).join(sha256)
    }
}

/// What lies in a folder; nothing where there is none.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match std::fs::read_dir(folder) {
        Ok(found) => found.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

async fn blocking<T: Send + 'static>(act: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(act).await.map_err(io::Error::other)?
}

/// Writes beside the place first: what lies there under its hash is always whole.
fn keep_at(place: &Path, bytes: &[u8]) -> io::Result<()> {
    if place.exists() {
        return Ok(());
    }
    let folder = place.parent().ok_or(ErrorKind::InvalidInput)?;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    // Under a name of its own, readable by nobody else: the same file may be on its way to several chats at once.
    let mut beside = tempfile::Builder::new().suffix(".part").tempfile_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(place)?;
    std::fs::File::open(folder)?.sync_all()
}

/// The SHA-256 of some bytes, as files are named by it.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The SHA-256 of a file of any size.
pub fn hash_of(path: &Path) -> anyhow::Result<String> {
    let mut digest = Sha256::new();
    let mut file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    io::copy(&mut file, &mut digest).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(hex(&digest.finalize()))
}

/// Bytes in hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn is_hash(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[tokio::test]
    async fn a_file_is_found_by_its_hash_and_by_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::at(&folder.path().join("files"));
        let sha256 = files.keep(b"abc".to_vec()).await.expect("kept");
        assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(files.keep(b"abc".to_vec()).await.expect("kept"), sha256);
        assert_eq!(files.get(&sha256).await.expect("read").as_deref(), Some(b"abc".as_slice()));
        for wrong in ["../../etc/passwd", "", &sha256[1..], &sha256.to_uppercase()] {
            assert_eq!(files.get(wrong).await.expect("no failure"), None, "{wrong}");
        }
        let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!(mode(&files.place(&sha256)), 0o600);
        assert_eq!(mode(&folder.path().join("files")), 0o700);
        files.remove(&sha256).await.expect("removed");
        files.remove(&sha256).await.expect("removed already");
        assert_eq!(files.get(&sha256).await.expect("no failure"), None);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn the_same_file_may_be_kept_by_many_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::at(folder.path());
        let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let keeping = (0..16).map(|_| {
            tokio::spawn({
                let (files, bytes) = (files.clone(), bytes.clone());
                async move { files.keep(bytes).await }
            })
        });
        for kept in futures::future::join_all(keeping).await {
            kept.expect("it ends").expect("kept");
        }
        assert_eq!(files.get(&hash(&bytes)).await.expect("read"), Some(bytes));
        assert_eq!(files.all().expect("listed").len(), 1);
    }
}
