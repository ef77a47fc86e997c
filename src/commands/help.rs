//! `help`: what can be said, for the role of whoever asks.

use futures::future::BoxFuture;

use crate::commands::{ALL, Call, Command, Outcome, may};
use crate::domain::people::Role;
use crate::wording::Spoken;

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
        "帮助"
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
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            if call.asker.is_stranger() {
                return Ok(Spoken::text(crate::wording::refusal::stranger()));
            }
            let mut text = String::new();
            if !call.asker.units.is_empty() || !call.asker.teams.is_empty() {
                text.push_str("报进展:回复提醒卡,或写“#12 完成60%”“#12 已办结”“#12 用地没批,请自然资源局协调”“#12 延到6月30日”。\n");
            }
            for command in ALL.iter().filter(|command| may(call.asker, **command)) {
                text.push_str(&format!(
                    "{} — {},如:{}\n",
                    command.usage(),
                    command.help(),
                    command.example()
                ));
            }
            Ok(Spoken::text(text.trim_end()))
        })
    }
}
