//! Where a schema is in the spec, which decides what it can say.

/// Whether clients check the limits of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limits {
    Checked,
    Unchecked,
}

/// Where a schema is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Parameter,
    Form,
    Json,
    Answer,
}

/// The location of a schema in the spec.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    pub usage: Use,
    /// The name of the schema around it.
    pub stem: &'p str,
    /// The name of the property or parameter.
    pub name: &'p str,
    /// Whether clients check the limits here.
    pub limits: Limits,
}

impl Place<'_> {
    /// The location of a value within this one, where clients check no limits.
    pub(super) fn inner(self) -> Self {
        Self { limits: Limits::Unchecked, ..self }
    }
}
