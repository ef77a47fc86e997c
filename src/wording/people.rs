//! People and posts in words: who takes over, who is away, who stands in.

use chrono::NaiveDate;

use crate::domain::brief::Scope;
use crate::domain::now::Now;
use crate::domain::people::TeamCard;
use crate::domain::tenure::{Handover, HandoverState, Held, Leave, LeaveState};
use crate::domain::vacancy::{NobodyHome, Vacancy};
use crate::wording::card::brief;
use crate::wording::{day, day_seen_from, names};

/// Names in a line of the weekly list, and where somebody asks for all.
const NAMES: usize = 12;
/// See [`NAMES`].
pub(super) const ALL_NAMES: usize = 80;
/// Leaves in a list.
const LEAVES: usize = 20;

/// A post changes hands. `code` is for a successor whom nobody has bound yet; `stands_in` says who hears meanwhile where
/// the post falls vacant: somebody, or nobody.
pub fn handed_over(
    made: &Handover,
    code: Option<(String, NaiveDate)>,
    stands_in: Option<Option<String>>,
    today: NaiveDate,
) -> String {
    let from = day_seen_from(made.starts_on, today);
    let mut text = match &made.name {
        Some(name) => format!("已定 ✓ {}:{from}起由{name}接任。", made.title),
        None => format!("已定 ✓ {}:{from}起空缺。", made.title),
    };
    text.push_str("以前的填报和处理仍记原任名下。");
    match stands_in {
        Some(Some(deputy)) => text.push_str(&format!("\n补人前由{deputy}接收,每周列进“无人”清单。")),
        Some(None) => text.push_str("\n补人前没有人接收,找负责人的事先到督查室,每周列进“无人”清单。"),
        None => {}
    }
    match (&made.name, code) {
        (Some(name), Some((code, until))) => text.push_str(&format!(
            "\n{name}还没有绑定:绑定码 {code},用一次,{}前有效,请本人私聊机器人发:绑定 {code}。绑定后自动收到交接包。",
            day(until)
        )),
        (Some(name), None) if made.state == HandoverState::Planned && made.starts_on > today => {
            text.push_str(&format!("\n到时交接包私发给{name}。"));
        }
        (Some(name), None) => text.push_str(&format!("\n交接包随下一张卡私发给{name}。")),
        (None, _) => {}
    }
    text.push_str("\n单位群里的人员进出,请在平台上另行调整。");
    text
}

/// A successor has bound the account.
pub fn welcome(handover: &Handover) -> String {
    match handover.state {
        HandoverState::Planned => {
            format!("登记好了:{}起任{},到时给您发交接包。", day(handover.starts_on), handover.title)
        }
        _ => format!(
            "绑定好了:{}。交接包(在办、逾期、接着要报的)随下一张卡发给您。发“帮助”看说明。",
            handover.title
        ),
    }
}

/// Several people are called so.
pub fn several_called(name: &str, count: usize) -> String {
    format!("叫“{name}”的已绑定人员有{count}个,分不清是哪位。请换一个写法,比如加上原单位,绑定后再核对。")
}

/// A hand-over was taken back.
pub fn handover_undone(title: &str) -> String {
    format!("已撤销:{title}的接任不算,恢复原任。")
}

/// Everybody who held a post, and who is to come.
pub fn holders(title: &str, held: &[Held], planned: Option<&Handover>, now: &Now) -> String {
    let mut text = format!("{title} 历任:");
    for one in held {
        let shown = |at| day_seen_from(now.date_of(at), now.today());
        let span = match one.ends {
            Some(ends) => format!("{}—{}", shown(one.starts), shown(ends)),
            None => format!("{}起", shown(one.starts)),
        };
        let note = match (one.stands_in, one.away && one.ends.is_none()) {
            (true, _) => "(代理)",
            (_, true) => "(请假)",
            _ => "",
        };
        text.push_str(&format!("\n  {}{note} {span}", one.name));
    }
    if held.is_empty() {
        text.push_str("\n  还没有人绑定过");
    }
    if let Some(next) = planned {
        let who = next.name.as_deref().unwrap_or("空缺");
        text.push_str(&format!("\n  {}起:{who}", day_seen_from(next.starts_on, now.today())));
    }
    text
}

