//! Joining and leaving in words: who says who they are, invitations, pages on paper, numbers, and groups that come and go.

use chrono::NaiveDate;

use crate::wording::people::ALL_NAMES;
use crate::wording::{day, names};

/// Somebody says who they are; asked of the office.
pub fn claimed(name: &str, title: &str, chat: &str, held: bool) -> String {
    let held = if held {
        format!("\n{title}已经有人绑定;同意后两人都算,换人请发:接任 {title} 姓名")
    } else {
        String::new()
    };
    format!("“{chat}”里的{name}说自己是{title},请核实。{held}")
}

/// The claim was passed on.
pub fn claim_asked(title: &str) -> String {
    format!("已请督查室确认:{title}。确认后就绑定好了。")
}

/// The same claim waits already.
pub fn claim_waits(title: &str) -> String {
    format!("已经在等督查室确认:{title}。")
}

/// There is nothing to claim.
pub fn bound_already(title: &str) -> String {
    format!("您已经绑定了:{title}。")
}

/// Told where the claim was made.
pub fn claim_agreed(name: &str, told: &str) -> String {
    format!("{name},{told}要在私信里也收到提醒,请点机器人头像发一句话。")
}

/// What the office decided.
pub fn claim_decided(name: &str, title: &str, agreed: bool) -> String {
    if agreed {
        format!("已绑定 ✓ {name}:{title}。")
    } else {
        format!("已记下:{name}不是{title},没有绑定。")
    }
}

/// Nothing is open for those who were asked about.
pub fn nothing_for_paper() -> String {
    "没有在办的事项,不用打印。".to_owned()
}

/// The pages on paper are made.
pub fn paper_made(pages: usize) -> String {
    format!("一页纸,共{pages}页,打印后送本人。交回或电话说的,这样录入:代报 单位 编号 情况")
}

/// Everything and everybody is bound.
pub fn all_bound() -> String {
    "该绑定的都绑定了。".to_owned()
}

/// The sheet of invitations is made.
pub fn sheet_made(codes: usize, until: NaiveDate) -> String {
    format!("邀请表,{codes}个码,{}前有效,每个用一次。打印后裁开,当面交给本人,不要发到群里。", day(until))
}

/// What stands above the sheet.
pub fn sheet_heading(until: NaiveDate) -> String {
    format!("督办机器人邀请表({}前有效,每码用一次,当面交给本人)", day(until))
}

/// How one invitation is used.
pub fn how_to_use(for_group: bool, has_link: bool) -> String {
    match (for_group, has_link) {
        (true, true) => "扫码选群,或在群里发:绑定 码",
        (true, false) => "在要绑定的群里发:绑定 码",
        (false, true) => "扫码,或私聊机器人发:绑定 码",
        (false, false) => "私聊机器人发:绑定 码",
    }
    .to_owned()
}

/// An invitation with the address that takes the code straight to the bot.
pub fn with_link(said: String, link: Option<&str>) -> String {
    match link {
        Some(link) => format!("{said}\n或点开:{link}"),
        None => said,
    }
}

/// Told to a group that another one takes the place of.
pub fn group_replaced(title: &str) -> String {
    format!("本群的督办提醒改到“{title}”。一事不建两个群:本群没有别的用处的话,可以解散。")
}

/// Said in the new one.
pub fn replaces_group(title: &str) -> String {
    format!("\n原来的“{title}”不再收提醒;一事不建两个群,没有别的用处的话请解散。")
}

/// Told to the office at a plan's end.
pub fn plan_ended(title: &str, ends: NaiveDate, (closed, running): (i64, i64), groups: &[String]) -> String {
    let year = ends.format("%Y");
    let mut text = format!(
        "【行动结束】《{title}》到{}为止。已销号{closed}项,还有{running}项在办:逐项销号、转下年,或作废。\n归档:duban export ledger --period {year} --out 台账.xlsx(填报、核验、经过都在里面)",
        day(ends)
    );
    if !groups.is_empty() {
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        text.push_str(&format!("\n以下群没有别的督办事项了,归档后可以解散:{}", names(&groups, ALL_NAMES)));
    }
    text
}

/// Told to a group that no plan needs any more.
pub fn group_can_go(title: &str) -> String {
    format!("《{title}》到期了,本群不再有督办事项。需要的材料请自行留存,没有别的用处的话,本群可以解散。")
}

/// Telephone numbers were kept.
pub fn phones_kept(count: usize, key: &str) -> String {
    format!("已存{count}个电话,加密保存。密钥在 {key}:请另行备份,丢了就打不开;不要和数据库放在一起外传。")
}

/// The list to be published was written.
pub fn phones_published(count: usize, path: &str) -> String {
    format!("已写入 {path}:{count}个要公布的电话(草稿,签发后才能公布)。")
}
