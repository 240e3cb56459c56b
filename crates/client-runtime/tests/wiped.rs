//! A client that is dropped leaves no copy of its credentials in memory. The test needs a process of its own because it
//! reads all of the process's memory, which only Linux allows.
#![cfg(target_os = "linux")]

use std::fs::{File, read_to_string};
use std::io::{Read as _, Seek as _, SeekFrom};

use zap_client_runtime::{
    Api, ClientBuilder, CredentialLocation, Credentials, Envelope, Instance, RawClient, Refusals, Secret,
};

static API: Api = Api {
    user_agent: "test/1",
    envelope: Envelope {
        status: "status",
        success: "success",
        error: "error",
        remark: None,
        texts: &[],
        refusals: Refusals::All,
        validation: None,
        reasons: &[],
    },
    trims: false,
    paths: &[],
};

const LENGTH: usize = 36;

/// The bytes of the secret, which the program nowhere contains as one text.
fn byte(index: usize) -> u8 {
    b'a' + u8::try_from((index * 7 + 5) % 26).unwrap()
}

struct Key;

impl Credentials for Key {
    fn into_parts(self) -> Vec<(CredentialLocation, Secret)> {
        let mut secret = String::with_capacity(LENGTH);
        secret.extend((0..LENGTH).map(|index| char::from(byte(index))));
        vec![(CredentialLocation::Parameter("key"), Secret::new(secret))]
    }
}

/// Counts the copies of the second half of the secret in memory. (An allocator overwrites the first
/// bytes of freed memory.)
fn copies() -> usize {
    let mut memory = File::open("/proc/self/mem").unwrap();
    let mut buffer = vec![0; 1 << 20];
    let own = buffer.as_ptr() as u64..buffer.as_ptr() as u64 + buffer.len() as u64;
    let mut count = 0;
    for line in read_to_string("/proc/self/maps").unwrap().lines().filter(|line| line.contains(" rw-p ")) {
        let (start, end) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [mut at, end] = [start, end].map(|address| u64::from_str_radix(address, 16).unwrap());
        while at < end {
            let length = usize::try_from(end - at).unwrap().min(buffer.len());
            if memory.seek(SeekFrom::Start(at)).is_err() || memory.read_exact(&mut buffer[..length]).is_err() {
                break;
            }
            let half = LENGTH / 2;
            let is_copy = |window: &[u8]| window.iter().zip(half..).all(|(found, index)| *found == byte(index));
            let places = buffer[..length].windows(half).enumerate().filter(|(_, window)| is_copy(window));
            count += places.filter(|(place, _)| !own.contains(&(at + *place as u64))).count();
            at += length as u64;
        }
    }
    count
}

#[test]
fn a_client_leaves_no_secret_behind() {
    let client: RawClient = ClientBuilder::new(&API, Instance::new("Test", "http://zap.example"), Key).build().unwrap();
    assert!(copies() > 0, "it is found where it is");
    drop(client);
    assert_eq!(copies(), 0);
}
