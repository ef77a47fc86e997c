//! Items of which a message only says that they stand as the one before: 3号申请延到月底,5号同理.

use super::{Reading, Status};

/// Words that say no more than that.
const SAME: [&str; 14] = [
    "同上",
    "同理",
    "也一样",
    "一样",
    "也同上",
    "也同理",
    "也是",
    "也是这样",
    "也这样",
    "也如此",
    "同样",
    "也照此",
    "照此",
    "同前一项",
];

/// Gives each such reading the status of the one before it, with its day and its obstacle; figures are an item's own: where there are any, nothing
/// is copied.
pub(super) fn copied(readings: Vec<Reading>, echoes: &[bool]) -> Vec<Reading> {
    let mut copied: Vec<Reading> = Vec::with_capacity(readings.len());
    for (at, reading) in readings.into_iter().enumerate() {
        // 31完成60%,28同上: figures are not the same by chance, so it stands as it stood last time.
        let before = copied.last().filter(|before| {
            let figures = before.percent.is_some() || before.quantity.is_some();
            echoes[at] && before.status != Status::NoChange && (!figures || before.status == Status::Done)
        });
        let reading = match before {
            Some(before) => Reading {
                status: before.status,
                new_due: before.new_due,
                until: before.until,
                blocker: before.blocker.clone(),
                needs: before.needs.clone(),
                ..reading
            },
            None => reading,
        };
        copied.push(reading);
    }
    copied
}

/// Whether words only say that it stands as with the item before.
pub(super) fn is_echo(words: &str) -> bool {
    let bare =
        words.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches(['了', '的', '哈', '啊', '吧']);
    SAME.contains(&bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_words_for_the_same_are_an_echo() {
        for words in ["同上", ":同理", "也一样。", "也是"] {
            assert!(is_echo(words), "{words}");
        }
        for words in ["同上月", "也是刚开始", "一样没动", ""] {
            assert!(!is_echo(words), "{words}");
        }
    }
}
