//! What a clause says of days to come: a finish planned, a pledge, a promise.

use chrono::{Datelike as _, NaiveDate};

use super::event::GOALS;
use super::{NEUTRAL, View};
use crate::reply::lexicon::Class;
use crate::reply::tokens::{Kind, Token};
use crate::reply::when;

/// Words that say, alone, that it goes as planned.
const STEADY: [&str; 7] = ["按期", "按时", "如期", "按计划", "照计划", "按要求", "按照计划"];

/// Words for a moment to come.
const SOON: [&str; 20] = [
    "今晚",
    "明早",
    "马上",
    "下午",
    "晚上",
    "回头",
    "一会",
    "待会",
    "这就",
    "立马",
    "散会",
    "会后",
    "开完会",
    "回单位",
    "到单位",
    "忙完",
    "下会",
    "稍晚",
    "等下",
    "晚点",
];

/// Verbs of a promise to do it.
const DOING: [&str; 16] =
    ["弄", "办", "搞", "整", "干", "报", "送", "交", "安排", "落实", "催", "发", "传", "发函", "去", "补"];

/// Words that put the end of the work on the day beside them.
const PUTS: [&str; 33] = [
    "排到",
    "排在",
    "约到",
    "约在",
    "出成果",
    "出结果",
    "出成稿",
    "交稿",
    "只能等",
    "要等",
    "得等",
    "要到",
    "拖到",
    "跳票",
    "最快",
    "宽限",
    "推到",
    "才",
    "得",
    "给",
    "交",
    "估计",
    "干到",
    "报",
    "封口",
    "收口",
    "下不来",
    "能完",
    "送",
    "端上",
    "能弄",
    "能出",
    "看看",
];

/// Ends of titles that name a paper.
const PAPERS: [&str; 9] = ["表", "台账", "材料", "名单", "清单", "总结", "数据", "分析", "自查"];

/// Steps that are the end of a work: 争取12月上旬交付.
const ENDS: [&str; 7] = ["发文", "交付", "投用", "投产", "通车", "移交", "交工"];

/// Seasons that stand for a day nobody knows.
const SEASONS: [&str; 24] = [
    "国庆", "春节", "节", "年", "元旦", "霜降", "秋收", "入冬", "开春", "汛期", "雨季", "过年", "麦收",
    "封冻", "七一", "五一", "十一", "八一", "端午", "清明", "三伏", "高考", "开学", "两会",
];

/// Seasons that work is put off to, with the month in which they come.
const SEASON_MONTHS: [(&str, u32); 14] = [
    ("开春", 3),
    ("来年", 1),
    ("明年", 1),
    ("明春", 3),
    ("年后", 2),
    ("春节", 2),
    ("过年", 2),
    ("清明", 4),
    ("麦收", 6),
    ("入冬", 11),
    ("秋收", 10),
    ("国庆", 10),
    ("元旦", 1),
    ("汛期", 9),
];

/// Words that promise work at once.
const PROMISES: [&str; 9] = ["立即", "马上", "尽快", "立刻", "即刻", "这就", "随后", "尽早", "抓紧"];

