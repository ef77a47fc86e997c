//! Rosters of many makes.

use proptest::prelude::*;

use super::*;
use crate::domain::people::{Rank, UnitKind};
use crate::notice::check::mistakes;
use crate::notice::container::Block;
use crate::notice::file::Draft;

fn document(rows: &[&[&str]]) -> Document {
    let width = rows.iter().map(|row| row.len()).max().unwrap_or(0);
    let rows = (1..).zip(rows).map(|(line, row)| {
        let mut cells: Vec<String> = row.iter().map(|cell| (*cell).to_owned()).collect();
        cells.resize(width, String::new());
        (Place { sheet: None, line }, cells)
    });
    Document { blocks: vec![Block::Table(Table { rows: rows.collect(), merged: true })] }
}

fn of(rows: &[&[&str]]) -> Read {
    let read = read(&document(rows), &Roster::default()).expect("a roster");
    let draft = Draft { roster: Some(read.roster.clone()), ..Draft::default() };
    assert_eq!(mistakes(&draft, &read.roster), []);
    read
}

const TOWN: &[&[&str]] = &[
    &["督办工作名册", "督办工作名册", "督办工作名册", "督办工作名册", "督办工作名册", "督办工作名册"],
    &["序号", "姓 名", "职务", "单位", "工作组", "手机"],
    &["1", "张 甲", "主任", "县政府办公室", "", "13900000001"],
    &["2", "李乙", "局长", "县发展和改革局", "财税组", "13900000002"],
    &["3", "空缺", "副局长", "县发展和改革局", "财税组", ""],
    &["4", "王丙", "股长(联络员)", "县发展和改革局", "", "13900000003"],
    &["5", "赵丁", "乡长", "成富乡人民政府", "", ""],
    &["6", "李乙", "党组书记", "县统计局", "", ""],
];

#[test]
fn posts_are_made_of_persons_and_no_name_or_number_is_kept() {
    let read = of(TOWN);
    let codes: Vec<&str> = read.posts.iter().map(String::as_str).collect();
    assert_eq!(
        codes,
        [
            "zfbgs.head",
            "fzhggj.head",
            "fzhggj.xianfazhanhegaigejufujuzhang",
            "fzhggj.liaison",
            "cfxrmzf.head",
            "tjj.head"
        ]
    );
    let kinds: Vec<UnitKind> = read.roster.units.iter().map(|unit| unit.kind).collect();
    assert_eq!(kinds, [UnitKind::Office, UnitKind::Department, UnitKind::Township, UnitKind::Department]);
    assert_eq!(read.roster.office, "zfbgs");
    assert_eq!(read.roster.posts[2].rank, Rank::Deputy);
    assert_eq!(read.roster.teams[0].deputies, ["fzhggj.head", "fzhggj.xianfazhanhegaigejufujuzhang"]);
    let kept = format!("{:?}", read.roster);
    for gone in ["张", "李乙", "139"] {
        assert!(!kept.contains(gone), "{gone} is kept: {kept}");
    }
    assert!(
        read.findings.contains(&Finding::Vacant { post: "县发展和改革局副局长".to_owned() }),
        "{:?}",
        read.findings
    );
    let doubled = vec!["县发展和改革局局长".to_owned(), "县统计局党组书记".to_owned()];
    assert!(
        read.findings.contains(&Finding::Doubled { name: "李乙".to_owned(), posts: doubled }),
        "{:?}",
        read.findings
    );
    assert!(read.findings.contains(&Finding::NotKept { columns: vec!["手机".to_owned()] }));
}

#[test]
fn a_column_of_liaisons_and_a_column_of_heads_give_two_posts_a_unit() {
    let read = of(&[
        &["单位名称", "简称", "别名", "单位性质", "主要负责人", "联络员", "联系电话"],
        &["县营商环境建设监督局", "县营商局", "营商局、优化办", "政府部门", "甲", "乙", "1"],
        &["国家税务总局某县税务局", "县税务局", "", "垂直管理", "", "丙", ""],
        &["县政府办公室", "县政府办", "", "督查办公室", "丁", "", ""],
    ]);
    assert_eq!(read.roster.posts.len(), 6);
    let unit = &read.roster.units[0];
    assert_eq!((unit.code.as_str(), unit.aliases.len()), ("ysj", 2));
    assert_eq!(read.roster.units[1].kind, UnitKind::Vertical);
    let vacant: Vec<&str> =
        read.roster.posts.iter().filter(|post| post.vacant).map(|post| post.title.as_str()).collect();
    assert_eq!(vacant, ["县税务局主要负责人", "县政府办联络员"]);
    assert_eq!(read.roster.groups[0].units, ["ysj", "zfb"]);
}

