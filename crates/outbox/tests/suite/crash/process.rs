//! Worker processes.

use std::env;
use std::future::pending;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use zap_outbox::zap_facade::contract::Account;
use zap_outbox::zap_facade::{
    BoxFuture, Capabilities, Config, Error, Messenger, PhoneNumber, Provider, Receipt, connect,
};
use zap_outbox::{Ledger, Outbox};
use zap_sandbox::Sandbox;

const LEDGER: &str = "ZAP_OUTBOX_TEST_LEDGER";
const CONCURRENCY: &str = "ZAP_OUTBOX_TEST_CONCURRENCY";
/// Where the process stops itself; see [`Place`].
const FREEZE: &str = "ZAP_OUTBOX_TEST_FREEZE";

/// The program of a worker process. It says when it is ready, and works when its standard input has a line. If that ends
/// without one, it works until all is done.
#[tokio::test]
#[ignore = "other tests start it as a process"]
async fn a_worker_process() {
    let Ok(ledger) = env::var(LEDGER) else { return };
    let ledger = match Ledger::open(&ledger).await {
        Ok(ledger) => ledger,
        Err(error) => panic!("error: {error}"),
    };
    let config = Config::from_variables(Some(Provider::EscalaZap), env::vars()).unwrap();
    let concurrency = env::var(CONCURRENCY).expect("the parent sets it").parse().unwrap();
    let freeze = Freeze::from_env();
    tracing::subscriber::set_global_default(Attempts(freeze.clone())).unwrap();
    let messenger = Telling { inner: connect(config).unwrap(), freeze };
    let outbox = Outbox::builder(ledger, Box::new(messenger) as Box<dyn Messenger>).concurrency(concurrency);
    let outbox = outbox.open().await.unwrap();
    // The first number is slow to read.
    let _: PhoneNumber = "+5511900000001".parse().unwrap();
    println!("ready");
    if io::stdin().read_line(&mut String::new()).unwrap() > 0 {
        outbox.work(pending()).await.unwrap();
    } else {
        outbox.work_until_done(pending()).await.unwrap();
    }
}

/// A place in the work on a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The intent is committed, and the time is not checked yet.
    Begun,
    /// The time is checked, and nothing is written.
    Checked,
    /// The request has left.
    Calling,
    /// The answer is there, and is not recorded.
    Answered,
}

impl Place {
    const ALL: [Self; 4] = [Self::Begun, Self::Checked, Self::Calling, Self::Answered];

    fn name(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Checked => "checked",
            Self::Calling => "calling",
            Self::Answered => "answered",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|place| place.name() == name).expect("the parent knows the places")
    }
}

/// Stops the process at a place, once.
#[derive(Clone, Debug)]
struct Freeze(Arc<Mutex<Option<Place>>>);

impl Freeze {
    fn from_env() -> Self {
        Self(Arc::new(Mutex::new(env::var(FREEZE).ok().map(|place| Place::named(&place)))))
    }

    fn is_at(&self, place: Place) -> bool {
        self.0.lock().unwrap().take_if(|freeze| *freeze == place).is_some()
    }

    fn at(&self, place: Place) {
        if self.is_at(place) {
            stop();
        }
    }
}

/// Stops this process until its parent wakes it.
fn stop() {
    signal("STOP", std::process::id());
    // On a busy machine, a thread can run on for a while until the signal stops it.
    io::stdin().read_line(&mut String::new()).unwrap();
}

/// Notices attempts by their spans, which begin before the time is checked.
struct Attempts(Freeze);

impl tracing::Subscriber for Attempts {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.name() == "zap_outbox.attempt"
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        println!("begun");
        self.0.at(Place::Begun);
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {}

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

/// Tells the parent about answers, and freezes the process once.
#[derive(Debug)]
struct Telling {
    inner: Box<dyn Messenger>,
    freeze: Freeze,
}

impl Messenger for Telling {
    fn provider(&self) -> &str {
        self.inner.provider()
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    fn send_text<'a>(&'a self, to: &'a PhoneNumber, text: &'a str) -> BoxFuture<'a, Result<Receipt, Error>> {
        Box::pin(async move {
            self.freeze.at(Place::Checked);
            let mut call = self.inner.send_text(to, text);
            if self.freeze.is_at(Place::Calling) {
                tokio::select! {
                    _ = &mut call => panic!("the parent delays the answer"),
                    () = tokio::time::sleep(Duration::from_millis(100)) => stop(),
                }
            }
            let result = call.await;
            println!("answered {}", to.digits());
            self.freeze.at(Place::Answered);
            result
        })
    }
}

