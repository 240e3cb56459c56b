//! A form as the body of a call.
//!
//! Reached through [`Posted`] alone, and only [`Call::form`](crate::Call::form) names what does it: in a program that
//! sends no form, what checks and encodes one is compiled but not linked.

use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};

use crate::body::form::Form;
use crate::body::segments::EncodedForm;
use crate::error::form_error::FormError;
use crate::error::violation::Violation;
use crate::spec::rule::{Constraint, Rule};
use crate::util::future::Later;
use crate::validate::form;

/// The bounds are those of a form.
pub(crate) trait Posted: Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    fn form(&self) -> &Form;

    /// Whether a value was given, if only one of a wrong type.
    fn has(&self, name: &str) -> bool;

    /// Whether there are files in it, so that it has to be looked into them.
    fn has_files(&self) -> bool;

    /// Whether it can be sent a second time: it has no stream.
    fn is_repeatable(&self) -> bool;

    /// What breaks the rules, but for what needs the content or the size of files.
    fn check(&self, rules: &[Rule], trims: bool, found: &mut Vec<Violation>);

    /// What breaks the rules for files.
    fn check_files<'f>(&'f self, rules: &'static [Rule], found: &'f mut Vec<Violation>) -> Later<'f, ()>;

    /// Opens the files and writes what stands around them.
    fn encode_files(&self) -> Later<'_, Result<EncodedForm, FormError>>;

    /// Writes it, if it has no files.
    fn encode(&self) -> Result<EncodedForm, FormError>;
}

impl Posted for Form {
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
        found.extend(self.flaws().iter().map(|name| Violation::own(name, Constraint::Type, "")));
        form::check_form(rules, trims, self, found);
    }

    fn check_files<'f>(&'f self, rules: &'static [Rule], found: &'f mut Vec<Violation>) -> Later<'f, ()> {
        Box::pin(form::check_files(rules, self, found))
    }

    fn encode_files(&self) -> Later<'_, Result<EncodedForm, FormError>> {
        Box::pin(async { self.encode(self.open().await?) })
    }

    fn encode(&self) -> Result<EncodedForm, FormError> {
        self.encode(Vec::new())
    }
}
