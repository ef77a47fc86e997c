//! Is it said of all that the work is about, in words no list holds? 老用户全转完, 最后一户昨晚搬走.

use super::View;
use crate::domain::chinese::number_at;
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::words::listed;

/// Words for all of them.
const ALL: &str = "全部 全都 全 都 均 悉数 尽数 统统 通通 一律 统一 逐一 个个 件件";

/// What ends with the work itself: 推平了, 转完, 归档.
pub(super) const OVER_WITH: &str = "了 完 毕 到位 齐 净 清 结 妥 好 归档 入库 入账 到户 拿证 结业 上岗 报到 投用 通 \
    通过 上网 上线 拆除 接通 整改 覆盖 签收 兑现 化解 消除 更换 安装 发放 拨付 结算 办复 答复";

/// Ends that are none: 全看过了, 都开始了.
const NOT_OVER: &str = "来了 去了 说了 知道了 看了 问了 动了 开了 开始了 忘了 停了 乱了 走了 跑了 坏了 死了 撤了 \
    没了 急了 在了 干了 上了会 出门了 回家了 着了 傻了 找了";

/// Where a verb leads, before 了.
const LEADS: &str = "下来了 回来了 上来了 出来了 过来了 进来了 下去了 进去了 出去了 过去了 回去了 上去了";

/// Words in the titles of what is built.
const BUILT: &str = "建设 改造 工程 维修 修缮 扩建 新建 迁建 重建 翻建 大修 加固 厂房 路 桥 楼 小区 公园 \
    步道 管网 学校 医院";

impl View<'_> {
    /// 广告招牌统一换完, 老用户全转完: all of what the work is about, and what was done with it ends what is said. Of works
    /// that are built, only where nothing but the title's words stand before: the walls are a part.
    pub(super) fn all_finished(&self) -> bool {
        let Some((at, word)) = listed(ALL).filter_map(|word| Some((self.clause.find(word)?, word))).min()
        else {
            return false;
        };
        let rest = self.clause[at + word.len()..].trim_end_matches(['啊', '哈', '呢', '呀', ' ', '啦']);
        let ended = rest.chars().count() > 1 && self.is_over(rest);
        let known = |token: &Token| {
            token.titled
                || token.start >= at
                || token.is(Class::Filler)
                || matches!(token.kind, Kind::Title | Kind::Space | Kind::Amount(_) | Kind::Number(_))
        };
        let subject = !self.is_built() || self.tokens.iter().all(known);
        // 条幅都挂上了 finishes no month of publicity; 旧车全换下来了 finishes 出租车更新.
        let of_it = self.tokens.iter().any(|token| token.titled || token.kind == Kind::Title)
            || !self.tokens.iter().any(|token| token.kind == Kind::Other)
            || rest.chars().any(|c| self.facts.title.text().contains(c) && !"了完全都的好".contains(c));
        let begun = self.tokens.iter().any(|token| {
            token.is_any(&[Class::Start, Class::Ack, Class::Report, Class::Talk]) && !token.titled
        });
        ended
            && subject
            && of_it
            && !begun
            && !self.prepares()
            && !self.prepares_last()
            && !self.makes_ready()
            && !self.is_limited()
    }

    /// 最后一户昨晚搬走, 第五座也开门了 of five: the last of them. Of works that are built, only of what the target counts.
    pub(super) fn last_one(&self) -> bool {
        let Some((at, unit)) = self.last_of_them() else { return false };
        let counted = self.facts.target.is_some_and(|target| target.unit.ends_with(unit));
        let rest = self.clause[at..].trim_end_matches(['啊', '哈', '呢', '呀', ' ', '啦']);
        let gone = ["走", "上", "掉"].iter().any(|end| rest.ends_with(end));
        let ended = rest.chars().count() > 1 && (gone || self.is_over(rest));
        ended
            && (counted || !self.is_built())
            && !self.prepares()
            && !self.prepares_last()
            && !self.makes_ready()
            && !self.is_limited()
    }

    /// Whether words end with what ends the work: 换下来了, and not 都来了.
    fn is_over(&self, words: &str) -> bool {
        let led = listed(LEADS).any(|end| words.ends_with(end));
        let vain = !led && !self.has(Class::Finish) && listed(NOT_OVER).any(|end| words.ends_with(end));
        !vain && listed(OVER_WITH).any(|end| words.ends_with(end))
    }

    /// Where what is said of the last of them begins, and how they are counted.
    fn last_of_them(&self) -> Option<(usize, char)> {
        let last = ["最后一", "末一"].iter().find_map(|word| Some(self.clause.find(word)? + word.len()));
        let counted = || {
            let at = self.clause.find('第')? + '第'.len_utf8();
            let place = number_at(&self.clause[at..])?;
            let all = self.facts.target.is_some_and(|target| (target.value - place.value).abs() < 1e-6);
            all.then_some(at + place.len)
        };
        let at = last.or_else(counted)?;
        let unit = self.clause[at..].chars().next()?;
        Some((at + unit.len_utf8(), unit))
    }

    /// Whether the title is of something that is built, and so has parts.
    pub(super) fn is_built(&self) -> bool {
        let title = self.facts.title.text();
        listed(BUILT).any(|word| title.contains(word))
    }
}
