//! What the units filed for a duty that another unit leads (DESIGN section 11, The lead), as values. `rules::collected`
//! collects it when a round has ended, `wording` puts it into words.

use crate::domain::ids::TaskNo;
use crate::domain::period::Period;
use crate::domain::quantity::Quantity;

/// One duty in one period, over all units that owe it.
#[derive(Debug, Clone, PartialEq)]
pub struct Collected {
    /// The task.
    pub task: TaskNo,
    /// Its title; `None` where it may not be told here, and then nothing of it is.
    pub title: Option<String>,
    /// The duty in short.
    pub duty: String,
    /// The period.
    pub period: Period,
    /// How many units count: the exempt ones do not.
    pub counted: usize,
    /// Those of which nothing came.
    pub silent: Vec<String>,
    /// Those that are held up, each with what holds it up.
    pub stuck: Vec<(String, String)>,
    /// Those with something to say beside, in their own words.
    pub said: Vec<(String, String)>,
    /// What they have reached together, where the duty has a target.
    pub reached: Option<Quantity>,
}