/// Sends a signal to a process. The standard library can only kill.
fn signal(name: &str, process: u32) {
    let sent = Command::new("kill").arg(format!("-{name}")).arg(process.to_string()).status();
    assert!(sent.expect("there is a program `kill`").success(), "-{name} {process}");
}

/// What a process has told its parent.
#[derive(Debug, Default)]
pub(crate) struct Told {
    is_ready: bool,
    begun: usize,
    /// The digits of the numbers for which it had an answer or an error.
    pub(crate) answered: Vec<String>,
    last: Option<Instant>,
}

/// A worker process. Dropping it kills it with SIGKILL, which it cannot notice.
pub(crate) struct Worker {
    child: Child,
    stdin: ChildStdin,
    told: Arc<Mutex<Told>>,
    listener: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts a process that waits until it is released.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a worker starts");
        let told = Arc::new(Mutex::new(Told::default()));
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let listening = Arc::clone(&told);
        let listener = thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut told = listening.lock().unwrap();
                match line.split_once(' ').unwrap_or((&line, "")) {
                    ("ready", _) => told.is_ready = true,
                    ("begun", _) => told.begun += 1,
                    ("answered", digits) => told.answered.push(digits.to_owned()),
                    // The lines of the test program.
                    _ => continue,
                }
                told.last = Some(Instant::now());
            }
        });
        let stdin = child.stdin.take().expect("it is piped");
        Self { child, stdin, told, listener: Some(listener) }
    }

    /// Waits until it has stopped itself.
    pub(crate) async fn until_frozen(&mut self) {
        let process = self.child.id();
        let is_stopped = |_: &Told| {
            // The state is the first letter after the name in brackets.
            let status = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            status.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T'))
        };
        self.until("it is frozen", is_stopped).await;
    }

    /// Lets it go on after it has stopped itself.
    pub(crate) fn wake(&mut self) {
        self.stdin.write_all(b"go on\n").expect("it waits for a line");
        signal("CONT", self.child.id());
    }

    /// Kills it, and returns what it told before.
    pub(crate) fn kill(mut self) -> Told {
        self.end();
        std::mem::take(&mut *self.told.lock().unwrap())
    }

    fn end(&mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child can be awaited");
        if let Some(listener) = self.listener.take() {
            listener.join().expect("the listener does not panic");
        }
    }

    /// Waits until it has opened the ledger, and lets it work.
    pub(crate) async fn release(&mut self) {
        self.until("it is ready", |told| told.is_ready).await;
        // Fails if the process has ended, as the next wait will tell.
        let _ = self.stdin.write_all(b"work\n");
    }

    /// Returns whether it works on a message, or did so a moment ago.
    pub(crate) fn is_at_work(&self) -> bool {
        let told = self.told.lock().unwrap();
        let is_recent = || told.last.is_some_and(|last| last.elapsed() < Duration::from_millis(20));
        told.begun > told.answered.len() || told.begun > 0 && is_recent()
    }

    async fn until(&mut self, what: &str, is_so: impl Fn(&Told) -> bool) {
        for _ in 0..30_000 {
            if is_so(&self.told.lock().unwrap()) {
                return;
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                panic!("the worker ended before {what}: {status}");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("not within a minute: {what}: {:?}", self.told.lock().unwrap());
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}

/// Returns the command that starts a worker process.
pub(crate) fn worker(concurrency: u32, sandbox: &Sandbox, ledger: &str) -> Command {
    let mut program = Command::new(env::current_exe().expect("this program has a path"));
    add_worker(&mut program, concurrency, sandbox, ledger);
    program
}

/// Lets a worker process stop itself at a place, once.
pub(crate) fn freeze_at(program: &mut Command, place: Place) -> &mut Command {
    program.env(FREEZE, place.name())
}

/// Adds what a worker process needs to a command that runs this program.
pub(crate) fn add_worker(program: &mut Command, concurrency: u32, sandbox: &Sandbox, ledger: &str) {
    program
        .args(["--exact", "crash::process::a_worker_process", "--ignored", "--nocapture"])
        .env(LEDGER, ledger)
        .env(CONCURRENCY, concurrency.to_string())
        .envs(Account::of(sandbox, Provider::EscalaZap).variables())
        .stdin(Stdio::null())
        .stdout(Stdio::null());
}
