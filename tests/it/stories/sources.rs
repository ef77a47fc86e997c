//! Items that come from no notice, each story named by its row in the table of mechanisms.

use crate::office::Office;

const STAFF: &str = "督查室科员";

async fn monday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 10:00").await;
    office
}

/// Says something as the clerk in the office's chat; gives the answer.
async fn clerk(office: &Office, text: &str) -> String {
    office.says(STAFF, "督查室", text).await;
    office.last("督查室")
}

#[tokio::test]
async fn row_53_an_instruction_becomes_an_item_and_its_end_goes_back_to_whoever_gave_it() {
    let office = monday().await;
    let said = clerk(&office, "签批 县长 7月15日前 县财政局、县发改局 解决幸福小区供热管网资金").await;
    assert!(
        said.starts_with("已立项 ✓ #70 解决幸福小区供热管网资金 · 县财政局、县发改局 · 7月15日(周五)前"),
        "{said}"
    );
    let told = office.last("县发改局");
    assert!(
        told.starts_with("【新交办】#70 解决幸福小区供热管网资金\n县长批示,7月15日(周五)前办结。"),
        "{told}"
    );

    let course = clerk(&office, "事项 70").await;
    assert!(course.contains("\n在办 · 签批(县长) · 牵头 县财政局\n"), "{course}");
    assert!(course.contains("立项:签批 县长") && !course.contains("导入"), "{course}");

    office.says("县发改局局长", "县发改局", "#70 已办结,资金已列入计划").await;
    office.says("县财政局局长", "县财政局局长", "#70 已办结,首笔200万元已拨付").await;
    let closed = clerk(&office, "销号 70 属实").await;
    assert!(closed.contains("本事项全部办结"), "{closed}");
    let back = office.chat("督查室");
    assert!(back.contains("【办结回呈】请转呈。呈县长:#70 解决幸福小区供热管网资金 已办结"), "{back}");
    let list = clerk(&office, "签批").await;
    assert_eq!(list.lines().next(), Some("签批,共1件,办结1件"), "{list}");
}

#[tokio::test]
async fn row_53_whoever_gave_the_order_reads_its_end_in_private_and_the_agenda_names_it_as_new() {
    let office = monday().await;
    clerk(&office, "签批 县发改局局长 7月15日前 县财政局 核实专项债进度").await;
    office.wait_until("2022-07-04 10:00").await;
    let mut agendas = office.cards("督查室").into_iter().map(|card| card.text);
    let agenda = agendas.rfind(|text| text.contains("周会议题单")).expect("an agenda");
    assert!(agenda.contains("◆ 新接") && agenda.contains("#70"), "{agenda}");
    office.says("县财政局局长", "县财政局局长", "#70 已办结,进度属实").await;
    clerk(&office, "销号 70 属实").await;
    assert_eq!(
        office.last("县发改局局长"),
        "呈县发改局局长:#70 核实专项债进度 已办结,县财政局:已办结,进度属实"
    );
    assert!(!office.chat("督查室").contains("请转呈"));
}

#[tokio::test]
async fn row_53_an_order_without_a_term_gets_a_usual_one_and_says_so() {
    let office = monday().await;
    let said = clerk(&office, "签批 县委书记 县财政局 摸清隐性债务底数").await;
    assert!(said.contains("7月7日(周四)前,没写期限先这样定,要改发:延期 70 日期"), "{said}");
    let without_unit = clerk(&office, "签批 县长 7月15日前 解决供热问题").await;
    assert!(without_unit.contains("没写由哪家单位办"), "{without_unit}");
    let past = clerk(&office, "签批 县长 6月1日前 县财政局 解决供热问题").await;
    assert!(past.contains("期限已经过去了"), "{past}");
    office.says("县发改局局长", "县发改局", "/签批 县长 县财政局 替领导批一件").await;
    assert!(!office.last("县发改局").contains("已立项"), "{}", office.last("县发改局"));
    let internal = clerk(&office, "签批 县长 7月15日前 县财政局 核查专项资金 不公开").await;
    assert!(!internal.contains("核查专项资金"), "in a group only its number: {internal}");
    assert!(!office.last("县财政局局长").contains("核查专项资金"), "{}", office.last("县财政局局长"));
}

