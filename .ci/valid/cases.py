"""The cases of an operation: requests that a caller makes, and answers that the document describes."""

import json

from document import media_type
from fitting import fitted, fitted_form
from judges import Refused
from program import answer_of, is_constant
from samples import MODES, Maker, values


class Request:
    """What a call is made from. `mode` says how its values were made.

    `body` is a value of the document's schema, and `fields` is the same for the client's setters.
    """

    def __init__(self, mode, parameters, body, fields):
        self.mode, self.parameters, self.body, self.fields = mode, parameters, body, fields

    def is_example(self):
        return self.mode.startswith("example ")

    def key(self):
        return json.dumps([self.parameters, self.body], sort_keys=True)


class Answer:
    """An answer, with its value if it is JSON.

    `documented` is the status in the document. `contradiction` says why the document's own schema refuses it, if it is
    one of the document's examples.
    """

    def __init__(self, documented, status, media, body, value=None, schema=None):
        self.documented, self.status, self.media, self.body = documented, status, media, body
        self.value, self.schema, self.contradiction, self.is_example = value, schema, None, False


class Cases:
    """The cases of one operation. `unmade` lists what no value was found for, each with the reason."""

    def __init__(self, judge, original, operation, path, body):
        self.judge, self.document, self.original, self.operation = judge, judge.document, original, operation
        self.unmade, self.errors, self.not_asked_for = [], [], []
        self.path_names, self.body_of_spec = names_in(path), body
        self.requests = self.make_requests()
        self.answers = self.make_answers()

    def make_requests(self):
        parameters = [
            (one, self.source_of(one)) for one in self.operation.get("parameters", []) if not is_constant(one)
        ]
        media, content = self.body()
        schema, found, refusal = content.get("schema") or {}, {}, None
        for mode, alternative, example in self.modes(content):
            given = self.parameters_of(mode, alternative, parameters)
            if given is None:
                continue
            body = fields = None
            if media:
                place = "body" if media == "application/json" else "form"
                body = example[0] if example else Maker(self.document, mode, True, place, alternative).make(schema)
                try:
                    self.judge.value(schema, body, True)
                except Refused as reason:
                    refusal = reason
                    if example:
                        self.errors.append(f"the {mode} of the body contradicts its schema: {str(reason)[:150]}")
                    continue
                fields = body
                if place == "form":
                    properties = self.body_of_spec.get("properties") or {}
                    fields = fitted_form(body, properties, content.get("encoding") or {})
            request = Request(mode, given, body, fields)
            found.setdefault(request.key(), request)
        if not found:
            self.unmade.append(f"no body could be made: {refusal}" if refusal else "no parameters could be made")
        return list(found.values())

    def modes(self, content):
        """Returns the modes with the number of an alternative, and the examples of the body."""
        examples = self.document.example_values(content)
        modes = [(f"example {index + 1}", 0, [example]) for index, example in enumerate(examples)]
        for mode in MODES:
            modes += [(mode, number, []) for number in range(4 if mode in ("minimal", "maximal") else 1)]
        return modes

    def source_of(self, parameter):
        """Returns the document's own parameter. The import renames parameters of the path, but keeps their order."""
        name = parameter["name"]
        if parameter["in"] == "path":
            name = names_in(self.original.path)[self.path_names.index(name)]
        return self.original.parameters.get((parameter["in"], name), {})

    def body(self):
        """Returns the media type of the body that the client sends, with the document's description of it."""
        for media in (self.operation.get("requestBody") or {}).get("content", {}):
            for name, content in (self.original.body().get("content") or {}).items():
                if media_type(name) == media:
                    return media, content
        return None, {}

    def parameters_of(self, mode, alternative, parameters):
        """Returns a value for each parameter, or `None` if the document allows none for a required one."""
        given = {}
        for parameter, source in parameters:
            maker = Maker(self.document, mode, True, parameter["in"], alternative)
            is_required = parameter.get("required")
            if not is_required and not maker.wants_optional(0):
                continue
            value = self.parameter(maker, source, parameter["name"])
            if value is not None:
                given[parameter["name"]] = fitted(value, parameter["schema"], source)
            elif is_required:
                return None
        return given

    def parameter(self, maker, source, name):
        content = next(iter((source.get("content") or {}).values()), {})
        schema = source.get("schema") or content.get("schema") or {"type": "string"}
        reason = None
        for mode in (maker.mode, "minimal", "random 1", "random 2"):
            examples = self.document.example_values(source) if mode == "examples" else []
            each = Maker(self.document, mode, True, maker.place, maker.alternative)
            value = examples[0] if examples and isinstance(examples[0], (str, int)) else each.make(schema)
            if schema.get("type") == "string" and not isinstance(value, str):
                value = str(value)
            try:
                self.judge.value(schema, value, True)
                if maker.place != "path" or str(value) not in ("", ".", ".."):
                    return value
            except Refused as refusal:
                reason = refusal
        self.unmade.append(f"no value of `{name}` could be made: {reason}")
        return None

    def make_answers(self):
        found = []
        wanted = answer_of(self.operation)[0]
        for documented, status, answer in self.original.answers():
            content = answer.get("content") or {}
            if status < 200:
                continue
            if not content or status in (204, 205, 304):
                found.append(Answer(documented, status, "", b""))
                continue
            for name, media in content.items():
                # On success, the client asks for one media type.
                if status < 300 and wanted and media_type(name) != media_type(wanted) and "*" not in name:
                    self.not_asked_for.append(f"{name} as the answer {documented}")
                else:
                    found += self.answers_of(documented, status, name, media)
        return found

    def answers_of(self, documented, status, name, media):
        is_json = media_type(name) == "application/json"
        schema = media.get("schema") or {}
        examples = [
            *self.document.example_values(media),
            *self.document.example_values(self.document.resolve(schema)),
        ]
        made = [(one, True) for one in examples] + [
            (value, False) for _, value in values(self.document, schema, False)
        ]
        found, refusal = [], None
        for value, is_example in made:
            text = (
                value
                if isinstance(value, str) and not is_json
                else json.dumps(value, ensure_ascii=False, default=str)
            )
            sent = "application/octet-stream" if "*" in name else name
            answer = Answer(documented, status, sent, text.encode(), value if is_json else None, schema)
            answer.is_example = is_example
            try:
                self.judge.answer(self.original, answer)
                found.append(answer)
            except Refused as reason:
                refusal = reason
                if is_example:
                    answer.contradiction = str(reason)
                    found.append(answer)
        if not any(answer.contradiction is None for answer in found):
            self.unmade.append(f"no answer {documented} {name} could be made: {refusal}")
        return found


def names_in(path):
    return [part.split("}")[0] for part in path.split("{")[1:]]
