//! What the console says about backups.

/// A backup was made: its name, rows, tables, files, how many of them new, earlier ones removed.
pub fn made(
    name: &str,
    (rows, tables): (u64, usize),
    (files, copied): (usize, usize),
    removed: usize,
) -> String {
    let mut said = format!(
        "备份 {name} 已做好并核对:{tables}张表{rows}行,文件{files}个(新增{copied}个)。\n\
         设置文件和电话密钥(phone_key)不在备份里,请另外保管。"
    );
    if removed > 0 {
        said.push_str(&format!("\n已删去旧备份{removed}份。"));
    }
    said
}

/// A backup is whole.
pub fn whole(name: &str, (rows, tables): (u64, usize), files: usize) -> String {
    format!("备份 {name} 完好:{tables}张表{rows}行,文件{files}个,逐一核对无误。")
}

/// A backup was put back.
pub fn restored(name: &str, (rows, tables): (u64, usize), files: usize) -> String {
    format!(
        "已从备份 {name} 恢复并核对:{tables}张表{rows}行,文件{files}个。先运行 duban doctor,再运行 duban serve。"
    )
}
