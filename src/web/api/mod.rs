//! `/api/v1`: what another system of the house may read, as JSON and with a token. Nothing can be changed here.
//!
//! A token sees what the pages show a reader, or a unit's own part of it. It is a machine somewhere else, so confidential
//! items do not exist for it (DESIGN red line 5), and neither does a board that nobody has signed (red line 2).
//! `openapi.json` describes every answer; a test holds the two against each other.

mod boards;
mod filings;
mod tasks;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use serde::Serialize;

use super::Web;
pub(super) use token::Gate;

/// What the interface answers, described by OpenAPI 3.1.
const DESCRIPTION: &str = include_str!("openapi.json");

/// The addresses of the interface.
pub(super) fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/api/v1/openapi.json", get(async || ([(CONTENT_TYPE, "application/json")], DESCRIPTION)))
        .route("/api/v1/tasks", get(tasks::list))
        .route("/api/v1/tasks/{no}", get(tasks::one))
        .route("/api/v1/filings", get(filings::list))
        .route("/api/v1/boards", get(boards::list))
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Wrong {
    /// No token, or none of ours.
    NoToken,
    /// Asked too often.
    TooMany,
    /// Nothing is there, or nothing that the token may know of.
    Missing,
    /// The question cannot be read.
    Question(&'static str),
    /// Our failure.
    Broken(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Wrong {
    fn from(error: E) -> Wrong {
        Wrong::Broken(error.into())
    }
}

/// The body of every answer that is none.
#[derive(Serialize)]
struct Fault {
    error: &'static str,
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let (status, error) = match self {
            Wrong::NoToken => (StatusCode::UNAUTHORIZED, "a token is needed: Authorization: Bearer …"),
            Wrong::TooMany => (StatusCode::TOO_MANY_REQUESTS, "asked too often; try again in a minute"),
            Wrong::Missing => (StatusCode::NOT_FOUND, "not found"),
            Wrong::Question(error) => (StatusCode::UNPROCESSABLE_ENTITY, error),
            Wrong::Broken(error) => {
                tracing::error!(error = format!("{error:#}"), "the interface could not answer");
                (StatusCode::SERVICE_UNAVAILABLE, "the system is busy; try again")
            }
        };
        (status, Json(Fault { error })).into_response()
    }
}
