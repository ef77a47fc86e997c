//! An amount with its unit, as plans and replies state it: 650人, 3.8亿元.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Scale words that may open a unit, with what they multiply by.
const SCALES: [(&str, f64); 6] =
    [("百万", 1e6), ("千万", 1e7), ("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2)];

/// Units people use for the same thing: the first of each row stands for the row, the factor leads to it.
const SAME: [&[(&str, f64)]; 12] = [
    &[("人", 1.0), ("名", 1.0), ("位", 1.0), ("人次", 1.0)],
    &[("户", 1.0), ("家", 1.0), ("户企业", 1.0), ("家企业", 1.0), ("个企业", 1.0)],
    &[
        ("个", 1.0),
        ("项", 1.0),
        ("个项目", 1.0),
        ("件", 1.0),
        ("宗", 1.0),
        ("条", 1.0),
        ("村", 1.0),
        ("屯", 1.0),
        ("所", 1.0),
    ],
    &[("次", 1.0), ("场", 1.0), ("期", 1.0), ("场次", 1.0)],
    &[("元", 1.0), ("块", 1.0)],
    &[("亩", 1.0), ("公顷", 15.0), ("垧", 15.0)],
    &[("米", 1.0), ("m", 1.0), ("公里", 1000.0), ("千米", 1000.0), ("km", 1000.0), ("里", 500.0)],
    &[("吨", 1.0), ("公斤", 0.001), ("斤", 0.0005), ("千克", 0.001)],
    &[("平方米", 1.0), ("m2", 1.0), ("平米", 1.0), ("平", 1.0)],
    &[("篇", 1.0), ("份", 1.0)],
    &[("批", 1.0), ("批次", 1.0)],
    &[("台", 1.0), ("台套", 1.0), ("台件", 1.0), ("部", 1.0)],
];

/// An amount and its unit; the unit keeps its scale word (`亿元`), so that it prints as it was said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// How many, in `unit`.
    pub value: f64,
    /// Unit with its scale word, e.g. `人`, `万元`.
    pub unit: String,
}

impl Quantity {
    /// A quantity from its two halves.
    pub fn new(value: f64, unit: impl Into<String>) -> Self {
        Self { value, unit: unit.into() }
    }

    /// The same with the kind of `unit`, where only a scale word was said: 1800万 of something counted in 亿元 is 1800万元.
    #[must_use]
    pub fn of_kind(&self, unit: &str) -> Self {
        let scale = |text: &str| {
            SCALES.iter().find(|(word, _)| text.starts_with(word)).map_or(0, |(word, _)| word.len())
        };
        let bare = !self.unit.is_empty() && scale(&self.unit) == self.unit.len();
        if bare {
            Self::new(self.value, format!("{}{}", self.unit, &unit[scale(unit)..]))
        } else {
            self.clone()
        }
    }

    /// The same amount in another unit: `3.8亿元` in `万元` is `38000万元`.
    ///
    /// None if the units measure different things.
    pub fn to_unit(&self, unit: &str) -> Option<Self> {
        if self.unit == unit {
            return Some(self.clone());
        }
        let (from, here) = base(&self.unit);
        let (to, there) = base(unit);
        // Rounded to nine digits, so that 3.8 × 10^8 / 10^4 is 38000 and not 37999.99999.
        (here == there).then(|| Self::new(tidy(self.value * from / to), unit))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `{}` of an f64 prints no trailing `.0`, and as many digits as are needed.
        write!(f, "{}{}", tidy(self.value), self.unit)
    }
}

/// Splits a unit into its factor and the unit that stands for its kind.
fn base(unit: &str) -> (f64, &str) {
    if let Some(known) = kind(unit) {
        return known;
    }
    SCALES
        .iter()
        .find_map(|(word, factor)| {
            let rest = unit.strip_prefix(word).filter(|rest| !rest.is_empty())?;
            let (own, name) = kind(rest).unwrap_or((1.0, rest));
            Some((factor * own, name))
        })
        .unwrap_or((1.0, unit))
}

/// The row of [`SAME`] that names this unit.
fn kind(unit: &str) -> Option<(f64, &'static str)> {
    SAME.iter().find_map(|row| {
        let (_, factor) = row.iter().find(|(name, _)| *name == unit)?;
        Some((*factor, row[0].0))
    })
}

/// Removes the noise of binary fractions beyond nine significant decimals.
fn tidy(value: f64) -> f64 {
    let rounded = (value * 1e6).round() / 1e6;
    if rounded.is_finite() { rounded } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_prints_without_a_fraction() {
        assert_eq!(Quantity::new(650.0, "人").to_string(), "650人");
        assert_eq!(Quantity::new(3.8, "亿元").to_string(), "3.8亿元");
    }

    #[test]
    fn scale_words_convert_both_ways() {
        let money = Quantity::new(3.8, "亿元");
        assert_eq!(money.to_unit("万元"), Some(Quantity::new(38_000.0, "万元")));
        assert_eq!(Quantity::new(38_000.0, "万元").to_unit("亿元"), Some(money));
        assert_eq!(Quantity::new(2.0, "公里").to_unit("米"), Some(Quantity::new(2000.0, "米")));
    }

    #[test]
    fn people_are_people_under_each_of_their_units() {
        assert_eq!(Quantity::new(350.0, "名").to_unit("人"), Some(Quantity::new(350.0, "人")));
        assert_eq!(Quantity::new(2.0, "家").to_unit("户"), Some(Quantity::new(2.0, "户")));
    }

    #[test]
    fn a_bare_scale_takes_the_kind_of_the_target() {
        assert_eq!(Quantity::new(1800.0, "万").of_kind("亿元"), Quantity::new(1800.0, "万元"));
        assert_eq!(Quantity::new(8.0, "万").of_kind("万亩"), Quantity::new(8.0, "万亩"));
        assert_eq!(Quantity::new(8.0, "人").of_kind("万亩"), Quantity::new(8.0, "人"));
    }

    #[test]
    fn unlike_things_do_not_convert() {
        assert_eq!(Quantity::new(350.0, "人").to_unit("户"), None);
        assert_eq!(Quantity::new(3.0, "万元").to_unit("亩"), None);
    }
}
