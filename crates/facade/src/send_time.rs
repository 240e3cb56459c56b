//! The time at which to send a message.

use std::time::SystemTime;

/// The moment at which to send a message.
///
/// It is not a wall-clock time, which is a different moment in each time zone. Create it from a [`SystemTime`], or,
/// with the feature `chatguru`, from a `Timestamp` or `Zoned` of [`jiff`](crate::jiff). A `chrono::DateTime` of any
/// zone converts to a `SystemTime` with `into()`.
///
/// ```
/// # #[cfg(feature = "chatguru")] {
/// use zap_facade::SendTime;
/// use zap_facade::jiff::{Zoned, civil::date, tz::TimeZone};
///
/// let lisbon = TimeZone::get("Europe/Lisbon")?;
/// let tomorrow_at_nine = SendTime::local(date(2027, 3, 1).at(9, 0, 0, 0), &lisbon)?;
/// let written_out: Zoned = "2027-03-01T06:00-03:00[America/Sao_Paulo]".parse()?;
/// assert_eq!(tomorrow_at_nine, SendTime::from(written_out));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendTime(SystemTime);

impl SendTime {
    /// Returns the moment as a [`SystemTime`].
    #[must_use]
    pub fn system_time(self) -> SystemTime {
        self.0
    }
}

impl From<SystemTime> for SendTime {
    fn from(time: SystemTime) -> Self {
        Self(time)
    }
}

#[cfg(feature = "chatguru")]
mod zoned {
    use std::fmt;

    use jiff::civil::DateTime;
    use jiff::tz::{AmbiguousOffset, TimeZone};
    use jiff::{Timestamp, Zoned};

    use super::SendTime;

    impl SendTime {
        /// Returns the moment at which the clocks of a time zone show `time`.
        ///
        /// # Errors
        ///
        /// Returns an error if the clocks of the zone never show the time, or show it twice, because they are put
        /// forward or back. Also returns an error if the time is out of range.
        pub fn local(time: DateTime, zone: &TimeZone) -> Result<Self, UnclearTime> {
            match zone.to_ambiguous_timestamp(time).offset() {
                AmbiguousOffset::Gap { .. } => Err(UnclearTime::Skipped),
                AmbiguousOffset::Fold { .. } => Err(UnclearTime::Twice),
                AmbiguousOffset::Unambiguous { offset } => {
                    offset.to_timestamp(time).map(Self::from).map_err(|_| UnclearTime::OutOfRange)
                }
            }
        }
    }

    impl From<Timestamp> for SendTime {
        fn from(time: Timestamp) -> Self {
            Self(time.into())
        }
    }

    impl From<&Zoned> for SendTime {
        fn from(time: &Zoned) -> Self {
            time.timestamp().into()
        }
    }

    impl From<Zoned> for SendTime {
        fn from(time: Zoned) -> Self {
            Self::from(&time)
        }
    }

    /// The error for a wall-clock time that is not exactly one moment.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum UnclearTime {
        /// The clocks of the zone never show it, because they are put forward past it.
        Skipped,
        /// The clocks of the zone show it twice, because they are put back. Use a `Zoned`, which has the offset
        /// from UTC.
        Twice,
        /// It is later than the year 9999.
        OutOfRange,
    }

    impl fmt::Display for UnclearTime {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self {
                Self::Skipped => "the clocks of this zone never show this time, because they are put forward past it: choose another time",
                Self::Twice => "the clocks of this zone show this time twice: write it with its offset from UTC",
                Self::OutOfRange => "this time is out of range: use one before the year 9999",
            })
        }
    }

    impl std::error::Error for UnclearTime {}
}

#[cfg(feature = "chatguru")]
pub use zoned::UnclearTime;
