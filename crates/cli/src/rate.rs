//! Rates as people write them.

use std::time::Duration;

use zap_outbox::model::Rate;

/// Reads `5/s`, `30/min` or `100/h`.
pub fn parse(text: &str) -> Result<Rate, String> {
    let examples = || format!("`{}` is not a rate; examples: 5/s, 0.5/s, 30/min, 600/h", text.escape_debug());
    let (number, unit) = text.split_once('/').ok_or_else(examples)?;
    let seconds = match unit.trim() {
        "s" | "sec" | "second" => 1.0,
        "m" | "min" | "minute" => 60.0,
        "h" | "hour" => 3600.0,
        _ => return Err(examples()),
    };
    let number: f64 = number.trim().parse().map_err(|_| examples())?;
    Rate::per_second(number / seconds).map_err(|error| error.to_string())
}

/// Writes a rate: `5/s`, `30/min`, or `no limit`.
pub fn shown(rate: Rate) -> String {
    let interval = rate.interval();
    if interval == Duration::ZERO {
        return "no limit".to_owned();
    }
    let per_second = 1.0 / interval.as_secs_f64();
    // Intervals are rounded up to microseconds.
    let tidy = |number: f64| {
        let text = format!("{number:.2}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if per_second >= 1.0 { format!("{}/s", tidy(per_second)) } else { format!("{}/min", tidy(per_second * 60.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_per_second_minute_and_hour() {
        for (text, micros) in [("5/s", 200_000), ("30/min", 2_000_000), ("0.5 / s", 2_000_000), ("3600/h", 1_000_000)] {
            assert_eq!(parse(text).unwrap().interval(), Duration::from_micros(micros), "{text}");
        }
        for text in ["5", "/s", "x/s", "5/week", ""] {
            assert!(parse(text).unwrap_err().contains("30/min"), "{text}");
        }
        for text in ["0/s", "-1/s", "nan/s", "inf/s", "1000000/s"] {
            assert!(parse(text).unwrap_err().contains("between one message a day"), "{text}");
        }
    }

    #[test]
    fn a_rate_is_shown_as_it_was_written() {
        for text in ["5/s", "30/min", "1.5/s", "0.5/min", "7/s"] {
            assert_eq!(shown(parse(text).unwrap()), text);
        }
        assert_eq!(shown(Rate::UNLIMITED), "no limit");
    }
}
