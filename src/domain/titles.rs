//! Posts by what people call them: by title, by code, and by any other name of the unit (发改局局长 for 县发改局局长).

/// A post, with what it may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Titled<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The unit's name on cards.
    pub unit: &'a str,
}

/// The post whose name a text opens with, the longest where several do, and what follows. The name has to end there:
/// 县发改局局长助理 is no 县发改局局长. `others` are other names of units, each with the short one.
pub fn opening<'t>(
    posts: &[Titled<'_>],
    others: &[(String, String)],
    text: &'t str,
) -> Option<(usize, &'t str)> {
    let text = text.trim_start();
    let mut found: Option<(usize, usize)> = None;
    let mut offer = |index: usize, length: usize| {
        let is_longer = found.is_none_or(|(_, known)| length > known);
        if is_longer && ends(&text[length..]) {
            found = Some((index, length));
        }
    };
    for (index, post) in posts.iter().enumerate() {
        for name in [post.title, post.code] {
            if !name.is_empty() && text.starts_with(name) {
                offer(index, name.len());
            }
        }
        let Some(bare) = post.title.strip_prefix(post.unit).filter(|bare| !bare.is_empty()) else { continue };
        for (_, other) in others.iter().filter(|(short, _)| short == post.unit) {
            let after = text.strip_prefix(other.as_str()).and_then(|after| after.strip_prefix(bare));
            if after.is_some() {
                offer(index, other.len() + bare.len());
            }
        }
    }
    let (index, length) = found?;
    Some((index, text[length..].trim_start_matches(|c: char| c.is_whitespace() || ",:;、".contains(c))))
}

/// Whether a name ends here.
fn ends(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    const POSTS: [Titled<'static>; 3] = [
        Titled { code: "fgj.head", title: "县发改局局长", unit: "县发改局" },
        Titled { code: "fgj.deputy", title: "县发改局副局长", unit: "县发改局" },
        Titled { code: "xzf.cs", title: "副县长(财税组组长)", unit: "县政府" },
    ];

    fn opens(text: &str) -> Option<(&str, &str)> {
        let others = [
            ("县发改局".to_owned(), "发改局".to_owned()),
            ("县发改局".to_owned(), "县发展和改革局".to_owned()),
        ];
        opening(&POSTS, &others, text).map(|(index, rest)| (POSTS[index].code, rest))
    }

    #[test]
    fn a_post_is_known_by_title_code_and_every_name_of_its_unit() {
        assert_eq!(opens("县发改局局长 李四 7月1日"), Some(("fgj.head", "李四 7月1日")));
        assert_eq!(opens("发改局副局长:李四"), Some(("fgj.deputy", "李四")));
        assert_eq!(opens("县发展和改革局局长"), Some(("fgj.head", "")));
        assert_eq!(opens("fgj.deputy 空缺"), Some(("fgj.deputy", "空缺")));
        assert_eq!(opens("副县长(财税组组长),县财政局"), Some(("xzf.cs", "县财政局")));
    }

    #[test]
    fn a_longer_title_is_another_post() {
        assert_eq!(opens("县发改局局长助理 李四"), None);
        assert_eq!(opens("副县长"), None);
        assert_eq!(opens("县发改局 李四"), None);
    }
}
