//! Writes values as JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

/// Numbers from here on are not all exact, so they keep the form that shows it. `2^53`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns a value as JSON, in which a number without a fraction is written as an integer: `2039` and not `2039.0`.
///
/// Both are the same number. A server that reads it into an integer refuses the second.
pub(crate) fn json_text<T: Serialize>(value: &T) -> serde_json::Result<String> {
    let mut bytes = Vec::with_capacity(128);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, WholeNumbers))?;
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// Writes compact JSON.
struct WholeNumbers;

impl Formatter for WholeNumbers {
    fn write_f32<W: Write + ?Sized>(&mut self, writer: &mut W, value: f32) -> io::Result<()> {
        if value.fract() == 0.0 && f64::from(value.abs()) < EXACT {
            self.write_f64(writer, f64::from(value))
        } else {
            serde_json::ser::CompactFormatter.write_f32(writer, value)
        }
    }

    fn write_f64<W: Write + ?Sized>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        if value.fract() == 0.0 && value.abs() < EXACT {
            // Without a sign, since `-0` is no integer.
            write!(writer, "{:.0}", if value == 0.0 { 0.0 } else { value })
        } else {
            serde_json::ser::CompactFormatter.write_f64(writer, value)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::json_text;

    #[test]
    fn a_number_without_a_fraction_is_written_as_an_integer() {
        for (number, expected) in [
            (2039.0, "2039"),
            (-3.0, "-3"),
            (0.0, "0"),
            (-0.0, "0"),
            (1.5, "1.5"),
            (-0.25, "-0.25"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (9_007_199_254_740_992.0, "9007199254740992.0"),
            (1e300, "1e+300"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
        ] {
            assert_eq!(json_text(&number).expect("it can be written"), expected);
        }
    }

    #[test]
    fn everything_else_is_written_as_serde_json_writes_it() {
        let value = json!({ "a": [1, -2, u64::MAX, null, true, "é\"\n"], "b": { "c": [] } });
        assert_eq!(json_text(&value).expect("it can be written"), value.to_string());
        assert_eq!(json_text(&json!([7.0, 7.5])).expect("it can be written"), "[7,7.5]");
        assert_eq!(json_text(&[7_f32, 0.1]).expect("it can be written"), "[7,0.1]");
    }
}
