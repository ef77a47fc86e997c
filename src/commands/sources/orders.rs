//! `instruct`, `add`, `inspect` and `decide`: whoever ordered it stands first, then the matter, the units and the term.

use futures::future::BoxFuture;

use crate::commands::sources::{From, add, read};
use crate::commands::{Call, Command, OFFICE, Outcome, Trouble};
use crate::domain::origin::Source;
use crate::domain::people::Role;
use crate::store::origins;
use crate::wording::sources as wording;
use crate::wording::{Spoken, refusal};

/// An order in one line.
pub struct Single {
    source: Source,
    name: &'static str,
    chinese: &'static [&'static str],
    usage: &'static str,
    help: &'static str,
    example: &'static str,
}

/// A leader's written order (DOMAIN mechanism 53).
pub static INSTRUCT: Single = Single {
    source: Source::Instruction,
    name: "instruct",
    chinese: &["签批", "批示"],
    usage: "签批 谁 [期限] 主办单位 何事",
    help: "领导签批件立项,办结自动回呈;只写“签批”看清单",
    example: "签批 县长 7月15日前 县住建局 解决幸福小区供热问题",
};

/// What is given out otherwise (DOMAIN mechanism 41): its source is a must.
pub static ADD: Single = Single {
    source: Source::Assigned,
    name: "add",
    chinese: &["交办"],
    usage: "交办 来源 [期限] 主办单位 何事",
    help: "临时交办立项,要写来源;只写“交办”看清单",
    example: "交办 县委 7月20日前 县农业农村局 核实秸秆离田面积",
};

/// What an inspection found (DOMAIN mechanism 61).
pub static INSPECT: Single = Single {
    source: Source::Inspection,
    name: "inspect",
    chinese: &["暗访", "明查暗访"],
    usage: "暗访 谁发现 [期限] 责任单位 什么问题",
    help: "明查暗访发现的问题转整改,回访合格才销号;只写“暗访”看清单",
    example: "暗访 特约监察员 7月8日前 县人社局 窗口午间无人值守",
};

impl Command for Single {
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
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let rest = rest.trim();
            if rest.is_empty() {
                let mut all = origins::of_source(call.conn, self.source, None).await?;
                all.retain(|one| call.may_tell(one.confidential));
                return Ok(Spoken::text(wording::list(self.source, &all)));
            }
            let Some((whom, order)) = rest.split_once(|c: char| c.is_whitespace() || ",:".contains(c)) else {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            };
            let order = read(call, order).await?;
            let from = From { source: self.source, by_whom: whom, parent: None };
            Ok(Spoken::text(add(call, &from, &order).await?.1))
        })
    }
}

/// Decisions of a meeting, a line each (DOMAIN mechanism 65).
pub struct Decide;

impl Command for Decide {
    fn name(&self) -> &'static str {
        "decide"
    }
    fn chinese(&self) -> &'static [&'static str] {
        &["议定"]
    }
    fn usage(&self) -> &'static str {
        "议定 什么会;主办单位 [期限] 何事;…(也可一行一件)"
    }
    fn help(&self) -> &'static str {
        "会上定的事一行一件立项,下次周会先问;只写“议定”看清单"
    }
    fn example(&self) -> &'static str {
        "议定 周例会;县住建局 7月10日前 修好二号泵站;县财政局 7月15日前 拨付配套资金"
    }
    fn who(&self) -> &'static [Role] {
        OFFICE
    }
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome> {
        Box::pin(async move {
            let mut lines = rest.split(['\n', ';']).map(str::trim).filter(|line| !line.is_empty());
            let Some(meeting) = lines.next() else {
                let mut all = origins::of_source(call.conn, Source::Decision, None).await?;
                all.retain(|one| call.may_tell(one.confidential));
                return Ok(Spoken::text(wording::list(Source::Decision, &all)));
            };
            let from = From { source: Source::Decision, by_whom: meeting, parent: None };
            let mut orders = Vec::new();
            for line in lines {
                // A number at the start only counts the lines.
                let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || ".、)( ".contains(c));
                orders.push(read(call, line).await?);
            }
            if orders.is_empty() {
                return Err(Trouble::refused(refusal::usage(self.usage(), self.example())));
            }
            // All of them or none: a line that is not understood is mended, and the whole said again.
            let mut said = Vec::new();
            for order in &orders {
                said.push(add(call, &from, order).await?.1);
            }
            Ok(Spoken::text(said.join("\n")))
        })
    }
}
