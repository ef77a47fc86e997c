//! The agenda of the week's meeting, from the facts as they are now.

use chrono::Duration;

use crate::config::Settings;
use crate::domain::agenda::Agenda;
use crate::domain::now::Now;
use crate::rules::agenda;
use crate::store::{Connection, agenda as facts, people};

/// Draws it up. The office's chat is a group: what is confidential stands there by its number only.
pub async fn draw_up(conn: &mut Connection, settings: &Settings, now: &Now) -> sqlx::Result<Agenda> {
    let until = now.today() + Duration::days(i64::from(settings.policy.agenda_days));
    let items = facts::items(conn, until, now.at() - Duration::days(7), false).await?;
    Ok(Agenda {
        undated: facts::undated(conn).await?,
        vacant: facts::vacant(conn).await?,
        unreachable: people::unreachable_units(conn).await?,
        ..agenda::draw_up(&items, &settings.policy, &settings.calendar, now)
    })
}
