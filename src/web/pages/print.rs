//! A page's text set as Chinese is printed, like everything that is said in chat; tags and addresses stay as they are.

use crate::wording::typeset;

/// Tags within a line of text; every other one parts what stands before from what stands after.
const INLINE: [&str; 4] = ["a", "b", "small", "span"];

/// Stands for what is no text to be set.
const BREAK: char = '\u{1}';

/// Sets the text between the tags of a page. Entities and what stands in lists to choose from stay as they are: a choice is
/// sent back as it was written.
pub(super) fn set(page: &str) -> String {
    // The text alone, with a mark wherever something else stands; setting changes character for character.
    let pieces = pieces(page);
    let text: String = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Other(other) if is_inline(other) => String::new(),
            Piece::Other(_) => BREAK.to_string(),
        })
        .collect();
    let text = typeset(&text);
    let mut text = text.chars();
    let mut set = String::with_capacity(page.len() + page.len() / 8);
    for piece in pieces {
        match piece {
            Piece::Text(piece) => set.extend(text.by_ref().take(piece.chars().count())),
            Piece::Other(other) => {
                if !is_inline(other) {
                    text.next();
                }
                set.push_str(other);
            }
        }
    }
    set
}

/// A stretch of a page.
enum Piece<'a> {
    Text(&'a str),
    /// A tag, an entity, or a choice with its text.
    Other(&'a str),
}

fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find(['<', '&']) {
        if at > 0 {
            pieces.push(Piece::Text(&rest[..at]));
        }
        let end = if rest[at..].starts_with("<option") { "</option>" } else { end_of(&rest[at..]) };
        let length = rest[at..].find(end).map_or(rest.len() - at, |found| found + end.len());
        pieces.push(Piece::Other(&rest[at..at + length]));
        rest = &rest[at + length..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn end_of(piece: &str) -> &'static str {
    if piece.starts_with('<') { ">" } else { ";" }
}

fn is_inline(piece: &str) -> bool {
    let Some(tag) = piece.strip_prefix('<') else {
        return false;
    };
    let name =
        tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    INLINE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_set_over_tags_and_nothing_else_is_touched() {
        assert_eq!(
            set("<p title=\"红,黄\"><b>县发改局</b>:卡在用地,等批复(6月)</p><td>周三</td><td>10:00</td>"),
            "<p title=\"红,黄\"><b>县发改局</b>\u{ff1a}卡在用地\u{ff0c}等批复\u{ff08}6月\u{ff09}</p><td>周三</td><td>10:00</td>"
        );
        assert_eq!(
            set("甲&quot;乙&#x27;丙,<a href=\"/x?a=1,中\">丁</a>"),
            "甲&quot;乙&#x27;丙\u{ff0c}<a href=\"/x?a=1,中\">丁</a>"
        );
        assert_eq!(
            set("<option value=\"甲,乙\">甲,乙</option>一,二"),
            "<option value=\"甲,乙\">甲,乙</option>一\u{ff0c}二"
        );
        assert_eq!(set("没有标签,也行 <"), "没有标签\u{ff0c}也行 <");
    }
}
