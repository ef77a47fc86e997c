//! `sum_up` (汇总): the quarter's report, put together from the months that were reported.

use futures::future::BoxFuture;

use crate::commands::{Call, Command, HOLDERS, Outcome, args, reporting};
use crate::domain::people::Role;

/// Shows the drafts.
pub struct SumUp;

impl Command for SumUp {
    fn name(&self) -> &'static str {
        "sum_up"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["汇总", "季汇总"]
    }
    fn usage(&self) -> &'static str {
        "汇总 [编号]"
    }
    fn help(&self) -> &'static str {
        "用已报的各月拼出本季汇总,看过点一下就报"
    }
    fn example(&self) -> &'static str {
        "汇总 7"
    }
    fn who(&self) -> &'static [Role] {
        HOLDERS
    }
    fn takes(&self, rest: &str) -> bool {
        rest.is_ascii()
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, _) = args::items_of(call, rest).await?;
            reporting::sum_up(call, items.first().map(|item| item.task)).await
        })
    }
}
