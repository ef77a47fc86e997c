//! The coming cards, day by day, by the rules that the bot goes by (预演).

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Query, State};
use chrono::{Duration, NaiveDate};
use minijinja::{Value, context};
use serde::Deserialize;

use super::{Answer, Viewer, Web, Wrong, page_for, render};
use crate::commands::Trouble;
use crate::commands::preview::{Wish, foresee};
use crate::rules::preview::{Assume, Facts, Planned};
use crate::wording::preview::{reasons, receiver, what};
use crate::wording::{day, weekday};

/// Days that are foreseen where nothing else is asked.
const DAYS: i64 = 14;
/// The furthest look ahead of the page.
const DAYS_MAX: i64 = 92;
/// The choices of the page.
const CHOICES: [i64; 4] = [7, 14, 31, 92];

/// What is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Which {
    days: Option<i64>,
    done: Option<String>,
}

/// The page.
pub(super) async fn page(State(web): State<Arc<Web>>, viewer: Viewer, Query(which): Query<Which>) -> Answer {
    let page = page_for(&viewer, "/calendar")?;
    let now = web.office.now();
    let days = which.days.unwrap_or(DAYS).clamp(1, DAYS_MAX);
    let today = now.today();
    let assume = if which.done.is_some() { Assume::DoneOnTime } else { Assume::Silence };
    let wish = Wish {
        from: today,
        until: today + Duration::days(days - 1),
        post: None,
        team: None,
        task: None,
        assume,
    };
    let mut conn = web.office.store.read().await?;
    let (found, facts) =
        foresee(&mut conn, &web.office.settings, &now, &wish).await.map_err(|trouble| match trouble {
            Trouble::Refused(_) => Wrong::Missing,
            Trouble::Broken(error) => Wrong::Broken(error),
        })?;
    let calendar = &web.office.settings.calendar;
    let told: Vec<Value> = (0..days)
        .map(|ahead| today + Duration::days(ahead))
        .map(|date| {
            let cards: Vec<&Planned> = found.cards.iter().filter(|card| card.at.date() == date).collect();
            let off = !calendar.is_workday(date);
            context! { off, holiday => calendar.holiday_name(date), ..one_day(date, &cards, &facts) }
        })
        .collect();
    let unreachable: BTreeSet<String> = found
        .unreachable
        .iter()
        .filter_map(|(_, owner)| facts.owners.get(owner))
        .map(|owner| owner.name.clone())
        .collect();
    let unreachable: Vec<String> = unreachable.into_iter().collect();
    let filled = context! {
        days => told, span => days, choices => CHOICES, done => assume == Assume::DoneOnTime,
        cards => found.cards.len(), unreachable,
    };
    render(&web, &viewer, ("calendar.html", page), filled)
}

fn one_day(date: NaiveDate, cards: &[&Planned], facts: &Facts) -> Value {
    let cards: Vec<Value> = cards
        .iter()
        .map(|card| {
            let why: Vec<Value> = reasons(&card.items)
                .into_iter()
                .map(|(word, tasks)| {
                    let tasks: Vec<i64> = tasks.into_keys().map(|task| task.0).collect();
                    context! { word, tasks }
                })
                .collect();
            context! {
                at => card.at.format("%H:%M").to_string(), receiver => receiver(card, facts), what => what(card), why,
            }
        })
        .collect();
    context! { day => day(date), weekday => weekday(date), cards }
}
