//! Boards whose numbers the office enters, and what follows from a board (rows 47 to 56 of the table of mechanisms).

use crate::office::Office;

const STAFF: &str = "督查室科员";
const HEAD: &str = "督查室负责人";

/// Says something in the office's chat; gives the answer.
async fn says(office: &Office, who: &str, text: &str) -> String {
    office.says(who, "督查室", text).await;
    office.last("督查室")
}

/// Row 47: 招商引资榜。
#[tokio::test]
async fn row_47_investment_is_ranked_by_what_the_office_has_entered_and_nobody_is_named_last() {
    let office = Office::open("2022-07-03 10:00").await;
    let entered = [
        ("成富乡", 1200),
        ("东风镇", 800),
        ("永胜镇", 800),
        ("新华镇", 300),
        ("向阳乡", 0),
        ("双泉乡", 90),
        ("县发改局", 2000),
    ];
    for (unit, amount) in entered {
        let said = says(&office, STAFF, &format!("录数 招商引资榜 二季度 {unit} {amount}万元")).await;
        assert!(said.starts_with("已录 ✓ 招商引资榜 二季度"), "{said}");
    }
    // A month within the quarter gives way to the quarter's own number.
    says(&office, STAFF, "录数 招商引资榜 5月 双泉乡 5000万元").await;
    let said = says(&office, STAFF, "榜 招商引资榜 二季度").await;
    assert!(said.contains("县发改局 2000;成富乡 1200;东风镇 800;永胜镇 800;新华镇 300;双泉乡 90"), "{said}");
    office.says(HEAD, "督查室", "公示 1").await;
    let own = office.last("成富乡乡长");
    assert!(own.contains("成富乡:第2名(共7家),1200万元"), "{own}");
    assert!(!own.contains("拟列后"), "{own}");
    office.says("成富乡乡长", "成富乡乡长", "/录数 招商引资榜 二季度 成富乡 9000万元").await;
    assert!(!office.last("成富乡乡长").contains("已录"), "units enter nothing themselves");
}

/// Row 55: 万人评作风。
#[tokio::test]
async fn row_55_votes_on_conduct_are_totals_and_who_has_too_few_of_them_is_not_ranked() {
    let office = Office::open("2022-07-03 10:00").await;
    says(&office, STAFF, "录数 万人评作风 二季度 县人社局 91.5分 1200人\n县住建局 88分 60人").await;
    let said = says(&office, STAFF, "榜 万人评作风 二季度").await;
    assert!(said.starts_with("【草稿】2022年二季度万人评作风 文件1\n"), "{said}");
    assert!(
        said.contains("县人社局 91.5") && !said.contains("县住建局 88"),
        "sixty votes are too few: {said}"
    );
}

/// Rows 49 and 51: 前列交流、后列检讨,约谈提醒。
#[tokio::test]
async fn row_49_and_51_what_follows_from_a_board_is_proposed_to_the_head_and_told_to_each_unit_alone() {
    let office = Office::open("2022-05-30 09:00").await;
    let good = ["东风镇", "永胜镇", "新华镇", "向阳乡"];
    for (day, duty) in [("2022-05-30 10:00", "16.4"), ("2022-06-28 09:00", "3.2")] {
        office.sleep_until(day).await;
        for township in good {
            says(&office, STAFF, &format!("代报 {township} #{duty} 已办结")).await;
            let said = says(&office, STAFF, &format!("销号 {duty} {township}")).await;
            assert!(said.starts_with("已销号 ✓"), "{said}");
        }
    }
    office.sleep_until("2022-07-04 09:00").await;
    for (paper, month) in [(1, "5月"), (2, "6月")] {
        says(&office, STAFF, &format!("榜 乡镇排序榜 {month}")).await;
        says(&office, HEAD, &format!("公示 {paper}")).await;
    }
    office.sleep_until("2022-07-07 09:00").await;
    says(&office, HEAD, "签发 1").await;
    let first = office.last(HEAD);
    assert!(
        first.contains("\n经验交流:东风镇、永胜镇、新华镇、向阳乡\n检讨式发言:成富乡、双泉乡、青松乡\n"),
        "{first}"
    );
    assert!(!first.contains("约谈"), "once is no reason to be talked to: {first}");
    says(&office, HEAD, "签发 2").await;
    let second = office.last(HEAD);
    assert!(second.contains("约谈(连续两期列后):成富乡、双泉乡、青松乡"), "{second}");
    assert!(!office.chat("督查室").contains("约谈"), "the clerks learn nothing of it");
    assert!(!office.chat("成富乡乡长").contains("当面谈"), "nothing happens by itself");

    office.taps(HEAD, HEAD, "安排约谈").await;
    assert_eq!(office.last(HEAD), "已安排 ✓ 约谈:成富乡、双泉乡、青松乡\n联系不上、请转告:双泉乡、青松乡");
    let told = office.last("成富乡乡长");
    assert!(told.starts_with("成富乡:请单位负责人近日到督查室当面谈一次工作"), "{told}");
    assert!(told.ends_with("只告知你单位。") && !told.contains("双泉乡"), "{told}");
    office.taps(HEAD, HEAD, "安排检讨式发言").await;
    assert!(
        office.last("成富乡乡长").contains("请准备在调度会上作检讨式发言"),
        "{}",
        office.last("成富乡乡长")
    );
    assert!(!office.chat("乡镇").contains("检讨"), "no group hears of it");
    what_was_agreed_waits_on_the_agenda(&office).await;
}

/// Speeches stand on the office's agenda until they were held; a talk in private is the head's alone.
async fn what_was_agreed_waits_on_the_agenda(office: &Office) {
    office.wait_until("2022-07-11 09:00").await;
    let agenda = office.card("督查室").text;
    assert!(agenda.contains("◆ 检讨式发言(文件2):成富乡、双泉乡、青松乡;讲过了发:讲过 2"), "{agenda}");
    assert!(
        !agenda.contains("约谈") && !agenda.contains("经验交流"),
        "not agreed, or not for this place: {agenda}"
    );
    assert_eq!(says(office, STAFF, "讲过 2 成富乡").await, "已记 ✓ 检讨式发言:成富乡");
    assert_eq!(says(office, STAFF, "讲过").await, "检讨式发言 文件2:双泉乡、青松乡");
    assert!(!says(office, HEAD, "谈过 2").await.contains("已记"), "never before others");
    assert!(!says(office, STAFF, "谈过 2").await.contains("已记"), "not the clerks'");
    assert!(!office.chat("督查室").contains("约谈"), "the clerks learn nothing of it");
    office.says(HEAD, HEAD, "谈过").await;
    assert_eq!(office.last(HEAD), "约谈 文件2:3家没谈");
    office.says(HEAD, HEAD, "谈过 2").await;
    assert_eq!(office.last(HEAD), "已记 ✓ 约谈:成富乡、双泉乡、青松乡");
    says(office, STAFF, "讲过 2").await;
    assert_eq!(says(office, STAFF, "讲过").await, "没有安排了还没办的。");
    office.wait_until("2022-07-18 09:00").await;
    assert!(!office.card("督查室").text.contains("检讨式发言"), "{}", office.card("督查室").text);
}
