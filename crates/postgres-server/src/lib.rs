//! Starts a Postgres server in a temporary folder, for tests.
//!
//! The server writes durably, as a real one does. It listens on a Unix socket, where it asks for no password, and on a
//! port of 127.0.0.1. It has the role `outbox`, which is not a superuser, and the database `outbox`, which it owns.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::{env, fs};

/// The password of the roles `outbox` and `zap`, which is a superuser. No output may contain it.
pub const PASSWORD: &str = "pa55word-canary";

const SCRIPT: &str = include_str!("server.sh");

/// A server. It ends with this value, or with the process, even if that is killed.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    port: u16,
    bin: PathBuf,
    shell: Mutex<Shell>,
    schemas: AtomicU32,
}

/// The shell that runs the server. It ends it when its standard input is closed.
#[derive(Debug)]
struct Shell {
    child: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// Settings of a server.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Arguments of the program `postgres`, such as `["-c", "fsync=off"]`.
    pub arguments: Vec<String>,
    /// A certificate and its key as PEM. Then the server offers TLS.
    pub certificate: Option<(String, String)>,
    /// The folder for the temporary one, in which the user `postgres` can create files. Default: in memory, if there is
    /// such a folder.
    pub folder: Option<PathBuf>,
}

impl Server {
    /// Returns the server that all tests of this process share. It is started by the first call.
    ///
    /// Returns `None` and prints that the test is skipped if Postgres is not installed.
    ///
    /// # Panics
    ///
    /// Panics if the server cannot be started, or if it is not installed and the variable `CI` is set.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(&Options::default())).as_ref()
    }

    /// Starts a server. Returns `None` as [`shared`](Self::shared) does.
    ///
    /// # Panics
    ///
    /// Panics as [`shared`](Self::shared) does.
    pub fn start(options: &Options) -> Option<Self> {
        let Some(bin) = programs() else {
            assert!(env::var_os("CI").is_none(), "install postgresql");
            eprintln!("SKIPPED: Postgres is not installed: install postgresql");
            return None;
        };
        // Another process can take the port before the server does.
        let mut tries = (0..5).map(|_| Self::start_once(&bin, options));
        let started = tries.find(Result::is_ok).unwrap_or_else(|| Self::start_once(&bin, options));
        Some(started.unwrap_or_else(|why| panic!("Postgres does not start: {why}")))
    }

    fn start_once(bin: &Path, options: &Options) -> Result<Self, String> {
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
        let port = port.map_err(|error| error.to_string())?.port();
        let mut command = as_another_user();
        let folder = options.folder.clone().map_or_else(temporary_folder, OsString::from);
        command.args(["sh", "-c", SCRIPT, "server.sh"]).arg(bin).arg(folder).arg(port.to_string());
        command.args(&options.arguments).env("ZAP_PASSWORD", PASSWORD).current_dir("/");
        if let Some((certificate, key)) = &options.certificate {
            command.env("ZAP_CERTIFICATE", certificate).env("ZAP_KEY", key);
        }
        // Its group must not get the signals of a terminal, so that it can clean up.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| error.to_string())?;
        let commands = child.stdin.take();
        let mut answers = BufReader::new(child.stdout.take().ok_or("the shell has no output")?);
        let mut line = || {
            let mut line = String::new();
            match answers.read_line(&mut line) {
                Ok(0) | Err(_) => Err("see the messages above".to_owned()),
                Ok(_) => Ok(line.trim_end().to_owned()),
            }
        };
        let folder = PathBuf::from(line()?);
        line()?;
        let shell = Mutex::new(Shell { child, commands, answers });
        Ok(Self { folder, port, bin: bin.to_owned(), shell, schemas: AtomicU32::new(0) })
    }

    /// Creates an empty schema of the role `outbox`, and returns its name.
    pub fn new_schema(&self) -> String {
        let schema = format!("s{}_{}", std::process::id(), self.schemas.fetch_add(1, Ordering::Relaxed));
        self.psql(&format!("CREATE SCHEMA {schema} AUTHORIZATION outbox"));
        schema
    }

    /// Returns the URL of a schema by the Unix socket, for the role `outbox`.
    pub fn url(&self, schema: &str) -> String {
        let folder = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://outbox@{folder}:{}/outbox?options=-csearch_path%3D{schema}", self.port)
    }

    /// Returns the URL of a schema on 127.0.0.1, with the password of the role `outbox`.
    pub fn tcp_url(&self, schema: &str) -> String {
        format!("postgres://outbox:{PASSWORD}@127.0.0.1:{}/outbox?options=-csearch_path%3D{schema}", self.port)
    }

    /// The port on 127.0.0.1, and of the Unix socket.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder with the Unix socket and the server's data.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder with Postgres' programs.
    pub fn programs(&self) -> &Path {
        &self.bin
    }

    /// Runs SQL as the superuser in the database `outbox`, and returns what it prints, without headers.
    ///
    /// # Panics
    ///
    /// Panics if the SQL fails.
    pub fn psql(&self, sql: &str) -> String {
        self.psql_as("zap", sql).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Runs SQL as a role in the database `outbox`, and returns what it prints, without headers.
    ///
    /// # Errors
    ///
    /// Returns the messages of `psql` if the SQL fails.
    pub fn psql_as(&self, role: &str, sql: &str) -> Result<String, String> {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", "outbox", "-U", role, "-h"]);
        let run = psql.arg(&self.folder).args(["-p", &self.port.to_string(), "-c", sql]).output();
        let run = run.map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        if run.status.success() { Ok(text(&run.stdout)) } else { Err(text(&run.stderr)) }
    }

    /// Stops the server as a crash does. Transactions that have not committed are lost.
    pub fn crash(&self) {
        self.command("stop");
    }

    /// Starts the server again after [`crash`](Self::crash).
    pub fn start_again(&self) {
        self.command("start");
    }

    fn command(&self, command: &str) {
        let mut shell = self.shell.lock().unwrap_or_else(PoisonError::into_inner);
        let Shell { commands, answers, .. } = &mut *shell;
        let commands = commands.as_mut().expect("the server runs");
        writeln!(commands, "{command}").expect("the shell reads commands");
        let mut answer = String::new();
        answers.read_line(&mut answer).expect("the shell answers");
        assert_eq!(answer, "done\n", "the command {command} failed");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let shell = self.shell.get_mut().unwrap_or_else(PoisonError::into_inner);
        shell.commands = None;
        let _ = shell.child.wait();
    }
}

/// Returns the folder of Postgres' programs: `POSTGRES_BIN`, the newest version that Debian's packages installed, or
/// the one in `PATH`.
fn programs() -> Option<PathBuf> {
    if let Some(bin) = env::var_os("POSTGRES_BIN") {
        return Some(bin.into());
    }
    let has_server = |bin: &PathBuf| bin.join("initdb").exists() && bin.join("postgres").exists();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let mut versions: Vec<_> = versions.map(|entry| entry.path()).collect();
    versions.sort_by_key(number);
    let mut bins: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    bins.splice(0..0, versions.into_iter().rev().map(|version| version.join("bin")));
    bins.into_iter().find(has_server)
}

/// Returns a command that runs another one. Postgres does not run as root, so root runs it as the user `postgres`.
fn as_another_user() -> Command {
    let id = Command::new("id").arg("-u").output();
    let is_root = id.is_ok_and(|id| id.stdout == b"0\n");
    let mut command = Command::new("env");
    if is_root {
        command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--"]);
    }
    command
}

/// Returns a folder in memory if there is one: the tests flush thousands of transactions. Its path must be short,
/// because that of a socket is at most 107 bytes long.
fn temporary_folder() -> OsString {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.into() } else { env::temp_dir().into() }
}
