//! The four systems of an item (四个体系闭环, DOMAIN mechanism 37): who leads it, how it is pushed, how it is measured, who answers.

use crate::domain::ids::TaskNo;

/// What is known of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Systems {
    /// The item.
    pub task: TaskNo,
    /// Its title.
    pub title: String,
    /// Whether it may be told in private on a trusted channel only.
    pub confidential: bool,
    /// 领导责任: the post that leads it, where somebody holds it.
    pub leads: Option<String>,
    /// 推进落实: how often or by when it is asked about.
    pub pushed: Vec<String>,
    /// 考核评价: what it is measured by.
    pub measured: Vec<String>,
    /// 问责: the posts that answer for it.
    pub answers: Vec<String>,
}

/// One of the four that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nobody leads it.
    Leads,
    /// Nothing asks about it.
    Pushed,
    /// Nothing says when it is reached.
    Measured,
    /// Nobody answers for it.
    Answers,
}

/// What is missing.
pub fn gaps(one: &Systems) -> Vec<Gap> {
    let missing = [
        (one.leads.is_none(), Gap::Leads),
        (one.pushed.is_empty(), Gap::Pushed),
        (one.measured.is_empty(), Gap::Measured),
        (one.answers.is_empty(), Gap::Answers),
    ];
    missing.into_iter().filter_map(|(is_missing, gap)| is_missing.then_some(gap)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_four_is_missed_by_itself() {
        let whole = Systems {
            task: TaskNo(1),
            title: "一".to_owned(),
            confidential: false,
            leads: Some("组长".to_owned()),
            pushed: vec!["每月".to_owned()],
            measured: vec!["3户".to_owned()],
            answers: vec!["局长".to_owned()],
        };
        assert_eq!(gaps(&whole), []);
        assert_eq!(gaps(&Systems { leads: None, ..whole.clone() }), [Gap::Leads]);
        assert_eq!(gaps(&Systems { measured: Vec::new(), ..whole.clone() }), [Gap::Measured]);
        let nothing =
            Systems { leads: None, pushed: Vec::new(), measured: Vec::new(), answers: Vec::new(), ..whole };
        assert_eq!(gaps(&nothing), [Gap::Leads, Gap::Pushed, Gap::Measured, Gap::Answers]);
    }
}
