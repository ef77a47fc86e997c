//! Words by which a message turns to an item without its number or the words of its title: 医院那边, 公路的; and to all of
//! them: 两边都停着.

use crate::domain::chinese::number_at;
use crate::reply::blocker;
use crate::reply::lexicon::{Class, word_at};

/// What points back at the thing named before it: 医院那边, 接口那个.
const POINTERS: [&str; 18] = [
    "那个",
    "这个",
    "那边",
    "这边",
    "那块",
    "这块",
    "那项",
    "这项",
    "那条",
    "那件",
    "那头",
    "那摊",
    "那几个",
    "那仨",
    "那俩",
    "这头",
    "方面",
    "的",
];

/// Characters of a topic; a longer one is a sentence.
const TOPIC: usize = 5;

/// Characters of a heading before a colon.
const HEADING: usize = 14;

/// Characters before what is said of a topic that nothing points at.
const PLAIN: usize = 3;

/// Classes of words that open that, too: 厕所完了.
const ENDS: [Class; 5] = [Class::Finish, Class::Close, Class::Idle, Class::NoChange, Class::Extend];

/// What opens that.
const SAYS: &str = "也都还没已正刚才全";

/// Characters in no topic: who speaks, what is said, whom the work depends on.
const NO_TOPIC: &str = "年我俺咱你他她它是了没不完已在还都有要能就才这那哪什谁前后左右总全目今昨明本上下说剩其余别方人户钱款家\
    县省市乡镇村屯局委办厅处";

/// Those of them that name nothing even where something points.
const PRONOUNS: &str = "我俺咱你他她它是了没不完已在还都有要能就才这那哪什谁全总说剩其余别";

/// Whole words that are no topic.
const NO_TOPICS: &[&str] = &[
    "困难",
    "原因",
    "下一步",
    "备注",
    "说明",
    "建议",
    "请示",
    "联系人",
    "电话",
    "时间",
    "进展",
    "结果",
    "结论",
    "总结",
    "一句话",
    "补充",
    "检察院",
    "法院",
    "设计院",
    "中院",
    "工作",
    "任务",
    "项目",
    "事项",
    "领导",
    "主任",
    "资金",
    "财政",
    "情况",
    "问题",
    "主要",
    "目前",
    "真",
    "另外",
];

/// Classes of words that say something of a topic.
const TELLS: [Class; 14] = [
    Class::Finish,
    Class::Close,
    Class::Already,
    Class::Not,
    Class::Ack,
    Class::Ongoing,
    Class::Idle,
    Class::Extend,
    Class::Nearly,
    Class::Unable,
    Class::NoChange,
    Class::Fine,
    Class::Obstacle,
    Class::Filler,
];

/// Words beside which 都 speaks of no items: 谁都, 天天都, 连饭都.
const NOT_ALL: [&str; 12] =
    ["谁", "天天", "每天", "什么", "啥", "哪", "连", "大家", "人家", "户户", "村村", "各村"];

/// What may follow 都 where it speaks of the items.
const OF_ALL: &str = "没未已还完在干弄办能不要停做搞报结是";

/// Marks of a writer who takes back what was said.
const CORRECTIONS: [&str; 8] = ["说反了", "说错", "弄错", "搞错", "写错", "报错", "更正", "不对不对"];

/// A name at the start of a clause for what it speaks of.
pub(super) struct Topic<'a> {
    /// The name: 医院, 公路.
    pub name: &'a str,
    /// Something points at it, so that it is another item than the one before: 医院那边; 闸门也 may be more of the same.
    pub firm: bool,
    /// Bytes of a heading before its colon and with it; else zero.
    pub heading: usize,
}

/// The topic that a clause opens with.
pub(super) fn topic(words: &str) -> Option<Topic<'_>> {
    heading(words).or_else(|| pointed(words)).or_else(|| plain(words))
}

/// `招商:签约6个`.
fn heading(words: &str) -> Option<Topic<'_>> {
    let colon = words.find(':')?;
    let name = words[..colon].trim();
    let name = name.rfind(' ').map_or(name, |space| &name[space + 1..]);
    let short = (2..=HEADING).contains(&name.chars().count());
    let named = name.chars().all(|c| c.is_alphanumeric() || "-()/".contains(c))
        && !NO_TOPICS.iter().any(|word| name.ends_with(word));
    let said = !words[colon + 1..].trim().is_empty();
    (short && named && said).then_some(Topic { name, firm: true, heading: colon + 1 })
}

