//! The shape of the settings file; what may stand in each place is checked in the parent module.

use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::period::Cadence;
use crate::domain::workdays::Shift;
use crate::rules::policy::{Confirmed, Files};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub zone: Spanned<String>,
    pub database: PathBuf,
    pub files: PathBuf,
    pub phone_key: PathBuf,
    pub holidays: Spanned<PathBuf>,
    pub papers: PathBuf,
    pub speak: Speak,
    pub nudge: Nudge,
    pub ladder: Ladder,
    pub agenda: AgendaText,
    pub quota: QuotaText,
    pub evidence: EvidenceText,
    pub keep: Keep,
    pub round: Vec<RoundText>,
    pub web: Web,
    pub telegram: TelegramText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Speak {
    pub card_at: Spanned<String>,
    pub from: Spanned<String>,
    pub until: Spanned<String>,
    pub self_check: Spanned<String>,
    pub cards_a_day: Spanned<u32>,
    pub group_cards_a_day: Spanned<u32>,
    pub review_minutes: u32,
    pub leader_confirms: Confirmed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nudge {
    pub before: Spanned<Vec<u8>>,
    pub after: Spanned<Vec<u8>>,
    pub fresh: u8,
    pub silent: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ladder {
    pub head: u8,
    pub office: u8,
    pub above: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgendaText {
    pub opens: Spanned<String>,
    pub days: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotaText {
    pub months: Spanned<Vec<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceText {
    pub size_mb: Spanned<u32>,
    pub types: Spanned<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keep {
    pub inbox_days: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundText {
    pub every: Spanned<Cadence>,
    pub opens: Spanned<String>,
    pub due: Spanned<String>,
    #[serde(default)]
    pub shift: Shift,
    pub files: Option<Files>,
    #[serde(default)]
    pub summary: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Web {
    pub listen: String,
    pub session_days: u16,
    pub address: Option<String>,
    pub metrics_token: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TelegramText {
    pub enabled: bool,
    pub token: Option<String>,
    pub name: Option<String>,
    pub api_url: Option<String>,
    pub per_second: Spanned<u32>,
    pub per_chat_second: Spanned<u32>,
    pub per_group_minute: Spanned<u32>,
}
