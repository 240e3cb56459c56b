//! A folder with a ledger, a sandbox, and the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use zap_facade::Provider;
use zap_facade::contract::Account;
use zap_sandbox::{Fault, Profile, Sandbox};

/// Three recipients, of whom one is listed twice, and a broken number.
pub const LIST: &str =
    "Celular;Nome;Cupom\n(11) 90000-0001;Ana;A1\n11 90000-0002;Rui;B2\n+5511900000001;Ana;C3\n11;Zé;D4\n";
pub const TEXT: &str = "Olá {nome}, seu cupom: {cupom}";

pub struct Fixture {
    pub sandbox: Sandbox,
    pub folder: Folder,
    variables: Vec<(String, String)>,
}

/// What a run of the program printed.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Fixture {
    /// Starts a sandbox, with the account of EscalaZap in the environment.
    pub async fn new() -> Self {
        Self::at(Provider::EscalaZap).await
    }

    pub async fn at(provider: Provider) -> Self {
        let sandbox = Sandbox::builder().profile(Profile::Documented).start().await.unwrap();
        let mut variables = Account::of(&sandbox, provider).variables();
        variables.push(("ZAP_PROVIDER".into(), provider.slug().into()));
        variables.push(("ZAP_LEDGER".into(), "sqlite:ledger.db".into()));
        variables.push(("USER".into(), "ana".into()));
        let folder = Folder::new();
        folder.write("list.csv", LIST);
        Self { sandbox, folder, variables }
    }

    /// Sets a variable for the program. An empty value removes it.
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.variables.push((name.into(), value.into()));
        }
    }

    pub fn variable(&self, name: &str) -> String {
        self.variables.iter().find(|(known, _)| known == name).expect("it is set").1.clone()
    }

    pub fn variables(&self) -> &[(String, String)] {
        &self.variables
    }

    /// Opens the ledger's database, to change what takes minutes otherwise.
    pub fn ledger(&self) -> rusqlite::Connection {
        let ledger = rusqlite::Connection::open(self.folder.path().join("ledger.db")).unwrap();
        ledger.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
        ledger
    }

    /// Returns the program, with the settings of this fixture and no others.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zap"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        // This proxy does not exist. Calls to this machine use none.
        command.env_clear().env("HTTP_PROXY", "http://127.0.0.1:1").envs(self.variables.iter().cloned());
        command
    }

    /// Runs the program to its end.
    pub async fn run(&self, arguments: &[&str]) -> Run {
        let mut command = self.command(arguments);
        let output = tokio::task::spawn_blocking(move || command.output().expect("it runs")).await.unwrap();
        let run = Run::of(output);
        println!("$ zap {}\n{}{}-> {:?}", arguments.join(" "), run.stdout, run.stderr, run.code);
        run
    }

    /// Runs the program, and checks its exit code. Returns what is on stdout.
    pub async fn expect(&self, code: i32, arguments: &[&str]) -> String {
        let run = self.run(arguments).await;
        assert_eq!(run.code, Some(code), "zap {arguments:?}\n{}{}", run.stdout, run.stderr);
        run.stdout
    }

    /// Runs the program, which must fail with this code and print nothing on stdout. Returns what is on stderr.
    pub async fn refuse(&self, code: i32, arguments: &[&str]) -> String {
        let run = self.run(arguments).await;
        assert_eq!((run.code, &*run.stdout), (Some(code), ""), "zap {arguments:?}\n{}", run.stderr);
        run.stderr
    }

    /// Runs the program with `--json`, and parses what is on stdout.
    pub async fn json(&self, code: i32, arguments: &[&str]) -> serde_json::Value {
        let stdout = self.expect(code, &[arguments, &["--json"]].concat()).await;
        assert_eq!(stdout.lines().count(), 1, "{stdout}");
        serde_json::from_str(&stdout).expect("it is JSON")
    }

    /// Plans and starts a campaign to the two good recipients of the list.
    pub async fn start(&self, name: &str) {
        self.expect(0, &["plan", name, "list.csv", "--text", TEXT, "--not-after", "6h"]).await;
        self.expect(0, &["start", name, "--yes", "2"]).await;
    }

    /// Plans and starts a campaign to as many recipients, each with a text of its own.
    pub async fn start_many(&self, name: &str, recipients: u32) {
        let rows = (0..recipients).map(|at| format!("+55119000{at:05},{at}\n"));
        self.folder.write("many.csv", format!("number,id\n{}", rows.collect::<String>()));
        self.expect(0, &["plan", name, "many.csv", "--text", "Message {id}", "--not-after", "6h"]).await;
        self.expect(0, &["start", name, "--yes", &recipients.to_string()]).await;
    }

    /// Makes the sandbox misbehave when a message is sent.
    pub fn fault(&self, fault: Fault) {
        self.sandbox.faults().add(fault.operation("send_message")).unwrap();
    }

    /// Returns the report of a campaign: the number and the state of each message.
    pub async fn report(&self, code: i32, name: &str) -> Vec<(String, String)> {
        let report = self.expect(code, &["report", name, "-o", "-"]).await;
        let rows = report.lines().skip(1).map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>());
        rows.map(|row| (row[0].clone(), row[1].clone())).collect()
    }

    /// Returns the texts that the sandbox has delivered, sorted.
    pub fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.sandbox.deliveries().into_iter().filter_map(|sent| sent.text).collect();
        texts.sort();
        texts
    }
}

impl Run {
    pub fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// A folder that is deleted at the end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), content).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
