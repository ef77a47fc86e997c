//! Cuts a message into clauses: at sentence marks, commas, brackets, turning words, and before an item reference.

use std::ops::Range;

use super::lexicon::word_at;
use crate::domain::chinese::number::is_numeral;

/// Words that open a new clause without a mark before them.
const TURNS: [&str; 8] = ["就剩", "只剩", "但是", "但", "不过", "可是", "然而", "只是"];

/// Endings after which a turning word is part of a longer word: 不但, 非但.
const NO_TURN_AFTER: [char; 3] = ['不', '非', '岂'];

/// Bytes before a space that tell whether something has been said.
const SAID: usize = 90;

/// A stretch of the copy between two marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause {
    /// Its bytes in the copy, marks excluded.
    pub span: Range<usize>,
    /// A sentence or line ends with it.
    pub closes: bool,
    /// It ends with a question mark.
    pub asks: bool,
}

/// The clauses of one line; `opens_item` tells whether a text opens with an item reference.
pub(super) fn clauses(text: &str, line: Range<usize>, opens_item: &dyn Fn(&str) -> bool) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut start = line.start;
    let mut before = '\n';
    for (offset, c) in text[line.clone()].char_indices() {
        let at = line.start + offset;
        let rest = &text[at..line.end];
        let after = &rest[c.len_utf8()..];
        let kind = if c == ' ' && says_already(&text[start..at], after) {
            Border::Weak
        } else {
            border(before, c, after, opens_item, is_counter(&text[start..at]))
        };
        match kind {
            Border::None => {
                if turns(before, rest)
                    || goes_on(&text[start..at], rest)
                    || !excepts(&text[start..at])
                        && breaks_before_item(&text[start..at], before, rest, opens_item)
                {
                    push(&mut found, text, start..at, None);
                    start = at;
                }
            }
            Border::Weak => {
                push(&mut found, text, start..at, Some(c));
                start = at + c.len_utf8();
            }
            Border::Strong => {
                push(&mut found, text, start..at, Some(c));
                close(&mut found, c);
                start = at + c.len_utf8();
            }
        }
        before = c;
    }
    push(&mut found, text, start..line.end, None);
    close(&mut found, '\n');
    // 是县里批就行,还是要上市里?: one question.
    for at in 1..found.len() {
        let either = text[found[at - 1].span.clone()].contains('是') && !found[at - 1].closes;
        found[at - 1].asks |=
            found[at].asks && either && text[found[at].span.clone()].trim_start().starts_with("还是");
    }
    found
}

enum Border {
    None,
    Weak,
    Strong,
}

/// What kind of border a character is, seen with its neighbours.
fn border(before: char, c: char, after: &str, opens_item: &dyn Fn(&str) -> bool, counter: bool) -> Border {
    let next = after.chars().next();
    let digits = before.is_ascii_digit() && next.is_some_and(|c| c.is_ascii_digit());
    match c {
        '。' | ';' | '!' | '?' => Border::Strong,
        // 1.已完成: the point belongs to what counts the lines.
        '.' if counter => Border::None,
        '.' if !digits && next != Some('.') && before != '.' => Border::Strong,
        // 1,000 is one number; 3,5号 are two.
        ',' if digits && leading_digits(after) == 3 && !after[3..].starts_with('%') => Border::None,
        ',' | '(' | ')' => Border::Weak,
        // 短信都收到了~考核表填了一半
        '~' if !digits && before != '%' => Border::Weak,
        // 会上定了:18号项目重新选址
        ':' if after.starts_with(|c: char| c.is_ascii_digit() || c == '#') && opens_item(after) => {
            Border::Weak
        }
        // 完成了——说错了
        '-' if before == '-' => Border::Weak,
        // 完成了🎉抽样调查在等
        '\u{1F300}'..='\u{1FAFF}' if word_at(&c.to_string()).is_none() => Border::Weak,
        _ => Border::None,
    }
}

/// Whether nothing has been said in the clause yet but a number that may count lines.
fn is_counter(said: &str) -> bool {
    let said = said.trim_start();
    !said.is_empty() && said.len() <= 6 && said.chars().all(|c| c.is_ascii_digit() || is_numeral(c))
}

/// Whether a space stands for a comma: what is before it has been said, and what follows says more (清了七成 还有三户没签).
fn says_already(said: &str, after: &str) -> bool {
    // Only what was said last: a long breath is not read again at each space.
    let said = &said[said.ceil_char_boundary(said.len().saturating_sub(SAID))..];
    let told = said.contains(['了', '完', '没', '%', '成', '已', '在', '还', '吧', '✅', '✓', '√'])
        && (said.chars().count() > 3 || said.chars().count() == 3 && said.ends_with(['了', '完']));
    told && after.trim_start().chars().take(2).filter(|c| c.is_alphabetic() && !c.is_ascii()).count() == 2
}

