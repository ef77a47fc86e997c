//! What stands in front of a card's items: in which chats it is due, and what it says by the facts as they are now.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, Duration, Utc};

use crate::config::Settings;
use crate::domain::agenda::Agenda;
use crate::domain::brief::{Pack, Scope};
use crate::domain::card::{Front, Leading};
use crate::domain::collected::Collected;
use crate::domain::ids::{ChatId, UnitId};
use crate::domain::now::Now;
use crate::domain::paper::FollowUp;
use crate::rules::budget::Heard;
use crate::rules::{agenda, brief, collected, quota};
use crate::store::brief::Whose;
use crate::store::cards::{self, Loaded};
use crate::store::{
    Connection, agenda as items, brief as open, chats, collected as facts, origins, people, plans, posts,
    quotas, reach, remits, signing, tenures,
};

/// The chats in which something is due that stands in front of a card. Where several are, what somebody has just taken
/// over goes first; the others follow on the next card.
pub(super) async fn due(
    conn: &mut Connection,
    settings: &Settings,
    heard: &Heard,
    now: &Now,
) -> sqlx::Result<BTreeMap<ChatId, Front>> {
    let mut fronts = BTreeMap::new();
    let first_plan = plans::first_import(conn).await?;
    for ended in collected::ended(&settings.policy, &settings.calendar, now) {
        let leads = reach::of_leads(conn, ended.period).await?;
        let told = |chat: &ChatId| collected::is_news(&ended, heard.last_collected.get(chat).copied());
        fronts.extend(
            leads.values().filter_map(collected::chat_for).filter(told).map(|chat| (chat, Front::Collected)),
        );
    }
    if quota::is_asked_in_month_of(&settings.policy, now.today()) {
        let books = quotas::of_year(conn, now.today().year()).await?;
        let due =
            |chat: &ChatId| quota::is_due(&settings.policy, now.today(), heard.last_quota.get(chat).copied());
        fronts.extend(books.hints().into_keys().filter(due).map(|chat| (chat, Front::Quota)));
    }
    let is_due = |last| agenda::is_due(&settings.policy, &settings.calendar, now, first_plan, last);
    if is_due(None) {
        let readers = remits::readers(conn).await?.into_iter().map(|(chat, _)| chat);
        let due = |chat: &ChatId| is_due(heard.last_summary.get(chat).copied());
        fronts.extend(readers.filter(due).map(|chat| (chat, Front::Summary)));
    }
    if is_due(heard.last_agenda) {
        fronts.extend(chats::office(conn).await?.map(|office| (office, Front::Agenda)));
    }
    fronts.extend(tenures::chats_to_tell(conn).await?.into_iter().map(|chat| (chat, Front::Handover)));
    Ok(fronts)
}

/// Draws it up for the card of a chat that was made at a moment; `None` where nothing is left to say by now.
pub async fn draw_up(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    card: &Loaded,
) -> sqlx::Result<Option<Leading>> {
    let (chat, made_at) = (card.chat, card.made_at);
    let Some(front) = card.front else {
        return Ok(None);
    };
    match front {
        Front::Agenda => Ok(Some(Leading::Agenda(Box::new(agenda(conn, settings, now).await?)))),
        Front::Quota => {
            let books = quotas::of_year(conn, now.today().year()).await?;
            Ok(books.hints().remove(&chat).map(Leading::Quota))
        }
        Front::Collected => {
            // The rounds that the card was made for, whenever it is put into words.
            let then = Now::new(made_at, now.zone());
            let last = cards::last_front(conn, chat, front, made_at).await?;
            let collection = collection(conn, settings, &then, (chat, last)).await?;
            Ok((!collection.is_empty()).then_some(Leading::Collected(collection)))
        }
        Front::Handover => {
            let packs = packs(conn, settings, now, (chat, made_at)).await?;
            Ok(Some(packs).filter(|packs| !packs.is_empty()).map(Leading::Handover))
        }
        Front::Summary => {
            let scopes = scopes(conn, settings, now, chat).await?;
            Ok(Some(scopes).filter(|scopes| !scopes.is_empty()).map(Leading::Summary))
        }
    }
}

/// What the units filed, in the rounds that ended since the lead was last told.
async fn collection(
    conn: &mut Connection,
    settings: &Settings,
    then: &Now,
    (chat, last): (ChatId, Option<DateTime<Utc>>),
) -> sqlx::Result<Vec<Collected>> {
    let mut filed = Vec::new();
    for ended in collected::ended(&settings.policy, &settings.calendar, then) {
        if collected::is_news(&ended, last) {
            let leads = reach::of_leads(conn, ended.period).await?;
            let here = leads.iter().filter(|(_, reach)| collected::chat_for(reach) == Some(chat));
            let units: Vec<UnitId> = here.filter_map(|((unit, _), _)| *unit).collect();
            filed.extend(facts::filed(conn, &units, ended.period).await?);
        }
    }
    Ok(collected::collect(&filed))
}

/// The agenda of the week's meeting. The office's chat is a group: what is confidential stands there by its number only.
async fn agenda(conn: &mut Connection, settings: &Settings, now: &Now) -> sqlx::Result<Agenda> {
    let until = now.today() + Duration::days(i64::from(settings.policy.agenda_days));
    let drawn_from = items::items(conn, until, now.at() - Duration::days(7), false).await?;
    let waiting = signing::waiting(conn).await?;
    Ok(Agenda {
        decided: origins::last_meeting(conn).await?,
        undated: items::undated(conn).await?,
        nobody: posts::nobody_home(conn).await?,
        speeches: waiting.into_iter().filter(|one| one.kind != FollowUp::Talk).collect(),
        ..agenda::draw_up(&drawn_from, &settings.policy, &settings.calendar, now)
    })
}

/// What somebody has just taken over, post by post.
async fn packs(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    (chat, made_at): (ChatId, DateTime<Utc>),
) -> sqlx::Result<Vec<Pack>> {
    let mut packs = Vec::new();
    for taken in tenures::told_by_card(conn, chat, made_at).await? {
        let whose = open::whose(conn, taken.post).await?;
        let items = open::items(conn, &whose, false).await?;
        packs.push(Pack {
            title: taken.title,
            since: now.date_of(taken.starts),
            before: taken.before,
            until: taken.until,
            brief: brief::draw_up(&items, &settings.calendar, now),
        });
    }
    Ok(packs)
}

/// What a county leader is in charge of: each team by itself, and the units of the remit together.
async fn scopes(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    chat: ChatId,
) -> sqlx::Result<Vec<Scope>> {
    let mut all: Vec<(String, Whose)> = Vec::new();
    for (_, post) in remits::readers(conn).await?.into_iter().filter(|(reader, _)| *reader == chat) {
        for team in open::whose(conn, post).await?.whole_teams {
            let name = people::team_name(conn, team).await?;
            all.push((name, Whose { whole_teams: vec![team], ..Whose::default() }));
        }
        let units = remits::of_post(conn, post).await?;
        if !units.is_empty() {
            all.push(("分管部门".to_owned(), Whose { units, ..Whose::default() }));
        }
    }
    let mut scopes = Vec::new();
    for (name, whose) in all {
        let items = open::items(conn, &whose, false).await?;
        let closed = open::closed_since(conn, &whose, now.at() - Duration::days(7)).await?;
        scopes.push(Scope { name, closed, brief: brief::draw_up(&items, &settings.calendar, now) });
    }
    Ok(scopes)
}
