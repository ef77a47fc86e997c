//! The ledger goes out, is edited by a clerk in a spreadsheet, and comes back.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use duban::app::console::Mode;
use duban::assess::facts::{Facts, Plan, Task};
use duban::assess::sums::Span;
use duban::documents::draft::Signature;
use duban::documents::ledger::{Ledger, Writing, back};
use duban::domain::ids::TaskNo;
use duban::domain::origin::Source;
use duban::domain::task::TaskState;
use duban::notice::{container, returned};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};

use crate::fake_telegram::FakeFile;
use crate::office::Office;
use crate::office::look::plain;

/// What a clerk writes into a cell: the list, the first cell of the row (and its fourth, where several have it), the heading,
/// and the words.
type Write<'a> = (&'a str, (&'a str, &'a str), &'a str, &'a str);

/// Whether a cell shows these words.
fn says(cell: &Data, words: &str) -> bool {
    cell.to_string().as_str() == words
}

/// The workbook as another program writes it after a clerk's edits.
fn edited(bytes: &[u8], writes: &[Write<'_>]) -> Vec<u8> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut new = Workbook::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        for (list, (first, fourth), heading, words) in writes.iter().filter(|(list, ..)| *list == name) {
            let column = rows[1].iter().position(|cell| says(cell, heading)).expect("a heading");
            let is_meant =
                |row: &&mut Vec<Data>| says(&row[0], first) && (fourth.is_empty() || says(&row[3], fourth));
            let row =
                rows[2..].iter_mut().find(is_meant).unwrap_or_else(|| panic!("no row {first} in {list}"));
            row[column] = Data::String((*words).to_owned());
        }
        let sheet = new.add_worksheet();
        sheet.set_name(&name).expect("a name");
        for (at, row) in (0u32..).zip(&rows) {
            for (column, cell) in (0u16..).zip(row) {
                match cell {
                    Data::Empty => continue,
                    Data::DateTime(day) => sheet.write_number_with_format(at, column, day.as_f64(), &date),
                    Data::Float(number) => sheet.write_number(at, column, *number),
                    other => sheet.write_string(at, column, other.to_string()),
                }
                .expect("a cell");
            }
        }
    }
    new.save_to_buffer().expect("a workbook")
}

/// The edits of a clerk who knows the columns, and two outside of them.
const WRITES: [Write<'static>; 6] = [
    ("应报件", ("#16.4", "县发改局"), "应报日", "2022年6月15日"),
    ("任务清单", ("28", ""), "责任单位", "县发改局、县财政局"),
    ("任务清单", ("5", ""), "牵头单位", "县财政局"),
    ("任务清单", ("5", ""), "事项", "重点项目每月调度一次"),
    ("任务清单", ("5", ""), "状态", "已销号"),
    ("责任清单", ("县发改局", ""), "已结", "99"),
];

/// What the ledger changes, as the facts stand in the database.
const STANDS: &str = "select t.title || ' ' || u.short from task t join unit u on u.unit_id = t.lead_unit_id where t.task_id = 5
    union all select f.due_on from filing f join unit u on u.unit_id = f.unit_id join duty d on d.duty_id = f.duty_id
                 where d.task_id = 16 and d.seq = 4 and u.code = 'fgj'
    union all select u.short from task_unit x join unit u on u.unit_id = x.unit_id where x.task_id = 28";

