//! What stands in front of a card's items, from the facts as they are now.

use chrono::{DateTime, Datelike as _, Duration, Utc};

use crate::config::Settings;
use crate::domain::agenda::Agenda;
use crate::domain::card::{Front, Leading};
use crate::domain::ids::{ChatId, UnitId};
use crate::domain::now::Now;
use crate::domain::summary::Collected;
use crate::rules::{agenda, summary};
use crate::store::cards::{self, Loaded};
use crate::store::{Connection, agenda as items, origins, people, quotas, reach, summary as facts};

/// Draws it up for a chat; `None` where nothing is left to say by now.
pub async fn draw_up(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    card: &Loaded,
) -> sqlx::Result<Option<Leading>> {
    let (Some(front), chat) = (card.front, card.chat) else {
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
            let then = Now::new(card.made_at, now.zone());
            let last = cards::last_front(conn, chat, front, card.made_at).await?;
            let collected = summary(conn, settings, &then, (chat, last)).await?;
            Ok((!collected.is_empty()).then_some(Leading::Collected(collected)))
        }
    }
}

/// What the units filed, in the rounds that ended since the lead was last told.
async fn summary(
    conn: &mut Connection,
    settings: &Settings,
    then: &Now,
    (chat, last): (ChatId, Option<DateTime<Utc>>),
) -> sqlx::Result<Vec<Collected>> {
    let mut filed = Vec::new();
    for ended in summary::ended(&settings.policy, &settings.calendar, then) {
        if summary::is_news(&ended, last) {
            let leads = reach::of_leads(conn, ended.period).await?;
            let here = leads.iter().filter(|(_, reach)| summary::chat_for(reach) == Some(chat));
            let units: Vec<UnitId> = here.filter_map(|((unit, _), _)| *unit).collect();
            filed.extend(facts::filed(conn, &units, ended.period).await?);
        }
    }
    Ok(summary::collect(&filed))
}

/// The agenda of the week's meeting. The office's chat is a group: what is confidential stands there by its number only.
async fn agenda(conn: &mut Connection, settings: &Settings, now: &Now) -> sqlx::Result<Agenda> {
    let until = now.today() + Duration::days(i64::from(settings.policy.agenda_days));
    let drawn_from = items::items(conn, until, now.at() - Duration::days(7), false).await?;
    Ok(Agenda {
        decided: origins::last_meeting(conn).await?,
        undated: items::undated(conn).await?,
        vacant: items::vacant(conn).await?,
        unreachable: people::unreachable_units(conn).await?,
        ..agenda::draw_up(&drawn_from, &settings.policy, &settings.calendar, now)
    })
}
