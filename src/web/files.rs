//! Files of the room: brought in before the line that carries them, and given out to whoever may see that line.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Json, Path, Query, Request, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{Fault, Seated, Web, header, is_same_origin};
use crate::channel::room::book::Kept;
use crate::domain::evidence::{NotTaken, plain_name};

/// What the browser says that it sends: a form of another site cannot.
const BYTES: &str = "application/octet-stream";

/// The query of an upload.
#[derive(Deserialize)]
pub(super) struct Named {
    name: String,
}

/// Takes a file in; answers with what a line needs to carry it.
pub(super) async fn bring(
    State(web): State<Arc<Web>>,
    _seated: Seated,
    Query(named): Query<Named>,
    bytes: Bytes,
) -> Result<Json<Kept>, Fault> {
    let name = plain_name(&named.name);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    web.office.settings.evidence.check(&name, Some(size)).map_err(|why| {
        let text = match why {
            NotTaken::TooLarge(_) => "文件太大",
            NotTaken::Kind => "不收这种文件",
            NotTaken::Empty | NotTaken::Gone => "文件是空的",
        };
        Fault::say(StatusCode::UNPROCESSABLE_ENTITY, text)
    })?;
    Ok(Json(web.room.bring(name, bytes.to_vec()).await?))
}

/// Gives a file out, always to be saved and never to be run or shown as a page of ours.
pub(super) async fn give(
    State(web): State<Arc<Web>>,
    seated: Seated,
    Path((line, place)): Path<(i64, usize)>,
) -> Result<Response, Fault> {
    let (file, bytes) = web.room.file(&seated.seat, line, place).await?;
    Ok(to_save(&file.name, bytes).into_response())
}

/// A file to be saved under its name.
pub(super) fn to_save(name: &str, bytes: Vec<u8>) -> impl IntoResponse {
    let disposition = format!("attachment; filename*=UTF-8''{}", escaped(name));
    ([(CONTENT_TYPE, BYTES.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes)
}

/// Refuses an upload that another site's page made the browser send.
pub(super) async fn own_uploads_only(request: Request, next: Next) -> Response {
    let headers = request.headers();
    if header(headers, CONTENT_TYPE.as_str()) != Some(BYTES) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    if !is_same_origin(headers) {
        return Fault::say(StatusCode::FORBIDDEN, "请从本页面操作").into_response();
    }
    next.run(request).await
}

/// A name as RFC 8187 writes it, which is also how a value stands in the query of an address.
pub(super) fn escaped(name: &str) -> String {
    let byte = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(byte).collect()
}
