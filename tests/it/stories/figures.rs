//! Numbers that the office enters for boards that rank no score.

use crate::office::Office;

#[tokio::test]
async fn stars_need_voters_and_a_newer_number_takes_the_place_of_the_older() {
    let office = Office::open("2022-07-03 10:00").await;
    let says = async |text: &'static str| {
        office.says("督查室科员", "督查室", text).await;
        office.last("督查室")
    };
    assert_eq!(
        says("录数 窗口评星榜 二季度 县人社局 4.6星").await,
        "县人社局要写评价人次(比如 120人),人数太少的不排;一个数都没录。"
    );
    assert_eq!(
        says("录数 窗口评星榜 二季度 县人社局 4.6星 120人 县住建局 7星 9人").await,
        "县住建局的数没看懂,应是几星;一个数都没录。"
    );
    assert_eq!(office.count("select count(*) from figure").await, 0, "all or nothing");
    let said = says("录数 窗口评星榜 二季度 县人社局 4.6星 120人\n县住建局 4.1星 60人").await;
    assert_eq!(
        said,
        "已录 ✓ 窗口评星榜 二季度\n县人社局 4.6星 120人\n县住建局 4.1星 60人\n排榜:榜 窗口评星榜 二季度"
    );
    let said = says("评议 窗口评星 二季度 县住建局 4.8星 66人").await;
    assert!(said.contains("县住建局 4.8星 66人(原4.1星)"), "{said}");
    let said = says("录数 窗口评星榜 二季度").await;
    assert!(said.contains("县人社局 4.6星 120人\n") && said.contains("县住建局 4.8星 66人\n"), "{said}");

    let said = says("榜 窗口评星榜 二季度").await;
    assert!(said.contains("县住建局 4.8;县人社局 4.6"), "{said}");
    // Whose number it is sees what it rests on, and nothing else.
    office.says("督查室负责人", "督查室", "公示 1").await;
    let own = office.last("县人社局局长");
    assert!(own.contains("县人社局:第2名(共2家),4.6星") && own.contains("评价人次120"), "{own}");
    // The board stays as it was when a number is taken back; what has changed is said beside it.
    says("录数 取消 窗口评星榜 二季度 县住建局").await;
    let said = says("文件 1").await;
    assert!(said.contains("成稿后情况有变(原件不改):县住建局 4.8→无"), "{said}");
}

#[tokio::test]
async fn nobody_but_the_office_enters_numbers() {
    let office = Office::open("2022-07-03 10:00").await;
    office.says("县人社局局长", "县人社局局长", "/录数 窗口评星榜 二季度 县人社局 5星 900人").await;
    assert_eq!(office.count("select count(*) from figure").await, 0);
}
