//! Ledger, bulletins, slips, boards and pictures, from months that were played and checked by hand.

mod form;
mod numbers;
pub mod played;
pub mod read;

use duban::app::export::{Order, Paper};
use duban::documents::bulletin::{Length, SPOKEN_MAX};
use insta::assert_snapshot;

use self::played::{Played, order};
use self::read::{docx, text, xlsx};
use crate::office::look::plain;

#[tokio::test]
async fn the_papers_of_months_that_were_played() {
    let mut played = Played::open().await;
    played.go_on_to("2022-06-30").await;
    let june = played.facts("2022-06-30").await;
    numbers::of_the_quarter(&june);
    ledger(&played).await;
    bulletins(&played).await;
    slips(&played).await;
    boards(&played).await;

    played.go_on_to("2022-07-29").await;
    numbers::same(&june, &played.facts("2022-06-30").await);
    numbers::follow_up(&june, &played.facts("2022-07-29").await);
    month_after(&played).await;

    played.go_on_to("2022-12-31").await;
    numbers::of_the_year(&played.facts("2022-12-31").await);
    year(&played).await;
    played.demo.close().await;
}

async fn ledger(played: &Played) {
    let book = xlsx(&played.paper(order(Paper::Ledger, "2022Q2", "ledger.xlsx")).await);
    let names: Vec<&str> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "任务清单",
            "责任清单",
            "措施清单",
            "来源统计",
            "应报件",
            "问题清单",
            "企困台账",
            "容错清单",
            "经过"
        ]
    );
    for (name, rows) in &book {
        assert!(plain(&rows[0][0]).contains("〔草稿,未经签发,不得外传〕"), "{name}: {}", rows[0][0]);
    }
    let rows = |at: usize| &book[at].1[2..];
    assert_eq!(rows(0).len(), 69, "one row a task");
    let red = rows(0).iter().filter(|row| row[9] == "红 逾期").count();
    assert_eq!(red, 7, "as many as the bulletin counts");
    assert!(rows(2).iter().any(|row| row[0] == "#16.4" && row[3] == "2022年5月31日"));
    let sources: Vec<&[String]> = rows(3).iter().map(|row| &row[..4]).collect();
    assert_eq!(sources, [["方案", "69", "0", "7"], ["合计", "69", "0", "7"]], "the same counts by source");
    let veiled = rows(0).iter().filter(|row| row[4] == "内部事项").count();
    assert_eq!(veiled, 2, "titles of confidential items");
    let chengfu: Vec<_> = rows(4).iter().filter(|row| row[0] == "#16.4" && row[3] == "成富乡").collect();
    assert_eq!(chengfu.len(), 1);
    // The day is a day, 44712 in a spreadsheet, and no text.
    let told =
        "#16.4|惠企政策编成册、送到户、讲清楚|办一场大范围政策宣讲|成富乡|5月31日|44712|红 逾期||||||||是";
    assert_eq!(plain(&chengfu[0][..15].join("|")), told);
    assert!(rows(5).iter().any(|row| row[0] == "#28" && row[4] == "县自然资源局"));
    assert!(rows(8).iter().any(|row| row[1] == "督查室值班员" && plain(&row[4]).contains("退回(缺签到表)")));
}

async fn bulletins(played: &Played) {
    let quarter = docx(&played.paper(order(Paper::Bulletin, "2022Q2", "quarter.docx")).await);
    form::is_official(&quarter);
    assert_snapshot!("quarter", text(&quarter));
    let week = docx(&played.paper(order(Paper::Bulletin, "2022-W26", "week.docx")).await);
    form::is_official(&week);
    assert_snapshot!("week", text(&week));

    let of = |length: Length, name: &str| Order { length, ..order(Paper::Bulletin, "2022Q2", name) };
    let half = played.paper(of(Length::Half, "half.txt")).await;
    assert_snapshot!("half", plain(&String::from_utf8_lossy(&half)));
    let spoken = played.paper(of(Length::Spoken, "spoken.txt")).await;
    let spoken = String::from_utf8_lossy(&spoken).into_owned();
    let aloud = spoken.lines().nth(1).unwrap_or_default();
    assert!(aloud.chars().count() <= SPOKEN_MAX, "{aloud}");
    assert_snapshot!("spoken", plain(&spoken));
    let team = Order { team: Some("财税组".to_owned()), ..order(Paper::Bulletin, "2022-06", "team.txt") };
    let team = String::from_utf8_lossy(&played.paper(team).await).into_owned();
    assert!(team.contains("财税组共9项"), "{team}");
}

