//! What comes into force on its day by itself: hand-overs and leaves.

use chrono::{NaiveDate, NaiveTime};

use crate::domain::now::Now;
use crate::domain::tenure::{Handover, HandoverState, Leave, LeaveState, handover_on, leave_on};
use crate::store::history::Cause;
use crate::store::{Connection, handovers, leaves};

/// Something whose day has come.
pub(super) enum Come {
    /// A post changes hands.
    Handover(Handover),
    /// Somebody is away from now on, or back.
    Leave(Leave, LeaveState),
}

/// Everything whose day has come.
pub(super) async fn come(conn: &mut Connection, today: NaiveDate) -> sqlx::Result<Vec<Come>> {
    let is_due = |one: &Handover| handover_on(one.state, one.starts_on, today) == HandoverState::Done;
    let handovers = handovers::planned(conn).await?.into_iter().filter(is_due).map(Come::Handover);
    let mut all: Vec<Come> = handovers.collect();
    for leave in leaves::to_come(conn).await? {
        let to = leave_on(leave.state, leave.days, today);
        if to != leave.state {
            all.push(Come::Leave(leave, to));
        }
    }
    Ok(all)
}

/// Brings it into force.
pub(super) async fn enforce(conn: &mut Connection, now: &Now, come: &Come) -> sqlx::Result<()> {
    match come {
        Come::Handover(handover) => {
            let starts = now.instant_of(handover.starts_on.and_time(NaiveTime::MIN));
            handovers::carry_out(conn, handover, (starts, now.at())).await
        }
        Come::Leave(leave, to) => leaves::turn(conn, leave, (*to, now.at()), &Cause::clock(now.at())).await,
    }
}
