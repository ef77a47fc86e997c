//! Recording what was said on one filing: its new standing, the report, and what the office has to decide.

use chrono::TimeDelta;
use serde_json::json;

use crate::commands::reporting::{Made, Speaker, Words, files};
use crate::commands::{Call, Trouble};
use crate::domain::filing::{FilingState, Standing};
use crate::domain::reason::Reason;
use crate::domain::review::{self, Said, Status};
use crate::reply;
use crate::store::filings::{self, Owed};
use crate::store::reports::{self, Source};
use crate::wording::heard::Recorded;
use crate::wording::refusal;

/// Workdays beyond the term that an acknowledgement with a day buys at most.
const REST_MAX_WORKDAYS: i64 = 5;
/// How soon the same words from the same person are the same report.
const SAME: TimeDelta = TimeDelta::hours(24);

/// Records a report on one filing, as it stands by now: two clauses of one message may be about the same. True if that
/// settled something that is owed once.
pub(super) async fn record(
    call: &mut Call<'_>,
    (speaker, words): (&Speaker, &Words),
    owed: &Owed,
    said: &Said,
    made: &mut Made,
) -> Result<bool, Trouble> {
    // Nothing was written since it was read, unless an earlier clause was recorded.
    let unchanged = made.recorded.is_empty() && made.filed.is_empty();
    let read = if unchanged { Some(owed.clone()) } else { filings::get(call.conn, owed.filing.id).await? };
    let Some(owed) = read else {
        return Ok(false);
    };
    if let Some(report) = said_before(call, speaker, &owed, said).await? {
        if words.files.is_empty() {
            made.repeat(owed.task);
        } else {
            // Whoever was asked for proof says the same words below it.
            files::attach(call, (speaker, words), (&owed, Some(report))).await?;
            made.file(owed.task);
        }
        return Ok(false);
    }
    let said = &undone_stays_undone(&owed, rest_within_term(call, &owed, said));
    let after = match review::hear(&owed.filing, said, call.now.at()) {
        Ok(after) => after,
        Err(refusal) => {
            made.refused.push(refusal::refused(owed.task, refusal));
            return Ok(false);
        }
    };
    let what = match said.status {
        Status::Done if after.state == FilingState::Claimed => "claimed",
        Status::Ack => "acknowledged",
        _ => "reported",
    };
    call.change(&owed, &after, (what, json!({ "text": said.text, "status": said.status.as_str() }))).await?;
    let versions = (&owed.filing.standing, owed.filing.version + 1);
    let source = source_of(call, speaker, words);
    let report = reports::add(call.conn, owed.filing.id, said, &source, versions, call.now.at()).await?;
    files::attach(call, (speaker, words), (&owed, Some(report))).await?;
    let was_claimed = owed.filing.standing.state == FilingState::Claimed;
    if what == "claimed" && !was_claimed {
        call.ask_office(&owed, &after, Reason::Claimed).await?;
    }
    if said.status == Status::Extend && after.asked_due.is_some() {
        call.ask_office(&owed, &after, Reason::ExtensionAsked).await?;
    }
    let settles = after.state == FilingState::Accepted && !owed.filing.is_recurring();
    read_back(made, &owed, said, after, call.may_tell(owed.confidential));
    Ok(settles)
}

/// The last report, where it was of these words, from the same person, and nothing has come since.
async fn said_before(
    call: &mut Call<'_>,
    speaker: &Speaker,
    owed: &Owed,
    said: &Said,
) -> sqlx::Result<Option<i64>> {
    let Some(last) = reports::newest_on(call.conn, owed.filing.id).await? else {
        return Ok(None);
    };
    let recent = call.now.at() - last.recorded_at < SAME;
    let same = last.text == said.text && last.account == speaker.account.or(speaker.entered_by);
    Ok((recent && same && last.version_after == owed.filing.version).then_some(last.id))
}

/// For a round's act (a meeting, a lecture) words that deny it or put it off are no sign that it took place.
fn undone_stays_undone(owed: &Owed, said: Said) -> Said {
    let act = owed.filing.is_recurring() && !owed.filing.progress && !owed.filing.reviewed;
    let doubtful = said.status == Status::OnTrack && reply::puts_off(&said.text);
    if act && doubtful { Said { status: Status::NotStarted, ..said } } else { said }
}

/// An acknowledgement buys rest until the day promised, but no more than a week beyond the term: it is no extension.
fn rest_within_term(call: &Call<'_>, owed: &Owed, said: &Said) -> Said {
    let latest = |due| call.settings.calendar.add(call.now.today().max(due), REST_MAX_WORKDAYS);
    let until = match (said.until, owed.filing.standing.due_on) {
        (Some(until), Some(due)) => Some(until.min(latest(due))),
        (until, _) => until,
    };
    Said { until, ..said.clone() }
}

/// One line an item: that of the work itself rather than of the progress ask beside it.
fn read_back(made: &mut Made, owed: &Owed, said: &Said, after: Standing, told: bool) {
    let known = made.recorded.iter().position(|one| one.task == owed.task && one.said.text == said.text);
    if known.is_some() && owed.filing.progress {
        return;
    }
    let duty = (said.status == Status::Done && owed.duties > 1 && told).then(|| owed.duty_text.clone());
    let before = owed.filing.standing.clone();
    let line = Recorded { task: owed.task, duty, said: said.clone(), before, after };
    match known {
        Some(place) => made.recorded[place] = line,
        None => made.recorded.push(line),
    }
}

fn source_of(call: &Call<'_>, speaker: &Speaker, words: &Words) -> Source {
    let message = Some(call.heard.message.clone()).filter(|message| !message.is_empty());
    Source {
        account: speaker.account,
        entered_by: speaker.entered_by,
        inbox: call.cause.inbox,
        message: words.message.clone().or(message).map(|message| (call.chat.id, message)),
        happened_at: call.heard.said_at,
    }
}
