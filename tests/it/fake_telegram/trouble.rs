//! What goes wrong by chance: answers lost, late, doubled, out of order, and the platform's own failures.

use std::time::Duration;

use serde_json::Value;

use super::Fault;
use crate::load::Dice;

/// How much goes wrong, and what next.
pub struct Trouble {
    /// Of a hundred calls.
    pub percent: u64,
    pub dice: Dice,
    /// Answers that got lost after the deed.
    pub drops: usize,
}

impl Trouble {
    pub fn none() -> Trouble {
        Trouble { percent: 0, dice: Dice(0), drops: 0 }
    }

    /// What goes wrong with the next call, if anything.
    pub fn next(&mut self, method: &str) -> Option<Fault> {
        if self.percent == 0 || method == "getme" || self.dice.roll(100) >= self.percent {
            return None;
        }
        // Polls fail less often: each failure makes the next one wait longer, and nothing would come in.
        if method == "getupdates" && self.dice.roll(4) > 0 {
            return None;
        }
        Some(match self.dice.roll(8) {
            0 | 1 => {
                self.drops += usize::from(method.starts_with("send"));
                Fault::Drop
            }
            4 => Fault::TooMany { retry_after: 1 },
            2 => Fault::Status(500),
            3 => Fault::Html502,
            _ => Fault::Slow(Duration::from_millis(self.dice.roll(200))),
        })
    }

    /// Updates as a platform in trouble hands them out: out of order, and some of them twice.
    pub fn mix(&mut self, updates: &mut Vec<Value>) {
        if self.percent == 0 || updates.is_empty() {
            return;
        }
        for place in (1..updates.len()).rev() {
            let other = self.dice.roll(u64::try_from(place).expect("a small number") + 1);
            updates.swap(place, usize::try_from(other).expect("a small number"));
        }
        let doubled = updates[0].clone();
        updates.push(doubled);
    }
}
