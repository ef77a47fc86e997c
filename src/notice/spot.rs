//! A number in its surroundings: whether it is a result to reach.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::domain::chinese::number_at;

/// Words before a number that make it a starting point or a part of something else.
const BEFORE_NEVER: &str = "第 前 后 每 由 从 现有 原有 已有 目前 已建成 已完成 去年 上年 共有 全县有 涉及 截至 号 位列 排名 近 同 某 连续 对 \
    县域内 下辖 不低于第 历时 满 年满 间隔 提前 分 总投资 投资额 计划总投资 占 半径 给予 奖励 处罚 罚款 较 比 末 至少每 累计已";

/// Words after a number that make it a frequency, a threshold or a name.
const AFTER_NEVER: &str = "工作日 月 小时 季度 方面 层面 环节 阶段 等次 等级 步骤 类别 维度 批次内 层级 不得 一 年 自然 周 星期 级 领域 战线 \
    钟 之 局 管 别 批 解 公司 专班 工作专班 工作组 / 范围 班规模";

/// Things a capacity is part of the name of.
const WORKS: [&str; 22] = [
    "项目",
    "工程",
    "基地",
    "生产线",
    "电站",
    "风电",
    "光伏",
    "发电",
    "机组",
    "产业园",
    "园区",
    "加工",
    "冷库",
    "粮库",
    "线路",
    "充电",
    "快充",
    "变电",
    "储能",
    "装置",
    "产能",
    "仓储",
];

/// How far around a number is looked, in bytes, so that a long text takes no longer by the number.
const NEAR: usize = 600;

/// A number with its unit in a text.
pub(super) struct Spot<'a> {
    /// The text.
    pub text: &'a str,
    /// Where the number and its unit stand.
    pub range: Range<usize>,
    /// The number, as it was written.
    pub value: &'a str,
    /// The unit with its scale word.
    pub unit: &'a str,
}

