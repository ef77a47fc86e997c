//! By when: 6月底前, 三季度末, 年内, 2026年9月30日前, 国庆节前, 印发后10日内. A date without a year is in the year of issue.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use regex::{Captures, Regex};

use crate::domain::chinese::{number_at, span_at};
use crate::notice::feasts::eve;
use crate::notice::series::years;

/// A day by which something is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The day.
    pub day: NaiveDate,
    /// The words.
    pub range: Range<usize>,
}

/// Feasts that serve as a deadline; theirs is the day before.
const FEASTS: [(&str, u32, u32); 14] = [
    ("元旦", 12, 31),
    ("三八", 3, 7),
    ("五一", 4, 30),
    ("五四", 5, 3),
    ("六一", 5, 31),
    ("七一", 6, 30),
    ("八一", 7, 31),
    ("教师", 9, 9),
    ("妇女", 3, 7),
    ("劳动", 4, 30),
    ("儿童", 5, 31),
    ("建党", 6, 30),
    ("建军", 7, 31),
    ("国庆", 9, 30),
];

static BY: LazyLock<Regex> = LazyLock::new(|| {
    let n = "[一二三四五六七八九十]";
    Regex::new(&format!(
        r"(?x)
        (?P<issued>(?:印发|下发|发布|发文|公布|施行|本方案印发|通知印发)(?:之日)?(?:后|起)(?P<span>\d{{1,3}}(?:个工作日|日|天|个月|周))(?:以?内|之内))
        |(?P<short>^(?P<m3>1[0-2]|0?[1-9])[./](?P<d3>[12]\d|3[01]|0?[1-9])(?:前|之前)?$)
        |(?P<iso>(?P<y1>20\d\d)[-./](?P<m1>\d{{1,2}})[-./](?P<d1>\d{{1,2}}))
        |(?P<ym>^(?P<y4>20\d\d)[-./](?P<m4>1[0-2]|0?[1-9])月?[底末]?(?:前|之前)?$)
        |(?:(?P<year>20\d\d|[二][〇○零][〇○零一二三四五六七八九]{{2}})年|(?P<this>今年|本年度?|当年)|(?P<next>明年|次年|下一?年))?(?:的)?
         (?:(?P<month>1[0-2]|0?[1-9]|{n}{{1,2}})月(?:份)?
            (?:(?P<d>\d{{1,2}}|{n}{{1,3}})[日号](?:(?:至|到|—+|-|~)(?P<d2>\d{{1,2}})[日号])?|(?P<third>[上中下]旬)|(?P<end>底|末|中|初))?
          |(?:第?(?P<q>[一二三四1-4])季度?|[Qq](?P<q2>[1-4]))(?:末|底|内)?
          |(?P<half>[上下])半年(?:底|末|内)?
          |前(?P<qs>[二三])季度
          |(?P<close>年底|年末|年内|年终|岁末|底|末|内|年度内|全年))
        |(?P<y2>20\d\d)年(?:计划|力争)?(?:全面)?(?:完成|新增|建成|新建|改造|培育|实现|达到|再|入驻|引进|开工|启动|打造|创建|培训|治理|整治|修复)
        |(?P<whole>全年|本年度内)
        |(?:(?P<month_of>本月|当月)(?:底|末|内)|(?P<month_end>月底|月末))
        |(?:(?P<fy>20\d\d)年)?\u{{201c}}?(?P<feast>元旦|三八|五一|五四|六一|七一|八一|教师|妇女|劳动|儿童|建党|建军|国庆|春节|端午|中秋|清明)\u{{201d}}?(?:节|劳动节|建党节|建军节)?(?:假期)?(?:之?前|以前)"
    ))
    .expect("a pattern")
});

/// Every deadline of a text (half width, tight), left to right. `loose` takes a bare month or quarter as well, as it stands
/// in a column of deadlines.
pub fn deadlines(text: &str, issued: NaiveDate, loose: bool) -> Vec<By> {
    let mut found: Vec<By> = years(text);
    let series = found.len();
    let all: Vec<_> = BY.captures_iter(text).collect();
    for (at, captures) in all.iter().enumerate() {
        let Some(whole) = captures.get(0) else { continue };
        let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
        if found[..series].iter().any(|by| by.range.start < whole.end() && whole.start() < by.range.end) {
            continue;
        }
        if !loose && !is_term(before, whole.as_str(), after) {
            continue;
        }
        // 主汛期(6月1日至9月15日) says when something goes on.
        if !loose && after.starts_with(')') && names_a_season(before) {
            continue;
        }
        // 3月至5月 ends with its second half.
        let next = all.get(at + 1).and_then(|next| next.get(0));
        let opens_range = next.is_some_and(|next| {
            let between = text[whole.end()..next.start()].trim_start_matches("底").trim_start_matches("起");
            matches!(between, "至" | "到" | "—" | "-" | "~" | "——" | "开始至" | "-—")
        });
        if opens_range {
            continue;
        }
        let past = |day: &NaiveDate| !loose && day.year() < issued.year();
        if let Some(day) = day_of(captures, issued).filter(|day| !past(day)) {
            let tail = ["前完成", "之前", "以前", "前"]
                .iter()
                .find(|word| after.starts_with(**word))
                .map_or(0, |word| word.len());
            found.push(By { day, range: whole.start()..whole.end() + tail });
        }
    }
    found
}

