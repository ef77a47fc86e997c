//! The pages: what the office looks at all day. Rendered here, without a script they read the same.
//!
//! To add a page: write its file and template, add it to [`PAGES`], [`routes`] and [`TEMPLATES`].

pub(super) mod acts;
mod calendar;
mod delivery;
mod findings;
pub(super) mod items;
pub(super) mod lights;
mod matrix;
mod overview;
mod paper;
mod papers;
mod people;
mod print;
mod task;
pub(super) mod tasks;
mod viewer;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use minijinja::{Environment, Value, context};

use super::Web;
use crate::commands::{EVERYBODY, OFFICE, READERS};
use crate::domain::people::Role;
use crate::wording;
pub(super) use viewer::Viewer;

/// The templates, by name.
const TEMPLATES: &[(&str, &str)] = &[
    ("frame.html", include_str!("frame.html")),
    ("parts.html", include_str!("parts.html")),
    ("wrong.html", include_str!("wrong.html")),
    ("overview.html", include_str!("overview.html")),
    ("tasks.html", include_str!("tasks.html")),
    ("task.html", include_str!("task.html")),
    ("matrix.html", include_str!("matrix.html")),
    ("calendar.html", include_str!("calendar.html")),
    ("papers.html", include_str!("papers.html")),
    ("paper.html", include_str!("paper.html")),
    ("people.html", include_str!("people.html")),
    ("findings.html", include_str!("findings.html")),
    ("delivery.html", include_str!("delivery.html")),
];

/// A page of the menu.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    /// Where it is.
    pub(super) path: &'static str,
    /// What the menu calls it.
    pub(super) name: &'static str,
    /// Who may open it, by the lists that hold in chat.
    who: &'static [Role],
}

/// The menu, in its order.
pub(super) const PAGES: &[Page] = &[
    Page { path: "/", name: "总览", who: EVERYBODY },
    Page { path: "/tasks", name: "事项", who: EVERYBODY },
    Page { path: "/matrix", name: "矩阵", who: EVERYBODY },
    Page { path: "/calendar", name: "预演", who: READERS },
    Page { path: "/papers", name: "榜与文稿", who: OFFICE },
    Page { path: "/people", name: "岗位", who: READERS },
    Page { path: "/findings", name: "核对", who: OFFICE },
    Page { path: "/delivery", name: "送达", who: READERS },
];

/// The addresses of the pages.
pub(super) fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/", get(overview::page))
        .route("/tasks", get(tasks::page))
        .route("/tasks/{no}", get(task::page))
        .route("/tasks/{no}/file/{sha256}", get(task::file))
        .route("/matrix", get(matrix::page))
        .route("/calendar", get(calendar::page))
        .route("/papers", get(papers::page))
        .route("/papers/{id}", get(paper::page))
        .route("/papers/{id}/{form}", get(paper::file))
        .route("/people", get(people::page))
        .route("/findings", get(findings::page))
        .route("/delivery", get(delivery::page))
}

/// Adds the templates.
pub(super) fn add_to(pages: &mut Environment<'static>) {
    for (name, text) in TEMPLATES {
        pages.add_template(name, text).expect("the template was tried by the tests");
    }
}

/// What a page answers.
pub(super) type Answer = Result<Html<String>, Wrong>;

/// Why there is no page.
#[derive(Debug)]
pub(super) enum Wrong {
    /// Nothing is there, or nothing that the viewer may know of.
    Missing,
    /// It is not for the viewer.
    NotAllowed,
    /// Nobody sits there yet: the door is shown.
    Door(Box<Response>),
    /// Our failure.
    Broken(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Wrong {
    fn from(error: E) -> Wrong {
        Wrong::Broken(error.into())
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Wrong::Door(door) => return *door,
            Wrong::Missing => (StatusCode::NOT_FOUND, "没有这一页,或者不归您看。"),
            Wrong::NotAllowed => (StatusCode::FORBIDDEN, "这一页只给督查室看。"),
            Wrong::Broken(error) => {
                tracing::error!(error = format!("{error:#}"), "a page could not be shown");
                (StatusCode::SERVICE_UNAVAILABLE, "系统忙,请稍后再试。")
            }
        };
        let mut pages = Environment::new();
        add_to(&mut pages);
        let page = pages.get_template("wrong.html").and_then(|page| page.render(context! { text }));
        match page {
            Ok(page) => (status, Html(print::set(&page))).into_response(),
            Err(_) => status.into_response(),
        }
    }
}

/// The page at a path, if the viewer may open it.
fn page_for(viewer: &Viewer, path: &str) -> Result<&'static Page, Wrong> {
    let page = PAGES.iter().find(|page| page.path == path).ok_or(Wrong::Missing)?;
    if viewer.may_open(page) { Ok(page) } else { Err(Wrong::NotAllowed) }
}

/// Fills a page's template; `with` is what is special about it.
fn render(web: &Web, viewer: &Viewer, (template, page): (&str, &Page), with: Value) -> Answer {
    let now = web.office.now();
    let menu: Vec<Value> = PAGES
        .iter()
        .filter(|one| viewer.may_open(one))
        .map(|one| context! { path => one.path, name => one.name, here => one.path == page.path })
        .collect();
    let today = now.today();
    let frame = context! {
        menu,
        page => page.name,
        path => page.path,
        me => viewer.person.shown(),
        office => viewer.person.is_office(),
        reads_all => viewer.sight.is_all(),
        demo => web.demo.is_some(),
        today => format!("{}年{} {}", now.local().format("%Y"), wording::day(today), wording::weekday(today)),
        clock => now.local().format("%H:%M").to_string(),
    };
    let page = web.pages.get_template(template)?.render(context! { ..with, ..frame })?;
    Ok(Html(print::set(&page)))
}
