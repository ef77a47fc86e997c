//! What can be ordered in chat: one file a command or natural pair, one list that help, permissions, "did you mean" and
//! the README's table derive from.
//!
//! To add a command: write its file, add it to [`ALL`].

pub mod args;
mod assign;
pub mod bind;
mod board;
mod bulletin;
mod burden;
pub mod call;
mod claim;
mod close;
mod draft;
mod due;
pub mod ending;
mod erase;
mod evidence;
mod exempt;
mod extend;
mod find;
mod follow;
mod handover;
mod held;
mod help;
mod invite_all;
mod leave;
mod ledger;
mod life;
mod many;
mod matrix;
mod nobody;
mod object;
mod one_page;
mod papers;
pub mod plain;
mod posts;
mod pre_review;
pub mod press;
pub mod preview;
mod publish;
mod rate;
mod release;
mod remind;
mod report_for;
pub mod reporting;
pub mod returned;
mod set_due;
pub mod sight;
mod sign;
mod silent;
mod slip;
mod sources;
mod status;
mod sum_up;
mod take_back;
mod task;
mod tasks;
mod team;
mod topic;
pub mod undo;
mod verify;
mod window;

use futures::future::BoxFuture;

use crate::domain::people::{Person, Role};
use crate::domain::tap::Tap;
use crate::store::decisions;
use crate::store::filings::Owed;
use crate::wording::{Choice, Spoken, refusal};

pub use call::{Call, Trouble};
pub use claim::{decide as decide_claim_by_button, hear as hear_claim};
pub use close::{ask_why as ask_why_by_button, close_one as close_by_button};
pub use draft::{release, withhold};
pub use erase::erase_one as erase_by_button;
pub use evidence::{hand_over as evidence_by_button, of_sight as evidence_seen};
pub use exempt::{exempt_one as exempt_by_button, refuse_one as refuse_exempt_by_button};
pub use extend::{decline_one as decline_by_button, grant_one as grant_by_button};
pub use follow::arrange as arrange_by_button;
pub use many::confirmed;
pub use publish::publish_one as publish_by_button;
pub use release::release_one as release_by_button;
pub use sign::sign_one as sign_by_button;
pub use task::show as story;
pub use verify::{
    agree as agree_by_button, is_document, load as load_by_button, receive as receive_documents,
};

/// Everybody who is bound to something.
pub const EVERYBODY: &[Role] =
    &[Role::Admin, Role::Head, Role::Staff, Role::Leader, Role::Liaison, Role::Observer];
/// Everybody who may change something: observers only read.
pub const HOLDERS: &[Role] = &[Role::Admin, Role::Head, Role::Staff, Role::Leader, Role::Liaison];
/// Those who may bring something in: everybody but observers, who only read.
pub const REPORTERS: &[Role] = &[Role::Admin, Role::Head, Role::Staff, Role::Leader, Role::Liaison];
/// Those who act for the office.
pub const OFFICE: &[Role] = &[Role::Admin, Role::Head, Role::Staff];
/// Those who see the office's lists.
pub const READERS: &[Role] = &[Role::Admin, Role::Head, Role::Staff, Role::Observer];

/// What a command answers.
pub type Outcome = Result<Spoken, Trouble>;

/// A command.
pub trait Command: Sync {
    /// The short Latin name, for the platform's menu.
    fn name(&self) -> &'static str;
    /// The Chinese names, the usual one first.
    fn chinese(&self) -> &'static [&'static str];
    /// How it is written.
    fn usage(&self) -> &'static str;
    /// What it does, in one line.
    fn help(&self) -> &'static str;
    /// An example that works.
    fn example(&self) -> &'static str;
    /// Who may; an empty list lets strangers in too.
    fn who(&self) -> &'static [Role];
    /// Whether what follows the bare name makes it an order; otherwise the text is heard as a report.
    fn takes(&self, _rest: &str) -> bool {
        true
    }
    /// Whether it would change this filing of an item it names; where it would touch many, it asks first.
    fn touches(&self, _owed: &Owed) -> bool {
        false
    }
    /// Does it.
    fn run<'a>(&'a self, call: &'a mut Call<'_>, rest: &'a str) -> BoxFuture<'a, Outcome>;
}

