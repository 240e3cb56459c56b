"""Fits values of the document into the client's types, as a caller does by the descriptions of the fields."""

import json

SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


def fitted(value, schema, style):
    """Returns a value for a setter. `schema` is that of the house spec, and `style` the document's of the list.

    A list or an object that is sent as one value is a text in the client, and a list of files is one file.
    """
    if not isinstance(value, (list, dict)) or schema.get("type") != "string":
        return value
    if schema.get("format") == "binary":
        return value[0]
    if (
        schema.get("x-format") == "json"
        or isinstance(value, dict)
        or any(isinstance(one, (list, dict)) for one in value)
    ):
        return json.dumps(value)
    return SEPARATORS.get(style.get("style"), ",").join(map(str, value))


def fitted_form(body, properties, encoding):
    """Returns the fields of a form for their setters."""
    return {name: fitted(value, properties.get(name) or {}, encoding.get(name) or {}) for name, value in body.items()}
