//! The options of lists.

use std::path::PathBuf;

use clap::Args;
use zap_outbox::recipients::{Csv, ListError};

/// A list, and how to read it.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The CSV file with the recipients. Its first row has the names of the
    /// columns
    #[arg(value_name = "LIST.csv")]
    pub list: PathBuf,

    /// The column with the phone number [default: the one called number, phone,
    /// telefone or celular]
    #[arg(long, value_name = "NAME", help_heading = "List")]
    number_column: Option<String>,

    /// The country of numbers without a country code
    #[arg(long, value_name = "CODE", default_value = "BR", help_heading = "List")]
    country: String,
}

impl ListArgs {
    /// Opens the list.
    pub fn open(&self) -> Result<Csv, ListError> {
        let csv = Csv::open(&self.list)?.region(self.country.to_ascii_uppercase());
        Ok(match &self.number_column {
            Some(name) => csv.number_column(name),
            None => csv,
        })
    }
}
