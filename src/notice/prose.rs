//! Who answers, said inside a sentence: 由县水利局牵头,县应急局、各乡镇配合; 责成县教育局会同县财政局.

use std::sync::LazyLock;

use regex::Regex;

use crate::notice::responsibility::Assigned;
use crate::notice::twin::Twin;
use crate::notice::units::{is_unit, names, split};

/// What a unit does that leads: 牵头, 负责.
static LEADS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:等(?:单位|部门)?)?(?:(?:共同|联合)?(?:牵头|主办)|(?:具体|全面|共同|组织|分别)?负责)(?P<rest>.*)$")
        .expect("a pattern")
});

/// What a unit does that helps: 配合, 协助.
static HELPS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:等(?:单位|部门)?)?(?:按照?(?:各自)?(?:职责|职能)(?:分工)?)?(?:积极|密切|共同)?(?:配合|协办|协助|协同|参与|参加)(?P<rest>.*)$")
        .expect("a pattern")
});

/// What several units do each in their part: 按职责分工负责.
static SHARES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:等(?:单位|部门)?)?(?:(?:按照?|根据)(?:各自)?(?:职责|职能)(?:分工)?(?:分别|具体)?(?:负责|落实|抓好)|责任落实|具体落实)$")
        .expect("a pattern")
});

static JOINS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(?:会同|联合|会商|协同)").expect("a pattern"));

/// Words that units are followed by where they are those who act.
const ACTS: &str = "要 应 须 牵头 主办 负责 责任落实 具体落实 配合 协办 协助 协同 参与 参加 会同 联合 会商 共同 分别 具体 全面 按 积极 密切 等 组织 统筹 统一 督促 指导 制定 拟定 拟订 起草 办理 \
    实施 推进 推动 开展 落实 完成 建立 编制 审核 拨付 筹措 提出 研究 承办 承担 汇总 做好 抓好 加强 加快 尽快 抓紧 进一步 于 在 对 就 将 每 依法 定期 \
    组建 务必 召开 举办 印发 出台 监督 安排 解决 协调 根据 结合 依据 会后 继续 \
    严格 强化 切实 全力 主动";

static ACTS_AT: LazyLock<Regex> = LazyLock::new(|| {
    let acts: Vec<&str> = ACTS.split_whitespace().collect();
    Regex::new(&format!("^(?:{})", acts.join("|"))).expect("a pattern")
});

/// What goes on with the name of a unit and opens like an act: 县市场监督管理局.
const NAMES: [&str; 5] = ["组织部", "监督管理", "监督局", "安排办", "协调办"];

/// What stands before a unit that is told to do something.
static ORDERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:会议)?(?:责成|责令|请|要求|指定|安排|明确|决定)").expect("a pattern"));

/// Longest list of units that act, in characters.
const UNITS_MAX: usize = 60;

/// What may stand before the unit in its clause: 以上任务均, 一是, a bracket.
static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[(〔【\[]+|(?:以上|上述)(?:各项|所列)?(?:重点)?(?:任务|工作|事项|措施|内容)(?:均|都|,)?|[一二三四五六七八九十]是)")
        .expect("a pattern")
});

/// What the sentences of a measure say of who answers; None where they name nobody so.
pub fn assigned(text: &Twin) -> Option<Assigned> {
    let mut found = Assigned::default();
    let norm = text.norm();
    let mut start = 0;
    for end in norm.match_indices(['。', ',', ';', ':', '\n']).map(|(at, _)| at).chain([norm.len()]) {
        if start < end {
            clause(&text.slice(start..end).trimmed(), &mut found);
        }
        start = end + norm[end..].chars().next().map_or(0, char::len_utf8);
    }
    found.names_anybody().then_some(found)
}