/// `医院那边还没招标`, `公路的延到9月底`.
fn pointed(words: &str) -> Option<Topic<'_>> {
    let words = words.trim_start();
    let place = |pointer: &str| words.find(pointer).map(|at| (at, at + pointer.len()));
    let (at, end) = POINTERS.iter().filter_map(|pointer| place(pointer)).min()?;
    let name = &words[..at];
    // 公路的延到9月底, but not 涉及的4宗: what follows says something of it.
    let after = &words[end..];
    let said = match word_at(after) {
        Some((classes, _)) => {
            !words[..end].ends_with('的') || TELLS.iter().any(|class| classes.contains(class))
        }
        None => !words[..end].ends_with('的') || after.is_empty() || after.starts_with(['事', '那', '活']),
    };
    // 老人吃饭那个: whoever is named, something points at it.
    let named = || {
        let pronoun = name.contains(|c| PRONOUNS.contains(c));
        words[at..end].starts_with('那')
            && (2..=TOPIC).contains(&name.chars().count())
            && !pronoun
            && !NO_TOPICS.iter().any(|word| name.ends_with(word))
    };
    ((is_name(name) || named()) && said).then_some(Topic { name, firm: true, heading: 0 })
}

/// `闸门也没钱`: a short word before what is said.
fn plain(words: &str) -> Option<Topic<'_>> {
    let words = words.trim_start();
    let said = |at: usize| {
        word_at(&words[at..]).is_some_and(|(classes, _)| ENDS.iter().any(|class| classes.contains(class)))
    };
    let (at, _) = words.char_indices().skip(1).take(PLAIN).find(|(at, c)| SAYS.contains(*c) || said(*at))?;
    let name = &words[..at];
    (is_name(name) && word_at(name).is_none_or(|(_, len)| len < name.len())).then_some(Topic {
        name,
        firm: false,
        heading: 0,
    })
}

/// Whether letters may name something that an item is about.
fn is_name(name: &str) -> bool {
    let short = (1..=TOPIC).contains(&name.chars().count());
    let named = name.chars().all(|c| c.is_alphabetic() && !c.is_ascii() && !NO_TOPIC.contains(c));
    short && named && !NO_TOPICS.iter().any(|word| name.ends_with(word))
}

/// Whether a clause opens with words for several: 退役军人那两个, 二期三期都.
pub(super) fn plural(words: &str) -> bool {
    let head = &words[..words.floor_char_boundary(PLURAL)];
    ["那两", "这两", "那三", "这三", "两个都", "几个都", "两项都"].iter().any(|word| head.contains(word))
}

/// Bytes of the head of a clause that tells that several are meant.
const PLURAL: usize = 36;

/// Whether a clause speaks of all items of a context with `count` of them: 都还没有, 两边都停着.
pub(super) fn speaks_of_all(words: &str, count: usize) -> bool {
    let all = words.match_indices(['都', '均']).any(|(at, word)| {
        let before = &words[..at];
        let after = words[at + word.len()..].chars().next();
        !NOT_ALL.iter().any(|no| before.ends_with(no)) && after.is_some_and(|c| OF_ALL.contains(c))
    });
    all && !blocker::names_party(words) || counts(words, count)
}

/// `两项目前还在起草`: as many as there are items.
fn counts(words: &str, count: usize) -> bool {
    words.char_indices().any(|(at, _)| {
        let number = number_at(&words[at..]).filter(|number| number.whole() == i64::try_from(count).ok());
        let rest =
            number.and_then(|number| words[at + number.len..].strip_prefix(['项', '件', '边', '条', '个']));
        rest.is_some_and(|rest| {
            rest.is_empty()
                || rest.starts_with(['都', '均', '全', '还', '已', '目'])
                || ["提醒", "事一并", "任务一并", "事一起", "没一", "消息"]
                    .iter()
                    .any(|word| rest.starts_with(word))
        })
    })
}

/// Whether a clause takes back what was said before.
pub(super) fn corrects(words: &str) -> bool {
    CORRECTIONS.iter().any(|word| words.contains(word))
}