fn span(leave: &Leave, today: NaiveDate) -> String {
    let (from, until) = leave.days;
    if from == until {
        return day_seen_from(from, today);
    }
    format!("{}到{}", day_seen_from(from, today), day_seen_from(until, today))
}

/// A leave was noted.
pub fn leave_noted(leave: &Leave, today: NaiveDate) -> String {
    let meanwhile = match &leave.deputy {
        Some((_, deputy)) => format!("期间由{deputy}代理,提醒和催办发给代理人。"),
        None => "没有写代理人:期间先找本单位其他负责人和联络员,都不在的到督查室。".to_owned(),
    };
    format!("已登记 ✓ {} {}请假。{meanwhile}提前回来发:销假 {}", leave.title, span(leave, today), leave.title)
}

/// Told to whoever stands in.
pub fn you_stand_in(leave: &Leave, today: NaiveDate) -> String {
    format!("{}{}由您代理:期间的提醒和催办发给您,您可以直接回复填报。", span(leave, today), leave.title)
}

/// Nobody may send others on leave.
pub fn own_leave_only() -> String {
    "只能登记自己的请假;联络员可以替本单位领导登记,其他的请督查室登记。".to_owned()
}

/// Several persons hold the post.
pub fn several_on_post(title: &str, count: usize) -> String {
    format!("{title}绑定了{count}个人,请本人来登记。")
}

/// The days make no sense.
pub fn leave_days_wrong() -> String {
    "请假的日期要从今天以后结束,最长一年。比如:请假 县发改局局长 6月28日-7月5日 县发改局联络员".to_owned()
}

/// Nobody stands in for oneself.
pub fn deputy_is_oneself() -> String {
    "代理的岗位就是请假的人自己,请换一位。".to_owned()
}

/// The person is away on some of these days already.
pub fn away_already(title: &str) -> String {
    format!("{title}这几天已经登记过请假。要改先发:销假 {title}")
}

/// The person is not away.
pub fn not_away(title: &str) -> String {
    format!("{title}没有登记请假。")
}

/// The person is back.
pub fn back(title: &str) -> String {
    format!("已销假 ✓ {title},代理到此为止。")
}

/// A leave was taken back.
pub fn leave_undone(title: &str) -> String {
    format!("已撤销:{title}的请假不算。")
}

/// Who is away and who will be.
pub fn leaves(all: &[Leave], today: NaiveDate) -> String {
    if all.is_empty() {
        return "没有登记的请假。".to_owned();
    }
    let mut text = "请假和代理:".to_owned();
    for leave in all.iter().take(LEAVES) {
        let state = if leave.state == LeaveState::Running { "在假" } else { "待请" };
        let deputy = leave.deputy.as_ref().map_or("没有代理人", |(_, deputy)| deputy.as_str());
        text.push_str(&format!("\n  {} {}({state}) · 代理:{deputy}", leave.title, span(leave, today)));
    }
    if all.len() > LEAVES {
        text.push_str(&format!("\n  ……共{}条", all.len()));
    }
    text
}

/// The whole list of where nobody is home.
pub fn nobody_home(home: &NobodyHome, today: NaiveDate) -> String {
    let mut text = "无人清单".to_owned();
    let before = text.len();
    text.push_str(&nobody_home_lines(home, today));
    if !home.unbound.is_empty() {
        let posts: Vec<&str> = home.unbound.iter().map(String::as_str).collect();
        text.push_str(&format!(
            "\n◆ 没有绑定的岗位 {}个:{}\n   发“邀请 岗位”单个发码,“邀请 全部”打印一张总表",
            posts.len(),
            names(&posts, ALL_NAMES)
        ));
    }
    if !home.via_office.is_empty() {
        let units: Vec<&str> = home.via_office.iter().map(String::as_str).collect();
        text.push_str(&format!("\n◆ 经督查室转达(党群、垂管、企业):{}", names(&units, ALL_NAMES)));
    }
    if text.len() == before {
        text.push_str(":每个岗位都有人,都联系得上。");
    }
    text
}

