"""Judges requests and answers by the provider's own document, with openapi-core."""

import re
import urllib.parse

import openapi_schema_validator as validators
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from openapi_core.validation import request as validation
from werkzeug.datastructures import MultiDict

from document import media_type, shape
from forms import FORMS, form_value


class Refused(Exception):
    """A request, an answer or a value that the document does not allow."""


def reason_of(error):
    """Returns what openapi-core says, with the innermost error that it wraps."""
    while error.__cause__ is not None and not getattr(error, "schema_errors", None):
        error = error.__cause__
    details = [f"{place(one)}{one.message}" for one in getattr(error, "schema_errors", None) or []]
    return ("; ".join(details) or str(error) or repr(error))[:300]


def place(error):
    path = "/".join(map(str, error.absolute_path))
    return f"{path}: " if path else ""


class Judge:
    """Judges by one document."""

    def __init__(self, document):
        self.document = document
        self.server = document.server()
        self.checkers, self.apis = {}, {}

    def api(self, operation):
        """Returns what judges an operation, and what judges all but its body.

        openapi-core takes the first path that matches a request, so if another path differs only in the names of its
        parameters, the operation is judged without that path.
        """
        paths = self.document.root["paths"]
        alike = [path for path in paths if shape(path) == shape(operation.path)]
        key = operation.path if len(alike) > 1 else ""
        if key not in self.apis:
            others = {path: item for path, item in paths.items() if path == key or path not in alike}
            root = {**self.document.root, "paths": others} if key else self.document.root
            # Real documents repeat ids and have other errors, which say nothing about a request.
            api = OpenAPI.from_dict(root, config=Config(spec_validator_cls=None))
            version = "V30" if self.document.is_30 else "V31"
            kinds = [getattr(validation, f"{version}Request{what}Validator") for what in ("Parameters", "Security")]
            self.apis[key] = api, [kind(api.spec) for kind in kinds]
        return self.apis[key]

    def value(self, schema, value, is_sent):
        """Raises `Refused` for a value that a schema does not allow, in the judgement of openapi-schema-validator."""
        key = id(schema), is_sent
        if key not in self.checkers:
            kind = validators.OAS30WriteValidator if is_sent else validators.OAS30ReadValidator
            kind = kind if self.document.is_30 else validators.OAS31Validator
            # References point into the document.
            rooted = {**self.document.root, "allOf": [schema]}
            self.checkers[key] = kind(rooted, format_checker=kind.FORMAT_CHECKER), schema
        error = next(self.checkers[key][0].iter_errors(value), None)
        if error:
            raise Refused(f"{place(error)}{error.message}"[:300])

    def request(self, operation, received):
        """Raises `Refused` for a request that the document does not allow.

        Returns a remark if openapi-core refuses a form that the second judge, openapi-schema-validator, accepts.
        openapi-core reads neither the texts of a multipart form as booleans and numbers, nor the bytes of its files,
        nor the lists within an object of an urlencoded form.
        """
        request = self.mock(operation, received)
        api, without_body = self.api(operation)
        try:
            api.validate_request(request)
        except Exception as error:  # The package has no common error.
            if received.media_type() not in FORMS:
                raise Refused(reason_of(error)) from error
            try:
                # All but the body is still judged by openapi-core.
                for validator in without_body:
                    validator.validate(request)
                self.form(operation, received)
            except Exception as reason:
                raise Refused(f"{reason_of(reason)}; openapi-core: {reason_of(error)}") from error
            # The first reason is enough, and is the same for most forms of an operation.
            return f"openapi-core cannot read the form: {reason_of(error).split(';')[0]}"
        return None

    def mock(self, operation, received):
        path, _, query = received.target.partition("?")
        server = urllib.parse.urlsplit(self.server)
        pairs = urllib.parse.parse_qsl(query, keep_blank_values=True)
        return MockRequest(
            f"{server.scheme}://{server.netloc}" if server.netloc else "http://server.example",
            received.method.lower(),
            # A slash in a parameter stays escaped, since it would be the end of the parameter.
            "%2F".join(urllib.parse.unquote(part) for part in path.split("%2F")),
            args=MultiDict(pairs),
            view_args=self.path_values(operation, path),
            headers=received.headers,
            data=received.body or None,
            content_type=received.headers.get("content-type", ""),
        )

    def path_values(self, operation, path):
        names = [name for name in operation.path.replace("}", "{").split("{")][1::2]
        pattern, rest = "", operation.path
        for name in names:
            before, rest = rest.split("{" + name + "}", 1)
            pattern += re.escape(before) + "([^/]*)"
        match = re.search(pattern + re.escape(rest) + "$", path)
        return dict(zip(names, map(urllib.parse.unquote, match.groups()))) if match else {}

    def form(self, operation, received):
        """Raises `Refused` for a form whose values are not valid once they are read as the types of their schemas."""
        content = operation.body().get("content") or {}
        schema = next(
            (one.get("schema") for name, one in content.items() if media_type(name) == received.media_type()), {}
        )
        self.value(schema, form_value(self.document, schema, received), True)

    def answer(self, operation, answer):
        """Raises `Refused` for an answer that the document does not allow."""
        server = urllib.parse.urlsplit(self.server)
        path = server.path.rstrip("/") + operation.path.replace("{", "a").replace("}", "a")
        host = f"{server.scheme}://{server.netloc}" if server.netloc else "http://server.example"
        request = MockRequest(host, operation.method, path)
        response = MockResponse(answer.body, answer.status, content_type=answer.media)
        try:
            self.api(operation)[0].validate_response(request, response)
        except Exception as error:
            # openapi-core leaves texts of other media types as bytes, which no schema allows.
            if media_type(answer.media) == "application/json" or "is not of type 'string'" not in reason_of(error):
                raise Refused(reason_of(error)) from error
            self.value(answer.schema, answer.body.decode(), False)
