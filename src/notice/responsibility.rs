//! Who answers for a measure: brackets 〔〕()【】[] and lines with 牵头, 责任, 配合, 主办, 协办 and the like, or with verbs
//! (甲牵头,乙、丙配合).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::notice::brackets::{brackets, open_len, reach};
use crate::notice::prose;
use crate::notice::rules::says_first_leads;
use crate::notice::twin::Twin;
use crate::notice::units::{is_unit, names, split};
use crate::notice::verbs::{apart, verbs};

/// The role of a person who leads.
pub const LEADER: &str = "牵头领导";

/// What a bracket or the lines after a measure say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assigned {
    /// 牵头, 主办, 甲负责.
    pub lead: Vec<String>,
    /// 责任, 承办, 按职责分工负责; and 配合 where nothing else is told.
    pub responsible: Vec<String>,
    /// 配合, where 责任 is told apart from it.
    pub supporting: Vec<String>,
    /// 责任领导, 责任人: persons and posts, with their role.
    pub persons: Vec<(String, String)>,
    /// 完成时限, as it was written.
    pub deadline: Option<Twin>,
    /// 工作目标, as it was written.
    pub target: Option<Twin>,
    /// What is to be reached by the ends of which stretches of the year (一季度: 完成投资1.5亿元).
    pub steps: Vec<(Twin, Twin)>,
    /// For how many measures it goes, where it says so (以上3项); this one and those before it.
    pub reach: Option<usize>,
}

/// The part of a text before what says who answers for it; the last part may have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The measure.
    pub text: Twin,
    /// Who answers for it.
    pub assigned: Option<Assigned>,
}

/// What a label is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Lead,
    Responsible,
    Supporting,
    Shared,
    Person,
    Deadline,
    Target,
    Other,
}

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let who = "单位|部门|站所|科室|股室|处室|机构|主体|领导|人|负责人|县领导|县级领导|市领导|人员|同志";
    Regex::new(&format!(
        r"(?x)
        (?P<who>(?:县级|市级|第一|直接|主要|具体|县|市|区)?(?P<role>责任分工|任务分工|职责分工|分工|牵头责任|主体责任|责任落实|牵头|主责|主办|主管|责任|会办|分办|合办|配合|协办|协同|协作|会同|参与|参加|协助|承办|落实|实施|承担|执行|督办|督导|督查|监督|监管|包保|包抓|分管|联系|挂联|支持)
            (?P<kind>(?:责任|实施|落实|配合|参与)?(?:{who})(?:(?:及|和|与|、|/|\()(?:责任)?(?:{who})\)?)*)?)\ *[::]
        |(?P<bare>(?:牵头|责任|配合|主办|协办|会办|承办)(?:单位|部门))(?:为|\ +|(?P<glued>)(?:县|各|市|区))
        |(?P<due>(?:完成|办结|整改|推进|办理|落实|时间|工作|进度)?(?:时限|时间|期限|节点|日期)(?:要求|节点|安排|进度)?|进度要求|时间进度)\ *[::]
        |(?P<target>(?:工作|年度|量化|任务|主要|预期|考核)?(?:目标|指标)(?:任务|要求)?|完成标准|预期成果)\ *[::]
        |(?P<other>联系人|联系电话|电话|备注|说明|依据|来源)\ *[::]"
    ))
    .expect("a pattern")
});

/// Parts a text where it says who answers for what stands before.
pub fn segments(text: &Twin) -> Vec<Segment> {
    let norm = text.norm();
    if let Some(at) = line_label(norm) {
        let assigned = labelled(&text.slice(at..norm.len()));
        return vec![Segment { text: text.slice(0..at).trimmed(), assigned: Some(assigned) }];
    }
    // 以上两项由县公安局牵头,县住建局配合。
    if let Some((count, rest)) = reach(text)
        && let Some(said) = prose::assigned(&rest)
    {
        let assigned = Assigned { reach: Some(count), ..said };
        return vec![Segment { text: Twin::new(""), assigned: Some(assigned) }];
    }
    if is_summary(norm)
        && let Some(assigned) = prose::assigned(text)
    {
        return vec![Segment { text: Twin::new(""), assigned: Some(assigned) }];
    }
    let mut found: Vec<Segment> = Vec::new();
    let mut from = 0;
    for range in brackets(norm) {
        if range.start < from {
            continue;
        }
        let inner =
            text.slice(range.start + open_len(norm, range.start)..range.end - open_len(norm, range.start));
        let Some(assigned) = bracketed(&inner, &norm[range.end..]) else { continue };
        let before = text.slice(from..range.start).trimmed();
        from = range.end + norm[range.end..].len()
            - norm[range.end..].trim_start_matches(['。', ';', ' ', ',']).len();
        match found.last_mut() {
            Some(last) if before.is_blank() => last.assigned.get_or_insert_default().add(assigned),
            _ => found.push(Segment { text: before, assigned: Some(assigned) }),
        }
    }
    let rest = text.slice(from..norm.len());
    if found.is_empty() || !rest.is_blank() {
        found.push(Segment { text: rest, assigned: None });
    }
    found
}

