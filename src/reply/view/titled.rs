//! Is the deed that the title ends with said to be done? 采购目录更新好了 of 药品目录更新, 标定完启用了 of 称重仪启用.

use super::View;
use crate::reply::words::listed;

/// What says behind a verb that all of it is done. A bare 了 does so of events only: 培训了 has trained somebody.
const DONE: &str = "好了 完了 完毕 完成 完成了 到位 到位了 结束 结束了 成功 完 好 妥了 利索了";

/// Deeds that are events: they happen once, to the whole.
const EVENTS: &str = "启用 开工 投用 投产 投运 竣工 通车 贯通 挂牌 揭牌 开业 开园 开馆 上线 并网 通水 通气 通电 开通 落地 \
    签约 封顶 交付 移交 备案 发布 印发 出台 召开 举办 闭幕 联网";

/// Last words of titles that are no deeds.
const NO_DEEDS: &str =
    "工作 任务 项目 行动 情况 问题 工程 机制 计划 方案 建设 改造 提升 发展 管理 服务 保障 整治";

/// Places of which there are many: one that is named is not all. Nor is what belongs to somebody.
const ONE_OF_MANY: &str = "的 村 屯 庄 镇 乡 街 社区 小区 学校 标段 片区 户";

impl View<'_> {
    /// The title's deed, and that it is done, at the end of what is said; nothing limits it to a part.
    pub(super) fn deed_is_done(&self) -> bool {
        let title = self.facts.title.text();
        let Some((at, _)) = title.char_indices().rev().nth(1) else { return false };
        let deed = &title[at..];
        if listed(NO_DEEDS).any(|word| word == deed) || self.is_built() {
            return false;
        }
        let Some(place) = self.clause.rfind(deed) else { return false };
        let before = &self.clause[..place];
        let after = self.clause[place + deed.len()..].trim_matches(['啊', '哈', '呢', '呀', ' ', '啦']);
        let done =
            listed(DONE).any(|end| after == end) || after == "了" && listed(EVENTS).any(|word| word == deed);
        let event = listed(EVENTS).any(|word| word == deed);
        let has_come = event
            && after.is_empty()
            && ["已", "已经", "全部", "都"].iter().any(|word| before.ends_with(word));
        let done = done || has_come;
        let one = listed(ONE_OF_MANY).any(|word| before.contains(word) && !title.contains(word));
        done && !one && !self.makes_ready() && !self.is_limited()
    }
}
