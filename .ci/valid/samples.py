"""Makes values from the schemas of a provider's document."""

import base64
import json
import random

import exrex

# Texts with characters that JSON, URLs and forms escape.
ODD_TEXTS = ['say "é?"', "a/b&c=d+e %41", "tab\tand\nline", "São João 😀", "\\u0041 \\", "<b>#1;</b>", "' OR 1"]
FORMATS = {
    "date-time": "2026-01-05T14:30:00Z",
    "date": "2026-01-05",
    "time": "14:30:00Z",
    "uri": "https://hook.example/a?b=c",
    "url": "https://hook.example/a?b=c",
    "uri-map": "text",
    "email": "maria@mail.example",
    "uuid": "0b5e7a3c-6a1f-4c0d-9a38-0c6f4b7d2e11",
    "ipv4": "192.0.2.7",
    "ipv6": "2001:db8::7",
    "hostname": "hook.example",
    "http-method": "POST",
    "byte": base64.b64encode(b"bytes").decode(),
    "binary": "\ufeffbytes of a file",
}
# How values are made: with the required properties or with all; with plain values or with those at a limit.
MODES = ["minimal", "maximal", "examples", "lowest", "highest", "random 1", "random 2", "random 3"]
# The name of a property that only `additionalProperties` allows.
MORE = "more-key"
DEEPEST = 7
MOST_NODES = 3000


def same_type(schema, other):
    """Returns what both lists of types allow, or the one that is given."""
    lists = [[one] if isinstance(one, str) else one for one in (schema, other) if one]
    if len(lists) < 2:
        return lists[0] if lists else None
    both = [one for one in lists[0] if one in lists[1]]
    return both or (["integer"] if "integer" in lists[0] + lists[1] else lists[0])