#[tokio::test]
async fn row_41_54_and_69_everything_is_counted_by_its_source() {
    let office = monday().await;
    clerk(&office, "签批 市长 7月15日前 县财政局 核实专项债进度").await;
    clerk(&office, "交办 县委 7月20日前 县人社局 核实返乡创业人数").await;
    office.wait_until("2022-06-28 10:00").await;
    office.says("县人社局局长", "县人社局局长", "#71 正在摸底").await;
    let counts = clerk(&office, "来源").await;
    assert!(counts.contains("从立项到首次反馈平均1.0天"), "{counts}");
    assert!(counts.contains("\n签批 1件,办结0件(0%);市政府0/1"), "{counts}");
    assert!(counts.contains("\n交办 1件,办结0件(0%);县委0/1") && counts.contains("方案 6"), "{counts}");
}

#[tokio::test]
async fn row_65_decisions_of_a_meeting_become_items_and_the_next_meeting_asks_for_them_first() {
    let office = monday().await;
    let said = clerk(
        &office,
        "议定 周例会\n1.县财政局 7月1日前 拨付泵站资金\n2、县发改局、县人社局 7月20日前 定用工方案",
    )
    .await;
    assert_eq!(said.matches("已立项 ✓").count(), 2, "{said}");
    office.says("县财政局局长", "县财政局局长", "#70 已办结").await;
    clerk(&office, "销号 70 属实").await;
    office.wait_until("2022-07-04 10:00").await;
    let agenda = office.chat("督查室");
    assert!(agenda.contains("◆ 上次议定(周例会 6月27日) 2件,办结1件,没办结的:#71"), "{agenda}");
    // One line that is not understood, and nothing is taken: the whole is said again.
    let refused =
        clerk(&office, "议定 周例会\n县财政局 7月29日前 拨付二期资金\n没有这个局 7月29日前 修桥").await;
    assert!(refused.contains("没写由哪家单位办"), "{refused}");
    assert_eq!(office.count("select count(*) from task where title like '拨付二期%'").await, 0);
}

#[tokio::test]
async fn row_25_a_need_is_closed_only_when_the_enterprise_is_content() {
    let office = monday().await;
    // No unit gives another something to do: the office sends on what it has read.
    office.says("县发改局局长", "县发改局", "/企困 华丰米业 县财政局 7月20日前 收粮资金缺200万元").await;
    assert!(office.last("县发改局").contains("已转督查室交办"), "{}", office.last("县发改局"));
    assert_eq!(office.count("select count(*) from origin").await, 0);
    let passed_on = office.last("督查室");
    let order = passed_on.lines().last().expect("an order");
    let said = clerk(&office, order).await;
    assert!(said.contains("已立项 ✓ #70") && said.contains("督查室回访华丰米业,满意才销号"), "{said}");
    office.says("县发改局局长", "县发改局", "/企困 丰收农场 县财政局 缺周转金 不公开").await;
    assert!(!office.last("督查室").contains("丰收农场"), "{}", office.last("督查室"));
    office.says("县财政局局长", "县财政局局长", "#70 已办结,银行已放款").await;
    let too_early = clerk(&office, "销号 70 属实").await;
    assert!(too_early.contains("先回访华丰米业是否满意"), "{too_early}");
    let returned = clerk(&office, "回访 70 不满意 只放了50万元").await;
    assert!(returned.contains("已退回 #70") && returned.contains("企业不满意:只放了50万元"), "{returned}");
    office.says("县财政局局长", "县财政局局长", "#70 已办结,余款到账").await;
    let closed = clerk(&office, "回访 70 满意").await;
    assert!(closed.contains("已销号 ✓ #70"), "{closed}");
    assert!(
        clerk(&office, "企困").await.contains("#70 收粮资金缺200万元 · 华丰米业 · 县财政局 · 已销号,满意")
    );
}

#[tokio::test]
async fn row_61_what_an_inspection_finds_is_looked_at_again() {
    let office = monday().await;
    clerk(&office, "暗访 特约监察员 7月8日前 县人社局 窗口午间无人值守").await;
    office.says("县人社局局长", "县人社局局长", "#70 已办结,已排午间值班").await;
    assert!(clerk(&office, "销号 70 属实").await.contains("先回访看整改到位没有"));
    assert!(clerk(&office, "回访 70 合格").await.contains("已销号 ✓ #70"));
    let other = clerk(&office, "回访 28 合格").await;
    assert!(other.contains("#28 不是企困、暗访件"), "{other}");
}

