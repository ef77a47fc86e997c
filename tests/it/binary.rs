//! The real binary in a folder of its own: its settings, its database, what it printed.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use duban::store::Store;
use tempfile::TempDir;

use super::fake_telegram::FakeTelegram;

/// A moment in the sample plan's year, before anything is due.
pub const AT: &str = "2022-05-18T09:00";

/// A folder with `config/` as it is shipped and a page on any free port.
pub struct Folder {
    dir: TempDir,
}

/// What one call of the binary left behind.
pub struct Told {
    pub status: ExitStatus,
    pub out: String,
    pub err: String,
}

impl Told {
    /// Everything it printed.
    pub fn all(&self) -> String {
        format!("{}\n{}", self.out, self.err)
    }

    /// Asserts that it went well.
    pub fn well(self) -> Told {
        assert!(self.status.success(), "it failed:\n{}", self.all());
        self
    }

    /// Asserts that it refused.
    pub fn badly(self) -> Told {
        assert!(!self.status.success(), "it should have failed:\n{}", self.all());
        self
    }
}

impl From<Output> for Told {
    fn from(output: Output) -> Told {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Told { status: output.status, out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Folder {
    pub fn new() -> Folder {
        let folder = Folder { dir: TempDir::new().expect("a folder") };
        let shipped = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("config");
        for file in ["holidays.toml", "sanhang/plan.toml", "sanhang/roster.toml"] {
            let text = std::fs::read_to_string(shipped.join(file)).expect("a shipped file");
            folder.write(&format!("config/{file}"), &text);
        }
        folder.write("config/duban.toml", "[web]\nlisten = \"127.0.0.1:0\"\n");
        folder
    }

    /// A file of the folder.
    pub fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    pub fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).expect("a file of the folder")
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file can be written");
    }

    /// The binary, with nothing of the environment that concerns it.
    pub fn duban(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command.args(arguments).current_dir(self.dir.path()).stdin(Stdio::null());
        for variable in ["RUST_LOG", "DUBAN_TELEGRAM_TOKEN", "DUBAN_TELEGRAM_API_URL"] {
            command.env_remove(variable);
        }
        command.env("TMPDIR", self.dir.path());
        command
    }

    /// Runs the binary to its end.
    pub fn run(&self, arguments: &[&str]) -> Told {
        self.duban(arguments).output().expect("the binary starts").into()
    }

    /// Imports the sample plan on the notice's day.
    pub fn import(&self) {
        self.run(&["import", "config/sanhang/plan.toml", "--at", AT]).well();
    }

    /// The database, beside whoever else works on it.
    pub async fn store(&self) -> Store {
        Store::open(&self.path("data/duban.db")).await.expect("a database")
    }

    /// Runs the binary to its end as somebody who may write nothing here; `None` where there is no way to.
    pub fn run_as_nobody(&self, arguments: &[&str]) -> Option<Told> {
        let me = Command::new("id").arg("-u").output().expect("id").stdout;
        if me.trim_ascii() != b"0" {
            return Some(self.run(arguments));
        }
        // Where the binary lies may be closed to others.
        let binary = self.path("duban");
        std::fs::copy(env!("CARGO_BIN_EXE_duban"), &binary).expect("a copy");
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&binary).args(arguments);
        command.current_dir(self.dir.path()).stdin(Stdio::null()).env_remove("RUST_LOG");
        command.output().ok().map(Told::from)
    }

    /// Starts the bot on a fake; its log grows in `serve.log`.
    pub fn serve(&self, fake: &FakeTelegram, log: &str) -> Serving {
        self.start(self.duban(&["serve"]), fake, log)
    }

    /// The same in a shell that was told something before.
    pub fn serve_within(&self, fake: &FakeTelegram, before: &str) -> Serving {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{before}; exec {} serve", env!("CARGO_BIN_EXE_duban"))]);
        shell.current_dir(self.dir.path()).stdin(Stdio::null());
        self.start(shell, fake, "info,sqlx=warn")
    }

    fn start(&self, mut command: Command, fake: &FakeTelegram, log: &str) -> Serving {
        let file = File::options().create(true).append(true).open(self.path("serve.log")).expect("a log");
        command.env("DUBAN_TELEGRAM_TOKEN", fake.token()).env("DUBAN_TELEGRAM_API_URL", fake.url().as_str());
        command.env("RUST_LOG", log).stdout(Stdio::null()).stderr(file);
        Serving { child: command.spawn().expect("the binary starts") }
    }
}

/// A running bot. Dropping it kills it.
pub struct Serving {
    child: Child,
}

impl Serving {
    /// Its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: nothing is finished, nothing is said.
    pub fn kill(mut self) {
        self.end();
    }

    /// SIGTERM, and waits for the end.
    pub async fn stop(mut self) -> ExitStatus {
        let said = Command::new("sh").args(["-c", &format!("kill -TERM {}", self.child.id())]).status();
        assert!(said.expect("a shell").success(), "it had ended by itself");
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    fn end(&mut self) {
        // It may have ended by itself, which is for the test to find out.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.end();
    }
}
