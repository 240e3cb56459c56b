//! When a message shall go out.

use std::time::SystemTime;

/// A point in time, the same all over the world: never a bare wall-clock time, which means another
/// moment in each zone.
///
/// From a [`SystemTime`], and with feature `chatguru` from [`jiff`](crate::jiff)'s `Timestamp` and
/// `Zoned`. `chrono`'s `DateTime` of any zone turns into a `SystemTime` by `into()`.
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
    /// The same, as the standard library has it.
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
        /// What the clocks of a zone show. Refused where that is no moment, or two of them.
        ///
        /// # Errors
        ///
        /// [`UnclearTime`] where clocks are put forward past it, or back over it.
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

    /// Why a wall-clock time is no point in time.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[non_exhaustive]
    pub enum UnclearTime {
        /// Clocks are put forward past it: no clock shows it on that day.
        Skipped,
        /// Clocks are put back over it: they show it twice. Write it with its offset, as a `Zoned`.
        Twice,
        /// Beyond the year 9999.
        OutOfRange,
    }

    impl fmt::Display for UnclearTime {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(match self {
                Self::Skipped => "no clock of this zone shows this time: they are put forward past it",
                Self::Twice => "the clocks of this zone show this time twice: write it with its offset from UTC",
                Self::OutOfRange => "this time is out of range",
            })
        }
    }

    impl std::error::Error for UnclearTime {}
}

#[cfg(feature = "chatguru")]
pub use zoned::UnclearTime;