/// Every command, in the order help lists them.
pub static ALL: &[&dyn Command] = &[
    &help::Help,
    &tasks::Tasks,
    &task::Task,
    &find::Find,
    &matrix::Matrix,
    &evidence::Evidence,
    &due::Due,
    &silent::Silent,
    &tasks::Held,
    &preview::Preview,
    &burden::Burden,
    &remind::Remind,
    &pre_review::PreReview,
    &window::Window,
    &close::Close,
    &close::SendBack,
    &extend::Extend,
    &assign::Assign,
    &set_due::SetDue,
    &set_due::Campaign,
    &exempt::Exempt,
    &ledger::Ledger,
    &bulletin::Bulletin,
    &slip::Slip,
    &board::Board,
    &rate::Rate,
    &papers::Papers,
    &release::Release,
    &object::Object,
    &sign::Sign,
    &sign::Withdraw,
    &publish::Publish,
    &held::SPOKEN,
    &held::TALKED,
    &verify::Verify,
    &life::CONFIRM,
    &life::SUSPEND,
    &life::RESUME,
    &life::VOID,
    &life::REOPEN,
    &take_back::Undo,
    &report_for::ReportFor,
    &sum_up::SumUp,
    &sources::orders::INSTRUCT,
    &sources::orders::Decide,
    &sources::orders::ADD,
    &sources::need::Need,
    &sources::orders::INSPECT,
    &sources::need::LookAgain,
    &sources::problem::Problem,
    &sources::visit::Visit,
    &sources::suggest::Suggest,
    &sources::package::Package,
    &sources::course::Sources,
    &sources::course::Systems,
    &erase::Erase,
    &topic::Topic,
    &handover::Handover,
    &leave::Leave,
    &leave::Back,
    &nobody::Nobody,
    &team::Team,
    &team::Remit,
    &one_page::OnePage,
    &bind::Bind,
    &bind::Invite,
    &status::Status,
];

/// Whether a person may run a command.
pub fn may(person: &Person, command: &dyn Command) -> bool {
    command.who().is_empty() || command.who().iter().any(|role| person.roles.contains(role))
}

/// What a text turned out to be.
pub enum Parsed<'a> {
    /// A command with the rest of the words.
    Command(&'static dyn Command, &'a str),
    /// A slash and a word that is no command; perhaps this one was meant.
    Unknown(&'a str, Option<&'static str>),
    /// Not written as a command.
    NotOne,
}

/// Reads a text as a command: `/close 12`, `/销号 12`, or the bare Chinese name at the start.
///
/// The text is expected in half width. A bare name counts only for those who may run the command: a leader who writes 延期到月底 means a report.
pub fn parse<'a>(text: &'a str, person: &Person) -> Parsed<'a> {
    let text = text.trim();
    if let Some(after) = text.strip_prefix('/') {
        return slashed(after);
    }
    ALL.iter()
        .filter(|command| may(person, **command))
        .find_map(|command| {
            let rest = bare(text, *command).filter(|rest| command.takes(rest))?;
            Some(Parsed::Command(*command, rest))
        })
        .unwrap_or(Parsed::NotOne)
}

fn slashed(after: &str) -> Parsed<'_> {
    let word_end = after.find(|c: char| c.is_whitespace() || c == '#').unwrap_or(after.len());
    let (word, rest) = after.split_at(word_end);
    let lower = word.to_lowercase();
    // Telegram's deep links open with /start.
    let lower = if lower == "start" && !rest.trim().is_empty() { "bind" } else { lower.as_str() };
    let lower = if lower == "start" { "help" } else { lower };
    for command in ALL {
        if command.name() == lower {
            return Parsed::Command(*command, rest.trim());
        }
        if let Some(rest) = command.chinese().iter().find_map(|name| after.strip_prefix(name)) {
            return Parsed::Command(*command, rest.trim());
        }
    }
    Parsed::Unknown(word, nearest(lower))
}

/// A bare name must stand alone or be followed by something that is not part of a longer word.
fn bare<'a>(text: &'a str, command: &dyn Command) -> Option<&'a str> {
    let names = command.chinese().iter().copied().chain([command.name()]);
    names.filter_map(|name| text.strip_prefix(name)).find_map(|rest| {
        let ends =
            rest.chars().next().is_none_or(|c| c.is_whitespace() || c.is_ascii_digit() || "#,:".contains(c));
        ends.then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || ",:".contains(c)).trim_end())
    })
}

/// The command whose name is nearest to what was typed, where one is near enough.
fn nearest(word: &str) -> Option<&'static str> {
    ALL.iter()
        .flat_map(|command| command.chinese().iter().copied().chain([command.name()]))
        .map(|name| (strsim::normalized_damerau_levenshtein(name, word), name))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// Runs a command, if the person may. One that would touch many asks first.
pub async fn run(command: &dyn Command, call: &mut Call<'_>, rest: &str) -> Outcome {
    if !may(call.asker, command) {
        return Err(Trouble::refused(refusal::not_allowed(
            command.chinese().first().unwrap_or(&command.name()),
        )));
    }
    if let Some(question) = many::ask_first(command, call, rest).await? {
        return Ok(question);
    }
    run_now(command, call, rest).await
}

/// Runs a command; below an answer of the office's that decided something stands the way back.
async fn run_now(command: &dyn Command, call: &mut Call<'_>, rest: &str) -> Outcome {
    let mut spoken = command.run(call, rest).await?;
    if let Some(event) = call.cause.inbox
        && call.asker.is_office()
        && !spoken.text.is_empty()
        && !decisions::of_event(call.conn, event).await?.is_empty()
    {
        spoken.choices.push(vec![Choice::new("撤销", Tap::Undo(event))]);
    }
    Ok(spoken)
}

#[cfg(test)]
mod tests;
