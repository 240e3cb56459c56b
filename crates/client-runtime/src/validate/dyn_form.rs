//! A form behind a pointer.
//!
//! Calls use forms only through [`DynForm`], and only [`Call::form`](crate::Call::form) names the implementation. A
//! program that sends no form therefore does not contain the code that validates and encodes one, which is 73 KiB, or 3 %
//! of the smallest program without TLS (28 November 2026).

use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};

use crate::body::form::{Encoding, Form};
use crate::body::segments::EncodedForm;
use crate::body::text_body;
use crate::error::form_error::FormError;
use crate::error::violation::Violation;
use crate::spec::rule::{Constraint, Rule};
use crate::util::future::BoxFuture;
use crate::validate::form;

/// A form, as a call uses it. The bounds are those of [`Form`].
pub(crate) trait DynForm: Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    fn form(&self) -> &Form;

    /// Returns whether a value was given, even if it has a wrong type.
    fn has(&self, name: &str) -> bool;

    /// Returns whether it has files, which must be opened.
    fn has_files(&self) -> bool;

    /// Returns whether it can be sent again, which is not possible with a stream.
    fn is_repeatable(&self) -> bool;

    /// Adds the rules that the form breaks, except for those about the content or the size of files.
    fn check(&self, rules: &[Rule], trims: bool, found: &mut Vec<Violation>);

    /// Adds the rules that the files break.
    fn check_files<'f>(&'f self, rules: &'static [Rule], found: &'f mut Vec<Violation>) -> BoxFuture<'f, ()>;

    /// Opens the files and encodes the form.
    fn encode_files(&self) -> BoxFuture<'_, Result<EncodedForm, FormError>>;

    /// Encodes a form without files.
    fn encode(&self) -> Result<EncodedForm, FormError>;
}

impl DynForm for Form {
    fn form(&self) -> &Form {
        self
    }

    fn has(&self, name: &str) -> bool {
        self.has(name)
    }

    fn has_files(&self) -> bool {
        self.has_files()
    }

    fn is_repeatable(&self) -> bool {
        self.is_repeatable()
    }

    fn check(&self, rules: &[Rule], trims: bool, found: &mut Vec<Violation>) {
        found.extend(self.wrong_types().iter().map(|(name, why)| Violation::own(name, Constraint::Type, why)));
        form::check_form(rules, trims, self, found);
    }

    fn check_files<'f>(&'f self, rules: &'static [Rule], found: &'f mut Vec<Violation>) -> BoxFuture<'f, ()> {
        Box::pin(form::check_files(rules, self, found))
    }

    fn encode_files(&self) -> BoxFuture<'_, Result<EncodedForm, FormError>> {
        Box::pin(async { self.encode(self.open().await?) })
    }

    fn encode(&self) -> Result<EncodedForm, FormError> {
        match self.encoding() {
            Encoding::Multipart => self.encode(Vec::new()),
            Encoding::Json => Ok(text_body::json(self).encoded()),
            Encoding::Root => Ok(text_body::json_root(self).encoded()),
            Encoding::Urlencoded => Ok(text_body::urlencoded(self).encoded()),
        }
    }
}
