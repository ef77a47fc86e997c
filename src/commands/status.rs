//! `status`: the self-check in a few lines.

use chrono::Datelike as _;
use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, READERS};
use crate::domain::people::Role;
use crate::store::{inbox, letters, people, plans};
use crate::wording::Spoken;
use crate::wording::command::{self, StatusLine};

/// Checks itself.
pub struct Status;

impl Command for Status {
    fn name(&self) -> &'static str {
        "status"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["自检"]
    }
    fn usage(&self) -> &'static str {
        "自检"
    }
    fn help(&self) -> &'static str {
        "看机器人自己是否正常、还有谁没绑定"
    }
    fn example(&self) -> &'static str {
        "自检"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let counts = plans::counts(call.conn).await?;
            let midnight = call.now.instant_of(call.now.today().and_time(chrono::NaiveTime::MIN));
            let letters = letters::counts(call.conn, midnight).await?;
            let (_, failed) = inbox::counts(call.conn).await?;
            let line = StatusLine {
                now: call.now.local(),
                tasks: (counts.running, counts.draft, counts.closed),
                held: counts.held,
                letters: (letters.sent, letters.pending, letters.to_look_at()),
                failed,
                unbound: (
                    people::unbound_posts(call.conn).await?.len(),
                    people::unreachable_units(call.conn).await?.len(),
                ),
                provisional: call.settings.calendar.is_provisional(call.now.today().year()),
            };
            Ok(Spoken::text(command::status(&line)))
        })
    }
}