/// The part of it that the weekly meeting looks at.
pub fn nobody_home_lines(home: &NobodyHome, today: NaiveDate) -> String {
    let mut text = String::new();
    if !home.vacant.is_empty() {
        let shown: Vec<String> = home.vacant.iter().map(vacancy).collect();
        text.push_str(&format!("\n◆ 岗位空缺:{}", shown.join("、")));
    }
    if !home.away.is_empty() {
        let away = |leave: &Leave| format!("{}(到{})", leave.title, day_seen_from(leave.days.1, today));
        let shown: Vec<String> = home.away.iter().map(away).collect();
        text.push_str(&format!("\n◆ 请假没有代理人:{}", shown.join("、")));
    }
    if !home.unreachable.is_empty() {
        let units: Vec<&str> = home.unreachable.iter().map(String::as_str).collect();
        text.push_str(&format!("\n◆ 联系不上(没有绑定群和人):{}", names(&units, NAMES)));
    }
    text
}

fn vacancy(vacancy: &Vacancy) -> String {
    let mut notes: Vec<String> = vacancy.stands_in.iter().map(|deputy| format!("由{deputy}代")).collect();
    notes.extend((vacancy.items > 0).then(|| format!("挂着{}项", vacancy.items)));
    if notes.is_empty() { vacancy.title.clone() } else { format!("{}({})", vacancy.title, notes.join(",")) }
}

/// What the check-up says of it, beside who is not bound.
pub fn nobody_home_findings(home: &NobodyHome) -> Vec<String> {
    let vacant: Vec<String> = home.vacant.iter().map(vacancy).collect();
    let away: Vec<&str> = home.away.iter().map(|leave| leave.title.as_str()).collect();
    let mut found = Vec::new();
    if !vacant.is_empty() {
        found.push(format!("人员:空缺的岗位{}个:{}", vacant.len(), vacant.join("、")));
    }
    if !away.is_empty() {
        found.push(format!("人员:请假没有代理人的{}个:{}", away.len(), away.join("、")));
    }
    found
}

/// Every work group in a line.
pub fn teams(all: &[TeamCard]) -> String {
    let mut text = format!("工作组 {}个:", all.len());
    for team in all {
        text.push_str(&format!(
            "\n  {} · 组长:{} · 成员{}位",
            team.short,
            head_of(team),
            team.deputies.len()
        ));
    }
    text.push_str("\n看一个组:组 财税组");
    text
}

fn head_of(team: &TeamCard) -> String {
    match &team.head {
        Some((title, true)) => format!("{title}(空缺)"),
        Some((title, false)) => title.clone(),
        None => "没有写".to_owned(),
    }
}

/// One work group: who is in it, and how its items stand for those who may know.
pub fn team(team: &TeamCard, scope: Option<&Scope>, today: NaiveDate) -> String {
    let member = |(title, vacant, bound): &(String, bool, bool)| match (vacant, bound) {
        (true, _) => format!("{title}(空缺)"),
        (_, false) => format!("{title}(未绑定)"),
        _ => title.clone(),
    };
    let members: Vec<String> = team.deputies.iter().map(member).collect();
    let mut text = format!("{}\n组长:{}\n副组长:{}", team.name, head_of(team), members.join("、"));
    if let Some(scope) = scope {
        text.push_str(&format!("\n{}", brief::scope(scope, today)));
        text.push_str(&format!("\n全部事项发:清单 {}", team.short));
    }
    text
}

/// A remit was set.
pub fn remit_set(title: &str, units: &[String]) -> String {
    if units.is_empty() {
        return format!("已取消 ✓ {title}没有分管单位了。");
    }
    format!("已定 ✓ {title}分管:{}。每周一随例会议题给{title}发一张只读汇总,不用填报。", units.join("、"))
}

/// Only county leaders have remits.
pub fn remit_of_county_only(title: &str) -> String {
    format!("{title}不是县领导岗位,不设分管。")
}

/// Every remit.
pub fn remits(all: &[(String, Vec<String>)]) -> String {
    if all.is_empty() {
        return "还没有定分管。比如:分管 县长 县财政局 县审计局".to_owned();
    }
    let lines: Vec<String> =
        all.iter().map(|(title, units)| format!("\n  {title}:{}", units.join("、"))).collect();
    format!("分管(战线):{}", lines.concat())
}
