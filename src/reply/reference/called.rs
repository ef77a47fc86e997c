//! Items named by what people call their places: 老3, 甲项, 中间那个, 末了那条.

use super::{Mark, References, Which, follows};
use crate::domain::chinese::number_at;

/// Marks of a list that stand for places.
const STEMS: &str = "甲乙丙丁戊己庚辛";

/// Words for the first of them, the middle one and the last.
const FIRST: [&str; 10] = ["前头", "前面", "头里", "上头", "上面", "打头", "开头", "头前", "前边", "上边"];
const MIDDLE: [&str; 4] = ["中间", "当间", "当中", "正中"];
const LAST: [&str; 12] =
    ["后头", "后面", "末了", "最后", "末尾", "压轴", "下面", "底下", "尾巴", "后边", "下边", "最末"];

impl References<'_> {
    /// What a text opens with, if it is such a name.
    pub(super) fn called(&self, text: &str) -> Option<(Which, Mark, usize)> {
        if self.context.items.len() < 2 {
            return None;
        }
        self.old(text).or_else(|| self.stem(text)).or_else(|| self.position(text))
    }

    /// `老3`, `老三`: by the number, else by the place.
    fn old(&self, text: &str) -> Option<(Which, Mark, usize)> {
        let rest = text.strip_prefix('老')?;
        let number = number_at(rest)?;
        let no = number.whole()?;
        let after = &rest[number.len..];
        let said = follows(after) || after.starts_with(['那', '这', '就', '差', ':']);
        let which = if self.numbers.contains(&no) { Some(Which::Item(no)) } else { self.at_place(no - 1) };
        which.filter(|_| said).map(|which| (which, Mark::Name, text.len() - after.len()))
    }

    /// `甲项`: by the place.
    fn stem(&self, text: &str) -> Option<(Which, Mark, usize)> {
        let first = text.chars().next()?;
        let place = STEMS.chars().position(|stem| stem == first)?;
        let rest = &text[first.len_utf8()..];
        let tail = rest.chars().next().filter(|c| "项件条号:".contains(*c))?;
        let which = self.at_place(i64::try_from(place).ok()?)?;
        Some((which, Mark::Name, first.len_utf8() + tail.len_utf8()))
    }

    /// `末了那条`, `中间那个`.
    fn position(&self, text: &str) -> Option<(Which, Mark, usize)> {
        let count = i64::try_from(self.context.items.len()).ok()?;
        let of = |words: &[&str]| words.iter().find_map(|word| text.strip_prefix(word));
        let (rest, place) = of(&FIRST)
            .map(|rest| (rest, 0))
            .or_else(|| of(&MIDDLE).filter(|_| count == 3).map(|rest| (rest, 1)))
            .or_else(|| of(&LAST).map(|rest| (rest, count - 1)))?;
        let rest = rest.strip_prefix(['那', '这', '的', '一'])?;
        let tail = rest.chars().next().filter(|c| "个项条件样".contains(*c))?;
        let which = self.at_place(place)?;
        Some((which, Mark::Name, text.len() - rest.len() + tail.len_utf8()))
    }

    fn at_place(&self, place: i64) -> Option<Which> {
        let item = self.context.items.get(usize::try_from(place).ok()?)?;
        Some(Which::Item(item.no))
    }
}
