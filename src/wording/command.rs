//! What commands answer.

use chrono::NaiveDate;

use crate::domain::ids::TaskNo;
use crate::wording::{day, day_seen_from, moment, names, short};

/// Names that are spelled out.
const NAMES: usize = 6;

fn listed(owners: &[String]) -> String {
    let owners: Vec<&str> = owners.iter().map(String::as_str).collect();
    names(&owners, NAMES)
}

/// The office closed what was claimed.
pub fn closed(task: TaskNo, title: &str, owners: &[String], whole: bool) -> String {
    let whole = if whole { ",本事项全部办结" } else { "" };
    if owners.is_empty() {
        return format!("已销号 ✓ #{task}{whole},例行的也不再问。");
    }
    format!("已销号 ✓ #{task} {title} · {}{whole}。", listed(owners))
}

/// Told to the owner: what you claimed was accepted.
pub fn your_claim_was_closed(task: TaskNo, title: &str, owner: &str, reason: &str) -> String {
    let reason = if reason.is_empty() { String::new() } else { format!("({})", short(reason, 60)) };
    format!("{owner}:#{task} {title} 已核验通过,销号了{reason}。辛苦。")
}

/// The office sent something back.
pub fn sent_back(task: TaskNo, owners: &[String], reason: &str) -> String {
    format!("已退回 #{task},已告知{}(原因:{})。", listed(owners), short(reason, 60))
}

/// Told to the owner: what you claimed was sent back.
pub fn your_claim_was_sent_back(task: TaskNo, title: &str, owner: &str, reason: &str) -> String {
    format!("{owner}:#{task} {title} 被退回,原因:{}。补齐后回复“#{task} 已办结”。", short(reason, 80))
}

/// Asks for the reason of a return, naming just what would be returned.
pub fn why_send_back(label: &str, owner: Option<&str>) -> String {
    let item = label.trim_start_matches('#');
    let owner = owner.map(|owner| format!("{owner} ")).unwrap_or_default();
    format!("退回要写原因。回复本条写原因就行,或者发:退回 {item} {owner}缺验收单")
}

/// The office granted more time.
pub fn extended(task: TaskNo, owners: &[String], to: NaiveDate, today: NaiveDate) -> String {
    format!("已延期 ✓ #{task} 到{} · {}。", day_seen_from(to, today), listed(owners))
}

/// Told to the owner: you have more time.
pub fn your_term_was_extended(
    task: TaskNo,
    title: &str,
    owner: &str,
    to: NaiveDate,
    today: NaiveDate,
) -> String {
    format!("{owner}:#{task} {title} 的时限延到{}。", day_seen_from(to, today))
}

/// The office reminds by hand.
pub fn reminded(task: TaskNo, owners: &[String], now: bool) -> String {
    let when = if now { "马上发出" } else { "下一个工作日白天发出" };
    format!("已催办 #{task}:{},{when}。", listed(owners))
}

/// An order would touch many.
pub fn really_many(command: &str, tasks: &[TaskNo], touched: usize) -> String {
    const NUMBERS: usize = 8;
    let shown: Vec<String> = tasks.iter().take(NUMBERS).map(|task| format!("#{task}")).collect();
    let more = if tasks.len() > NUMBERS { format!("等{}项", tasks.len()) } else { String::new() };
    format!("{command} {}{more},共涉及{touched}家次。确认就点下面,不点不办。", shown.join(" "))
}

/// Everybody who was asked and has not answered was reminded.
pub fn reminded_all(items: usize, owners: &[String], now: bool) -> String {
    let when = if now { "马上发出" } else { "下一个工作日白天发出" };
    format!("已催办 {items}项,{}家:{},{when}。", owners.len(), listed(owners))
}

/// Nobody was asked in vain.
pub fn nobody_silent() -> String {
    "问过的都报了,不用催。".to_owned()
}

/// The lead's opinion is kept for the office.
pub fn pre_reviewed(task: TaskNo, unit: &str) -> String {
    format!("已转督查室 ✓ #{task} {unit} 的预审意见,核验时会看到。销号由督查室定。")
}

/// There was nobody to remind.
pub fn nobody_owes(task: TaskNo) -> String {
    format!("#{task} 没有欠报的单位,不用催。")
}

/// A person was bound to a post.
pub fn bound_to_post(title: &str) -> String {
    format!("绑定好了:{title}。以后到期和例行的事项会在群里或这里提醒,回一句话就行。发“帮助”看说明。")
}

/// A person got a role.
pub fn bound_to_role(role: &str) -> String {
    format!("绑定好了:{role}。发“帮助”看能用的指令。")
}

/// A chat was bound.
pub fn bound_chat(serves: &str) -> String {
    format!("本群绑定好了:{serves}。以后这里收到提醒,回复卡片或写“#编号 情况”就行。")
}

/// A fresh invite code.
pub fn invite(code: &str, grants: &str, until: NaiveDate, in_group: bool) -> String {
    let place = if in_group {
        "在要绑定的群里"
    } else {
        "请本人在网页聊天室入口填,或私聊机器人"
    };
    format!("绑定码 {code},给{grants},用一次,{}前有效。{place}发:绑定 {code}", crate::wording::day(until))
}

/// A code would give a role that the asker may not give.
pub fn invite_above_role() -> String {
    "只有管理员能发这个角色的绑定码。".to_owned()
}

/// Nobody holds that post.
pub fn nobody_on_post(title: &str) -> String {
    format!("“{title}”还没有人绑定,先发邀请:邀请 {title}")
}