/// Who does something at the start of a text or behind its heading, without a word for it (县法院做好释明工作). What is
/// said to everybody names nobody.
pub(super) fn doing(text: &Twin) -> Option<Assigned> {
    let norm = text.norm();
    let body = norm.find('。').map_or(0, |end| end + '。'.len_utf8());
    let one = |said: &Assigned| {
        said.lead.iter().chain(&said.responsible).all(|name| !name.starts_with(['各', '全', '有', '相']))
    };
    [0, body].into_iter().find_map(|from| told(&text.slice(from..norm.len()).trimmed()).filter(one))
}

/// Who is told to do something at the start of a text, be it everybody: 各乡镇要备足物资.
pub(super) fn told(text: &Twin) -> Option<Assigned> {
    let opens = OPENS.find(text.norm()).map_or(0, |found| found.end());
    let who = units_at(&text.slice(opens..text.norm().len()));
    let end = opens + who.norm().len();
    if who.is_blank() || text.norm()[end..].is_empty() {
        return None;
    }
    let all = names(&who);
    Some(if all.len() > 1 {
        Assigned { responsible: all, ..Assigned::default() }
    } else {
        Assigned { lead: all, ..Assigned::default() }
    })
}

/// Whether a clause gives a body its share of the work: 县财政局负责筹资.
pub(super) fn takes_a_share(clause: &Twin) -> bool {
    let (said, _) = doer(clause);
    let who = units_at(&said);
    let does = &said.norm()[who.norm().len()..];
    !who.is_blank()
        && does.strip_prefix("负责").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['人', '的']))
}

/// A clause that names by a label who answers: 责任单位为县融媒体中心.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?P<role>牵头|主办|责任|承办|配合|协办)(?:单位|部门)(?:为|是)").expect("a pattern")
});

fn clause(clause: &Twin, found: &mut Assigned) {
    let norm = clause.norm();
    if let Some(label) = LABELLED.captures(norm) {
        let who = names(&clause.slice(label[0].len()..norm.len()));
        let to = match &label["role"] {
            "牵头" | "主办" => &mut found.lead,
            "责任" | "承办" => &mut found.responsible,
            _ => &mut found.supporting,
        };
        to.extend(who);
        return;
    }
    // 由局安全股牵头,会同县疾控中心
    if let Some(joins) = JOINS.find(norm).filter(|_| !found.lead.is_empty()) {
        found.responsible.extend(names(&named_at(&clause.slice(joins.end()..norm.len()))));
        return;
    }
    let start = OPENS.find(norm).map_or(0, |found| found.end());
    let clause = clause.slice(start..norm.len());
    let (said, by) = doer(&clause);
    let who = if by { named_at(&said) } else { units_at(&said) };
    if who.is_blank() {
        return;
    }
    let does = said.slice(who.norm().len()..said.norm().len());
    let bare = does.norm().trim_start_matches(['要', '应', '须']).len();
    // 各单位要 is said to everybody, 县水利局要 to one.
    let told = bare < does.norm().len() && !who.norm().starts_with('各');
    let does = does.slice(does.norm().len() - bare..does.norm().len());
    let norm = does.norm();
    let joined = JOINS.find(norm).map(|joins| named_at(&does.slice(joins.end()..norm.len())));
    if let Some(joined) = joined.filter(|joined| !joined.is_blank()) {
        found.lead.extend(names(&who));
        found.responsible.extend(names(&joined));
    } else if SHARES.is_match(norm) {
        found.responsible.extend(names(&who));
    } else if let Some(rest) = LEADS.captures(norm).and_then(|leads| leads.name("rest")) {
        // 县水利局负责人 and 牵头的 are other words, and who only looks on leads nothing: 局办公室负责督办.
        let looks_on = ["督办", "督查", "督导", "解释"].iter().any(|word| rest.as_str().starts_with(word));
        if !rest.as_str().starts_with(['人', '的', '同']) && !looks_on {
            found.lead.extend(names(&who));
        }
        // 甲牵头会同乙
        if let Some(joins) = JOINS.find(rest.as_str()) {
            let from = norm.len() - rest.as_str().len() + joins.end();
            found.responsible.extend(names(&named_at(&does.slice(from..norm.len()))));
        }
        // 甲主办、乙协办
        if let Some(next) = rest.as_str().strip_prefix('、') {
            self::clause(&does.slice(norm.len() - next.len()..norm.len()), found);
        }
    } else if let Some(rest) = HELPS.captures(norm).and_then(|helps| helps.name("rest")) {
        if rest.as_str().is_empty() || !found.lead.is_empty() {
            found.supporting.extend(names(&who));
        }
    } else if (by || told) && !norm.is_empty() || by && clause.norm().starts_with('责') {
        let all = names(&who);
        // Of several who are told alike none leads.
        let to = if all.len() > 1 { &mut found.responsible } else { &mut found.lead };
        to.extend(all);
    }
}