/// Whether a paragraph speaks of what stands above it: 以上任务由县水利局牵头.
fn is_summary(text: &str) -> bool {
    let text = text.trim_start();
    let head: String = text.chars().take(12).collect();
    (head.starts_with("以上") || head.starts_with("上述"))
        && ["任务", "工作", "事项", "措施", "内容"].iter().any(|word| head.contains(word))
}

/// Where a line of labels (`牵头单位:…`) begins: at the start of the text, or after the end of a sentence.
fn line_label(text: &str) -> Option<usize> {
    let (mut depth, mut seen) = (0_i64, 0);
    LABEL.captures_iter(text).find_map(|label| {
        let at = label.get(0)?.start();
        // Inside a bracket it is the bracket's.
        depth += text[seen..at]
            .chars()
            .map(|c| i64::from("(〔【[".contains(c)) - i64::from(")〕】]".contains(c)))
            .sum::<i64>();
        seen = at;
        let before = text[..at].trim_end();
        let opens = before.is_empty() || before.ends_with(['。', ';', '!', '】', '〕', ')']);
        let about = label.name("kind").is_some() || label.name("bare").is_some();
        let starts = before.is_empty() && (label.name("due").is_some() || label.name("who").is_some());
        (opens && depth <= 0 && (about || starts)).then_some(at)
    })
}

/// Whether a text opens with a label (责任单位:).
pub(super) fn opens_with_label(text: &str) -> bool {
    LABEL.find(text).is_some_and(|label| label.start() == 0)
}

/// What a bracket says of who answers; None if it is about something else.
fn bracketed(inner: &Twin, after: &str) -> Option<Assigned> {
    if let Some((reach, rest)) = reach(inner) {
        let said = bracketed(&rest, after).or_else(|| prose::assigned(&rest))?;
        return Some(Assigned { reach: Some(reach), ..said });
    }
    let text = inner.norm();
    if says_first_leads(text) {
        return None;
    }
    let label = LABEL.captures(text).filter(|found| found.name("other").is_none());
    if let Some(label) = label
        && text[..label.get(0)?.start()].trim().is_empty()
    {
        return Some(labelled(inner)).filter(|assigned| *assigned != Assigned::default());
    }
    let by_verbs = verbs(inner);
    if by_verbs.is_some() {
        return by_verbs;
    }
    // A bare list of units counts where a measure ends; by when may stand behind them (县司法局,6月底前).
    let ends = after.is_empty() || after.starts_with(['。', ';', ' ']) || after.starts_with(['〔', '(']);
    let (listed, deadline) = apart(inner);
    let list = split(listed.norm());
    let units = list.iter().all(|range| is_unit(&text[range.clone()])) && !list.is_empty();
    let list_of = !text.starts_with(['含', '不', '除', '如', '原', '即', '共', '详', '见', '至', '约']);
    let sections = list.iter().all(|range| text[range.clone()].ends_with(['科', '股']));
    let county =
        sections || ["县", "市", "区", "各", "局", "镇", "乡"].iter().any(|word| text.contains(word));
    (ends && units && county && list_of).then(|| Assigned {
        responsible: names(&listed),
        deadline,
        ..Assigned::default()
    })
}

/// Reads `牵头单位:甲;责任单位:乙、丙;完成时限:6月底前`.
fn labelled(text: &Twin) -> Assigned {
    let norm = text.norm();
    let found: Vec<_> = LABEL.captures_iter(norm).collect();
    let mut assigned = Assigned::default();
    for (at, label) in found.iter().enumerate() {
        let whole = label.get(0).expect("a whole");
        let start = whole.end()
            - if label.name("glued").is_some() {
                whole.as_str().chars().next_back().map_or(0, char::len_utf8)
            } else {
                0
            };
        let end = found.get(at + 1).and_then(|next| next.get(0)).map_or(norm.len(), |next| next.start());
        let value = text.slice(start..end.max(start)).trimmed();
        assigned.take(role(label), label.get(0).map_or("", |found| found.as_str()), &value);
    }
    assigned
}

