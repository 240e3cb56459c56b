//! Where a schema is in the spec, which decides what it can say.

use super::json_type::Type;

/// Whether clients check the limits of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limits {
    Checked,
    /// Those of texts, for the items of a list.
    OfTexts,
    Unchecked,
}

/// Where a schema is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Parameter,
    Form,
    /// A property of an urlencoded form that is sent as `name[key]`, and what it contains.
    DeepObject,
    Json,
    Answer,
}

impl Use {
    /// Whether a value is sent as text, without a type of its own.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Self::Parameter | Self::Form | Self::DeepObject)
    }
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
    /// Whether clients check the limits of a value of this type.
    pub(super) fn checks(self, kind: Type) -> bool {
        self.limits == Limits::Checked || self.limits == Limits::OfTexts && kind == Type::String
    }

    /// The location of a value within this one, where clients check no limits.
    pub(super) fn inner(self) -> Self {
        Self { limits: Limits::Unchecked, ..self }
    }

    /// The location of the items of a list. An urlencoded form has no names for objects in a list.
    pub(super) fn item(self) -> Self {
        let limits = if self.limits == Limits::Checked { Limits::OfTexts } else { Limits::Unchecked };
        let usage = if self.usage == Use::DeepObject { Use::Form } else { self.usage };
        Self { usage, limits, ..self }
    }
}
