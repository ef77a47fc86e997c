//! `package`: a big project's leader and crew (一项目一领导一专班, DOMAIN mechanism 34), and what is missing.

use futures::future::BoxFuture;

use crate::commands::{Call, Command, OFFICE, Outcome, Trouble, args};
use crate::domain::origin::Package as Row;
use crate::domain::people::Role;
use crate::store::packages;
use crate::wording::registers as wording;
use crate::wording::{Spoken, refusal};

/// Registers a project, names its leader and crew, lists what is missing.
pub struct Package;

impl Command for Package {
    fn name(&self) -> &'static str {
        "package"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["包保"]
    }
    fn usage(&self) -> &'static str {
        "包保 编号 项目 [领导:岗位] [专班:联络岗位]"
    }
    fn help(&self) -> &'static str {
        "一项目一领导一专班:登记包保,缺的列出来"
    }
    fn example(&self) -> &'static str {
        "包保 5 粮食物流园 领导:分管副县长 专班:县粮食局联络员"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let (items, rest) = args::items_of(call, rest).await?;
            if rest.is_empty() {
                return Ok(Spoken::text(wording::packages(&packages::all(call.conn).await?)));
            }
            let usage = || Trouble::refused(refusal::usage(self.usage(), self.example()));
            let [item] = items.as_slice() else { return Err(usage()) };
            let (mut project, mut leader, mut crew) = (Vec::new(), None, None);
            for word in
                rest.split(|c: char| c.is_whitespace() || ",;".contains(c)).filter(|word| !word.is_empty())
            {
                if let Some(post) = word.strip_prefix("领导:").or_else(|| word.strip_prefix("包保领导:"))
                {
                    leader = Some(post.to_owned());
                } else if let Some(post) = word.strip_prefix("专班:").or_else(|| word.strip_prefix("联络员:"))
                {
                    crew = Some(post.to_owned());
                } else {
                    project.push(word);
                }
            }
            if project.is_empty() {
                return Err(usage());
            }
            let row = Row { task: item.task, project: project.join(" "), leader, crew };
            let now = packages::put(call.conn, &row, call.cause).await?;
            Ok(Spoken::text(wording::package(&now)))
        })
    }
}
