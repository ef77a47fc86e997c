//! Row numbers as types, so that a unit is never taken for a filing.

/// Defines a number that names a row of one table.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(/// The number of a task that people use in chat (`#12`): unique in the office, never given twice.
    TaskNo);
id!(/// One duty of a task.
    DutyId);
id!(/// What one unit or team owes for one duty in one period.
    FilingId);
id!(/// A unit.
    UnitId);
id!(/// A work group (工作推进组).
    TeamId);
id!(/// A post.
    PostId);
id!(/// A change on a post from a day on (接任).
    HandoverId);
id!(/// Days on which a person is away (请假).
    LeaveId);
id!(/// A person on a platform.
    AccountId);
id!(/// A chat of a platform.
    ChatId);
id!(/// Something that came in.
    InboxId);
id!(/// A reminder card.
    CardId);
id!(/// One decided reason to speak.
    AskId);
id!(/// Something that goes out.
    LetterId);
id!(/// A paper that somebody drew up; people use the number in chat.
    PaperId);
id!(/// What a unit objects to on a board.
    ObjectionId);
