//! Has the target been reached, and by what was done with all that it counts?

use super::View;
use super::whole::OVER_WITH;
use crate::domain::chinese::number_at;
use crate::domain::quantity::Quantity;
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::words::listed;

/// Verbs that finish nothing by reaching a number: 报了18个, 跑了18个村.
const NO_DEED: &str = "订备缺欠差余剩报说去走跑看摸问谈找下分领派开进动定选要计估签腾";

/// Words that say that there are enough.
const ENOUGH: &str = "够了 够数 够数了 齐了 满了 招满了 招齐了 配齐了 够够的 超了 满员 满员了";

/// What right before a figure says that it has been reached.
const FILLED: &str = "满 够 齐 干到 达到 冲到 破案 超过 达 办了 测了 筛了 抽了 做了 招了 签了 种了 栽了 收了 \
    评了 讲了 演了 净增 登记 化解 处置 盘活 入库 追回 验收 完工 竣工 发了 办结 审结 执结 \
    实现 完成 发放 建成 突破";

/// What a figure tells in the target's unit; None where it is of something else, or no figure.
pub(in crate::reply) fn told_of(token: &Token, target: &Quantity) -> Option<f64> {
    match &token.kind {
        Kind::Amount(amount) => amount.of_kind(&target.unit).to_unit(&target.unit).map(|told| told.value),
        Kind::Number(value) => Some(*value),
        _ => None,
    }
}

/// Whether a figure is as much as the target, or more.
pub(super) fn is_as_much(token: &Token, target: &Quantity) -> bool {
    told_of(token, target).is_some_and(|told| told >= target.value)
}