#[tokio::test]
async fn an_edited_ledger_shows_what_it_changes_and_changes_it_when_told_so() {
    let office = Office::open("2022-05-23 08:00").await;
    office.wait_until("2022-05-24 09:00").await;
    let went_out = office.ledger().await;
    let said = office.imports(&went_out, Mode::Apply).await;
    assert_eq!(said, "台账和现在的情况一致,没有要改的。");

    let came_back = edited(&went_out, &WRITES);
    let before = office.texts(STANDS).await;
    let shown = office.imports(&came_back, Mode::Load).await;
    for part in [
        "【台账改动】要改4处,不理2处",
        "#16.4 惠企政策编成册、送到户、讲清楚 县发改局 应报日:2022年5月31日 → 2022年6月15日(应报件 F",
        "责任单位:空 → 县发改局、县财政局(任务清单 H",
        "不在可改的格里(浅黄格才能改),不理:\n· 任务清单 I7 状态:改成“已销号”",
        "已结:改成“99”",
        "(只对照,没有改动;核对无误后加 --apply 再运行一次)",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert_eq!(office.texts(STANDS).await, before, "nothing is changed by looking");

    let said = office.imports(&came_back, Mode::Apply).await;
    assert!(said.ends_with("已按台账改4处 ✓"), "{said}");
    let stands = office.texts(STANDS).await;
    assert_eq!(stands, ["重点项目每月调度一次 县财政局", "2022-06-15", "县发改局", "县财政局"]);
    let history = "select what from history where actor = 'console' and task_id is not null and what <> 'imported' order by what";
    assert_eq!(office.texts(history).await, ["assigned", "extended", "lead_set", "retitled"]);
    office.settle().await;
    assert!(office.chat("县发改局").contains("的时限延到6月15日"), "{}", office.chat("县发改局"));

    let again = office.imports(&came_back, Mode::Apply).await;
    assert!(again.starts_with("【台账改动】要改0处,不理2处") && !again.contains("已按台账改"), "{again}");
    assert_eq!(office.texts(STANDS).await, stands, "the second time changes nothing");
}

#[tokio::test]
async fn what_has_changed_since_the_export_is_a_conflict_and_is_not_written_over() {
    let office = Office::open("2022-05-23 08:00").await;
    office.wait_until("2022-05-24 09:00").await;
    let came_back = edited(&office.ledger().await, &WRITES);
    office.says("督查室科员", "督查室", "延期 16.4 县发改局 6月30日 汛期").await;
    let said = office.imports(&came_back, Mode::Apply).await;
    assert!(said.contains("要改3处,有冲突1处"), "{said}");
    assert!(said.contains("应报日:导出时2022年5月31日,现在是2022年6月30日,表里2022年6月15日"), "{said}");
    assert!(office.texts(STANDS).await.contains(&"2022-06-30".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_done_is_named_with_its_reason_and_the_rest_takes_effect() {
    let office = Office::open("2022-05-23 08:00").await;
    office.wait_until("2022-05-24 09:00").await;
    let writes = [
        ("应报件", ("#16.4", "县发改局"), "应报日", "尽快"),
        ("应报件", ("#16.4", "县财政局"), "应报日", "2022年5月25日"),
        ("任务清单", ("5", ""), "牵头单位", "不知道哪个局"),
        ("任务清单", ("6", ""), "事项", ""),
        ("任务清单", ("7", ""), "事项", "=1+1"),
    ];
    let said = office.imports(&edited(&office.ledger().await, &writes), Mode::Apply).await;
    for part in [
        "已按台账改1处 ✓",
        "“尽快”不是日期",
        "#16 的新时限要晚于现在的时限。",
        "不知道哪个局",
        "事项不能空着",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert_eq!(office.texts("select title from task where task_id = 7").await, ["=1+1"]);
    // It goes out as words again, and comes back as it went.
    assert_eq!(
        office.imports(&office.ledger().await, Mode::Apply).await,
        "台账和现在的情况一致,没有要改的。"
    );
}

#[tokio::test]
async fn in_the_office_s_chat_the_ledger_takes_effect_by_its_button() {
    let office = Office::open("2022-05-23 08:00").await;
    office.wait_until("2022-05-24 09:00").await;
    let went_out = office.ledger().await;
    let file = |bytes: Vec<u8>| FakeFile { name: "改过的.xlsx".to_owned(), bytes, ..FakeFile::default() };
    office.sends("督查室科员", "督查室", file(went_out.clone())).await;
    assert_eq!(plain(&office.last("督查室")), "台账和现在的情况一致,没有要改的。");

    let came_back = edited(&went_out, &WRITES);
    office.sends("督查室科员", "督查室", file(came_back.clone())).await;
    assert!(office.last("督查室").starts_with("【台账改动】要改4处,不理2处"), "{}", office.last("督查室"));
    office.taps("督查室科员", "督查室", "不用").await;
    assert_eq!(office.count("select count(*) from history where what = 'retitled'").await, 0);

    office.sends("督查室科员", "督查室", file(came_back.clone())).await;
    office.taps("督查室科员", "督查室", "按台账改").await;
    assert_eq!(office.last("督查室"), "已按台账改4处 ✓");
    let by = "select actor from history where what in ('retitled', 'extended') group by actor";
    assert_eq!(office.texts(by).await, ["督查室科员"]);
    let review = "select act from review where reason = '按台账改' and account_id is not null";
    assert_eq!(office.texts(review).await, ["extend"]);

    office.sends("督查室科员", "督查室", file(came_back)).await;
    assert!(office.last("督查室").starts_with("【台账改动】要改0处"), "{}", office.last("督查室"));
}

/// A plan of tasks that are called so.
fn facts(office: &duban::domain::now::Now, titles: &[(String, String)]) -> Facts {
    let task = |(no, (title, note)): (i64, &(String, String))| {
        let task = Task {
            code: format!("T-{no}"),
            section: "一".to_owned(),
            title: title.clone(),
            state: TaskState::Running,
            closed_on: None,
            confidential: false,
            note: Some(note.clone()),
            lead: None,
            team: None,
            units: Vec::new(),
            source: Source::Plan,
            by_whom: None,
            content: None,
            plan: Plan { title: "方案".to_owned(), doc_no: "1号".to_owned() },
        };
        (TaskNo(no), task)
    };
    Facts {
        now: *office,
        calendar: duban::config::shipped().calendar,
        units: BTreeMap::new(),
        teams: BTreeMap::new(),
        tasks: (1..).zip(titles).map(task).collect(),
        duties: BTreeMap::new(),
        items: Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_ledger_that_nobody_edited_changes_nothing(titles in prop::collection::vec(("\\PC{0,40}", any::<String>()), 1..5)) {
        let now = duban::domain::now::Now::new("2022-06-14T01:00:00Z".parse().expect("a time"), duban::config::shipped().zone);
        let facts = facts(&now, &titles);
        let span = Span { from: now.today(), until: now.today() };
        let ledger = Ledger { now, span, issuer: "督查室", signature: &Signature::Draft };
        let mut bytes = Cursor::new(Vec::new());
        let mut writing = Writing::begin(ledger).expect("a workbook");
        writing.tasks(&facts).expect("the lists");
        writing.end(&facts, &mut bytes).expect("a ledger");
        let document = container::open(bytes.get_ref()).expect("a workbook");
        let returned = returned::read(&document).expect("a ledger of ours");
        prop_assert!(back::diff(&returned, &facts).is_empty(), "{:?}", returned);
    }
}
