//! `spoken` and `talked`: what the head agreed to after a board was held (经验交流, 检讨式发言; 约谈 for the head alone, in private).
//! Without a number, what still waits.

use futures::future::BoxFuture;

use crate::commands::papers::{names_paper, office_only, paper_of};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble};
use crate::domain::paper::FollowUp;
use crate::domain::people::Role;
use crate::store::people;
use crate::store::signing::{self, Hold};
use crate::wording::{Spoken, follow as wording, refusal};

/// Marks as held.
pub struct Held {
    name: &'static str,
    chinese: &'static [&'static str],
    usage: &'static str,
    help: &'static str,
    example: &'static str,
    who: &'static [Role],
    kinds: &'static [FollowUp],
}

/// What was said before all.
pub const SPOKEN: Held = Held {
    name: "spoken",
    chinese: &["讲过"],
    usage: "讲过 文件编号 [单位]",
    help: "榜后的经验交流、检讨式发言已在会上讲过;不写编号就看还有谁没讲",
    example: "讲过 3 成富乡",
    who: OFFICE,
    kinds: &[FollowUp::Experience, FollowUp::SelfReview],
};

/// What was said in private.
pub const TALKED: Held = Held {
    name: "talked",
    chinese: &["谈过"],
    usage: "谈过 文件编号 [单位]",
    help: "负责人私下记约谈已谈过;不写编号就看还有几家没谈",
    example: "谈过 3",
    who: &[Role::Head],
    kinds: &[FollowUp::Talk],
};

impl Command for Held {
    fn name(&self) -> &'static str {
        self.name
    }
    fn chinese(&self) -> &'static [&'static str] {
        self.chinese
    }
    fn usage(&self) -> &'static str {
        self.usage
    }
    fn help(&self) -> &'static str {
        self.help
    }
    fn example(&self) -> &'static str {
        self.example
    }
    fn who(&self) -> &'static [Role] {
        self.who
    }
    fn takes(&self, rest: &str) -> bool {
        names_paper(rest)
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            office_only(call)?;
            let is_private = self.kinds.contains(&FollowUp::Talk);
            if is_private && call.chat.group {
                return Err(Trouble::refused(refusal::private_only()));
            }
            if rest.trim().is_empty() {
                let mut waiting = signing::waiting(call.conn).await?;
                waiting.retain(|one| self.kinds.contains(&one.kind));
                return Ok(Spoken::text(wording::waiting(&waiting)));
            }
            let (paper, name) = paper_of(call, rest).await?;
            let unit = match name {
                "" => None,
                name => {
                    let unknown = || Trouble::refused(crate::wording::command::nobody_called(name));
                    Some(people::unit_by_name(call.conn, name).await?.ok_or_else(unknown)?.id)
                }
            };
            let held = signing::hold(call.conn, &paper, Hold { kinds: self.kinds, unit }, call.cause).await?;
            if held.is_empty() {
                return Err(Trouble::refused(wording::nothing_waits(paper.id)));
            }
            Ok(Spoken::text(wording::held(&held)))
        })
    }
}
