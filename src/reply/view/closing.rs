//! Is the item said to be closed, or asked to be? These words are said of a whole and of no part.

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::Token;
use crate::reply::when;
use crate::reply::words::listed;

/// Requests to close the item.
const ASKS_TO_CLOSE: &str = "销账吧 销了账吧 可以画勾 可以画钩 能画勾 画勾吧 画个勾吧 可以划勾 可以下账 下账吧 不再列入督办 移出督办 销了吧 划了吧 勾了吧 可以打勾 可以打钩 能打勾 打勾吧 打个勾吧 可以销案 请予勾销 可核销 能划掉 \
    能勾掉 可以勾掉 销号吧 给销号 给销了 请予以销号 请督查室销号 给我销号 帮我销号 请予销号 请销号 \
    申请销号 可以销号 可以销了 能销了 请核销 请予核销 正式报结 现报结 给我勾掉 可以划掉 本条可以划 \
    申请办结 请予办结 特此报结 特此销号 请予结案 申请结案";

/// What is said of a whole and never of a part of it.
const CLOSING: &str = "收官 销案 清零 归零 翻篇 落幕 闭幕 告竣 交卷 杀青 画上句号 画句号 画了句号 打完收工";

/// Nouns that go on from such a word and speak of something else.
const OF_CLOSING: &str = "时限 时间 期限 标准 条件 率 要求 数 比例 日期 流程 手续 申请 单 情况 行动";

impl View<'_> {
    /// 专项行动收官: words that are said of the whole only, whatever else the clause tells.
    pub(super) fn is_closed(&self) -> bool {
        let closes = |token: &Token| {
            let whole = token.is(Class::Close)
                || token.is(Class::Finish) && listed(CLOSING).any(|word| self.text(token).contains(word));
            // 办结时限到了
            whole && !listed(OF_CLOSING).any(|noun| self.clause[token.end..].starts_with(noun))
        };
        self.tokens.iter().any(closes) && !self.makes_ready() && !self.is_limited()
    }

    /// 验收通过就可以销号, 批了才能销: it may be closed once something else has come.
    pub(super) fn closes_on_condition(&self) -> bool {
        // 昨天就办结了 tells what has been; what may be done tells what is to come.
        let may =
            |at: &usize| self.clause[*at..].starts_with(['可', '能']) || self.clause[*at..].contains("的话");
        let asked = listed(ASKS_TO_CLOSE).filter_map(|word| self.clause.find(word));
        let closing = self.tokens.iter().filter(|token| token.is(Class::Close)).map(|token| token.start);
        asked.chain(closing).filter(may).any(|at| {
            let before = self.clause[..at].trim_end();
            let first = before.trim_end_matches(['就', '才', '便', '再']).trim_end();
            self.clause[at..].contains("的话") || first.len() < before.len() && !first.is_empty()
        })
    }

    /// 请予销号, 可以销了, and no word of a condition.
    pub(super) fn asks_to_close(&self) -> bool {
        let asks = listed(ASKS_TO_CLOSE).any(|word| self.clause.contains(word))
            || ["可销", "可销了"].contains(&self.clause.trim());
        let doubts = [
            Class::Not,
            Class::Future,
            Class::If,
            Class::Left,
            Class::Wait,
            Class::Ask,
            Class::Nearly,
            Class::Part,
            Class::Obstacle,
        ];
        let later = when::coming_day(self.tokens, self.facts.today).is_some();
        asks && !later
            && !self
                .tokens
                .iter()
                .any(|token| token.is_any(&doubts) && !token.is(Class::Close) && !token.titled)
    }
}