impl Spot<'_> {
    fn before(&self) -> &str {
        let from = self.text.floor_char_boundary(self.range.start.saturating_sub(NEAR));
        &self.text[from..self.range.start]
    }

    fn after(&self) -> &str {
        let to = self.text.floor_char_boundary(self.text.len().min(self.range.end + NEAR));
        &self.text[self.range.end..to]
    }

    pub fn number(&self) -> Option<f64> {
        let plain = self.value.replace(',', "");
        plain.parse().ok().or_else(|| number_at(&plain).map(|number| number.value))
    }

    /// Numerals count only where they are new of something countable (新增两户).
    fn is_numeral_count(&self) -> bool {
        let tail: String = self.before().chars().rev().take(8).collect();
        let verb = ["增新", "育培", "进引", "增净", "地落"].iter().any(|verb| tail.contains(verb));
        verb && ["户", "家", "人"].contains(&self.unit)
    }

    pub fn is_target(&self) -> bool {
        let (before, after) = (self.before(), self.after());
        if !self.value.starts_with(|c: char| c.is_ascii_digit()) && !self.is_numeral_count() {
            return false;
        }
        let glued = before
            .ends_with(|c: char| c.is_ascii_digit() || c.is_ascii_alphabetic() || "+./-—:〔".contains(c));
        let range = before.ends_with(['-', '—', '~']) || before.ends_with('至');
        if glued && !range {
            return false;
        }
        // 从3户增加到5户: the first is where it starts.
        let start = clause(before).trim_end_matches("不足");
        let exempt = start.ends_with("不低于")
            || ["底前", "月前", "日前", "末前"].iter().any(|by| start.ends_with(by));
        let total =
            start.ends_with("总投资") && self.is_wanted() || start.ends_with('对') && self.is_finished();
        if BEFORE_NEVER.split_whitespace().any(|word| start.ends_with(word)) && !exempt && !total {
            return false;
        }
        if AFTER_NEVER.split_whitespace().any(|word| after.starts_with(word)) {
            return false;
        }
        if self.is_addressed()
            || self.is_each()
            || self.is_attribute()
            || self.is_capacity()
            || self.is_size()
            || self.is_hour()
            || self.is_appointment()
            || self.is_crew()
            || self.is_rate()
        {
            return false;
        }
        let reached =
            ["达到", "达", "新增", "不少于", "引进", "推广"].iter().any(|verb| before.ends_with(verb));
        !(self.unit == "次" || self.unit == "类" || self.unit == "种" && !reached)
    }

    /// 按照合同额的1%-3%执行: a rate.
    fn is_rate(&self) -> bool {
        let before = clause(self.before());
        self.unit == "%"
            && ["按照", "按"].iter().any(|word| before.contains(word))
            && before.trim_end_matches(|c: char| c.is_ascii_digit() || "%-~至—.".contains(c)).ends_with('的')
    }

    /// 与8个单位签订, 督促3个单位: with whom it is done.
    fn is_addressed(&self) -> bool {
        const WITH: [&str; 10] = ["对", "与", "督促", "会同", "收回", "组织", "就", "向", "约谈", "局属"];
        let bodies =
            ["单位", "部门", "党支部", "支部", "党组织"].iter().any(|body| self.after().starts_with(body));
        let before = self.before();
        let start = before.rfind(['。', ',', ';', ':', '!']).map_or(0, |at| at + 1);
        let before = before.get(start..).unwrap_or_default();
        let project = self.after().starts_with("项目") && before.starts_with(['对', '就']);
        project || bodies && WITH.iter().any(|word| before.contains(word))
    }

    /// 每支队伍不少于20人, 单井日出水量1500立方米: the measure of one of many.
    fn is_each(&self) -> bool {
        static EACH: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("每(?:餐|千|万|百|个|支|台|座|口|眼|户|村|班|组|队|处|所|家|亩|小时|人|车|批|间|辆|条|乡镇|乡|镇|站|点|店)|单(?:台|井|体|个|支|座|户)|日(?:均|供|产|处理)|人均|户均|亩均|平均每").expect("a pattern")
        });
        if EACH.is_match(clause(self.before())) {
            // 每千人口医师数达到2.8人 is a rate to reach.
            return !(self.before().ends_with("达到") && clause(self.before()).contains("人口"));
        }
        // 每个中心设置床位不少于30张、面积不低于800平方米: the second measure of the same.
        let listed = clause(self.before());
        let at_least = ["不低于", "不少于", "不超过"].iter().any(|word| listed.ends_with(word));
        let sentence = self.before().rsplit(['。', ',', ';', ':']).next().unwrap_or_default();
        at_least && listed.chars().count() <= 8 && EACH.is_match(sentence)
    }

    /// 2000万元以上企业, 总投资3亿元的项目, 65岁以上: what it is said of, not what is to be reached.
    fn is_attribute(&self) -> bool {
        let after = self.after();
        // 县第二人民医院(300张床位): its size, in brackets behind its name.
        let bracketed = self.before().ends_with('(')
            && after
                .find(')')
                .is_some_and(|end| after[..end].chars().count() <= 4 && !after[..end].contains(','));
        if bracketed
            && !clause(self.before().trim_end_matches('(')).is_empty()
            && after.starts_with(|c: char| c.is_alphabetic())
        {
            return true;
        }
        if let Some(rest) = after.strip_prefix('的') {
            return !["目标", "任务", "要求", "速度", "增"].iter().any(|word| rest.starts_with(word));
        }
        // 5000吨标准煤以上企业.
        let after =
            ["标准煤", "标煤", "人口"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
        let over = ["以上", "及以上", "以下"].iter().find_map(|word| after.strip_prefix(word));
        over.is_some_and(|rest| {
            let ends =
                rest.starts_with(['。', ',', ';', '、', ')', '和', '并', '且', '以', '!', ':', '(', '〔']);
            !rest.is_empty() && !ends
        })
    }

    /// 18吨洗扫车4辆, 3立方米吸粪车两台: the size of what is counted behind it.
    fn is_size(&self) -> bool {
        static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^\p{Han}{1,6}(?:\d+|[一两二三四五六七八九十]+)(?:辆|台|套|艘|部|座|个|架|组)")
                .expect("a pattern")
        });
        let physical = ["吨", "立方米", "千瓦", "升", "米", "公斤"].contains(&self.unit);
        physical && COUNTED.is_match(self.after())
    }

    /// 早7时30分: a time of the day.
    fn is_hour(&self) -> bool {
        self.unit == "分" && self.before().ends_with(['时', '点'])
    }

    /// 100MW光伏项目, 年产10万吨水泥生产线.
    fn is_capacity(&self) -> bool {
        let physical = [
            "MW",
            "kW",
            "KW",
            "GW",
            "kV",
            "KV",
            "千瓦",
            "兆瓦",
            "千瓦时",
            "吨",
            "头",
            "只",
            "羽",
            "立方米",
            "亩",
            "平方米",
            "公里",
            "米",
            "张",
            "元",
        ];
        let kind = self.unit.trim_start_matches(['百', '千', '十', '万', '亿']);
        let kind = if kind.is_empty() { self.unit } else { kind };
        let is_physical = physical.contains(&kind) || physical.contains(&self.unit);
        let before = clause(self.before());
        let yearly = ["年产", "日处理", "日产", "年加工", "装机", "规模", "年处理", "总投资", "日供水"]
            .iter()
            .any(|word| before.ends_with(word));
        let name: String = self.after().chars().take_while(|c| !"。,;、:()".contains(*c)).take(16).collect();
        let named = WORKS.iter().any(|work| name.contains(work));
        let power = ["MW", "kW", "KW", "GW", "kV", "KV", "千瓦", "兆瓦"].contains(&kind);
        let verb = [
            "完成", "新建", "建成", "新增", "改造", "建设", "达到", "实现", "整治", "铺设", "维修", "争取",
            "到位", "落实", "清淤", "修复", "种植", "投入", "发放",
        ];
        let reached = verb.iter().any(|verb| before.ends_with(verb));
        is_physical && named && (power || !reached) || yearly && named
    }

    /// 明确1名联络员, 至少1名干部: who is to do it.
    fn is_appointment(&self) -> bool {
        let people =
            ["名", "人", "位"].contains(&self.unit) && self.number().is_some_and(|value| value <= 3.0);
        let before = clause(self.before());
        let appoints =
            ["明确", "确定", "指定", "落实", "选定", "安排", "配备", "固定", "指派", "选派", "设立"];
        people
            && (appoints.iter().any(|word| before.contains(word))
                || self.after().starts_with("联络员")
                || self.after().starts_with("领导"))
    }

    /// 力争签约项目10个,总投资30亿元以上: a sum to reach.
    fn is_wanted(&self) -> bool {
        let sentence = self.before().rsplit(['。', ';']).next().unwrap_or_default();
        let over = self
            .after()
            .strip_prefix("以上")
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['。', ';', ',']));
        over && ["力争", "签约", "引进", "达到", "确保"].iter().any(|word| sentence.contains(word))
    }

    /// 对15处隐患挂牌督办,9月20日前整改到位: so many are to be done with by a day.
    fn is_finished(&self) -> bool {
        let rest = self.after().split(['。', ';']).next().unwrap_or_default();
        let by = rest
            .split(',')
            .skip(1)
            .find(|part| ["日前", "底前", "月前", "年内"].iter().any(|by| part.contains(by)));
        by.is_some_and(|part| {
            ["到位", "完成", "完毕", "销号", "办结", "清零"].iter().any(|end| part.ends_with(end))
        })
    }

    /// 组成5个督查组: who does it, however many they are.
    fn is_crew(&self) -> bool {
        let name: String = self.after().chars().take_while(|c| c.is_alphanumeric()).take(8).collect();
        let forms =
            ["组成", "成立", "分成", "分为", "派出"].iter().any(|verb| clause(self.before()).ends_with(verb));
        forms && ["组", "队"].iter().any(|end| name.contains(end))
    }

    /// 每季度至少举办1场: how often, not how much.
    pub fn is_frequency(&self, cadences: &[Range<usize>]) -> bool {
        let turns = ["场", "期", "次", "轮", "场次", "回"].contains(&self.unit);
        let here = self.range.start - clause(self.before()).len()..self.range.end;
        let next = cadences.partition_point(|range| range.start < here.start);
        let in_clause = cadences.get(next).is_some_and(|range| range.end <= here.end);
        in_clause
            && (turns
                || ["起", "篇"].contains(&self.unit) && self.number().is_some_and(|value| value <= 1.0)
                || ["天", "日", "条", "件"].contains(&self.unit)
                    && self.number().is_some_and(|value| value <= 5.0))
    }

    /// A slogan's round number, a share of nothing named.
    pub fn is_doubtful(&self) -> bool {
        let before = clause(self.before());
        ["约", "大约"].iter().any(|word| before.ends_with(word)) || self.after().starts_with("左右")
    }
}

/// The clause that a text ends with.
fn clause(text: &str) -> &str {
    let start = text
        .rfind(['。', ',', ';', ':', '、', '!'])
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}
