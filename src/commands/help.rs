//! `help`: what can be said, for the role of whoever asks.

use futures::future::BoxFuture;

use crate::commands::{ALL, Call, Command, Outcome, may};
use crate::domain::people::Role;
use crate::wording::{Spoken, help as wording};

/// Lists what the asker may say.
pub struct Help;

impl Command for Help {
    fn name(&self) -> &'static str {
        "help"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["帮助"]
    }
    fn usage(&self) -> &'static str {
        "帮助 [指令]"
    }
    fn help(&self) -> &'static str {
        "看能说什么"
    }
    fn example(&self) -> &'static str {
        "帮助"
    }
    fn who(&self) -> &'static [Role] {
        &[]
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if call.asker.is_stranger() {
                return Ok(Spoken::text(crate::wording::refusal::stranger()));
            }
            let word = rest.trim().trim_start_matches('/');
            if let Some(one) = ALL.iter().find(|one| one.name() == word || one.chinese().contains(&word))
                && may(call.asker, *one)
            {
                return Ok(Spoken::text(wording::how_to(one.usage(), one.help(), one.example())));
            }
            let reports = !call.asker.units.is_empty() || !call.asker.teams.is_empty();
            let all: Vec<(&str, &str)> = ALL
                .iter()
                .filter(|one| may(call.asker, **one))
                .filter_map(|one| Some((*one.chinese().first()?, one.help())))
                .collect();
            let text = wording::help(reports, &all);
            Ok(Spoken::text(text.trim_end()))
        })
    }
}
