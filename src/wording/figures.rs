//! What is said about the numbers that the office enters.

/// One number.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Whose.
    pub unit: String,
    /// The number and its votes; `None` where it was taken back.
    pub entered: Option<(f64, Option<u32>)>,
    /// What stood there before.
    pub before: Option<f64>,
}

/// Numbers were entered, or stand there.
pub fn entered(board: &str, period: &str, measure: &str, lines: &[Line]) -> String {
    let line = |line: &Line| {
        let before = line.before.map(|before| format!("(原{before}{measure})")).unwrap_or_default();
        match line.entered {
            Some((value, votes)) => {
                let votes = votes.map(|votes| format!(" {votes}人")).unwrap_or_default();
                format!("{} {value}{measure}{votes}{before}", line.unit)
            }
            None => format!("{} 已取消{before}", line.unit),
        }
    };
    let lines: Vec<String> = lines.iter().map(line).collect();
    format!("已录 ✓ {board} {period}\n{}\n排榜:榜 {board} {period}", lines.join("\n"))
}

/// Nothing was entered.
pub fn nothing(board: &str, period: &str, how: &str) -> String {
    format!("{board} {period}还没有录数。{how}")
}

/// Which board is meant.
pub fn which(names: &[&str], example: &str) -> String {
    format!("给哪张榜录数?有:{}。比如:{example}", names.join("、"))
}

/// There is no such unit.
pub fn no_unit(name: &str) -> String {
    format!("名册里没有“{name}”,一个数都没录。")
}

/// The number is missing or of another measure.
pub fn what_number(unit: &str, measure: &str) -> String {
    format!("{unit}的数没看懂,应是几{measure};一个数都没录。")
}

/// How many voted is missing.
pub fn how_many_votes(unit: &str) -> String {
    format!("{unit}要写评价人次(比如 120人),人数太少的不排;一个数都没录。")
}
