//! Units, posts and the roles people act in.

use crate::domain::filing::Owner;
use crate::domain::ids::{AccountId, TeamId, UnitId};

/// Defines a closed list of words with the text each has in the database and in our files.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every word of the list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as the database and our files write it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::people::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err($crate::domain::people::UnknownWord {
                        got: text.to_owned(),
                        known: &[$($text),+],
                    }),
                }
            }
        }
    };
}
pub(crate) use words;

/// A word that is not on its list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{got}` is not one of {known:?}")]
pub struct UnknownWord {
    /// What was written.
    pub got: String,
    /// What may be written.
    pub known: &'static [&'static str],
}

words! {
    /// What kind of body a unit is.
    UnitKind {
        /// The office itself.
        Office = "office",
        /// A township (乡镇).
        Township = "township",
        /// A department of the county government.
        Department = "department",
        /// An organ of the party.
        Party = "party",
        /// A branch of a higher level (垂管).
        Vertical = "vertical",
        /// A company.
        Company = "company",
    }
}

words! {
    /// How a unit may be chased (DESIGN section 11, Units).
    Chase {
        /// The bot speaks to it.
        Direct = "direct",
        /// The office is asked to pass it on.
        ViaOffice = "via_office",
        /// Nobody is asked.
        Never = "never",
    }
}

impl Chase {
    /// What holds for a kind of unit where the roster says nothing.
    pub fn default_for(kind: UnitKind) -> Chase {
        match kind {
            UnitKind::Office | UnitKind::Township | UnitKind::Department => Chase::Direct,
            UnitKind::Party | UnitKind::Vertical | UnitKind::Company => Chase::ViaOffice,
        }
    }
}

words! {
    /// The standing of a post.
    Rank {
        /// First in charge of the unit.
        Head = "head",
        /// Second in charge.
        Deputy = "deputy",
        /// Reports for the leader (联络员).
        Liaison = "liaison",
        /// A county leader: never asked to file.
        County = "county",
    }
}

words! {
    /// What a person may do; one table of `commands` says who may run which command.
    Role {
        /// Sets the bot up.
        Admin = "admin",
        /// Head of the office: signs.
        Head = "head",
        /// Office staff.
        Staff = "staff",
        /// Holds a leading post.
        Leader = "leader",
        /// Reports for a leader.
        Liaison = "liaison",
        /// Reads.
        Observer = "observer",
    }
}

impl Role {
    /// Whether the person acts for the office.
    pub fn is_office(self) -> bool {
        matches!(self, Role::Admin | Role::Head | Role::Staff)
    }
}

/// One person, with everything that decides what may be done and for whom one may speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The name shown on the platform.
    pub name: String,
    /// Every role the person has, from the office and from posts; empty for a stranger.
    pub roles: Vec<Role>,
    /// Titles of the posts held.
    pub posts: Vec<String>,
    /// Units the person may report for.
    pub units: Vec<UnitId>,
    /// Teams whose unassigned items the person may answer.
    pub teams: Vec<TeamId>,
}

impl Person {
    /// Whether nobody has bound this account to anything.
    pub fn is_stranger(&self) -> bool {
        self.roles.is_empty()
    }

    /// Whether the person acts for the office.
    pub fn is_office(&self) -> bool {
        self.roles.iter().any(|role| role.is_office())
    }

    /// Whether what this owner owes is the person's to answer.
    pub fn answers_for(&self, owner: Owner) -> bool {
        match owner {
            Owner::Unit(unit) => self.units.contains(&unit),
            Owner::Team(team) => self.teams.contains(&team),
        }
    }

    /// How history and cards name the person: by post where there is one.
    pub fn shown(&self) -> &str {
        self.posts.first().unwrap_or(&self.name)
    }
}

/// A work group with its posts, as people ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamCard {
    /// Its row.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Its name on cards.
    pub short: String,
    /// The post that heads it, and whether that is vacant.
    pub head: Option<(String, bool)>,
    /// The other posts: title, whether vacant, whether somebody is bound.
    pub deputies: Vec<(String, bool, bool)>,
}
