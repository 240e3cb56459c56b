"""Tests of the tool itself: it finds damaged requests and answers."""

import copy
import pathlib
import tempfile
import unittest

from cases import Answer, Cases
from document import Document
from forms import FORMS, form_value
from judges import Judge, Refused
from outcome import Expected, Wrong
from program import field
from samples import values
from server import Received

DOCUMENT = """
openapi: 3.0.3
info: { title: Invented, version: "1" }
servers: [{ url: "https://api.example/v1" }]
paths:
  /chats/{chat-id}/messages:
    post:
      parameters:
        - { name: chat-id, in: path, required: true, schema: { type: string, pattern: "^C[0-9]{3}$" } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }
        - { name: X-Trace, in: header, required: true, schema: { type: string, maxLength: 4 } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [to, undescribed]
              allOf: [{ additionalProperties: false, properties: { tags: {} } }]
              properties: { to: { type: string, minLength: 2 }, tags: { type: array, items: { type: string } } }
      responses:
        "200":
          description: sent
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties: { id: { type: integer }, at: { type: string, nullable: true } }
        "422": { description: invalid }
  /files:
    post:
      parameters:
        - { name: part, in: query, schema: { type: integer } }
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: { type: string, format: binary }
                hd: { type: boolean }
                size: { type: integer, maximum: 9 }
      responses: { "204": { description: stored } }
"""

SPEC = {
    "x-envelope": {"by": "http_status", "texts": ["message"], "refusals": {"422": "validation"}},
    "components": {
        "schemas": {
            "SendBody": {
                "type": "object",
                "properties": {"to": {"type": "string"}, "tags": {"type": "array", "items": {"type": "string"}}},
            },
            "SendResponse": {
                "type": "object",
                "properties": {"id": {"type": "integer"}, "at": {"type": "string", "nullable": True}},
            },
        }
    },
}
OPERATION = {
    "operationId": "send",
    "x-safety": "change",
    "parameters": [
        {"name": "chat_id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "limit", "in": "query", "schema": {"type": "integer"}},
        {"name": "X-Trace", "in": "header", "required": True, "schema": {"type": "string"}},
    ],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/SendBody"}}}},
    "responses": {
        "2XX": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/SendResponse"}}}}
    },
}
PATH = "/chats/{chat_id}/messages"


def document(text=DOCUMENT):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "An_Invented.api.yaml"
        path.write_text(text)
        return Document(path)


def request(target="/v1/chats/C123/messages?limit=3", trace="a", body=b'{"to":"ab"}'):
    return Received("POST", target, {"x-trace": trace, "content-type": "application/json"}, body)


def form(**parts):
    text = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
    )
    return Received(
        "POST", "/v1/files", {"content-type": "multipart/form-data; boundary=b"}, f"{text}--b--\r\n".encode()
    )


