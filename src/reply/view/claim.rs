//! Is a clause the claim that the whole item is finished? Only if every other word of it is known to be harmless.

use super::{Claim, NEUTRAL, PAST_YEARS, View};
use crate::domain::quantity::Quantity;
use crate::reply::figures::Percent;
use crate::reply::lexicon::{Class, word_at};
use crate::reply::tokens::{Kind, Token};
use crate::reply::when;

/// Openings with 说 that say nothing about who says it.
const SAID: [&str; 3] = ["说一下", "说实话", "说真的"];

/// Words of a plan, unless it is said to have happened.
const PLANS: [&str; 16] = [
    "回头",
    "一会儿",
    "待会",
    "会后",
    "等会",
    "下午",
    "晚上",
    "按期",
    "按时",
    "如期",
    "按要求",
    "按照要求",
    "按规定",
    "按计划",
    "按照计划",
    "按节点",
];

/// Times that limit a finish to them.
const PERIODS: [&str; 13] = [
    "本月",
    "本周",
    "这周",
    "这个月",
    "上月",
    "上个月",
    "一季度",
    "二季度",
    "三季度",
    "四季度",
    "上半年",
    "今天",
    "当月",
];

/// Requests to close the item.
const ASKS_TO_CLOSE: [&str; 35] = [
    "销了吧",
    "划了吧",
    "勾了吧",
    "可以打勾",
    "可以打钩",
    "能打勾",
    "打勾吧",
    "打个勾吧",
    "可以销案",
    "请予勾销",
    "可核销",
    "能划掉",
    "能勾掉",
    "可以勾掉",
    "销号吧",
    "给销号",
    "给销了",
    "请予以销号",
    "请督查室销号",
    "给我销号",
    "帮我销号",
    "请予销号",
    "请销号",
    "申请销号",
    "可以销号",
    "可以销了",
    "能销了",
    "请核销",
    "请予核销",
    "正式报结",
    "现报结",
    "给我勾掉",
    "可以划掉",
    "本条可以划",
    "申请办结",
];

/// Ends of titles that are about money which reaches people.
const PAYMENTS: [&str; 7] = ["发放", "拨付", "兑现", "兑付", "核发", "返还", "补发"];

/// What says of a named item that it is finished.
const GOOD: [&str; 4] = ["好了", "已好", "好啦", "完了"];

