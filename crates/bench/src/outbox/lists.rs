//! Lists of recipients.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use crate::load::Failure;

/// What is sent to each recipient.
pub const TEXT: &str = "Olá {nome}, seu cupom: {cupom}";

/// Returns the path of the list in a folder.
pub fn list(folder: &Path) -> PathBuf {
    folder.join("list.csv")
}

/// Writes a list with this many recipients.
pub fn write(folder: &Path, recipients: usize) -> Result<(), Failure> {
    let mut list = BufWriter::new(File::create(list(folder))?);
    writeln!(list, "celular,nome,cupom")?;
    for at in 0..recipients {
        writeln!(list, "+5511{},Cliente {at},C{at}", number(at))?;
    }
    list.flush()?;
    Ok(())
}

/// Returns the digits of a number after the area code. Lists of customers are not in the order of their numbers.
fn number(at: usize) -> String {
    // A prime, so that all numbers differ.
    format!("9{:08}", at * 61_803_399 % 100_000_000)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_numbers_of_a_million_recipients_differ() {
        let numbers: HashSet<_> = (0..1_000_000).map(number).collect();
        assert_eq!(numbers.len(), 1_000_000);
        assert!(numbers.iter().all(|number| number.len() == 9));
    }
}