/// Whether a text ends with the name of a season and in an open bracket the day it begins.
fn names_a_season(before: &str) -> bool {
    let Some((name, first)) = before.rsplit_once('(') else { return false };
    name.ends_with(['期', '季', '间'])
        && first.ends_with(['至', '到', '-', '—', '~'])
        && first.chars().count() <= 12
}

/// Words before a date that make it a start or something to compare with.
const SINCE: &str = "自 从 截至 截止 较 比 以 与 按 年度 依据 根据 对照 每 每个";

/// 5月至 before 10月: the range ends with it.
static ENDS_RANGE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:月份?|[日号]|[^\d.]\d{1,2})(?:至|到|—+|-|~)$").expect("a pattern"));

/// 6月、12月底前: a date of a list goes by its last.
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[、和及]\d{1,2}月)+(?:份|底|末|\d{1,2}日)?(?:前|各|分别)").expect("a pattern")
});

/// What is done in a month or quarter that is named without an end.
const ACTS: &str = "完成 启动 召开 开展 组织 举办 举行 建成 开工 投 实现 集中 前 印发 报送 上报 全面 达到 竣工 验收 形成 出台 新增 推出 基本 正式 试 \
    交付 通车 移交 发布 公布 兑现 拨付 办结 整改 清零 评选 表彰 提交 报 制定 编制 签 汇编 征求 各";

/// Words after a date that make it a start, or part of a name.
const OF: &str = "以来 以后 之后 开始 起 度 版 级 期间 至今 之日 后 号文 任务 的数据 已 召开的 印发的 同期 出台的 发布的 修订";

/// Whether a date says by when, and not since when or of when.
fn is_term(before: &str, words: &str, after: &str) -> bool {
    let is_end = |word: &str| before.ends_with(word);
    let is_start = |word: &str| after.starts_with(word);
    if SINCE.split(' ').any(is_end) || OF.split(' ').any(is_start) {
        return false;
    }
    if before.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '/') {
        return false;
    }
    let month = words.trim_end_matches('份').ends_with('月');
    // Looked at in its last characters only, so that a long text takes no longer by the date.
    let near = before.char_indices().rev().nth(8).map_or(before, |(at, _)| &before[at..]);
    if month && (ENDS_RANGE.is_match(near) || GOES_ON.is_match(after)) {
        return true;
    }
    if before.ends_with('-') && !ENDS_RANGE.is_match(near) {
        return false;
    }
    let ends = after.starts_with('前')
        || after.starts_with("之前")
        || after.starts_with("以前")
        || after.starts_with('内');
    // 底 and 末 alone belong to a year that was named.
    let closed = words.ends_with(['底', '末', '内', '旬', '日', '号', '前', '终', '初', '中'])
        || words.contains("半年")
        || words.contains("全年");
    // 2023年完成: the year alone, with what is done in it.
    let whole_year = words.starts_with("20") && !words.contains(['月', '季', '半']);
    if whole_year && !closed && words.chars().count() > 5 {
        return true;
    }
    // 三年内 is a span.
    if words.starts_with("年内")
        && before.ends_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c))
    {
        return false;
    }
    let bare_end = ["底", "末", "内", "年末"].contains(&words);
    (ends || closed) && !bare_end || month && acts(after) || words.contains("季度") && (acts(after) || ends)
}

/// Whether what follows a bare month or quarter is what is done in it.
fn acts(after: &str) -> bool {
    let after = after.trim_start_matches(['份', '内', ',']);
    ACTS.split_whitespace().any(|verb| after.starts_with(verb))
}

