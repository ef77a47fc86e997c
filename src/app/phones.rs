//! `duban phones`: telephone numbers of posts (包保人电话). They come from a table, lie sealed in the database, and leave it only
//! here: on the list to be published, or on the clerk's own screen. Never in a chat.

use std::path::Path;

use anyhow::{Context as _, ensure};

use crate::app::export::Office;
use crate::config::Settings;
use crate::documents::draft::Signature;
use crate::documents::official::{self, Block};
use crate::domain::now::Now;
use crate::domain::titles::{Titled, opening};
use crate::notice::container::{self, Block as Part};
use crate::store::history::Cause;
use crate::store::sealed::Key;
use crate::store::{Store, people, phones, posts};
use crate::wording::joining as wording;

/// Digits of a number.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// What says yes in a cell.
const YES: [&str; 6] = ["是", "公布", "公开", "√", "1", "y"];

/// One row of the table.
struct Row {
    post: String,
    phone: String,
    about: String,
    published: bool,
}

/// Takes numbers from a table with the columns 岗位, 电话, and perhaps 企业或项目 and 公布. Everything or nothing.
pub async fn import(store: &Store, settings: &Settings, now: &Now, bytes: &[u8]) -> anyhow::Result<String> {
    let rows = rows(bytes)?;
    ensure!(!rows.is_empty(), "no table with the columns 岗位 and 电话 was found");
    let key = Key::read_or_make(&settings.phone_key)?;
    let mut tx = store.write().await?;
    let all = people::posts(&mut tx).await?;
    let others = posts::other_names(&mut tx).await?;
    let titled: Vec<Titled<'_>> =
        all.iter().map(|post| Titled { code: &post.code, title: &post.title, unit: &post.unit }).collect();
    for row in &rows {
        let found = opening(&titled, &others, &row.post).filter(|(_, rest)| rest.is_empty());
        let (index, _) = found.with_context(|| format!("no post is called {}", row.post))?;
        let digits = row.phone.chars().filter(char::is_ascii_digit).count();
        ensure!(DIGITS.contains(&digits), "the number of {} is none", row.post);
        let post = &all[index];
        let sealed = key.seal(&row.phone, &post.code)?;
        phones::keep(&mut tx, (post.id, &row.about), &sealed, row.published, &Cause::console(now.at()))
            .await?;
    }
    tx.commit().await?;
    Ok(wording::phones_kept(rows.len(), &settings.phone_key.display().to_string()))
}

fn rows(bytes: &[u8]) -> anyhow::Result<Vec<Row>> {
    let document = container::open(bytes)?;
    let mut found = Vec::new();
    for block in &document.blocks {
        let Part::Table(table) = block else { continue };
        let mut columns: Option<[Option<usize>; 4]> = None;
        for (_, cells) in &table.rows {
            let at =
                |words: &[&str]| cells.iter().position(|cell| words.iter().any(|word| cell.contains(word)));
            let Some([post, phone, about, published]) = columns else {
                let here = [
                    at(&["岗位", "职务"]),
                    at(&["电话", "手机"]),
                    at(&["企业", "项目", "对象"]),
                    at(&["公布", "公开"]),
                ];
                columns = (here[0].is_some() && here[1].is_some()).then_some(here);
                continue;
            };
            let cell = |at: Option<usize>| at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
            if !cell(post).is_empty() && !cell(phone).is_empty() {
                found.push(Row {
                    post: cell(post).to_owned(),
                    phone: cell(phone).to_owned(),
                    about: cell(about).to_owned(),
                    published: YES.contains(&cell(published).to_lowercase().as_str()),
                });
            }
        }
    }
    Ok(found)
}

/// Writes the list to be published; a draft until somebody signs it.
pub async fn publish(store: &Store, settings: &Settings, out: &Path) -> anyhow::Result<String> {
    let office = Office::read(&settings.papers)?;
    let mut rows = vec![["单位", "包保岗位", "联系企业或项目", "电话"].map(str::to_owned).to_vec()];
    for (phone, number) in opened(store, settings).await?.into_iter().filter(|(phone, _)| phone.published) {
        rows.push(vec![phone.unit, phone.title, phone.about, number]);
    }
    ensure!(rows.len() > 1, "no number is marked 公布");
    let count = rows.len() - 1;
    let blocks =
        [Block::Title("包保责任人联系电话".to_owned()), Block::Table { widths: vec![4, 5, 7, 5], rows }];
    let path = Signature::Draft.path(out);
    let bytes = official::docx(&blocks, &office.layout, &Signature::Draft)?;
    std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(wording::phones_published(count, &path.display().to_string()))
}

/// Every number, for whoever sits at the machine and has to call.
pub async fn list(store: &Store, settings: &Settings) -> anyhow::Result<String> {
    let lines = opened(store, settings).await?.into_iter().map(|(phone, number)| {
        let about = if phone.about.is_empty() { String::new() } else { format!(" · {}", phone.about) };
        format!("{}{about}\t{number}", phone.title)
    });
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

async fn opened(store: &Store, settings: &Settings) -> anyhow::Result<Vec<(phones::Phone, String)>> {
    let sealed = phones::all(&mut *store.read().await?).await?;
    let key = Key::read(&settings.phone_key)?;
    let key = key.with_context(|| format!("there is no key at {}", settings.phone_key.display()))?;
    let open = |phone: phones::Phone| {
        let number = key.open(&phone.sealed, &phone.code);
        number.with_context(|| format!("the number of {}", phone.title)).map(|number| (phone, number))
    };
    sealed.into_iter().map(open).collect()
}
