//! What the console does: import a file, show what a tick would say, check the set-up, make an invite, hold the lock.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::{Datelike as _, Duration};

use crate::app::TOKEN_VARIABLE;
use crate::commands::bind::new_code;
use crate::commands::press::Office;
use crate::config::Settings;
use crate::documents::picture::chinese_font;
use crate::domain::now::Now;
use crate::domain::people::Role;
use crate::flow::{front, tick};
use crate::notice::check::{findings, mistakes};
use crate::notice::diff::diff;
use crate::notice::file::{self, Draft, Roster};
use crate::store::history::Cause;
use crate::store::invites::{self, Grant};
use crate::store::plans::{self, Imported};
use crate::store::sealed::Key;
use crate::store::{Store, asks, cards, corrections, people, phones, posts, private, roster};
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

/// One line of the check-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// All is well.
    Fine(String),
    /// Something should be mended.
    Warning(String),
    /// The bot cannot work so.
    Broken(String),
}

/// Checks the set-up: settings, token, database, unbound posts, holiday data.
pub async fn doctor(settings: &Settings, now: &Now) -> Vec<Finding> {
    let mut found = vec![Finding::Fine("设置:读取正常".to_owned())];
    let token = std::env::var(TOKEN_VARIABLE).is_ok() || settings.telegram_token.is_some();
    found.push(match (settings.telegram, token) {
        (true, false) => {
            Finding::Broken(format!("Telegram:已启用但没有令牌,请设置环境变量 {TOKEN_VARIABLE}"))
        }
        (false, false) => Finding::Fine("Telegram:未启用,使用自带的网页聊天室".to_owned()),
        (_, true) => Finding::Fine(
            "Telegram:有令牌。隐私模式(默认开)下,机器人在群里只看得到回复它的、@它的和指令".to_owned(),
        ),
    });
    for year in [now.today().year(), (now.today() + Duration::days(31)).year()] {
        let line = format!("放假表:没有{year}年的安排,暂按周末和固定节日算,请补进放假表");
        if settings.calendar.is_provisional(year) && !found.contains(&Finding::Warning(line.clone())) {
            found.push(Finding::Warning(line));
        }
    }
    found.extend(check_papers(settings));
    match check_database(settings).await {
        Ok(more) => found.extend(more),
        Err(error) => found.push(Finding::Broken(format!("数据库:{error:#}"))),
    }
    found
}

/// Whether papers can be written as the office wants them.
fn check_papers(settings: &Settings) -> Vec<Finding> {
    let texts = match Office::read(&settings.papers) {
        Ok(_) => Finding::Fine("公文:版式、模板和计分规则读取正常".to_owned()),
        Err(error) => Finding::Broken(format!("公文:{error:#}")),
    };
    let font = match chinese_font() {
        Some(font) => Finding::Fine(format!("图片:中文字体用 {font}")),
        None => Finding::Warning(
            "图片:没有找到中文字体,榜和进展图画不了;请安装一种(Debian:apt install fonts-wqy-microhei)"
                .to_owned(),
        ),
    };
    vec![texts, font]
}

async fn check_database(settings: &Settings) -> anyhow::Result<Vec<Finding>> {
    let shown = settings.database.display();
    if !settings.database.exists() {
        return Ok(vec![Finding::Warning(format!("数据库:{shown} 还没有,先运行 duban import 方案.toml"))]);
    }
    let store = Store::open(&settings.database).await?;
    let mut conn = store.read().await?;
    let counts = plans::counts(&mut conn).await?;
    let mut found = vec![Finding::Fine(format!(
        "数据库:{shown},事项{}项(在办{}、待确认{},待定时限{}条)",
        counts.tasks, counts.running, counts.draft, counts.held
    ))];
    if !people::has_admin(&mut conn).await? {
        found.push(Finding::Warning("人员:还没有督查室的人,先运行 duban invite admin".to_owned()));
    }
    let home = posts::nobody_home(&mut conn).await?;
    found.extend(wording::people::nobody_home_findings(&home).into_iter().map(Finding::Warning));
    let (posts, units) = (home.unbound, home.unreachable);
    if !posts.is_empty() {
        found.push(Finding::Warning(format!("人员:未绑定的岗位{}个:{}", posts.len(), posts.join("、"))));
    }
    if !units.is_empty() {
        found.push(Finding::Warning(format!(
            "人员:完全联系不上的单位{}个:{}",
            units.len(),
            units.join("、")
        )));
    }
    let numbers = phones::all(&mut conn).await?.len();
    if numbers > 0 {
        found.push(match Key::read(&settings.phone_key) {
            Ok(Some(_)) => Finding::Fine(format!("电话:{numbers}个,加密保存")),
            Ok(None) => Finding::Broken(format!("电话:没有密钥 {},打不开", settings.phone_key.display())),
            Err(error) => Finding::Broken(format!("电话:{error:#}")),
        });
    }
    drop(conn);
    store.close().await;
    Ok(found)
}
