//! The questions that can be asked of one clause: is it a finish, a plan, a promise, a beginning denied?

use chrono::NaiveDate;

use super::figures::Percent;
use super::lexicon::Class;
use super::measure;
use super::title::TitleWords;
use super::tokens::{Kind, Token};
use super::when;
use crate::domain::quantity::Quantity;

/// The item as far as reading a clause needs it.
pub(super) struct Facts<'a> {
    pub today: NaiveDate,
    pub title: &'a TitleWords,
    pub target: Option<&'a Quantity>,
    /// Words of the titles of the items that the same clauses are about.
    pub beside: &'a [TitleWords],
    /// The message named the item.
    pub named: bool,
    pub due: Option<NaiveDate>,
}

/// A claim that the item is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// 完成, or the target reached: gives way to any word against it.
    Plain,
    /// 办结, 全部完成: stands beside an obstacle that is told as well.
    Firm,
}

/// Ends of titles that name a single event: once it has happened, the item is finished as titled.
const GOALS: [&str; 9] = ["落地开工", "开工", "投用", "建成", "入统", "落地", "投产", "竣工", "通车"];

/// What says of a named item that it is finished.
const GOOD: [&str; 4] = ["好了", "已好", "好啦", "完了"];

/// Words that say, alone, that it goes as planned.
const STEADY: [&str; 7] = ["按期", "按时", "如期", "按计划", "照计划", "按要求", "按照计划"];

/// Words that promise work at once.
const PROMISES: [&str; 9] = ["立即", "马上", "尽快", "立刻", "即刻", "这就", "随后", "尽早", "抓紧"];

/// Negations of what should have happened.
const DENIALS: [&str; 3] = ["没", "未", "尚无"];

/// Ends of titles that name a single act: 已印发 finishes 方案印发, where nothing is counted.
const ACTS: [&str; 22] = [
    "签约", "印发", "上报", "报送", "备案", "挂牌", "启用", "移交", "立项", "批复", "开标", "下达", "投运",
    "并网", "上线", "开业", "揭牌", "出台", "定稿", "交付", "召开", "举办",
];

/// Words that leave a finish whole.
const NEUTRAL: [Class; 10] = [
    Class::Filler,
    Class::Already,
    Class::Finish,
    Class::Close,
    Class::Follow,
    Class::Ack,
    Class::Chat,
    Class::Fine,
    Class::Total,
    Class::Goal,
];

/// Words that, besides, leave a plan for the whole item.
const PLANNED: [Class; 9] = [
    Class::Future,
    Class::Nearly,
    Class::Until,
    Class::Before,
    Class::Approx,
    Class::Need,
    Class::Body,
    Class::Extend,
    Class::Ask,
];

/// A clause cut into tokens, with the item it is about.
pub(super) struct View<'a> {
    pub tokens: &'a [Token],
    pub clause: &'a str,
    pub facts: &'a Facts<'a>,
}