async fn slips(played: &Played) {
    let unit = Some("成富乡".to_owned());
    let one = Order {
        unit,
        task: Some(duban::domain::ids::TaskNo(16)),
        ..order(Paper::Slip, "2022-06", "slip.docx")
    };
    let slip = docx(&played.paper(one).await);
    form::is_official(&slip);
    assert_snapshot!("slip", text(&slip));
    played.paper(order(Paper::Slip, "2022-06", "slips.docx")).await;
}

async fn boards(played: &Played) {
    let of = |end: &str| Order {
        board: Some("乡镇排序榜".to_owned()),
        ..order(Paper::Board, "2022Q2", &format!("board.{end}"))
    };
    let paper = docx(&played.paper(of("docx")).await);
    form::is_official(&paper);
    assert_snapshot!("board", text(&paper));
    let svg = String::from_utf8(played.paper(of("svg")).await).expect("text");
    assert!(svg.contains(">双泉乡</text>") && svg.contains("草稿"), "{svg}");
    if duban::documents::picture::chinese_font().is_some() {
        for order in [of("png"), order(Paper::Chart, "2022Q2", "chart.png")] {
            let png = played.paper(order).await;
            assert!(png.starts_with(b"\x89PNG") && png.len() > 20_000, "{} bytes", png.len());
        }
    }
}

/// What the bulletin of July says about the problems that the one of June named.
async fn month_after(played: &Played) {
    let july = docx(&played.paper(order(Paper::Bulletin, "2022-07", "month.docx")).await);
    assert_snapshot!("month", text(&july));
}

/// The papers of a year: a bulletin for each quarter and for the whole, and every board.
async fn year(played: &Played) {
    for order in [
        "签批 县长 2023年1月15日前 县住建局 解决幸福小区供热问题",
        "企困 华丰米业 县财政局 2023年1月20日前 收粮资金缺200万元",
    ] {
        played.office_says(order).await;
    }
    for quarter in ["2022Q2", "2022Q3", "2022Q4"] {
        let paper = docx(&played.paper(order(Paper::Bulletin, quarter, &format!("{quarter}.docx"))).await);
        form::is_official(&paper);
    }
    let paper = docx(&played.paper(order(Paper::Bulletin, "2022", "year.docx")).await);
    form::is_official(&paper);
    assert_snapshot!("year", text(&paper));
    let autumn =
        Order { board: Some("乡镇排序榜".to_owned()), ..order(Paper::Board, "2022Q3", "autumn.docx") };
    let autumn = text(&docx(&played.paper(autumn).await));
    // In summer it had nothing accepted, in autumn its one duty.
    assert!(autumn.contains("|成富乡|100.0|0.0|1|"), "{autumn}");
    for figures in [
        "录数 招商引资榜 2022Q2 成富乡 1200万元 东风镇 0.3亿元",
        "录数 招商引资榜 2022Q3 成富乡 2000万元 县经合局 500万元",
        "录数 窗口评星榜 2022Q2 县人社局 4.6星 120人 县住建局 4.2星 80人 县医保局 4.9星 12人",
        "录数 窗口评星榜 2022Q4 县人社局 4.8星 240人",
    ] {
        played.office_says(figures).await;
    }
    for board in ["部门红黑榜", "乡镇排序榜", "招商引资榜", "窗口评星榜"] {
        let name = format!("{board}.docx");
        let wanted = Order { board: Some(board.to_owned()), ..order(Paper::Board, "2022", &name) };
        let paper = docx(&played.paper(wanted).await);
        form::is_official(&paper);
        let told = text(&paper);
        assert!(!told.contains("本期没有可以排名的数"), "{told}");
        match board {
            // 1200 and 2000; 0.3亿 is 3000万.
            "招商引资榜" => assert!(told.contains("1|成富乡|3200|—||"), "{told}"),
            // 120 votes of 4.6 and 240 of 4.8; a dozen votes are too few.
            "窗口评星榜" => {
                assert!(told.contains("1|县人社局|4.7|—|360||"), "{told}");
                assert!(told.contains("评价人次不足30的不排名"), "{told}");
                assert!(!told.contains("|县医保局|") && told.contains("不参加排名:县医保局。"), "{told}");
            }
            _ => {}
        }
    }
}