fn day_of(found: &Captures<'_>, issued: NaiveDate) -> Option<NaiveDate> {
    let number = |name: &str| number_at(found.name(name)?.as_str())?.whole();
    let text = |name: &str| found.name(name).map(|found| found.as_str());
    if let Some(span) = text("span") {
        return span_at(span)?.0.after(issued);
    }
    if text("iso").is_some() {
        return last_day(i32::try_from(number("y1")?).ok()?, number("m1")?, number("d1"));
    }
    if let Some(feast) = text("feast") {
        let year = number("fy").and_then(|year| i32::try_from(year).ok());
        let from = year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)).unwrap_or(issued);
        if let Some(day) = eve(feast, from) {
            return Some(day);
        }
        let (_, month, day) = FEASTS.iter().find(|(name, ..)| *name == feast)?;
        // The day before the first of a year is in the year before.
        let year = year.map_or(issued.year(), |year| year - i32::from(feast == "元旦"));
        return NaiveDate::from_ymd_opt(year, *month, *day);
    }
    if text("month_of").or(text("month_end")).is_some() {
        return last_day(issued.year(), issued.month().into(), None);
    }
    if text("ym").is_some() {
        return last_day(i32::try_from(number("y4")?).ok()?, number("m4")?, None);
    }
    if text("short").is_some() {
        return last_day(issued.year(), number("m3")?, number("d3"));
    }
    let year = number("year")
        .or_else(|| number("y2"))
        .and_then(|year| i32::try_from(year).ok())
        .unwrap_or_else(|| issued.year())
        + i32::from(text("next").is_some());
    if let Some(month) = number("month") {
        let day = number("d2").or_else(|| number("d")).or_else(|| match text("third").or(text("end"))? {
            "上旬" => Some(10),
            "中旬" => Some(20),
            "初" => Some(5),
            "中" => Some(15),
            _ => None,
        });
        return last_day(year, month, day);
    }
    if let Some(quarter) = number("q").or_else(|| number("q2")).or_else(|| number("qs")) {
        return last_day(year, quarter * 3, None);
    }
    match text("half") {
        Some("上") => last_day(year, 6, None),
        _ => last_day(year, 12, None),
    }
}

/// A day of a month, or the month's last where none is named or it has not so many.
fn last_day(year: i32, month: i64, day: Option<i64>) -> Option<NaiveDate> {
    let month = u32::try_from(month).ok()?;
    let day = day.and_then(|day| u32::try_from(day).ok());
    if day == Some(0) || day.is_some_and(|day| day > 31) {
        return None;
    }
    let end = NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(chrono::Months::new(1))?.pred_opt();
    day.and_then(|day| NaiveDate::from_ymd_opt(year, month, day)).or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, loose: bool) -> String {
        let issued = NaiveDate::from_ymd_opt(2022, 5, 18).expect("a day");
        deadlines(text, issued, loose).iter().map(|by| by.day.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn deadlines_are_read_in_the_year_of_issue() {
        for (text, wanted) in [
            ("6月底前完成", "2022-06-30"),
            ("4月末前梳理,5月末前宣讲", "2022-04-30 2022-05-31"),
            ("三季度末建成", "2022-09-30"),
            ("年内新增3户", "2022-12-31"),
            ("2026年9月30日前投用", "2026-09-30"),
            ("国庆节前通车", "2022-09-30"),
            ("7月中旬召开", "2022-07-20"),
            ("上半年开工", "2022-06-30"),
            ("明年3月底前验收", "2023-03-31"),
            ("2022年底完成", "2022-12-31"),
            ("6月1日至30日开展", "2022-06-30"),
            ("8月份开展集中整治", "2022-08-31"),
            ("印发后10日内上报", "2022-05-28"),
            ("全年培训200人次", "2022-12-31"),
            ("十一月底前", "2022-11-30"),
            ("本月底前", "2022-05-31"),
            ("2023年元旦前", "2022-12-31"),
            ("2023年完成5所", "2023-12-31"),
            ("5月至10月,分批推进", "2022-10-31"),
            ("6月、12月底前各开展一次", "2022-06-30 2022-12-31"),
            ("4—10月组织施工", "2022-10-31"),
            ("总结阶段(11月1日-11月30日)", "2022-11-30"),
        ] {
            assert_eq!(of(text, false), wanted, "{text}");
        }
    }

    #[test]
    fn dates_of_other_things_are_no_deadlines() {
        for text in [
            "2022年以来",
            "自5月18日起",
            "3个月",
            "2021年度考核",
            "截至4月底",
            "2.5月",
            "较2021年底增长",
            "主汛期(6月1日至9月15日)每周调度",
        ] {
            assert_eq!(of(text, false), "", "{text}");
        }
    }

    #[test]
    fn a_column_of_deadlines_needs_no_more_words() {
        for (text, wanted) in [
            ("2022年6月", "2022-06-30"),
            ("9月", "2022-09-30"),
            ("三季度", "2022-09-30"),
            ("2022-11-30", "2022-11-30"),
            ("3-6月", "2022-06-30"),
            ("2022年12月31日", "2022-12-31"),
            ("长期坚持", ""),
        ] {
            assert_eq!(of(text, true), wanted, "{text}");
        }
    }
}
