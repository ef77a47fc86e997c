//! How a work came out, in words that no list can hold: 拆净了, 零投诉, 没发现大问题, 局党委会过了.

use crate::reply::lexicon::{Class, word_at};

/// Verbs of work whose complement is an end: 拆净, 缴清, 归齐.
const WORKS: &str = "推刨刷洗擦吸排搜掏疏挪抹埋装换发给领划转兑理审查核点扫拆收还付缴交结退偿运搬捡割铲挖拔除卖销补领报录填整办弄归码铺栽拉清腾迁剿灭治打收摘";

/// Complements that leave nothing over.
const OVER: &str = "清净齐尽妥毕光空平";

/// Denials, longest first.
const DENIALS: [&str; 12] =
    ["目前没有", "并没有", "没有", "尚未", "并未", "均未", "都没", "也没", "还没", "没", "未", "无"];

/// What is denied of trouble: that it was found, seen or heard of.
const MEETS: [&str; 20] = [
    "发现", "查出", "检出", "出现", "发生", "接到", "收到", "接报", "遇到", "碰到", "听到", "反映", "引发",
    "造成", "留下", "出", "着", "见", "起", "有",
];

/// What may stand before the trouble.
const KINDS: [&str; 24] = [
    "一起", "一例", "一件", "一个", "一处", "一次", "任何", "什么", "啥", "大的", "明显", "重大", "较大",
    "严重", "新的", "别的", "其他", "其它", "安全", "质量", "大", "特别", "突出", "遗留",
];

/// Trouble.
const TROUBLE: [&str; 41] = [
    "问题", "毛病", "隐患", "异常", "事故", "险情", "火情", "火灾", "警情", "投诉", "违规", "违法", "情况",
    "岔子", "纰漏", "差错", "意外", "舆情", "阻力", "困难", "障碍", "难处", "难题", "遗漏", "反弹", "复发",
    "死角", "尾巴", "上访", "信访", "纠纷", "病例", "疫情", "超标", "伤亡", "漏洞", "失误", "报错", "拖欠",
    "卡点", "火",
];

/// Bodies whose meetings let a paper pass.
const BODIES: [&str; 14] = [
    "局党委",
    "局党组",
    "县委常委",
    "政府常务",
    "局长办公",
    "主任办公",
    "党政联席",
    "党委",
    "党组",
    "常委",
    "常务",
    "班子",
    "办公",
    "专题",
];

/// The words that a text opens with, with their classes and bytes.
pub(super) fn at(rest: &str) -> Option<(&'static [Class], usize)> {
    cleared(rest)
        .or_else(|| through(rest))
        .or_else(|| due_all(rest))
        .or_else(|| unless(rest))
        .or_else(|| no_trouble(rest))
        .or_else(|| zero(rest))
        .or_else(|| passed(rest))
        .or_else(|| on_trial(rest))
}

/// `拆净了`: a verb of work and what leaves nothing over, at the end of what is said.
fn cleared(rest: &str) -> Option<(&'static [Class], usize)> {
    let mut chars = rest.chars();
    let (verb, end) = (chars.next()?, chars.next()?);
    let len = verb.len_utf8() + end.len_utf8();
    let over = WORKS.contains(verb) && OVER.contains(end) && verb != end;
    let tail = rest[len..].strip_prefix('了');
    let closed =
        !tail.unwrap_or(&rest[len..]).starts_with(|c: char| c.is_alphanumeric() && !"啊呢哈吧".contains(c));
    let known = word_at(rest).is_some_and(|(_, word)| word >= len);
    (over && closed && !known).then(|| match tail {
        Some(tail) => (&[Class::Finish, Class::Already][..], rest.len() - tail.len()),
        None => (&[Class::Finish][..], len),
    })
}

/// `查了个遍`: from one end to the other.
fn through(rest: &str) -> Option<(&'static [Class], usize)> {
    let verb = rest.chars().next().filter(|verb| "查跑走看摸筛过排翻核捋扫巡".contains(*verb))?;
    let after = rest[verb.len_utf8()..].strip_prefix("了个")?;
    let tail = ["遍", "底朝天", "底掉", "底儿掉", "底儿朝天", "溜够"]
        .iter()
        .find_map(|end| after.strip_prefix(end))?;
    Some((&[Class::Finish, Class::Already][..], rest.len() - tail.len()))
}

