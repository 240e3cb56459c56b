//! Files and streams, and what can happen to them.

use std::error::Error as _;
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;

use zap_outbox::recipients::{Csv, Digest, ListError};

use super::{csv, read};

const LIST: &str = "number,name\n11900000001,Ana\n11900000002,Bia\n";

/// A file that is deleted at the end.
struct File(PathBuf);

impl File {
    fn new(name: &str, content: &str) -> Self {
        let path = std::env::temp_dir().join(format!("zap-outbox-{}-{name}", std::process::id()));
        fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_changed_file_is_recognised_by_its_digest() {
    let file = File::new("changed.csv", LIST);
    let digest = Csv::open(&file.0).unwrap().check([]).unwrap().digest;
    // What `sha256sum` says.
    assert_eq!(digest.to_string(), "ac814e6cbf60d90299928308b4d12764618e1152f3e3ae7f354d04cc0974c1ff");
    assert_eq!(digest.to_string().parse::<Digest>().unwrap(), digest);
    assert!(Csv::open(&file.0).unwrap().expect(digest).check([]).is_ok());
    fs::write(&file.0, LIST.replace("Bia", "Bea")).unwrap();
    let error = Csv::open(&file.0).unwrap().expect(digest).check([]).unwrap_err();
    assert!(matches!(error, ListError::Changed { .. }));
    assert!(error.to_string().contains("has changed since it was checked"), "{error}");
    for text in ["", "x", &"é".repeat(32), &"+1".repeat(32)] {
        assert!(text.parse::<Digest>().is_err(), "{text}");
    }
}

#[test]
fn directories_and_missing_files_are_named() {
    let message = Csv::open(std::env::temp_dir()).unwrap_err().to_string();
    assert!(message.contains("this is a directory"), "{message}");
    let message = Csv::open("no/such/list.csv").unwrap_err().to_string();
    assert_eq!(message, "no/such/list.csv: there is no such file: check the path");
}

#[cfg(unix)]
#[test]
fn an_open_file_can_be_deleted() {
    let file = File::new("deleted.csv", LIST);
    let csv = Csv::open(&file.0).unwrap();
    fs::remove_file(&file.0).unwrap();
    assert_eq!(read(csv).0.len(), 2);
}

/// Gives a byte at a time, and fails after the content.
struct Broken(io::Cursor<&'static [u8]>);

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let one = buffer.len().min(1);
        match self.0.read(&mut buffer[..one])? {
            0 => Err(io::Error::other("the cable was pulled")),
            read => Ok(read),
        }
    }
}

#[test]
fn an_error_while_reading_is_returned_with_its_cause() {
    let reader = Broken(io::Cursor::new(LIST.as_bytes()));
    let error = Csv::from_reader("list.csv", reader).check([]).unwrap_err();
    assert_eq!(error.to_string(), "list.csv: the list cannot be read");
    assert_eq!(error.source().unwrap().to_string(), "the cable was pulled");
}

#[test]
fn after_an_error_the_list_is_never_finished() {
    let long = io::Cursor::new(LIST.to_owned() + &"1\n".repeat(100_000));
    let fails = Broken(io::Cursor::new(b""));
    let mut recipients = Csv::from_reader("list.csv", long.chain(fails)).read([]).unwrap();
    assert!(recipients.by_ref().any(|recipient| recipient.is_err()));
    assert!(recipients.next().is_none());
    assert!(matches!(recipients.finish(), Err(ListError::Io { .. })));
}

#[test]
fn small_pieces_give_the_same_result() {
    struct Small(io::Cursor<Vec<u8>>);
    impl Read for Small {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let some = buffer.len().min(3);
            self.0.read(&mut buffer[..some])
        }
    }
    let bytes = LIST.replace("Bia", "Béa\r\nx").into_bytes();
    let (whole, report) = read(csv(&bytes));
    let (pieces, same) = read(Csv::from_reader("list.csv", Small(io::Cursor::new(bytes))));
    assert_eq!((whole, report), (pieces, same));
}
