//! Verbs that no list has to know, by what follows or embraces them: 埋完, 全拨了, 一户没落.

use crate::reply::lexicon::{Class, word_at};

/// Verbs before 完 whose end is no end of work: 看完, 忙完, 用完.
const IDLE: &str = "看听吃忙用喝睡说问读等下上散花是没未不才刚还也都就全已快能要可会一这那哪正再又开";

/// What makes another word of 完: 完成, 完善.
const OTHER: [char; 11] = ['成', '毕', '工', '善', '结', '全', '整', '美', '不', '没', '得'];

/// Verbs between 全 and 了 that are no work: 全忘了.
const NO_WORK: &str = "分派摊忘急懵乱病走来去看听知说问到有是在没不停跑完好散黄倒死坏";

/// Verbs of an end or an arrival: 一户没到 says nothing of a beginning.
const ENDED: &str = "见落剩少差漏缺留到来批完有给";

/// What is not left over: 一户没落, 一个不少.
const LEFT: &str = "落剩少差漏缺留拉丢";

/// The verb that a text opens with, with its classes and bytes.
pub(super) fn at(rest: &str) -> Option<(&'static [Class], usize)> {
    scoffed(rest)
        .or_else(|| as_before(rest))
        .or_else(|| held(rest))
        .or_else(|| heard_from(rest))
        .or_else(|| finished(rest))
        .or_else(|| made(rest))
        .or_else(|| all_of_it(rest))
        .or_else(|| nothing_left(rest))
        .or_else(|| nothing_begun(rest))
        .or_else(|| list_end(rest))
        .or_else(|| who_says(rest))
        .or_else(|| none_without(rest))
        .or_else(|| visited(rest))
        .or_else(|| due_done(rest))
        .or_else(|| nothing_short(rest))
        .or_else(|| doing(rest))
        .or_else(|| not_undone(rest))
}

fn letter(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii()
}

/// `埋完`: some verb and 完.
fn finished(rest: &str) -> Option<(&'static [Class], usize)> {
    let mut chars = rest.chars();
    let (verb, end) = (chars.next()?, chars.next()?);
    let other = chars.next().is_some_and(|c| OTHER.contains(&c));
    let len = verb.len_utf8() + end.len_utf8();
    let verb = letter(verb) && !IDLE.contains(verb) && end == '完' && !other;
    (verb && word_at(rest).is_none_or(|(_, word)| word < len)).then_some((&[Class::Finish][..], len))
}

/// `划好了`: made, and in order.
pub(super) fn made(rest: &str) -> Option<(&'static [Class], usize)> {
    let mut chars = rest.chars();
    let (verb, end) = (chars.next()?, chars.next()?);
    let len = verb.len_utf8() + end.len_utf8();
    let tail = rest[len..].strip_prefix('了')?;
    let made = MAKING.contains(verb) && end == '好' && !tail.starts_with(|c: char| c.is_numeric());
    let known = word_at(rest).is_some_and(|(_, word)| word > len);
    (made && !known).then_some((&[Class::Finish, Class::Already][..], rest.len() - tail.len()))
}

/// Verbs of making: 好 behind one says that it is made.
const MAKING: &str = "修装建铺弄搞办布划换拆贴挂种栽编写录填整备抹砌焊接架立浇粉刷漆糊裱缝扎补砍锁封刻";

/// What may stand between the verb and its 了: whom it reached, or which way it went.
const OBJECTS: [&str; 22] = [
    "下去",
    "起来",
    "出去",
    "回去",
    "过去",
    "过来",
    "给人家",
    "给他们",
    "人家",
    "他们",
    "大家",
    "农户",
    "老百姓",
    "群众",
    "上去",
    "上来",
    "回来",
    "到户",
    "干净",
    "利索",
    "给户里",
    "进去",
];

/// `全拨了`: 全, a verb, 了 at the end of what is said.
fn all_of_it(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('全')?;
    let verb = after.chars().next().filter(|verb| letter(*verb) && !NO_WORK.contains(*verb))?;
    let after = &after[verb.len_utf8()..];
    let after = OBJECTS.iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    let tail = after.strip_prefix('了')?;
    let ends = tail.is_empty() || tail.starts_with([' ', '呀', '啊', '哈', '啦', '呢']);
    let len = rest.len() - tail.len();
    let known = word_at(rest).is_some_and(|(_, word)| word >= len);
    (ends && !known).then_some((&[Class::Finish, Class::Already][..], len))
}

/// `公安、住建等部门`: the end of a list, and no waiting.
fn list_end(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('等')?;
    let nouns = [
        "部门", "单位", "方面", "人员", "问题", "因素", "工作", "地", "乡镇", "内容", "措施", "环节", "方式",
    ];
    // 新华路、站前街等6处
    let counted = crate::domain::chinese::number_at(after).is_some_and(|number| {
        let unit = &after[number.len..];
        unit.starts_with([
            '个', '处', '家', '项', '户', '人', '件', '条', '座', '所', '类', '种', '名', '村', '镇', '乡',
        ]) && !unit.starts_with("个月")
    });
    (counted || nouns.iter().any(|noun| after.starts_with(noun)))
        .then_some((&[Class::Filler][..], '等'.len_utf8()))
}

