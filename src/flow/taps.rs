//! Taps on buttons. A tap is believed only if that very button stands under that very message of ours (promise R6).

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use crate::channel::Speech;
use crate::commands::reporting::line::{self, Asks, Awaited};
use crate::commands::reporting::{self, Speaker, Words};
use crate::commands::{self, Call, Outcome as Answer, Trouble, call};
use crate::domain::ids::{CardId, TaskNo};
use crate::domain::people::Role;
use crate::domain::tap::Tap;
use crate::flow::desk::Answered;
use crate::store::inbox::Outcome;
use crate::store::{Connection, cards, filings, letters, reports};
use crate::wording::card::menu;
use crate::wording::{Spoken, refusal};

/// What people write who mean the button of that name.
pub(super) const REST: &str = "其余无变化";

/// Days that a later report may be put off to by a tap.
const DAYS_AHEAD: i64 = 6;

/// Hears a tap: does what it means.
pub(super) async fn hear(call: &mut Call<'_>, data: &str) -> Answer {
    let stale = || Trouble::refused(refusal::stale_button());
    if call.asker.is_stranger() || !stands_there(call, data) {
        return Err(stale());
    }
    act(call, Tap::read(data).ok_or_else(stale)?).await
}

/// Answers a tap in a line, or in passing where it was refused.
pub(super) async fn answer_with(
    conn: &mut Connection,
    to: &Answered<'_>,
    tap: &str,
    answer: Result<Option<Spoken>, Trouble>,
) -> anyhow::Result<Outcome> {
    let (toast, outcome) = match answer {
        Ok(spoken) => {
            let body = call::body_of(&spoken.unwrap_or_default(), None);
            letters::answer(conn, to.chat, Some(to.event), &body, to.at).await?;
            (String::new(), Outcome::Done)
        }
        Err(Trouble::Refused(text)) => (text, Outcome::Ignored),
        Err(Trouble::Broken(error)) => return Err(error),
    };
    letters::toast(conn, to.chat, to.event, tap, &toast, to.at).await?;
    Ok(outcome)
}

/// Whether the message that was tapped really carries that button.
fn stands_there(call: &Call<'_>, data: &str) -> bool {
    let body = call.heard.about.as_ref().and_then(|about| about.body.as_deref());
    let said: Option<Speech> = body.and_then(|body| serde_json::from_str(body).ok());
    said.is_some_and(|said| said.buttons.iter().flatten().any(|button| button.data == data))
}

async fn act(call: &mut Call<'_>, tap: Tap) -> Answer {
    match tap {
        Tap::Menu(card, task) => {
            let title = own_title(call, card, task).await?;
            let sums_up = reporting::can_sum_up(call, task).await?;
            Ok(menu::of(card, task, &title, sums_up))
        }
        Tap::Progress(card, task) => {
            own_title(call, card, task).await?;
            Ok(menu::percents(card, task))
        }
        Tap::Stuck(card, task) => {
            own_title(call, card, task).await?;
            expect(call, card, task, Asks::Hurdle).await?;
            Ok(menu::stuck(card, task))
        }
        Tap::Hurdle(card, task, hurdle) => stuck_on(call, card, task, hurdle).await,
        Tap::Done(card, task) => done(call, card, task).await,
        Tap::NoChange(card, task) => say(call, card, format!("#{task} 无变化")).await,
        Tap::Later(card, task) => {
            own_title(call, card, task).await?;
            Ok(menu::days(card, task, &days_ahead(call), call.now.today()))
        }
        Tap::Until(card, task, day) => say(call, card, promise(task, day)).await,
        Tap::Percent(card, task, percent) => say(call, card, format!("#{task} 完成{percent}%")).await,
        Tap::RestUnchanged(card) => rest_unchanged(call, card).await,
        Tap::Undo(inbox) => reporting::undo(call, inbox).await,
        Tap::Choose(question, option) => reporting::answer(call, question, option).await,
        Tap::SumUp(task) => reporting::sum_up(call, Some(task)).await,
        Tap::Story(task) => commands::story(call, task).await,
        Tap::Evidence(task) => commands::evidence_by_button(call, task).await,
        Tap::Release(..)
        | Tap::Withhold(..)
        | Tap::ReleaseBoard(_)
        | Tap::Sign(_)
        | Tap::Publish(..)
        | Tap::Arrange(..) => of_the_head(call, tap).await,
        decision => decide(call, decision).await,
    }
}

/// What only the office decides.
async fn decide(call: &mut Call<'_>, tap: Tap) -> Answer {
    if !call.asker.is_office() {
        return Err(Trouble::refused(refusal::not_allowed("核验")));
    }
    match tap {
        Tap::Import(document) => commands::load_by_button(call, document, true).await,
        Tap::Dismiss(document) => commands::load_by_button(call, document, false).await,
        Tap::Agree(finding) => commands::agree_by_button(call, finding).await,
        Tap::Admit(claim) => commands::decide_claim_by_button(call, claim, true).await,
        Tap::Deny(claim) => commands::decide_claim_by_button(call, claim, false).await,
        Tap::Erase(report) => commands::erase_by_button(call, report).await,
        Tap::Exempt(filing) => commands::exempt_by_button(call, filing).await,
        Tap::RefuseExempt(filing) => commands::refuse_exempt_by_button(call, filing).await,
        Tap::Close(filing) => commands::close_by_button(call, filing).await,
        Tap::SendBack(filing) => commands::ask_why_by_button(call, filing).await,
        Tap::Grant(filing) => commands::grant_by_button(call, filing).await,
        Tap::Decline(filing) => commands::decline_by_button(call, filing).await,
        _ => Err(Trouble::refused(refusal::stale_button())),
    }
}

