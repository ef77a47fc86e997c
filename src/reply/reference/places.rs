//! Items named by their place in the context: 第一项, 前两项, 最后一个; 三四五号; and by bare numerals, 一完,二延到下周五.

use super::{Mark, Ordinals, References, Which};
use crate::domain::chinese::number_at;
use crate::reply::lexicon::{Class, word_at};

/// The first of the items.
const FIRST: &[&str] = &[
    "前项",
    "首项",
    "前一件",
    "前一条",
    "头一件",
    "头一条",
    "前一个",
    "前一项",
    "前面那个",
    "前面那项",
    "头一个",
    "头一项",
    "上面那个",
    "上面那项",
    "前头那个",
    "头里那个",
    "前者",
];

/// The last of them.
const LAST: &[&str] = &[
    "后项",
    "末项",
    "后一件",
    "后一条",
    "最后一件",
    "最后一条",
    "后一个",
    "后一项",
    "最后一个",
    "最后一项",
    "后面那个",
    "后面那项",
    "下面那个",
    "下面那项",
    "后头那个",
    "最后那个",
    "末一项",
    "后者",
];

/// Numerals that count places.
const NUMERALS: &str = "一二三四五六七八九";

/// What makes another word or a count of a numeral before it: 一切, 一户, 三成, 二期.
const NO_PLACE: &str =
    "切定直些样般起旦共点下期个项户人家天周月年成次批条件处所口亩万千百十季旬分号是方心手把场带旁边早";

/// Classes of words that say something of the item whose numeral stands before them: 一完, 三大概六成, 四刚起步.
const TELLS: [Class; 13] = [
    Class::Finish,
    Class::Close,
    Class::Already,
    Class::Not,
    Class::Ongoing,
    Class::Idle,
    Class::Approx,
    Class::Extend,
    Class::Nearly,
    Class::Unable,
    Class::NoChange,
    Class::Fine,
    Class::Future,
];

