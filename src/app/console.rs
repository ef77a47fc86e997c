//! What the console does: import a file, show what a tick would say, make an invite, hold the lock.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::Duration;

use crate::commands::bind::new_code;
use crate::config::Settings;
use crate::domain::now::Now;
use crate::domain::people::Role;
use crate::flow::{front, tick};
use crate::notice::check::{findings, mistakes};
use crate::notice::diff::diff;
use crate::notice::file::{self, Draft, Roster};
use crate::store::history::Cause;
use crate::store::invites::{self, Grant};
use crate::store::plans::{self, Imported};
use crate::store::{Store, asks, cards, corrections, private, roster};
use crate::wording::{self, card, correction, sheet};

/// Days an invite made at the console is good.
const INVITE_DAYS: i64 = 7;

/// How far an import goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only the verification sheet.
    Check,
    /// What is new is written; of another version of a plan on record only the difference is shown.
    Load,
    /// Another version of a plan on record takes its place.
    Apply,
}

impl Mode {
    /// What the command line asks for.
    pub fn of(dry_run: bool, apply: bool) -> Mode {
        match (dry_run, apply) {
            (true, _) => Mode::Check,
            (false, true) => Mode::Apply,
            (false, false) => Mode::Load,
        }
    }
}

/// Makes sure that one bot works on one database. Held until dropped; freed by the system when the process dies.
pub fn lock(database: &Path) -> anyhow::Result<File> {
    let path = database.with_extension("lock");
    if let Some(folder) = path.parent() {
        private::folder(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    let file = private::file(&path).with_context(|| format!("cannot create {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => bail!("another duban works on {}; stop it first", database.display()),
    }
}

/// Reads plan and roster from files. A plan without a roster takes `roster.toml` beside it.
pub fn read_files(path: &Path) -> anyhow::Result<(Draft, String)> {
    let mut text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut draft = file::read(&text).with_context(|| format!("{} cannot be understood", path.display()))?;
    let beside: PathBuf = path.with_file_name("roster.toml");
    if draft.roster.is_none() && beside.exists() && beside != path {
        let more =
            std::fs::read_to_string(&beside).with_context(|| format!("cannot read {}", beside.display()))?;
        draft.roster =
            file::read(&more).with_context(|| format!("{} cannot be understood", beside.display()))?.roster;
        text.push_str(&more);
    }
    Ok((draft, text))
}

/// Checks and writes a plan with its roster; prints the verification sheet first. Everything or nothing.
pub async fn import(
    store: &Store,
    now: &Now,
    draft: &Draft,
    text: &str,
    mode: Mode,
) -> anyhow::Result<String> {
    check(draft)?;
    let duties: usize = draft.tasks.iter().map(|task| task.duties.len()).sum();
    let title = draft.plan.as_ref().map_or("名册", |plan| plan.title.as_str());
    let mut said = sheet::sheet(title, draft.tasks.len(), duties, &findings(draft));
    if mode == Mode::Check {
        said.push_str("\n(只核对,没有导入)");
        return Ok(said);
    }
    said.push('\n');
    said.push_str(&write(store, now, (draft, &invites::digest(text)), mode).await?);
    Ok(said)
}

/// Refuses a draft with mistakes, and names them all.
pub fn check(draft: &Draft) -> anyhow::Result<()> {
    let empty = Roster::default();
    let wrong = mistakes(draft, draft.roster.as_ref().unwrap_or(&empty));
    if !wrong.is_empty() {
        let lines: Vec<String> = wrong.iter().map(|mistake| format!("  {mistake}")).collect();
        bail!("the file has {} mistake(s), nothing was imported:\n{}", wrong.len(), lines.join("\n"));
    }
    Ok(())
}

/// Writes a plan with its roster, everything or nothing, and says what came of it. Another version of a plan on record is
/// held against it, and changes it only with [`Mode::Apply`].
pub async fn write(
    store: &Store,
    now: &Now,
    (draft, digest): (&Draft, &str),
    mode: Mode,
) -> anyhow::Result<String> {
    let mut tx = store.write().await?;
    if let Some(roster) = &draft.roster {
        roster::write(&mut tx, roster).await?;
    }
    let cause = Cause::console(now.at());
    let said = match plans::write(&mut tx, draft, digest, &cause).await? {
        Imported::New { tasks, .. } => {
            let opened = plans::open_single_filings(&mut tx, now).await?;
            format!("已导入 {tasks} 项,开出应报件 {opened} 件。")
        }
        Imported::Known => "以前导入过同一份,没有改动。".to_owned(),
        Imported::Differs => {
            let code = draft.plan.as_ref().map(|plan| plan.code.as_str()).unwrap_or_default();
            let record = corrections::read(&mut tx, code).await?.context("the plan is on record")?;
            let diff = diff(&record, draft);
            let shown =
                if diff.is_empty() { correction::no_change() } else { correction::sheet(&diff, draft) };
            if mode != Mode::Apply {
                tx.rollback().await?;
                return Ok(format!("{shown}\n{}", correction::not_applied()));
            }
            let applied = corrections::apply(&mut tx, (draft, &diff), digest, (now, &cause)).await?;
            format!("{shown}\n{}", correction::applied(&applied))
        }
    };
    tx.commit().await?;
    Ok(said)
}

/// Lists every card that a tick would send now, its receiver and reasons. Nothing is kept.
pub async fn dry_tick(store: &Store, settings: &Settings, now: &Now) -> anyhow::Result<String> {
    let mut tx = store.write().await?;
    while tick::decide(&mut tx, settings, now).await? {}
    let mut said = String::new();
    let pending = cards::pending(&mut tx).await?;
    for one in &pending {
        let Some(loaded) = cards::load(&mut tx, one.card, 1).await? else {
            continue;
        };
        let leading = front::draw_up(&mut tx, settings, now, &loaded).await?;
        let mut card = loaded.card;
        card.leading = leading;
        card.items.retain(|item| item.still_holds(now.today()));
        let view = card::View { now, calendar: &settings.calendar, text_max: usize::MAX };
        if let Some(rendered) = card::render(&card, view) {
            said.push_str(&format!("→ {}\n{}\n\n", one.receiver, rendered.spoken.text));
        }
    }
    let unreachable: BTreeSet<String> =
        asks::open(&mut tx, now.today()).await?.into_iter().map(|open| open.label).collect();
    said.push_str(&format!("{} 共 {} 张卡。", wording::moment(now.local()), pending.len()));
    if !settings.policy.may_speak(now, &settings.calendar) {
        said.push_str("现在不是可发时段(非工作日或夜间),到可发时段才发。");
    }
    if !unreachable.is_empty() {
        said.push_str(&format!("\n还没有发出去的 {} 件(没有绑定群和人,或不在可发时段):", unreachable.len()));
        for label in unreachable.iter().take(40) {
            said.push_str(&format!("\n  {label}"));
        }
    }
    tx.rollback().await?;
    Ok(said)
}

/// Makes an invite for a role, for the first admin.
pub async fn invite(store: &Store, now: &Now, role: Role) -> anyhow::Result<String> {
    let code = new_code()?;
    let until = now.at() + Duration::days(INVITE_DAYS);
    let mut tx = store.write().await?;
    invites::add(&mut tx, &code, Grant::Role(role), (now.at(), until)).await?;
    tx.commit().await?;
    Ok(code)
}
