//! The bot token, in a type that cannot be printed.

use std::fmt;

use serde::Deserialize;

/// What stands where a secret was.
const MASK: &str = "***";

/// The shortest part of a token that is masked on its own: shorter ones would hit innocent words.
const PART_MIN: usize = 8;

/// A bot token. `Debug` and `Display` print `***`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Secret(String);

impl Secret {
    /// Takes the token, without the white space that copying it brought along.
    pub fn new(token: &str) -> Self {
        Self(token.trim().to_owned())
    }

    /// The token itself: for the request that carries it and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// `text` without the token: neither whole, nor only the part after the bot's public number, nor as a URL writes it.
pub(super) fn redact(text: &str, token: &Secret) -> String {
    let whole = token.expose();
    let key = whole.split_once(':').map_or(whole, |(_, key)| key);
    [whole, &whole.replace(':', "%3A"), key]
        .into_iter()
        .filter(|part| part.len() >= PART_MIN)
        .fold(text.to_owned(), |text, part| text.replace(part, MASK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> Secret {
        Secret::new(" 123456789:AAF7-g0gYncWnm5Iy\n")
    }

    #[test]
    fn a_secret_prints_as_stars_and_is_still_usable() {
        assert_eq!(format!("{} {:?}", token(), token()), "*** ***");
        assert_eq!(token().expose(), "123456789:AAF7-g0gYncWnm5Iy");
    }

    #[test]
    fn redacting_masks_the_token_in_every_shape() {
        for (given, masked) in [
            ("http://h/bot123456789:AAF7-g0gYncWnm5Iy/GetMe failed", "http://h/bot***/GetMe failed"),
            ("bot123456789%3AAAF7-g0gYncWnm5Iy", "bot***"),
            ("key AAF7-g0gYncWnm5Iy, twice AAF7-g0gYncWnm5Iy", "key ***, twice ***"),
            ("nothing secret", "nothing secret"),
        ] {
            assert_eq!(redact(given, &token()), masked);
        }
    }

    #[test]
    fn a_short_token_does_not_eat_the_text() {
        assert_eq!(redact("error a: b", &Secret::new("a:b")), "error a: b");
    }
}
