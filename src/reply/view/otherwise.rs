//! Is a finish put otherwise than as a fact: planned, of a time only, under way, on somebody's word?

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::Token;
use crate::reply::words::listed;

/// Openings with 说 that say nothing about who says it.
const SAID: &str = "说一下 说实话 说真的";

/// Words of a plan, unless it is said to have happened.
const PLANS: &str = "回头 一会儿 待会 会后 等会 下午 晚上 按期 按时 如期 按要求 按照要求 按规定 按计划 按照计划 \
    按节点";

/// Times that limit a finish to them.
const PERIODS: &str = "本月 本周 这周 这个月 上月 上个月 一季度 二季度 三季度 四季度 上半年 今天 当月";

/// Words in which a time is none: 老年大学 is of no year.
const NO_TIMES: &str = "老年 青年 少年 成年 周边 周围 日常 日间 日照 节日 季节性";

impl View<'_> {
    /// Whether a finish in it is planned, of another time, under way, or somebody's word.
    pub(super) fn is_put_otherwise(&self) -> bool {
        // 按时完, 按期完成无虞: a plan, unless it is said to have happened.
        let planned = listed(PLANS).any(|word| self.clause.contains(word)) && !self.has_happened();
        // 说拆了: somebody says so.
        let opening = self.clause.trim_start();
        let hearsay = opening.starts_with("说") && !listed(SAID).any(|word| opening.starts_with(word));
        // 咱们说的这个"完成": the word, and not the deed.
        let word = ["这个\"", "所谓\"", "叫\"", "说的\"", "这俩字", "这个词"];
        let of_word = word.iter().any(|word| self.clause.contains(word));
        planned || hearsay || of_word || self.of_a_period() || self.under_way_to_finish()
    }

    /// 本月任务完成了, 一季度的完成了: of that time only, unless the item itself is of one.
    fn of_a_period(&self) -> bool {
        let title =
            listed(NO_TIMES).fold(self.facts.title.text().to_owned(), |title, word| title.replace(word, ""));
        let own = title.contains(['月', '季', '周', '日', '年']);
        let limited = listed(PERIODS).any(|period| {
            self.clause.find(period).is_some_and(|at| {
                let after = &self.clause[at + period.len()..];
                ["的", "任务", "计划", "目标", "份"].iter().any(|noun| after.starts_with(noun))
            })
        });
        limited && !own
    }

    /// 在完成, 做完汇报: under way, or a condition of word of it.
    fn under_way_to_finish(&self) -> bool {
        let finish = |token: &Token| token.is_any(&[Class::Finish, Class::Close]);
        self.tokens.windows(2).any(|two| {
            self.text(&two[0]) == "在" && finish(&two[1])
                || finish(&two[0])
                    && two[1].is(Class::Report)
                    && !two[1].is(Class::Follow)
                    && !self.has(Class::Already)
                    && !self.has(Class::Close)
        })
    }
}
