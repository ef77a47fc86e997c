//! A longer period's report as it is put together from those of the shorter ones.

use crate::domain::ids::TaskNo;
use crate::domain::period::Period;
use crate::domain::tap::Tap;
use crate::rules::summing::Piece;
use crate::wording::{Choice, Spoken, short};

/// Characters of one piece; a summary is no copy.
const PIECE: usize = 120;

/// A draft to be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The item, the duty's place in it and what it asks for.
    pub duty: (TaskNo, i64, String),
    /// The period it is about.
    pub period: Period,
    /// The words.
    pub text: String,
}

/// `4月:开会4次;5月:无变化;6月:…`
pub fn joined(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| {
        let text = piece.text.trim().trim_end_matches(['。', '.', ';', ';']);
        format!("{}:{}", piece.period.chinese(), short(text, PIECE))
    };
    pieces.iter().map(piece).collect::<Vec<String>>().join(";")
}

/// The drafts, a button each, and how to say it otherwise.
pub fn drafts(all: &[Draft], taps: &[Tap]) -> Spoken {
    let block = |draft: &Draft| {
        let (task, seq, text) = &draft.duty;
        format!("#{task}.{seq} {text}({}),已替您拼好:\n{}", draft.period.chinese(), draft.text)
    };
    let blocks: Vec<String> = all.iter().map(block).collect();
    let how = match all {
        [draft] => format!("要改就写:#{}.{} 加您的话。", draft.duty.0, draft.duty.1),
        _ => "要改就写编号加您的话。".to_owned(),
    };
    let button = |(draft, tap): (&Draft, &Tap)| {
        let label = match all {
            [_] => "照此上报".to_owned(),
            _ => format!("#{}.{} 照此上报", draft.duty.0, draft.duty.1),
        };
        vec![Choice::new(label, *tap)]
    };
    Spoken {
        text: format!("{}\n{how}", blocks.join("\n\n")),
        choices: all.iter().zip(taps).map(button).collect(),
    }
}
