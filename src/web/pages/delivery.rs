//! Whether what is written arrives, and how much the bot itself asks of people (减负账).

use std::sync::Arc;

use axum::extract::State;
use chrono::{Duration, NaiveTime};
use minijinja::{Value, context};

use super::{Answer, Viewer, Web, page_for, render};
use crate::domain::now::stamp;
use crate::store::{burden, health, inbox, letters};
use crate::wording::moment;

/// Days that the page looks back.
const DAYS: i64 = 7;
/// Letters in trouble that are listed.
const LINES: i64 = 50;

/// The page.
pub(super) async fn page(State(web): State<Arc<Web>>, viewer: Viewer) -> Answer {
    let page = page_for(&viewer, "/delivery")?;
    let now = web.office.now();
    let midnight = now.instant_of(now.today().and_time(NaiveTime::MIN));
    let since = midnight - Duration::days(DAYS - 1);
    let told = |at| moment(now.local_of(at));
    let mut conn = web.office.store.read().await?;
    let today = letters::counts(&mut conn, midnight).await?;
    let (waiting, failed) = inbox::counts(&mut conn).await?;
    let chats: Vec<Value> = health::chats(&mut conn, since)
        .await?
        .into_iter()
        .map(|chat| {
            let held = chat.hold_until.filter(|until| *until > now.at()).map(told);
            context! {
                title => chat.title, channel => channel(&chat.channel), private => chat.private, gone => chat.gone, held,
                waiting => chat.waiting, parked => chat.parked, sent => chat.sent, last => chat.last.map(told),
                sort => chat.last.map(stamp),
            }
        })
        .collect();
    let troubled: Vec<Value> = health::troubled(&mut conn, LINES)
        .await?
        .into_iter()
        .map(|one| context! { at => told(one.at), chat => one.chat, state => one.state, attempts => one.attempts, error => one.error })
        .collect();
    let burden: Vec<Value> = burden::between(&mut conn, since, now.at() + Duration::seconds(1))
        .await?
        .into_iter()
        .map(|one| context! { name => one.name, cards => one.cards, private => one.private, items => one.items, answers => one.answers })
        .collect();
    let with = context! {
        sent => today.sent, pending => today.pending, parked => today.to_look_at(), waiting, failed, chats, troubled, burden,
        days => DAYS,
    };
    render(&web, &viewer, ("delivery.html", page), with)
}

fn channel(name: &str) -> &str {
    match name {
        "room" => "聊天室",
        "telegram" => "Telegram",
        other => other,
    }
}
