"""Judges imported clients: `python3 .ci/valid WORKSPACE DOCUMENT…`. `.ci/valid-clients` imports them and runs it."""

import json
import pathlib
import sys
import time
import urllib.parse

import yaml
from cases import Answer, Cases
from document import Document, Loader
from judges import Judge, Refused
from outcome import Expected, Wrong
from program import Program
from report import Report, print_table
from server import Server

# For an operation whose answers the document does not describe.
NO_ANSWER = Answer("none", 204, "", b"")


def judge(document, workspace):
    """Builds the program of a document's client, makes all calls, and returns the report."""
    report = Report(document.path.name)
    started = time.monotonic()
    for error in document.errors:
        report.add("error", error)
    spec = yaml.load((workspace / f"specs/{document.name}.yaml").read_text(), Loader)  # noqa: S506
    program = Program(spec, workspace, document.name)
    if failure := program.build(workspace.parent / "target"):
        report.add("failure", f"the program does not compile: {failure}")
        return report
    server, judges = Server(), Judge(document)
    program.start(server.url(urllib.parse.urlsplit(document.server()).path.rstrip("/")))
    for path, method, operation in program.operations():
        original = document.operation(path, method)
        calls = Calls(report, spec, operation, original, judges)
        try:
            calls.run(Cases(judges, original, operation, path, program.body(operation)[1]), program, server)
        except Exception as error:  # Whatever the packages make of a document with errors, the others are judged.
            calls.add("failure", f"cannot be judged: {error!r}"[:300])
        report.operations += 1
    program.stop()
    report.seconds = time.monotonic() - started
    return report


class Calls:
    """The calls of one operation."""

    def __init__(self, report, spec, operation, original, judges):
        self.report, self.spec, self.operation, self.original, self.judges = report, spec, operation, original, judges
        self.id = operation["operationId"]
        self.expected = Expected(spec, operation)

    def add(self, kind, text):
        self.report.add(kind, f"{self.id}: {text}")

    def run(self, cases, program, server):
        for kind, lines in (("unmade", cases.unmade), ("error", cases.errors), ("other", cases.not_asked_for)):
            for line in lines:
                self.add(kind, line)
        if not cases.requests:
            self.add("unmade", "not judged, since no request could be made")
            return
        self.report.judged += 1
        # Each call is for a request and an answer. After the last request, one that arrived is repeated.
        fine = cases.requests[0]
        for index in range(max(len(cases.requests), len(cases.answers))):
            is_new = index < len(cases.requests)
            request = cases.requests[index] if is_new else fine
            answer = cases.answers[index % len(cases.answers)] if cases.answers else NO_ANSWER
            server.answer, server.received = answer, None
            result = program.call(self.id, request.parameters, request.fields)
            if is_new and self.is_valid(request, server.received, result):
                fine = request
            if index < len(cases.answers) and server.received:
                self.judge_answer(answer, result)
        for line in self.expected.left_out:
            self.add("left_out", line)

    def is_valid(self, request, received, result):
        self.report.requests += 1
        try:
            if received is None:
                raise Refused(f"the client does not make it: {result.get('unmade') or result.get('text')}")
            if note := self.judges.request(self.original, received):
                self.add("second", note)
            if received.media_type() == "application/json" and request.body is not None:
                schema = next(iter(self.operation["requestBody"]["content"].values()))["schema"]
                expected = Expected(self.spec, self.operation) if request.is_example() else self.expected
                expected.check_sent(schema, request.body, json.loads(received.body))
        except (Refused, Wrong) as reason:
            self.add("failure", f"request ({request.mode}): {reason}")
            return False
        self.report.valid += 1
        return True

    def judge_answer(self, answer, result):
        """Counts an answer. An example that contradicts its own schema is not counted, but must not be hidden."""
        if answer.contradiction:
            is_decoded = "ok" in result or answer.status >= 300
            said = "is decoded" if is_decoded else "is not decoded"
            example = f"the example of {answer.documented} contradicts its schema and {said}"
            self.add("error", f"{example}: {answer.contradiction[:150]}")
            return
        self.report.answers += 1
        # An example can have properties that the document does not describe.
        expected = Expected(self.spec, self.operation) if answer.is_example else self.expected
        try:
            expected.check_answer(answer, result)
            self.report.decoded += 1
        except Wrong as reason:
            self.add("failure", f"answer {answer.documented}: {reason}")


def main():
    workspace, *documents = map(pathlib.Path, sys.argv[1:])
    reports = []
    for path in documents:
        reports.append(judge(Document(path), workspace.resolve()))
        reports[-1].print()
    print_table(reports)
    sys.exit(any(report.has_failed() for report in reports))


if __name__ == "__main__":
    main()
