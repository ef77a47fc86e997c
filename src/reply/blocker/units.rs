//! The unit whose help is needed, as a clause names it.

/// Endings of the names of units, longest first.
const UNIT_ENDS: [&str; 22] = [
    "政府办公室",
    "办公室",
    "管委会",
    "指挥部",
    "县委办",
    "政府办",
    "政府",
    "银行",
    "公司",
    "集团",
    "领导",
    "中心",
    "部门",
    "局",
    "委",
    "厅",
    "院",
    "乡",
    "镇",
    "处",
    "大队",
    "办",
];

/// Characters that cannot stand inside a unit's name.
const OUTSIDE: &str = "没需要请由等待望求找盼在让被和与跟向给我您你了的到是报调恳帮对催及以,、。;: 为因";

/// Words that end in a unit's ending and name none.
const NO_UNITS: [&str; 12] =
    ["阅处", "阅办", "在办", "催办", "督办", "承办", "经办", "代办", "好办", "难办", "城乡", "到处"];

/// The unit named in a clause, but not the writer's own (我局).
pub(in crate::reply) fn unit(clause: &str) -> Option<String> {
    let mut best: Option<(usize, usize)> = None;
    for end in UNIT_ENDS {
        let Some(at) = clause.find(end) else { continue };
        let start = name_start(clause, at);
        let name = &clause[start..at + end.len()];
        let whole =
            name.len() > end.len() || matches!(end, "政府办" | "县委办" | "领导" | "政府办公室" | "银行");
        let known = !NO_UNITS.iter().any(|word| name.ends_with(word));
        if whole && known && best.is_none_or(|(first, _)| start < first) {
            best = Some((start, at + end.len()));
        }
    }
    best.map(|(start, end)| clause[start..end].to_owned())
}

/// Where the name that ends at a place starts: back over at most ten characters that may be part of a name.
fn name_start(clause: &str, end: usize) -> usize {
    clause[..end]
        .char_indices()
        .rev()
        .take(10)
        .take_while(|(_, c)| c.is_alphanumeric() && !OUTSIDE.contains(*c))
        .last()
        .map_or(end, |(at, _)| at)
}