impl View<'_> {
    /// The claim that the whole item is finished: a finish, and beside it nothing that is not known to be harmless.
    pub fn done(&self, query: bool, percent: Option<f64>, quantity: Option<&Quantity>) -> Option<Claim> {
        // 法律援助站12个: a bare figure counts what there is, not what was done with it.
        let reached = self.reached(quantity)
            && (self.clause.replace("全年", "").contains('全')
                || self.tokens.iter().any(|token| {
                    token.is_any(&[Class::Finish, Class::Close, Class::Already, Class::Total, Class::Gain])
                        || matches!(token.kind, Kind::Slash)
                        // 321一个不落
                        || token.is(Class::Follow) && self.text(token).starts_with('一')
                }));
        let named = self.tokens.iter().any(|token| {
            token.is_any(&[Class::Finish, Class::Close]) || self.goal(token) || self.accepted(token)
        });
        let full = percent == Some(100.0);
        // 第一个好了: of an item that was named, it says that it is finished; alone it is a receipt.
        if !query && (self.enough() || self.hands_in() || self.in_use()) {
            return Some(Claim::Plain);
        }
        if self.facts.named && !query && (GOOD.contains(&self.clause.trim()) || self.all_good()) {
            return Some(Claim::Plain);
        }
        if query || !(named || reached || full) || self.facts.title.partly(self.clause) {
            return None;
        }
        // 按时完, 按期完成无虞: a plan, unless it is said to have happened.
        let planned = PLANS.iter().any(|word| self.clause.contains(word));
        if planned && !self.has_happened() {
            return None;
        }
        if self.of_a_period() || self.under_way_to_finish() {
            return None;
        }
        // 说拆了: somebody says so.
        if self.clause.trim_start().starts_with("说")
            && !SAID.iter().any(|word| self.clause.trim_start().starts_with(word))
        {
            return None;
        }
        let known = |token: &Token| {
            self.harmless(token, reached, full) || self.handed_to(token) || self.done_besides(token)
        };
        let harmless = self.tokens.iter().all(known) || reached && self.all_of_them();
        if self.asks_to_close() && !self.denied_finish() {
            return Some(Claim::Asked);
        }
        let firm = self.has(Class::Close) || self.clause.contains("全部") || self.clause.contains("竣工");
        harmless.then_some(if firm { Claim::Firm } else { Claim::Plain })
    }

    /// 李庄的好了: the item by its name, and that it is good.
    fn all_good(&self) -> bool {
        let good = GOOD.iter().any(|good| self.clause.trim().ends_with(good));
        good && self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled || token.is_any(&[Class::Filler, Class::Ack, Class::Already, Class::Finish])
            }
            kind => matches!(kind, Kind::Title | Kind::Space),
        })
    }

    /// 本月任务完成了, 一季度的完成了: of that time only, unless the item itself is of one.
    fn of_a_period(&self) -> bool {
        let title = self.facts.title.text();
        let own = ['月', '季', '周', '日', '年'].iter().any(|time| title.contains(*time));
        let limited = PERIODS.iter().any(|period| {
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

    /// 请予销号, 可以销了, and no word of a condition.
    fn asks_to_close(&self) -> bool {
        let asks = ASKS_TO_CLOSE.iter().any(|word| self.clause.contains(word))
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

    fn harmless(&self, token: &Token, reached: bool, full: bool) -> bool {
        let today = self.facts.today;
        match &token.kind {
            Kind::Word(_) => {
                token.is_any(&NEUTRAL) && !token.is_any(&[Class::Nearly, Class::Future, Class::Not])
                    || self.goal(token)
                    || token.titled && !token.is_any(&[Class::Not, Class::Nearly, Class::Part, Class::Future])
                    || token.titled && token.is(Class::Part) && self.only_part(token)
                    || full && token.is(Class::Body)
                    || token.is(Class::Report) && self.has(Class::Close)
                    || self.follows_end(token)
                    || ["实现", "举行", "举办"].contains(&self.text(token)) && self.before_finish(token)
                    || self.taken_before_event(token)
                    || token.is(Class::Means)
                        && PAYMENTS.iter().any(|end| self.facts.title.text().ends_with(end))
                    || reached && token.is_any(&[Class::Gain, Class::Approx])
                    || token.is(Class::Lately) && !token.is(Class::Part) && self.has(Class::Already)
                    || self.text(token) == "是"
                        && self.clause[..token.start].ends_with(['都', '均'])
                        && self.before_finish(token)
                    || self.text(token) == "是" && self.clause.starts_with("现在") && self.has_happened()
                    || self.text(token) == "是" && (self.has_been(token) || self.concedes(token))
                    || self.text(token) == "就" && self.clause[token.end..].starts_with(['那', '这'])
                    || self.text(token) == "就" && self.has_happened() && self.before_finish(token)
                    || token.is_any(&[Class::Report, Class::Arrive])
                        && self.clause[token.end..].starts_with('完')
            }
            Kind::Date(found) => {
                // 去年已完成 was another round of the work.
                // 今天完成 may be a plan, 今天完成了 is not.
                let another_year = PAST_YEARS.iter().any(|word| self.text(token).starts_with(word));
                let ago = if another_year { i64::MAX } else { (today - found.date).num_days() };
                (1..=120).contains(&ago)
                    || ago == 0 && self.has_ended()
                    || token.titled
                    || found.day_only && self.has(Class::Already)
            }
            Kind::Percent(share) => {
                matches!(share, Percent::Value(value) if *value >= 100.0)
            }
            Kind::Number(_) if self.facts.title.text().contains(self.text(token)) => {
                self.text(token).len() > 1
            }
            // 最后一户搬完
            Kind::Amount(_) if self.clause[..token.start].ends_with("最后") => self.before_finish(token),
            Kind::Amount(_) | Kind::Slash | Kind::Number(_) => reached,
            Kind::Title | Kind::Space => true,
            // 提前25天完成
            Kind::Span(_) => self.clause[..token.start].trim_end().ends_with("提前"),
            Kind::Other => {
                self.counts_items(token)
                    || self.told_to(token)
                    || self.follows_end(token)
                    || reached && self.reaches(token)
            }
        }
    }

    /// 方案领导签了发下去了: a step that was taken before the event of the title.
    fn taken_before_event(&self, token: &Token) -> bool {
        let done = token.is(Class::Step) && self.text(token).ends_with('了');
        done && self.tokens.iter().any(|event| event.start > token.start && self.goal(event))
    }

    /// 种是种完了: what follows takes nothing back unless it says so.
    fn concedes(&self, token: &Token) -> bool {
        let before = self.clause[..token.start].chars().next_back();
        let twice = before.is_some_and(|c| self.clause[token.end..].starts_with(c));
        twice && self.before_finish(token)
    }

    /// 是弄完了的, 是昨天收的尾: 是 that stresses what has been.
    fn has_been(&self, token: &Token) -> bool {
        let stressed = self.clause.trim_end().ends_with('的') && self.before_finish(token);
        stressed
            || self.tokens.iter().any(|finish| finish.is(Class::Finish) && self.text(finish).contains('的'))
    }

    /// Something in the clause is over: 已, 了, 报了.
    fn has_ended(&self) -> bool {
        self.has(Class::Already) || self.tokens.iter().any(|token| self.text(token).ends_with('了'))
    }

    /// 3月底就搞完了, 昨天就全部办结: 就 beside what has happened is no plan.
    fn has_happened(&self) -> bool {
        let past = |token: &Token| match &token.kind {
            Kind::Date(found) => found.date < self.facts.today,
            _ => false,
        };
        self.has(Class::Lately)
            || self.clause.contains('昨')
            || self.has_ended()
            || self.tokens.iter().any(past)
    }

    /// Whether a finish stands right behind a word.
    fn before_finish(&self, token: &Token) -> bool {
        let mut after = self.tokens.iter().skip_while(|other| other.start <= token.start);
        after
            .find(|next| !next.is(Class::Filler))
            .is_some_and(|next| next.is_any(&[Class::Finish, Class::Close]) || self.goal(next))
    }

    /// 初稿已完成, where the title is of that draft and names no other stage.
    fn only_part(&self, token: &Token) -> bool {
        let title = self.facts.title.text();
        let stages = title.char_indices().filter_map(|(at, _)| word_at(&title[at..]).map(|word| (at, word)));
        let stages: Vec<&str> = stages
            .filter(|(_, (classes, _))| {
                classes.iter().any(|class| [Class::Part, Class::Step].contains(class))
            })
            .map(|(at, (_, len))| &title[at..at + len])
            .collect();
        stages == [self.text(token)] || stages.is_empty() && self.text(token).ends_with('会')
    }

    /// 完成选址: what was finished is a step of it.
    pub fn finished_step(&self) -> bool {
        self.tokens.windows(2).any(|two| {
            two[0].is(Class::Finish)
                && two[0].end == two[1].start
                && two[1].is_any(&[Class::Step, Class::Part])
                && !two[1].is_any(&[Class::Finish, Class::Follow])
                && !two[1].titled
                && !self.used_after(&two[1])
                && !self.inspected(&two[1])
        })
    }

    /// 未完成, 没有办结.
    pub fn denied_finish(&self) -> bool {
        let not =
            self.tokens.iter().position(|token| token.is_any(&[Class::Not, Class::Unable]) && !token.titled);
        not.is_some_and(|at| {
            self.tokens[at..]
                .iter()
                .any(|token| token.is_any(&[Class::Finish, Class::Close, Class::Unable, Class::Step]))
        })
    }
}
