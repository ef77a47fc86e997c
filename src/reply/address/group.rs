//! Openings that mean several items at once: 全部, 其余, 三项都.

use super::Named;
use crate::domain::chinese::number_at;
use crate::reply::lexicon::{Class, word_at};
use crate::reply::reference::{follows, opening};

/// Openings that mean every item: with 都 behind, or a state.
const EVERY: &str = "这几个我们 这几个我 这几件我们 这几项我们 全部 都 均 全都 这几个都 那几个都 这几项都 所有任务 所有事项 所有工作 所有项目 所有 以上各项 以上几项 以上任务 \
    以上事项 以上 上述任务 上述事项 上述 各项任务 各项工作 各项 这几项 几项 这些 我局任务 \
    我局各项 任务 各事项 全";

/// Openings that mean the items not named elsewhere.
const OTHERS: &str = "他项 其他几项 其他各项 其他几个 其余各项 其余几个 余项 剩下那两 剩下那三 剩下两 剩下三 余下两 其余 其他 其它 剩下的 剩下 余下的 余下 剩余的 剩余 别的 另外几项 另几项 另外两个 另外两项 另两个 \
    另两项 另外那个 另外那项 另一个 另一项 另外一个 另外一项 另三个 另三项";

/// What may stand between such an opening and what is said.
const GROUP_NOUNS: &str =
    "各项 几项 任务 事项 工作 项目 的 两项 三项 四项 五项 目前 两个 三个 四个 五个 几个";

/// What is said of a group; anything else behind 其余 speaks of the rest of one item's work.
const GROUP_STATES: &str = "无变化 没变化 没有变化 暂无 不变 同上 照旧 都 均 全 已办结 已销号 办结 按计划 按期 按时 \
    正常 照常 统一 一并 利索 进展 无进展 没进展 继续推进 正在推进 无困难 没问题 老样子 推进";

/// 全部, 都, 其余 at the start of a clause, if a state follows; and where what is said begins.
pub(super) fn group(text: &str) -> Option<(Named, usize)> {
    // 全县入库11263万元
    if text.starts_with('全')
        && text.chars().nth(1).is_some_and(|c| "县镇乡市区省村局街年程面力体域校院厂".contains(c))
    {
        return None;
    }
    let all_of = ["以上", "上述"].iter().any(|word| text.starts_with(word));
    if let Some(all) = counted(text).filter(|_| all_of) {
        return Some(all);
    }
    let (named, len) = opening(OTHERS, text)
        .map(|word| (Named::Rest, word.len()))
        .or_else(|| {
            let word = opening(EVERY, text)?;
            Some((Named::All(None), word.len()))
        })
        .or_else(|| counted(text))
        .or_else(|| some(text))?;
    let mut at = len;
    loop {
        let noun = opening(GROUP_NOUNS, &text[at..]).map_or(0, str::len);
        // 其余3项已报结
        let noun = noun.max(items_counted(&text[at..]));
        // 剩下两个按课表走
        let counted = at == len && named == Named::Rest && text[..at].ends_with(['两', '三', '四', '几']);
        let unit = text[at..].chars().next().filter(|c| counted && "个项件".contains(*c));
        let noun = noun.max(unit.map_or(0, char::len_utf8));
        if noun == 0 {
            break;
        }
        at += noun;
    }
    let rest = text[at..].trim_start_matches([' ', ':']);
    let said = opening(GROUP_STATES, rest).is_some();
    let whole = matches!(text[..len].chars().next(), Some('全' | '都' | '均')) && !rest.is_empty();
    let fits = match named {
        // 其余五户: the rest of one item's work.
        // 剩下的都是外出打工的 tells what they are, and not how the other items stand.
        Named::Rest if is_told_what(rest) => false,
        Named::Rest => {
            said || text[..len].ends_with("那个")
                || text[..len].ends_with("那项")
                || rest.starts_with(['都', '均', '全', '还', '没', '未', '已', '连'])
                    && !counts_things(&text[len..])
                || (word_at(rest).is_some() || rest.starts_with(['让', '按', '由', '待']))
                    && text[..at].contains(['项', '个', '的', '件'])
                    && !counts_things(&text[len..])
        }
        Named::Some(_) => true,
        _ => {
            said || whole
                || text.starts_with('这') && number_at(&text['这'.len_utf8()..]).is_some()
                || !rest.is_empty() && follows(rest)
        }
    };
    // 其他两个都没开始: the count belongs to whom it is said of.
    let body = if named == Named::Rest || all_of { at } else { len };
    fits.then_some((named, body))
}

/// Whether it is told what somebody or something is: 都是外出打工的.
fn is_told_what(rest: &str) -> bool {
    ["都是", "全是", "是"].iter().any(|word| rest.starts_with(word)) && rest.trim_end().ends_with('的')
}

