//! Is a clause the claim that the whole item is finished? Only if every other word of it is known to be harmless, or if
//! the end it tells is sure whatever else it tells.

use super::{Claim, NEUTRAL, PAST_YEARS, View};
use crate::domain::quantity::Quantity;
use crate::reply::figures::Percent;
use crate::reply::lexicon::{Class, word_at};
use crate::reply::tokens::{Kind, Token};

/// Ends of titles that are about money which reaches people.
const PAYMENTS: &[&str] = &["发放", "拨付", "兑现", "兑付", "核发", "返还", "补发"];

/// What says of a named item that it is finished.
const GOOD: &[&str] = &["好了", "已好", "好啦", "完了"];

impl View<'_> {
    /// The claim that the whole item is finished.
    pub fn done(&self, query: bool, percent: Option<f64>, quantity: Option<&Quantity>) -> Option<Claim> {
        if query {
            return None;
        }
        // 第一个好了: of an item that was named, it says that it is finished; alone it is a receipt.
        let good = self.facts.named && (GOOD.contains(&self.clause.trim()) || self.all_good());
        if good || self.enough() || self.hands_in() || self.in_use() {
            return Some(Claim::Plain);
        }
        if self.facts.title.partly(self.clause)
            || self.is_put_otherwise()
            || self.of_one_month()
            || self.closes_on_condition()
        {
            return None;
        }
        self.finish_alone(percent, quantity).or_else(|| self.finish_among(percent, quantity))
    }

    /// A finish, and beside it nothing that is not known to be harmless.
    fn finish_alone(&self, percent: Option<f64>, quantity: Option<&Quantity>) -> Option<Claim> {
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
        if self.asks_to_close() && !self.denied_finish() {
            return Some(Claim::Asked);
        }
        let full = percent == Some(100.0);
        if !(named || reached || full) {
            return None;
        }
        let known = |token: &Token| {
            self.harmless(token, reached, full) || self.handed_to(token) || self.done_besides(token)
        };
        let harmless = self.tokens.iter().all(known) || reached && self.all_of_them();
        let firm = self.has(Class::Close) || self.clause.contains("全部") || self.clause.contains("竣工");
        harmless.then_some(if firm { Claim::Firm } else { Claim::Plain })
    }

    /// An end that is sure whatever else the clause tells, as long as nothing limits it.
    fn finish_among(&self, percent: Option<f64>, quantity: Option<&Quantity>) -> Option<Claim> {
        let ended = self.ends_as_its_kind()
            || self.surpasses(quantity)
            || self.meets(quantity)
            || self.all_finished()
            || self.last_one()
            || self.all_of_hundred(percent)
            || self.is_closed()
            || self.deed_is_done()
            || self.works_now();
        ended.then_some(Claim::Plain)
    }

    /// 实名录入百分之百: a hundred of what the item is about, and of no part.
    fn all_of_hundred(&self, percent: Option<f64>) -> bool {
        let told = self
            .tokens
            .iter()
            .any(|token| matches!(token.kind, Kind::Percent(Percent::Value(value)) if value >= 100.0));
        let aside = self.tokens.iter().any(|token| token.is(Class::Aside) && !token.titled);
        // 百分百纯肉馅: of something that follows.
        let of_what_follows = self
            .tokens
            .iter()
            .skip_while(|token| !matches!(token.kind, Kind::Percent(_)))
            .any(|token| matches!(token.kind, Kind::Other));
        // 签约率100%, of 棚户区改造: another rate than that of the item.
        let other = self.clause.find('率').is_some_and(|at| {
            let of = self.clause[..at].trim_end();
            let whole =
                ["完成", "办结", "办复", "整改", "销号", "落实", "达标"].iter().any(|own| of.ends_with(own));
            !whole && !self.tokens.iter().any(|token| token.titled && token.end == at)
        });
        !other
            && (told || percent == Some(100.0))
            && !aside
            && !of_what_follows
            && !self.is_limited()
            && !self.makes_ready()
            && self.is_result()
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
    pub(super) fn has_happened(&self) -> bool {
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