impl View<'_> {
    pub fn has(&self, class: Class) -> bool {
        self.tokens.iter().any(|token| token.is(class))
    }

    fn text(&self, token: &Token) -> &str {
        &self.clause[token.start..token.end]
    }

    /// The claim that the whole item is finished: a finish, and beside it nothing that is not known to be harmless.
    pub fn done(&self, query: bool, percent: Option<u8>, quantity: Option<&Quantity>) -> Option<Claim> {
        // 法律援助站12个: a bare figure counts what there is, not what was done with it.
        let reached = self.reached(quantity)
            && (self.clause.contains('全')
                || self.tokens.iter().any(|token| {
                    token.is_any(&[Class::Finish, Class::Close, Class::Already, Class::Total, Class::Gain])
                        || matches!(token.kind, Kind::Slash)
                }));
        let named =
            self.tokens.iter().any(|token| token.is_any(&[Class::Finish, Class::Close]) || self.goal(token));
        let full = percent == Some(100);
        // 第一个好了: of an item that was named, it says that it is finished; alone it is a receipt.
        if self.facts.named && !query && GOOD.contains(&self.clause.trim()) {
            return Some(Claim::Plain);
        }
        if query || !(named || reached || full) || self.facts.title.partly(self.clause) {
            return None;
        }
        // 按时完, 按期完成无虞: a plan, unless it is said to have happened.
        let planned = ["按期", "按时", "如期"].iter().any(|word| self.clause.contains(word));
        if planned && !self.has(Class::Already) {
            return None;
        }
        let harmless = self.tokens.iter().all(|token| self.harmless(token, reached, full))
            || reached && self.all_of_them();
        let firm = self.has(Class::Close) || self.clause.contains("全部") || self.clause.contains("竣工");
        harmless.then_some(if firm { Claim::Firm } else { Claim::Plain })
    }

    /// 37所学校的摄像头全部接入平台: all that the target counts, in words no list knows, and none that speaks of a stage.
    fn all_of_them(&self) -> bool {
        let all = ["全", "都", "均"].iter().any(|word| self.clause.contains(word));
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
        let done = self.has(Class::Already) || self.clause.contains("全部") || self.has(Class::Finish);
        all && done
            && !self
                .tokens
                .iter()
                .any(|token| token.is_any(&stage) && !token.titled && !token.is(Class::Finish))
    }

    fn harmless(&self, token: &Token, reached: bool, full: bool) -> bool {
        let today = self.facts.today;
        match &token.kind {
            Kind::Word(_) => {
                token.is_any(&NEUTRAL)
                    || self.goal(token)
                    || token.titled && !token.is_any(&[Class::Not, Class::Nearly, Class::Part, Class::Future])
                    || full && token.is(Class::Body)
                    || reached && token.is_any(&[Class::Gain, Class::Approx])
                    || token.is(Class::Lately) && !token.is(Class::Part) && self.has(Class::Already)
                    || self.text(token) == "就" && self.has(Class::Lately)
                    || token.is_any(&[Class::Report, Class::Arrive])
                        && self.clause[token.end..].starts_with('完')
            }
            Kind::Date(found) => {
                // 去年已完成 was another round of the work.
                // 今天完成 may be a plan, 今天完成了 is not.
                let another_year =
                    ["去年", "上年", "前年"].iter().any(|word| self.text(token).starts_with(word));
                let ago = if another_year { i64::MAX } else { (today - found.date).num_days() };
                (1..=120).contains(&ago)
                    || ago == 0 && self.has(Class::Already)
                    || found.day_only && self.has(Class::Already)
            }
            Kind::Percent(share) => {
                matches!(share, Percent::Value(value) if *value >= 100.0)
            }
            Kind::Amount(_) | Kind::Slash | Kind::Number(_) => reached,
            Kind::Title | Kind::Space => true,
            // 提前25天完成
            Kind::Span(_) => self.clause[..token.start].trim_end().ends_with("提前"),
            Kind::Other => false,
        }
    }

    /// Whether the amount told reaches the target.
    fn reached(&self, quantity: Option<&Quantity>) -> bool {
        let pair = self.facts.target.zip(quantity);
        pair.is_some_and(|(target, so_far)| target.value > 0.0 && so_far.value >= target.value)
    }

    /// 已开工, where the title ends with 开工.
    fn goal(&self, token: &Token) -> bool {
        let text = self.text(token);
        let title = self.facts.title.text();
        let acts =
            self.facts.target.is_none() && ACTS.iter().any(|act| title.ends_with(act) && act.ends_with(text));
        let named = acts || GOALS.iter().any(|goal| title.ends_with(goal) && goal.ends_with(text));
        named && text.len() >= 6 && self.has(Class::Already) && !self.has(Class::Not)
    }

    /// 完成选址: what was finished is a step of it.
    pub fn finished_step(&self) -> bool {
        self.tokens.windows(2).any(|two| {
            two[0].is(Class::Finish)
                && two[0].end == two[1].start
                && two[1].is_any(&[Class::Step, Class::Part])
                && !two[1].is_any(&[Class::Finish, Class::Follow])
                && !two[1].titled
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

    /// The day to come on which the whole item is to be finished.
    pub fn finish_by(&self) -> Option<NaiveDate> {
        let today = self.facts.today;
        let finish = |token: &Token| {
            token.is_any(&[Class::Finish, Class::Close, Class::Until]) || self.title_goal(token)
        };
        // 8月底吧: a day beyond the term and nothing else is the day on which it will be finished.
        let late = |day: &NaiveDate| {
            self.facts.due.is_some_and(|due| *day > due)
                && !self.has(Class::Already)
                && !self.has(Class::Past)
        };
        let finishes = self.tokens.iter().any(finish);
        let day = when::coming_day(self.tokens, today)
            .filter(|day| (finishes && !self.has(Class::Past)) || late(day));
        let day = day.or_else(|| when::still_needed(self.tokens, today))?;
        let whole = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled || token.is_any(&NEUTRAL) || token.is_any(&PLANNED) || token.is(Class::Party)
            }
            Kind::Date(_) | Kind::Span(_) | Kind::Title | Kind::Space => true,
            Kind::Other => "时间的".contains(self.text(token)),
            _ => false,
        });
        (whole && (finishes || !self.has(Class::Ack))).then_some(day)
    }

    /// The event that the title ends with, whether it has happened or not.
    fn title_goal(&self, token: &Token) -> bool {
        let text = self.text(token);
        text.len() >= 6
            && GOALS.iter().any(|goal| self.facts.title.text().ends_with(goal) && goal.ends_with(text))
    }

    /// A finish that is only promised, without a day: 会按期完成.
    pub fn pledge(&self) -> bool {
        let finish = [Class::Finish, Class::Close].iter().any(|class| self.has(*class));
        let planned = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.titled || token.is_any(&NEUTRAL) || token.is_any(&PLANNED),
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        finish && planned && self.has(Class::Future)
    }

    /// Has not begun: the phrase, or a negation right before a beginning; of a part only, it is no such sign.
    pub fn not_started(&self) -> bool {
        let idle = self.tokens.iter().any(|token| token.is(Class::Idle));
        let begun = self.tokens.windows(2).any(|two| two[0].is(Class::Not) && two[1].is(Class::Start));
        let zero = measure::whole_percent(self.tokens, self.facts.today) == Some(0);
        let whole = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled
                    || token.is_any(&NEUTRAL)
                    || token.is_any(&PLANNED)
                    || token.is_any(&[Class::Idle, Class::Start, Class::Not, Class::Ongoing])
                    || self.text(token).starts_with("前期")
            }
            Kind::Other => false,
            Kind::Percent(_) => zero,
            // 还有8万亩没干: the rest of something that has begun.
            Kind::Amount(_) => false,
            _ => true,
        });
        (idle || begun || zero) && whole && !self.has(Class::If)
    }

    /// A bare promise to report: 周五报, 马上汇报.
    pub fn promise(&self) -> bool {
        let to_come = when::coming_day(self.tokens, self.facts.today).is_some()
            || self.tokens.iter().any(|token| {
                token.is_any(&[Class::Future, Class::Nearly, Class::If, Class::Ack])
                    && !token.is(Class::Report)
            });
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.is_any(&NEUTRAL)
                    || token.is_any(&PLANNED)
                    || token.is_any(&[Class::Report, Class::If, Class::Wait])
            }
            Kind::Date(_) | Kind::Space => true,
            _ => false,
        });
        self.has(Class::Report) && to_come && bare && !self.has(Class::Already)
    }

    /// Something happened that no list knows: 已 or 了 beside unknown words.
    pub fn happened(&self) -> bool {
        let unknown =
            self.tokens.iter().filter(|token| matches!(token.kind, Kind::Other | Kind::Title)).count();
        self.has(Class::Already) && unknown >= 1 && !self.has(Class::Chat)
            || self.has(Class::Gain) && self.has(Class::Already)
            || self.has(Class::Report) && self.has(Class::Already)
    }

    /// A figure that is progress of something, even if not of the whole.
    pub fn figures(&self) -> bool {
        let share = self.tokens.iter().any(|token| matches!(token.kind, Kind::Percent(_)));
        let amount = self.tokens.iter().any(|token| matches!(token.kind, Kind::Amount(_)));
        // 本月新开发28个: what is counted as the target is, even if the whole is not told.
        let aside = [Class::Aside, Class::Goal, Class::Need].into_iter().any(|class| self.has(class));
        let of_target = !aside
            && self.facts.target.is_some_and(|target| {
                self.tokens.iter().any(|token| match &token.kind {
                    Kind::Amount(amount) => amount.of_kind(&target.unit).to_unit(&target.unit).is_some(),
                    _ => false,
                })
            });
        share
            || of_target
            || amount && self.tokens.iter().any(|token| token.is_any(&[Class::Gain, Class::Future]))
    }

    /// 立即研究落实: work that is only promised, without a day.
    pub fn bare_promise(&self) -> bool {
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled
                    || token.is_any(&[
                        Class::Filler,
                        Class::Future,
                        Class::Nearly,
                        Class::Step,
                        Class::Start,
                        Class::Ack,
                        Class::Body,
                        Class::Help,
                    ]) && !token.is_any(&[Class::Finish, Class::Close])
            }
            kind => matches!(kind, Kind::Space | Kind::Title),
        });
        bare && PROMISES.iter().any(|word| self.clause.contains(word))
            && self.tokens.iter().any(|token| token.is_any(&[Class::Step, Class::Start]))
    }

    /// 没呢, 疾控没有: a bare no to the question whether it is done.
    pub fn bare_no(&self) -> bool {
        let plain = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.titled || token.is_any(&[Class::Filler, Class::Not, Class::Chat]),
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        let no = self.tokens.iter().rev().find(|token| !token.is(Class::Filler) && token.kind != Kind::Space);
        plain && no.is_some_and(|token| token.is(Class::Not) && self.text(token).len() >= 6)
    }

    /// 还未调度: what the title is about is denied.
    pub fn denies_title(&self) -> bool {
        let mut tokens = self.tokens.iter().filter(|token| !matches!(token.kind, Kind::Space)).rev();
        let last = tokens.by_ref().find(|token| !token.is(Class::Filler) || token.titled);
        let before = tokens.find(|token| !token.is(Class::Filler));
        let denied = |token: &Token| {
            token.is(Class::Not) && DENIALS.iter().any(|word| self.text(token).contains(word))
        };
        let named = |token: &Token| {
            // 奖补没发呢: the verb of the title, cut short.
            let short = token.end - token.start == '发'.len_utf8()
                && self.facts.title.text().contains(self.text(token))
                && matches!(token.kind, Kind::Other | Kind::Word(_));
            token.titled && !token.is_any(&[Class::Finish, Class::Close])
                || token.is(Class::Start) && self.text(token) == "开"
                || short
        };
        let part =
            self.tokens.iter().any(|token| matches!(token.kind, Kind::Amount(_))) || self.has(Class::Left);
        last.is_some_and(named) && before.is_some_and(denied) && !self.has(Class::If) && !part
    }

    /// Something is to come that no list knows: 下周开.
    pub fn planned(&self) -> bool {
        let to_come = when::coming_day(self.tokens, self.facts.today).is_some();
        let work = self.tokens.iter().any(|token| {
            token.titled
                || matches!(token.kind, Kind::Title)
                || token.is_any(&[Class::Step, Class::Start, Class::Gain, Class::Finish])
        });
        (to_come && work) || (to_come && self.has(Class::Future) && !self.has(Class::Report))
    }

    /// 按期, 正常 and nothing else: it goes as planned.
    pub fn steady(&self) -> bool {
        let plain = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.titled || token.is_any(&[Class::Filler, Class::Fine, Class::Body]),
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        plain && STEADY.iter().any(|word| self.clause.contains(word))
    }

    /// Asks by a negation at the end (作数不, 报了没) or around it (报不报, 用不用).
    pub fn asks_by_not(&self) -> bool {
        let chars: Vec<char> = self.clause.chars().collect();
        let around = chars.windows(3).any(|three| {
            three[0] == three[2] && ['不', '没'].contains(&three[1]) && three[0].is_alphabetic()
        });
        let last = self.tokens.iter().rev().find(|token| !matches!(token.kind, Kind::Space));
        let at_end = last.is_some_and(|token| ["不", "没"].contains(&self.text(token)));
        let work = self.tokens.iter().any(|token| {
            token.titled || token.is_any(&[Class::Finish, Class::Step, Class::Report, Class::Already])
        });
        around || at_end && work
    }

    /// Received; a single character (好) only where nothing unknown stands beside it.
    pub fn acknowledges(&self) -> bool {
        let unknown = self.tokens.iter().any(|token| matches!(token.kind, Kind::Other));
        self.tokens.iter().any(|token| token.is(Class::Ack) && (!unknown || token.end - token.start > 3))
    }

    /// Names things and says nothing of them.
    pub fn nominal(&self) -> bool {
        let said = [
            Class::Already,
            Class::Finish,
            Class::Close,
            Class::Not,
            Class::Ack,
            Class::Chat,
            Class::Ongoing,
            Class::Fine,
            Class::Future,
        ];
        let things = self.tokens.iter().any(|token| {
            matches!(token.kind, Kind::Other) || token.is_any(&[Class::Part, Class::Means, Class::Step])
        });
        things
            && !self.tokens.iter().any(|token| {
                token.is_any(&said)
                    || matches!(token.kind, Kind::Percent(_) | Kind::Amount(_) | Kind::Date(_))
            })
    }
}
