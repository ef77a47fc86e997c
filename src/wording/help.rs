//! What can be said, for whoever asks: short enough for a phone; how each is written is asked for one by one.

/// The list: how to report, and the names of what may be ordered with what each does.
pub fn help(reports: bool, all: &[(&str, &str)]) -> String {
    let mut text = String::new();
    if reports {
        text.push_str(
            "报进展:回复提醒卡,或写“#12 完成60%”“#12 已办结”“#12 用地没批,请自然资源局协调”“#12 延到6月30日”。照片、文件可一起发。\n",
        );
    }
    for (name, help) in all {
        text.push_str(&format!("{name}:{help}\n"));
    }
    text.push_str("怎么写,发“帮助 指令名”,比如:帮助 清单");
    text
}

/// How one is written.
pub fn how_to(usage: &str, help: &str, example: &str) -> String {
    format!("{help}\n写法:{usage}\n比如:{example}")
}