#[tokio::test]
async fn row_27_and_32_a_unit_owns_up_to_problems_and_each_is_put_right_by_an_item() {
    let office = monday().await;
    office.says("县发改局局长", "县发改局", "/问题 1 项目审批一次告知不到位 7月30日").await;
    let said = office.last("县发改局");
    assert!(said.contains("已立项 ✓ #70 项目审批一次告知不到位 · 县发改局 · 7月30日"), "{said}");
    office.says("县人社局局长", "县人社局局长", "问题 1 县发改局 替别人认的问题 7月30日").await;
    let own = office.last("县人社局局长");
    assert!(own.contains("· 县人社局 ·"), "nobody owns up for another: {own}");
    assert!(clerk(&office, "问题 1").await.starts_with("问题,共2件,办结0件"));
    office.says("县人社局局长", "县人社局局长", "问题 1").await;
    assert!(!office.last("县人社局局长").contains("#70"), "{}", office.last("县人社局局长"));
}

#[tokio::test]
async fn row_26_visits_are_counted_against_the_register() {
    let office = monday().await;
    let said = clerk(&office, "走访 名册 4 华丰米业、兴农机械、丰收农场").await;
    assert!(said.contains("已录 ✓ 新增3家") && said.contains("还剩3家"), "{said}");
    office.says("成富乡乡长", "成富乡乡长", "走访 华丰米业 用电增容慢").await;
    let said = office.last("成富乡乡长");
    assert!(said.contains("名册3家,已走访1家,还剩2家:兴农机械、丰收农场"), "{said}");
    office.says("成富乡乡长", "成富乡乡长", "走访 不在册公司").await;
    assert!(office.last("成富乡乡长").contains("名册里没有“不在册公司”"));
    assert!(clerk(&office, "走访").await.contains("已走访1家"));
    office.says("成富乡乡长", "成富乡乡长", "走访 名册 4 自己加的公司").await;
    assert!(!office.last("成富乡乡长").contains("已录"), "{}", office.last("成富乡乡长"));
    clerk(&office, "走访 名册 28 风电公司").await;
    office.says("成富乡乡长", "成富乡乡长", "走访 风电公司").await;
    assert!(office.last("成富乡乡长").contains("名册里没有"), "an item that does not bind it");
}

#[tokio::test]
async fn row_63_a_suggestion_is_adopted_into_an_item_or_declined_with_the_reason() {
    let office = monday().await;
    office.says("成富乡乡长", "成富乡乡长", "金点子 办事大厅周六开半天").await;
    assert!(office.last("成富乡乡长").contains("金点子1号"), "{}", office.last("成富乡乡长"));
    office.says("成富乡乡长", "成富乡乡长", "金点子 全县统一发雨衣").await;
    assert!(clerk(&office, "金点子 2 不采纳").await.contains("请写上理由"));
    assert!(clerk(&office, "金点子 2 不采纳 没有经费渠道").await.contains("已答复 ✓"));
    assert!(office.last("成富乡乡长").contains("没有采纳:没有经费渠道"), "{}", office.last("成富乡乡长"));
    let adopted = clerk(&office, "金点子 1 采纳 县人社局 7月30日").await;
    assert!(adopted.contains("已立项 ✓ #70 办事大厅周六开半天 · 县人社局"), "{adopted}");
    assert!(office.last("成富乡乡长").contains("已采纳"), "{}", office.last("成富乡乡长"));
    assert!(clerk(&office, "金点子 1 不采纳 反悔").await.contains("已经定过了"));
}

#[tokio::test]
async fn row_34_a_project_without_a_leader_or_a_crew_is_listed() {
    let office = monday().await;
    assert!(clerk(&office, "包保 5 粮食物流园 领导:分管副县长").await.contains("包保 分管副县长 · 缺专班"));
    clerk(&office, "包保 5 风电二期").await;
    let all = clerk(&office, "包保").await;
    assert!(
        all.starts_with("项目包保,共2个,不齐的2个") && all.contains("风电二期 · 缺包保领导 · 缺专班"),
        "{all}"
    );
    assert!(
        clerk(&office, "包保 5 粮食物流园 专班:县粮食局联络员")
            .await
            .contains("包保 分管副县长 · 专班 县粮食局联络员")
    );
}

#[tokio::test]
async fn row_37_the_four_systems_of_an_item_are_shown_and_their_gaps_listed() {
    let office = monday().await;
    let all = clerk(&office, "四体系").await;
    assert!(all.starts_with("四体系:在办") && all.contains("没人牵头"), "vacant heads of teams: {all}");
    let one = clerk(&office, "四体系 43").await;
    assert!(one.contains("怎么考:目标3户") && one.contains("谁管:缺"), "{one}");
}
