//! What somebody may see, by the same lists of roles in chat and on the pages.

use crate::commands::READERS;
use crate::domain::people::Person;
use crate::domain::sight::Sight;

/// How much of the plan a person sees.
pub fn sight(person: &Person) -> Sight {
    if person.roles.iter().any(|role| READERS.contains(role)) {
        return Sight::All;
    }
    Sight::Own { units: person.units.clone(), teams: person.teams.clone() }
}

/// Whether an item may be told with its title and words: the confidential ones only in private on a trusted channel
/// (DESIGN red line 5).
pub fn may_tell(confidential: bool, trusted: bool, group: bool) -> bool {
    !confidential || (trusted && !group)
}
