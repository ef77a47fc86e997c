//! A year of the sample plan with everything that happens in one: a successor, leave, a vacancy, instructions, meetings,
//! enterprises in need, an inspection and a campaign. The script is read by people as well; what it says at the year's end
//! was counted by hand.
//!
//! A line with a day and an hour moves the clock; `who: words` is said in private; `= words` has to stand in the last
//! answer, `! words` must not, `* words` has to stand somewhere in what that person was ever told, and `@who words` in what
//! another was.

use duban::app::demo::{Demo, STAFF, START};
use duban::app::export::{Paper, of_store};
use duban::app::players;
use duban::channel::room::book::private_chat;
use duban::documents::draft::Signature;
use duban::store::people;

use crate::office::look::plain;
use crate::papers::played::order;
use crate::papers::read::xlsx;

const SCRIPT: &str = include_str!("eventful/year.txt");

/// The chat of the office.
const OFFICE_CHAT: &str = "ducha";

/// Clock, voices and ears of one play.
struct Play {
    demo: Demo,
    said: usize,
    /// The account that spoke last.
    last: String,
    /// The last code that anybody was given.
    code: String,
}

impl Play {
    async fn line(&mut self, line: &str) {
        let first = line.chars().next().unwrap_or('#');
        if let Some(rest) = line.strip_prefix("= ") {
            let answer = self.heard().await.pop().unwrap_or_default();
            assert!(plain(&answer).contains(rest), "after {}: {rest}\nis not in\n{answer}", self.last);
        } else if let Some(rest) = line.strip_prefix("! ") {
            let answer = self.heard().await.pop().unwrap_or_default();
            assert!(!plain(&answer).contains(rest), "after {}: {rest}\nis in\n{answer}", self.last);
        } else if let Some((who, rest)) = line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
            let chat = private_chat(&self.account(who).await);
            let all = self.lines(&[&chat]).await.join("\n\n");
            assert!(
                plain(&all).contains(rest),
                "{who} was never told {rest}, but at the end\n{}",
                tail(&all)
            );
        } else if let Some(rest) = line.strip_prefix("* ") {
            let all = self.told().await.join("\n\n");
            assert!(
                plain(&all).contains(rest),
                "{} was never told {rest}, but at the end\n{}",
                self.last,
                tail(&all)
            );
        } else if first.is_ascii_digit() {
            self.demo.go_to(format!("{}:00", line.replace(' ', "T")).parse().expect(line)).await.expect(line);
        } else if first != '#' {
            let (who, text) = line.split_once(": ").expect(line);
            self.says(who, text).await;
        }
    }

    async fn says(&mut self, who: &str, text: &str) {
        self.last = self.account(who).await;
        self.said += 1;
        let text = text.replace("{code}", &self.code).replace("\\n", "\n");
        let nonce = format!("eventful-{}", self.said);
        let chat = private_chat(&self.last);
        players::say(&self.demo, &self.last, &chat, &text, nonce).await.expect("can speak");
        self.demo.app.wheel.settle().await.expect("the wheel turns");
        let answer = self.heard().await.pop().unwrap_or_default();
        println!("{} {who}: {text}\n{answer}\n", self.demo.now().local());
        if let Some((_, code)) = answer.split_once("绑定码 ") {
            self.code = code.chars().take_while(char::is_ascii_alphanumeric).collect();
        }
    }

    /// The account that sits on a post, by the post's title, or the clerk's.
    async fn account(&self, title: &str) -> String {
        if title == "督查室" {
            return STAFF.to_owned();
        }
        let posts =
            people::posts(&mut self.demo.store().read().await.expect("a reader")).await.expect("posts");
        posts.into_iter().find(|post| post.title == title).unwrap_or_else(|| panic!("no post {title}")).code
    }

    /// What whoever spoke last was told in private so far.
    async fn heard(&self) -> Vec<String> {
        self.lines(&[&private_chat(&self.last)]).await
    }

    /// The same, and what the clerk reads in the office's chat.
    async fn told(&self) -> Vec<String> {
        let own = private_chat(&self.last);
        let office = if self.last == STAFF { OFFICE_CHAT } else { &own };
        self.lines(&[&own, office]).await
    }

    async fn lines(&self, chats: &[&str]) -> Vec<String> {
        let all = self.demo.lines_after(0).await.expect("lines").into_iter().map(|(line, _)| line);
        all.filter(|line| line.author.is_none() && chats.contains(&line.chat.as_str()))
            .map(|line| line.text)
            .collect()
    }
}

/// The list that the office files: each enterprise with its need, and whether it is content.
async fn ledger_of_needs(demo: &Demo) {
    let order = order(Paper::Ledger, "2022", "eventful.xlsx");
    let path = Signature::Draft.path(&order.out);
    of_store(demo.store(), demo.settings(), &demo.now(), &order).await.expect("a ledger");
    let book = xlsx(&std::fs::read(path).expect("the ledger is there"));
    let (_, rows) = book.iter().find(|(name, _)| name == "企困台账").expect("the list");
    let told: Vec<String> =
        rows[2..].iter().map(|row| [0, 1, 2, 5, 7].map(|at| row[at].as_str()).join("|")).collect();
    assert_eq!(
        told,
        [
            "73|华丰米业|收粮资金缺200万元|结 已结|满意",
            "74|兴农机械|缺焊工20名|结 已结|满意",
            "75|丰收农场|烘干机补贴没到账|核 待核验|",
            "76|东升木业|厂房用地手续|红 逾期|",
            "77|恒通物流|用电增容|红 逾期|",
        ]
    );
}

/// The last thousand characters: enough to see what was said instead.
fn tail(text: &str) -> String {
    let from = text.chars().count().saturating_sub(1_000);
    text.chars().skip(from).collect()
}

#[tokio::test]
async fn a_year_with_everything_that_happens_in_one_ends_as_counted_by_hand() {
    let demo = Demo::open(START.parse().expect("a time"), 0).await.expect("a demo");
    let mut play = Play { demo, said: 0, last: String::new(), code: String::new() };
    for line in SCRIPT.lines().map(str::trim).filter(|line| !line.is_empty()) {
        play.line(line).await;
    }
    ledger_of_needs(&play.demo).await;
    play.demo.close().await;
}