/// A clause from the unit on that does something, and whether 由 stands before it (清掏工作由县城管局负责), or 责成 and the
/// like.
fn doer(clause: &Twin) -> (Twin, bool) {
    let norm = clause.norm();
    let from = |at: usize| clause.slice(at..norm.len());
    let by =
        norm.rmatch_indices('由').map(|(at, by)| from(at + by.len())).find(|said| !named_at(said).is_blank());
    let ordered = ORDERED.find(norm).map(|order| from(order.end()));
    let one = |said: &Twin| !said.norm().starts_with('各') && !named_at(said).is_blank();
    by.or(ordered.filter(one)).map_or_else(|| (from(0), false), |said| (said, true))
}

/// The units that a text opens with, up to what they do.
fn units_at(text: &Twin) -> Twin {
    let norm = text.norm();
    let acts = |at: usize| {
        at == norm.len()
            || norm[at..].starts_with(|c: char| c.is_ascii_digit())
            || ACTS_AT.is_match(&norm[at..]) && !NAMES.iter().any(|word| norm[at..].starts_with(word))
    };
    let ends = norm.char_indices().map(|(at, _)| at).chain([norm.len()]).take(UNITS_MAX);
    ends.skip(2).filter(|end| acts(*end)).map(|end| text.slice(0..end)).find(are_units).unwrap_or_default()
}

/// The units behind 由 and the like, whatever they do: where no known word ends them, as far as names go.
fn named_at(text: &Twin) -> Twin {
    const ENDS: [char; 9] = ['局', '委', '办', '室', '部', '司', '院', '会', '府'];
    let known = units_at(text);
    if !known.is_blank() {
        return known;
    }
    let norm = text.norm();
    let ends = norm.char_indices().take(UNITS_MAX).filter(|(_, c)| ENDS.contains(c));
    let lists = ends.map(|(at, c)| text.slice(0..at + c.len_utf8()));
    let county = norm.starts_with(['县', '市', '区']);
    lists.filter(|list| county && are_units(list)).last().unwrap_or_default()
}

/// Whether a list holds nothing but names of units, as they open in a county.
fn are_units(list: &Twin) -> bool {
    const COUNTY: [&str; 21] = [
        "县",
        "各",
        "市",
        "镇",
        "乡",
        "区",
        "省",
        "国网",
        "中国",
        "经开区",
        "开发区",
        "政府",
        "人民银行",
        "高新区",
        "园区",
        "街道",
        "属地",
        "沿线",
        "常务副",
        "分管",
        "主管",
    ];
    let norm = list.norm();
    let ranges = split(norm);
    !ranges.is_empty()
        && ranges.iter().all(|range| {
            let name = &norm[range.clone()];
            is_unit(name)
                && !name.starts_with("会议")
                && (COUNTY.iter().any(|word| name.starts_with(word))
                    || name.ends_with(['局', '镇', '乡', '办'])
                    || [
                        "部门",
                        "机关",
                        "支行",
                        "公司",
                        "办事处",
                        "政府",
                        "管委会",
                        "学校",
                        "中学",
                        "小学",
                        "医院",
                        "幼儿园",
                    ]
                    .iter()
                    .any(|end| name.ends_with(end))
                    || is_section(name))
        })
}

