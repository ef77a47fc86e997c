//! What is said about files.

use crate::domain::evidence::{Limits, NotTaken};
use crate::domain::ids::TaskNo;
use crate::wording::{Choice, Spoken, short};

/// A file that was not taken, and what would be.
pub fn not_taken(name: &str, why: NotTaken, limits: &Limits) -> String {
    let name = short(name, 30);
    match why {
        NotTaken::TooLarge(max) => {
            format!("附件“{name}”没收下:超过{}。压缩一下或拆开再发,填报已记的不受影响。", size(max))
        }
        NotTaken::Kind => {
            format!("附件“{name}”没收下:只收 {}。填报已记的不受影响。", limits.types.join("、"))
        }
        NotTaken::Empty => format!("附件“{name}”是空的,没收下,请重新发一次。"),
        NotTaken::Gone => format!("附件“{name}”没取到,请重新发一次。填报已记的不受影响。"),
    }
}

/// `20MB`, `512KB`.
fn size(bytes: u64) -> String {
    const MEGA: u64 = 1024 * 1024;
    if bytes >= MEGA { format!("{}MB", bytes / MEGA) } else { format!("{}KB", bytes / 1024) }
}

/// Files that came without words were put to these items.
pub fn filed(tasks: &[TaskNo], count: usize, undo: Option<Choice>) -> Spoken {
    let labels: Vec<String> = tasks.iter().map(|task| format!("#{task}")).collect();
    Spoken {
        text: format!("已收 ✓ {} 附件{count}份,一并存档。", labels.join("、")),
        choices: undo.map(|undo| vec![vec![undo]]).unwrap_or_default(),
    }
}

/// Files were taken back.
pub fn taken_back(tasks: &[TaskNo]) -> String {
    let labels: Vec<String> = tasks.iter().map(|task| format!("#{task}")).collect();
    format!("已撤回 {} 的附件。", labels.join("、"))
}

/// Asks which item a file is for.
pub fn which_item(count: usize, options: Vec<Choice>) -> Spoken {
    Spoken {
        text: format!("这{count}份附件是哪一项的?"),
        choices: options.into_iter().map(|choice| vec![choice]).collect(),
    }
}

/// There is nothing the file could be for.
pub fn for_nothing() -> String {
    "您现在没有要报的事项,附件没有存。".to_owned()
}

/// Below a report: so many files came with it.
pub fn with_files(recorded: Spoken, count: usize) -> Spoken {
    let (first, rest) = recorded.text.split_once('\n').unwrap_or((&recorded.text, ""));
    let rest = if rest.is_empty() { String::new() } else { format!("\n{rest}") };
    Spoken { text: format!("{first}(附件{count}份){rest}"), choices: recorded.choices }
}

/// One file of an item in its course or list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Who sent it.
    pub owner: String,
    /// What it is called.
    pub name: String,
}

/// The line of the course that names the files.
pub fn in_course(task: TaskNo, files: &[FileLine]) -> Option<String> {
    const NAMED: usize = 3;
    let named: Vec<String> = files.iter().take(NAMED).map(|file| short(&file.name, 24)).collect();
    let more = if files.len() > NAMED { format!("等{}份", files.len()) } else { String::new() };
    (!files.is_empty()).then(|| format!("佐证:{}{more}(看原件:佐证 {task})", named.join("、")))
}

/// The line to a file that is handed over.
pub fn caption(task: TaskNo, file: &FileLine, day: &str) -> String {
    format!("#{task} {} {day} {}", file.owner, file.name)
}

/// There are no files to see.
pub fn none(task: TaskNo) -> String {
    format!("#{task} 还没有佐证材料。")
}

/// How many files follow.
pub fn follow(task: TaskNo, count: usize, waiting: usize) -> String {
    let waiting = if waiting > 0 { format!(",另有{waiting}份还在取") } else { String::new() };
    format!("#{task} 佐证{count}份,逐份发来{waiting}。")
}
