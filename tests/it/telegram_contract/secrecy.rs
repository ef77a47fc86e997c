//! The token stays inside.

use std::io;
use std::sync::{Arc, Mutex};

use super::desk::{Desk, hear_all};
use super::{address, group, leader, say, send};
use crate::fake_telegram::{FakeTelegram, Fault};

/// Collects log lines.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic inside").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_token_is_in_no_error_and_in_no_log_line() {
    // While there is only one subscriber, tracing asks that of the thread which meets a line of code first; in the tests
    // beside this one that is none, and the line would be silent here too.
    let second = tracing::Dispatch::new(tracing_subscriber::registry());
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_env_filter("trace").with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);

    let fake = FakeTelegram::start().await;
    let mut errors = Vec::new();
    for (method, fault) in [
        ("getMe", Fault::Html502),
        ("getMe", Fault::Drop),
        ("getUpdates", Fault::Status(409)),
        ("getUpdates", Fault::Status(401)),
    ] {
        fake.fail_next(&group(), fault.clone());
        errors.push(send(&fake, &address(&group()), &say("你好")).await.expect_err("it fails"));
        fake.fail_next_call(method, fault);
    }
    let desk = Arc::new(Desk::default());
    desk.rows(|rows| rows.failures_left = 1);
    fake.person_says(&group(), &leader(), "#12");
    hear_all(&fake, &desk).await;
    drop((guard, second));

    let text = String::from_utf8(log.0.lock().expect("no panic inside").clone()).expect("text");
    for told in
        ["502 Bad Gateway", "no answer", "a second instance", "check it with @BotFather", "the disk is full"]
    {
        assert!(text.contains(told), "{told} is not in the log:\n{text}");
    }
    let key = fake.token().split_once(':').expect("a token").1;
    for line in text.lines().chain([format!("{errors:?}").as_str()]) {
        assert!(!line.contains(key), "{line}");
    }
}