class Maker:
    """Makes a value in one mode. `is_sent` says that it is part of a request, and `place` where it is sent."""

    def __init__(self, document, mode, is_sent, place="body", alternative=0):
        self.document, self.mode, self.is_sent, self.place, self.alternative = (
            document,
            mode,
            is_sent,
            place,
            alternative,
        )
        self.random = random.Random(f"{mode} {place} {alternative}")
        self.nodes = 0

    def is_random(self):
        return self.mode.startswith("random")

    def merged(self, schema, depth=0):
        """Returns a schema with its references, `allOf` and one of its alternatives as one."""
        schema = self.document.resolve(schema)
        if not isinstance(schema, dict):
            return {}
        result = {key: value for key, value in schema.items() if key not in ("allOf", "oneOf", "anyOf")}
        parts = list(schema.get("allOf") or [])
        for key in ("oneOf", "anyOf"):
            listed = [one for one in schema.get(key) or [] if self.document.resolve(one).get("type") != "null"]
            if listed:
                index = self.random.randrange(len(listed)) if self.is_random() else self.alternative % len(listed)
                parts.append(listed[index])
        for part in parts if depth < 20 else []:
            self.combine(result, self.merged(part, depth + 1))
        return result

    def combine(self, result, part):
        properties = dict(result.get("properties") or {})
        for name, schema in (part.get("properties") or {}).items():
            properties[name] = {"allOf": [properties[name], schema]} if name in properties else schema
        kind = same_type(result.get("type"), part.get("type"))
        required = list(dict.fromkeys((result.get("required") or []) + (part.get("required") or [])))
        for key, value in part.items():
            if key == "enum" and key in result:
                value = [one for one in result[key] if one in value] or value
            if key == "enum" or key not in result:
                result[key] = value
        if properties:
            result["properties"] = properties
        if required:
            result["required"] = required
        if kind:
            result["type"] = kind

    def make(self, schema, depth=0):
        """Returns a value of a schema."""
        self.nodes += 1
        schema = self.merged(schema)
        if "const" in schema:
            return schema["const"]
        if self.mode == "examples":
            examples = self.document.example_values(schema)
            # The examples of objects are often older than their properties.
            if examples and not isinstance(examples[0], (dict, list)):
                return str(examples[0]) if self.type_of(schema) == "string" else examples[0]
        is_nullable = "null" in (schema.get("type") or []) or schema.get("nullable")
        if (
            is_nullable
            and not self.is_sent
            and (self.mode == "nulls" or self.is_random() and self.random.random() < 0.3)
        ):
            return None
        values = [one for one in schema.get("enum") or [] if one is not None]
        if values:
            return self.random.choice(values) if self.is_random() else values[-1 if self.mode == "highest" else 0]
        kind = self.type_of(schema)
        return getattr(self, f"make_{kind}")(schema, depth)

    def type_of(self, schema):
        kinds = schema.get("type")
        kinds = [one for one in ([kinds] if isinstance(kinds, str) else kinds or []) if one != "null"]
        known = [one for one in kinds if hasattr(self, f"make_{one}")]
        if known:
            return self.random.choice(known) if self.is_random() else known[self.alternative % len(known)]
        if schema.get("properties") or isinstance(schema.get("additionalProperties"), dict):
            return "object"
        return "array" if "items" in schema else "any"

    def make_object(self, schema, depth):
        required = set(schema.get("required") or [])
        value = {}
        for name, inner in (schema.get("properties") or {}).items():
            flags = self.merged(inner)
            if flags.get("readOnly" if self.is_sent else "writeOnly"):
                continue
            if name in required or self.wants_optional(depth):
                value[name] = self.make(inner, depth + 1)
        more = schema.get("additionalProperties")
        least = schema.get("minProperties") or 0
        if isinstance(more, dict) and self.wants_optional(depth) or (more is not False and len(value) < least):
            inner = more if isinstance(more, dict) else {"type": "string"}
            for number in range(max(1, least - len(value))):
                value[f"{MORE}{number or ''}"] = self.make(inner, depth + 1)
        return value

    def wants_optional(self, depth):
        if self.mode == "minimal" or depth > DEEPEST or self.nodes > MOST_NODES:
            return False
        return not self.is_random() or self.random.random() < (0.7 if depth == 0 else 0.5)

    def make_array(self, schema, depth):
        # Only JSON can express an empty list.
        least = max(schema.get("minItems") or 0, int(self.place != "body"))
        most = schema.get("maxItems") if schema.get("maxItems") is not None else max(least, 3)
        count = {"minimal": max(least, 1), "lowest": least, "highest": min(most, 20)}.get(
            self.mode, max(least, min(most, 2))
        )
        if self.is_random():
            count = self.random.randint(least, max(least, min(most, 3)))
        if depth > DEEPEST or self.nodes > MOST_NODES:
            count = least
        values = []
        for _ in range(count):
            value = self.make(schema.get("items") or {}, depth + 1)
            if not schema.get("uniqueItems") or value not in values:
                values.append(value)
        return values

    def make_string(self, schema, _):
        least, most = schema.get("minLength") or 0, schema.get("maxLength")
        if schema.get("pattern"):
            return self.of_pattern(schema["pattern"], least, most)
        if schema.get("format") in FORMATS:
            return FORMATS[schema["format"]]
        text = "text"
        if self.is_random():
            text = self.odd_text()
        if self.mode == "lowest":
            text = "x" * max(least, 1)
        if self.mode == "highest" and most is not None:
            text = "x" * min(most, 5000)
        text = text.ljust(least, "x")
        return text if most is None else text[:most]

    def odd_text(self):
        if self.place == "header":
            return self.random.choice(["a b", 'a"b', "a;b=c d", "100%"])
        text = self.random.choice(ODD_TEXTS)
        return text.replace("\t", " ").replace("\n", " ") if self.place in ("path", "query") else text

    def of_pattern(self, pattern, least, most):
        for limit in (20, 40, 100):
            for _ in range(50):
                exrex.randint = self.random.randint
                text = exrex.getone(pattern, limit=limit)
                if least <= len(text) and (most is None or len(text) <= most):
                    return text
        return exrex.getone(pattern)

    def make_number(self, schema, _):
        low, high = schema.get("minimum"), schema.get("maximum")
        if self.mode == "highest" and high is not None:
            return high - (0.5 if schema.get("exclusiveMaximum") is True else 0)
        if self.mode == "lowest" and low is not None:
            return low + (0.5 if schema.get("exclusiveMinimum") is True else 0)
        value = self.random.choice([1.5, 2.25, 1e-3, 7]) if self.is_random() else 1.5
        value = max(value, low + 0.5) if low is not None and value < low else value
        return high if high is not None and value > high else value

    def make_integer(self, schema, _):
        low, high = schema.get("minimum"), schema.get("maximum")
        low = low + 1 if schema.get("exclusiveMinimum") is True and low is not None else low
        high = high - 1 if schema.get("exclusiveMaximum") is True and high is not None else high
        low, high = (None if one is None else int(one) for one in (low, high))
        size = 2**31 - 1 if schema.get("format") == "int32" else 2**53
        value = self.random.choice([1, 42, 12_345]) if self.is_random() else 1
        if self.mode == "highest":
            value = size
        if self.mode == "lowest":
            value = -size if low is not None else 0
        value = max(value, low) if low is not None else value
        value = min(value, high) if high is not None else value
        step = schema.get("multipleOf")
        if not step:
            return value
        return int(value // step * step if self.mode == "highest" else -(-value // step) * step)

    def make_boolean(self, _schema, _depth):
        return self.random.random() < 0.5 if self.is_random() else self.mode not in ("lowest", "minimal")

    def make_any(self, _schema, _depth):
        if self.place != "body":
            return "text"
        return {"any": ["value", 1, {"inner": True}]} if self.mode in ("maximal", "highest") else "text"


def values(document, schema, is_sent, place="body"):
    """Returns values of a schema, each once, with the modes that made them."""
    found = {}
    modes = MODES if is_sent else [*MODES, "nulls"]
    for mode in modes:
        for alternative in range(4 if mode in ("minimal", "maximal") else 1):
            value = Maker(document, mode, is_sent, place, alternative).make(schema)
            found.setdefault(json.dumps(value, sort_keys=True, default=str), (mode, value))
    return list(found.values())
