//! The objects and open enums.

use std::collections::BTreeSet;

use super::docs::described;
use crate::document::{At, Result};
use crate::model::{EnumValue, Object, OpenEnum, Property};
use crate::names::{field, pascal_case};
use crate::schema::shape;

pub(super) fn read_open_enum(name: &str, at: &At<'_>) -> Result<OpenEnum> {
    let kind = at.need("type")?;
    let integer = match kind.text()? {
        "integer" => true,
        "string" => false,
        other => return Err(kind.error(format!("an open enum of type {other} is not supported"))),
    };
    let (mut names, mut wires) = (BTreeSet::new(), BTreeSet::new());
    let values = at.need("x-open-enum")?.items()?.into_iter().map(|value| {
        let wire = value.need("value")?;
        if !wires.insert(wire.scalar()?.to_string()) {
            return Err(wire.error(format!("`{name}` has this value twice")));
        }
        if wire.scalar()?.is_i64() != integer {
            return Err(wire.error(format!("a value of `{name}` must be of its type")));
        }
        let variant = value.need("name")?;
        if variant.text()? == "Unknown" {
            return Err(variant.error("`Unknown` is for the values that are not listed: choose another name"));
        }
        if !names.insert(variant.text()?) {
            return Err(variant.error(format!("`{name}` has this name twice")));
        }
        Ok(EnumValue {
            value: wire.scalar()?.clone(),
            name: pascal_case(&variant, variant.text()?)?,
            description: value.get_text("description")?.unwrap_or_default().trim().to_owned(),
        })
    });
    Ok(OpenEnum {
        name: name.to_owned(),
        description: at.get_text("description")?.unwrap_or_default().trim().to_owned(),
        integer,
        values: values.collect::<Result<_>>()?,
    })
}

pub(super) fn read_object(at: &At<'_>) -> Result<Object> {
    let required = at.get("required").map_or(Ok(Vec::new()), |at| at.texts())?;
    let properties = at.need("properties")?.entries()?;
    if let Some(missing) = required.iter().find(|name| !properties.iter().any(|(property, _)| property == name)) {
        return Err(at.error(format!("`{missing}` is required, but is not a property")));
    }
    let mut fields = BTreeSet::new();
    let properties = properties.into_iter().map(|(name, property)| {
        if !fields.insert(field(name)) {
            return Err(property.error(format!("another property is called `{}` in Rust as well", field(name))));
        }
        Ok(Property {
            name: name.to_owned(),
            required: required.iter().any(|required| required == name),
            nullable: property.is_true("nullable"),
            shape: shape(&property)?,
            description: described(&property, name)?,
        })
    });
    let properties = properties.collect::<Result<_>>()?;
    let empty_is_absent = match at.get("x-empty-is-absent") {
        Some(at) if !at.scalar().is_ok_and(|value| *value == true) => {
            return Err(at.error("`x-empty-is-absent` is `true`, or left out"));
        }
        extension => extension.is_some(),
    };
    Ok(Object { empty_is_absent, properties })
}
