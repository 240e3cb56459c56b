"""Removes the errors of a document that make every request or answer invalid, and names each."""

import re

# Keys whose values are data and not schemas.
DATA = {"example", "examples", "default", "enum", "const"}
TYPES = {"array", "boolean", "integer", "null", "number", "object", "string"}
# Types that documents write, and those of OpenAPI that they stand for.
FOREIGN = {
    "bool": "boolean",
    "date": "string",
    "date-time": "string",
    "datetime": "string",
    "decimal": "number",
    "double": "number",
    "file": "string",
    "float": "number",
    "int": "integer",
    "int32": "integer",
    "int64": "integer",
    "list": "array",
    "long": "integer",
    "text": "string",
    "uuid": "string",
}


def repair(document):
    """Repairs a document in place. Returns what was wrong, a sentence each."""
    repaired = []
    repair_references(document.root, repaired)
    paths = document.root["paths"]
    for path in list(paths):
        # Some servers write their routes so.
        written = re.sub(r"/:(\w+)", r"/{\1}", path)
        if written != path:
            repaired.append(f"{path}: `:name` is not a parameter of a path in OpenAPI; read as `{{name}}`")
            paths[written] = paths.pop(path)
    for path in [one for one in paths if "?" in one]:
        plain, _, query = path.partition("?")
        repaired.append(f"{path}: a path contains no query; read as parameters")
        item = paths.pop(path)
        for method in [one for one in item if one not in paths.setdefault(plain, {})]:
            paths[plain][method] = item[method]
        for name, value in (pair.split("=", 1) for pair in query.split("&") if "=" in pair):
            add_query(document, paths[plain], name, value)
    for path, item in paths.items():
        for holder in [item, *(one for one in item.values() if isinstance(one, dict))]:
            for one in list(holder.get("parameters") or []):
                parameter = document.resolve(one)
                if parameter.get("in") == "path" and f"{{{parameter['name']}}}" not in path:
                    repaired.append(
                        f"{path}: the path does not contain its parameter `{parameter['name']}`; taken out"
                    )
                    holder["parameters"].remove(one)
    repair_places(document, repaired)
    repair_required(document, document.root, "", set(), repaired)
    return list(dict.fromkeys(repaired))


def repair_places(document, repaired):
    """Takes out parameters in places that OpenAPI does not have, such as `body` of Swagger 2."""
    for path, item in document.root["paths"].items():
        for holder in [item, *(one for one in item.values() if isinstance(one, dict))]:
            for one in list(holder.get("parameters") or []):
                parameter = document.resolve(one)
                if parameter.get("in") not in ("path", "query", "header", "cookie"):
                    place = f"`{parameter.get('name')}` in `{parameter.get('in')}`"
                    repaired.append(f"{path}: OpenAPI has no parameter {place}; taken out")
                    holder["parameters"].remove(one)


def repair_references(value, repaired):
    """Corrects references without a slash, and replaces those into other documents, which are not read, by any value."""
    if isinstance(value, list):
        for one in value:
            repair_references(one, repaired)
    if not isinstance(value, dict):
        return
    reference = value.get("$ref")
    if isinstance(reference, str) and not reference.startswith("#"):
        repaired.append(f"`{reference}` is in another document; taken for any value")
        del value["$ref"]
    elif isinstance(reference, str) and not reference.startswith("#/"):
        repaired.append(f"`{reference}` has no `/` after the `#`; added")
        value["$ref"] = "#/" + reference[1:]
    for inner in value.values():
        repair_references(inner, repaired)


def add_query(document, item, name, value):
    """Adds a parameter that is part of a path's query. `{x}` has the schema of the parameter `x` of the path."""
    for operation in [one for one in item.values() if isinstance(one, dict)]:
        declared = [document.resolve(one) for one in operation.setdefault("parameters", [])]
        own = next((one.get("schema") for one in declared if f"{{{one.get('name')}}}" == value), None)
        schema = own or ({"type": "string"} if value.startswith("{") else {"type": "string", "enum": [value]})
        operation["parameters"].append({"name": name, "in": "query", "schema": schema})


def names_of(document, schema, depth=0):
    """Returns the names of the properties that a schema describes, with those of its parts and alternatives."""
    schema = document.resolve(schema)
    if not isinstance(schema, dict) or depth > 10:
        return set()
    names = set(schema.get("properties") or {})
    for key in ("allOf", "oneOf", "anyOf"):
        for part in schema.get(key) or []:
            names |= names_of(document, part, depth + 1)
    return names


def open_parts(document, schema, place, repaired):
    """Opens the parts of an `allOf` that allow no property of the other parts."""
    names = names_of(document, schema)
    for part in [schema, *map(document.resolve, schema["allOf"])]:
        own = set(part.get("properties") or {})
        if part.get("additionalProperties") is False and names - own:
            others = ", ".join(f"`{name}`" for name in sorted(names - own)[:3])
            repaired.append(f"{place}: a part of `allOf` allows no property of the others, such as {others}; opened")
            del part["additionalProperties"]


def repair_required(document, value, place, around, repaired):
    if isinstance(value, list):
        for index, one in enumerate(value):
            repair_required(document, one, f"{place}/{index}", around, repaired)
    if not isinstance(value, dict):
        return
    if isinstance(value.get("allOf"), list):
        open_parts(document, value, place, repaired)
    kind = value.get("type")
    if isinstance(kind, str) and kind.lower() in FOREIGN and kind not in TYPES:
        value["type"] = FOREIGN[kind.lower()]
        repaired.append(f"{place}: the type `{kind}` is not one of OpenAPI's; read as `{value['type']}`")
        if kind.lower() == "file":
            value["format"] = "binary"
    elif isinstance(kind, str) and kind not in TYPES and "securitySchemes" not in place:
        repaired.append(f"{place}: the type `{kind}` is not one of OpenAPI's; taken out")
        del value["type"]
    names = around
    if isinstance(value.get("properties"), dict):
        names = around | names_of(document, value)
        required = value.get("required")
        if isinstance(required, list) and not isinstance(value.get("additionalProperties"), dict):
            for name in [one for one in required if one not in names]:
                repaired.append(f"{place}: `{name}` is required, but is not described; taken out")
                required.remove(name)
    for key, inner in value.items():
        if key == "properties" and isinstance(inner, dict):
            for name, one in inner.items():
                repair_required(document, one, f"{place}/properties/{name}", set(), repaired)
        elif key not in DATA:
            composed = names if key in ("allOf", "oneOf", "anyOf") else set()
            repair_required(document, inner, f"{place}/{key}", composed, repaired)
