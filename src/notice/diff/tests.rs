//! What differs between two versions of a plan.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::ids::{DutyId, TaskNo};
use crate::notice::file::{Draft, read};

const PLAN: &str =
    "[plan]\ncode = \"P\"\ntitle = \"重点任务\"\ndoc_no = \"1号\"\nissued = 2026-01-05\nends = 2026-12-31\n";

/// What may be asked for: text, code of the task it stands in, and when.
const TOPICS: [&str; 6] = [
    "开工建设过境公路",
    "完成污水处理厂改造",
    "新增规上企业",
    "举办群众文化节",
    "清理拖欠账款",
    "修缮乡镇卫生院",
];

fn draft(tasks: &[(usize, &[&str])]) -> Draft {
    let mut text = PLAN.to_owned();
    for (code, (topic, whens)) in (1..).zip(tasks) {
        let title = TOPICS[*topic];
        text.push_str(&format!(
            "[[task]]\ncode = \"A-{code}\"\nsection = \"一\"\ntitle = \"{title}\"\nresponsible = [\"a\"]\n"
        ));
        for when in *whens {
            text.push_str(&format!("[[task.duty]]\ntext = \"{title}\"\n{when}\n"));
        }
    }
    read(&text).expect("a plan")
}

/// What the database would hold of a draft.
fn record(draft: &Draft) -> OnRecord {
    let tasks = (1..).zip(&draft.tasks).map(|(no, task)| RecordedTask {
        no: TaskNo(no),
        state: TaskState::Running,
        absent: false,
        reported: false,
        said: SaidTask::of(task),
        duties: (1..)
            .zip(&task.duties)
            .map(|(seq, duty)| RecordedDuty {
                id: DutyId(no * 100 + seq),
                seq,
                reported: false,
                said: SaidDuty::of(duty),
            })
            .collect(),
    });
    OnRecord { plan: SaidPlan::of(draft.plan.as_ref().expect("a plan")), tasks: tasks.collect() }
}

#[test]
fn an_item_inserted_above_is_added_and_the_others_keep_their_numbers() {
    let old = draft(&[(0, &["due = 2026-06-30"]), (1, &[""])]);
    let new = draft(&[(2, &[""]), (0, &["due = 2026-07-31"]), (1, &[""])]);
    let diff = diff(&record(&old), &new);
    assert_eq!((diff.added.as_slice(), diff.dropped.len()), ([0].as_slice(), 0));
    assert_eq!(diff.same, [(TaskNo(1), 1), (TaskNo(2), 2)]);
    let road = &diff.changed[0];
    assert_eq!((road.no, road.fields[0].field, road.fields.len()), (TaskNo(1), Field::Code, 1));
    let [DutyChange::Changed { seq: 1, fields, .. }] = road.duties.as_slice() else {
        panic!("one duty differs: {:?}", road.duties);
    };
    assert_eq!(fields[0].field, Field::When);
}

#[test]
fn a_group_in_place_of_all_its_units_is_no_difference() {
    let roster = "office = \"a\"\n[[group]]\nname = \"各乡\"\nunits = [\"b\", \"c\"]\n";
    let mut new = draft(&[(0, &[""])]);
    new.roster = read(roster).expect("a roster").roster;
    let mut old = record(&new);
    old.tasks[0].said.responsible = vec!["c".to_owned(), "b".to_owned()];
    new.tasks[0].responsible = vec!["各乡".to_owned()];
    assert!(diff(&old, &new).is_empty());
    new.tasks[0].responsible.push("a".to_owned());
    assert_eq!(diff(&old, &new).changed[0].fields[0].field, Field::Responsible);
}

#[test]
fn what_an_earlier_correction_dropped_comes_back_under_its_number() {
    let new = draft(&[(0, &[""]), (1, &[""])]);
    let mut old = record(&new);
    old.tasks[1].absent = true;
    let diff = diff(&old, &new);
    assert!(diff.added.is_empty() && diff.changed[0].returns, "{diff:?}");
    assert_eq!(diff.changed[0].no, TaskNo(2));
}

const WHENS: [&str; 5] = [
    "",
    "due = 2026-06-30",
    "every = \"month\"",
    "vague = \"定期\"",
    "target = { value = 3, unit = \"户\" }",
];

fn plans() -> impl Strategy<Value = Vec<(usize, Vec<&'static str>)>> {
    let duties = proptest::collection::vec(proptest::sample::select(WHENS.as_slice()), 1..4);
    proptest::collection::vec((0..TOPICS.len(), duties), 0..7)
}

fn built(tasks: &[(usize, Vec<&'static str>)]) -> Draft {
    let borrowed: Vec<(usize, &[&str])> =
        tasks.iter().map(|(topic, whens)| (*topic, whens.as_slice())).collect();
    draft(&borrowed)
}

proptest! {
    #[test]
    fn a_plan_does_not_differ_from_itself(tasks in plans()) {
        let draft = built(&tasks);
        prop_assert!(diff(&record(&draft), &draft).is_empty());
    }

    #[test]
    fn every_item_of_both_versions_is_told_of_once(old in plans(), new in plans()) {
        let (old, new) = (built(&old), built(&new));
        let diff = diff(&record(&old), &new);
        let numbers: BTreeSet<TaskNo> =
            diff.same.iter().map(|(no, _)| *no).chain(diff.dropped.iter().map(|one| one.no)).collect();
        prop_assert_eq!(numbers.len(), old.tasks.len());
        prop_assert_eq!(diff.same.len() + diff.dropped.len(), old.tasks.len());
        prop_assert_eq!(diff.same.len() + diff.added.len(), new.tasks.len());
    }
}
