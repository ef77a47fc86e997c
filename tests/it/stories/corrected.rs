//! The notice is corrected while the work is under way: reports, numbers and history stay.

use duban::app::console::{self, Mode};
use duban::app::demo::{PLAN, ROSTER};
use duban::notice::file;

use crate::office::Office;
use crate::office::look::plain;

/// Imports another version of the sample plan, as the console does.
async fn import(office: &Office, plan: &str, mode: Mode) -> String {
    let mut draft = file::read(plan).expect("a plan");
    draft.roster = file::read(ROSTER).expect("the sample roster").roster;
    let text = format!("{plan}{ROSTER}");
    let said = console::import(&office.store, &office.now(), &draft, &text, mode).await;
    let said = plain(&said.expect("an import"));
    office.settle().await;
    // The verification sheet stands in front.
    said.split("与在库方案对照").nth(1).unwrap_or(&said).to_owned()
}

/// The sample plan with another item above those of the first team, whose codes move on by one, and a day for the wind farm.
fn with_an_item_above() -> String {
    let mut plan = PLAN.to_owned();
    for at in (1..=9).rev() {
        plan = plan.replace(&format!("\"CS-{at}\""), &format!("\"CS-{}\"", at + 1));
    }
    let new = "[[task]]\ncode = \"CS-1\"\nsection = \"财税和项目谋划推进组\"\ntitle = \"全年税收入库序时\"\nteam = \"CS\"\nconfirmed = true\n\n[[task.duty]]\ntext = \"按月通报税收入库\"\nevery = \"month\"\n\n[[task]]\ncode = \"CS-2\"";
    plan.replacen("[[task]]\ncode = \"CS-2\"", new, 1)
        .replace("text = \"风电项目落地开工\"\n", "text = \"风电项目落地开工\"\ndue = 2022-09-30\n")
}

const WIND: &str = "select t.code || ' ' || f.due_on || ' ' || f.period || ' ' || f.percent || ' ' || f.cycle || ' ' || f.extensions
                    from filing f join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id
                    where t.task_id = 28 and d.progress = 0";

#[tokio::test]
async fn a_renumbered_item_keeps_its_number_and_its_reports_and_takes_the_new_day() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 完成60%").await;
    let corrected = with_an_item_above();
    let shown = import(&office, &corrected, Mode::Load).await;
    for part in [
        "新增1项,改动9项,删去0项",
        "+ 新增 CS-1 全年税收入库序时",
        "* #28 华能分散式风电项目开工(4MW)\n    编号:CS-1 → CS-2\n    #28.1 时限:没有写 → 2022-09-30前",
        "核对无误后加 --apply",
    ] {
        assert!(shown.contains(part), "{part} is not in:\n{shown}");
    }
    assert_eq!(office.count("select count(*) from task where code = 'CS-10'").await, 0, "only shown");

    let said = import(&office, &corrected, Mode::Apply).await;
    assert!(said.contains("已更正 ✓ 改期应报件1件"), "{said}");
    assert_eq!(office.texts(WIND).await, ["CS-2 2022-09-30 2022-09-30 60 2 0"]);
    assert_eq!(office.texts("select title from task where task_id = 70").await, ["全年税收入库序时"]);
    assert_eq!(office.count("select count(*) from task where plan_id = 1 and code like 'CS-%'").await, 10);
    office.says("督查室科员", "督查室", "事项 28").await;
    let course = office.last("督查室");
    for part in ["完成60%", "方案更正:改动2处", "方案更正:没有日期 → 2022-09-30"] {
        assert!(course.contains(part), "{part} is not in:\n{course}");
    }
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    office.says("督查室科员", "督查室", "销号 28").await;
    assert_eq!(office.texts("select state from task where task_id = 28").await, ["closed"]);

    let again = import(&office, &corrected, Mode::Apply).await;
    assert!(again.contains("以前导入过同一份"), "{again}");
}

/// The sample plan without one of its items.
fn without(plan: &str, code: &str) -> String {
    let items: Vec<&str> = plan.split("[[task]]\n").collect();
    let kept: Vec<&str> =
        items.into_iter().filter(|item| !item.starts_with(&format!("code = \"{code}\""))).collect();
    kept.join("[[task]]\n")
}

#[tokio::test]
async fn what_is_dropped_is_void_where_nobody_has_reported_and_left_to_the_office_where_somebody_has() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#29 完成30%").await;
    let corrected = without(&without(PLAN, "CS-2"), "CS-3");
    let said = import(&office, &corrected, Mode::Apply).await;
    for part in [
        "- 删去 #29 CS-2 中储粮仓储物流项目在本县纳税(已有填报,不删,由督查室定)",
        "- 删去 #30 CS-3 喜悦度假中心投资入统(没有填报,作废留档)",
        "已有填报,照旧在办;不办了请发:作废 29 原因",
    ] {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
    let states = "select state from task where task_id in (29, 30) order by task_id";
    assert_eq!(office.texts(states).await, ["running", "void"]);
    office.says("督查室科员", "督查室", "作废 29 通知已删").await;
    assert_eq!(office.texts(states).await, ["void", "void"]);

    let said = import(&office, PLAN, Mode::Apply).await;
    assert!(said.contains("以前删去,现在又有") && said.contains("重开 29 原因"), "{said}");
    assert_eq!(office.count("select count(*) from task").await, 69, "nothing came twice");
}

#[tokio::test]
async fn duties_come_and_go_and_what_the_office_has_decided_meanwhile_stays() {
    let office = Office::open("2022-06-27 08:00").await;
    let of = |seq: i64| {
        assert!(seq == 1 || seq == 2 || seq == 3);
        match seq {
            1 => {
                "select f.state from filing f join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id where t.code = 'SM-1' and d.text = '新增规上服务企业'"
            }
            2 => {
                "select f.state from filing f join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id where t.code = 'SM-1' and d.text = '新增限上服务业企业'"
            }
            _ => {
                "select f.state || f.due_on from filing f join duty d on d.duty_id = f.duty_id join task t on t.task_id = d.task_id where t.code = 'SM-1' and d.text = '建成一条商业街'"
            }
        }
    };
    office.says("督查室科员", "督查室", "延期 28 10月31日").await;
    let corrected = with_an_item_above().replace(
        "text = \"新增限上服务业企业\"\ntarget = { value = 2, unit = \"户\" }\n",
        "text = \"建成一条商业街\"\ndue = 2022-11-30\n",
    );
    let said = import(&office, &corrected, Mode::Apply).await;
    assert!(said.contains("#28 ") && said.contains("已准延期,比新版的日期晚,没有动"), "{said}");
    let wind = office.texts("select f.due_on || ' ' || f.period from filing f join duty d on d.duty_id = f.duty_id where d.task_id = 28 and d.progress = 0").await;
    assert_eq!(wind, ["2022-10-31 2022-09-30"]);
    assert_eq!(office.texts(of(1)).await, ["open"]);
    assert_eq!(
        (office.texts(of(2)).await, office.texts(of(3)).await),
        (Vec::new(), vec!["open2022-11-30".to_owned()])
    );
}
