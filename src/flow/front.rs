//! What stands in front of a card's items, from the facts as they are now.

use chrono::{Datelike as _, Duration};

use crate::config::Settings;
use crate::domain::agenda::Agenda;
use crate::domain::card::{Front, Leading};
use crate::domain::ids::ChatId;
use crate::domain::now::Now;
use crate::rules::agenda;
use crate::store::{Connection, agenda as facts, people, quotas};

/// Draws it up for a chat; `None` where nothing is left to say by now.
pub async fn draw_up(
    conn: &mut Connection,
    settings: &Settings,
    now: &Now,
    (front, chat): (Front, ChatId),
) -> sqlx::Result<Option<Leading>> {
    match front {
        Front::Agenda => Ok(Some(Leading::Agenda(Box::new(agenda(conn, settings, now).await?)))),
        Front::Quota => {
            let books = quotas::of_year(conn, now.today().year()).await?;
            Ok(books.hints().remove(&chat).map(Leading::Quota))
        }
    }
}

/// The agenda of the week's meeting. The office's chat is a group: what is confidential stands there by its number only.
async fn agenda(conn: &mut Connection, settings: &Settings, now: &Now) -> sqlx::Result<Agenda> {
    let until = now.today() + Duration::days(i64::from(settings.policy.agenda_days));
    let items = facts::items(conn, until, now.at() - Duration::days(7), false).await?;
    Ok(Agenda {
        undated: facts::undated(conn).await?,
        vacant: facts::vacant(conn).await?,
        unreachable: people::unreachable_units(conn).await?,
        ..agenda::draw_up(&items, &settings.policy, &settings.calendar, now)
    })
}
