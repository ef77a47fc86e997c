//! Numbers in Chinese text: `350`, `1,000`, `3.8亿`, `三百五十`, `两`, `二〇二二`.

use chinese_number::{ChineseCountMethod, ChineseToNumber};

/// Longest run of numerals that is still taken for a number.
const MAX_NUMERALS: usize = 16;

/// Most digits of a number in figures; longer runs are telephone or account numbers.
const MAX_DIGITS: usize = 12;

/// A number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value, without the scale word that may follow figures.
    pub value: f64,
    /// Bytes it covers, without the scale word.
    pub len: usize,
    /// Written in figures (`350`), not in numerals (`三百五十`).
    pub figures: bool,
}

impl Number {
    /// The value as a whole number, if it is one.
    pub fn whole(&self) -> Option<i64> {
        let fits = self.value.fract() == 0.0 && self.value.abs() < 1e15;
        // Checked one line above: no fraction, and far inside i64.
        #[expect(clippy::cast_possible_truncation, reason = "range and fraction are checked")]
        fits.then_some(self.value as i64)
    }
}

/// The number that the text opens with; None if it opens with none, or with a run too long for one.
pub fn number_at(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        figures(text)
    } else if is_numeral(first) {
        numerals(text)
    } else {
        None
    }
}

/// The factor of a scale word that follows figures: `亿` in `3.8亿元`; and the bytes of the word.
pub fn scale_at(text: &str) -> Option<(f64, usize)> {
    let mut factor = 1.0;
    let mut len = 0;
    for c in text.chars().take(2) {
        factor *= match c {
            '百' => 1e2,
            '千' => 1e3,
            '万' => 1e4,
            '亿' => 1e8,
            _ => break,
        };
        len += c.len_utf8();
    }
    (len > 0).then_some((factor, len))
}

/// Whether the character is a Chinese numeral.
pub fn is_numeral(c: char) -> bool {
    "零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟".contains(c)
}

/// Figures, with thousands separators and a fraction.
fn figures(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let mut digits = String::new();
    let mut at = 0;
    let mut grouped = false;
    while at < bytes.len() {
        let c = bytes[at];
        let separator = c == b','
            && !digits.contains('.')
            && (grouped || (1..=3).contains(&digits.len()))
            && opens_group(&bytes[at..]);
        grouped |= separator;
        let point = c == b'.' && !digits.contains('.') && is_digit(bytes, at + 1);
        if c.is_ascii_digit() || point {
            digits.push(char::from(c));
        } else if !separator {
            break;
        }
        if digits.len() > MAX_DIGITS + 1 {
            return None;
        }
        at += 1;
    }
    let value = digits.parse().ok()?;
    Some(Number { value, len: at, figures: true })
}

/// Whether the comma at the start is followed by a group of exactly three digits; 46,100% are two figures.
fn opens_group(rest: &[u8]) -> bool {
    (1..=3).all(|n| is_digit(rest, n)) && !is_digit(rest, 4) && rest.get(4) != Some(&b'%')
}

fn is_digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

/// Numerals; a year may be spelt digit by digit (`二〇二二`).
fn numerals(text: &str) -> Option<Number> {
    let len: usize =
        text.chars().take_while(|c| is_numeral(*c)).take(MAX_NUMERALS + 1).map(char::len_utf8).sum();
    let run = &text[..len];
    if run.chars().count() > MAX_NUMERALS {
        return None;
    }
    let value = short(run).or_else(|| value_of(run))?;
    let tenths = tenths(&text[len..]);
    let (more, tail) = tenths.unwrap_or((0.0, 0));
    Some(Number { value: value + more, len: len + tail, figures: false })
}

/// The value of a run of numerals.
fn value_of(run: &str) -> Option<f64> {
    let value: u64 =
        run.to_number(ChineseCountMethod::TenThousand).or_else(|_| run.to_number_naive()).ok()?;
    // Values that people write stay far below 2^53.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53 in any text a person writes")]
    let value = value as f64;
    Some(value)
}

/// `八百七`, `两万三`: the last numeral counts tenths of the scale before it.
fn short(run: &str) -> Option<f64> {
    let mut back = run.chars().rev();
    let (last, scale) = (back.next()?, back.next()?);
    let scale = match scale {
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    };
    let digit = digit(last).filter(|digit| *digit > 0)?;
    let whole = value_of(&run[..run.len() - last.len_utf8()])?;
    Some(whole + f64::from(digit) * scale / 10.0)
}

/// `点六` behind numerals, but not the `点` of a time of day; the fraction and its bytes.
fn tenths(text: &str) -> Option<(f64, usize)> {
    let rest = text.strip_prefix('点')?;
    let digits: Vec<u32> = rest.chars().map_while(digit).take(3).collect();
    let len = digits.len() * '一'.len_utf8();
    let time = rest[len..].starts_with(['十', '分', '半', '钟']);
    let value = digits.iter().rev().fold(0.0, |value, digit| (value + f64::from(*digit)) / 10.0);
    (!digits.is_empty() && digits.len() < 3 && !time).then_some((value, '点'.len_utf8() + len))
}

/// A numeral below ten.
fn digit(c: char) -> Option<u32> {
    "零一二三四五六七八九"
        .chars()
        .position(|numeral| numeral == c)
        .and_then(|digit| u32::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(f64, usize)> {
        number_at(text).map(|number| (number.value, number.len))
    }

    #[test]
    fn figures_and_numerals_are_read() {
        let rows = [
            ("350人", 350.0, 3),
            ("1,000人", 1000.0, 5),
            ("12,345,678元", 12_345_678.0, 10),
            ("3,5号", 3.0, 1),
            ("3.8亿", 3.8, 3),
            ("60.", 60.0, 2),
            ("三百五十人", 350.0, 12),
            ("两户", 2.0, 3),
            ("十二号", 12.0, 6),
            ("八百七", 870.0, 9),
            ("两万三亩", 23_000.0, 9),
            ("一百零五户", 105.0, 12),
            ("七十八点六", 78.6, 15),
            ("三点半", 3.0, 3),
            ("二〇二二年", 2022.0, 12),
        ];
        for (text, value, len) in rows {
            assert_eq!(read(text), Some((value, len)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "号3", "13800000000000000", "百", "万人"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn scale_words_multiply() {
        assert_eq!(scale_at("亿元"), Some((1e8, 3)));
        assert_eq!(scale_at("千万元"), Some((1e7, 6)));
        assert_eq!(scale_at("元"), None);
    }
}
