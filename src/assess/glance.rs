//! A task at a glance: its light from a few counts, where going through everything that was ever owed would take too long.
//!
//! It gives the light that [`crate::assess::sums`] gives; a test holds the two against each other on played months.

use crate::assess::sums::{Lights, TaskLight};
use crate::domain::light::Light;
use crate::domain::task::TaskState;

/// What of a task is being worked on, each owner in the present round only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Glance {
    /// Owed, with a day.
    pub dated: i64,
    /// Owed, without a day.
    pub undated: i64,
    /// Of the owed ones, overdue.
    pub late: i64,
    /// Of the owed ones, due soon, sent back, held up or behind.
    pub pressing: i64,
    /// Waiting for the office.
    pub claimed: i64,
    /// Whether anything of it was ever accepted.
    pub settled: bool,
    /// Whether something of it is counted by person (课题): no unit is late with that.
    pub by_person: bool,
}

impl Glance {
    /// How the task looks; `None` for what was dropped.
    pub fn light(&self, state: TaskState) -> Option<TaskLight> {
        match state {
            TaskState::Void => None,
            TaskState::Closed => Some(TaskLight::Closed),
            TaskState::Draft | TaskState::Suspended => Some(TaskLight::Waiting),
            TaskState::Running => Some(self.running()),
        }
    }

    fn running(&self) -> TaskLight {
        let lit = [
            (self.late, Light::Red),
            (self.pressing, Light::Yellow),
            (self.dated, Light::Green),
            (self.undated, Light::Undated),
            (self.claimed, Light::Claimed),
        ];
        match lit.into_iter().find(|(count, _)| *count > 0) {
            Some((_, light)) => TaskLight::Lit(light),
            None if self.settled => TaskLight::Settled,
            None if self.by_person => TaskLight::Lit(Light::Green),
            None => TaskLight::Waiting,
        }
    }

    /// Everything that somebody still has to do.
    pub fn owed(&self) -> i64 {
        self.dated + self.undated
    }
}

impl Lights {
    /// Counts tasks by how they look.
    pub fn of(tasks: impl IntoIterator<Item = TaskLight>) -> Lights {
        let mut lights = Lights::default();
        tasks.into_iter().for_each(|light| lights.add(light));
        lights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_decides_and_nothing_at_work_is_in_time_or_waits() {
        let light = |glance: Glance| glance.light(TaskState::Running);
        let busy =
            Glance { dated: 9, undated: 1, late: 1, pressing: 2, claimed: 3, settled: true, by_person: true };
        assert_eq!(light(busy), Some(TaskLight::Lit(Light::Red)));
        assert_eq!(light(Glance { late: 0, ..busy }), Some(TaskLight::Lit(Light::Yellow)));
        assert_eq!(
            light(Glance { claimed: 1, settled: true, ..Glance::default() }),
            Some(TaskLight::Lit(Light::Claimed))
        );
        assert_eq!(light(Glance { settled: true, ..Glance::default() }), Some(TaskLight::Settled));
        assert_eq!(
            light(Glance { by_person: true, ..Glance::default() }),
            Some(TaskLight::Lit(Light::Green))
        );
        assert_eq!(light(Glance::default()), Some(TaskLight::Waiting));
        assert_eq!(busy.light(TaskState::Void), None);
        assert_eq!(busy.light(TaskState::Suspended), Some(TaskLight::Waiting));
    }
}
