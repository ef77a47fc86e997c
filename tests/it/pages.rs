//! The pages over HTTP: what they count, and what of it is shown to whom.

use reqwest::{Client, Response, StatusCode};

use crate::served::Served;

/// Somebody with a browser that follows no redirects.
struct Reader<'a> {
    client: Client,
    served: &'a Served,
    session: String,
}

impl<'a> Reader<'a> {
    async fn seated(served: &'a Served, account: &str) -> Reader<'a> {
        let session = served.seat(account).await;
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        Reader { client: client.build().expect("a client"), served, session }
    }

    async fn get(&self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.served.url));
        let request = request.header("cookie", format!("duban_seat={}", self.session));
        request.send().await.expect("an answer")
    }

    async fn reads(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.text().await.expect("a text")
    }
}

/// The numbers of the overview's tiles.
fn tiles(page: &str) -> Vec<(String, i64)> {
    let tiles = page.split("class=\"tile ").skip(1);
    tiles
        .map(|rest| {
            let (light, rest) = rest.split_once('"').expect("a class");
            let (_, number) = rest.split_once("<b>").expect("a number");
            let number = number.split('<').next().expect("a number");
            (light.to_owned(), number.parse().expect("digits"))
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_overview_counts_what_the_papers_count() {
    let served = Served::open().await;
    let staff = Reader::seated(&served, "office.staff").await;
    for _ in 0..4 {
        served.play(3).await;
        let (demo, now) = (&served.demo, served.demo.now());
        let mut conn = demo.store().read().await.expect("a reader");
        let calendar = &demo.settings().calendar;
        let facts = duban::store::papers::read(&mut conn, &now, calendar).await.expect("facts");
        let lights = facts.lights();
        let told = [
            ("red", lights.red),
            ("yellow", lights.yellow),
            ("green", lights.green),
            ("undated", lights.undated),
            ("claimed", lights.claimed),
            ("closed", lights.closed),
            ("waiting", lights.waiting),
        ];
        let told = told.map(|(light, count)| (light.to_owned(), count)).to_vec();
        assert_eq!(tiles(&staff.reads("/").await), told, "on {}", now.today());
    }
    served.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_sees_the_own_part_and_the_office_sees_all() {
    let served = Served::open().await;
    let (staff, leader) =
        (Reader::seated(&served, "office.staff").await, Reader::seated(&served, "fgj.head").await);
    // What only the office may open, nobody else is offered.
    let menu = leader.reads("/").await;
    for path in ["/calendar", "/papers", "/people", "/findings", "/delivery"] {
        assert_eq!(staff.get(path).await.status(), StatusCode::OK, "{path}");
        assert_eq!(leader.get(path).await.status(), StatusCode::FORBIDDEN, "{path}");
        assert!(!menu.contains(&format!("href=\"{path}\"")), "{path} is offered");
    }
    // The items of other teams do not exist for a leader, nor do other units.
    let (road, gas) = ("/tasks/31", "/tasks/46");
    assert_eq!(leader.get(road).await.status(), StatusCode::OK);
    assert_eq!(leader.get(gas).await.status(), StatusCode::NOT_FOUND);
    assert_eq!(leader.get("/tasks?unit=县财政局").await.status(), StatusCode::NOT_FOUND);
    let weekly = leader.reads("/tasks/7").await;
    assert!(weekly.contains("县发改局") && !weekly.contains("县财政局"), "only the own filings");
    assert!(staff.reads("/tasks/7").await.contains("县财政局"));
    served.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_session_there_is_only_the_door_and_it_leads_back() {
    let served = Served::open().await;
    let mut nobody = Reader::seated(&served, "office.staff").await;
    nobody.session = "nobody".to_owned();
    for (path, door) in [("/", "/room"), ("/tasks?light=red", "/room?to=%2Ftasks%3Flight%3Dred")] {
        let answer = nobody.get(path).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{path}");
        assert_eq!(answer.headers()["location"], door);
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    }
    assert_eq!(nobody.get("/healthz").await.status(), StatusCode::OK);
    served.close().await;
}