/// Openings of what the writer reckons, in a long breath: 得重新挂网我估摸咋也得下个月.
const RECKONS: [&str; 12] = [
    "到时候",
    "寻思等",
    "想着等",
    "合计着等",
    "我估摸",
    "我估计",
    "我寻思",
    "我看怎么",
    "我看咋",
    "我看得",
    "我看最快",
    "我看今年",
];

/// What opens another thing behind 了 in a long breath.
const MORE: [&str; 43] = [
    "没啥",
    "没什么",
    "一点没",
    "就剩",
    "还剩",
    "还差",
    "还有",
    "还没",
    "现在",
    "目前",
    "这会",
    "估计",
    "预计",
    "下周",
    "下月",
    "下个月",
    "明天",
    "昨天",
    "剩下",
    "另外",
    "然后",
    "其中",
    "就是",
    "但",
    "可就是",
    "不过",
    "等于说",
    "等于",
    "反正",
    "总之",
    "说白了",
    "一句话",
    "碰上",
    "碰到",
    "遇上",
    "遇到",
    "赶上",
    "结果",
    "后来",
    "你下来看",
    "你来看",
    "您来看",
    "您下来看",
];

/// Whether a long breath goes on to another thing behind 了: 全打完了水也出了.
fn goes_on(said: &str, rest: &str) -> bool {
    if said.len() > BREATH && RECKONS.iter().any(|word| rest.starts_with(word)) {
        return true;
    }
    // 齐了沙袋子都码好了
    // 通了九个还有俩泵没到货
    let counted = said.ends_with([
        '个', '户', '家', '人', '亩', '台', '套', '处', '件', '吨', '米', '里', '场', '座', '条',
    ]);
    let rest_of_it = ["还有", "还剩", "还差", "剩下", "就剩"].iter().any(|word| rest.starts_with(word));
    let near = &said[said.ceil_char_boundary(said.len().saturating_sub(SAID))..];
    if said.len() > BREATH && counted && rest_of_it && near.contains(['了', '完', '成', '共', '到']) {
        return true;
    }
    let over = ["齐了", "完了", "妥了", "结了", "好了", "净了"].iter().any(|end| said.ends_with(end));
    let also = rest.chars().skip(1).take(3).any(|c| c == '也')
        || over && rest.chars().skip(2).take(5).any(|c| c == '都');
    said.ends_with('了') && said.len() > BREATH && (also || MORE.iter().any(|word| rest.starts_with(word)))
}

/// Whether what has been said leads to an exception: 除了86都没动.
fn excepts(said: &str) -> bool {
    said.ends_with("除了") || said.ends_with('除')
}

/// Bytes after which a clause is a long breath.
const BREATH: usize = 12;

fn leading_digits(text: &str) -> usize {
    text.bytes().take(4).take_while(u8::is_ascii_digit).count()
}

/// Whether a turning word starts here.
fn turns(before: char, rest: &str) -> bool {
    // 忙不过来: part of the verb.
    let verb = ["不过来", "不过去", "不过关"].iter().any(|word| rest.starts_with(word));
    !verb && !NO_TURN_AFTER.contains(&before) && TURNS.iter().any(|word| rest.starts_with(word))
}

/// Whether an item reference starts here, after a space or as `#12` glued to the text before.
fn breaks_before_item(said: &str, before: char, rest: &str, opens_item: &dyn Fn(&str) -> bool) -> bool {
    // 改成10号, 超不了25号: a day.
    let defers =
        ["改成", "超不了", "过不了", "晚不了", "定了", "定成"].iter().any(|word| said.ends_with(word));
    let listed = "、和及与/-".contains(before);
    // 第一个完了第二个百分之八十
    let ordinal = rest.starts_with('第') && rest.chars().nth(2).is_some_and(|c| "个项件条".contains(c));
    // 62搞定63也搞定, 3号弄完了7号没有
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let told = digits == 1 && rest[1..].starts_with(['号', '已', '没', '在', '还', '未', '也', '正']);
    let counted = digits >= 2 || told && before != '%';
    let number = (counted || spoken_number(rest))
        && !defers
        && "定完了好成结妥毕行开索落样呢着化%绪位齐清净满".contains(before);
    (before == ' ' || rest.starts_with('#') || ordinal || number) && !listed && opens_item(rest)
}

/// Whether a spoken number of an item starts here: 八号都利索了九号那个流标了.
fn spoken_number(rest: &str) -> bool {
    let numerals = rest.chars().take(4).take_while(|c| is_numeral(*c)).count();
    (1..=3).contains(&numerals) && rest.chars().nth(numerals) == Some('号')
}

/// Adds a clause unless it is empty; an empty one still passes its question mark on.
fn push(found: &mut Vec<Clause>, text: &str, span: Range<usize>, mark: Option<char>) {
    if text[span.clone()].trim().is_empty() {
        return;
    }
    found.push(Clause { span, closes: false, asks: mark == Some('?') });
}

/// Ends the sentence at the clause before.
fn close(found: &mut [Clause], mark: char) {
    if let Some(last) = found.last_mut() {
        last.closes = true;
        last.asks |= mark == '?';
    }
}