class Requests(unittest.TestCase):
    def setUp(self):
        self.document = document()
        self.judge = Judge(self.document)
        self.operation = self.document.operation(PATH, "post")

    def test_a_valid_request_is_accepted(self):
        self.assertIsNone(self.judge.request(self.operation, request()))

    def test_damaged_requests_are_refused(self):
        damaged = {
            "the path": request(target="/v1/chats/D123/messages"),
            "another path": request(target="/v1/chat/C123/messages"),
            "without the path of the server": request(target="/chats/C123/messages"),
            "the query": request(target="/v1/chats/C123/messages?limit=10"),
            "the header": request(trace="too long"),
            "a required property": request(body=b'{"tags":[]}'),
            "the type of a property": request(body=b'{"to":12}'),
            "no body": request(body=b""),
        }
        for what, one in damaged.items():
            with self.subTest(what), self.assertRaises(Refused):
                self.judge.request(self.operation, one)

    def test_the_second_judge_reads_texts_of_a_form_as_their_types(self):
        operation = self.document.operation("/files", "post")
        self.assertIsNone(self.judge.request(operation, form(file="x")))
        self.assertIn("openapi-core", self.judge.request(operation, form(file="x", hd="true", size="9")))
        for wrong in (
            {"hd": "true"},
            {"file": "x", "hd": "yes"},
            {"file": "x", "size": "10"},
            {"file": "x", "size": "1.5"},
        ):
            with self.subTest(wrong), self.assertRaises(Refused):
                self.judge.request(operation, form(**wrong))
        elsewhere = form(file="x", hd="true")
        elsewhere.target = "/v1/files?part=none"
        with self.assertRaises(Refused):
            self.judge.request(operation, elsewhere)

    def test_the_second_judge_reads_objects_of_an_urlencoded_form(self):
        schema = {
            "properties": {
                "a": {"type": "array"},
                "o": {"properties": {"n": {"type": "integer"}, "l": {"type": "array"}}},
            }
        }
        received = Received(
            "POST", "/", {"content-type": FORMS[1]}, b"a=1&a=2&o%5Bn%5D=3&o%5Bl%5D%5B%5D=4&o%5Bl%5D%5B%5D=5&t=6"
        )
        read = form_value(self.document, schema, received)
        self.assertEqual(read, {"a": ["1", "2"], "o": {"n": 3, "l": ["4", "5"]}, "t": "6"})

    def test_a_body_must_be_sent_as_it_was_given(self):
        given, schema = {"to": "ab", "tags": ["x", "y"]}, {"$ref": "#/components/schemas/SendBody"}
        Expected(SPEC, OPERATION).check_sent(schema, given, copy.deepcopy(given))
        for wrong in (
            {"to": "ab"},
            {"to": "ab", "tags": ["x"]},
            {"to": "ab", "tags": ["y", "x"]},
            {"to": "a", "tags": ["x", "y"]},
        ):
            with self.subTest(wrong), self.assertRaises(Wrong):
                Expected(SPEC, OPERATION).check_sent(schema, given, wrong)

    def test_a_property_that_the_client_does_not_have_is_named(self):
        expected = Expected(SPEC, OPERATION)
        expected.check_sent({"$ref": "#/components/schemas/SendBody"}, {"to": "ab", "other": 1}, {"to": "ab"})
        self.assertEqual(expected.left_out, ["the request's property /other"])


class Answers(unittest.TestCase):
    def check(self, answer, result):
        Expected(SPEC, OPERATION).check_answer(answer, result)

    def test_an_answer_must_be_allowed_by_the_document(self):
        judge = Judge(document())
        operation = judge.document.operation(PATH, "post")
        judge.answer(operation, Answer("200", 200, "application/json", b'{"id":1,"at":null}'))
        for body in (b"{}", b'{"id":"x"}', b'{"id":null}', b"[]", b"{"):
            with self.subTest(body), self.assertRaises(Refused):
                judge.answer(operation, Answer("200", 200, "application/json", body))

    def test_a_success_must_be_read_as_it_was_sent(self):
        answer = Answer("200", 200, "application/json", b"{}", {"id": 1, "at": None, "more-key": 2})
        self.check(answer, {"ok": {"id": 1}})
        for read in ({}, {"id": 2}, {"id": "1"}, {"id": True}, {"id": 1, "at": "x"}, None):
            with self.subTest(read), self.assertRaises(Wrong):
                self.check(answer, {"ok": read})
        with self.assertRaises(Wrong):
            self.check(answer, {"kind": "Undecodable", "text": "…"})

    def test_an_error_must_have_the_outcome_that_its_status_proves(self):
        def result(kind, outcome, status, messages=()):
            return {"kind": kind, "outcome": outcome, "status": status, "messages": list(messages), "text": ""}

        refused = Answer("422", 422, "application/json", b"{", {"message": "no"})
        self.check(refused, result("Refused", "not_done", 422, ["no"]))
        self.check(Answer("409", 409, "", b""), result("Refused", "unknown", 409))
        self.check(Answer("401", 401, "text/plain", b"no"), result("UnexpectedAnswer", "not_done", 401))
        self.check(Answer("503", 503, "application/json", b"[]", []), result("UnexpectedAnswer", "unknown", 503))
        long = Answer("422", 422, "application/json", b"{", {"message": "key: abc is wrong"})
        self.check(long, result("Refused", "not_done", 422, ["key: *** is wrong"]))
        with self.assertRaises(Wrong):
            self.check(long, result("Refused", "not_done", 422, ["key: *** is right"]))
        for wrong in (result("Refused", "unknown", 422, ["no"]), result("Refused", "not_done", 422), {"ok": {}}):
            with self.subTest(wrong), self.assertRaises(Wrong):
                self.check(refused, wrong)


