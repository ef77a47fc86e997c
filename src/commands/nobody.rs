//! `nobody` (无人): where nobody is home. Who is not bound is always to be seen.

use futures::future::BoxFuture;

use crate::commands::{Call, Command, Outcome, READERS};
use crate::domain::people::Role;
use crate::store::posts;
use crate::wording::{Spoken, people as wording};

/// Lists where nobody is home.
pub struct Nobody;

impl Command for Nobody {
    fn name(&self) -> &'static str {
        "nobody"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["无人"]
    }
    fn usage(&self) -> &'static str {
        "无人"
    }
    fn help(&self) -> &'static str {
        "看哪些岗位空缺、请假没人代、没绑定、联系不上"
    }
    fn example(&self) -> &'static str {
        "无人"
    }
    fn who(&self) -> &'static [Role] {
        READERS
    }
    fn takes(&self, rest: &str) -> bool {
        rest.is_empty()
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, _rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let home = posts::nobody_home(call.conn).await?;
            Ok(Spoken::text(wording::nobody_home(&home, call.now.today())))
        })
    }
}