#[test]
fn known_units_keep_their_codes_and_teams_their_posts() {
    let known = crate::notice::file::read(
        "office = \"bgs\"
        unit = [{ code = \"bgs\", name = \"县政府办公室\", short = \"县府办\", kind = \"office\" },
                { code = \"dpc\", name = \"县发展和改革局\", short = \"县发改局\", aliases = [\"发改委\"], kind = \"department\" }]
        post = [{ code = \"dpc.head\", unit = \"dpc\", title = \"县发改局局长\", rank = \"head\" },
                { code = \"bgs.head\", unit = \"bgs\", title = \"县府办主任\", rank = \"head\" }]
        team = [{ code = \"CS\", name = \"财税推进组\", short = \"财税组\", deputies = [\"bgs.head\"] }]",
    )
    .expect("a roster")
    .roster
    .expect("a roster");
    let rows: &[&[&str]] = &[
        &["部门", "岗位", "现任", "专班", "角色"],
        &["发改委", "主任", "甲", "财税组", "负责人"],
        &["发改委", "副主任", "", "招商组", "分管"],
    ];
    let read = read(&document(rows), &known).expect("a roster");
    assert_eq!(read.units, ["dpc"]);
    assert_eq!(read.new, ["dpc.xianfagaijufuzhuren"]);
    assert_eq!(read.roster.posts[0].title, "县发改局主任");
    assert_eq!(read.roster.teams[0].deputies, ["bgs.head", "dpc.head"]);
    assert!(read.findings.contains(&Finding::NewTeam { team: "招商组".to_owned() }));
}

#[test]
fn a_table_without_names_says_nothing_about_vacancies() {
    let known = of(&[&["单位", "职务", "姓名"], &["县统计局", "局长", ""]]).roster;
    let read = read(&document(&[&["单位", "职务"], &["县统计局", "局长"]]), &known).expect("a roster");
    assert!(read.roster.posts[0].vacant && read.new.is_empty(), "{:?}", read.roster.posts);
}

#[test]
fn names_that_look_like_one_unit_and_rows_without_a_unit_are_told_of() {
    let read = of(&[
        &["单位", "职务", "姓名"],
        &["", "局长", "甲"],
        &["各乡镇", "镇长", ""],
        &["县营商环境局", "局长", "乙"],
        &["县营商环境建设监督局", "局长", "丙"],
    ]);
    let looks = Finding::LooksLike {
        unit: "县营商环境局".to_owned(),
        other: "县营商环境建设监督局".to_owned(),
    };
    assert!(read.findings.contains(&looks), "{:?}", read.findings);
    assert!(read.findings.contains(&Finding::NoUnit { place: Place { sheet: None, line: 2 } }));
    assert!(read.findings.contains(&Finding::NoUnit { place: Place { sheet: None, line: 3 } }));
    assert!(read.findings.contains(&Finding::NoOffice));
}

#[test]
fn a_table_of_tasks_is_no_roster() {
    let tasks = document(&[
        &["序号", "工作任务", "责任单位", "责任人", "时限"],
        &["1", "修路", "县交通局", "甲", "6月底"],
    ]);
    assert_eq!(super::read(&tasks, &Roster::default()), None);
}

proptest! {
    /// Whatever stands in the cells: the roster is one that may be written, and reading it again over itself changes nothing.
    #[test]
    fn any_cells_give_a_roster_without_mistakes_and_a_second_reading_changes_nothing(
        cells in proptest::collection::vec(proptest::collection::vec("[县局办甲乙副长a-c1、(空缺) ]{0,5}", 6), 0..8)
    ) {
        let mut rows: Vec<Vec<&str>> = vec![vec!["单位", "简称", "别名", "职务", "姓名", "工作组"]];
        rows.extend(cells.iter().map(|row| row.iter().map(String::as_str).collect()));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let first = read(&document(&rows), &Roster::default()).expect("a roster");
        let draft = Draft { roster: Some(first.roster.clone()), ..Draft::default() };
        if !first.units.is_empty() {
            prop_assert_eq!(mistakes(&draft, &first.roster), vec![]);
        }
        let second = read(&document(&rows), &first.roster).expect("a roster");
        prop_assert!(second.new.is_empty(), "{:?}", second.new);
    }
}
