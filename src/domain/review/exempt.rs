//! 容错: what was not in the unit's power is not counted, once the office has approved it (HH-1.1 of the sample notice).

use chrono::{DateTime, Utc};

use crate::domain::filing::{Filing, FilingState, Standing};
use crate::domain::review::Refusal;

/// The unit asks that a filing be not counted. It stays owed until the office has decided.
pub fn ask_exempt(filing: &Filing, why: &str) -> Result<Standing, Refusal> {
    match filing.standing.state {
        FilingState::Open | FilingState::SentBack | FilingState::Claimed => {
            Ok(Standing { asked_exempt: Some(why.to_owned()), ..filing.standing.clone() })
        }
        FilingState::Accepted => Err(Refusal::AlreadyClosed),
        FilingState::Exempt | FilingState::Void => Err(Refusal::NotOwed),
    }
}

/// The office approves, asked or not: neither red nor scored from now on; that it once was red stays.
pub fn exempt(filing: &Filing) -> Result<Standing, Refusal> {
    match filing.standing.state {
        FilingState::Open | FilingState::SentBack | FilingState::Claimed => Ok(Standing {
            state: FilingState::Exempt,
            asked_exempt: None,
            asked_due: None,
            ..filing.standing.clone()
        }),
        FilingState::Accepted => Err(Refusal::AlreadyClosed),
        FilingState::Exempt | FilingState::Void => Err(Refusal::NotOwed),
    }
}

/// The office does not approve what was asked for.
pub fn refuse_exempt(filing: &Filing) -> Result<Standing, Refusal> {
    match filing.standing.asked_exempt {
        Some(_) => Ok(Standing { asked_exempt: None, ..filing.standing.clone() }),
        None => Err(Refusal::NothingClaimed),
    }
}

/// The office takes an exemption back: owed again, in a new cycle.
pub fn lift_exempt(filing: &Filing, at: DateTime<Utc>) -> Result<Standing, Refusal> {
    match filing.standing.state {
        FilingState::Exempt => Ok(Standing {
            state: FilingState::Open,
            cycle: filing.standing.cycle + 1,
            since: at,
            ..filing.standing.clone()
        }),
        _ => Err(Refusal::NothingClaimed),
    }
}
