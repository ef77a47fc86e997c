//! Whether a text is meant for the bot by its form, and the text without that form.

use super::Me;

/// A text, read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Addressed {
    /// Without mentions of the bot, and with `/command` instead of `/command@bot`.
    pub text: String,
    /// Whether it mentions the bot or is a command for it.
    pub by_form: bool,
}

/// Reads the address of a text. Works on the words and not on Telegram's entities: those count in UTF-16 units, and
/// captions and texts carry them in different fields.
pub(super) fn read(words: &str, me: &Me) -> Addressed {
    let (text, mentioned) = without_mentions(words, &me.username);
    match command(&text, &me.username) {
        Some(text) => Addressed { text, by_form: true },
        None => Addressed { text, by_form: mentioned },
    }
}

/// The command without `@bot`, if `text` is one for this bot or for whoever listens.
fn command(text: &str, username: &str) -> Option<String> {
    let rest = text.strip_prefix('/')?;
    rest.chars().next().filter(|first| first.is_alphanumeric())?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (word, arguments) = rest.split_at(end);
    match word.split_once('@') {
        None => Some(text.to_owned()),
        Some((word, bot)) => bot.eq_ignore_ascii_case(username).then(|| format!("/{word}{arguments}")),
    }
}

/// `text` without every mention of the bot, and whether there was one.
fn without_mentions(text: &str, username: &str) -> (String, bool) {
    let (mut kept, mut rest, mut found) = (String::new(), text, false);
    while let Some(at) = rest.find('@') {
        let (before, mention) = rest.split_at(at);
        kept.push_str(before);
        let name = mention[1..].split(|c| !is_name(c)).next().unwrap_or_default();
        // `name@duban_bot` is a command or a mail address, not a mention.
        let opens = !kept.ends_with(is_name);
        rest = &mention[1 + name.len()..];
        if opens && !username.is_empty() && name.eq_ignore_ascii_case(username) {
            found = true;
            rest = join(&kept, rest);
        } else {
            kept.push('@');
            kept.push_str(name);
        }
    }
    kept.push_str(rest);
    let text = if found { kept.trim().to_owned() } else { kept };
    (text, found)
}

/// Closes the gap where a mention stood: one blank is left of the two around it.
fn join<'a>(kept: &str, rest: &'a str) -> &'a str {
    if kept.is_empty() || kept.ends_with(char::is_whitespace) { rest.trim_start_matches(' ') } else { rest }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(words: &str) -> (String, bool) {
        let me = Me { id: 7, username: "duban_bot".to_owned() };
        let Addressed { text, by_form } = read(words, &me);
        (text, by_form)
    }

    #[test]
    fn a_mention_addresses_the_bot_and_is_taken_out() {
        for (words, text) in [
            ("@duban_bot #12 完成60%", "#12 完成60%"),
            ("#12 @Duban_Bot 完成60%", "#12 完成60%"),
            ("#12 完成60% @duban_bot", "#12 完成60%"),
            ("请@duban_bot看#12", "请看#12"),
            ("@duban_bot,@duban_bot:#12", ",:#12"),
            ("@duban_bot /tasks", "/tasks"),
            ("@duban_bot", ""),
        ] {
            assert_eq!(address(words), (text.to_owned(), true), "{words}");
        }
    }

    #[test]
    fn who_else_is_mentioned_is_left_alone() {
        for words in ["@duban_bot2 #12", "@duban", "a@duban_bot", "@", "两个 空格 @李四 ", "#12 完成"]
        {
            assert_eq!(address(words), (words.to_owned(), false), "{words}");
        }
    }

    #[test]
    fn a_command_addresses_the_bot_unless_it_names_another() {
        for (words, text, addressed) in [
            ("/tasks", "/tasks", true),
            ("/tasks@duban_bot 财税组", "/tasks 财税组", true),
            ("/tasks@DUBAN_BOT\n财税组", "/tasks\n财税组", true),
            ("/待办", "/待办", true),
            ("/tasks@other_bot", "/tasks@other_bot", false),
            ("/", "/", false),
            ("/ 12", "/ 12", false),
            ("6/12", "6/12", false),
        ] {
            assert_eq!(address(words), (text.to_owned(), addressed), "{words}");
        }
    }

    #[test]
    fn a_bot_whose_name_is_unknown_is_not_mentioned_by_a_bare_sign() {
        let me = Me { id: 7, username: String::new() };
        assert_eq!(read("@ 12", &me), Addressed { text: "@ 12".to_owned(), by_form: false });
    }
}