impl View<'_> {
    /// 37所学校的摄像头全部接入平台: all that the target counts, in words no list knows, and none that speaks of a stage.
    pub(in crate::reply) fn all_of_them(&self) -> bool {
        let all = ["全", "都", "均", "悉数", "尽数", "统统", "通通", "一律"]
            .iter()
            .any(|word| self.clause.contains(word));
        let amounts = self.tokens.iter().filter(|token| matches!(token.kind, Kind::Amount(_))).count();
        let all = all || amounts > 1 && self.has(Class::Already);
        let stage = [
            Class::Not,
            Class::Future,
            Class::If,
            Class::Nearly,
            Class::Ongoing,
            Class::Wait,
            Class::Left,
            Class::Except,
            Class::Start,
            Class::Part,
            Class::Obstacle,
            Class::Hearsay,
            Class::Past,
            Class::Aside,
            Class::Need,
            Class::Unable,
            Class::Under,
        ];
        let done = self.has(Class::Already)
            || self.clause.contains("全部")
            || self.has(Class::Finish)
            || self.clause.trim_end().ends_with('了');
        // 四家都签了字, of 协议签订
        let own = self.tokens.iter().any(|token| {
            let first = self.text(token).chars().next();
            let titled = first.is_some_and(|c| self.facts.title.text().contains(c));
            token.is(Class::Step) && titled && self.text(token).ends_with('了')
        });
        let done = done || own;
        all && done
            && !self.prepares()
            && !self.tokens.iter().any(|token| {
                token.is_any(&stage) && !token.titled && !token.is(Class::Finish) && !self.opens_doors(token)
            })
    }

    /// 托管点已全部开班: what serves people is finished when it opens; a course has only begun.
    fn opens_doors(&self, token: &Token) -> bool {
        let title = self.facts.title.text();
        let works = ["建设", "新建", "改造", "扩建"];
        let title = works.iter().find_map(|end| title.strip_suffix(end)).unwrap_or(title);
        let place =
            title.ends_with(['点', '站', '园', '馆', '所', '院', '店', '室', '堂', '中', '心', '库', '厅']);
        let opens = ["开班", "开园", "开业", "开馆", "开门", "开张", "运营", "开放"]
            .iter()
            .any(|word| self.clause[token.start..].starts_with(word));
        place && opens
    }

    /// 入了九十六, 复查完418处, of as many: a verb right before what it has reached, with nothing behind it.
    pub(super) fn reaches(&self, token: &Token) -> bool {
        let after = &self.clause[token.end..];
        let Some(end) = after.find(['了', '完']).filter(|end| *end <= '查'.len_utf8()) else {
            return false;
        };
        let at = token.end + end + '了'.len_utf8();
        let mut rest = self.tokens.iter().filter(|token| token.start >= at);
        let counted = rest.next().is_some_and(|next| matches!(next.kind, Kind::Amount(_) | Kind::Number(_)));
        counted
            && !NO_DEED.contains(self.text(token))
            && rest.all(|token| token.is_any(&[Class::Filler, Class::Already]) || token.kind == Kind::Space)
    }

    /// 两个村的公厕都建完了, of two items.
    pub(super) fn counts_items(&self, token: &Token) -> bool {
        let count = i64::try_from(self.facts.beside.len() + 1).ok();
        let of = |at: usize| number_at(&self.clause[at..]).filter(|number| number.whole() == count);
        let number =
            of(token.start).is_some_and(|number| self.clause[token.start + number.len..].starts_with('个'));
        let before = token.start.checked_sub('两'.len_utf8()).filter(|at| self.clause.is_char_boundary(*at));
        let unit = self.text(token) == "个" && before.is_some_and(|at| of(at).is_some());
        !self.facts.beside.is_empty() && (number || unit)
    }

    /// 7的人够了, 名额满了: there are as many as the target asks for.
    pub(super) fn enough(&self) -> bool {
        let Some(target) = self.facts.target else { return false };
        let rest: String = self
            .tokens
            .iter()
            .filter(|token| {
                let counted = matches!(&token.kind, Kind::Amount(amount) if amount.value >= target.value);
                let said = ["够了", "齐了", "满了", "超了"].contains(&self.text(token));
                let plain = token.is_any(&[Class::Filler, Class::Already, Class::Goal]);
                said || !(token.titled || counted || plain || token.kind == Kind::Space)
            })
            .map(|token| self.text(token))
            .collect();
        let unit = target.unit.trim_start_matches(['万', '亿', '千', '百']);
        let rest = rest.strip_prefix(unit).or_else(|| rest.strip_prefix("名额")).unwrap_or(&rest);
        listed(ENOUGH).any(|word| word == rest)
    }

    /// 授信50300万元, of 5亿元: more than was asked for, and nothing that makes it a plan or a stage.
    pub(super) fn surpasses(&self, quantity: Option<&Quantity>) -> bool {
        let over =
            self.facts.target.zip(quantity).is_some_and(|(target, so_far)| {
                target.value > 0.0 && so_far.value > target.value * (1.0 + 1e-9)
            });
        over && self.is_of_title() && self.is_result() && !self.prepares_last()
    }

    /// Whether what is counted is of the title, or nothing unknown stands beside the figure: 地块落实3100亩 plants nothing.
    fn is_of_title(&self) -> bool {
        let known = |token: &Token| {
            token.titled
                || token.is_any(&[Class::Gain, Class::Finish, Class::Close, Class::Total, Class::Goal])
        };
        self.tokens.iter().any(known) || !self.tokens.iter().any(|token| token.kind == Kind::Other)
    }

    /// 96处推平了, of 96处: as many as were asked for, and what was done with them is behind it or right before.
    pub(super) fn meets(&self, quantity: Option<&Quantity>) -> bool {
        let Some(target) = self.facts.target.filter(|_| self.reached(quantity)) else { return false };
        let Some(figure) = self.tokens.iter().rfind(|token| is_as_much(token, target)) else { return false };
        let after = self.clause[figure.end..].trim_end_matches(['啊', '哈', '呢', '呀', ' ']);
        let ended = after.starts_with(|c: char| c.is_alphabetic())
            && !after.starts_with(['的', '要', '里'])
            && listed(OVER_WITH).any(|end| after.ends_with(end));
        // 签满1450户, 破案30起, 干到1003人了
        let before = self.clause[..figure.start].trim_end();
        let deed =
            listed(FILLED).any(|word| before.ends_with(word)) && after.trim_matches(['了', ' ']).is_empty();
        (ended && !self.prepares_last() || deed) && self.is_result() && !self.is_limited()
    }

    /// Whether nothing beside a figure makes it a plan, a stage, or a count of something made ready.
    pub(super) fn is_result(&self) -> bool {
        let none = [
            Class::Not,
            Class::Future,
            Class::If,
            Class::Need,
            Class::Wait,
            Class::Unable,
            Class::Under,
            Class::Hearsay,
            Class::Past,
            Class::Ask,
            Class::Ongoing,
            Class::Part,
            Class::Left,
            Class::Except,
            Class::Means,
        ];
        !self.prepares()
            && !self.tokens.iter().any(|token| token.is_any(&none) && !token.titled)
            && !self.tokens.windows(2).any(|two| {
                matches!(two[1].kind, Kind::Amount(_) | Kind::Number(_))
                    && NO_DEED.contains(self.text(&two[0]).trim_end_matches('了'))
            })
    }

    /// Whether the amount told reaches the target.
    pub(in crate::reply) fn reached(&self, quantity: Option<&Quantity>) -> bool {
        let pair = self.facts.target.zip(quantity);
        pair.is_some_and(|(target, so_far)| target.value > 0.0 && so_far.value >= target.value)
    }
}
