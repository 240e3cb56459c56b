//! The server ends with its process.

use std::process::Command;
use std::time::Duration;
use std::{env, fs, thread};

use zap_postgres_server::{Options, Server};

const CHILD: &str = "ZAP_POSTGRES_SERVER_TEST_CHILD";

#[test]
fn a_crash_keeps_what_was_committed() {
    let Some(server) = Server::start(&Options::default()) else { return };
    server.psql("CREATE TABLE songs (name text); INSERT INTO songs VALUES ('Trem das Onze')");
    server.crash();
    assert!(server.psql_as("zap", "SELECT 1").is_err());
    server.start_again();
    assert_eq!(server.psql("SELECT name FROM songs"), "Trem das Onze");
    let folder = server.folder().to_owned();
    drop(server);
    assert!(!folder.exists());
}

#[test]
#[ignore = "the next test starts it as a process"]
fn a_process_that_is_killed() {
    let server = Server::start(&Options::default());
    let folder = server.as_ref().map(|server| server.folder().display().to_string()).unwrap_or_default();
    fs::write(env::var_os(CHILD).expect("the parent names a file"), folder).unwrap();
    thread::sleep(Duration::from_secs(60));
}

#[test]
fn the_server_of_a_process_that_is_killed_ends_and_leaves_nothing() {
    let file = env::temp_dir().join(format!("zap-postgres-server-{}", std::process::id()));
    let mut program = Command::new(env::current_exe().unwrap());
    program.args(["--exact", "a_process_that_is_killed", "--ignored", "--nocapture"]).env(CHILD, &file);
    let mut child = program.spawn().unwrap();
    let folder = wait_for(|| fs::read_to_string(&file).ok());
    fs::remove_file(&file).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    // Without Postgres, there is none.
    if !folder.is_empty() {
        wait_for(|| (!fs::exists(&folder).unwrap()).then_some(()));
    }
}

fn wait_for<T>(ready: impl Fn() -> Option<T>) -> T {
    for _ in 0..1_500 {
        if let Some(value) = ready() {
            return value;
        }
        thread::sleep(Duration::from_millis(20));
    }
    panic!("nothing happens for 30 seconds");
}
