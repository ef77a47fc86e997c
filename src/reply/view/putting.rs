//! Does a clause put the end of the work beyond its term: on a day, after a season, into another year?

use chrono::{Datelike as _, NaiveDate};

use super::View;
use crate::reply::lexicon::Class;
use crate::reply::tokens::Kind;
use crate::reply::when;

/// Words that put the end of the work on the day beside them.
const PUTS: [&str; 35] = [
    "补上",
    "补齐",
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
const ENDS: [&str; 11] =
    ["发文", "交付", "投用", "投产", "通车", "移交", "交工", "贯通", "通水", "通电", "合龙"];

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

impl View<'_> {
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
}
