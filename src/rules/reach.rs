//! Which chat hears it (DESIGN section 6.2, One card per chat and slot).

use crate::domain::ids::ChatId;
use crate::domain::people::Chase;
use crate::domain::reason::Level;

/// The chats through which the owner of a filing can be reached. Each is `None` where nothing is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// The unit's own chat; of several the one with the fewest units.
    pub unit: Option<ChatId>,
    /// The chat of the team the task belongs to.
    pub team: Option<ChatId>,
    /// In private, somebody who may answer: head, else deputy, else liaison.
    pub person: Option<ChatId>,
    /// In private, the head of the unit; where the post is vacant, the deputy.
    pub head: Option<ChatId>,
    /// The office's own chat.
    pub office: Option<ChatId>,
    /// The built-in room of the unit or team, where nobody has taken a seat in it yet: better said there than nowhere.
    pub empty_room: Option<ChatId>,
}

/// The chat that hears a reason of that level; `None` where nobody is bound (the ask then waits) .
pub fn chat_for(level: Level, confidential: bool, chase: Chase, reach: &Reach) -> Option<ChatId> {
    match level {
        Level::Office => reach.office,
        _ if chase != Chase::Direct => reach.office,
        // Nobody home: the office hears what the head would have heard.
        Level::Head => reach.head.or(reach.office),
        Level::Post if confidential => reach.person,
        Level::Post => reach.unit.or(reach.team).or(reach.person).or(reach.empty_room),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Reach {
        let chat = |n| Some(ChatId(n));
        Reach {
            unit: chat(1),
            team: chat(2),
            person: chat(3),
            head: chat(4),
            office: chat(5),
            empty_room: chat(6),
        }
    }

    #[test]
    fn the_units_own_chat_comes_first_then_the_teams_then_private() {
        let post = |reach: &Reach| chat_for(Level::Post, false, Chase::Direct, reach).map(|chat| chat.0);
        assert_eq!(post(&all()), Some(1));
        assert_eq!(post(&Reach { unit: None, ..all() }), Some(2));
        assert_eq!(post(&Reach { unit: None, team: None, ..all() }), Some(3));
        let room_only = Reach { empty_room: all().empty_room, ..Reach::default() };
        assert_eq!(post(&room_only), Some(6), "an empty room is the last resort");
        assert_eq!(post(&Reach::default()), None);
    }

    #[test]
    fn confidential_items_and_escalations_stay_out_of_groups() {
        assert_eq!(chat_for(Level::Post, true, Chase::Direct, &all()), Some(ChatId(3)));
        assert_eq!(chat_for(Level::Head, false, Chase::Direct, &all()), Some(ChatId(4)));
    }

    #[test]
    fn where_the_head_is_missing_or_the_unit_may_not_be_chased_the_office_hears() {
        assert_eq!(
            chat_for(Level::Head, false, Chase::Direct, &Reach { head: None, ..all() }),
            Some(ChatId(5))
        );
        assert_eq!(chat_for(Level::Post, false, Chase::ViaOffice, &all()), Some(ChatId(5)));
    }
}
