"""Reads a provider's own OpenAPI document: its operations, and the schemas of what they send and answer."""

import pathlib
import re
import urllib.parse

import yaml

from repairs import repair

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads scalars as YAML 1.2 does: dates and words such as `on` are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def shape(path):
    """Returns a path without the names of its parameters."""
    return re.sub(r"\{[^}]*\}", "{}", urllib.parse.unquote(path))


def media_type(text):
    """Returns a media type without its parameters, and every kind of JSON as `application/json`."""
    plain = text.split(";")[0].strip().lower()
    return "application/json" if plain.endswith("+json") or plain == "text/json" else plain


def with_text_keys(value):
    """Returns the value with texts as keys, since YAML reads the status `200` as a number."""
    if isinstance(value, dict):
        return {str(key): with_text_keys(one) for key, one in value.items()}
    return [with_text_keys(one) for one in value] if isinstance(value, list) else value


class Operation:
    """An operation of the document, with the parameters of its path."""

    def __init__(self, document, path, method):
        item = document.resolve(document.root["paths"][path])
        self.path, self.method = path, method
        self.own = item[method]
        self.document = document
        listed = [
            document.resolve(one) for one in (self.own.get("parameters") or []) + (item.get("parameters") or [])
        ]
        self.parameters = {(one["in"], one["name"]): one for one in reversed(listed)}

    def body(self):
        """Returns the body's description, or an empty one."""
        return self.document.resolve(self.own.get("requestBody"))

    def answers(self):
        """Returns each documented answer with the status that is sent for it: `(documented, sent, answer)`."""
        listed = {status: self.document.resolve(one) for status, one in (self.own.get("responses") or {}).items()}
        has_success = any(status.startswith("2") for status in listed)
        sent = {"1XX": 100, "2XX": 200, "3XX": 300, "4XX": 422, "5XX": 503, "default": 500 if has_success else 200}
        return [
            (status, sent.get(status) or sent.get(status.upper()) or int(status), one)
            for status, one in listed.items()
        ]


class Document:
    """A provider's OpenAPI document."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.root = with_text_keys(yaml.load(self.path.read_text(), Loader))  # noqa: S506, it is a safe loader
        self.is_30 = str(self.root["openapi"]).startswith("3.0")
        self.errors = repair(self)

    @property
    def name(self):
        """Returns the name that `.ci/real-specs` gives the document's client."""
        return re.sub(r"[_.]", "-", self.path.stem.lower())

    def resolve(self, value):
        """Follows references. Returns an empty object for nothing, and for a reference to nothing in this document."""
        for _ in range(100):
            if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
                return {} if value is None else value
            value = self.target(value["$ref"])
        return {}

    def target(self, reference):
        target = self.root
        for key in urllib.parse.unquote(reference).lstrip("#/").split("/"):
            key = key.replace("~1", "/").replace("~0", "~")
            try:
                target = target[int(key)] if isinstance(target, list) else target[key]
            except (LookupError, TypeError, ValueError):
                return None
        return target

    def operation(self, path, method):
        """Returns the operation at a path, whose parameters may have other names.

        Paths of some documents differ only in these names, so the path with most of the names is taken.
        """
        names = lambda path: [re.sub(r"[\W_]", "", name).lower() for name in re.findall(r"\{([^}]*)\}", path)]
        alike = lambda other: sum(one == same for one, same in zip(names(other), names(path)))
        found = [
            other
            for other, item in self.root["paths"].items()
            if shape(other) == shape(path) and method in self.resolve(item)
        ]
        if not found:
            raise LookupError(f"{self.path.name} has no {method} {path}")
        return Operation(self, max(found, key=alike), method)

    def example_values(self, holder):
        """Returns the examples of a media type or a parameter."""
        examples = holder.get("examples") or {}
        listed = (
            [self.resolve(one).get("value") for one in examples.values()] if isinstance(examples, dict) else examples
        )
        return [one for one in [holder.get("example"), *listed] if one is not None]

    def server(self):
        """Returns the URL of the first server, with the defaults of its variables."""
        server = (self.root.get("servers") or [{"url": "/"}])[0]
        url = server["url"]
        for name, variable in (server.get("variables") or {}).items():
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
        return url
