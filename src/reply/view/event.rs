//! Titles that end with an event: once it has happened, the item is finished as titled. 已开工 finishes 公路开工, 津贴发了
//! finishes 高龄津贴核发.

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};

/// What ends a title, and the words that say that it has happened. Short words (发, 签) only count with 了 or 已 beside them.
const EVENTS: [(&str, &str); 27] = [
    ("开工", "开工 动工 开工仪式 破土 破土动工 奠基 开挖"),
    ("动工", "开工 动工 开工仪式 破土 破土动工 奠基 开挖"),
    ("签约", "签约 签订 签 签了 签下来 签约仪式"),
    ("活动", "举办 举行 办 办了 开展 闭幕 举办了 举行了"),
    ("大会", "召开 开 开了 举行 举办 召开了 举行了"),
    ("会议", "召开 开 开了 举行 召开了 举行了"),
    ("例会", "召开 开 开了 举行 召开了"),
    ("招聘会", "举办 举行 开 开了 办 办了 举办了"),
    ("推介会", "举办 举行 开 开了 办 办了 举办了"),
    ("座谈会", "召开 开 开了 举行 召开了"),
    ("月调度", "召开 开 开了 调度"),
    ("调度会", "召开 开 开了 召开了"),
    ("演练", "演练 举行 举行了 搞了 演 开展"),
    ("发放", "发放 发 发了 打卡 兑付 发下去"),
    ("核发", "发放 发 发了 打卡 核发"),
    ("兑现", "兑现 兑付 发 发了 发放"),
    ("报送", "报送 上报 报 报了 送 交 报上去"),
    ("上报", "报送 上报 报 报了 送 交 报上去"),
    ("挂牌", "挂牌 揭牌 挂 挂上"),
    ("揭牌", "挂牌 揭牌"),
    ("通车", "通车"),
    ("投运", "投运 投用 投入运行"),
    ("投用", "投运 投用 投入使用"),
    ("印发", "印发 下发 发 发了 印发了 下发了 出台"),
    ("选址", "选址 定 定了"),
    ("移交", "移交 交 交付"),
    ("备案", "备案"),
];

/// Endings that name an event by their own word only.
const PLAIN: [&str; 20] = [
    "落地开工",
    "建成",
    "入统",
    "落地",
    "投产",
    "竣工",
    "启用",
    "立项",
    "批复",
    "开标",
    "下达",
    "并网",
    "上线",
    "开业",
    "出台",
    "定稿",
    "交付",
    "召开",
    "举办",
    "收官",
];

/// Endings that count for the plan, too: 计划下月开工.
pub(super) const GOALS: [&str; 9] =
    ["落地开工", "开工", "投用", "建成", "入统", "落地", "投产", "竣工", "通车"];

impl View<'_> {
    /// The event of the title has happened: 已开工, 津贴发了.
    pub(super) fn goal(&self, token: &Token) -> bool {
        self.names_event(token) && self.happens(token)
    }

    /// Whether a word names the event that ends the title; where something is counted, one event does not finish it.
    fn names_event(&self, token: &Token) -> bool {
        let text = self.text(token);
        let title = self.facts.title.text();
        let counted = self.facts.target.is_some();
        let named =
            |ends: &str, words: &str| title.ends_with(ends) && words.split(' ').any(|word| word == text);
        let goal = GOALS.iter().any(|goal| title.ends_with(goal) && goal.ends_with(text)) && text.len() >= 6;
        let plain = PLAIN.iter().any(|end| title.ends_with(end) && end.ends_with(text)) && text.len() >= 6;
        goal || !counted && (plain || EVENTS.iter().any(|(ends, words)| named(ends, words)))
    }

    /// Whether it is said of a word that it has happened; of a short one only right beside it.
    fn happens(&self, token: &Token) -> bool {
        if self.has(Class::Not) || self.has(Class::Future) {
            return false;
        }
        if self.text(token).len() > '发'.len_utf8() {
            return self.has(Class::Already)
                || self.text(token).ends_with('了')
                || self.clause.contains("的仪式");
        }
        let at = self.tokens.iter().position(|other| other.start == token.start).unwrap_or(0);
        let beside = |token: Option<&Token>| token.is_some_and(|token| token.is(Class::Already));
        let mut before = self.tokens[..at].iter().rev().filter(|token| !matches!(token.kind, Kind::Space));
        beside(self.tokens.get(at + 1)) || beside(before.next())
    }
}
