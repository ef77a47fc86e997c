//! Starting Chromium's driver, and a browser of a width.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// A desk.
pub const WIDE: (u32, u32) = (1440, 1000);
/// A phone.
pub const NARROW: (u32, u32) = (390, 844);

/// The driver; it ends with the test.
pub struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    /// Starts the driver on a free port; `None`, with a printed reason, where there is none.
    pub fn start() -> Option<Driver> {
        let found = |program: &str| Command::new(program).arg("--version").output().is_ok();
        for program in ["chromedriver", "chromium"] {
            if !found(program) {
                eprintln!("skipped: `{program}` is not installed, so no browser can look at the pages");
                return None;
            }
        }
        let started =
            Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = started.expect("it was there a moment ago");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.rsplit_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let url = format!("http://127.0.0.1:{}", port.expect("the driver says on which port it listens"));
        Some(Driver { child, url })
    }

    /// A browser of its own, with a window of this size.
    pub async fn browser(&self, (width, height): (u32, u32)) -> Client {
        let size = format!("--window-size={width},{height}");
        let args =
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=zh-CN", &size];
        let mut options = json!({ "args": args });
        if width < 500 {
            // No window is as narrow as a phone.
            let screen = json!({ "width": width, "height": height, "pixelRatio": 1.0, "touch": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": screen });
        }
        let wanted = json!({ "goog:chromeOptions": options });
        let wanted = wanted.as_object().expect("an object").clone();
        ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&self.url)
            .await
            .expect("a browser")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It is ours and about to end anyway.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
