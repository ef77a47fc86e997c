//! How much of the plan somebody may see.

use crate::domain::filing::Owner;
use crate::domain::ids::{TeamId, UnitId};

/// What of the plan is shown to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Everything.
    All,
    /// What these owe, and the items that bind them.
    Own {
        /// Units the person speaks for.
        units: Vec<UnitId>,
        /// Teams whose items the person answers.
        teams: Vec<TeamId>,
    },
}

impl Sight {
    /// Whether what this owner owes is shown.
    pub fn sees(&self, owner: Owner) -> bool {
        match (self, owner) {
            (Sight::All, _) => true,
            (Sight::Own { units, .. }, Owner::Unit(unit)) => units.contains(&unit),
            (Sight::Own { teams, .. }, Owner::Team(team)) => teams.contains(&team),
        }
    }

    /// Whether everything is shown.
    pub fn is_all(&self) -> bool {
        matches!(self, Sight::All)
    }
}