/// Whether a name is that of a section of the body that issues: 局安全股, 局信息中心.
fn is_section(name: &str) -> bool {
    let section = ["股", "科", "室", "处", "中心", "队", "组", "站", "所"];
    let own = ["局", "委", "院", "校", "馆"].iter().any(|word| name.starts_with(word));
    own && section.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_who_leads_and_who_helps() {
        let said = assigned(&Twin::new("由县水利局牵头,县应急局、各乡镇配合,7月20日前完成整改。"))
            .expect("somebody");
        assert_eq!(
            (said.lead.join("|"), said.supporting.join("|")),
            ("县水利局".into(), "县应急局|各乡镇".into())
        );
        let said = assigned(&Twin::new("轮训320人。由局安全股牵头,会同县疾控中心。")).expect("somebody");
        assert_eq!(
            (said.lead.join("|"), said.responsible.join("|")),
            ("局安全股".into(), "县疾控中心".into())
        );
        let said = assigned(&Twin::new("由县第二中学、红岩镇中心学校负责。")).expect("somebody");
        assert_eq!(said.lead.join("|"), "县第二中学|红岩镇中心学校");
        let said = assigned(&Twin::new("由县交通局主办、县公安局协办,加密班次。")).expect("somebody");
        assert_eq!((said.lead.join("|"), said.supporting.join("|")), ("县交通局".into(), "县公安局".into()));
        let said = assigned(&Twin::new("责成县教育局会同县财政局,8月25日前拨付经费。")).expect("somebody");
        assert_eq!((said.lead.join("|"), said.responsible.join("|")), ("县教育局".into(), "县财政局".into()));
    }

    #[test]
    fn a_unit_may_be_told_in_the_middle_of_a_sentence() {
        for (text, lead, joined) in [
            ("清掏工作由县城管局负责,每周一次。", "县城管局", ""),
            ("由县财政局会同县住建局于8月底前落实资金。", "县财政局", "县住建局"),
            ("教育部门会同卫生健康部门推进改造。", "教育部门", "卫生健康部门"),
            ("请县住建局协同县应急管理局开展检查。", "县住建局", "县应急管理局"),
            ("责成县城管局5月底前拆除违建。", "县城管局", ""),
            ("县供电公司要于5月15日前完成迁改。", "县供电公司", ""),
            ("由县审计局会同县财政局核清底数。", "县审计局", "县财政局"),
            ("由常务副县长负责,成立专班。", "常务副县长", ""),
            ("由县招商中心、县司法局对文本作修改。", "", "县招商中心|县司法局"),
            ("(县交通局牵头)", "县交通局", ""),
            ("由县住建局牵头会同县市场监管局,每周抽查。", "县住建局", "县市场监管局"),
            ("开设专栏,责任单位为县融媒体中心。", "", "县融媒体中心"),
            ("过渡期内由东关街道办事处负责现场秩序。", "东关街道办事处", ""),
            ("由云台镇、青林乡政府负责设置标识。", "云台镇|青林乡政府", ""),
        ] {
            let said = assigned(&Twin::new(text)).unwrap_or_default();
            assert_eq!(
                (said.lead.join("|"), said.responsible.join("|")),
                (lead.into(), joined.into()),
                "{text}"
            );
        }
    }

    #[test]
    fn other_sentences_name_nobody() {
        for text in [
            "各级各部门主要负责同志要带好头。",
            "对工作不负责、不配合的严肃问责。",
            "落实县水利局负责人包保制度。",
            "各乡镇要把乡村振兴摆在优先位置。",
        ] {
            assert_eq!(assigned(&Twin::new(text)), None, "{text}");
        }
    }
}