/// Nothing is called that.
pub fn nobody_called(name: &str) -> String {
    format!("没有叫“{}”的单位、岗位或工作组。", short(name, 20))
}

/// The self-check line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLine {
    /// Now, on the office's clock.
    pub now: chrono::NaiveDateTime,
    /// Running, parked and closed tasks.
    pub tasks: (i64, i64, i64),
    /// Duties that wait for the office.
    pub held: i64,
    /// Letters sent today, waiting and parked.
    pub letters: (i64, i64, i64),
    /// Events that failed.
    pub failed: i64,
    /// Posts nobody is bound to, and units that nothing reaches.
    pub unbound: (usize, usize),
    /// Whether this year's holidays are unknown.
    pub provisional: bool,
}

/// The self-check in a few lines.
pub fn status(line: &StatusLine) -> String {
    let mut text = format!(
        "{} 自检:在办{}项,待确认{}项,已销号{}项,待定时限{}条。\n今天已发{},待发{},要人看{};处理失败{}条。\n岗位未绑定{}个,完全联系不上的单位{}个(名单发“无人”)。",
        moment(line.now),
        line.tasks.0,
        line.tasks.1,
        line.tasks.2,
        line.held,
        line.letters.0,
        line.letters.1,
        line.letters.2,
        line.failed,
        line.unbound.0,
        line.unbound.1,
    );
    if line.provisional {
        text.push_str("\n今年的放假安排还没有导入,工作日只按周末和固定节日算。");
    }
    text
}

/// What the office is told every workday of the bot itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HowItIs {
    /// The day.
    pub on: NaiveDate,
    /// Filings that are due by then and unanswered.
    pub due: i64,
    /// Messages that went out since it was told last.
    pub sent: i64,
    /// Messages and events that somebody has to look at.
    pub failed: i64,
    /// Posts nobody is bound to, and units that nothing reaches.
    pub unbound: (usize, usize),
}

/// How the bot is, in one line.
pub fn how_it_is(line: &HowItIs) -> String {
    format!(
        "【每日自检】{}:到期未报{}件,上次自检以来发出{}条,失败{}条,未绑定岗位{}个、联系不上的单位{}个。详情发“自检”。",
        day(line.on),
        line.due,
        line.sent,
        line.failed,
        line.unbound.0,
        line.unbound.1,
    )
}

/// Nothing was claimed, and what is open cannot be closed just so.
pub fn nothing_claimed(task: TaskNo) -> String {
    format!(
        "#{task} 还没有单位报办结。凭纸质材料直接销号的,请写明单位和意见,比如:销号 {task} 县财政局 材料已收"
    )
}

/// An extension needs a day.
pub fn extend_to_when(task: TaskNo) -> String {
    format!("#{task} 延到哪天?比如:延期 {task} 6月30日 汛期影响施工")
}

/// A report that the office entered for somebody else.
pub fn entered_for(unit: &str, read_back: &str) -> String {
    format!("代{unit}录入。{read_back}")
}

/// There was nothing in the words to enter.
pub fn nothing_to_enter() -> String {
    "没看明白要录什么。请这样写:代报 县财政局 12 完成60%".to_owned()
}

/// A chat takes no messages any more.
pub fn chat_lost(title: &str) -> String {
    format!(
        "“{title}”发不出消息了:机器人可能被移出或被屏蔽。待发的先私聊能联系上的人;请让对方重新拉进群或在群里发一句话,急的请打电话。"
    )
}

/// A code made at the console.
pub fn console_invite(code: &str) -> String {
    format!("{code}\n本人私聊机器人发:绑定 {code};或在网页聊天室的入口填这个码。7天内用一次。")
}

/// The office did not grant more time.
pub fn declined(task: TaskNo, owner: &str) -> String {
    format!("不同意延期:#{task} · {owner},时限不变。")
}

/// Told to the owner: the term stays.
pub fn your_term_stays(task: TaskNo, title: &str, owner: &str) -> String {
    format!("{owner}:#{task} {title} 的延期申请没有同意,时限不变。有困难请直接和督查室联系。")
}

/// Several units fit, and nobody asked for more time.
pub fn extend_for_whom(task: TaskNo, owners: &[&str]) -> String {
    let first = owners.first().unwrap_or(&"单位");
    format!("#{task} 有{}家,请写明给谁延期,比如:延期 {task} {first} 6月30日 原因", owners.len())
}

/// A dry run without a database of one's own.
pub fn dry_run_on_sample() -> String {
    "还没有导入方案,下面按自带的样例方案演算。".to_owned()
}

/// What is owed once is settled, but something still comes round.
pub fn close_whole_how(task: TaskNo) -> String {
    format!("#{task} 没有待核验的,例行的还在报。要整项销号请写意见,比如:销号 {task} 行动结束")
}

/// A token was made; it is shown this once.
pub fn token_made(name: &str, token: &str) -> String {
    format!(
        "{name}的令牌(只显示这一次,库里只存摘要):\n{token}\n用法:Authorization: Bearer 令牌,地址 /api/v1/tasks;停用:duban token revoke {name}"
    )
}

/// The tokens in use: name, whose part, since when.
pub fn tokens(all: &[(&str, Option<&str>, NaiveDate)]) -> String {
    if all.is_empty() {
        return "没有在用的令牌。".to_owned();
    }
    let line = |(name, unit, since): &(&str, Option<&str>, NaiveDate)| {
        format!("{name} · {} · 自{}年{}", unit.unwrap_or("全部(只读)"), since.format("%Y"), day(*since))
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A token is out of use.
pub fn token_revoked(name: &str) -> String {
    format!("{name}的令牌已停用。")
}
