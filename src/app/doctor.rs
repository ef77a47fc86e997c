//! `duban doctor`: everything that keeps the bot from working well, each with what to do about it.

use std::net::TcpListener;
use std::path::Path;

use chrono::{Datelike as _, Duration};

use crate::app::{console, telegram};
use crate::channel::telegram::{NotAsked, Telegram};
use crate::commands::press::Office;
use crate::config::Settings;
use crate::documents::picture::chinese_font;
use crate::domain::now::Now;
use crate::domain::people::Role;
use crate::store::sealed::Key;
use crate::store::{Store, history, people, phones, plans, posts, private};
use crate::wording::{self, doctor as said};

/// How far this machine's clock may be off before it is worth a word.
const CLOCK_OFF: Duration = Duration::minutes(2);

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

/// Checks the set-up: settings, platform, clock, holidays, folders, port, papers, database, people.
pub async fn doctor(settings: &Settings, now: &Now) -> Vec<Finding> {
    let mut found = vec![Finding::Fine(said::settings(&settings.zone, now.local()))];
    found.extend(check_telegram(settings, now).await);
    found.extend(check_holidays(settings, now));
    let running = settings.database.exists() && console::lock(&settings.database).is_err();
    found.push(check_port(settings, running));
    found.extend(check_folders(settings));
    found.extend(check_papers(settings));
    match check_database(settings, now).await {
        Ok(more) => found.extend(more),
        Err(error) => found.push(Finding::Broken(said::database_broken(&format!("{error:#}")))),
    }
    found
}

async fn check_telegram(settings: &Settings, now: &Now) -> Vec<Finding> {
    match telegram(settings) {
        Ok(None) => vec![Finding::Fine(said::no_telegram())],
        Ok(Some(bot)) => ask_telegram(&bot, now).await,
        Err(error) => vec![Finding::Broken(said::telegram_wrong(&format!("{error:#}")))],
    }
}

async fn ask_telegram(bot: &Telegram, now: &Now) -> Vec<Finding> {
    let who = match bot.who().await {
        Ok(who) => who,
        Err(NotAsked::WrongToken) => return vec![Finding::Broken(said::wrong_token())],
        Err(NotAsked::NoAnswer(why)) => return vec![Finding::Warning(said::no_answer(&why))],
    };
    let mut found = vec![Finding::Fine(said::telegram(&who.name))];
    found.push(if who.hears_all {
        Finding::Fine(said::hears_all())
    } else {
        Finding::Warning(said::privacy_mode())
    });
    if let Some(off) = who.at.map(|at| now.at() - at).filter(|off| off.abs() > CLOCK_OFF) {
        found.push(Finding::Warning(said::clock_off(off)));
    }
    found
}

fn check_holidays(settings: &Settings, now: &Now) -> Vec<Finding> {
    let mut years = vec![now.today().year(), (now.today() + Duration::days(31)).year()];
    years.dedup();
    years.retain(|year| settings.calendar.is_provisional(*year));
    years.into_iter().map(|year| Finding::Warning(said::no_holidays(year))).collect()
}

/// Whether the page could be served: by this bot, where one runs already.
fn check_port(settings: &Settings, running: bool) -> Finding {
    match TcpListener::bind(&settings.listen) {
        Ok(_) => Finding::Fine(said::port_free(&settings.listen)),
        Err(_) if running => Finding::Fine(said::running(&settings.listen)),
        Err(error) => Finding::Broken(said::port_taken(&settings.listen, &error.to_string())),
    }
}

/// Whether what is to be kept can be written, and by nobody else read.
fn check_folders(settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    let beside = settings.database.parent().filter(|folder| !folder.as_os_str().is_empty());
    for folder in [beside.unwrap_or(Path::new(".")), &settings.files] {
        if let Err(error) = try_out(folder) {
            found.push(Finding::Broken(said::not_writable(folder, &error.to_string())));
        }
    }
    for path in [&settings.database, &settings.files] {
        if private::is_open_to_others(path) {
            found.push(Finding::Warning(said::open_to_others(path)));
        }
    }
    if found.is_empty() {
        found.push(Finding::Fine(said::folders()));
    }
    found
}

/// Writes a file and takes it away again. A folder that is not there yet is tried where it would be made.
fn try_out(folder: &Path) -> std::io::Result<()> {
    let there = folder.ancestors().find(|path| path.as_os_str().is_empty() || path.exists());
    let there = there.filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let trial = there.join(format!(".duban-{}", std::process::id()));
    private::file(&trial)?;
    std::fs::remove_file(trial)
}

/// Whether papers can be written as the office wants them.
fn check_papers(settings: &Settings) -> Vec<Finding> {
    let texts = match Office::read(&settings.papers) {
        Ok(_) => Finding::Fine(said::papers()),
        Err(error) => Finding::Broken(said::papers_wrong(&format!("{error:#}"))),
    };
    let font = match chinese_font() {
        Some(font) => Finding::Fine(said::font(font)),
        None => Finding::Warning(said::no_font()),
    };
    vec![texts, font]
}

async fn check_database(settings: &Settings, now: &Now) -> anyhow::Result<Vec<Finding>> {
    if !settings.database.exists() {
        return Ok(vec![Finding::Warning(said::no_database(&settings.database))]);
    }
    let (store, behind) = Store::look(&settings.database).await?;
    let mut found = Vec::new();
    if let Err(error) = store.can_write().await {
        found.push(Finding::Broken(said::takes_nothing(&error.to_string())));
    }
    if behind > 0 {
        // Whoever looks changes nothing, and what an earlier version wrote cannot be asked as today's is.
        found.push(Finding::Warning(said::behind(&settings.database, behind)));
    } else {
        found.extend(check_contents(&store, settings, now).await?);
    }
    store.close().await;
    Ok(found)
}

async fn check_contents(store: &Store, settings: &Settings, now: &Now) -> anyhow::Result<Vec<Finding>> {
    let mut found = Vec::new();
    let mut conn = store.read().await?;
    let counts = plans::counts(&mut conn).await?;
    let items = (counts.tasks, counts.running, counts.draft, counts.held);
    found.push(Finding::Fine(said::database(&settings.database, items)));
    if let Some(last) = history::last(&mut conn).await?.filter(|last| *last > now.at() + CLOCK_OFF) {
        found.push(Finding::Warning(said::clock_set_back(now.local_of(last), now.local())));
    }
    if !people::has_admin(&mut conn).await? {
        found.push(Finding::Warning(said::nobody_in_office()));
    } else if !people::has_role(&mut conn, Role::Head).await? {
        found.push(Finding::Warning(said::no_head()));
    }
    let home = posts::nobody_home(&mut conn).await?;
    found.extend(wording::people::nobody_home_findings(&home).into_iter().map(Finding::Warning));
    if !home.unbound.is_empty() {
        found.push(Finding::Warning(said::unbound(&home.unbound)));
    }
    if !home.unreachable.is_empty() {
        found.push(Finding::Warning(said::unreachable(&home.unreachable)));
    }
    let numbers = phones::all(&mut conn).await?.len();
    if numbers > 0 {
        found.push(match Key::read(&settings.phone_key) {
            Ok(Some(_)) => Finding::Fine(said::phones(numbers)),
            Ok(None) => Finding::Broken(said::no_key(&settings.phone_key)),
            Err(error) => Finding::Broken(said::key_wrong(&format!("{error:#}"))),
        });
    }
    Ok(found)
}