class Values(unittest.TestCase):
    def test_errors_of_the_document_are_named_and_removed(self):
        errors = document().errors
        self.assertEqual(len(errors), 2)
        self.assertIn("allows no property of the others, such as `to`", errors[0])
        self.assertIn("`undescribed` is required, but is not described", errors[1])

    def test_types_and_places_that_openapi_does_not_have_are_named_and_repaired(self):
        parameters = "[{ name: obj, in: body }, { name: limit, in: query, schema: { type: Float } }]"
        paths = f"paths: {{ /a: {{ get: {{ parameters: {parameters}, responses: {{}} }} }} }}"
        repaired = document(f"{{ openapi: 3.0.3, {paths} }}")
        self.assertIn("/a: OpenAPI has no parameter `obj` in `body`; taken out", repaired.errors)
        self.assertTrue(any("the type `Float` is not one of OpenAPI's; read as `number`" in e for e in repaired.errors))
        operation = repaired.operation("/a", "get")
        self.assertEqual(operation.parameters[("query", "limit")]["schema"]["type"], "number")
        self.assertNotIn(("body", "obj"), operation.parameters)

    def test_paths_that_differ_only_in_names_are_not_confused(self):
        item = "{ get: { responses: {} } }"
        paths = f"paths: {{ '/{{chat}}/{{id}}': {item}, '/{{group}}/{{group-id}}': {item} }}"
        both = document(f"{{ openapi: 3.0.3, {paths} }}")
        self.assertEqual(both.operation("/{group}/{group_id}", "get").path, "/{group}/{group-id}")
        self.assertEqual(both.operation("/{x}/{id}", "get").path, "/{chat}/{id}")
        self.assertRaises(LookupError, both.operation, "/{x}", "get")

    def test_the_cases_of_an_operation_cover_limits_and_statuses(self):
        judge = Judge(document())
        cases = Cases(
            judge, judge.document.operation(PATH, "post"), OPERATION, PATH, SPEC["components"]["schemas"]["SendBody"]
        )
        self.assertEqual(cases.unmade, [])
        limits = {request.parameters.get("limit") for request in cases.requests}
        self.assertLessEqual({None, 1, 9}, limits)
        self.assertEqual({answer.status for answer in cases.answers}, {200, 422})
        self.assertIn({"id": 1, "at": None}, [answer.value for answer in cases.answers])

    def test_values_satisfy_their_schemas(self):
        judge = Judge(document())
        schema = {
            "allOf": [
                {
                    "type": "object",
                    "required": ["a"],
                    "properties": {"a": {"type": "string", "minLength": 3, "maxLength": 4}},
                },
                {"properties": {"b": {"oneOf": [{"type": "integer", "multipleOf": 5}, {"type": "boolean"}]}}},
            ],
            "minProperties": 1,
        }
        made = [value for _, value in values(judge.document, schema, True)]
        self.assertGreater(len(made), 4)
        for value in made:
            judge.value(schema, value, True)

    def test_setters_are_named_as_the_generator_names_them(self):
        names = {
            "chat-id": "chat_id",
            "remoteJid": "remote_jid",
            "HTTPCode2": "http_code2",
            "type": "type_",
            "2fa": "_2fa",
            "XMLHttpRequest": "xml_http_request",
            "A2pProfile": "a2p_profile",
            "n8nUrl": "n8n_url",
        }
        self.assertEqual({name: field(name) for name in names}, names)


if __name__ == "__main__":
    unittest.main()
