//! Who asks over the interface: a token, checked in constant time, and how often it may.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use subtle::ConstantTimeEq as _;

use super::Wrong;
use crate::domain::sight::Sight;
use crate::store::{Connection, invites, people, tokens};
use crate::web::{Web, header};

/// Questions of one token in a minute.
const QUESTIONS: NonZeroU32 = NonZeroU32::new(120).unwrap();

/// Wrong tokens in a minute, by everybody together; good ones are not held up by them.
const TRIES: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// How often somebody may ask.
pub(in crate::web) struct Gate {
    questions: DefaultKeyedRateLimiter<i64>,
    tries: DefaultDirectRateLimiter,
}

impl Gate {
    pub(in crate::web) fn new() -> Gate {
        Gate {
            questions: RateLimiter::keyed(Quota::per_minute(QUESTIONS)),
            tries: RateLimiter::direct(Quota::per_minute(TRIES)),
        }
    }
}

/// A reader with a token.
pub(super) struct Reader {
    /// What of the plan it sees.
    pub sight: Sight,
}

impl FromRequestParts<Arc<Web>> for Reader {
    type Rejection = Wrong;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Wrong> {
        let given =
            header(&parts.headers, AUTHORIZATION.as_str()).and_then(|given| given.strip_prefix("Bearer "));
        let mut conn = web.office.store.read().await?;
        let found = match given {
            Some(given) => known(&mut conn, given.trim()).await?,
            None => None,
        };
        let Some(token) = found else {
            return Err(if web.gate.tries.check().is_ok() { Wrong::NoToken } else { Wrong::TooMany });
        };
        web.gate.questions.check_key(&token.id).map_err(|_| Wrong::TooMany)?;
        let sight = match token.unit {
            None => Sight::All,
            Some((unit, _)) => {
                let teams = people::teams_of_unit(&mut conn, unit).await?;
                Sight::Own { units: vec![unit], teams }
            }
        };
        Ok(Reader { sight })
    }
}

/// The token of ours that was given. Its number finds the row; the secret is then compared without telling by the time
/// how much of it was right.
async fn known(conn: &mut Connection, given: &str) -> sqlx::Result<Option<tokens::Token>> {
    let parts = given.strip_prefix("duban_").and_then(|rest| rest.split_once('_'));
    let Some((id, secret)) = parts.and_then(|(id, secret)| Some((id.parse().ok()?, secret))) else {
        return Ok(None);
    };
    let hash = invites::digest(secret);
    let token = tokens::get(conn, id).await?;
    Ok(token.filter(|token| token.secret_hash.as_bytes().ct_eq(hash.as_bytes()).into()))
}
