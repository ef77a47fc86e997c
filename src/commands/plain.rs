//! Orders in plain words: 把12号退回,缺验收单 · 12、15-18号销号 · 请催一下12号. Only who may give an order is heard as giving
//! one, and only where the text can hardly be anything else.

use crate::commands::{ALL, Command, EVERYBODY, args, may};
use crate::domain::people::Person;

/// Words before an order that mean nothing.
const POLITE: [&str; 10] = ["请", "麻烦", "帮忙", "帮我", "把", "将", "给", "对", "同意", "先"];

/// Other words for a command's name, the longer before the shorter.
const ALIASES: [(&str, &str); 15] = [
    ("容错", "容错"),
    ("打回", "退回"),
    ("退掉", "退回"),
    ("销掉", "销号"),
    ("销了", "销号"),
    ("办结通过", "销号"),
    ("催一下", "催办"),
    ("催一催", "催办"),
    ("催催", "催办"),
    ("延长", "延期"),
    ("延到", "延期"),
    ("顺延", "延期"),
    ("先放一放", "暂停"),
    ("放一放", "暂停"),
    ("重新办", "重开"),
];

/// What an order says: the command, and the words for it.
pub struct Order {
    /// The command.
    pub command: &'static dyn Command,
    /// Its words: the items first.
    pub rest: String,
}

/// Reads a text as an order in plain words; it is expected in half width. `None` for questions, for what tells of something
/// that was done, and for whatever names no item.
pub fn read(text: &str, person: &Person) -> Option<Order> {
    let text = text.trim().trim_end_matches(['。', '!', '.', ';']);
    if !person.is_office() || text.ends_with(['?', '吗', '呢', '吧']) || text.contains('\n') {
        return None;
    }
    let text = without_polite(text);
    let (items, after) = leading_items(text);
    let (command, items, rest) = if items.is_empty() {
        let (command, rest) = leading_verb(text, person)?;
        let (items, rest) = leading_items(rest.trim_start_matches(['一', '下', ':', ',', ' ']));
        (command, items, rest)
    } else {
        let (command, rest) = leading_verb(without_polite(after), person)?;
        (command, items, rest)
    };
    // 12号退回了: somebody tells of it.
    if items.is_empty() || rest.starts_with(['了', '过', '没']) {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ",:;、到为".contains(c)).trim();
    Some(Order { command, rest: format!("{items} {rest}").trim().to_owned() })
}

fn without_polite(mut text: &str) -> &str {
    text = text.trim_start();
    while let Some(rest) = POLITE.iter().find_map(|word| text.strip_prefix(word)) {
        text = rest.trim_start();
    }
    text
}

/// The items at the start as a command takes them, and what follows: `12、15-18号`, `#12.2`, `12号和15号`.
fn leading_items(text: &str) -> (String, &str) {
    let is_item = |c: char| c.is_ascii_digit() || "#-~.,、号项和及 ".contains(c);
    let end = text.find(|c: char| !is_item(c)).unwrap_or(text.len());
    let written = &text[..end];
    if !written.contains(|c: char| c.is_ascii_digit()) {
        return (String::new(), text);
    }
    let plain: String = written
        .chars()
        .map(|c| if "和及、 ".contains(c) { ',' } else { c })
        .filter(|c| !"号项#".contains(*c))
        .collect();
    let plain = plain.split(',').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(",");
    match args::items(&plain) {
        (items, "") if !items.is_empty() => (plain, &text[end..]),
        _ => (String::new(), text),
    }
}

/// The verb of an order of the office at the start, by name or by another word for it, and what follows.
fn leading_verb<'t>(text: &'t str, person: &Person) -> Option<(&'static dyn Command, &'t str)> {
    let named = ALL
        .iter()
        .filter(|command| command.who() != EVERYBODY && !command.who().is_empty() && may(person, **command))
        .flat_map(|command| command.chinese().iter().map(|name| (*command, *name)));
    let by_alias = ALIASES.iter().filter_map(|(word, name)| {
        let command = ALL.iter().find(|command| command.chinese().contains(name))?;
        may(person, *command).then_some((*command, *word))
    });
    let mut all: Vec<(&'static dyn Command, &str)> = by_alias.chain(named).collect();
    all.sort_by_key(|(_, name)| std::cmp::Reverse(name.len()));
    all.into_iter().find_map(|(command, name)| Some((command, text.strip_prefix(name)?)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::AccountId;
    use crate::domain::people::Role;

    fn person(role: Role) -> Person {
        Person {
            account: AccountId(1),
            name: "某人".to_owned(),
            roles: vec![role],
            posts: Vec::new(),
            units: Vec::new(),
            teams: Vec::new(),
        }
    }

    fn heard(text: &str) -> String {
        let order = read(text, &person(Role::Staff));
        order.map_or_else(|| "-".to_owned(), |order| format!("{} {}", order.command.name(), order.rest))
    }

    #[test]
    fn an_order_is_heard_in_whatever_order_its_words_stand() {
        for (text, order) in [
            ("把12号退回:缺验收单", "send_back 12 缺验收单"),
            ("12号退回,缺验收单", "send_back 12 缺验收单"),
            ("请把12打回 缺验收单。", "send_back 12 缺验收单"),
            ("12 销号 材料齐全", "close 12 材料齐全"),
            ("12、15-18号销号", "close 12,15-18"),
            ("12号和15号销号", "close 12,15"),
            ("#12.2销号", "close 12.2"),
            ("催一下12号", "remind 12"),
            ("麻烦催办一下12号", "remind 12"),
            ("同意12号延期到6月30日", "extend 12 6月30日"),
            ("12号延到6月30日", "extend 12 6月30日"),
            ("将28项暂停,等省里政策", "suspend 28 等省里政策"),
            ("28作废:与33合并", "void 28 与33合并"),
        ] {
            assert_eq!(heard(text), order, "{text}");
        }
    }

    #[test]
    fn what_is_asked_told_or_said_of_no_item_is_no_order() {
        for text in [
            "12号退回了吗?",
            "12号退回了",
            "12号销号没",
            "退回的都补了",
            "今天销号5件",
            "#12 完成60%",
            "下午3点开会",
            "延期的事再商量",
        ] {
            assert_eq!(heard(text), "-", "{text}");
        }
    }

    #[test]
    fn who_may_not_order_is_not_heard_as_ordering() {
        for text in ["把12号退回:缺验收单", "12号延期到6月30日"] {
            assert!(read(text, &person(Role::Leader)).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_an_order_or_not(text in "\\PC*") {
            let order = read(&text, &person(Role::Admin));
            prop_assert!(order.is_none_or(|order| !args::items(&order.rest).0.is_empty()));
        }
    }
}