/// Words that, besides, leave a plan for the whole item.
pub(super) const PLANNED: [Class; 9] = [
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

impl View<'_> {
    /// The day to come on which the whole item is to be finished.
    pub fn finish_by(&self) -> Option<NaiveDate> {
        // 上次申请延到月底: of another time.
        if self.has(Class::Past) && !self.has(Class::Before) {
            return None;
        }
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

    /// A day beyond the term beside a word that puts the end there: 下周五才能交上, 估计得年底了.
    pub fn put_off_to(&self) -> Option<NaiveDate> {
        let due = self.facts.due?;
        let day = when::last_day(self.tokens).filter(|day| *day > due && *day > self.facts.today)?;
        let told = |word: &str| {
            let after = self.clause.find(word).map(|at| &self.clause[at + word.len()..]);
            // 18号报的 has been.
            after.is_some_and(|after| !after.starts_with(['的', '过', '了']))
        };
        // 年底能扫干净
        let able = self.clause.contains('能')
            && ["完", "干净", "齐", "清", "好", "利索"]
                .iter()
                .any(|end| self.clause.trim_end().ends_with(end));
        let ends = able || ENDS.iter().any(|word| self.clause.contains(word));
        // 9月5号行, where the day of the term will not do.
        let fits =
            self.tokens.iter().rev().find(|token| matches!(token.kind, Kind::Date(_))).is_some_and(|token| {
                ["行", "可以", "能行", "差不多", "准行", "没问题"].contains(&self.clause[token.end..].trim())
            });
        let puts = ends || fits || PUTS.iter().any(|word| told(word)) || self.bare_day() || self.wants_day();
        // 14号才转给我: what has come to the writer.
        let got = [
            "才转",
            "才收",
            "才接",
            "才发给",
            "才下发",
            "才通知",
            "才拿到",
            "才知道",
            "才看",
            "才给我",
            "才到",
        ];
        if got.iter().any(|word| self.clause.contains(word)) && !self.clause.contains('能') {
            return None;
        }
        // 下月上会: a stage of the work, or somebody else's day.
        let other = self.tokens.iter().any(|token| {
            !token.titled
                && !ENDS.contains(&self.text(token))
                && token.is_any(&[
                    Class::Past,
                    Class::Hearsay,
                    Class::Part,
                    Class::Step,
                    Class::Party,
                    Class::Except,
                ])
                && !token.is_any(&[Class::Report, Class::Before])
        });
        // 下周一报 promises word of the item, unless the item is to be handed in.
        let word_only = self.promise() && !self.handed_in();
        (puts && !other && !word_only).then_some(day)
    }

    /// Whether the item itself is a paper to be handed in.
    fn handed_in(&self) -> bool {
        let title = self.facts.title.text();
        title.contains('报')
            || PAPERS.iter().any(|end| title.ends_with(end))
            || self.clause.contains(['交', '才'])
    }

    /// 要7月份了: it takes until then.
    fn wants_day(&self) -> bool {
        self.tokens.windows(2).any(|two| self.text(&two[0]) == "要" && matches!(two[1].kind, Kind::Date(_)))
    }

    /// 排到月底那几天了: the 了 is of the plan.
    pub fn is_set_for_later(&self) -> bool {
        let set = ["排到", "排在", "定在", "定到", "安排到", "安排在", "放到", "放在"];
        let over = self.tokens.iter().any(|token| token.is(Class::Already) && self.text(token) != "了");
        set.iter().any(|word| self.clause.contains(word))
            && !over
            && when::coming_day(self.tokens, self.facts.today).is_some()
    }

    /// 周五下班前: a day and nothing else.
    fn bare_day(&self) -> bool {
        self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.is_any(&[Class::Filler, Class::Before, Class::Approx]),
            kind => matches!(kind, Kind::Date(_) | Kind::Space),
        })
    }

    /// 估计得国庆之后了: beyond a season that is no day.
    pub fn put_off_past(&self) -> bool {
        let season = SEASONS.iter().any(|season| {
            self.clause.find(season).is_some_and(|at| {
                let after = &self.clause[at + season.len()..];
                after.starts_with(['后', '了']) || after.starts_with("之后") || after.starts_with("以后")
            })
        });
        let crossed = ["过完年", "过了年", "过完节", "过了节"].iter().any(|word| self.clause.contains(word));
        let puts = ["得", "要", "估计", "干到", "等到", "拖到", "再弄", "再干", "再办", "再搞"]
            .iter()
            .any(|word| self.clause.contains(word));
        if self.waits_for_season() {
            return true;
        }
        (season || crossed) && puts && !self.has(Class::Past) && (crossed || !self.has(Class::Finish))
    }

    /// 得开春再整, 明年再治: a season or a year after the term, and the work only then.
    fn waits_for_season(&self) -> bool {
        let Some(due) = self.facts.due else { return false };
        let today = self.facts.today;
        SEASON_MONTHS.iter().any(|(name, month)| {
            let Some(at) = self.clause.find(name) else { return false };
            let after = self.clause[at + name.len()..].trim_start_matches(['后', '之', '以', '化', '冻']);
            let only_then = after.starts_with(['再', '才'])
                || after.trim_end_matches(['了', '吧']).is_empty()
                    && ["得", "要", "只能", "等", "到", "至"]
                        .iter()
                        .any(|word| self.clause[..at].ends_with(word));
            let next_year = i32::from(*month <= today.month() || name.contains(['明', '来']));
            let day = NaiveDate::from_ymd_opt(today.year() + next_year, *month, 1);
            only_then && day.is_some_and(|day| day > due && (day - today).num_days() < 400)
        }) && !self.has(Class::Past)
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
        // 按时完成, and nothing that has happened
        let in_time = ["按时", "按期", "如期"].iter().any(|word| self.clause.trim_start().starts_with(word))
            && !self.has(Class::Already);
        finish && planned && (self.has(Class::Future) || in_time)
    }

    /// A bare promise to report: 周五报, 马上汇报.
    pub fn promise(&self) -> bool {
        let to_come = when::coming_day(self.tokens, self.facts.today).is_some()
            || self.has(Class::Before) && self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)))
            || self.tokens.iter().any(|token| {
                token.is_any(&[Class::Future, Class::Nearly, Class::If, Class::Ack])
                    && !token.is(Class::Report)
            });
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.is_any(&NEUTRAL)
                    || token.is_any(&PLANNED)
                    || token.is_any(&[Class::Report, Class::If, Class::Wait])
                    || token.titled
            }
            Kind::Date(_) | Kind::Space => true,
            // 反馈核查结果
            Kind::Other => "结果".contains(self.text(token)),
            kind => token.titled && matches!(kind, Kind::Title),
        });
        self.has(Class::Report) && to_come && bare && !self.has(Class::Already)
    }

    /// 今天就弄, 下午送: it will be done at once, and nothing is said of how it stands.
    pub fn will_do(&self) -> bool {
        let soon = self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)))
            || SOON.iter().any(|word| self.clause.contains(word));
        let doing =
            self.tokens.iter().rev().find(|token| !token.is(Class::Filler) || token.is(Class::Report));
        // 明天安排检修
        let arranges = self.tokens.iter().any(|token| ["安排", "布置", "组织"].contains(&self.text(token)));
        let sent = ["送过去", "送去", "拿过去", "发过去", "交过去", "报过去", "带过去", "送到"]
            .iter()
            .any(|word| self.clause.trim_end().ends_with(word));
        let does =
            sent || doing.is_some_and(|token| DOING.contains(&self.text(token)) || arranges && token.titled);
        // 下周五搬: the verb of the title, and a day in time.
        let titled = doing.is_some_and(|token| {
            token.titled
                && token.end - token.start <= 2 * '搬'.len_utf8()
                && self.clause[token.end..].trim().is_empty()
        }) && self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)));
        // 8月18日开对接会
        let holds = doing.is_some_and(|token| token.titled)
            && self
                .tokens
                .iter()
                .any(|token| ["开", "召开", "举办", "举行", "办"].contains(&self.text(token)))
            && self.tokens.iter().any(|token| matches!(token.kind, Kind::Date(_)));
        let does = does || (titled || holds) && !self.has(Class::Future);
        let sends = ["喊", "叫"].iter().any(|word| self.clause.contains(word));
        let bare = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => {
                token.titled
                    || DOING.contains(&self.text(token))
                    || token.is_any(&[
                        Class::Filler,
                        Class::Body,
                        Class::Start,
                        Class::Report,
                        Class::Future,
                        Class::Nearly,
                        Class::Ack,
                        Class::Part,
                    ]) && !token.is_any(&[Class::Finish, Class::Already])
            }
            Kind::Date(found) => {
                found.date >= self.facts.today && self.facts.due.is_none_or(|due| found.date <= due)
            }
            Kind::Title | Kind::Space => true,
            // 马上喊小周办
            Kind::Other => sends || sent,
            _ => false,
        });
        soon && does && bare
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
                        Class::Means,
                        Class::Help,
                    ]) && !token.is_any(&[Class::Finish, Class::Close])
            }
            kind => matches!(kind, Kind::Space | Kind::Title),
        });
        bare && PROMISES.iter().any(|word| self.clause.contains(word))
            && self.tokens.iter().any(|token| token.is_any(&[Class::Step, Class::Start]))
    }

    /// Something is to come that no list knows: 下周开.
    pub fn planned(&self) -> bool {
        let to_come = when::coming_day(self.tokens, self.facts.today).is_some();
        let work = self.tokens.iter().any(|token| {
            token.titled
                || matches!(token.kind, Kind::Title)
                || token.is_any(&[Class::Step, Class::Start, Class::Gain, Class::Finish])
        });
        to_come && work
    }

    /// 按期, 正常 and nothing else: it goes as planned.
    pub fn steady(&self) -> bool {
        let plain = self.tokens.iter().all(|token| match &token.kind {
            Kind::Word(_) => token.titled || token.is_any(&[Class::Filler, Class::Fine, Class::Body]),
            kind => matches!(kind, Kind::Title | Kind::Space),
        });
        plain && STEADY.iter().any(|word| self.clause.contains(word))
    }
}
