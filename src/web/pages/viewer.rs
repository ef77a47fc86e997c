//! Who looks at a page, and what is shown to such a person: by the same rules as in chat.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Redirect};

use super::{Page, Wrong};
use crate::channel::Channel as _;
use crate::channel::room::{NAME, Room};
use crate::commands::sight::{may_tell, sight};
use crate::domain::people::Person;
use crate::domain::sight::Sight;
use crate::store::people;
use crate::web::files::escaped;
use crate::web::{Web, cookie_for, seat_in_query, session_of};

/// Somebody with a session.
pub(in crate::web) struct Viewer {
    /// The person.
    pub(in crate::web) person: Person,
    /// What of the plan is shown.
    pub(in crate::web) sight: Sight,
    trusted: bool,
}

impl Viewer {
    /// Whoever holds a session of the room; `None` for strangers.
    pub(in crate::web) async fn of_session(web: &Web, session: &str) -> anyhow::Result<Option<Viewer>> {
        let Some(seat) = web.room.book().seat(session).await? else {
            return Ok(None);
        };
        let mut conn = web.office.store.read().await?;
        let person = people::find(&mut conn, NAME, &seat.account).await?;
        Ok(person.filter(|person| !person.is_stranger()).map(|person| Viewer::new(&web.room, person)))
    }

    fn new(room: &Room, person: Person) -> Viewer {
        // A page is read alone, on the platform of the room.
        Viewer { sight: sight(&person), trusted: room.manners().trusted, person }
    }

    /// Whether a page is for this person.
    pub(super) fn may_open(&self, page: &Page) -> bool {
        page.who.iter().any(|role| self.person.roles.contains(role))
    }

    /// Whether an item may be told here with its title and words.
    pub(in crate::web) fn may_tell(&self, confidential: bool) -> bool {
        may_tell(confidential, self.trusted, false)
    }
}

impl FromRequestParts<Arc<Web>> for Viewer {
    type Rejection = Wrong;

    /// Without a session the door is shown, which leads back here: a cookie is not sent with a click on a link from
    /// another site, but with what the door's script then asks for.
    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Wrong> {
        let path = parts.uri.path();
        if web.demo.is_some()
            && let Some(session) = seat_in_query(parts)
        {
            // A tab of the room takes its seat along; from here on the cookie holds it.
            let cookie = cookie_for(&parts.headers, &session, None);
            return Err(Wrong::Door(Box::new(([(SET_COOKIE, cookie)], Redirect::to(path)).into_response())));
        }
        let found = match session_of(parts, web.demo.is_some()) {
            Some(session) => Viewer::of_session(web, &session).await?,
            None => None,
        };
        found.ok_or_else(|| {
            let wanted = parts.uri.path_and_query().map_or("/", |wanted| wanted.as_str());
            let door =
                if wanted == "/" { "/room".to_owned() } else { format!("/room?to={}", escaped(wanted)) };
            Wrong::Door(Box::new(Redirect::to(&door).into_response()))
        })
    }
}
