//! Whatever is typed: no panic, no share over a hundred, the same reading in full and half width, linear time.

use proptest::prelude::*;

use super::{card, desk, jobs, one, understand};

/// Pieces that replies are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let words = vec![
        "3号",
        "#12",
        "31",
        "完成",
        "未",
        "已",
        "60%",
        "百分之六十",
        "六成",
        "办结",
        ",",
        "。",
        "\n",
        " ",
        "延到",
        "7月15日",
        "两周",
        "资金",
        "没",
        "到位",
        "需",
        "财政局",
        "协调",
        "350人",
        "还差",
        "其余",
        "除",
        "外",
        "全部",
        "无变化",
        "吗",
        "?",
        "(",
        ")",
        "1,000",
        "三分之二",
        "周五",
        "报",
        "收到",
        "【督办提醒】",
        "第一项",
        "cs-1",
        "-",
        "/",
        "号",
        "0分之9",
        "一百二十成",
        "年底",
        "季度",
        "99999999999999999",
    ];
    proptest::collection::vec(proptest::sample::select(words), 0..30).prop_map(|words| words.concat())
}

/// ASCII in full width.
fn widen(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect()
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        for context in [one(), jobs(), card(), desk()] {
            for reading in understand(&text, &context) {
                prop_assert!(reading.percent.is_none_or(|percent| percent <= 100.0));
            }
        }
    }

    #[test]
    fn any_mixture_of_words_stays_within_a_hundred(text in pieces()) {
        for context in [one(), jobs(), card(), desk()] {
            for reading in understand(&text, &context) {
                prop_assert!(reading.percent.is_none_or(|percent| percent <= 100.0));
                prop_assert!(reading.new_due.is_none() || reading.status == super::Status::Extend);
                prop_assert!(text.contains(reading.text.split(';').next().unwrap_or("")));
            }
        }
    }

    #[test]
    fn full_and_half_width_read_the_same(text in pieces()) {
        for context in [one(), card(), desk()] {
            let plain = |text: &str| -> Vec<_> {
                understand(text, &context)
                    .into_iter()
                    .map(|reading| (reading.which, reading.status, reading.percent, reading.quantity, reading.new_due, reading.until))
                    .collect()
            };
            prop_assert_eq!(plain(&text), plain(&widen(&text)));
        }
    }

    #[test]
    fn a_denied_finish_is_never_done(before in pieces(), no in proptest::sample::select(vec!["还没", "未", "尚未", "没有", "不能按期"])) {
        let text = format!("{before}。#12{no}完成");
        for reading in understand(&text, &one()).iter().filter(|reading| reading.which == super::Which::Item(12)) {
            prop_assert_ne!(reading.status, super::Status::Done);
        }
    }
}

#[test]
fn long_messages_are_read_in_one_pass() {
    let openings = [
        "1 ",
        "3号完成60%,",
        "#12",
        "完",
        "目标1人",
        "同哈公路",
        "\n#31\n",
        "一",
        "公路也没钱,",
        "八百七",
        "因缺钱,",
        "其余3项,",
        "没",
        "应收尽收",
        "省厅批了",
        "1个还有",
        "坏了,修好了,",
    ];
    for piece in openings {
        let text = piece.repeat(64 * 1024 / piece.len());
        // No bound on time is asserted: a quadratic reader would not end within the patience of a test run.
        assert!(understand(&text, &card()).len() <= 20_000, "{piece}");
    }
    // A list that counts lines, one of which counts without end.
    let counted = format!("1、{}号完成\n2、3号完成", "3、".repeat(15_000));
    assert!(understand(&counted, &desk()).len() <= 20_000);
    let foreign: Vec<String> = (100..10_000).map(|no| format!("#{no}办结")).collect();
    assert!(understand(&foreign.concat(), &card()).len() > 4_000);
}

#[test]
fn what_one_part_denies_another_does_not_claim() {
    // The foreign code keeps the two parts about #12 apart.
    for reading in understand("完成,cs-1。#12还没完成", &one()) {
        assert_ne!(reading.status, super::Status::Done, "{reading:?}");
    }
}