/// Most items that 其余 counts one by one.
const FEW: f64 = 12.0;

/// Bytes of a count of items: 3项.
fn items_counted(text: &str) -> usize {
    let unit = number_at(text).map(|number| (number.len, &text[number.len..]));
    let counted = unit.and_then(|(len, rest)| {
        let unit = rest.chars().next().filter(|c| "项个件".contains(*c))?;
        Some(len + unit.len_utf8())
    });
    let few = number_at(text).is_some_and(|number| number.value <= FEW);
    counted.filter(|_| few && !counts_things(text)).unwrap_or(0)
}

/// Whether a number of things, not of items, follows: 其余五户, 剩下3个村.
fn counts_things(text: &str) -> bool {
    let Some(number) = number_at(text) else {
        return false;
    };
    let unit = &text[number.len..];
    let item = ["项", "件", "个"].iter().find_map(|word| unit.strip_prefix(word));
    item.is_none_or(|after| {
        !after.is_empty()
            && word_at(after).is_none()
            && !after.starts_with([
                '都', '均', '全', '的', '还', '没', '让', '按', '等', '晚', '由', '我', '你', '他', '待',
            ])
    })
}

/// `两项完事了`: a count of items before what is said of each.
fn some(text: &str) -> Option<(Named, usize)> {
    let number = number_at(text)?;
    let rest = text[number.len..].strip_prefix(['项', '个', '件', '样', '条'])?;
    let rest = ["任务", "工作", "事"].iter().find_map(|noun| rest.strip_prefix(noun)).unwrap_or(rest);
    let tells = [Class::Finish, Class::Close, Class::Already, Class::Idle, Class::Extend];
    let told = word_at(rest).is_some_and(|(classes, _)| tells.iter().any(|class| classes.contains(class)));
    let count = number.whole().and_then(|count| usize::try_from(count).ok())?;
    (told && count > 1).then(|| (Named::Some(count), text.len() - rest.len()))
}

/// `仨活儿完了俩`: of so many, so many are finished; the bytes of what is said of them.
pub(super) fn counted_off(text: &str, items: usize) -> Option<(Named, std::ops::Range<usize>)> {
    let all = number_at(text).filter(|number| number.whole() == i64::try_from(items).ok())?;
    let rest = ["项任务", "个任务", "项工作", "个事", "件事", "项", "个", "件", "样", "条", "活"]
        .iter()
        .find_map(|noun| text[all.len..].strip_prefix(noun))?;
    let rest = ["里头", "里面", "里", "当中"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let body = text.len() - rest.len();
    let (_, len) = word_at(rest)
        .filter(|(classes, _)| classes.iter().any(|class| [Class::Finish, Class::Close].contains(class)))?;
    let end = body + len + rest[len..].strip_prefix('了').map_or(0, |_| '了'.len_utf8());
    let some = number_at(&text[end..])?;
    let tail = text[end + some.len..].trim_start_matches(['项', '个', '件', '样', '条']);
    let count = some.whole().and_then(|count| usize::try_from(count).ok())?;
    tail.trim().is_empty().then_some((Named::Some(count), body..end))
}

/// What is said of several at once, behind their number.
const JOINTLY: [&str; 9] = ["统一", "利索", "一并", "一起", "一块", "同步", "分头", "没一", "没有一"];

/// `三项都`, `这3项任务`.
fn counted(text: &str) -> Option<(Named, usize)> {
    let rest = ["这", "以上", "上述"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    // 住建局三个事全部: who speaks may stand before.
    let from =
        rest.char_indices().take(8).find(|(at, _)| rest[..*at].ends_with(['局', '办', '委', '乡', '镇']));
    let rest = from.map(|(at, _)| &rest[at..]).filter(|after| number_at(after).is_some()).unwrap_or(rest);
    let number = number_at(rest)?;
    let rest = &rest[number.len..];
    let rest = rest.strip_prefix(['项', '个', '件', '样', '块', '条']).unwrap_or(rest);
    let nouns = ["任务", "工作", "项目", "事", "目前", "现在", "目"]
        .iter()
        .find_map(|noun| rest.strip_prefix(noun))
        .unwrap_or(rest);
    // 以上三项我局均已知悉
    let speaker = ["我局", "我镇", "我乡", "我委", "我办", "我单位", "我们", "我这边", "咱们", "俺们"];
    let nouns = speaker.iter().find_map(|word| nouns.strip_prefix(word)).unwrap_or(nouns);
    // 这两个我都管不了
    let these = text.starts_with('这') && number.value >= 2.0;
    let count = number.whole().and_then(|count| usize::try_from(count).ok());
    (these || nouns.starts_with(['都', '均', '全']) || JOINTLY.iter().any(|word| nouns.starts_with(word)))
        .then(|| (Named::All(count), text.len() - nouns.len()))
}
