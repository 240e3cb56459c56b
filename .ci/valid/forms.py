"""Reads forms, as the second judge of what openapi-core cannot read."""

import email
import json
import re
import urllib.parse

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
TYPES = {bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}


def form_value(document, schema, received):
    """Returns the value of a form, in which each text has the type of its schema."""
    return typed(document, schema, tree(pairs(received)))


def pairs(received):
    """Returns the fields of a form as names and texts."""
    if received.media_type() == FORMS[1]:
        return urllib.parse.parse_qsl(received.body.decode(), keep_blank_values=True)
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    parts = email.message_from_bytes(head + received.body).get_payload()
    text = lambda part: part.get_payload(decode=True).decode("utf-8", "replace")
    return [(part.get_param("name", header="content-disposition"), text(part)) for part in parts]


def tree(fields):
    """Returns fields such as `a[b][]` as objects that contain lists of texts."""
    root = {}
    for name, text in fields:
        first, *keys = (
            re.split(r"\]\[|\[|\]$", name.removesuffix("[]")) if re.fullmatch(r"[^\[\]]+(\[\w*\])+", name) else [name]
        )
        node = root
        path = [first, *(key for key in keys if key)]
        for key in path[:-1]:
            node = node.setdefault(key, {})
        node.setdefault(path[-1], []).append(text)
    return root


def typed(document, schema, node):
    """Returns a part of a form with the types of its schema."""
    if isinstance(node, dict):
        return {name: typed(document, part_of(document, schema, name), one) for name, one in node.items()}
    kinds = types_of(document, schema)
    if "array" in kinds:
        items = part_of(document, schema, None)
        return [typed(document, items, [text]) for text in node]
    try:
        plain = json.loads(node[0])
    except ValueError:
        return node[0]
    kind = TYPES.get(type(plain))
    return plain if kind in kinds or kind == "integer" and "number" in kinds else node[0]


def parts_of(document, schema):
    """Returns a schema with those that it is composed of."""
    schema = document.resolve(schema)
    found = [schema]
    for key in ("allOf", "oneOf", "anyOf"):
        for part in schema.get(key) or []:
            found += parts_of(document, part)
    return found


def part_of(document, schema, name):
    """Returns the schema of a property, or of the items of a list if `name` is `None`."""
    for part in parts_of(document, schema):
        inner = part.get("items") if name is None else (part.get("properties") or {}).get(name)
        if inner is not None:
            return inner
    more = next(
        (part["additionalProperties"] for part in parts_of(document, schema) if "additionalProperties" in part), {}
    )
    return more if isinstance(more, dict) else {}


def types_of(document, schema):
    """Returns the types that a schema allows."""
    kinds = [part.get("type") or [] for part in parts_of(document, schema)]
    return {kind for one in kinds for kind in ([one] if isinstance(one, str) else one)}
