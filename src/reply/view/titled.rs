//! Is the deed that the title ends with said to be done? 采购目录更新好了 of 药品目录更新, 称重仪昨天启用了 of 称重仪启用.

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::words::listed;

/// What says behind a verb that all of it is done. A bare 了 does so of events only: 培训了 has trained somebody.
const DONE: &str = "好了 完了 完毕 完成 完成了 到位 到位了 结束 结束了 成功 完 好 妥了 利索了";

/// Deeds that are events: they happen once, to the whole.
const EVENTS: &str = "启用 开工 投用 投产 投运 竣工 通车 贯通 挂牌 揭牌 开业 开园 开馆 上线 并网 通水 通气 通电 开通 落地 \
    签约 封顶 交付 移交 备案 发布 印发 出台 召开 举办 闭幕 联网";

/// Last words of titles that are no deeds.
const NO_DEEDS: &str =
    "工作 任务 项目 行动 情况 问题 工程 机制 计划 方案 建设 改造 提升 发展 管理 服务 保障 整治";

impl View<'_> {
    /// The title's deed, and that it is done, at the end of what is said. Only the title's own words stand before it: 东厂区设备
    /// and 李庄的目录 are a part, however they are called.
    pub(super) fn deed_is_done(&self) -> bool {
        let title = self.facts.title.text();
        let Some((at, _)) = title.char_indices().rev().nth(1) else { return false };
        let deed = &title[at..];
        let Some(place) = self.clause.rfind(deed) else { return false };
        let before = &self.clause[..place];
        let after = self.clause[place + deed.len()..].trim_matches(['啊', '哈', '呢', '呀', ' ', '啦']);
        let event = listed(EVENTS).any(|word| word == deed);
        let come = ["已", "已经", "全部", "都"].iter().any(|word| before.ends_with(word));
        let done =
            listed(DONE).any(|end| after == end) || event && (after == "了" || after.is_empty() && come);
        let own = |token: &Token| {
            let known = [Class::Filler, Class::Already, Class::Step, Class::Lately, Class::Finish];
            token.titled
                || token.is_any(&known)
                || matches!(token.kind, Kind::Title | Kind::Space | Kind::Date(_))
        };
        done && !listed(NO_DEEDS).any(|word| word == deed)
            && self.tokens.iter().filter(|token| token.start < place).all(own)
            && !self.is_built()
            && !self.makes_ready()
            && !self.is_limited()
    }
}