/// What the head of the office does; about papers the command decides who may.
async fn of_the_head(call: &mut Call<'_>, tap: Tap) -> Answer {
    match tap {
        Tap::Release(..) | Tap::Withhold(..) if !call.asker.roles.contains(&Role::Head) => {
            Err(Trouble::refused(refusal::head_only()))
        }
        Tap::Release(card, task) => commands::release(call, card, task).await,
        Tap::Withhold(card, task) => commands::withhold(call, card, task).await,
        Tap::ReleaseBoard(paper) => commands::release_by_button(call, paper).await,
        Tap::Sign(paper) => commands::sign_by_button(call, paper).await,
        Tap::Publish(paper, chat) => commands::publish_by_button(call, paper, chat).await,
        Tap::Arrange(paper, kind, agreed) => commands::arrange_by_button(call, paper, kind, agreed).await,
        _ => Err(Trouble::refused(refusal::stale_button())),
    }
}

/// A tap says what a person would have written.
async fn say(call: &mut Call<'_>, card: CardId, text: String) -> Answer {
    let words = tapped(call, card, text);
    say_words(call, &words).await
}

fn tapped(call: &Call<'_>, card: CardId, text: String) -> Words {
    Words { text, card: Some((card, part_of(call, card))), ..Words::default() }
}

async fn say_words(call: &mut Call<'_>, words: &Words) -> Answer {
    let speaker = Speaker::of(call.asker);
    let nothing = || Trouble::refused(refusal::stale_button());
    reporting::hear(call, &speaker, words).await?.ok_or_else(nothing)
}

/// A claim, and below it the offer to add a word or a file.
async fn done(call: &mut Call<'_>, card: CardId, task: TaskNo) -> Answer {
    let spoken = say(call, card, format!("#{task} 已办结")).await?;
    if !has_recorded(call).await? {
        return Ok(spoken);
    }
    expect(call, card, task, Asks::Finish).await?;
    Ok(menu::may_add(spoken))
}

/// A hurdle of the list, and below it the question who shall help.
async fn stuck_on(call: &mut Call<'_>, card: CardId, task: TaskNo, hurdle: u8) -> Answer {
    let hurdle = menu::hurdle(hurdle).ok_or_else(|| Trouble::refused(refusal::stale_button()))?;
    let words = tapped(call, card, hurdle.to_owned());
    let words = Words { asked: Some(Asks::Hurdle), task: Some(task), ..words };
    let spoken = say_words(call, &words).await?;
    if !has_recorded(call).await? {
        return Ok(spoken);
    }
    expect(call, card, task, Asks::Helper).await?;
    Ok(menu::who_helps(spoken))
}

/// Whether the tap in hand has recorded anything; it may have been asked back instead.
async fn has_recorded(call: &mut Call<'_>) -> Result<bool, Trouble> {
    match call.cause.inbox {
        Some(inbox) => Ok(!reports::from_event(call.conn, inbox).await?.is_empty()),
        None => Ok(false),
    }
}

async fn expect(call: &mut Call<'_>, card: CardId, task: TaskNo, asks: Asks) -> Result<(), Trouble> {
    let part = part_of(call, card);
    line::expect(call, &Awaited { asks, task, card: Some((card, part)) }).await
}

/// The next workdays, to choose from.
fn days_ahead(call: &Call<'_>) -> Vec<NaiveDate> {
    let today = call.now.today();
    (1..=DAYS_AHEAD).map(|n| call.settings.calendar.add(today, n)).collect()
}

fn promise(task: TaskNo, day: NaiveDate) -> String {
    format!("#{task} 知道了,{}年{}月{}日报", day.year(), day.month(), day.day())
}

/// Which message of the card was tapped; `None` where it was a menu, which knows the card but not the message.
fn part_of(call: &Call<'_>, card: CardId) -> Option<i64> {
    let about = call.heard.about.as_ref().and_then(|about| about.card);
    about.filter(|(on, _)| *on == card).map(|(_, part)| part)
}

/// The title of an item on a card, if the tapper has a stake in it.
async fn own_title(call: &mut Call<'_>, card: CardId, task: TaskNo) -> Result<String, Trouble> {
    let speaker = Speaker::of(call.asker);
    let part = part_of(call, card);
    let owed = filings::on_card(call.conn, card, part).await?;
    let mine = owed.into_iter().find(|owed| owed.task == task && speaker.owners.contains(&owed.filing.owner));
    mine.map(|owed| owed.title).ok_or_else(|| Trouble::refused(refusal::not_yours(task)))
}

/// 其余无变化: everything on the message that is still open, the tapper's, and not spoken of since the card was made.
pub(super) async fn rest_unchanged(call: &mut Call<'_>, card: CardId) -> Answer {
    let speaker = Speaker::of(call.asker);
    let part = part_of(call, card);
    let today = call.now.today();
    let items = match cards::load(call.conn, card, part.unwrap_or(1)).await? {
        Some(loaded) => loaded.card.items,
        None => Vec::new(),
    };
    let numbers: BTreeSet<TaskNo> = items
        .into_iter()
        .filter(|item| part.is_none_or(|part| item.part == part))
        .filter(|item| speaker.owners.contains(&item.filing.owner) && item.still_holds(today))
        .map(|item| item.task)
        .collect();
    if numbers.is_empty() {
        return Err(Trouble::refused(refusal::nothing_left()));
    }
    let lines: Vec<String> = numbers.iter().map(|task| format!("#{task} 无变化")).collect();
    let spoken: Spoken = say(call, card, lines.join("\n")).await?;
    Ok(spoken)
}
