//! What a heading announces: tasks, or aims, guarantees and the other parts of a document that hold none.

use std::sync::LazyLock;

use regex::Regex;

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Tasks, and the heading says so (重点任务).
    Tasks,
    /// Tasks as far as one can tell.
    Maybe,
    /// No tasks, unless somebody answers for them: 加强宣传, 严格考核.
    Unlikely,
    /// No tasks: aims, principles, guarantees, steps.
    None,
}

static NO_TASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "指导思想|总体(?:要求|思路|目标|安排|考虑|部署)|基本(?:原则|思路|要求|情况)|(?:建设|整改|实施)原则|工作(?:目标|原则|思路|要求|保障|背景|步骤|纪律|机制|方法)|(?:预期|主要|发展|行动|年度|具体|创建|任务|奋斗|整改|总)目标|目标要求|目的意义|重要意义|\
        组织(?:领导|保障|机构|实施|推动)|保障(?:措施|机制|体系|要求)|(?:有关|相关|几点|具体|报送|推进|实施)要求|(?:实施|方法|工作|推进|时间|整改|行动)步骤|(?:行动|督查|检查|督导)时间|(?:督查|检查|督导)(?:范围|对象|方式|分组|内容)|(?:整改|行动)范围|(?:时间|进度|阶段|步骤)安排|实施(?:阶段|范围|时间|原则)|适用范围|活动(?:主题|时间|范围|安排)|\
        强化保障|加强(?:组织)?领导|附则|领导机构|报送(?:时间|方式|内容)|联系方式|术语|名词解释|背景|形势",
    )
    .expect("a pattern")
});

/// What was found wrong (督查通报); what is to be done about it stands elsewhere, unless the heading speaks of that too.
static PROBLEMS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:存在|发现|反馈|查出)的?(?:主要|突出|共性|普遍|具体)?问题|(?:主要|突出|共性|典型)问题|问题(?:表现|通报|描述)").expect("a pattern")
});

static UNLIKELY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "(?:监督|考核)(?:考核|监督|问责|评价)|(?:强化|严格|加强|完善|健全).{0,6}(?:考核|问责|督导|督查|宣传)",
    )
    .expect("a pattern")
});

static TASKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("任务|重点(?:工作|事项|内容|举措|措施)|(?:主要|工作|具体|推进|落实|改革|整改|实施|行动|支持)(?:措施|举措|内容|事项|项目)|任务清单|清单|分工").expect("a pattern")
});

/// What a heading (half width) announces.
pub fn of(heading: &str) -> Section {
    let heading = heading.trim();
    // A whole sentence is no heading, whatever words it has.
    let short = heading.chars().count() <= 30;
    // 目标任务 holds tasks, 任务目标 and 任务保障 hold none.
    let holds_tasks = heading.contains("任务") && !heading.contains("任务目标") && !heading.contains("保障");
    if short && NO_TASKS.is_match(heading) && !holds_tasks {
        return Section::None;
    }
    let mends =
        ["整改", "措施", "解决", "清单", "任务", "治理", "整治"].iter().any(|word| heading.contains(word));
    if short && PROBLEMS.is_match(heading) && !mends {
        return Section::None;
    }
    if short && UNLIKELY.is_match(heading) {
        return Section::Unlikely;
    }
    if short && TASKS.is_match(heading) { Section::Tasks } else { Section::Maybe }
}

/// Whether a heading inside a section frames its tasks and is none of them.
pub fn is_frame(heading: &str) -> bool {
    const FRAMES: [&str; 12] = [
        "指导思想",
        "总体要求",
        "总体思路",
        "基本原则",
        "工作目标",
        "主要目标",
        "总体目标",
        "组织领导",
        "加强组织领导",
        "组织保障",
        "保障措施",
        "工作要求",
    ];
    FRAMES.contains(&heading.trim())
}

/// Whether a heading announces the steps of a campaign (实施步骤, 时间安排).
pub fn is_steps(heading: &str) -> bool {
    ["步骤", "阶段", "安排", "进度"].iter().any(|word| heading.contains(word))
}

/// The first sentence of a text: what stands as its heading.
pub fn heading_of(text: &str) -> &str {
    let end = text.find(['。', '\n', ';']).unwrap_or(text.len());
    let heading = text[..end].trim();
    heading.strip_suffix([':', ',']).unwrap_or(heading).trim()
}

/// Whether a paragraph is only a heading: short, without the marks of a sentence.
pub fn is_heading(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['。', ':']);
    text.chars().count() <= 36 && !text.contains(['。', ';', '!']) && text.matches(',').count() <= 1
}
