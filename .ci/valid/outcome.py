"""What a call must send and return. This follows the tables in specs/README.md, and shares no code with the runtime."""

import json
import re

from samples import MORE

# Statuses that prove a refusal, because servers and proxies send them before they do anything.
REFUSING = {401, 404, 405, 411, 413, 414, 415, 429, 431}


class Wrong(Exception):
    """A call sent or returned something else than it must."""


class Expected:
    """Compares values with what was sent and read. `left_out` lists the properties that the client does not have."""

    def __init__(self, spec, operation):
        self.spec, self.operation = spec, operation
        self.left_out = []

    def schema(self, schema):
        if "allOf" in schema:
            schema = schema["allOf"][0]
        return self.spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema

    def check_answer(self, answer, result):
        """Raises `Wrong` unless a call returned what the answer says."""
        if not 200 <= answer.status < 300:
            if "ok" in result:
                raise Wrong(f"status {answer.status} is read as a success")
            self.check_error(answer, result)
        elif "ok" not in result:
            raise Wrong(f"{result['kind']}: {result['text']}")
        else:
            self.check_success(answer, result["ok"])

    def check_error(self, answer, result):
        is_refusal = answer.status >= 400 and (not answer.body.strip() or isinstance(answer.value, dict))
        envelope = self.spec["x-envelope"]
        is_proof = answer.status in REFUSING or is_refusal and str(answer.status) in (envelope.get("refusals") or {})
        expected = {
            "kind": "Refused" if is_refusal else "UnexpectedAnswer",
            "outcome": "not_done" if is_proof or self.operation["x-safety"] == "read" else "unknown",
            "status": answer.status,
        }
        for key, value in expected.items():
            if result[key] != value:
                raise Wrong(f"{key} is {result[key]} and not {value}, for {answer.status} {answer.body[:100]!r}")
        for name in envelope.get("texts") or []:
            text = answer.value.get(name) if is_refusal and isinstance(answer.value, dict) else None
            if isinstance(text, str) and not any(is_masked(text.strip(), one) for one in result["messages"] or [""]):
                raise Wrong(f"the text `{name}` is not in the error's messages: {text!r}, {result['messages']}")

    def check_success(self, answer, read):
        content = self.operation["responses"]["2XX"].get("content") or {}
        for media, one in content.items():
            if not answer.body:
                left = read.values() if isinstance(read, dict) else [read]
                if any(value not in (None, "", [], {}, 0, False) for value in left):
                    raise Wrong(f"an empty body is read as {read}")
            elif one["schema"].get("format") == "binary":
                same(list(answer.body), read, "the body")
            elif media == "application/json":
                self.compare(one["schema"], answer.value, read, "")
            else:
                same(answer.body.decode(), read, "the body")

    def compare(self, schema, sent, read, place):
        """Raises `Wrong` unless all that the house spec describes was read as it was sent."""
        schema = self.schema(schema)
        if sent is None:
            if read not in (None, [], {}):
                raise Wrong(f"{place}: null is read as {read!r}")
        elif isinstance(sent, dict) and schema.get("properties"):
            for name, value in sent.items():
                if name in schema["properties"]:
                    inner = read.get(name) if isinstance(read, dict) else None
                    self.compare(schema["properties"][name], value, inner, f"{place}/{name}")
                elif not name.startswith(MORE):
                    self.left_out.append(f"the answer's property {place}/{name}")
        elif isinstance(sent, list) and schema.get("type") == "array":
            if not isinstance(read, list) or len(sent) != len(read):
                raise Wrong(f"{place}: {len(sent)} items are read as {read!r}"[:300])
            for index, (one, other) in enumerate(zip(sent, read)):
                self.compare(schema["items"], one, other, f"{place}/{index}")
        elif "oneOf" in schema and isinstance(read, str):
            # A scalar of several types is read as text.
            same(sent if isinstance(sent, str) else json.dumps(sent), read, place)
        else:
            same(sent, read, place)

    def check_sent(self, schema, given, sent, place=""):
        """Raises `Wrong` unless all that the caller gave for a JSON body was sent."""
        schema = self.schema(schema)
        if isinstance(given, dict) and isinstance(sent, dict):
            for name, value in given.items():
                if name in sent:
                    inner = (schema.get("properties") or {}).get(name) or {}
                    self.check_sent(inner, value, sent[name], f"{place}/{name}")
                elif schema.get("properties") and name not in schema["properties"]:
                    self.left_out.append(f"the request's property {place}/{name}")
                else:
                    raise Wrong(f"{place}/{name} is not sent")
        elif isinstance(given, list) and isinstance(sent, list) and len(given) == len(sent):
            for index, (one, other) in enumerate(zip(given, sent)):
                self.check_sent(schema.get("items") or {}, one, other, f"{place}/{index}")
        elif given != sent and (isinstance(given, (dict, list)) or str(given).lower() != str(sent).lower()):
            raise Wrong(f"{place}: {given!r} is sent as {sent!r}"[:300])


def is_masked(text, message):
    """Returns whether a message is a text in which words that look like secrets may be masked."""
    pattern = ".+".join(re.escape(part) for part in message.split("***"))
    return text in message or bool(message) and re.fullmatch(pattern, text, re.DOTALL) is not None


def same(sent, read, place):
    if sent != read or isinstance(sent, bool) != isinstance(read, bool):
        raise Wrong(f"{place or 'the answer'}: {sent!r} is read as {read!r}"[:300])
