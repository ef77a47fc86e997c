//! What the bot does not react to, and what it forgets.

use crate::office::Office;

async fn monday() -> Office {
    let office = Office::open("2022-06-27 08:00").await;
    office.wait_until("2022-06-27 09:00").await;
    office
}

fn is_on_disk(office: &Office, words: &str) -> bool {
    office.bytes_on_disk().windows(words.len()).any(|window| window == words.as_bytes())
}

#[tokio::test]
async fn chatter_gets_no_answer_and_leaves_no_trace_on_disk() {
    let office = monday().await;
    let before = office.chat("财税组");
    let words = "中午食堂吃红烧排骨,谁去";
    office.says("县财政局局长", "财税组", words).await;
    let reply = "这个周末我要去钓鲫鱼";
    office.replies_to_card("县财政局局长", "财税组", reply).await;
    let stranger = "陌生人也来闲聊几句荷花开了";
    office.says("陌生人", "财税组", stranger).await;
    assert_eq!(office.chat("财税组"), before);
    for gone in ["红烧排骨", "钓鲫鱼", "荷花开了"] {
        assert!(!is_on_disk(&office, gone), "{gone} was kept");
    }
    // What is a report is kept.
    office.says("县财政局局长", "财税组", "#28 完成60%,叶片已运到").await;
    assert!(is_on_disk(&office, "叶片已运到"));
}

#[tokio::test]
async fn the_office_may_chat_in_its_own_group() {
    let office = monday().await;
    let before = office.chat("督查室");
    for words in ["下午开会带上材料", "财政那边都办结了吗", "好的,已完成", "收到", "12点吃饭", "进展怎么样了"]
    {
        office.says("督查室科员", "督查室", words).await;
    }
    assert_eq!(office.chat("督查室"), before);
}

#[tokio::test]
async fn a_stranger_gets_silence_in_a_group_and_a_hint_in_private() {
    let office = monday().await;
    let before = office.chat("财税组");
    for words in ["#28 已办结", "/close 28", "@duban_bot 帮助", "/help", "销号 28", "/没有这个"] {
        office.says("陌生人", "财税组", words).await;
    }
    assert_eq!(office.chat("财税组"), before);
    office.says("陌生人", "陌生人", "#28 已办结").await;
    assert_eq!(office.last("陌生人"), "这里还没有绑定您。请向督查室要一个绑定码,然后发:绑定 绑定码");
    office.says("陌生人", "陌生人", "清单").await;
    office.says("陌生人", "陌生人", "/status").await;
    office.says("陌生人", "陌生人", "/tasks").await;
    assert!(!office.chat("陌生人").contains('#'), "{}", office.chat("陌生人"));
    assert_eq!(office.count("select count(*) from report").await, 0);
}

#[tokio::test]
async fn a_forwarded_message_is_nobodys_report() {
    let office = monday().await;
    office.forwards("县财政局局长", "县财政局局长", "#28 已办结").await;
    office.forwards("督查室值班员", "督查室", "销号 28 县财政局 齐全").await;
    assert_eq!(office.count("select count(*) from report").await, 0);
    assert_eq!(office.count("select count(*) from review").await, 0);
}

#[tokio::test]
async fn a_leader_gives_no_orders() {
    let office = monday().await;
    office.says("县财政局局长", "财税组", "#28 已办结").await;
    let before = office.chat("财税组");
    office.says("县财政局局长", "财税组", "销号 28").await;
    assert_eq!(office.chat("财税组"), before, "bare words are no order of theirs");
    office.says("县财政局局长", "财税组", "/close 28").await;
    assert_eq!(office.last("财税组"), "“销号”要督查室的人来办。");
    for order in ["/send_back 28 x", "/extend 28 9月1日", "/report_for 县发改局 7 已开", "/invite 督查室"]
    {
        office.says("县财政局局长", "财税组", order).await;
        assert!(office.last("财税组").ends_with("要督查室的人来办。"), "{order}: {}", office.last("财税组"));
    }
    office.says("县财政局局长", "财税组", "/remind 28").await;
    assert!(office.last("财税组").contains("不是您单位牵头"), "{}", office.last("财税组"));
    assert_eq!(office.count("select count(*) from filing where state = 'claimed'").await, 1);
}

#[tokio::test]
async fn a_slip_of_the_pen_in_an_order_is_answered_with_the_nearest_one() {
    let office = monday().await;
    office.says("督查室值班员", "督查室", "/clsoe 28").await;
    assert_eq!(office.last("督查室"), "没有“clsoe”这个指令。是不是“close”?发“帮助”看全部。");
}

#[tokio::test]
async fn what_must_not_be_said_here_is_refused_and_leaves_no_trace() {
    let office = Office::open("2022-06-27 08:00").await;
    office.says("县财政局局长", "财税组", "#28 完成60%,经办人证件230521199001011234").await;
    assert!(office.last("财税组").contains("没有记录也没有保存"), "{}", office.last("财税组"));
    office.says("县财政局局长", "县财政局局长", "我要举报邻居老鲫鱼").await;
    assert!(office.last("县财政局局长").contains("12388"), "{}", office.last("县财政局局长"));
    assert_eq!(office.count("select count(*) from report").await, 0);
    office.minutes_pass(5).await;
    for words in ["230521199001011234", "老鲫鱼"] {
        assert!(!is_on_disk(&office, words), "{words} was kept");
    }
}
