//! What words do in a reply, and how they are found.
//!
//! The tokeniser takes the longest word at each place, so a phrase (`没有困难`) beats its parts (`没有`, `困难`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::words;

/// What a word does in a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// Says nothing about the state: the item itself, who speaks, manner.
    Filler,
    /// The work as a whole, harmless beside a percentage, but too vague for a finish: 施工, 形象进度.
    Body,
    /// Something has happened: 已, 了.
    Already,
    /// The item is finished, unless anything else in the clause says no.
    Finish,
    /// Like `Finish`, and said of items only: 办结, 销号.
    Close,
    /// What follows a finish and does not weaken it: 请核验, 材料已上传.
    Follow,
    /// Negation.
    Not,
    /// It cannot be done.
    Unable,
    /// Only nearly: 基本, 即将.
    Nearly,
    /// Not yet, but meant: 预计, 争取, 将.
    Future,
    /// A figure is not exact: 约, 左右. Harmless beside a percentage.
    Approx,
    /// A figure is not reached: 不到, 不足.
    Under,
    /// About another time: 去年, 上次.
    Past,
    /// Conditional: 如果, 一旦, 完成后.
    If,
    /// Before a day: 前, 之前, 底前.
    Before,
    /// Somebody else says so.
    Hearsay,
    /// Something is left out: 除绿化外.
    Except,
    /// A part or stage of the work.
    Part,
    /// Work is under way right now.
    Ongoing,
    /// Some step of the work; done or not, the item moves.
    Step,
    /// A word for beginning; with a negation, the item has not begun.
    Start,
    /// Not begun, as one phrase.
    Idle,
    /// Same as last time.
    NoChange,
    /// Something in the way.
    Obstacle,
    /// Somebody outside the office on whom the work depends: 企业, 群众. With a negation, an obstacle.
    Party,
    /// The obstacle is gone: 已解决.
    Solved,
    /// No obstacle, as one phrase.
    Fine,
    /// What has to come from others: 到位, 批复. With a negation, an obstacle.
    Arrive,
    /// Means that work waits for: 资金, 用地.
    Means,
    /// Waiting: 等, 待.
    Wait,
    /// Asking somebody: 需, 请.
    Need,
    /// What is asked for: 协调, 支持.
    Help,
    /// More time is asked for.
    Extend,
    /// An end that counts as more time only if it lies after the due date: 要到, 拖到.
    Until,
    /// Received, understood.
    Ack,
    /// A promise to be in time, without a word of how it stands.
    Pledge,
    /// To report back.
    Report,
    /// A question.
    Ask,
    /// Thanks, greetings.
    Chat,
    /// Talk that has nothing to do with the work: 食堂, 天气.
    Talk,
    /// The item is somebody else's: 不归我们.
    Disowns,
    /// A figure behind it is the goal, not the result.
    Goal,
    /// What is left to do: 还剩, 还差.
    Left,
    /// The figure counts from the start: 累计.
    Total,
    /// The figure counts one period only: 本月新增.
    Lately,
    /// A verb that makes a figure a result: 招, 培育, 完成.
    Gain,
    /// A figure behind it is no result of the item: 抽调8人, 总投资.
    Aside,
}

/// All words with their classes; a word may have several (`开工` is a step and a start).
static INDEX: LazyLock<HashMap<String, Vec<Class>>> = LazyLock::new(|| {
    let mut index = HashMap::new();
    for (class, word) in words() {
        note(&mut index, word, class);
        // 干完了 says that it has happened, as 干完 alone does not.
        if matches!(class, Class::Finish | Class::Close | Class::Follow) && word.ends_with('了') {
            note(&mut index, word, Class::Already);
        }
        // 没动静, 还没动静, 一直没动静
        let denies = matches!(class, Class::Idle | Class::Obstacle | Class::NoChange | Class::Fine)
            && word.starts_with(['没', '未']);
        for before in ["还", "都", "也", "一直", "仍", "全", "尚"].into_iter().filter(|_| denies) {
            note(&mut index, &format!("{before}{word}"), class);
        }
    }
    index
});

/// For the first two characters of a word, how long such words are: one bit for each number of characters. A word of one
/// character stands under itself and [`NONE`]. Most pairs open no word, so that little has to be looked up.
static LENGTHS: LazyLock<HashMap<(char, char), u16>> = LazyLock::new(|| {
    let mut lengths = HashMap::new();
    for word in INDEX.keys() {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            let count = word.chars().count().min(LONGEST);
            *lengths.entry((first, chars.next().unwrap_or(NONE))).or_default() |= 1 << count;
        }
    }
    lengths
});

/// No second character.
const NONE: char = '\0';

fn note(index: &mut HashMap<String, Vec<Class>>, word: &str, class: Class) {
    let classes = index.entry(word.to_owned()).or_default();
    if !classes.contains(&class) {
        classes.push(class);
    }
}

/// Characters of the longest word.
const LONGEST: usize = 9;

/// Bytes of one character.
const LONE: usize = 3;

/// The longest word that the text opens with, and its classes.
pub(super) fn word_at(text: &str) -> Option<(&'static [Class], usize)> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let lengths = |second| LENGTHS.get(&(first, second)).copied().unwrap_or(0);
    let lengths = lengths(NONE) | chars.next().map_or(0, lengths);
    if lengths == 0 {
        return None;
    }
    let mut ends = [0; LONGEST];
    let mut count = 0;
    for (place, (at, c)) in text.char_indices().take(LONGEST).enumerate() {
        if lengths & (1 << (place + 1)) != 0 {
            ends[count] = at + c.len_utf8();
            count += 1;
        }
    }
    // 排查完成 is 排查 and 完成, not 排查完 and 成.
    let cuts =
        |end: usize| text[..end].ends_with('完') && text[end..].starts_with(['成', '毕', '工', '善', '结']);
    // 改到位 is no 改到.
    let reaches = |end: usize| text[..end].ends_with('到') && text[end..].starts_with('位');
    // 马上弄完 is a plan to finish, and not 马上弄 and 完.
    let verb = |end: usize| {
        end > LONE
            && text[..end].ends_with(['弄', '办', '干', '搞', '整'])
            && text[end..].starts_with(['完', '好'])
    };
    // 整改完成率 is no finish.
    let rate = |end: usize| text[..end].ends_with("完成") && text[end..].starts_with(['率', '度']);
    ends[..count]
        .iter()
        .copied()
        .rev()
        .filter(|end| !cuts(*end) && !reaches(*end) && !rate(*end) && !verb(*end))
        .find_map(|end| Some((INDEX.get(&text[..end])?.as_slice(), end)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins() {
        assert_eq!(word_at("没有困难,").map(|hit| hit.0), Some(&[Class::Fine][..]));
        assert_eq!(word_at("没有批").map(|hit| hit.0), Some(&[Class::Not][..]));
        assert_eq!(word_at("魑魅"), None);
    }

    #[test]
    fn no_word_is_longer_than_the_reader_looks() {
        let longest = INDEX.keys().map(|word| word.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= LONGEST + 3), "{longest:?}");
    }
}