/// `应收尽收`, `应免尽免`: all that was to be done.
fn due_all(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('应')?;
    let verb = after.chars().next()?;
    let tail = after[verb.len_utf8()..].strip_prefix('尽')?.strip_prefix(verb)?;
    Some((&[Class::Finish][..], rest.len() - tail.len()))
}

/// What people refuse unless they are given something.
const REFUSED: [&str; 17] = [
    "干", "来", "进场", "发货", "签", "开工", "接", "修", "装", "搬", "拆", "给", "供货", "交钱", "动",
    "复工", "施工",
];

/// `不加不干`, `不给预付款不进场`: a refusal.
fn unless(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('不')?;
    let (at, _) = after.char_indices().skip(1).take(5).find(|(_, c)| *c == '不')?;
    let want = after[..at].chars().all(|c| c.is_alphabetic() && !c.is_ascii());
    let refused = &after[at + '不'.len_utf8()..];
    let verb = REFUSED.iter().find(|verb| refused.starts_with(**verb))?;
    let tail = &refused[verb.len()..];
    let ends = !tail.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii() && !"呢啊了哈".contains(c));
    (want && ends && !after.starts_with(verb)).then_some((&[Class::Obstacle][..], rest.len() - tail.len()))
}

/// `没发现大问题`: trouble that has not come.
fn no_trouble(rest: &str) -> Option<(&'static [Class], usize)> {
    let mut after = DENIALS.iter().find_map(|word| rest.strip_prefix(word))?;
    let denial = after;
    while let Some(more) = MEETS.iter().chain(&KINDS).find_map(|word| after.strip_prefix(word)) {
        after = more;
    }
    // 没见着一棵: none of it, but 没见着一分钱 is another matter.
    let found = after.len() < denial.len() && !denial.starts_with(['出', '起', '有']);
    let one = after.strip_prefix('一').and_then(|unit| Some((unit.chars().next()?, unit)));
    if let Some((unit, counted)) =
        one.filter(|(unit, _)| found && unit.is_alphabetic() && !"分毛块点".contains(*unit))
    {
        return Some((&[Class::Fine, Class::Follow][..], rest.len() - counted.len() + unit.len_utf8()));
    }
    let trouble = TROUBLE.iter().find_map(|word| after.strip_prefix(word))?;
    let tail = trouble.trim_start_matches('的');
    let len = rest.len() - tail.len();
    // 没火 and 没问题 are words of their own, or say nothing.
    let bare = ["问题", "毛病", "情况", "困难", "障碍", "难处", "难题", "阻力", "卡点", "尾巴", "火"];
    let told = after.len() < denial.len() || !bare.iter().any(|word| after.starts_with(word));
    let known = word_at(rest).is_some_and(|(_, word)| word >= len);
    (told && !known).then_some((&[Class::Fine, Class::Follow][..], len))
}

/// `零上访`: none of it.
fn zero(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix(['零', '0'])?;
    let more = ["发生", "新增", "感染", "逾期", "超期", "退件", "积压", "遗留", "缺陷", "报错"];
    let tail = TROUBLE.iter().chain(&more).find_map(|word| after.strip_prefix(word))?;
    Some((&[Class::Fine, Class::Follow][..], rest.len() - tail.len()))
}

/// Bytes between a trial and how it went.
const TRIAL: usize = 24;

/// `试运行一周正常`: it runs, and well.
fn on_trial(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix("试运行")?;
    let near = &after[..after.floor_char_boundary(TRIAL)];
    let end = ["正常", "稳定", "良好", "顺利"]
        .iter()
        .filter_map(|word| Some(near.find(word)? + word.len()))
        .min()?;
    let plain = !near[..end].contains([',', '。', '不', '没', '未']);
    plain.then_some((&[Class::Fine, Class::Follow][..], rest.len() - after.len() + end))
}

/// `局党委会过了`: a step, and the paper may go out.
fn passed(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = BODIES.iter().find_map(|body| rest.strip_prefix(body))?.strip_prefix('会')?;
    let after = after.strip_prefix('议').unwrap_or(after);
    let after = ["审议", "研究", "讨论"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    let tail = ["通过了", "过完了", "过了"].iter().find_map(|word| after.strip_prefix(word))?;
    Some((&[Class::Step, Class::Already][..], rest.len() - tail.len()))
}