fn role(label: &regex::Captures<'_>) -> Role {
    let word = label.name("role").or_else(|| label.name("bare")).map_or("", |found| found.as_str());
    let kind = label.name("kind").map_or("", |found| found.as_str());
    let person = (kind.contains("领导") || kind.contains('人') || kind.contains("同志"))
        && !kind.contains("单位")
        && !kind.contains("部门");
    if label.name("due").is_some() {
        Role::Deadline
    } else if label.name("target").is_some() {
        Role::Target
    } else if label.name("other").is_some()
        || ["督", "监", "分管", "联系", "挂联"].iter().any(|other| word.starts_with(other))
    {
        Role::Other
    } else if word.ends_with("分工") {
        Role::Shared
    } else if person || word.starts_with('包') {
        Role::Person
    } else if word.starts_with("牵头") || word.starts_with('主') {
        Role::Lead
    } else if ["配合", "会办", "协", "参", "支持"].iter().any(|support| word.starts_with(support)) {
        Role::Supporting
    } else {
        Role::Responsible
    }
}

impl Assigned {
    /// Whether it names anybody who answers.
    pub fn names_anybody(&self) -> bool {
        !(self.lead.is_empty() && self.responsible.is_empty() && self.supporting.is_empty())
    }

    fn take(&mut self, role: Role, label: &str, value: &Twin) {
        match role {
            Role::Deadline => self.deadline = Some(value.clone()),
            Role::Target => self.target = Some(value.clone()),
            Role::Person => {
                let role: String = label.trim_end_matches([':', ' ']).to_owned();
                self.persons.extend(names(value).into_iter().map(|name| (role.clone(), name)));
            }
            Role::Responsible if value.norm().contains("牵头") && verbs(value).is_some() => {
                self.add(verbs(value).unwrap_or_default());
            }
            Role::Lead | Role::Responsible | Role::Supporting => {
                let (units, when) = apart(value);
                self.deadline = self.deadline.take().or(when);
                let to = match role {
                    Role::Lead => &mut self.lead,
                    Role::Responsible => &mut self.responsible,
                    _ => &mut self.supporting,
                };
                to.extend(names(&units));
                self.by_remark();
            }
            Role::Shared => match verbs(value) {
                Some(told) => self.add(told),
                None => self.take(Role::Responsible, label, value),
            },
            Role::Other => {}
        }
    }

    /// Adds a list of responsible units.
    pub fn list(&mut self, names: Vec<String>) {
        self.responsible.extend(names);
        self.by_remark();
    }

    /// 甲(牵头) in a list leads, 乙(配合) supports.
    fn by_remark(&mut self) {
        let remark = |name: &str, words: [&str; 3]| {
            let open = name.find(['(', '\u{ff08}'])?;
            let inner = name[open..].trim_matches(['(', ')', '\u{ff08}', '\u{ff09}']);
            words.contains(&inner).then(|| name[..open].to_owned())
        };
        let all = std::mem::take(&mut self.responsible);
        for name in all {
            if let Some(lead) = remark(&name, ["牵头", "主办", "牵头单位"]) {
                self.lead.push(lead);
            } else if let Some(help) = remark(&name, ["配合", "协办", "协同"]) {
                self.supporting.push(help);
            } else {
                self.responsible.push(name);
            }
        }
    }

    /// Adds what another bracket or line says of the same measure.
    pub fn add(&mut self, other: Assigned) {
        self.lead.extend(other.lead);
        self.responsible.extend(other.responsible);
        self.supporting.extend(other.supporting);
        self.persons.extend(other.persons);
        self.deadline = self.deadline.take().or(other.deadline);
        self.target = self.target.take().or(other.target);
        self.reach = self.reach.or(other.reach);
    }

    /// Takes over what another one says where this one is silent.
    pub fn inherit(&mut self, from: &Assigned) {
        let silent = self.responsible.is_empty() && self.supporting.is_empty();
        if self.lead.is_empty() {
            self.lead.clone_from(&from.lead);
        }
        if silent {
            self.responsible.clone_from(&from.responsible);
            self.supporting.clone_from(&from.supporting);
        }
        if self.persons.is_empty() {
            self.persons.clone_from(&from.persons);
        }
        self.deadline = self.deadline.take().or_else(|| from.deadline.clone());
    }

    /// Whether two brackets say different things of the same measure.
    pub fn complements(&self, other: &Assigned) -> bool {
        let apart = |a: &[String], b: &[String]| a.is_empty() || b.is_empty();
        apart(&self.lead, &other.lead) && apart(&self.responsible, &other.responsible)
    }

    /// Where only 配合 is told besides 牵头, the supporters are responsible.
    pub fn settle(&mut self) {
        for names in [&mut self.lead, &mut self.responsible, &mut self.supporting] {
            let mut seen = BTreeSet::new();
            names.retain(|name| seen.insert(name.clone()));
        }
        if self.responsible.is_empty() && !self.supporting.is_empty() {
            self.responsible = std::mem::take(&mut self.supporting);
        }
    }
}

/// What a cell of a table says with labels of its own (`牵头:甲;配合:乙`); None where it is a bare list.
pub fn in_cell(cell: &Twin) -> Option<Assigned> {
    LABEL.captures(cell.norm())?.name("who").filter(|found| found.start() == 0)?;
    Some(labelled(cell))
}