impl References<'_> {
    /// `前两项`, `后三个`, `末一条`: by their place.
    pub(super) fn places(&self, text: &str) -> Option<(Vec<Which>, usize)> {
        let items = &self.context.items;
        let rest = ["前面", "前头", "后面", "后头", "前", "后", "头", "末"]
            .iter()
            .find_map(|word| text.strip_prefix(word))?;
        let number = number_at(rest)?;
        let tail = rest[number.len..].chars().next().filter(|c| "项条件个".contains(*c))?;
        let count =
            usize::try_from(number.whole()?).ok().filter(|count| (1..=items.len()).contains(count))?;
        let first = text.starts_with(['前', '头']);
        let chosen = if first { &items[..count] } else { &items[items.len() - count..] };
        if items.len() < 2 {
            return None;
        }
        let len = text.len() - rest.len() + number.len + tail.len_utf8();
        Some((chosen.iter().map(|item| Which::Item(item.no)).collect(), len))
    }

    /// `6.7.8`: at least three numbers between points, all of them ours.
    pub(super) fn pointed(&self, text: &str) -> Option<(Vec<Which>, usize)> {
        let len = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let list: Option<Vec<Which>> = text[..len]
            .trim_end_matches('.')
            .split('.')
            .map(|digits| digits.parse().ok().filter(|no| self.numbers.contains(no)).map(Which::Item))
            .collect();
        list.filter(|list| list.len() > 2).map(|list| (list, len))
    }

    /// `1到5号`, `3-6号`: from one number of ours to another.
    pub(super) fn range(&self, text: &str) -> Option<(Vec<Which>, usize)> {
        let first = number_at(text)?;
        let rest = text[first.len..].trim_start_matches('号');
        let rest = ["到", "至", "-", "~"].iter().find_map(|word| rest.strip_prefix(word))?;
        let last = number_at(rest)?;
        let tail = rest[last.len..].strip_prefix(['号', '项'])?;
        let (from, to) = (first.whole()?, last.whole()?);
        let ours = from < to && self.numbers.contains(&from) && self.numbers.contains(&to);
        let among = self.context.items.iter().filter(|item| (from..=to).contains(&item.no));
        ours.then(|| (among.map(|item| Which::Item(item.no)).collect(), text.len() - tail.len()))
    }

    /// `三四五号`: numbers in one breath, rising, all of them ours.
    pub(super) fn glued(&self, text: &str) -> Option<(Vec<Which>, usize)> {
        let run: Vec<i64> = text.chars().map_while(numeral).collect();
        let rising = run.len() > 1 && run.windows(2).all(|two| two[0] < two[1]);
        let len = run.len() * '一'.len_utf8();
        let ours = run.iter().all(|no| self.numbers.contains(no));
        (rising && ours && text[len..].starts_with('号'))
            .then(|| (run.into_iter().map(Which::Item).collect(), len + '号'.len_utf8()))
    }

    /// `一、二、五已完成`: bare numerals that count the items, before something said of them; and their bytes.
    pub(super) fn numerals(&self, text: &str) -> Option<(Vec<Which>, usize)> {
        let mut list = Vec::new();
        let mut at = 0;
        while let Some(place) = text[at..].chars().next().and_then(numeral) {
            let item = self.context.items.get(usize::try_from(place - 1).ok()?)?;
            list.push(Which::Item(item.no));
            at += '一'.len_utf8();
            let next = text[at..].strip_prefix(['、', ',', '和']);
            let more = next.filter(|next| next.chars().next().and_then(numeral).is_some());
            let Some(more) = more else { break };
            at = text.len() - more.len();
        }
        let rest = &text[at..];
        let told = !rest.starts_with(|c| NO_PLACE.contains(c))
            && (rest.starts_with(['刚', '还', '也', '在', '都', ':'])
                || word_at(rest)
                    .is_some_and(|(classes, _)| TELLS.iter().any(|class| classes.contains(class))));
        let told = told
            || rest.starts_with(' ')
                && rest.trim_start().starts_with(|c: char| c.is_alphabetic() && !c.is_ascii());
        // The numbers of the items themselves come first: 3号 is no third, unless it is the third as well.
        let by_number = self.context.items.iter().any(|item| item.no < 10)
            && !self.context.items.iter().zip(1..).all(|(item, place)| item.no == place);
        (!list.is_empty() && told && !by_number && self.context.items.len() > 1).then_some((list, at))
    }

    /// Whether a text opens with an ordinal of ours that no place has: 第4项 of two.
    pub fn past_the_last(&self, text: &str) -> bool {
        let number =
            text.trim_start().strip_prefix('第').and_then(number_at).and_then(|number| number.whole());
        number.is_some_and(|no| {
            self.numbers.contains(&no) && usize::try_from(no).is_ok_and(|no| no > self.context.items.len())
        })
    }

    /// Whether a text opens with an ordinal that is a place and no number of ours: 第一项 of #2 and #4.
    pub fn before_the_first(&self, text: &str) -> bool {
        let number =
            text.trim_start().strip_prefix('第').and_then(number_at).and_then(|number| number.whole());
        number.is_some_and(|no| {
            !self.numbers.contains(&no) && usize::try_from(no).is_ok_and(|no| no <= self.context.items.len())
        })
    }

    /// `第一项`, `第2件`: by the order of the context.
    pub(super) fn ordinal(&self, text: &str) -> Option<(Which, Mark, usize)> {
        let items = &self.context.items;
        let named =
            |words: &[&str]| words.iter().find(|word| text.starts_with(**word)).map(|word| word.len());
        if let Some((item, len)) = items.first().zip(named(FIRST)).filter(|_| items.len() > 1) {
            return Some((Which::Item(item.no), Mark::Name, len));
        }
        if let Some((item, len)) = items.last().zip(named(LAST)).filter(|_| items.len() > 1) {
            return Some((Which::Item(item.no), Mark::Name, len));
        }
        let rest = text.strip_prefix('第')?;
        let number = number_at(rest)?;
        let tail = rest[number.len..].chars().next().filter(|c| "项条件个".contains(*c))?;
        let place = usize::try_from(number.whole()? - 1).ok()?;
        // 第三个也签了, of the only item: one of those it counts.
        if items.len() == 1 && place > 0 {
            return None;
        }
        let by_order = self.context.items.get(place).map(|item| item.no);
        // 第七个村: of what an item counts.
        let after = &rest[number.len + tail.len_utf8()..];
        if tail == '个'
            && (after.starts_with(['村', '季', '年', '标', '人', '户', '周', '屯', '乡', '镇'])
                || place >= items.len())
        {
            return None;
        }
        let by_number = number.whole().filter(|no| self.numbers.contains(no));
        // 第三个 counts places, 第3项 may be either.
        let counts = tail == '个';
        let which = match (by_order, by_number) {
            (_, Some(no)) if self.habits.ordinals == Ordinals::Number => Which::Item(no),
            (Some(order), _) if self.habits.ordinals == Ordinals::Place => Which::Item(order),
            (Some(order), Some(no)) if order != no && !counts => Which::Unclear,
            (Some(no), _) | (None, Some(no)) => Which::Item(no),
            (None, None) => Which::Unclear,
        };
        let len = text.len() - rest.len() + number.len + tail.len_utf8();
        Some((which, Mark::Name, len))
    }
}

/// The place a numeral counts.
fn numeral(c: char) -> Option<i64> {
    let place = NUMERALS.chars().position(|numeral| numeral == c)?;
    i64::try_from(place + 1).ok()
}
