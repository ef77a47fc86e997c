//! Works that are in use, and money that is in people's hands: said without a word for the end, it is one.

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::Kind;

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

/// Words of a part of the whole, or of a trial.
const IN_PART: [&str; 9] = ["部分", "一半", "先", "临时", "试", "暂", "有的", "几户", "主街"];

impl View<'_> {
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

    /// Whether anything of the clause limits what it says: a denial, a plan, a part, a figure.
    fn is_limited(&self) -> bool {
        let limits = [
            Class::Not,
            Class::If,
            Class::Nearly,
            Class::Ongoing,
            Class::Left,
            Class::Except,
            Class::Obstacle,
            Class::Hearsay,
            Class::Past,
            Class::Wait,
            Class::Ask,
            Class::Unable,
            Class::Under,
            Class::Extend,
        ];
        let figures = |kind: &Kind| matches!(kind, Kind::Percent(_) | Kind::Amount(_) | Kind::Number(_));
        let plans = ["将", "预计", "争取", "计划", "准备", "打算", "就要", "马上", "快"];
        self.tokens.iter().any(|token| token.is_any(&limits) && !token.titled || figures(&token.kind))
            || IN_PART.iter().chain(&plans).any(|word| self.clause.contains(word))
    }
}