/// `该销的都销了`: what was due has been done.
fn due_done(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('该')?;
    let verb = after.chars().next().filter(|verb| letter(*verb))?;
    let after = after[verb.len_utf8()..].strip_prefix('的')?;
    let (again, _) = after.char_indices().take(DUE).find(|(_, c)| *c == verb)?;
    let tail = after[again + verb.len_utf8()..].trim_start_matches(['完', '净', '齐', '掉']);
    let tail = tail.strip_prefix('了')?;
    Some((&[Class::Follow, Class::Finish, Class::Already][..], rest.len() - tail.len()))
}

/// `不是没开始`, `并非未开展`: it has begun.
fn not_undone(rest: &str) -> Option<(&'static [Class], usize)> {
    let denied = ["并不是", "也不是", "不是", "并非", "绝非"].iter().find_map(|no| rest.strip_prefix(no))?;
    let after = ["没有", "没", "未"].iter().find_map(|no| denied.strip_prefix(no))?;
    let begun = [
        "开始", "开展", "启动", "开工", "动工", "动", "干", "弄", "搞", "办", "做", "推进", "落实", "抓",
        "管", "部署",
    ];
    let verb = begun.iter().find(|verb| after.starts_with(**verb))?;
    let len = rest.len() - after.len() + verb.len();
    word_at(rest).is_none_or(|(_, word)| word < len).then_some((&[Class::Ongoing][..], len))
}

/// `照片在补`: 在 and a verb, at the end of what is said.
fn doing(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('在')?;
    let verb = after.chars().next().filter(|verb| letter(*verb) && !PLACES.contains(*verb))?;
    let tail = after[verb.len_utf8()..].trim_start_matches(['呢', '着', '了', '啊', ' ']);
    tail.is_empty().then_some((&[Class::Ongoing][..], rest.len() - after.len() + verb.len_utf8()))
}

/// What 在 leads to that is a place or a state and no work.
const PLACES: &str = "家库场岗位线校册手里外内上下途乎意京省市县村这那哪我你他册职编即此";

/// `差额0.00元`, `还剩0户`: nothing is short or left.
fn nothing_short(rest: &str) -> Option<(&'static [Class], usize)> {
    let words = ["差额", "差异", "误差", "还剩下", "还剩", "只剩", "剩余", "剩", "还差", "余", "差"];
    let after = words.iter().find_map(|word| rest.strip_prefix(word))?;
    let after = after.trim_start_matches(['为', '是', '了', ':']);
    let number =
        crate::domain::chinese::number_at(after).filter(|number| number.value == 0.0 && number.figures)?;
    let tail = &after[number.len..];
    let unit = tail.chars().next().filter(|c| letter(*c)).map_or(0, char::len_utf8);
    Some((&[Class::Follow, Class::Fine][..], rest.len() - tail.len() + unit))
}

/// Letters between what was due and that it was done.
const DUE: usize = 5;

/// `跑了66家`: gone to so many; without a figure, run away.
fn visited(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix("跑了")?;
    crate::domain::chinese::number_at(after)?;
    Some((&[Class::Step][..], rest.len() - after.len()))
}

/// `完成个锤子`: a finish, scoffed at.
fn scoffed(rest: &str) -> Option<(&'static [Class], usize)> {
    let verb = ["完成", "办结", "完", "搞定", "办好", "弄好"].iter().find(|verb| rest.starts_with(**verb))?;
    let after = rest[verb.len()..].strip_prefix('个').or_else(|| rest[verb.len()..].strip_prefix("了个"))?;
    let scoff = ["锤子", "屁", "毛线", "毛", "鬼", "头", "球", "铲铲", "啥", "什么"]
        .iter()
        .find(|word| after.starts_with(**word))?;
    Some((&[Class::Not, Class::Ongoing][..], rest.len() - after.len() + scoff.len()))
}

/// What none of them is.
const LOST: [&str; 10] = ["遗漏", "落下", "掉队", "漏掉", "漏下", "拉下", "缺席", "差错", "反弹", "出问题"];

/// `没有一户没参的`: every one of them.
fn none_without(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = ["没有一", "没一", "无一"].iter().find_map(|word| rest.strip_prefix(word))?;
    let unit = after.chars().next().filter(|unit| letter(*unit))?;
    let after = &after[unit.len_utf8()..];
    // 无一户遗漏
    if let Some(lost) = LOST.iter().find(|lost| after.starts_with(**lost)) {
        return Some((&[Class::Follow, Class::Fine][..], rest.len() - after.len() + lost.len()));
    }
    let after = after.strip_prefix(['没', '不', '未'])?;
    let verb = after.chars().next().filter(|verb| letter(*verb))?;
    let tail = after[verb.len_utf8()..].trim_start_matches('的');
    let ends = tail.is_empty() || tail.starts_with(|c: char| !c.is_alphanumeric());
    ends.then_some((&[Class::Follow][..], rest.len() - tail.len()))
}

