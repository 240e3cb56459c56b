//! Damaged lists: no panic, and counts that add up.
//!
//! `LISTS` is the number of cases (default: 500). `LIST_SEED` repeats a run.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};

use super::{csv, read_for};

/// A small generator of numbers (splitmix64): the same seed, the same cases.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap()
    }
}

/// What is inserted into a list.
const PIECES: [&[u8]; 24] = [
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xe3\x81",
    b"\x81",
    b"{",
    b"}",
    b"'",
    b"=\"",
    b"E+12",
    b"+",
    b"number",
    b"11900000001",
];

fn damage(list: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(8) {
        let at = random.below(list.len() + 1);
        let to = (at + random.below(12)).min(list.len());
        match random.below(5) {
            0 => drop(list.drain(at..to)),
            1 => list.truncate(at),
            2 => list.extend_from_within(at..to),
            3 if at < list.len() => list[at] = u8::try_from(random.below(256)).unwrap(),
            _ => drop(list.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied())),
        }
    }
}

#[test]
fn damaged_lists_cause_no_panic_and_counts_add_up() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let seed = number("LIST_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("LIST_SEED={seed}");
    let text = "celular;nome;cupom\r\n(11) 90000-0001;\"Ana \"\"A\"\" \r\nLima\";A1\r\n'5511900000002;João;B2\r\n\
                5,51199E+12;Zé;C3\r\n;;\r\n11900000003.0;Bia;\r\n";
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let bases = [text.as_bytes().to_vec(), text.replace(';', ",").into_bytes(), utf16, latin];
    let mut random = Random(seed);
    let (mut read, mut good) = (0, 0);
    for case in 0..number("LISTS").unwrap_or(500) {
        let mut list = bases[random.below(bases.len())].clone();
        damage(&mut list, &mut random);
        // `read_for` compares the counts.
        match read_for(csv(&list), "{nome} {cupom}") {
            Ok((recipients, report)) => {
                assert_eq!(recipients.len() as u64, report.good, "case {case} of LIST_SEED={seed}");
                let lines = report.problems.iter().map(|problem| problem.line);
                let end = 2 + list.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() as u64;
                assert!(lines.clone().is_sorted() && lines.max() <= Some(end), "case {case} of LIST_SEED={seed}");
                assert!(!format!("{report}{report:?}").contains("90000000"), "case {case} of LIST_SEED={seed}");
                read += 1;
                good += report.good;
            }
            Err(error) => assert!(error.to_string().starts_with("list.csv: "), "case {case} of LIST_SEED={seed}"),
        }
    }
    assert!(read > 0 && good > 0, "some lists are still read: LIST_SEED={seed}");
}
