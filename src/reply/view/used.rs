//! Works that are in use, and money that is in people's hands: said without a word for the end, it is one.

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};

/// Ends of titles of works that serve people once they are finished.
const WORKS: [&str; 18] = [
    "建设", "改造", "安装", "维修", "修缮", "更换", "覆盖", "入户", "改建", "扩建", "新建", "重建", "迁建",
    "亮化", "供水", "供热", "提升", "搬迁",
];

/// What people do with such works, or what these do themselves.
const IN_USE: [&str; 22] = [
    "对外开放",
    "正式开放",
    "全亮了",
    "都亮了",
    "亮起来了",
    "住进去了",
    "住上了",
    "搬进去了",
    "坐进",
    "用上了",
    "喝上",
    "吃上",
    "能上网",
    "能走车了",
    "能走了",
    "走上了",
    "投用了",
    "转起来了",
    "热乎了",
    "热水进户",
    "开门迎客",
    "启用了",
];

/// Where money and papers are once they have been handed out.
const IN_HANDS: [&str; 9] =
    ["手里了", "手上了", "手中了", "卡里了", "卡上了", "户头了", "到手了", "口袋了", "家里了"];

/// What a thing does once it works, with nothing but its name before.
const WORKS_NOW: [&str; 9] =
    ["亮了", "通了", "响了", "热了", "亮起来了", "转起来了", "开起来了", "用上了", "开门了"];

impl View<'_> {
    /// 路灯亮了 finishes 路灯安装: the thing that the title names does what it is for.
    pub(super) fn works_now(&self) -> bool {
        let said = self.clause.trim_end();
        let Some(verb) = WORKS_NOW.iter().find(|verb| said.ends_with(**verb)) else { return false };
        let before = said.len() - verb.len();
        let named = |token: &Token| token.titled || token.kind == Kind::Title;
        let own: usize = self
            .tokens
            .iter()
            .filter(|token| token.end <= before && named(token))
            .map(|token| token.end - token.start)
            .sum();
        let plain = self.tokens.iter().filter(|token| token.start < before).all(|token| {
            named(token) || token.is_any(&[Class::Filler, Class::Already]) || token.kind == Kind::Space
        });
        plain && own >= 2 * '灯'.len_utf8() && !self.is_limited()
    }

    /// 孩子们都坐进新教室了, 证都发到老百姓手里了: the end that the item is for.
    pub(super) fn in_use(&self) -> bool {
        let title = self.facts.title.text();
        let works = WORKS.iter().any(|end| title.ends_with(end));
        let gifts =
            ["发放", "兑现", "拨付", "核发", "返还", "换发", "补发"].iter().any(|end| title.ends_with(end));
        if !works && !gifts {
            return false;
        }
        let used = works && IN_USE.iter().any(|word| self.clause.contains(word));
        let given = gifts && IN_HANDS.iter().any(|word| self.clause.trim_end().ends_with(word));
        let all =
            ["全", "都", "已", "家家", "户户", "昨", "今早"].iter().any(|word| self.clause.contains(word));
        (used || given) && all && !self.is_limited()
    }
}