/// `听老张说`: somebody else says so.
fn heard_from(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('听')?;
    let (at, _) = after.char_indices().take(5).find(|(_, c)| *c == '说')?;
    // 听村里说整完了: the writer's own people.
    let name = after[..at].chars().all(letter) && !after.starts_with(['村', '下', '底', '乡', '镇', '屯']);
    (at > 0 && name).then_some((&[Class::Hearsay][..], '听'.len_utf8() + at + '说'.len_utf8()))
}

/// `会开完了`: a meeting, and no plan.
fn held(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix("会开").or_else(|| rest.strip_prefix("会议开"))?;
    let len = if rest.starts_with("会议") { "会议".len() } else { "会".len() };
    after.starts_with(['了', '完', '过', '好', '毕']).then_some((&[Class::Filler][..], len))
}

/// `跟上礼拜一个样`: nothing has changed since.
fn as_before(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix(['跟', '和', '与', '同'])?;
    let when = [
        "上次",
        "上回",
        "上周",
        "上月",
        "上个月",
        "上礼拜",
        "上期",
        "上季度",
        "前次",
        "前几天",
        "昨天",
        "之前",
        "前天",
        "先前",
    ];
    let after = when.iter().find_map(|word| after.strip_prefix(word))?;
    let after = ["报的", "说的", "填的", "的", "那会儿", "比"]
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after);
    let same = [
        "一个样",
        "一样",
        "相同",
        "一致",
        "没差",
        "没区别",
        "没啥区别",
        "没变",
        "没啥变化",
        "没两样",
        "差不多",
    ];
    let tail = same.iter().find_map(|word| after.strip_prefix(word))?;
    Some((&[Class::NoChange][..], rest.len() - tail.len()))
}

/// `谁说没开工`: it has begun, and goes on; `谁说完了`, too.
fn who_says(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix("谁说").or_else(|| rest.strip_prefix("谁讲"));
    if after.is_some_and(|after| {
        ["完", "已", "都完", "弄完", "干完", "办完", "搞完"].iter().any(|word| after.starts_with(word))
    }) {
        return Some((&[Class::Not, Class::Ongoing], "谁说".len()));
    }
    // 谁说我们没开始
    let said = rest.strip_prefix("谁说").or_else(|| rest.strip_prefix("谁讲"))?;
    let whose = ["我们", "咱们", "俺们", "我", "咱", "俺", "这边", "这块"];
    let said = whose.iter().find_map(|word| said.strip_prefix(word)).unwrap_or(said);
    let after = said.trim_start_matches('还').strip_prefix(['没', '未'])?;
    let denied = !after.starts_with(['有', '完']);
    denied.then_some((&[Class::Ongoing][..], rest.len() - after.len()))
}

/// `一笔没写`, `一个没建`: nothing has been done at all.
fn nothing_begun(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('一')?;
    let unit = after.chars().next().filter(|unit| letter(*unit) && *unit != '半')?;
    let after = after[unit.len_utf8()..].trim_start_matches(['都', '也', '还']);
    let after = after.strip_prefix(['没', '未'])?;
    let verb = after.chars().next().filter(|verb| letter(*verb) && !ENDED.contains(*verb))?;
    // 一户都没走访: a verb of two characters, too.
    let two =
        word_at(after).filter(|(classes, len)| *len == 2 * '一'.len_utf8() && classes.contains(&Class::Step));
    let tail = &after[two.map_or(verb.len_utf8(), |(_, len)| len)..];
    let ends = tail.trim_matches(['呢', '啊', '哈', ' ', '过', '着', '到']).is_empty();
    ends.then_some((&[Class::Idle][..], rest.len() - tail.len()))
}

/// `一户没落`, `一个都不少`: nothing is left over.
fn nothing_left(rest: &str) -> Option<(&'static [Class], usize)> {
    let after = rest.strip_prefix('一')?;
    let unit = after.chars().next().filter(|unit| letter(*unit))?;
    let after = after[unit.len_utf8()..].trim_start_matches(['都', '也']);
    let after = after.strip_prefix(['没', '不', '未'])?;
    // 一部没跑了: none got away.
    let away = ["跑了", "跑掉"].iter().any(|gone| after.starts_with(gone));
    let verb = after.chars().next().filter(|verb| LEFT.contains(*verb) || away)?;
    let tail = after[verb.len_utf8()..].trim_start_matches(['下', '了', '掉']);
    Some((&[Class::Follow][..], rest.len() - tail.len()))
}
