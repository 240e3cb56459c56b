//! Reads lists of recipients from CSV files, and checks them row by row.
//!
//! A list has a header, and a column with the phone number called `number`, `phone`, `telefone` or `celular`. The other
//! columns fill the placeholders of the message:
//!
//! ```
//! use zap_outbox::recipients::{Csv, Template};
//!
//! let list = "Celular;Nome;Cupom\n(11) 90000-0001;Ana;A1\n11 90000-0002;Bia;B2\n11 90000-00;Caio;C3\n";
//! let text = Template::parse("Olá {nome}, seu cupom: {cupom}")?;
//!
//! let mut recipients = Csv::from_reader("list.csv", list.as_bytes()).read([&text])?;
//! for recipient in &mut recipients {
//!     let recipient = recipient?;
//!     println!("{}: {}", recipient.number, text.fill(&recipient.params)?);
//! }
//! let report = recipients.finish()?;
//! assert_eq!((report.rows, report.good, report.invalid), (3, 2, 1));
//! assert_eq!(report.problems[0].line, 4);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is read
//!
//! - **Encoding.** UTF-8 with or without a byte order mark, UTF-16 with one, and Windows-1252. Bytes that are not UTF-8
//!   mean Windows-1252 if everything before them was ASCII. Otherwise the rows with such bytes are reported.
//! - **Delimiter.** `,`, `;`, a tab or `|`: the one with which the header has a column for the number, and most rows have
//!   as many fields as the header. A first line `sep=;`, which Excel understands, decides it.
//! - **Line breaks.** LF, CRLF and CR. In values, all become LF.
//! - **Quotes.** A field in quotation marks can contain delimiters and line breaks. If a quotation mark is not closed, its
//!   line is reported, and reading continues on the next line.
//! - **Columns.** Names are compared without regard to case, accents and surrounding space.
//! - **Numbers.** As people of a region type them; see [`PhoneNumber::parse_in`](zap_facade::PhoneNumber::parse_in).
//!   What spreadsheets do to numbers is undone if nothing was lost ([`Repair`]), and reported otherwise.
//!
//! # Personal data
//!
//! A report never shows more than the last four digits of a number. It shows no other values, only the names of columns.
//!
//! # Memory and time
//!
//! Rows are read one at a time. 15 to 30 bytes are kept for each different number, to find duplicates.

mod check;
mod column_name;
mod columns;
mod csv;
mod decode;
mod delimiter;
mod digest;
mod error;
mod number;
mod problem;
mod reader;
mod recipient;
mod report;
mod rows;
mod seen;
mod template;
mod values;

pub use column_name::NUMBER_COLUMNS;
pub use csv::Csv;
pub use decode::Encoding;
pub use digest::Digest;
pub use error::ListError;
pub use number::Repair;
pub use problem::{Problem, ProblemKind};
pub use reader::Recipients;
pub use recipient::Recipient;
pub use report::Report;
pub use template::{InvalidTemplate, MissingValue, Template};
